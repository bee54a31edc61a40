//! Interfaces.

pub(crate) mod credentials;
pub(crate) mod custom;
pub(crate) mod device;
pub(crate) mod dial;
mod entry;
pub(crate) mod info;
pub(crate) mod input;
mod selector;
pub(crate) mod transport;
