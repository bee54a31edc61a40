//! The connection that the service asks or tells a DLL about.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use mprapi::{
    Account, ConnectionFlags, ConnectionId, Guid, InterfaceType, Ipv4Ends, Ipv6Ends, Lent, Result,
    Statistics, WideStr,
};
use mprapi_sys::{RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_EX};

/// The connection that the service asks or tells a DLL about: the service's own records, lent for the time of the call.
///
/// Its methods are the same for both forms of the API. [`records`](Connection::records) gives the views of [`mprapi`], which
/// tell all that the records have.
///
/// State that a DLL keeps for a connection belongs to its [`guid`](Connection::guid), which no other connection has. The end
/// of a connection may be reported although it was refused, and its user may have another one.
#[derive(Clone, Copy)]
pub struct Connection<'a>(Records<'a>);

/// The views of a connection's records, by the form of the API that the DLL exports.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Records<'a> {
    /// The one record of the functions whose names end in `Ex`.
    Ex(mprapi::Connection<'a, RAS_CONNECTION_EX, Lent>),
    /// The four records of the functions whose names end in `3`.
    Family3 {
        /// Names, domain and duration.
        level_0: mprapi::Connection<'a, RAS_CONNECTION_0, Lent>,
        /// IPv4 addresses and traffic counters.
        level_1: mprapi::Connection<'a, RAS_CONNECTION_1, Lent>,
        /// The GUID and the parameters that PPP negotiated.
        level_2: mprapi::Connection<'a, RAS_CONNECTION_2, Lent>,
        /// The same with IPv6, and quarantine.
        level_3: mprapi::Connection<'a, RAS_CONNECTION_3, Lent>,
    },
}

/// The pointers that the service gives with the functions of family 3.
#[derive(Clone, Copy)]
pub(crate) struct Raw3 {
    pub(crate) level_0: *const RAS_CONNECTION_0,
    pub(crate) level_1: *const RAS_CONNECTION_1,
    pub(crate) level_2: *const RAS_CONNECTION_2,
    pub(crate) level_3: *const RAS_CONNECTION_3,
}

