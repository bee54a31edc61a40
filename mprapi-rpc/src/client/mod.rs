//! The client's half: a table of `mprapi.h`'s functions, each a call over the network.
//!
//! [`table`] makes the table for a [`Network`], which knows how to reach a server by its name. A function encodes its
//! request, gives it to the [`Transport`] of its handle, and decodes the answer. Memory that it hands out goes back to the
//! functions of the same table that free buffers, once; any other pointer is an error there.
//!
//! [`InMemory`] is a network without one: a request goes straight to the [server's half](crate::server), in this process.
//!
//! # Codes
//! The result of an operation is that of the function. Beside those,
//!
//! - `ERROR_NOT_SUPPORTED` (50) is what the protocol cannot do: a function that has no operation, an event, a revision of a
//!   record that the specification does not have. `docs/not-over-the-wire.md` lists them;
//! - `ERROR_INVALID_DATA` (13) is an answer with a record of an unknown size;
//! - `RPC_X_BAD_STUB_DATA` (1783) is an answer that cannot be decoded;
//! - `RPC_S_INVALID_BINDING` (1702) is a handle that this table has not opened, or has closed.
//!
//! # Layouts
//! Some records have other sizes in other versions of the server. A read shows the one that a server has, and only in that
//! one are such records written to it. If none was shown yet, the client reads the interfaces first; if they show none
//! either, the change is an `ERROR_NOT_SUPPORTED`. So on a server of an unknown version that has no demand-dial interface,
//! the first one cannot be created at levels 1 to 3.

mod binding;
mod call;
mod connection;
mod credentials;
mod device;
mod event;
#[forbid(unsafe_code)]
mod in_memory;
mod info_block;
mod interface;
mod ledger;
mod mib;
mod notification;
mod out;
mod port;
mod refused;
#[forbid(unsafe_code)]
mod registration;
mod server;
mod service;
mod table;
mod transport;
#[forbid(unsafe_code)]
mod wire;

pub use self::in_memory::{InMemory, Library};
pub use self::ledger::outstanding;
pub use self::table::{functions, refuses, table};
pub use self::wire::{Network, Purpose, Transport, TransportError};
