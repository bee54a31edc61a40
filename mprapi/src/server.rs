//! A server that one is connected to.

use std::ptr;
use std::time::Duration;

use mprapi_sys::{self as sys, Mprapi};

use crate::buffer::{Buffer, Family};
use crate::disconnect::{Claim, Kind, Session, sealed};
use crate::error::check;
use crate::list::sealed::Owner;
use crate::wide::ServerName;
use crate::{Disconnect, HandleProblem, Mpr, Result};

/// A connection to a server's Routing and Remote Access service.
///
/// It owns the handle that `MprAdminServerConnect` gave. [`disconnect`](crate::disconnect) ends it and says whether
/// that was right; dropping it ends it all the same. Calls block until the server has answered, and may be made from
/// several threads.
#[derive(Debug)]
pub struct Server {
    session: Session,
}

impl Mpr {
    /// Connects to the service of `server` (`None`: this machine).
    ///
    /// This does not ask whether the service runs: [`Mpr::is_service_running`] does.
    /// The C function is `MprAdminServerConnect`.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied) for who is no administrator of the server,
    /// [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable), and
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name with a NUL in it or one that is
    /// too long.
    pub fn connect(&self, server: Option<&str>) -> Result<Server> {
        const FUNCTION: &str = "MprAdminServerConnect";
        let name = ServerName::new(FUNCTION, server)?;
        let session = Session::open(self, FUNCTION, Kind::Server, |table| {
            let mut handle = ptr::null_mut();
            // SAFETY: `name` is null or a terminated string, only read, and `handle` takes what is written.
            check(FUNCTION, unsafe { table.MprAdminServerConnect(name.as_ptr(), &mut handle) })?;
            Ok(handle)
        })?;
        Ok(Server { session })
    }
}

impl Server {
    /// The raw handle, which this value goes on owning.
    pub fn as_raw(&self) -> sys::MPR_SERVER_HANDLE {
        self.session.handle()
    }

    pub(crate) fn table(&self) -> &Mprapi {
        self.session.table()
    }

    pub(crate) fn serial(&self) -> u64 {
        self.session.serial()
    }

    /// The server's mode, its age and its ports. The C function is `MprAdminServerGetInfo`, level 0.
    ///
    /// # Errors
    /// Those of any call to a server: [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable), …
    pub fn info(&self) -> Result<ServerInfo> {
        const FUNCTION: &str = "MprAdminServerGetInfo";
        let table = self.table();
        let mut buffer = ptr::null_mut();
        // SAFETY: the handle is open while `self` lives, and `buffer` takes what is written.
        check(FUNCTION, unsafe { table.MprAdminServerGetInfo(self.as_raw(), 0, &mut buffer) })?;
        // SAFETY: at level 0 a successful call answers one `MPR_SERVER_0`, which any bits make.
        let buffer = unsafe { Buffer::one(table, FUNCTION, Family::Admin, buffer.cast()) }?;
        Ok(ServerInfo(*buffer.record()))
    }
}

impl Owner for Server {
    #[expect(private_interfaces, reason = "nobody outside can name this trait")]
    const FAMILY: Family = Family::Admin;

    fn table(&self) -> &Mprapi {
        self.session.table()
    }
}

impl Disconnect for Server {}

impl sealed::Claimable for Server {
    fn claim(&self) -> std::result::Result<Claim<'_>, HandleProblem> {
        self.session.claim()
    }
}

/// What [`Server::info`] tells (`MPR_SERVER_0`).
#[derive(Clone, Copy)]
pub struct ServerInfo(sys::MPR_SERVER_0);

impl ServerInfo {
    /// Whether the server is a router for local networks only, without demand-dial and remote access.
    pub fn is_lan_only(&self) -> bool {
        self.0.fLanOnlyMode != 0
    }

    /// How long the service has been up.
    pub fn up_time(&self) -> Duration {
        Duration::from_secs(self.0.dwUpTime.into())
    }

    /// How many ports the server has.
    pub fn total_ports(&self) -> u32 {
        self.0.dwTotalPorts
    }

    /// How many of them are in use.
    pub fn ports_in_use(&self) -> u32 {
        self.0.dwPortsInUse
    }
}

impl std::fmt::Debug for ServerInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerInfo")
            .field("is_lan_only", &self.is_lan_only())
            .field("up_time", &self.up_time())
            .field("total_ports", &self.total_ports())
            .field("ports_in_use", &self.ports_in_use())
            .finish()
    }
}
