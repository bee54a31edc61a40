//! The ports of a server: each carries one link of one connection.

use std::fmt;
use std::time::Duration;

use mprapi_sys::{self as sys, HANDLE, RAS_PORT_0, RAS_PORT_1};

use crate::enumeration::enumeration;
use crate::error::check;
use crate::fields::{fields, records};
use crate::id::{Id, Origin, id};
use crate::lent::{self, LENT, Lent};
use crate::library::Library;
use crate::list::{Level, Record};
use crate::walk::Request;
use crate::{ConnectionId, List, Result, Server, Single, Statistics, WideStr};

impl Server {
    /// Lists the ports: names, devices, condition.
    /// The C function is `MprAdminPortEnum`.
    ///
    /// It knows level 0 only; of one port there is more to know, see [`PortHandle::info_at`].
    ///
    /// # Errors
    /// Those of any call to a server: [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning),
    /// [`ErrorKind::Unreachable`](crate::ErrorKind::Unreachable), …
    #[doc(alias = "MprAdminPortEnum")]
    #[inline]
    pub fn ports(&self) -> Result<List<'_, RAS_PORT_0>> {
        self.enumerate_ports(sys::INVALID_HANDLE_VALUE)
    }

    /// Lists the ports of one connection: more than one where several links make it.
    /// The C function is `MprAdminPortEnum`.
    ///
    /// If the connection has ended and the server has given its id to another, these are the other's ports.
    /// [`connection_of`](Server::connection_of) tells.
    ///
    /// # Errors
    /// As [`ports`](Server::ports); [`ErrorKind::InvalidHandle`](crate::ErrorKind::InvalidHandle) for a connection
    /// that is gone, [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for one of another server.
    #[doc(alias = "MprAdminPortEnum")]
    #[inline]
    pub fn ports_of(&self, connection: ConnectionId) -> Result<List<'_, RAS_PORT_0>> {
        self.enumerate_ports(connection.0.on(self, ENUM)?)
    }

    #[inline]
    fn enumerate_ports(&self, connection: HANDLE) -> Result<List<'_, RAS_PORT_0>> {
        let page = |table: &Library, request: &mut Request| {
            // SAFETY: the handle is open while `self` lives; `request` takes what is written. No buffer goes in.
            unsafe {
                table.MprAdminPortEnum(
                    self.as_raw(),
                    RAS_PORT_0::LEVEL,
                    connection,
                    &mut request.buffer,
                    request.longest,
                    &mut request.read,
                    &mut request.total,
                    &mut request.resume,
                )
            }
        };
        // SAFETY: `page` makes that one call, and the record is the one of its level.
        unsafe { List::collect(self, ENUM, page) }
    }

    /// Returns a handle to the port that has this id. Nothing is called.
    ///
    /// A port outlives the connections on it, so a kept id mostly names the port that it was read from; what is on the port
    /// changes. A server that has fewer ports now may have given the id to another port since.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for an id of another server. If the port is gone, the
    /// methods of the handle say so.
    #[inline]
    pub fn port(&self, id: PortId) -> Result<PortHandle<'_>> {
        Ok(PortHandle { server: self, handle: id.0.on(self, "MprAdminPortGetInfo")? })
    }
}

const ENUM: &str = "MprAdminPortEnum";

/// A record of a port. Its type selects the level of information.
///
/// (`RAS_PORT_2`, with 64-bit counters, is in the header, but neither Microsoft's pages nor the open specification of
/// the protocol know a call that gives it.)
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait PortRecord: Record<Owner = Server> + Level + HasPort {}

records! {
    Port, PortRecord:
    RAS_PORT_0 = 0;
    RAS_PORT_1 = 1;
}

fields! {
    /// Every record of a port.
    HasPort { hPort: HANDLE, hConnection: HANDLE } of RAS_PORT_0 RAS_PORT_1
}

