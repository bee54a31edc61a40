//! Interfaces.

pub(crate) mod create;
pub(crate) mod credentials;
pub(crate) mod custom;
pub(crate) mod device;
pub(crate) mod dial;
mod entry;
pub(crate) mod info;
mod input;
pub(crate) mod list;
mod selector;
pub(crate) mod transport;
