#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod address;
mod callouts;
mod code;
mod connection;
mod context;
mod dll;
#[doc(hidden)]
pub mod export;
mod link;
mod log;
mod macros;
mod module;
mod pre_authenticated;
mod queue;
mod sessions;
mod slot;
mod state;
mod verdict;

pub use address::{
    AddressRequest, Assignment, ByteOrder, Identifier, Ipv4Addresses, Ipv6Addresses, ReleasedAddress,
};
pub use code::Code;
pub use connection::{Connection, Records};
pub use context::{Context, LaterError};
pub use dll::{AdminDll, EndpointChanges, PreAuthentication};
pub use link::Link;
pub use log::{Log, LogOptions};
/// The safe layer, whose types the records have.
pub use mprapi;
pub use pre_authenticated::PreAuthenticated;
pub use sessions::Sessions;
pub use verdict::{FailedStart, Verdict};
