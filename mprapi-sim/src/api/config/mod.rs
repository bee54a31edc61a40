//! Functions that the stored configuration alone has. Those that the running router has too are beside their twins.

pub(crate) mod filter;
pub(crate) mod name;
pub(crate) mod server;
