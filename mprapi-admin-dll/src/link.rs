//! The link of a connection that the service asks or tells a DLL about.

use std::fmt;
use std::time::Duration;

use mprapi::{ConnectionId, Lent, Port, Result, Statistics, WideStr};
use mprapi_sys::{RAS_PORT_0, RAS_PORT_1};

/// The link of a connection that the service asks or tells a DLL about: the two records of its port, lent for the time of the
/// call.
#[derive(Clone, Copy)]
pub struct Link<'a> {
    port: Port<'a, RAS_PORT_0, Lent>,
    details: Port<'a, RAS_PORT_1, Lent>,
}

impl<'a> Link<'a> {
    /// # Safety
    /// As [`Port::from_raw`], for both records.
    pub(crate) unsafe fn new(
        function: &'static str,
        port: *const RAS_PORT_0,
        details: *const RAS_PORT_1,
    ) -> Result<Link<'a>> {
        // SAFETY: passed on to the caller.
        let port = unsafe { Port::from_raw(function, port) }?;
        // SAFETY: as above.
        let details = unsafe { Port::from_raw(function, details) }?;
        Ok(Link { port, details })
    }

    /// Returns the view of the port's names, device and condition.
    pub fn port(&self) -> Port<'a, RAS_PORT_0, Lent> {
        self.port
    }

    /// Returns the view of the port's hardware, line speed and counters.
    pub fn details(&self) -> Port<'a, RAS_PORT_1, Lent> {
        self.details
    }

    /// Returns the number of the connection that the link belongs to ([`Connection::id`](crate::Connection::id)). `None` if the
    /// port has none.
    pub fn connection(&self) -> Option<ConnectionId> {
        self.port.connection()
    }

    /// Returns the name of the port, such as `VPN2-4`.
    pub fn port_name(&self) -> &'a WideStr {
        self.port.name()
    }

    /// Returns the tunnel: `IKEv2`, `SSTP`, `L2TP`, `PPTP`; of other ports the name of their medium.
    pub fn tunnel(&self) -> &'a WideStr {
        self.port.tunnel()
    }

    /// Returns the time for which the link has been up, in whole seconds.
    pub fn duration(&self) -> Duration {
        self.port.duration()
    }

    /// Returns the traffic counters of the port. Bytes are counted in 32 bits.
    pub fn statistics(&self) -> Statistics {
        self.details.statistics()
    }
}

impl fmt::Debug for Link<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link")
            .field("port_name", &self.port_name())
            .field("tunnel", &self.tunnel())
            .field("connection", &self.connection())
            .finish_non_exhaustive()
    }
}
