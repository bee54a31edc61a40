//! Connections.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use mprapi_sys as sys;

use crate::call::{Call, Function, on_router};
use crate::clock::file_time;
use crate::code::{
    Code, ERROR_INTERFACE_NOT_CONNECTED, ERROR_INVALID_LEVEL, ERROR_INVALID_PARAMETER,
    ERROR_PPP_NO_PROTOCOLS_CONFIGURED, RPC_S_INVALID_BINDING,
};
use crate::handle::Handle;
use crate::header;
use crate::interface::Interface;
use crate::ledger::Family;
use crate::machine::{Due, State};
use crate::page::Page;
use crate::param::Out;
use crate::record::Record;
use crate::router::NoFreePort;
use crate::scenario::{Quarantine, Session, Tunnel, Windows};
use crate::traffic::{Meter, Traffic};
use crate::wide;

mod address;
pub(crate) mod change;
mod level_4;

pub(crate) use address::{Addresses, TUNNEL_ADDRESS};

/// A connection that is up.
pub(crate) struct Connection {
    pub(crate) interface: Handle,
    /// A number that no other connection has or had, for its GUID.
    serial: u32,
    pub(crate) user: Box<str>,
    domain: Box<str>,
    computer: Box<str>,
    pub(crate) ports: Vec<Handle>,
    tunnel: Tunnel,
    began: Duration,
    pub(crate) meter: Meter,
    pub(crate) address: Option<Ipv4Addr>,
    ipv6: Option<Ipv6Addr>,
    endpoint: IpAddr,
    local_endpoint: IpAddr,
    /// How often its ends have moved.
    moves: u32,
    quarantine: Quarantine,
    /// When a client on probation must have become healthy.
    probation_ends: Duration,
    has_messenger: bool,
    /// What the administrator wrote to the user.
    pub(crate) messages: Vec<String>,
}

impl State {
    /// Lets a client in that calls, if the service is there to answer.
    pub(crate) fn admit(&mut self, session: &Session, at: Duration) -> Result<Handle, NoFreePort> {
        if self.answers().is_err() {
            return Err(NoFreePort);
        }
        self.connect(session, at)
    }

    /// A client is in: it takes a port, and an interface comes with it.
    pub(crate) fn connect(&mut self, session: &Session, at: Duration) -> Result<Handle, NoFreePort> {
        let port = self.ports.free(session.tunnel).ok_or(NoFreePort)?;
        let interface = self.interfaces.add(Interface::of_client(session.interface_name()));
        Ok(self.establish(session, port, interface, at))
    }

    /// A connection comes up on a free port, over an interface that is there.
    pub(crate) fn establish(
        &mut self,
        session: &Session,
        port: Handle,
        interface: Handle,
        at: Duration,
    ) -> Handle {
        let began = at.saturating_sub(session.connected_for);
        let counted = Traffic { received: session.bytes_received, sent: session.bytes_sent };
        let rate = Traffic { received: session.receive_rate, sent: session.send_rate };
        let meter = Meter::new(counted, rate, at);
        let handle = self.connections.draw();
        let serial = if self.connections.reuses() { Handle::next().number() } else { handle.number() };
        self.ports.take(port, handle, began, meter);
        if let Some(interface) = self.interfaces.get_mut(interface) {
            interface.come_up(handle);
        }
        let address = self.give_address(session);
        let connection = Connection {
            interface,
            serial,
            user: session.user.as_str().into(),
            domain: session.domain.as_str().into(),
            computer: session.computer.as_str().into(),
            ports: vec![port],
            tunnel: session.tunnel,
            began,
            meter,
            address,
            ipv6: session.ipv6,
            endpoint: session.endpoint,
            local_endpoint: LOCAL_ENDPOINT,
            moves: 0,
            quarantine: session.quarantine,
            probation_ends: at.saturating_add(session.probation),
            has_messenger: session.has_messenger,
            messages: Vec::new(),
        };
        self.connections.insert(handle, connection);
        if let Some(stay) = session.stays_for {
            self.schedule(at.saturating_add(stay), Due::Leave(handle));
        }
        if session.quarantine == Quarantine::Probation {
            self.schedule(at.saturating_add(session.probation), Due::Probation(handle));
        }
        self.notify();
        handle
    }

