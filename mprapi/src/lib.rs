// On docs.rs the front page's links lead to the same version; those in the file are for crates.io and the forge.
//! [`ConnectionHandle::send_message`]: ConnectionHandle::send_message
//! [`disconnect`]: disconnect()
//! [`Error`]: Error
//! [`ErrorKind`]: ErrorKind
//! [`Fleet`]: Fleet
//! [`Link`]: Link
//! [`Mpr::configuration`]: Mpr::configuration
//! [`Mpr::mib`]: Mpr::mib
//! [`Mpr::set_user`]: Mpr::set_user
//! [`Mpr::user`]: Mpr::user
//! [`Mpr::wait_until_ready`]: Mpr::wait_until_ready
//! [`owned`]: owned
//! [`PortHandle::disconnect`]: PortHandle::disconnect
//! [`Server::connection_of`]: Server::connection_of
//! [`Server::connections`]: Server::connections
//! [`Server::connections_at`]: Server::connections_at
//! [`Server::create_interface`]: Server::create_interface
//! [`Server::find_interface`]: Server::find_interface
//! [`Server::info`]: Server::info
//! [`Server::end`]: Server::end
//! [`Server::ports`]: Server::ports
//! [`Server::sessions`]: Server::sessions
//! [`Server::set_tunnels_as`]: Server::set_tunnels_as
//! [`Server::tunnels`]: Server::tunnels
//! [`Link::watch_sessions`]: Link::watch_sessions
//! [`Server::watch`]: Server::watch
#![doc = include_str!("../README.md")]
//!
//! ## What to know
//!
//! - **Loading.** [`Mpr`] is the loaded API: Windows' own library, another library, or a table of functions. All other
//!   types work the same with each of them.
//! - **Handles end once.** A [`Server`] owns its handle. [`disconnect`] checks the handle, consumes the server and calls the
//!   C function. Dropping the server does the same but reports no error. If a handle is invalid, the error returns it.
//! - **Records are views.** A [`List`] owns one buffer of the API and frees it; its records borrow from it. Text stays
//!   UTF-16 ([`WideStr`]) until you convert it.
//! - **Levels are types.** The C functions return records of numbered levels. Name the type of the record to select the
//!   level: `server.connections_at::<RAS_CONNECTION_EX>()`. Each record has the methods that its level supports.
//! - **Errors say what failed.** [`Error`] has the C function, the error code with its name, a message, and a
//!   [`kind`](Error::kind) to match on. An invalid answer of the library is an error too.
//! - **Answers borrow their server.** To store one next to its server, or to send it to another thread, put the server into
//!   an `Arc` and `keep` the answer ([`List::keep`], [`Single::keep`], [`Notification::keep`], [`Connecting::keep`],
//!   [`RouteUpdate::keep`]): it then shares the server and has no lifetime. Ids such as [`PortId`] are plain data.
//! - **Threads.** All types are `Send` and `Sync`, except [`Configuration`] and types that borrow it; [`threads`] says why.
//! - **Within a call of the service** to an administration DLL, a call of the API would never return. There each method is an
//!   error; see [`callout`].
//! - **Calls block** until the server has answered, and cannot be cancelled, like the C functions. A [`Link`] to a server or a
//!   [`Fleet`] of them has limits, and connects again after a restart of the service.
//!
//! The documentation of each method names its C function, so a search for `MprAdminPortEnum` finds [`Server::ports`].
#![cfg_attr(docsrs, feature(doc_cfg))]
// What is inline is compiled where it is called. So a program has what it calls and no more, also where the linker takes
// whole object files, as that of `*-windows-gnu` does; and this crate is built sooner. The same goes for what is private.
#![warn(clippy::missing_inline_in_public_items)]

use std::path::Path;

use mprapi_sys::Mprapi;

mod buffer;
pub mod callout;
mod codes;
pub mod config;
mod connection;
#[cfg(feature = "serde")]
mod deserialize;
mod device;
mod disconnect;
mod enumeration;
mod error;
mod event;
mod fields;
mod fleet;
mod guid;
mod header;
mod id;
mod ikev2;
pub mod info_block;
mod input;
mod inside;
mod interface;
mod ip_in_ip;
mod lent;
mod library;
mod link;
mod list;
pub mod mib;
#[cfg(doctest)]
mod misuse;
mod notification;
pub mod owned;
mod owner;
mod panicked;
mod pointed;
mod port;
mod registration;
#[cfg(feature = "serde")]
mod serialize;
mod server;
mod service;
mod session;
mod statistics;
mod text;
pub mod threads;
mod time;
mod transport;
mod user;
mod utf16;
mod walk;
mod wide;

