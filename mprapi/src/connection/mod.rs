//! The connections of a server.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, SystemTime};

use mprapi_sys::{
    self as sys, RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_4,
    RAS_CONNECTION_EX,
};

use crate::enumeration::{enumeration, flags};
use crate::fields::records;
use crate::id::{Id, Origin, id};
use crate::lent::{self, LENT, Lent};
use crate::library::Library;
use crate::list::{Level, Record};
use crate::time::system_time;
use crate::walk::{Request, Walk};
use crate::{Guid, InterfaceId, InterfaceType, List, Result, Server, Statistics, WideStr, header};

mod eap;
mod fields;
mod handle;
mod link;
mod ppp;
mod projection;
mod quarantine;

pub use eap::EapMethod;
use fields::{HasConnection, HasEndpoints, HasGuid, HasInterface, HasOrigin, HasUser};
pub use handle::{ConnectionHandle, ConnectionInfoRecord};
pub use link::{
    Authentication, ChapAlgorithm, Compression, CompressionAlgorithm, CompressionEnd, CompressionOptions,
    HeaderCompression, NegotiationError, PppLink, PppLinkEnd, PppLinkOptions,
};
pub use projection::{Ikev2Authentication, Ikev2Projection, Ipv4Ends, Ipv6Ends, PppProjection, Projection};
pub use quarantine::QuarantineState;

impl Server {
    /// Lists the connections: names, domain, duration.
    /// The C function is `MprAdminConnectionEnum`, level 0.
    ///
    /// A demand-dial interface that is connected is a connection too, of another site and not of a user:
    /// [`interface_type`](Connection::interface_type) tells them apart.
    ///
    /// # Errors
    /// Those of any call to a server: [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable), …
    #[inline]
    pub fn connections(&self) -> Result<List<'_, RAS_CONNECTION_0>> {
        self.connections_at()
    }

    /// Lists the connections at another level of information, named by its record:
    ///
    /// | record | what it tells | C function |
    /// |---|---|---|
    /// | [`RAS_CONNECTION_0`] | who, and for how long | `MprAdminConnectionEnum` |
    /// | [`RAS_CONNECTION_1`] | IPv4 addresses and statistics | `MprAdminConnectionEnum` |
    /// | [`RAS_CONNECTION_2`] | the GUID and all that PPP negotiated | `MprAdminConnectionEnum` |
    /// | [`RAS_CONNECTION_3`] | the same with IPv6, and quarantine; Windows Server 2008 and later | `MprAdminConnectionEnum` |
    /// | [`RAS_CONNECTION_4`] | as the next, and the tunnel, the start and 64-bit counters; Windows Server 2012 and later | `MprAdminConnectionEnum` |
    /// | [`RAS_CONNECTION_EX`] | all of it, IKEv2 included, and the tunnel's ends; Windows Server 2008 R2 and later | `MprAdminConnectionEnumEx` |
    ///
    /// Microsoft's page for `MprAdminConnectionEnum` ends at level 3, and no page says which call gives a
    /// `RAS_CONNECTION_4`. The open specification of the protocol underneath does: level 4 of the same call
    /// (MS-RRASM 3.1.4.2), which only enumerates; the calls for one connection do not know it.
    ///
    /// # Errors
    /// As [`connections`](Server::connections);
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) or
    /// [`ErrorKind::MissingFunction`](crate::ErrorKind::MissingFunction) for a level that an older system lacks, and
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for `Ex` records of another revision.
    #[doc(alias = "MprAdminConnectionEnumEx")]
    #[doc(alias = "MprAdminConnectionEnum")]
    #[inline]
    pub fn connections_at<R: ConnectionRecord>(&self) -> Result<List<'_, R>> {
        let page = |table: &Library, request: &mut Request| R::page(self, table, request);
        // SAFETY: `page` makes one call of the function.
        let list = unsafe { List::collect(self, R::FUNCTION, page) }?;
        // The first record that is not what was asked for ends this: those behind it may begin elsewhere.
        if R::HEADER.is_some() {
            list.records().try_for_each(R::check)?;
        }
        Ok(list)
    }

    /// Lists the connections a page at a time, with the information of the level `R`. Each page goes back before the next
    /// one is asked for, so the memory in use is that of one page, however many connections there are.
    ///
    /// [`with_preferred_length`](Server::with_preferred_length) says how long a page is; without it the whole list is one. A
    /// connection that comes or ends between two pages may be missing or be in both.
    /// The C function is that of [`connections_at`](Server::connections_at).
    ///
    /// ```
    /// # use mprapi_sim::{Session, Tunnel};
    /// # let session = |user: &str| Session::new(user, Tunnel::Ikev2);
    /// # let server = mprapi_sim::Server::unique().ports(Tunnel::Ikev2, 3);
    /// # let simulation = server.session(session("anna")).session(session("bert")).session(session("carl")).start();
    /// # let router = &simulation.routers()[0];
    /// # // SAFETY: the simulator keeps the contract of mprapi.h.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// use mprapi::sys::RAS_CONNECTION_0;
    ///
    /// let server = mpr.connect(Some(router.name()))?.with_preferred_length(64 * 1024);
    /// let mut pages = server.connection_pages::<RAS_CONNECTION_0>();
    /// let mut users = 0;
    /// while let Some(page) = pages.next_page()? {
    ///     users += page.len();
    /// }
    /// assert_eq!(users, 3);
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    #[doc(alias = "MprAdminConnectionEnumEx")]
    #[doc(alias = "MprAdminConnectionEnum")]
    #[inline]
    pub fn connection_pages<R: ConnectionRecord>(&self) -> ConnectionPages<'_, R> {
        ConnectionPages { server: self, walk: Some(List::<R>::walk(self, R::FUNCTION)), page: None }
    }
}

