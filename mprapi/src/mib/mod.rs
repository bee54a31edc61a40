//! The router's management information base (MIB): values of its router managers and routing protocols, to read and to set.

use std::ptr;

use mprapi_sys as sys;

use crate::buffer::{Buffer, Bytes, Family};
use crate::disconnect::{Claimable, Kind, Session};
use crate::error::check;
use crate::input::ServerName;
use crate::library::Library;
use crate::{Disconnect, DisconnectError, Error, HandleProblem, Mpr, Result, TransportId};

mod table;
mod trap;

pub use table::{
    AddressRow, AdminStatus, ForwardRow, InterfaceRow, MibTable, MibTableIter, OperationalStatus, RouteType,
    Row,
};
pub use trap::Traps;

/// A connection to a server's management information base.
///
/// It owns the handle that `MprAdminMIBServerConnect` gave. [`disconnect`](crate::disconnect) ends it and says whether
/// that was right; dropping it ends it all the same. Calls block until the server has answered, and may be made from
/// several threads.
///
/// What a variable is called and looks like, the module behind it defines; [`interfaces`](MibServer::interfaces),
/// [`addresses`](MibServer::addresses) and [`routes`](MibServer::routes) know the IP router manager's.
///
/// ```
/// # let simulation = mprapi_sim::Server::new("doc-mib").start();
/// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
/// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
/// let mib = mpr.mib(Some("doc-mib"))?;
/// for interface in &mib.interfaces()? {
///     println!("{}: {}, {} bytes in", interface.name(), interface.operational_status(), interface.bytes_received());
/// }
/// # Ok::<(), mprapi::Error>(())
/// ```
#[derive(Debug)]
pub struct MibServer {
    session: Session,
}

/// The module of the router that a variable belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MibModule {
    /// The router manager, by its transport.
    pub transport: TransportId,
    /// The routing protocol, or the router manager itself.
    pub protocol: u32,
}

impl MibModule {
    /// The IP router manager itself (`PID_IP`, `IPRTRMGR_PID`).
    pub const IP_ROUTER_MANAGER: MibModule = MibModule { transport: TransportId::Ip, protocol: 10_000 };

    /// As the C functions take it.
    #[inline]
    fn raw(self) -> (u32, u32) {
        (self.transport.into(), self.protocol)
    }
}

impl Mpr {
    /// Connects to the management information base of `server` (`None`: this machine).
    /// The C function is `MprAdminMIBServerConnect`.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable), and
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name with a NUL in it or one that is
    /// too long.
    #[doc(alias = "MprAdminMIBServerConnect")]
    #[inline]
    pub fn mib(&self, server: Option<&str>) -> Result<MibServer> {
        const FUNCTION: &str = "MprAdminMIBServerConnect";
        let name = ServerName::new(FUNCTION, server)?;
        let session = Session::open(self, server, FUNCTION, Kind::Mib, |table| {
            let mut handle = ptr::null_mut();
            // SAFETY: `name` is null or a terminated string, only read, and `handle` takes what is written.
            check(FUNCTION, unsafe { table.MprAdminMIBServerConnect(name.as_ptr(), &mut handle) }, || {
                server
            })?;
            Ok(handle)
        })?;
        Ok(MibServer { session })
    }
}

/// A query, as the C functions take it.
struct Query {
    words: Vec<u64>,
    bytes: u32,
}

impl Query {
    /// The page says that a null entry is undefined, and a module may believe that there is at least something.
    #[inline]
    fn new(function: &'static str, entry: &[u8]) -> Result<Query> {
        if entry.is_empty() {
            return Err(Error::argument(function, "the entry is empty"));
        }
        let bytes = u32::try_from(entry.len())
            .map_err(|_| Error::argument(function, "the entry is longer than 4294967295 bytes"))?;
        // Aligned for whatever the module makes of it.
        let words = entry.chunks(8).map(|chunk| {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            u64::from_ne_bytes(word)
        });
        Ok(Query { words: words.collect(), bytes })
    }