pub use buffer::Bytes;
pub use config::Configuration;
pub use connection::{
    Authentication, ChapAlgorithm, Compression, CompressionAlgorithm, CompressionEnd, CompressionOptions,
    Connection, ConnectionFlags, ConnectionHandle, ConnectionId, ConnectionInfoRecord, ConnectionPages,
    ConnectionRecord, EapMethod, HeaderCompression, Ikev2Authentication, Ikev2Projection, Ipv4Ends, Ipv6Ends,
    NegotiationError, PppLink, PppLinkEnd, PppLinkOptions, PppProjection, Projection, QuarantineState,
    TunnelType,
};
pub use device::{Device, DeviceRecord};
pub use disconnect::{Disconnect, DisconnectError, HandleProblem, RawHandle, disconnect};
pub use enumeration::ParseEnumerationError;
pub use error::{Error, ErrorKind, Result};
pub use fleet::Fleet;
pub use guid::{Guid, ParseGuidError};
pub use id::ParseIdError;
pub use ikev2::{
    AuthenticationTransform, CipherTransform, DhGroup, EncryptionMethod, Ikev2Policy, IntegrityMethod,
    PfsGroup,
};
#[doc(inline)]
pub use info_block::{Info, InfoBlock, InfoBlockBuf, InfoHeader, InfoType, MalformedInfoBlock};
pub use interface::{
    Bandwidth, Connecting, ConnectionState, DemandDial, DeviceSettings, DialEncryption, DialError, DialMode,
    DialOptions, EntryType, IdleDisconnect, Ikev2Record, Ikev2Settings, Interface, InterfaceCredentials,
    InterfaceHandle, InterfaceId, InterfaceInput, InterfaceOwner, InterfaceRecord, InterfaceSettings,
    InterfaceType, NetworkProtocols, RouteUpdate, Secret, TrafficSelector, UnreachabilityReasons,
    VpnStrategy,
};
pub use ip_in_ip::IpInIpName;
pub use lent::Lent;
pub use link::{Link, LinkError};
pub use list::{Iter, List, Record, Single};
pub use mib::MibServer;
pub use notification::{Change, Notification};
pub use port::{HardwareCondition, Port, PortCondition, PortHandle, PortId, PortRecord};
pub use registration::{Stopper, Wake};
pub use server::{
    CertificateHash, CertificateUsage, Encryption, Ikev2Configuration, Ikev2Tunnel, L2tpConfiguration,
    L2tpTunnel, OlderServerRecord, PortUsage, Ports, PreSharedKey, Server, ServerDetails, ServerInfo,
    ServerRecord, ServerRevision1, ServerRevision2, ServerRevision3, SstpConfiguration, TunnelConfiguration,
    TunnelLevel, TunnelPorts, TunnelProtocol, Tunnels,
};
pub use session::{
    Account, EndReason, Ended, Session, SessionEnd, SessionEvent, SessionPort, SessionTracker, SessionWatch,
};
pub use statistics::Statistics;
pub use text::Text;
pub use transport::{TransportId, TransportSettings};
pub use user::{Callback, DialIn, User, UserRecord};
pub use wide::{WideStr, WideString, WideStrings};

/// The raw layer, for what the safe one does not do (yet) and for the level names of
/// [`Server::connections_at`] and its siblings.
pub use mprapi_sys as sys;

/// The API, loaded: the way to everything else.
///
/// It is cheap to clone and may be shared between threads. The library behind it stays loaded for the life of the
/// process, so no handle can outlive it.
#[derive(Clone, Debug)]
pub struct Mpr {
    table: library::Library,
}

impl Mpr {
    /// Loads Windows' own `Mprapi.dll`, from the system directory and from nowhere else.
    ///
    /// # Errors
    /// [`ErrorKind::NoLibrary`] where it is missing, and always on systems that are not Windows.
    #[inline]
    pub fn load() -> Result<Mpr> {
        Mprapi::load().map(Mpr::new).map_err(Error::load)
    }

    /// Loads the library at `path`, a drop-in such as `mprapi-sim`'s. A relative path is one in the current
    /// folder, never a name to search for.
    ///
    /// # Errors
    /// [`ErrorKind::NoLibrary`] where there is no library. One that lacks functions is loaded; each
    /// method that needs one of them then answers [`ErrorKind::MissingFunction`].
    ///
    /// # Safety
    /// Loading a library runs code of it. Each of its exports that is named like a function of `mprapi.h` must have
    /// that function's type and keep its contract.
    #[inline]
    pub unsafe fn load_from(path: impl AsRef<Path>) -> Result<Mpr> {
        // SAFETY: passed on to the caller.
        let table = unsafe { Mprapi::load_from(path) };
        table.map(Mpr::new).map_err(Error::load)
    }

    /// Makes the API of a table of functions, such as `mprapi_sim::table()`.
    ///
    /// There is no way around the promise: a table may be filled with anything.
    ///
    /// ```compile_fail,E0277
    /// let anything = mprapi::sys::Mprapi::from_functions(mprapi::sys::Functions::NONE);
    /// let mpr: mprapi::Mpr = anything.into();
    /// ```
    ///
    /// # Safety
    /// Each function in the table must keep the contract of its namesake in `mprapi.h` for as long as the
    /// process lives.
    #[inline]
    pub unsafe fn from_table(table: Mprapi) -> Mpr {
        Mpr::new(table)
    }

    // Not a `From`, which safe code could call.
    #[inline]
    fn new(table: Mprapi) -> Mpr {
        Mpr { table: table.into() }
    }

    /// Returns the raw table, for calls that have no safe home.
    #[inline]
    pub fn table(&self) -> &Mprapi {
        &self.table
    }

    /// Returns `true` if the Routing and Remote Access service runs on `server` (`None`: this machine).
    ///
    /// A `false` may also mean that the server could not be asked.
    /// The C function is `MprAdminIsServiceRunning`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`] for a name with a NUL in it or one that is too long.
    #[doc(alias = "MprAdminIsServiceRunning")]
    #[inline]
    pub fn is_service_running(&self, server: Option<&str>) -> Result<bool> {
        const FUNCTION: &str = "MprAdminIsServiceRunning";
        let name = input::ServerName::new(FUNCTION, server)?;
        // SAFETY: `name` is null or a terminated string that lives until the call is over; it is only read.
        let running = unsafe { self.table.named(server).MprAdminIsServiceRunning(name.as_ptr()) };
        Ok(running? != 0)
    }
}