/// A port, at one level of information. It has the methods that its level supports.
///
/// It borrows the API's own record; nothing is copied. `O` is the record's owner: a server that was asked for it, or
/// [`Lent`] for one that the service hands to an administration DLL.
#[doc(alias("RAS_PORT_0", "RAS_PORT_1"))]
pub struct Port<'l, R = RAS_PORT_0, O = Server> {
    server: &'l O,
    record: &'l R,
}

impl<R, O> Clone for Port<'_, R, O> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, O> Copy for Port<'_, R, O> {}

impl<'l, R, O> Port<'l, R, O> {
    #[inline]
    fn new(server: &'l O, record: &'l R) -> Port<'l, R, O> {
        Port { server, record }
    }

    /// Returns the raw record.
    #[inline]
    pub fn as_raw(&self) -> &'l R {
        self.record
    }
}

impl<'l, R: PortRecord> Port<'l, R, Lent> {
    /// Checks a record that the service lends to an administration DLL, and makes a view of it. `function` is the function
    /// of the DLL that got it, for the error's text.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) for a null pointer and for one that is not aligned.
    ///
    /// # Safety
    /// A pointer that is neither null nor misaligned must lead to a record of type `R` that can be read, and that nothing
    /// writes to during `'l`: the call that lends it must not return before the view is gone.
    #[inline]
    pub unsafe fn from_raw(function: &'static str, record: *const R) -> Result<Port<'l, R, Lent>> {
        lent::check_address(function, record)?;
        // SAFETY: the address is not null and aligned; the caller answers for the rest. Any bits are a record of C.
        Ok(Port::new(&LENT, unsafe { &*record }))
    }
}

impl<'l, R: PortRecord> Port<'l, R> {
    /// Returns a handle to the port, to act on it: ask more of it, disconnect it, reset it, clear its counters.
    #[inline]
    pub fn handle(&self) -> PortHandle<'l> {
        PortHandle { server: self.server, handle: self.record.hPort() }
    }
}

impl<R: PortRecord, O: Origin> Port<'_, R, O> {
    /// Returns the id of this port on its server.
    #[inline]
    pub fn id(&self) -> PortId {
        PortId(Id::new(self.server, self.record.hPort()))
    }

    /// Returns the connection that the port carries, if it carries one.
    #[inline]
    pub fn connection(&self) -> Option<ConnectionId> {
        let handle = self.record.hConnection();
        let carries = !handle.is_null() && handle != sys::INVALID_HANDLE_VALUE;
        carries.then(|| ConnectionId(Id::new(self.server, handle)))
    }
}

impl<'l, O> Port<'l, RAS_PORT_0, O> {
    /// Returns the port's name, such as `VPN2-4`.
    #[inline]
    pub fn name(&self) -> &'l WideStr {
        WideStr::from_array(&self.record.wszPortName)
    }

    /// Returns the name of the medium, such as `rastapi`.
    #[inline]
    pub fn media_name(&self) -> &'l WideStr {
        WideStr::from_array(&self.record.wszMediaName)
    }

    /// Returns the name of the device, such as `WAN Miniport (IKEv2)`.
    #[inline]
    pub fn device_name(&self) -> &'l WideStr {
        WideStr::from_array(&self.record.wszDeviceName)
    }

    /// Returns the tunnel of the port: `IKEv2` of the device `WAN Miniport (IKEv2)`; of other devices the name of the
    /// medium.
    #[inline]
    pub fn tunnel(&self) -> &'l WideStr {
        let miniport = self.device_name().units().strip_prefix(&MINIPORT).and_then(|rest| rest.split_last());
        match miniport {
            Some((unit, tunnel)) if *unit == u16::from(b')') => WideStr::new(tunnel),
            _ => self.media_name(),
        }
    }

    /// Returns the type of the device, such as `vpn`.
    #[inline]
    pub fn device_type(&self) -> &'l WideStr {
        WideStr::from_array(&self.record.wszDeviceType)
    }

    /// Returns the condition of the port.
    #[inline]
    pub fn condition(&self) -> PortCondition {
        self.record.dwPortCondition.into()
    }

    /// Returns the number of calls that the port has had.
    #[inline]
    pub fn total_calls(&self) -> u32 {
        self.record.dwTotalNumberOfCalls
    }

    /// Returns how long the present connection has been up, in whole seconds.
    #[inline]
    pub fn duration(&self) -> Duration {
        Duration::from_secs(self.record.dwConnectDuration.into())
    }
}

