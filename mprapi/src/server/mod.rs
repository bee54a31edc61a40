//! A server that one is connected to.

use std::mem::offset_of;
use std::ptr;
use std::time::Duration;

use mprapi_sys::{
    self as sys, MPR_SERVER_0, MPR_SERVER_1, MPR_SERVER_2, MPR_SERVER_EX0, MPR_SERVER_EX1,
    MPRAPI_TUNNEL_CONFIG_PARAMS1,
};

use crate::buffer::{Buffer, Family};
use crate::disconnect::{Claimable, Kind, Session};
use crate::error::check;
use crate::input::ServerName;
use crate::library::Library;
use crate::list::Level;
use crate::owner::Owner;
use crate::pointed::Pointed;
use crate::{Disconnect, DisconnectError, HandleProblem, Mpr, Result, header};

mod configuration;
mod credentials;
mod older;
mod outgoing;
mod tunnels;

pub use configuration::{
    CertificateHash, CertificateUsage, Encryption, Ikev2Configuration, Ikev2Tunnel, L2tpConfiguration,
    L2tpTunnel, PortUsage, Ports, ServerDetails, SstpConfiguration, TunnelConfiguration, TunnelPorts,
};
pub use credentials::PreSharedKey;
pub use older::{OlderServerRecord, ServerRevision1, ServerRevision2, ServerRevision3};
pub(crate) use tunnels::read as read_tunnels;
pub use tunnels::{TunnelLevel, TunnelProtocol, Tunnels};

/// The revision of an `MPR_SERVER_SET_CONFIG_EX0`. What it has, that with GRE has too.
pub(crate) const WITHOUT_GRE: u32 = sys::MPRAPI_MPR_SERVER_SET_CONFIG_OBJECT_REVISION_4;

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
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied) if the caller is not an administrator of the server,
    /// [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable), and
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name with a NUL in it or one that is
    /// too long.
    #[doc(alias = "MprAdminServerConnect")]
    #[inline]
    pub fn connect(&self, server: Option<&str>) -> Result<Server> {
        const FUNCTION: &str = "MprAdminServerConnect";
        let name = ServerName::new(FUNCTION, server)?;
        let session = Session::open(self, server, FUNCTION, Kind::Server, |table| {
            let mut handle = ptr::null_mut();
            // SAFETY: `name` is null or a terminated string, only read, and `handle` takes what is written.
            check(FUNCTION, unsafe { table.MprAdminServerConnect(name.as_ptr(), &mut handle) }, || server)?;
            Ok(handle)
        })?;
        Ok(Server { session })
    }
}

impl Server {
    /// Ends the connection, after a check that the handle is one to disconnect: [`disconnect`](crate::disconnect) as a
    /// method.
    /// The C function is `MprAdminServerDisconnect`.
    ///
    /// # Errors
    /// [`DisconnectError`], which says what is wrong with the handle and gives it back.
    #[inline]
    pub fn disconnect(self) -> std::result::Result<(), DisconnectError<Server>> {
        crate::disconnect(self)
    }

    /// Sets the preferred length of a page of an enumeration, in bytes. The default, `u32::MAX`, asks for everything at once.
    ///
    /// A library gives as many records a page as fit, at least one; the lists here still have all of them, read page by page.
    /// Shorter pages keep each call short. An enumeration of more than 4,096 pages is an error. This is the parameter
    /// `dwPrefMaxLen` of the C functions.
    #[inline]
    #[must_use]
    pub fn with_preferred_length(mut self, bytes: u32) -> Self {
        self.session.set_preferred_length(bytes);
        self
    }

    /// Returns the name that [`Mpr::connect`] was given; `None` for this machine.
    #[inline]
    pub fn name(&self) -> Option<&str> {
        self.session.server()
    }

    /// Returns the API that this server was connected through, for calls that take the server's [`name`](Server::name).
    #[inline]
    pub fn mpr(&self) -> Mpr {
        Mpr { table: self.session.table().clone() }
    }