    /// The address that a client gets: its own, or one of the pool. None where the server has no IPv4, or the client.
    fn give_address(&mut self, session: &Session) -> Option<Ipv4Addr> {
        let has_ipv4 = self.transports.iter().any(|transport| transport.id == sys::PID_IP);
        if session.without_ipv4 || !has_ipv4 { None } else { Some(self.addresses.give(session.address)) }
    }

    /// So many bytes a second come and go from now on, on the connection and its ports.
    pub(crate) fn set_rate(&mut self, handle: Handle, rate: Traffic) {
        let now = self.now();
        let Some(connection) = self.connections.get_mut(handle) else { return };
        connection.meter.set_rate(rate, now);
        for port in &connection.ports {
            self.ports.set_rate(*port, rate, now);
        }
    }

    /// A client that is still on probation when its time is over is hung up on.
    pub(crate) fn end_probation(&mut self, handle: Handle) {
        let connection = self.connections.get(handle);
        if connection.is_some_and(|connection| connection.quarantine == Quarantine::Probation) {
            self.disconnect(handle);
        }
    }

    /// Ends a connection everywhere it shows.
    pub(crate) fn disconnect(&mut self, handle: Handle) {
        let now = self.now();
        let Some(connection) = self.connections.remove(handle) else { return };
        // The handle is another's soon.
        if self.connections.reuses() {
            self.forget(|due| matches!(due, Due::Leave(other) | Due::Probation(other) if *other == handle));
        }
        if let Some(address) = connection.address {
            self.addresses.take_back(address);
        }
        for port in connection.ports {
            self.ports.release(port, now);
        }
        let interface = self.interfaces.get_mut(connection.interface);
        if interface.is_some_and(Interface::go_down) {
            self.interfaces.remove(connection.interface);
        }
        self.notify();
    }

    /// Ends every connection.
    pub(crate) fn disconnect_all(&mut self) {
        let handles: Vec<Handle> = self.connections.iter().map(|(handle, _)| handle).collect();
        // From the last on, so that nothing behind them moves.
        for handle in handles.into_iter().rev() {
            self.disconnect(handle);
        }
    }

    /// The router's own end of a connection.
    pub(crate) fn near_end(&self, connection: &Connection) -> Ipv4Addr {
        let interface = self.interfaces.get(connection.interface);
        let own = interface.and_then(|interface| interface.settings.address);
        own.map_or(TUNNEL_ADDRESS, |(address, _)| address)
    }
}

/// A name for the connection that no other has.
fn guid_of(connection: &Connection) -> sys::GUID {
    sys::GUID { Data1: connection.serial, Data2: 0x4D50, Data3: 0x4152, Data4: *b"\x80simconn" }
}

/// Where the client reaches the router.
const LOCAL_ENDPOINT: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 10));

/// What a record needs besides the connection itself.
struct View<'a> {
    handle: Handle,
    connection: &'a Connection,
    interface: Option<&'a Interface>,
    now: Duration,
    server: Ipv4Addr,
}

/// A prefix, its length in bits, and what the client has behind it.
struct Ipv6 {
    prefix: [u8; 8],
    length: u32,
    client: [u8; 8],
}