/// The devices of tunnels have names that begin so.
const MINIPORT: [u16; 14] = {
    let (text, mut units, mut place) = (b"WAN Miniport (", [0; 14], 0);
    while place < units.len() {
        units[place] = text[place] as u16;
        place += 1;
    }
    units
};

impl<O: Origin> fmt::Debug for Port<'_, RAS_PORT_0, O> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Port")
            .field("id", &self.id())
            .field("name", &self.name())
            .field("device_name", &self.device_name())
            .field("condition", &self.condition())
            .field("connection", &self.connection())
            .finish_non_exhaustive()
    }
}

impl<O> Port<'_, RAS_PORT_1, O> {
    /// Returns the condition of the hardware.
    #[inline]
    pub fn hardware_condition(&self) -> HardwareCondition {
        self.record.dwHardwareCondition.into()
    }

    /// Returns the speed of the line, in bits per second.
    #[inline]
    pub fn line_speed(&self) -> u32 {
        self.record.dwLineSpeed
    }

    /// Returns the traffic counters of the port.
    #[inline]
    pub fn statistics(&self) -> Statistics {
        Statistics::new(self.record, self.record.dwBytesXmited.into(), self.record.dwBytesRcved.into())
    }
}

impl<O: Origin> fmt::Debug for Port<'_, RAS_PORT_1, O> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Port")
            .field("id", &self.id())
            .field("hardware_condition", &self.hardware_condition())
            .field("statistics", &self.statistics())
            .finish_non_exhaustive()
    }
}

/// A handle to a port.
///
/// It borrows its server, so it cannot be used after a disconnect or on another one.
///
/// A handle is a number of the server. Each method acts on the port that has this number at that moment, and on the
/// connection that the port has then. [`info`](PortHandle::info) returns that connection.
#[derive(Clone, Copy, Debug)]
pub struct PortHandle<'s> {
    server: &'s Server,
    handle: HANDLE,
}

impl<'s> PortHandle<'s> {
    /// Returns the id of this port on its server.
    #[inline]
    pub fn id(&self) -> PortId {
        PortId(Id::new(self.server, self.handle))
    }