    /// Returns the raw handle. This value still owns it.
    #[inline]
    pub fn as_raw(&self) -> sys::MPR_SERVER_HANDLE {
        self.session.handle()
    }

    #[inline]
    pub(crate) fn table(&self) -> &Library {
        self.session.table()
    }

    #[inline]
    pub(crate) fn serial(&self) -> u64 {
        self.session.serial()
    }

    /// Reads the server's mode, its age and its ports.
    /// The C function is `MprAdminServerGetInfo`, level 0.
    ///
    /// # Errors
    /// Those of any call to a server: [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable), …
    #[inline]
    pub fn info(&self) -> Result<ServerInfo> {
        self.info_at::<MPR_SERVER_0>()
    }

    /// Reads the server's information at the level named by its record:
    ///
    /// | record | what it tells | C function |
    /// |---|---|---|
    /// | [`MPR_SERVER_0`] | mode, age, ports in all ([`ServerInfo`]) | `MprAdminServerGetInfo` |
    /// | [`MPR_SERVER_1`] | PPTP and L2TP ports ([`TunnelPorts`]); Windows Server 2003 and later | `MprAdminServerGetInfo` |
    /// | [`MPR_SERVER_2`] | SSTP ports too ([`TunnelPorts`]); Windows Server 2008 and later | `MprAdminServerGetInfo` |
    /// | [`MPR_SERVER_EX0`] | all that can be set for PPTP, L2TP, SSTP and IKEv2 ([`ServerDetails`]) | `MprAdminServerGetInfoEx` |
    /// | [`MPR_SERVER_EX1`] | GRE too ([`ServerDetails`]) | `MprAdminServerGetInfoEx` |
    /// | [`ServerRevision1`] | what Windows Server 2008 R2 knew ([`ServerDetails`]) | `MprAdminServerGetInfoEx` |
    /// | [`ServerRevision2`] | what Windows Server 2012 knew ([`ServerDetails`]) | `MprAdminServerGetInfoEx` |
    /// | [`ServerRevision3`] | what Windows Server 2012 R2 knew ([`ServerDetails`]) | `MprAdminServerGetInfoEx` |
    ///
    /// The `Ex` records are asked for by the revision that has their layout: `MPR_SERVER_EX0` by 4, `MPR_SERVER_EX1` by 5,
    /// and the shorter ones of older servers, which today's header no longer has, by 1 to 3. (Microsoft's page demands
    /// revision 1 for `MPR_SERVER_EX0`; the record would not be what its header says.) The older ones were never tried
    /// against a real server.
    ///
    /// # Errors
    /// As [`info`](Server::info); [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning) with the code
    /// `ERROR_DDM_NOT_RUNNING` for an `Ex` record of a server without remote access and demand dialling;
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) or
    /// [`ErrorKind::MissingFunction`](crate::ErrorKind::MissingFunction) for what an older system lacks,
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for an `Ex` record of another revision.
    #[doc(alias = "MprAdminServerGetInfoEx")]
    #[doc(alias = "MprAdminServerGetInfo")]
    #[inline]
    pub fn info_at<R: ServerRecord>(&self) -> Result<R::Info> {
        R::fetch(self)
    }

    /// Sets the number and the uses of the ports of PPTP, L2TP and (from Windows Server 2008) SSTP. `None` leaves a tunnel as it
    /// is. For IKEv2 and GRE, use [`set_tunnels`](Server::set_tunnels).
    ///
    /// The running server changes, and the numbers are stored. The change comes a moment after the call.
    /// The C function is `MprAdminServerSetInfo`, level 1 where [`TunnelPorts::sstp`] is `None`, else level 2. Its record
    /// has PPTP and L2TP together, so if one is `None` it is read by `MprAdminServerGetInfo` first and set again.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for more ports than the system allows and for
    /// no PPTP ports at all. An error of the name `ERROR_SUCCESS_REBOOT_REQUIRED` says that the change needs a restart, and
    /// that nothing was changed: set the number in the stored configuration, and restart the server.
    #[doc(alias = "MprAdminServerSetInfo")]
    #[inline]
    pub fn set_ports(&self, ports: &TunnelPorts) -> Result<()> {
        const FUNCTION: &str = "MprAdminServerSetInfo";
        let Some(ports) = ports.completed(self)? else { return Ok(()) };
        ports.with_raw(FUNCTION, |level, record| {
            check(
                FUNCTION,
                // SAFETY: the handle is open while `self` lives, and the record is the one of its level.
                unsafe { self.table().MprAdminServerSetInfo(self.as_raw(), level, record) },
                || self.name(),
            )
        })
    }

    /// Sets what is `Some` in `tunnels` on the running server, and leaves the rest as it is. This is for servers of today; to
    /// change a server of any version, read [`tunnels`](Server::tunnels) and use [`set_tunnels_as`](Server::set_tunnels_as).
    ///
    /// The C function is `MprAdminServerSetInfoEx`; its record is an `MPR_SERVER_SET_CONFIG_EX1` where GRE is set,
    /// else an `MPR_SERVER_SET_CONFIG_EX0`, which more servers know. A record has all settings of a tunnel, so where some
    /// of them are `None` they are read by `MprAdminServerGetInfoEx` first and set again.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied);
    /// [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning) with the code `ERROR_DDM_NOT_RUNNING` on a server without
    /// remote access and demand dialling;
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) or
    /// [`ErrorKind::MissingFunction`](crate::ErrorKind::MissingFunction) for what an older system lacks;
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for what the server does not take, and before
    /// anything is called for what does not fit into the record.
    #[doc(alias = "MprAdminServerSetInfoEx")]
    #[inline]
    pub fn set_tunnels(&self, tunnels: &TunnelConfiguration) -> Result<()> {
        const FUNCTION: &str = "MprAdminServerSetInfoEx";
        tunnels.check(FUNCTION)?;
        tunnels.completed::<MPR_SERVER_EX0, _>(self, WITHOUT_GRE)?.with_raw(FUNCTION, |record| {
            // SAFETY: the handle is open while `self` lives; the record and all it points to live during the call, and
            // its header says how large it is.
            check(FUNCTION, unsafe { self.table().MprAdminServerSetInfoEx(self.as_raw(), record) }, || {
                self.name()
            })
        })
    }
}

