//! The records of connections.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use mprapi_sys as sys;

use crate::api::file_time::file_time;
use crate::error_code::ERROR_PPP_NO_PROTOCOLS_CONFIGURED;
use crate::router::connection::Connection;
use crate::router::handle::Handle;
use crate::router::interface::Interface;
use crate::router::traffic::Traffic;
use crate::scenario::{Quarantine, Tunnel};
use crate::wide;

/// Returns the GUID of a connection, which no other has.
pub(crate) fn guid_of(connection: &Connection) -> sys::GUID {
    sys::GUID { Data1: connection.serial, Data2: 0x4D50, Data3: 0x4152, Data4: *b"\x80simconn" }
}

/// A connection, and what else its records need.
pub(crate) struct View<'a> {
    pub(crate) handle: Handle,
    pub(crate) connection: &'a Connection,
    pub(crate) interface: Option<&'a Interface>,
    pub(crate) now: Duration,
    pub(crate) server: Ipv4Addr,
}

/// A prefix, its length in bits, and what the client has behind it.
pub(super) struct Ipv6 {
    pub(super) prefix: [u8; 8],
    pub(super) length: u32,
    pub(super) client: [u8; 8],
}

/// Fills the fields that levels 0 and 4 and the record of the `Ex` functions have.
macro_rules! put_basics {
    ($record:ident, $view:expr) => {{
        let connection = $view.connection;
        $record.hConnection = $view.handle.raw();
        $record.hInterface = connection.interface.raw();
        $record.dwConnectDuration = $view.duration();
        $record.dwInterfaceType = $view.interface_type();
        $record.dwConnectionFlags = $view.flags();
        wide::put(&mut $record.wszInterfaceName, $view.interface.map_or("", Interface::name));
        wide::put(&mut $record.wszUserName, &connection.user);
        wide::put(&mut $record.wszLogonDomain, &connection.domain);
        wide::put(&mut $record.wszRemoteComputer, &connection.computer);
    }};
}
pub(super) use put_basics;

/// Fills the fields that level 4 and the record of the `Ex` functions have, without the counters of bytes, whose width differs.
macro_rules! put_details {
    ($record:ident, $view:expr, $traffic:expr) => {{
        put_basics!($record, $view);
        let connection = $view.connection;
        $record.guid = guid_of(connection);
        $record.rasQuarState = connection.quarantine.code();
        $record.probationTime = $view.probation();
        $record.dwFramesXmited = Traffic::frames($traffic.sent);
        $record.dwFramesRcved = Traffic::frames($traffic.received);
        $record.dwCompressionRatioIn = 100;
        $record.dwCompressionRatioOut = 100;
        wide::put_address(&mut $record.wszRemoteEndpointAddress, connection.endpoint);
        wide::put_address(&mut $record.wszLocalEndpointAddress, connection.local_endpoint);
        $record.dwNumSwitchOvers = connection.moves;
    }};
}
pub(super) use put_details;

/// Builds a record of what PPP or IKEv2 negotiated: the addresses, whose fields have the same names in the records of
/// both and of both levels, and the given fields.
macro_rules! projected {
    ($record:ident, $view:expr, $($field:ident: $value:expr,)*) => {{
        let (ip, ipv6) = ($view.ip(), $view.ipv6());
        sys::$record {
            dwIPv4NegotiationError: ip.dwError,
            wszAddress: ip.wszAddress,
            wszRemoteAddress: ip.wszRemoteAddress,
            bRemoteInterfaceIdentifier: ipv6.client,
            bPrefix: ipv6.prefix,
            dwPrefixLength: ipv6.length,
            $($field: $value,)*
            ..Default::default()
        }
    }};
}
pub(super) use projected;

/// Builds a record of what PPP negotiated: the addresses, the link and its compression.
macro_rules! ppp {
    ($record:ident, $view:expr) => {{
        let (lcp, ccp) = ($view.lcp(), $view.ccp());
        projected!(
            $record,
            $view,
            dwAuthenticationProtocol: lcp.dwAuthenticationProtocol,
            dwAuthenticationData: lcp.dwAuthenticationData,
            dwLcpOptions: lcp.dwOptions,
            dwLcpRemoteOptions: lcp.dwRemoteOptions,
            dwCcpOptions: ccp.dwOptions,
            dwCcpRemoteOptions: ccp.dwRemoteOptions,
        )
    }};
}
pub(super) use ppp;