    /// Reads the port's names, device and condition.
    /// The C function is `MprAdminPortGetInfo`, level 0.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidHandle`](crate::ErrorKind::InvalidHandle) for a port that is not there (any more).
    #[inline]
    pub fn info(&self) -> Result<Single<'s, RAS_PORT_0>> {
        self.info_at()
    }

    /// Reads the port at the level of information named by its record: [`RAS_PORT_0`] for names, device and condition,
    /// [`RAS_PORT_1`] for statistics.
    /// The C function is `MprAdminPortGetInfo`.
    ///
    /// # Errors
    /// As [`info`](PortHandle::info).
    #[doc(alias = "MprAdminPortGetInfo")]
    #[inline]
    pub fn info_at<R: PortRecord>(&self) -> Result<Single<'s, R>> {
        let call = |table: &Library, buffer: &mut sys::LPBYTE| {
            // SAFETY: the server's handle is open while it is borrowed, the port's is a number that the server
            // checks, and `buffer` takes what is written.
            unsafe { table.MprAdminPortGetInfo(self.server.as_raw(), R::LEVEL, self.handle, buffer) }
        };
        // SAFETY: `call` makes that one call, and `R` is the record of its level.
        unsafe { Single::fetch(self.server, "MprAdminPortGetInfo", call) }
    }

    /// Reads the condition of the port's hardware, the speed of its line and its traffic counters.
    /// The C function is `MprAdminPortGetInfo`, level 1.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-port-details").ports(mprapi_sim::Tunnel::Sstp, 1).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some("doc-port-details"))?;
    /// for port in &server.ports()? {
    ///     match port.handle().details() {
    ///         Ok(details) => println!("{}: {} bit/s", port.name(), details.get().line_speed()),
    ///         Err(error) if error.is_gone() => println!("{}: taken away just now", port.name()),
    ///         Err(error) => return Err(error),
    ///     }
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`info`](PortHandle::info).
    #[inline]
    pub fn details(&self) -> Result<Single<'s, RAS_PORT_1>> {
        self.info_at()
    }

    /// Ends the connection that is on this port now: a user's, or a link to another site.
    /// The C function is `MprAdminPortDisconnect`.
    ///
    /// Who was on the port when its id was read may have left, and another may have come: [`Server::end`] ends a session only if
    /// it is there still.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidHandle`](crate::ErrorKind::InvalidHandle) for a port that is not there (any more),
    /// [`ErrorKind::NotConnected`](crate::ErrorKind::NotConnected) when it carries no connection.
    #[doc(alias = "MprAdminPortDisconnect")]
    #[inline]
    pub fn disconnect(&self) -> Result<()> {
        check(
            "MprAdminPortDisconnect",
            // SAFETY: the server's handle is open while it is borrowed; a port's handle is a number the server checks.
            unsafe { self.server.table().MprAdminPortDisconnect(self.server.as_raw(), self.handle) },
            || self.server.name(),
        )
    }

    /// Resets the port, which ends what is connected to it now.
    /// The C function is `MprAdminPortReset`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidHandle`](crate::ErrorKind::InvalidHandle) for a port that is not there (any more).
    #[doc(alias = "MprAdminPortReset")]
    #[inline]
    pub fn reset(&self) -> Result<()> {
        check(
            "MprAdminPortReset",
            // SAFETY: as in `disconnect`.
            unsafe { self.server.table().MprAdminPortReset(self.server.as_raw(), self.handle) },
            || self.server.name(),
        )
    }

    /// Sets the port's counters to zero: those of the connection that is on it now.
    /// The C function is `MprAdminPortClearStats`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidHandle`](crate::ErrorKind::InvalidHandle) for a port that is not there (any more).
    #[inline]
    #[doc(alias = "MprAdminPortClearStats")]
    pub fn clear_statistics(&self) -> Result<()> {
        check(
            "MprAdminPortClearStats",
            // SAFETY: as in `disconnect`.
            unsafe { self.server.table().MprAdminPortClearStats(self.server.as_raw(), self.handle) },
            || self.server.name(),
        )
    }
}

id! {
    /// The id of a port on the server that it was read from.
    PortId
}

enumeration! {
    /// The condition of a port (`RAS_PORT_CONDITION`).
    #[doc(alias("RAS_PORT_CONDITION"))]
    PortCondition: sys::RAS_PORT_CONDITION {
        /// The port does not work.
        NonOperational = sys::RAS_PORT_NON_OPERATIONAL, "non-operational";
        /// Nothing is connected to the port.
        Disconnected = sys::RAS_PORT_DISCONNECTED, "disconnected";
        /// The port calls a client back.
        CallingBack = sys::RAS_PORT_CALLING_BACK, "calling back";
        /// The port waits for a client.
        Listening = sys::RAS_PORT_LISTENING, "listening";
        /// A client is being authenticated.
        Authenticating = sys::RAS_PORT_AUTHENTICATING, "authenticating";
        /// A client is connected.
        Authenticated = sys::RAS_PORT_AUTHENTICATED, "connected";
        /// The port is being initialised.
        Initializing = sys::RAS_PORT_INITIALIZING, "initializing";
    }
}

enumeration! {
    /// The condition of a port's hardware (`RAS_HARDWARE_CONDITION`).
    #[doc(alias("RAS_HARDWARE_CONDITION"))]
    HardwareCondition: sys::RAS_HARDWARE_CONDITION {
        /// The hardware works.
        Operational = sys::RAS_HARDWARE_OPERATIONAL, "operational";
        /// The hardware has failed.
        Failure = sys::RAS_HARDWARE_FAILURE, "failed";
    }
}