/// The connections of a server, a page at a time. Made by [`Server::connection_pages`].
pub struct ConnectionPages<'s, R: ConnectionRecord> {
    server: &'s Server,
    /// `None` behind the last page, and behind an error.
    walk: Option<Walk<'s>>,
    page: Option<List<'s, R>>,
}

impl<'s, R: ConnectionRecord> ConnectionPages<'s, R> {
    /// Frees the page before, and asks for the next one. Returns `None` behind the last page, and behind an error.
    ///
    /// # Errors
    /// As [`connections_at`](Server::connections_at).
    #[inline]
    pub fn next_page(&mut self) -> Result<Option<&List<'s, R>>> {
        self.page = None;
        let Some(mut walk) = self.walk.take() else { return Ok(None) };
        let server = self.server;
        // SAFETY: `R::page` makes one call of the function, whose walk this is, and the page before has gone back.
        let page =
            unsafe { List::page(server, &mut walk, |table, request| R::page(server, table, request)) }?;
        page.records().try_for_each(R::check)?;
        self.walk = Some(walk).filter(|walk| !walk.is_over());
        Ok(Some(self.page.insert(page)))
    }
}

impl<R: ConnectionRecord> fmt::Debug for ConnectionPages<'_, R> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectionPages").finish_non_exhaustive()
    }
}

/// A record of a connection. Its type selects the level of information.
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait ConnectionRecord: Record<Owner = Server> + Enumerate + HasConnection {}

/// How a [`ConnectionRecord`] is asked for.
pub(crate) trait Enumerate: Sized {
    /// The C function.
    const FUNCTION: &'static str;

    /// The header that the record begins with, if its type has one.
    const HEADER: Option<sys::MPRAPI_OBJECT_HEADER> = None;

    /// Makes one call of the function, so that on success the request has a buffer with records of this type.
    fn page(
        server: &Server,
        table: &Library,
        request: &mut Request,
    ) -> std::result::Result<u32, sys::MissingFunction>;

    /// Checks a record's header.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for a record of another revision.
    #[inline]
    fn check(&self) -> Result<()> {
        Ok(())
    }
}

impl<R: Record<Owner = Server> + HasConnection + Level> Enumerate for R {
    const FUNCTION: &'static str = "MprAdminConnectionEnum";

    #[inline]
    fn page(
        server: &Server,
        table: &Library,
        request: &mut Request,
    ) -> std::result::Result<u32, sys::MissingFunction> {
        // SAFETY: the handle is open while `server` lives; `request` takes what is written. No buffer goes in.
        unsafe {
            table.MprAdminConnectionEnum(
                server.as_raw(),
                R::LEVEL,
                &mut request.buffer,
                request.longest,
                &mut request.read,
                &mut request.total,
                &mut request.resume,
            )
        }
    }
}

/// The header that the `Ex` calls get. No other revision of the record is documented.
const EX: sys::MPRAPI_OBJECT_HEADER = header::asking_for::<RAS_CONNECTION_EX>(
    sys::MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT,
    sys::MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1,
);

impl Enumerate for RAS_CONNECTION_EX {
    const FUNCTION: &'static str = "MprAdminConnectionEnumEx";

    const HEADER: Option<sys::MPRAPI_OBJECT_HEADER> = Some(EX);