    /// The header lets the library write to what it is given.
    #[inline]
    fn as_mut_ptr(&mut self) -> sys::LPVOID {
        self.words.as_mut_ptr().cast()
    }
}

/// Reads by one of the four functions that do, which take the same parameters.
macro_rules! read {
    ($self:ident.$function:ident($module:expr, $query:expr)) => {
        $self.read(stringify!($function), $query, |table, query, out, size| {
            let (transport, protocol) = $module.raw();
            // SAFETY: the handle is open while `self` lives, the query is of its size and only read; both take what is
            // written.
            unsafe {
                table.$function($self.as_raw(), transport, protocol, query.as_mut_ptr(), query.bytes, out, size)
            }
        })
    };
}

impl MibServer {
    /// Ends the connection, after a check that the handle is one to disconnect: [`disconnect`](crate::disconnect) as a
    /// method.
    /// The C function is `MprAdminMIBServerDisconnect`.
    ///
    /// # Errors
    /// [`DisconnectError`], which says what is wrong with the handle and gives it back.
    #[inline]
    pub fn disconnect(self) -> std::result::Result<(), DisconnectError<MibServer>> {
        crate::disconnect(self)
    }

    /// Returns the name that [`Mpr::mib`] was given; `None` for this machine.
    #[inline]
    pub fn name(&self) -> Option<&str> {
        self.session.server()
    }

    /// Returns the raw handle. This value still owns it.
    #[inline]
    pub fn as_raw(&self) -> sys::MIB_SERVER_HANDLE {
        self.session.handle()
    }

    #[inline]
    fn table(&self) -> &Library {
        self.session.table()
    }