/// A record of a server. Its type selects the level of information.
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait ServerRecord: Fetch {
    /// The information that the record holds.
    type Info;
}

/// How a [`ServerRecord`] is asked for.
pub(crate) trait Fetch {
    fn fetch<K: Keeper>(keeper: &K) -> Result<Self::Info>
    where
        Self: ServerRecord;
}

/// A keeper of a server's records: the running server, or its stored configuration.
pub(crate) trait Keeper: Owner {
    /// `true` for a stored configuration, which can be asked while the service is stopped.
    const IS_STORED: bool = false;
    /// The function of [`get`](Keeper::get).
    const GET: &'static str;
    /// The function of [`get_ex`](Keeper::get_ex).
    const GET_EX: &'static str;
    /// The family of the buffers that [`get_ex`](Keeper::get_ex) gives: the pages of both functions name the same.
    const FAMILY_EX: Family = Family::ADMIN;

    /// Asks for a record by its level; a successful call leaves a buffer of the keeper's family.
    fn get(&self, level: u32, buffer: &mut sys::LPBYTE) -> std::result::Result<u32, sys::MissingFunction>;

    /// Asks for a record by its header.
    ///
    /// # Safety
    /// `record` must lead to a record that begins with a filled header and is as large as that says.
    unsafe fn get_ex<R>(&self, record: *mut R) -> std::result::Result<u32, sys::MissingFunction>;
}

impl ServerRecord for MPR_SERVER_0 {
    type Info = ServerInfo;
}

impl ServerRecord for MPR_SERVER_1 {
    type Info = TunnelPorts;
}

impl ServerRecord for MPR_SERVER_2 {
    type Info = TunnelPorts;
}

impl Level for MPR_SERVER_0 {
    const LEVEL: u32 = 0;
}

