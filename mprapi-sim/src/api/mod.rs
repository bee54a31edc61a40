//! The top floor: the C functions. They check their arguments, ask the router, copy out what it answers, and account
//! for the memory.

pub(crate) mod buffer;
pub(crate) mod call;
pub(crate) mod config;
pub(crate) mod connection;
pub(crate) mod device;
pub(crate) mod domain;
pub(crate) mod event;
pub(crate) mod file_time;
pub(crate) mod functions;
pub(crate) mod guid;
pub(crate) mod handle;
pub(crate) mod header;
pub(crate) mod info_block;
pub(crate) mod interface;
pub(crate) mod ip_in_ip;
pub(crate) mod ledger;
pub(crate) mod message;
pub(crate) mod mib;
pub(crate) mod notification;
mod owner;
pub(crate) mod page;
pub(crate) mod param;
pub(crate) mod policy;
pub(crate) mod port;
pub(crate) mod record;
pub(crate) mod server;
pub(crate) mod server_ex;
pub(crate) mod transport;
pub(crate) mod tunnel;
pub(crate) mod user;