impl View<'_> {
    fn duration(&self) -> u32 {
        self.now.saturating_sub(self.connection.began).as_secs() as u32
    }

    fn flags(&self) -> u32 {
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

    fn interface_type(&self) -> sys::ROUTER_INTERFACE_TYPE {
        self.interface.map_or(sys::ROUTER_IF_TYPE_CLIENT, Interface::kind)
    }

    fn is_ppp(&self) -> bool {
        self.connection.tunnel != Tunnel::Ikev2
    }

    fn probation(&self) -> sys::FILETIME {
        match self.connection.quarantine {
            Quarantine::Probation => file_time(self.connection.probation_ends),
            _ => sys::FILETIME::default(),
        }
    }

    fn level_0(&self) -> sys::RAS_CONNECTION_0 {
        let connection = self.connection;
        sys::RAS_CONNECTION_0 {
            hConnection: self.handle.raw(),
            hInterface: connection.interface.raw(),
            dwConnectDuration: self.duration(),
            dwInterfaceType: self.interface_type(),
            dwConnectionFlags: self.flags(),
            wszInterfaceName: wide::array(self.interface.map_or("", Interface::name)),
            wszUserName: wide::array(&connection.user),
            wszLogonDomain: wide::array(&connection.domain),
            wszRemoteComputer: wide::array(&connection.computer),
        }
    }

    fn level_1(&self) -> sys::RAS_CONNECTION_1 {
        let traffic = self.connection.meter.read(self.now);
        let ip = self.ip();
        sys::RAS_CONNECTION_1 {
            hConnection: self.handle.raw(),
            hInterface: self.connection.interface.raw(),
            PppInfo: sys::PPP_INFO {
                ip: sys::PPP_IPCP_INFO {
                    dwError: ip.dwError,
                    wszAddress: ip.wszAddress,
                    wszRemoteAddress: ip.wszRemoteAddress,
                },
                ..Default::default()
            },
            dwBytesXmited: traffic.sent as u32,
            dwBytesRcved: traffic.received as u32,
            dwFramesXmited: Traffic::frames(traffic.sent),
            dwFramesRcved: Traffic::frames(traffic.received),
            dwCompressionRatioIn: 100,
            dwCompressionRatioOut: 100,
            ..Default::default()
        }
    }

    fn level_2(&self) -> sys::RAS_CONNECTION_2 {
        sys::RAS_CONNECTION_2 {
            hConnection: self.handle.raw(),
            wszUserName: wide::array(&self.connection.user),
            dwInterfaceType: self.interface_type(),
            guid: guid_of(self.connection),
            PppInfo2: sys::PPP_INFO_2 {
                ip: self.ip(),
                ccp: self.ccp(),
                lcp: self.lcp(),
                ..Default::default()
            },
        }
    }

    fn level_3(&self) -> sys::RAS_CONNECTION_3 {
        sys::RAS_CONNECTION_3 {
            dwVersion: 1,
            dwSize: size_of::<sys::RAS_CONNECTION_3>() as u32,
            hConnection: self.handle.raw(),
            wszUserName: wide::array(&self.connection.user),
            dwInterfaceType: self.interface_type(),
            guid: guid_of(self.connection),
            PppInfo3: sys::PPP_INFO_3 {
                ip: self.ip(),
                ipv6: sys::PPP_IPV6_CP_INFO {
                    bRemoteInterfaceIdentifier: self.ipv6().client,
                    bPrefix: self.ipv6().prefix,
                    dwPrefixLength: self.ipv6().length,
                    ..Default::default()
                },
                ccp: self.ccp(),
                lcp: self.lcp(),
                ..Default::default()
            },
            rasQuarState: self.connection.quarantine.code(),
            timer: self.probation(),
        }
    }

    fn ex(&self) -> sys::RAS_CONNECTION_EX {
        let connection = self.connection;
        let traffic = connection.meter.read(self.now);
        sys::RAS_CONNECTION_EX {
            Header: connection_header(),
            dwConnectDuration: self.duration(),
            dwInterfaceType: self.interface_type(),
            dwConnectionFlags: self.flags(),
            wszInterfaceName: wide::array(self.interface.map_or("", Interface::name)),
            wszUserName: wide::array(&connection.user),
            wszLogonDomain: wide::array(&connection.domain),
            wszRemoteComputer: wide::array(&connection.computer),
            guid: guid_of(connection),
            rasQuarState: connection.quarantine.code(),
            probationTime: self.probation(),
            dwBytesXmited: traffic.sent as u32,
            dwBytesRcved: traffic.received as u32,
            dwFramesXmited: Traffic::frames(traffic.sent),
            dwFramesRcved: Traffic::frames(traffic.received),
            dwCompressionRatioIn: 100,
            dwCompressionRatioOut: 100,
            wszRemoteEndpointAddress: wide::array(&connection.endpoint.to_string()),
            wszLocalEndpointAddress: wide::array(&connection.local_endpoint.to_string()),
            dwNumSwitchOvers: connection.moves,
            ProjectionInfo: self.projection(),
            hConnection: self.handle.raw(),
            hInterface: connection.interface.raw(),
            ..Default::default()
        }
    }

    /// The tunnel's addresses: the pages call the server's end the near one. A client without IPv4 has not negotiated it.
    fn ip(&self) -> sys::PPP_IPCP_INFO2 {
        let Some(address) = self.connection.address else {
            return sys::PPP_IPCP_INFO2 { dwError: ERROR_PPP_NO_PROTOCOLS_CONFIGURED, ..Default::default() };
        };
        sys::PPP_IPCP_INFO2 {
            wszAddress: wide::array(&self.server.to_string()),
            wszRemoteAddress: wide::array(&address.to_string()),
            ..Default::default()
        }
    }

    /// The client's IPv6 address as the records have it; zeros where there is none.
    fn ipv6(&self) -> Ipv6 {
        let address = self.connection.ipv6.unwrap_or(Ipv6Addr::UNSPECIFIED).to_bits();
        Ipv6 {
            prefix: ((address >> 64) as u64).to_be_bytes(),
            length: if self.connection.ipv6.is_some() { 64 } else { 0 },
            client: (address as u64).to_be_bytes(),
        }
    }

    fn ccp(&self) -> sys::PPP_CCP_INFO {
        // Microsoft's encryption is PPTP's alone: the others encrypt below PPP.
        let options = match self.connection.tunnel {
            Tunnel::Pptp => sys::PPP_CCP_ENCRYPTION128BIT | sys::PPP_CCP_HISTORYLESS,
            _ => 0,
        };
        sys::PPP_CCP_INFO { dwOptions: options, dwRemoteOptions: options, ..Default::default() }
    }

    fn lcp(&self) -> sys::PPP_LCP_INFO {
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

    fn projection(&self) -> sys::PROJECTION_INFO {
        let (ip, ipv6) = (self.ip(), self.ipv6());
        let mut projection = sys::PROJECTION_INFO::default();
        if self.is_ppp() {
            let lcp = self.lcp();
            let ccp = self.ccp();
            projection.projectionInfoType = sys::MPRAPI_PPP_PROJECTION_INFO_TYPE as u8;
            projection.__bindgen_anon_1.PppProjectionInfo = sys::PPP_PROJECTION_INFO {
                dwIPv4NegotiationError: ip.dwError,
                wszAddress: ip.wszAddress,
                wszRemoteAddress: ip.wszRemoteAddress,
                bRemoteInterfaceIdentifier: ipv6.client,
                bPrefix: ipv6.prefix,
                dwPrefixLength: ipv6.length,
                dwAuthenticationProtocol: lcp.dwAuthenticationProtocol,
                dwAuthenticationData: lcp.dwAuthenticationData,
                dwLcpOptions: lcp.dwOptions,
                dwLcpRemoteOptions: lcp.dwRemoteOptions,
                dwCcpOptions: ccp.dwOptions,
                dwCcpRemoteOptions: ccp.dwRemoteOptions,
                ..Default::default()
            };
        } else {
            projection.projectionInfoType = sys::MPRAPI_IKEV2_PROJECTION_INFO_TYPE as u8;
            projection.__bindgen_anon_1.Ikev2ProjectionInfo = sys::IKEV2_PROJECTION_INFO {
                dwIPv4NegotiationError: ip.dwError,
                wszAddress: ip.wszAddress,
                wszRemoteAddress: ip.wszRemoteAddress,
                bRemoteInterfaceIdentifier: ipv6.client,
                bPrefix: ipv6.prefix,
                dwPrefixLength: ipv6.length,
                ..Default::default()
            };
        }
        projection
    }
}

fn connection_header() -> sys::MPRAPI_OBJECT_HEADER {
    sys::MPRAPI_OBJECT_HEADER {
        revision: sys::MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1 as u8,
        type_: sys::MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT as u8,
        size: size_of::<sys::RAS_CONNECTION_EX>() as u16,
    }
}

impl State {
    fn view(&self, raw: sys::HANDLE, wrong: Code) -> Result<View<'_>, Code> {
        let (handle, connection) = self.connections.find(raw).ok_or(wrong)?;
        let interface = self.interfaces.get(connection.interface);
        Ok(View { handle, connection, interface, now: self.now(), server: self.near_end(connection) })
    }

    /// Hands out a page of connections as the records that `record` makes of them.
    fn hand_out_connections<R: Record>(
        &self,
        call: &Call,
        page: Page,
        record: impl Fn(View<'_>) -> R,
    ) -> Result<(), Code> {
        let now = self.now();
        let rest = self.connections.after(page.position()).iter();
        page.hand_out(
            call,
            Family::Admin,
            rest.map(|(handle, connection)| (*handle, &**connection)),
            |handle, connection| {
                let interface = self.interfaces.get(connection.interface);
                record(View { handle, connection, interface, now, server: self.near_end(connection) })
            },
        )
    }
}

const ENUM: Function = Function::admin("MprAdminConnectionEnum").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminConnectionEnum(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
    dwPrefMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&ENUM, hRasServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe {
            Page::new(lplpbBuffer, dwPrefMaxLen, lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle)
        }?;
        let state = call.state();
        match dwLevel {
            0 => state.hand_out_connections(call, page, |view| view.level_0()),
            1 => state.hand_out_connections(call, page, |view| view.level_1()),
            2 => state.hand_out_connections(call, page, |view| view.level_2()),
            3 if state.windows >= Windows::Server2008 => {
                state.hand_out_connections(call, page, |view| view.level_3())
            }
            4 if state.windows >= Windows::Server2012 => {
                state.hand_out_connections(call, page, |view| view.level_4())
            }
            _ => Err(ERROR_INVALID_LEVEL),
        }
    })
}

