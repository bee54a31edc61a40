//! The stored configuration.

mod handle;
pub(crate) mod interface;
pub(crate) mod interface_transport;
pub(crate) mod server;
pub(crate) mod transport;
