//! Interfaces: what the router routes between.

pub(crate) mod credentials;
pub(crate) mod custom;
pub(crate) mod entry;
pub(crate) mod running;
pub(crate) mod settings;

pub(crate) use running::Interface;
pub(crate) use settings::Settings;