    #[inline]
    fn page(
        server: &Server,
        table: &Library,
        request: &mut Request,
    ) -> std::result::Result<u32, sys::MissingFunction> {
        let mut header = EX;
        // SAFETY: as above; the header asks for the revision that the record here is of.
        unsafe {
            table.MprAdminConnectionEnumEx(
                server.as_raw(),
                &mut header,
                request.longest,
                &mut request.read,
                &mut request.total,
                (&raw mut request.buffer).cast(),
                &mut request.resume,
            )
        }
    }

    #[inline]
    fn check(&self) -> Result<()> {
        header::check(Self::FUNCTION, EX, self.Header)
    }
}

records! {
    Connection, ConnectionRecord:
    RAS_CONNECTION_0 = 0;
    RAS_CONNECTION_1 = 1;
    RAS_CONNECTION_2 = 2;
    RAS_CONNECTION_3 = 3;
    RAS_CONNECTION_4 = 4;
    RAS_CONNECTION_EX;
}

/// A connection, at one level of information. It has the methods that its level supports.
///
/// It borrows the API's own record; nothing is copied. `O` is the record's owner: a server that was asked for it, or
/// [`Lent`] for one that the service hands to an administration DLL.
#[doc(alias(
    "RAS_CONNECTION_0",
    "RAS_CONNECTION_1",
    "RAS_CONNECTION_2",
    "RAS_CONNECTION_3",
    "RAS_CONNECTION_4",
    "RAS_CONNECTION_EX",
    "PPP_INFO",
    "PPP_INFO_2",
    "PPP_INFO_3"
))]
pub struct Connection<'l, R = RAS_CONNECTION_0, O = Server> {
    server: &'l O,
    record: &'l R,
}

impl<R, O> Clone for Connection<'_, R, O> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, O> Copy for Connection<'_, R, O> {}

impl<'l, R, O> Connection<'l, R, O> {
    #[inline]
    fn new(server: &'l O, record: &'l R) -> Connection<'l, R, O> {
        Connection { server, record }
    }

    /// Returns the raw record.
    #[inline]
    pub fn as_raw(&self) -> &'l R {
        self.record
    }
}

impl<R: ConnectionRecord, O: Origin> Connection<'_, R, O> {
    /// Returns the id of this connection on its server.
    #[inline]
    pub fn id(&self) -> ConnectionId {
        ConnectionId(Id::new(self.server, self.record.hConnection()))
    }
}

impl<'l, R: ConnectionRecord> Connection<'l, R, Lent> {
    /// Checks a record that the service lends to an administration DLL, and makes a view of it. `function` is the function
    /// of the DLL that got it, for the error's text.
    ///
    /// ```
    /// use mprapi::sys::RAS_CONNECTION_0;
    /// use mprapi::{Connection, Lent};
    ///
    /// let mut record = RAS_CONNECTION_0::default();
    /// record.wszUserName[..4].copy_from_slice(&[0x61, 0x6E, 0x6E, 0x61]);
    /// // SAFETY: the record is there and stays as it is.
    /// let view = unsafe { Connection::from_raw("MprAdminAcceptNewConnection", &raw const record) }?;
    /// assert_eq!(view.user_name(), "anna");
    /// # let _: Connection<'_, RAS_CONNECTION_0, Lent> = view;
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for a null pointer, for one that is not aligned, and
    /// for a [`RAS_CONNECTION_EX`] whose header has another revision, type or size.
    ///
    /// # Safety
    /// A pointer that is neither null nor misaligned must lead to a record of type `R` that can be read, and that nothing
    /// writes to during `'l`: the call that lends it must not return before the view is gone. (For a [`RAS_CONNECTION_EX`] it
    /// is enough if as many bytes can be read as its header says, when that is not the size of the type.)
    #[inline]
    pub unsafe fn from_raw(function: &'static str, record: *const R) -> Result<Connection<'l, R, Lent>> {
        lent::check_address(function, record)?;
        if let Some(expected) = R::HEADER {
            // SAFETY: the record is there, as the caller says, and begins with the header.
            let header = unsafe { record.cast::<sys::MPRAPI_OBJECT_HEADER>().read() };
            header::check(function, expected, header)?;
        }
        // SAFETY: the address is not null and aligned; the caller answers for the rest. Any bits are a record of C.
        Ok(Connection::new(&LENT, unsafe { &*record }))
    }
}

impl<'l, R: ConnectionRecord> Connection<'l, R> {
    /// Returns a handle to the connection, to act on it: end it, ask more of it, clear its counters, lift its quarantine.
    #[inline]
    pub fn handle(&self) -> ConnectionHandle<'l> {
        ConnectionHandle::new(self.server, self.record.hConnection())
    }