impl Level for MPR_SERVER_1 {
    const LEVEL: u32 = 1;
}

impl Level for MPR_SERVER_2 {
    const LEVEL: u32 = 2;
}

impl<R: ServerRecord<Info: From<R>> + Level + Copy> Fetch for R {
    #[inline]
    fn fetch<K: Keeper>(keeper: &K) -> Result<R::Info> {
        let mut buffer = ptr::null_mut();
        check(K::GET, keeper.get(R::LEVEL, &mut buffer), || keeper.server())?;
        let record: *mut R = buffer.cast();
        // SAFETY: a successful call answers one record of the level, which any bits make.
        let buffer = unsafe { Buffer::one(keeper.table(), K::GET, K::FAMILY, record) }?;
        Ok((*buffer.record()).into())
    }
}

/// Asks for the record of a revision, and gives it once its header is the one that was asked for.
///
/// # Safety
/// `R` must begin with its header, and any bits must make one.
#[inline]
unsafe fn ask<R: Copy, K: Keeper>(keeper: &K, revision: u32) -> Result<R> {
    const {
        assert!(size_of::<R>() <= size_of::<MPR_SERVER_EX1>());
        assert!(align_of::<R>() <= align_of::<MPR_SERVER_EX1>());
        assert!(offset_of!(MPR_SERVER_EX1, Header) == 0);
    }
    let asked = header::asking_for::<R>(sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT, revision);
    // Whatever is asked for, there is room for the longest record: the page has the library fill what it is given, and
    // says nothing of a library that knows longer ones than its caller.
    let mut room = MPR_SERVER_EX1 { Header: asked, ..MPR_SERVER_EX1::default() };
    // SAFETY: there is more room than the header says, which is how the function tells the records apart.
    check(K::GET_EX, unsafe { keeper.get_ex(&raw mut room) }, || keeper.server())?;
    header::check(K::GET_EX, asked, room.Header)?;
    // SAFETY: the room is as large as the record and aligned for it, which any bits make.
    Ok(unsafe { (&raw const room).cast::<R>().read() })
}

/// Reads what a record says, and gives back what it points to.
///
/// # Safety
/// The record must be as a successful `Ex` call of `keeper` left it, and must not have been read before.
#[inline]
unsafe fn details<K: Keeper>(keeper: &K, record: &MPR_SERVER_EX1) -> Result<ServerDetails> {
    let pointed = Pointed::new(keeper.table(), K::GET_EX, K::FAMILY_EX);
    // SAFETY: what the record points to is ours by the rule of `pointed`; the rest is the caller's promise.
    unsafe { ServerDetails::read(pointed, record) }
}

/// Does the same for a record that has no GRE.
///
/// # Safety
/// As for `details`.
#[inline]
unsafe fn details_without_gre<K: Keeper>(keeper: &K, record: &MPR_SERVER_EX0) -> Result<ServerDetails> {
    let tunnels = record.ConfigParams;
    let newest = MPR_SERVER_EX1 {
        Header: record.Header,
        fLanOnlyMode: record.fLanOnlyMode,
        dwUpTime: record.dwUpTime,
        dwTotalPorts: record.dwTotalPorts,
        dwPortsInUse: record.dwPortsInUse,
        Reserved: record.Reserved,
        ConfigParams: MPRAPI_TUNNEL_CONFIG_PARAMS1 {
            IkeConfigParams: tunnels.IkeConfigParams,
            PptpConfigParams: tunnels.PptpConfigParams,
            L2tpConfigParams: tunnels.L2tpConfigParams,
            SstpConfigParams: tunnels.SstpConfigParams,
            ..MPRAPI_TUNNEL_CONFIG_PARAMS1::default()
        },
    };
    // SAFETY: passed on to the caller; the ports of GRE have no pointer.
    let mut details = unsafe { details(keeper, &newest) }?;
    details.tunnels.gre = None;
    Ok(details)
}

impl ServerRecord for MPR_SERVER_EX0 {
    type Info = ServerDetails;
}