    /// Reads a variable. `query` says which, in a layout of the module's.
    /// The C function is `MprAdminMIBEntryGet`.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied);
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when the transport is not installed;
    /// [`Error::code`](crate::Error::code) 1003 (`ERROR_CAN_NOT_COMPLETE`) when the routing protocol is not;
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for an empty query.
    #[doc(alias = "MprAdminMIBEntryGet")]
    #[inline]
    pub fn get(&self, module: MibModule, query: &[u8]) -> Result<Bytes<'_>> {
        read!(self.MprAdminMIBEntryGet(module, query))
    }

    /// Reads the first variable of a set. `query` says which set.
    /// The C function is `MprAdminMIBEntryGetFirst`.
    ///
    /// # Errors
    /// As [`get`](MibServer::get).
    #[doc(alias = "MprAdminMIBEntryGetFirst")]
    #[inline]
    pub fn get_first(&self, module: MibModule, query: &[u8]) -> Result<Bytes<'_>> {
        read!(self.MprAdminMIBEntryGetFirst(module, query))
    }

    /// Reads the variable that follows the one that `query` names.
    /// The C function is `MprAdminMIBEntryGetNext`.
    ///
    /// # Errors
    /// As [`get`](MibServer::get); behind the last variable an error that the module chooses, usually
    /// [`Error::code`](crate::Error::code) 259 (`ERROR_NO_MORE_ITEMS`).
    #[doc(alias = "MprAdminMIBEntryGetNext")]
    #[inline]
    pub fn get_next(&self, module: MibModule, query: &[u8]) -> Result<Bytes<'_>> {
        read!(self.MprAdminMIBEntryGetNext(module, query))
    }

    /// Reads what a trap is about, after [`Traps::wait`] has returned `true`. `query` is in a layout of the module's.
    /// The C function is `MprAdminMIBGetTrapInfo`.
    ///
    /// Microsoft's page does not say who frees the answer; it goes back by `MprAdminMIBBufferFree`, as the others of the
    /// family do. Never tried against a real server.
    ///
    /// # Errors
    /// As [`get`](MibServer::get), and [`ErrorKind::MissingFunction`](crate::ErrorKind::MissingFunction) if the library
    /// lacks the function.
    #[doc(alias = "MprAdminMIBGetTrapInfo")]
    #[inline]
    pub fn trap_info(&self, module: MibModule, query: &[u8]) -> Result<Bytes<'_>> {
        read!(self.MprAdminMIBGetTrapInfo(module, query))
    }

    #[inline]
    fn read(
        &self,
        function: &'static str,
        query: &[u8],
        call: impl FnOnce(
            &Library,
            &mut Query,
            &mut sys::LPVOID,
            &mut u32,
        ) -> std::result::Result<u32, sys::MissingFunction>,
    ) -> Result<Bytes<'_>> {
        let mut query = Query::new(function, query)?;
        let (mut out, mut size) = (ptr::null_mut(), 0);
        check(function, call(self.table(), &mut query, &mut out, &mut size), || self.name())?;
        // SAFETY: a successful call leaves null or a buffer of this family, as long as it says.
        unsafe { Buffer::new(self.table(), function, Family::MIB, out.cast(), size as usize) }.map(Bytes)
    }

    /// Makes a variable. `entry` says which and with what value, in a layout of the module's.
    /// The C function is `MprAdminMIBEntryCreate`.
    ///
    /// # Errors
    /// As [`get`](MibServer::get).
    #[doc(alias = "MprAdminMIBEntryCreate")]
    #[inline]
    pub fn create(&self, module: MibModule, entry: &[u8]) -> Result<()> {
        const FUNCTION: &str = "MprAdminMIBEntryCreate";
        let mut entry = Query::new(FUNCTION, entry)?;
        let (transport, protocol) = module.raw();
        check(
            FUNCTION,
            // SAFETY: the handle is open while `self` lives, the entry is of its size and only read.
            unsafe {
                self.table().MprAdminMIBEntryCreate(
                    self.as_raw(),
                    transport,
                    protocol,
                    entry.as_mut_ptr(),
                    entry.bytes,
                )
            },
            || self.name(),
        )
    }

    /// Sets a variable. `entry` says which and to what value, in a layout of the module's.
    /// The C function is `MprAdminMIBEntrySet`.
    ///
    /// # Errors
    /// As [`get`](MibServer::get).
    #[doc(alias = "MprAdminMIBEntrySet")]
    #[inline]
    pub fn set(&self, module: MibModule, entry: &[u8]) -> Result<()> {
        const FUNCTION: &str = "MprAdminMIBEntrySet";
        let mut entry = Query::new(FUNCTION, entry)?;
        let (transport, protocol) = module.raw();
        check(
            FUNCTION,
            // SAFETY: as in `create`.
            unsafe {
                self.table().MprAdminMIBEntrySet(
                    self.as_raw(),
                    transport,
                    protocol,
                    entry.as_mut_ptr(),
                    entry.bytes,
                )
            },
            || self.name(),
        )
    }

    /// Deletes a variable. `entry` says which, in a layout of the module's.
    /// The C function is `MprAdminMIBEntryDelete`.
    ///
    /// # Errors
    /// As [`get`](MibServer::get).
    #[doc(alias = "MprAdminMIBEntryDelete")]
    #[inline]
    pub fn delete(&self, module: MibModule, entry: &[u8]) -> Result<()> {
        const FUNCTION: &str = "MprAdminMIBEntryDelete";
        let mut entry = Query::new(FUNCTION, entry)?;
        let (transport, protocol) = module.raw();
        check(
            FUNCTION,
            // SAFETY: as in `create`.
            unsafe {
                self.table().MprAdminMIBEntryDelete(
                    self.as_raw(),
                    transport,
                    protocol,
                    entry.as_mut_ptr(),
                    entry.bytes,
                )
            },
            || self.name(),
        )
    }
}

impl Disconnect for MibServer {}

impl Claimable for MibServer {
    #[inline]
    fn claim(&self) -> std::result::Result<(), HandleProblem> {
        self.session.claim()
    }
}