impl<'a> Connection<'a> {
    /// # Safety
    /// As [`mprapi::Connection::from_raw`].
    pub(crate) unsafe fn ex(
        function: &'static str,
        record: *const RAS_CONNECTION_EX,
    ) -> Result<Connection<'a>> {
        // SAFETY: passed on to the caller.
        let view = unsafe { mprapi::Connection::from_raw(function, record) }?;
        Ok(Connection(Records::Ex(view)))
    }

    /// # Safety
    /// As [`mprapi::Connection::from_raw`], for each record.
    pub(crate) unsafe fn family_3(function: &'static str, raw: Raw3) -> Result<Connection<'a>> {
        // SAFETY: passed on to the caller.
        let level_0 = unsafe { mprapi::Connection::from_raw(function, raw.level_0) }?;
        // SAFETY: as above.
        let level_1 = unsafe { mprapi::Connection::from_raw(function, raw.level_1) }?;
        // SAFETY: as above.
        let level_2 = unsafe { mprapi::Connection::from_raw(function, raw.level_2) }?;
        // SAFETY: as above.
        let level_3 = unsafe { mprapi::Connection::from_raw(function, raw.level_3) }?;
        Ok(Connection(Records::Family3 { level_0, level_1, level_2, level_3 }))
    }

    /// Returns the views of the records.
    pub fn records(&self) -> Records<'a> {
        self.0
    }

    /// Returns the connection's own name. That of an incoming connection lives no longer than the connection.
    pub fn guid(&self) -> Guid {
        match &self.0 {
            Records::Ex(record) => record.guid(),
            Records::Family3 { level_2, .. } => level_2.guid(),
        }
    }

    /// Returns the number of the connection, which its links have too ([`Link::connection`](crate::Link::connection)). The service
    /// may give it to another connection later.
    pub fn id(&self) -> ConnectionId {
        match &self.0 {
            Records::Ex(record) => record.id(),
            Records::Family3 { level_0, .. } => level_0.id(),
        }
    }

    /// Returns the user and the domain, which compare as Windows compares names.
    pub fn account(&self) -> Account {
        Account::new(self.domain(), self.user_name())
    }

    /// Returns the user's name, without the domain.
    pub fn user_name(&self) -> &'a WideStr {
        match &self.0 {
            Records::Ex(record) => record.user_name(),
            Records::Family3 { level_0, .. } => level_0.user_name(),
        }
    }

    /// Returns the domain that the user logged on to.
    pub fn domain(&self) -> &'a WideStr {
        match &self.0 {
            Records::Ex(record) => record.domain(),
            Records::Family3 { level_0, .. } => level_0.domain(),
        }
    }

    /// Returns the NetBIOS name of the user's computer.
    pub fn remote_computer(&self) -> &'a WideStr {
        match &self.0 {
            Records::Ex(record) => record.remote_computer(),
            Records::Family3 { level_0, .. } => level_0.remote_computer(),
        }
    }

    /// Returns the name of the interface that the connection is on.
    pub fn interface_name(&self) -> &'a WideStr {
        match &self.0 {
            Records::Ex(record) => record.interface_name(),
            Records::Family3 { level_0, .. } => level_0.interface_name(),
        }
    }

    /// Returns the type of the connection's interface: a client's, or another router's (site-to-site).
    pub fn interface_type(&self) -> InterfaceType {
        match &self.0 {
            Records::Ex(record) => record.interface_type(),
            Records::Family3 { level_0, .. } => level_0.interface_type(),
        }
    }

    /// Returns the time for which the connection has been up, in whole seconds.
    pub fn duration(&self) -> Duration {
        match &self.0 {
            Records::Ex(record) => record.duration(),
            Records::Family3 { level_0, .. } => level_0.duration(),
        }
    }

    /// Returns the flags of the connection: PPP or IKEv2, and others.
    pub fn flags(&self) -> ConnectionFlags {
        match &self.0 {
            Records::Ex(record) => record.flags(),
            Records::Family3 { level_0, .. } => level_0.flags(),
        }
    }

    /// Returns the traffic counters. Bytes are counted in 32 bits and start again after 2³² − 1.
    pub fn statistics(&self) -> Statistics {
        match &self.0 {
            Records::Ex(record) => record.statistics(),
            Records::Family3 { level_1, .. } => level_1.statistics(),
        }
    }

    /// Returns the client's IPv4 address inside the tunnel. `None` if none was negotiated (yet).
    pub fn client_address(&self) -> Option<Ipv4Addr> {
        self.ipv4()?.client
    }

    /// Returns the IPv4 addresses of the two ends inside the tunnel. `None` if none were negotiated (yet).
    pub fn ipv4(&self) -> Option<Ipv4Ends> {
        match &self.0 {
            Records::Ex(record) => record.projection().ipv4().ok().flatten(),
            Records::Family3 { level_3, .. } => level_3.ipv4().ok(),
        }
    }

    /// Returns the IPv6 addresses of the two ends inside the tunnel. `None` if none were negotiated (yet).
    pub fn ipv6(&self) -> Option<Ipv6Ends> {
        match &self.0 {
            Records::Ex(record) => record.projection().ipv6().ok().flatten(),
            Records::Family3 { level_3, .. } => level_3.ipv6().ok(),
        }
    }

    /// Returns the address that the client calls from, outside the tunnel. `None` if it is not known, and always in family 3.
    pub fn remote_endpoint(&self) -> Option<IpAddr> {
        match &self.0 {
            Records::Ex(record) => record.remote_endpoint(),
            Records::Family3 { .. } => None,
        }
    }

    /// Returns the server's address that the client called. `None` if it is not known, and always in family 3.
    pub fn local_endpoint(&self) -> Option<IpAddr> {
        match &self.0 {
            Records::Ex(record) => record.local_endpoint(),
            Records::Family3 { .. } => None,
        }
    }
}

impl fmt::Debug for Connection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("guid", &self.guid())
            .field("id", &self.id())
            .field("user_name", &self.user_name())
            .field("domain", &self.domain())
            .finish_non_exhaustive()
    }
}