impl Fetch for MPR_SERVER_EX0 {
    #[inline]
    fn fetch<K: Keeper>(keeper: &K) -> Result<ServerDetails> {
        const { assert!(offset_of!(MPR_SERVER_EX0, Header) == 0) };
        // SAFETY: the record begins with its header, and any bits make one.
        let record: MPR_SERVER_EX0 = unsafe { ask(keeper, sys::MPRAPI_MPR_SERVER_OBJECT_REVISION_4) }?;
        // SAFETY: the library has just filled it.
        unsafe { details_without_gre(keeper, &record) }
    }
}

impl ServerRecord for MPR_SERVER_EX1 {
    type Info = ServerDetails;
}

impl Fetch for MPR_SERVER_EX1 {
    #[inline]
    fn fetch<K: Keeper>(keeper: &K) -> Result<ServerDetails> {
        const { assert!(offset_of!(MPR_SERVER_EX1, Header) == 0) };
        // SAFETY: the record begins with its header, and any bits make one.
        let record: MPR_SERVER_EX1 = unsafe { ask(keeper, sys::MPRAPI_MPR_SERVER_OBJECT_REVISION_5) }?;
        // SAFETY: the library has just filled it.
        unsafe { details(keeper, &record) }
    }
}

impl Keeper for Server {
    const GET: &'static str = "MprAdminServerGetInfo";
    const GET_EX: &'static str = "MprAdminServerGetInfoEx";

    #[inline]
    fn get(&self, level: u32, buffer: &mut sys::LPBYTE) -> std::result::Result<u32, sys::MissingFunction> {
        // SAFETY: the handle is open while `self` lives, and `buffer` takes what is written.
        unsafe { self.table().MprAdminServerGetInfo(self.as_raw(), level, buffer) }
    }

    #[inline]
    unsafe fn get_ex<R>(&self, record: *mut R) -> std::result::Result<u32, sys::MissingFunction> {
        // SAFETY: the handle is open while `self` lives; the record is the caller's promise.
        unsafe { self.table().MprAdminServerGetInfoEx(self.as_raw(), record.cast()) }
    }
}

impl Owner for Server {
    const FAMILY: Family = Family::ADMIN;
    const CONNECT: &'static str = "MprAdminServerConnect";

    #[inline]
    fn session(&self) -> &Session {
        &self.session
    }
}

impl Disconnect for Server {}

impl Claimable for Server {
    #[inline]
    fn claim(&self) -> std::result::Result<(), HandleProblem> {
        self.session.claim()
    }
}

/// The information that [`Server::info`] reads (`MPR_SERVER_0`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[doc(alias("MPR_SERVER_0"))]
pub struct ServerInfo {
    is_lan_only: bool,
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::seconds"
        )
    )]
    up_time: Duration,
    total_ports: u32,
    ports_in_use: u32,
}

impl From<MPR_SERVER_0> for ServerInfo {
    #[inline]
    fn from(raw: MPR_SERVER_0) -> ServerInfo {
        ServerInfo::new(raw.fLanOnlyMode != 0, raw.dwUpTime, raw.dwTotalPorts, raw.dwPortsInUse)
    }
}

impl ServerInfo {
    /// Creates it from the fields that all records of a server have.
    #[inline]
    fn new(is_lan_only: bool, up_time: u32, total_ports: u32, ports_in_use: u32) -> ServerInfo {
        let up_time = Duration::from_secs(up_time.into());
        ServerInfo { is_lan_only, up_time, total_ports, ports_in_use }
    }

    /// Returns `true` if the server is a router for local networks only, without demand-dial and remote access.
    #[inline]
    pub fn is_lan_only(&self) -> bool {
        self.is_lan_only
    }

    /// Returns how long the service has been up.
    #[inline]
    pub fn up_time(&self) -> Duration {
        self.up_time
    }

    /// Returns the number of ports of the server.
    #[inline]
    pub fn total_ports(&self) -> u32 {
        self.total_ports
    }

    /// Returns the number of ports that are in use.
    #[inline]
    pub fn ports_in_use(&self) -> u32 {
        self.ports_in_use
    }
}