impl View<'_> {
    pub(super) fn duration(&self) -> u32 {
        self.now.saturating_sub(self.connection.began).as_secs() as u32
    }

    pub(super) fn flags(&self) -> u32 {
        let kind = match self.connection.tunnel {
            Tunnel::Ikev2 => sys::RAS_FLAGS_IKEV2_CONNECTION,
            _ => sys::RAS_FLAGS_PPP_CONNECTION,
        };
        let quarantine = match self.connection.quarantine {
            Quarantine::Normal | Quarantine::NotCapable => 0,
            Quarantine::Restricted | Quarantine::Probation => sys::RAS_FLAGS_QUARANTINE_PRESENT,
        };
        let messenger = if self.connection.has_messenger { sys::RAS_FLAGS_MESSENGER_PRESENT } else { 0 };
        kind | quarantine | messenger
    }

    pub(super) fn interface_type(&self) -> sys::ROUTER_INTERFACE_TYPE {
        self.interface.map_or(sys::ROUTER_IF_TYPE_CLIENT, Interface::kind)
    }

    pub(super) fn is_ppp(&self) -> bool {
        self.connection.tunnel != Tunnel::Ikev2
    }

    pub(super) fn probation(&self) -> sys::FILETIME {
        match self.connection.quarantine {
            Quarantine::Probation => file_time(self.connection.probation_ends),
            _ => sys::FILETIME::default(),
        }
    }

    /// Fills the record of level 0, which is new.
    pub(crate) fn level_0(&self, record: &mut sys::RAS_CONNECTION_0) {
        put_basics!(record, self);
    }

    /// Fills the record of level 1, which is new.
    pub(crate) fn level_1(&self, record: &mut sys::RAS_CONNECTION_1) {
        let traffic = self.connection.meter.read(self.now);
        let ip = self.ip();
        record.hConnection = self.handle.raw();
        record.hInterface = self.connection.interface.raw();
        record.PppInfo.ip = sys::PPP_IPCP_INFO {
            dwError: ip.dwError,
            wszAddress: ip.wszAddress,
            wszRemoteAddress: ip.wszRemoteAddress,
        };
        record.dwBytesXmited = traffic.sent as u32;
        record.dwBytesRcved = traffic.received as u32;
        record.dwFramesXmited = Traffic::frames(traffic.sent);
        record.dwFramesRcved = Traffic::frames(traffic.received);
        record.dwCompressionRatioIn = 100;
        record.dwCompressionRatioOut = 100;
    }

    /// Fills the record of level 2, which is new.
    pub(crate) fn level_2(&self, record: &mut sys::RAS_CONNECTION_2) {
        record.hConnection = self.handle.raw();
        wide::put(&mut record.wszUserName, &self.connection.user);
        record.dwInterfaceType = self.interface_type();
        record.guid = guid_of(self.connection);
        record.PppInfo2.ip = self.ip();
        record.PppInfo2.ccp = self.ccp();
        record.PppInfo2.lcp = self.lcp();
    }

    /// Fills the record of level 3, which is new.
    pub(crate) fn level_3(&self, record: &mut sys::RAS_CONNECTION_3) {
        let ipv6 = self.ipv6();
        record.dwVersion = 1;
        record.dwSize = size_of::<sys::RAS_CONNECTION_3>() as u32;
        record.hConnection = self.handle.raw();
        wide::put(&mut record.wszUserName, &self.connection.user);
        record.dwInterfaceType = self.interface_type();
        record.guid = guid_of(self.connection);
        record.PppInfo3.ip = self.ip();
        record.PppInfo3.ipv6.bRemoteInterfaceIdentifier = ipv6.client;
        record.PppInfo3.ipv6.bPrefix = ipv6.prefix;
        record.PppInfo3.ipv6.dwPrefixLength = ipv6.length;
        record.PppInfo3.ccp = self.ccp();
        record.PppInfo3.lcp = self.lcp();
        record.rasQuarState = self.connection.quarantine.code();
        record.timer = self.probation();
    }

    /// Fills the record of the `Ex` functions, which is new.
    pub(crate) fn ex(&self, record: &mut sys::RAS_CONNECTION_EX) {
        let traffic = self.connection.meter.read(self.now);
        put_details!(record, self, traffic);
        record.Header = connection_header();
        record.dwBytesXmited = traffic.sent as u32;
        record.dwBytesRcved = traffic.received as u32;
        record.ProjectionInfo = self.projection();
    }

    /// The tunnel's addresses: the pages call the server's end the near one. A client without IPv4 has not negotiated
    /// it.
    pub(super) fn ip(&self) -> sys::PPP_IPCP_INFO2 {
        let Some(address) = self.connection.address else {
            return sys::PPP_IPCP_INFO2 { dwError: ERROR_PPP_NO_PROTOCOLS_CONFIGURED, ..Default::default() };
        };
        sys::PPP_IPCP_INFO2 {
            wszAddress: wide::address(self.server.into()),
            wszRemoteAddress: wide::address(address.into()),
            ..Default::default()
        }
    }

    /// The client's IPv6 address as the records have it; zeros where there is none.
    pub(super) fn ipv6(&self) -> Ipv6 {
        let address = self.connection.ipv6.unwrap_or(Ipv6Addr::UNSPECIFIED).to_bits();
        Ipv6 {
            prefix: ((address >> 64) as u64).to_be_bytes(),
            length: if self.connection.ipv6.is_some() { 64 } else { 0 },
            client: (address as u64).to_be_bytes(),
        }
    }

    pub(super) fn ccp(&self) -> sys::PPP_CCP_INFO {
        // Microsoft's encryption is PPTP's alone: the others encrypt below PPP.
        let options = match self.connection.tunnel {
            Tunnel::Pptp => sys::PPP_CCP_ENCRYPTION128BIT | sys::PPP_CCP_HISTORYLESS,
            _ => 0,
        };
        sys::PPP_CCP_INFO { dwOptions: options, dwRemoteOptions: options, ..Default::default() }
    }

    pub(super) fn lcp(&self) -> sys::PPP_LCP_INFO {
        if !self.is_ppp() {
            return sys::PPP_LCP_INFO::default();
        }
        sys::PPP_LCP_INFO {
            dwAuthenticationProtocol: sys::PPP_LCP_CHAP,
            dwAuthenticationData: sys::PPP_LCP_CHAP_MSV2,
            dwOptions: sys::PPP_LCP_PFC | sys::PPP_LCP_ACFC,
            dwRemoteOptions: sys::PPP_LCP_PFC | sys::PPP_LCP_ACFC,
            ..Default::default()
        }
    }

    pub(super) fn projection(&self) -> sys::PROJECTION_INFO {
        let mut projection = sys::PROJECTION_INFO::default();
        if self.is_ppp() {
            projection.projectionInfoType = sys::MPRAPI_PPP_PROJECTION_INFO_TYPE as u8;
            projection.__bindgen_anon_1.PppProjectionInfo = ppp!(PPP_PROJECTION_INFO, self);
        } else {
            projection.projectionInfoType = sys::MPRAPI_IKEV2_PROJECTION_INFO_TYPE as u8;
            projection.__bindgen_anon_1.Ikev2ProjectionInfo = projected!(IKEV2_PROJECTION_INFO, self,);
        }
        projection
    }
}

/// Returns the header of [`RAS_CONNECTION_EX`](sys::RAS_CONNECTION_EX).
pub(super) fn connection_header() -> sys::MPRAPI_OBJECT_HEADER {
    sys::MPRAPI_OBJECT_HEADER {
        revision: sys::MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1 as u8,
        type_: sys::MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT as u8,
        size: size_of::<sys::RAS_CONNECTION_EX>() as u16,
    }
}