    /// Ends the connection; see [`ConnectionHandle::disconnect`].
    ///
    /// # Errors
    /// As [`ConnectionHandle::disconnect`].
    #[inline]
    pub fn disconnect(&self) -> Result<()> {
        self.handle().disconnect()
    }
}

/// Known at every level but 1 ([`RAS_CONNECTION_1`]).
impl<'l, R: HasUser, O> Connection<'l, R, O> {
    /// Returns the user's name, without the domain.
    #[inline]
    pub fn user_name(&self) -> &'l WideStr {
        WideStr::from_array(self.record.wszUserName())
    }

    /// Returns the type of the connection's interface: a client's, or another router's (site-to-site).
    ///
    /// Check it before you end connections: to end a router's takes a whole site off the network.
    /// (`RAS_CONNECTION_1` does not tell it.)
    #[inline]
    pub fn interface_type(&self) -> InterfaceType {
        self.record.dwInterfaceType().into()
    }
}

/// Known at the levels 0, 4 and `Ex` ([`RAS_CONNECTION_0`], [`RAS_CONNECTION_4`], [`RAS_CONNECTION_EX`]).
impl<'l, R: HasOrigin, O> Connection<'l, R, O> {
    /// Returns the domain the user logged on to.
    #[inline]
    pub fn domain(&self) -> &'l WideStr {
        WideStr::from_array(self.record.wszLogonDomain())
    }

    /// Returns the NetBIOS name of the user's computer.
    #[inline]
    pub fn remote_computer(&self) -> &'l WideStr {
        WideStr::from_array(self.record.wszRemoteComputer())
    }

    /// Returns the name of the interface that the connection is on.
    #[inline]
    pub fn interface_name(&self) -> &'l WideStr {
        WideStr::from_array(self.record.wszInterfaceName())
    }

    /// Returns how long the connection has been up, in whole seconds.
    #[inline]
    pub fn duration(&self) -> Duration {
        Duration::from_secs(self.record.dwConnectDuration().into())
    }

    /// Returns the flags of the connection.
    #[inline]
    pub fn flags(&self) -> ConnectionFlags {
        ConnectionFlags::from_bits_retain(self.record.dwConnectionFlags())
    }
}

/// Known at the levels 0, 1, 4 and `Ex` ([`RAS_CONNECTION_0`], [`RAS_CONNECTION_1`], [`RAS_CONNECTION_4`],
/// [`RAS_CONNECTION_EX`]).
impl<R: HasInterface, O: Origin> Connection<'_, R, O> {
    /// Returns the id of the connection's interface, for [`Server::interface`].
    #[inline]
    pub fn interface(&self) -> InterfaceId {
        InterfaceId(Id::new(self.server, self.record.hInterface()))
    }
}

/// Known from level 2 on ([`RAS_CONNECTION_2`], [`RAS_CONNECTION_3`], [`RAS_CONNECTION_4`], [`RAS_CONNECTION_EX`]).
impl<R: HasGuid, O> Connection<'_, R, O> {
    /// Returns the connection's own name. That of an incoming connection lives no longer than the connection.
    #[inline]
    pub fn guid(&self) -> Guid {
        self.record.guid().into()
    }
}

/// Known at the levels 4 and `Ex` ([`RAS_CONNECTION_4`], [`RAS_CONNECTION_EX`]).
impl<R: HasEndpoints + HasOrigin, O> Connection<'_, R, O> {
    /// Returns where the client calls from, outside the tunnel. `None` where that is not known.
    #[inline]
    pub fn remote_endpoint(&self) -> Option<IpAddr> {
        address(self.record.wszRemoteEndpointAddress())
    }

    /// Returns the server's address that the client called. `None` where that is not known.
    #[inline]
    pub fn local_endpoint(&self) -> Option<IpAddr> {
        address(self.record.wszLocalEndpointAddress())
    }

    /// Returns how often an IKEv2 client has moved to other addresses without losing the connection (MOBIKE).
    /// `None` for other connections.
    #[inline]
    pub fn switch_overs(&self) -> Option<u32> {
        self.flags().contains(ConnectionFlags::IKEV2).then_some(self.record.dwNumSwitchOvers())
    }
}

/// Known at every level but 0 ([`RAS_CONNECTION_0`]).
impl<R: HasClientAddress, O> Connection<'_, R, O> {
    /// Returns the IPv4 address that the client has inside the tunnel, if one was negotiated.
    #[inline]
    pub fn client_address(&self) -> Option<Ipv4Addr> {
        self.record.client_address()
    }
}

