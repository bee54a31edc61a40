//! The commands: one noun, one file or folder.

pub(crate) mod admin_dll;
pub(crate) mod check;
pub(crate) mod device;
pub(crate) mod explain;
pub(crate) mod fleets;
pub(crate) mod generate;
pub(crate) mod interface;
pub(crate) mod live;
pub(crate) mod mib;
pub(crate) mod overview;
pub(crate) mod port;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod server;
pub(crate) mod service;
pub(crate) mod session;
pub(crate) mod settings_sheet;
pub(crate) mod site;
pub(crate) mod status;
pub(crate) mod stored_configuration;
pub(crate) mod top;
pub(crate) mod transport;
pub(crate) mod user;
pub(crate) mod watch;