const ENUM_EX: Function = Function::admin("MprAdminConnectionEnumEx").needs_ddm().ex();

pub(crate) unsafe extern "system" fn MprAdminConnectionEnumEx(
    hRasServer: sys::RAS_SERVER_HANDLE,
    pObjectHeader: sys::PMPRAPI_OBJECT_HEADER,
    dwPreferedMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    ppRasConn: *mut sys::PRAS_CONNECTION_EX,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&ENUM_EX, hRasServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        unsafe { header::check(pObjectHeader, connection_header()) }?;
        // SAFETY: as above.
        let page = unsafe {
            Page::new(ppRasConn.cast(), dwPreferedMaxLen, lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle)
        }?;
        call.state().hand_out_connections(call, page, |view| view.ex())
    })
}

const GET_INFO: Function =
    Function::admin("MprAdminConnectionGetInfo").bad_server(ERROR_INVALID_PARAMETER, RPC_S_INVALID_BINDING);

pub(crate) unsafe extern "system" fn MprAdminConnectionGetInfo(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    hConnection: sys::HANDLE,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_router(&GET_INFO, hRasServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer, ERROR_INVALID_PARAMETER) }?;
        if hConnection.is_null() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let state = call.state();
        let view = state.view(hConnection, ERROR_INTERFACE_NOT_CONNECTED)?;
        buffer.set(match dwLevel {
            0 => call.hand_out(view.level_0(), Family::Admin)?,
            1 => call.hand_out(view.level_1(), Family::Admin)?,
            2 => call.hand_out(view.level_2(), Family::Admin)?,
            3 if state.windows >= Windows::Server2008 => call.hand_out(view.level_3(), Family::Admin)?,
            _ => return Err(ERROR_INVALID_LEVEL),
        });
        Ok(())
    })
}

const GET_INFO_EX: Function = Function::admin("MprAdminConnectionGetInfoEx").needs_ddm().ex();

pub(crate) unsafe extern "system" fn MprAdminConnectionGetInfoEx(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hConnection: sys::HANDLE,
    pRasConnection: sys::PRAS_CONNECTION_EX,
) -> sys::DWORD {
    on_router(&GET_INFO_EX, hRasServer, |call| {
        // SAFETY: the caller's promise: at least the header is there, whose size says how much more.
        unsafe { header::check(pRasConnection.cast(), connection_header()) }?;
        // SAFETY: the header says that the whole record is there.
        let record = unsafe { Out::new(pRasConnection, ERROR_INVALID_PARAMETER) }?;
        record.set(call.state().view(hConnection, ERROR_INTERFACE_NOT_CONNECTED)?.ex());
        Ok(())
    })
}