/// Records that tell the client's address inside the tunnel, each in its own way.
pub trait HasClientAddress {
    #[doc(hidden)]
    fn client_address(&self) -> Option<Ipv4Addr>;
}

impl<O> Connection<'_, RAS_CONNECTION_1, O> {
    /// Returns the traffic counters of the connection.
    #[inline]
    pub fn statistics(&self) -> Statistics {
        Statistics::new(self.record, self.record.dwBytesXmited.into(), self.record.dwBytesRcved.into())
    }
}

impl<O> Connection<'_, RAS_CONNECTION_EX, O> {
    /// Returns the traffic counters of the connection.
    #[inline]
    pub fn statistics(&self) -> Statistics {
        Statistics::new(self.record, self.record.dwBytesXmited.into(), self.record.dwBytesRcved.into())
    }
}

impl<O> Connection<'_, RAS_CONNECTION_4, O> {
    /// Returns the traffic counters of the connection. Bytes are counted in 64 bits.
    #[inline]
    pub fn statistics(&self) -> Statistics {
        Statistics::new(self.record, self.record.ullBytesXmited, self.record.ullBytesRcved)
    }

    /// Returns when the connection began. `None` where the server does not say, or says something that is no time.
    #[inline]
    pub fn started_at(&self) -> Option<SystemTime> {
        system_time(self.record.connectionStartTime)
    }

    /// Returns the type of the tunnel that the connection uses.
    #[inline]
    pub fn tunnel(&self) -> TunnelType {
        // The high bits are classes of devices (`RDT_Tunnel` and its siblings).
        (self.record.dwDeviceType & 0xFFFF).into()
    }
}

/// The address in a record's text; none where the text is no address, or one of zeros.
#[inline]
fn address<A: std::str::FromStr + Into<IpAddr> + Copy>(text: &[u16]) -> Option<A> {
    let address: A = WideStr::from_array(text).to_string_lossy().parse().ok()?;
    (!address.into().is_unspecified()).then_some(address)
}

macro_rules! brief {
    ($($record:ident { $($method:ident)+ })+) => {
        $(
            impl<O: Origin> fmt::Debug for Connection<'_, $record, O> {
                #[inline]
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_struct("Connection")
                        .field("id", &self.id())
                        $(.field(stringify!($method), &self.$method()))+
                        .finish_non_exhaustive()
                }
            }
        )+
    };
}

brief! {
    RAS_CONNECTION_0 { user_name domain duration }
    RAS_CONNECTION_1 { client_address statistics }
    RAS_CONNECTION_2 { user_name guid client_address }
    RAS_CONNECTION_3 { user_name guid client_address quarantine_state }
    RAS_CONNECTION_4 { user_name domain duration tunnel client_address }
    RAS_CONNECTION_EX { user_name domain duration client_address }
}

enumeration! {
    /// The tunnel that a connection uses (`RASDEVICETYPE` of MS-RRASM).
    TunnelType: u32 {
        /// PPTP.
        Pptp = RDT_PPTP, "PPTP";
        /// L2TP over IPsec.
        L2tp = RDT_L2TP, "L2TP";
        /// SSTP.
        Sstp = RDT_SSTP, "SSTP";
        /// IKEv2.
        Ikev2 = RDT_IKEV2, "IKEv2";
    }
}

const RDT_PPTP: u32 = 8;
const RDT_L2TP: u32 = 9;
const RDT_SSTP: u32 = 14;
const RDT_IKEV2: u32 = 15;

id! {
    /// The id of a connection on the server that it was read from.
    ConnectionId
}

flags! {
    /// The kind and the abilities of a connection (`RAS_FLAGS_…`). Bits that this version does not know are kept.
    ConnectionFlags {
        /// The connection uses PPP.
        PPP = sys::RAS_FLAGS_PPP_CONNECTION, "PPP";
        /// The client's messenger service can show a message. Clients since Windows Vista have no such service.
        MESSENGER = sys::RAS_FLAGS_MESSENGER_PRESENT, "messenger";
        /// The connection is in quarantine.
        QUARANTINE = sys::RAS_FLAGS_QUARANTINE_PRESENT, "quarantine";
        /// The connection uses IKEv2.
        IKEV2 = sys::RAS_FLAGS_IKEV2_CONNECTION, "IKEv2";
        /// The client of the IKEv2 connection is out of reach at the moment.
        DORMANT = sys::RAS_FLAGS_DORMANT, "dormant";
    }
}
