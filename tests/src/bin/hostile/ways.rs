//! How the exercises come to the things that they ask, and what is asked of each.

use std::fmt::Debug;
use std::hint::black_box;
use std::sync::Arc;

use mprapi::sys::GUID;
use mprapi::{
    Configuration, ConnectionHandle, Guid, Info, InfoBlockBuf, InfoHeader, InfoType, InterfaceHandle, Link,
    LinkError, MibServer, Mpr, PortHandle, PortUsage, Ports, Result, Server, SessionWatch, TransportSettings,
    TunnelConfiguration, TunnelPorts,
};

/// The API to try, and the name of its server.
pub(crate) struct Subject {
    pub(crate) mpr: Mpr,
    pub(crate) name: String,
}

impl Subject {
    pub(crate) fn new(mpr: Mpr, name: &str) -> Subject {
        Subject { mpr, name: name.to_owned() }
    }

    pub(crate) fn name(&self) -> Option<&str> {
        Some(&self.name)
    }

    pub(crate) fn server(&self) -> Result<Server> {
        self.mpr.connect(self.name())
    }

    /// Watches the sessions. What is no error of the library is a bug of ours.
    pub(crate) fn watch_sessions(&self) -> Result<SessionWatch> {
        let link = Arc::new(Link::new(&self.mpr, self.name()));
        link.watch_sessions().map_err(|error| match error {
            LinkError::Call(error) => error,
            error => panic!("{error}"),
        })
    }

    pub(crate) fn configuration(&self) -> Result<Configuration> {
        self.mpr.configuration(self.name())
    }

    pub(crate) fn mib(&self) -> Result<MibServer> {
        self.mpr.mib(self.name())
    }
}

pub(crate) fn see(value: impl Debug) {
    black_box(format!("{value:?}"));
}

/// Asks a view everything that it can be asked.
macro_rules! ask {
    ($view:expr; $($method:ident)*) => {{
        let view = $view;
        see(view);
        $(see(view.$method());)*
    }};
}

pub(crate) fn connection(server: &Server) -> Result<ConnectionHandle<'_>> {
    let id = server.connections()?.iter().next().expect("an honest server has a connection").id();
    server.connection(id)
}

/// The port that carries the connection.
pub(crate) fn port(server: &Server) -> Result<PortHandle<'_>> {
    let ports = server.ports()?;
    let used = ports.iter().find(|port| port.connection().is_some());
    server.port(used.expect("an honest server has a port in use").id())
}

pub(crate) fn branch(server: &Server) -> Result<InterfaceHandle<'_>> {
    server.find_interface("Branch")
}

pub(crate) fn uplink(server: &Server) -> Result<InterfaceHandle<'_>> {
    server.find_interface("Uplink")
}

pub(crate) fn block() -> InfoBlockBuf {
    let mut block = InfoBlockBuf::new();
    block.add(Info::item(InfoType(7), &[1, 2, 3, 4]).expect("an info")).expect("the first of its type");
    block
}

pub(crate) fn header(s: &Subject) -> Result<InfoHeader> {
    s.mpr.info_header()
}

/// Reads a kept block to its end.
pub(crate) fn read(header: &InfoHeader) -> Result<()> {
    see(header.as_bytes()?);
    see(header.block()?);
    Ok(())
}

/// The connections at one level.
macro_rules! connections {
    ($record:ident $($method:ident)*) => {
        |s| {
            let server = s.server()?;
            let list = server.connections_at::<$record>()?;
            list.iter().for_each(|view| ask!(view; $($method)*));
            Ok(())
        }
    };
}

/// Reads the connection or a port at one level.
macro_rules! info {
    ($thing:ident: $record:ident $($method:ident)*) => {
        |s| {
            let server = s.server()?;
            let info = $thing(&server)?.info_at::<$record>()?;
            ask!(info.get(); $($method)*);
            Ok(())
        }
    };
}

macro_rules! device_info {
    ($record:ident $($list:ident)*) => {
        |s| {
            let server = s.server()?;
            let info = branch(&server)?.device_at::<$record>(1)?;
            let device = info.get();
            ask!(device; name device_type);
            $(see(device.$list()?);)*
            Ok(())
        }
    };
}

/// Looks at an interface; what leads to other memory may be refused.
macro_rules! look {
    ($view:expr; $($list:ident)*; $($method:ident)*) => {{
        let view = $view;
        ask!(view; name is_enabled interface_type connection_state unreachability_reasons last_error $($method)*);
        $(see(view.$list()?);)*
    }};
}

macro_rules! each_level {
    ($look:ident, 0, $($with:tt)*) => { $look!($($with)*; to_settings;) };
    ($look:ident, 1, $($with:tt)*) => { $look!($($with)*; dialout_hours to_settings;) };
    ($look:ident, 2, $($with:tt)*) => {
        $look!($($with)*; alternates eap_data to_settings; options destination address network_protocols device_type
            device_name x25_pad_type x25_address x25_facilities x25_user_data sub_entries dial_mode bandwidth
            idle_disconnect entry_type encryption eap_method guid vpn_strategy)
    };
}

macro_rules! interface_info {
    ($record:ident $level:tt) => {
        |s| {
            let server = s.server()?;
            let info = branch(&server)?.info_at::<$record>()?;
            each_level!(look, $level, info.get());
            Ok(())
        }
    };
}

macro_rules! stored_interface {
    ($record:ident $level:tt) => {
        |s| {
            let configuration = s.configuration()?;
            let info = configuration.interface("Branch")?.info_at::<$record>()?;
            each_level!(look, $level, info.get());
            Ok(())
        }
    };
}

macro_rules! server_info {
    ($record:ident) => {
        |s| {
            see(s.server()?.info_at::<$record>()?);
            Ok(())
        }
    };
}

macro_rules! stored_server {
    ($record:ident) => {
        |s| {
            see(s.configuration()?.server_info_at::<$record>()?);
            Ok(())
        }
    };
}

macro_rules! settings {
    ($record:ident) => {
        |s| {
            let server = s.server()?;
            see(branch(&server)?.ikev2_settings_at::<$record>()?);
            Ok(())
        }
    };
}

macro_rules! stored_settings {
    ($record:ident) => {
        |s| {
            let configuration = s.configuration()?;
            see(configuration.interface("Branch")?.ikev2_settings_at::<$record>()?);
            Ok(())
        }
    };
}

macro_rules! user {
    ($record:ident) => {
        |s| {
            let user = s.mpr.user_at::<$record>(s.name(), "anna")?;
            ask!(user; dial_in callback phone_number);
            Ok(())
        }
    };
}

/// Acts on the connection, a port, an interface, …
macro_rules! act {
    ($thing:ident.$($action:tt)+) => {
        |s| {
            let server = s.server()?;
            $thing(&server)?.$($action)+
        }
    };
}

pub(crate) fn guid() -> Guid {
    Guid::from(GUID { Data1: 1, Data2: 2, Data3: 3, Data4: [4; 8] })
}

pub(crate) fn settings() -> TransportSettings {
    TransportSettings { global: Some(block()), ..TransportSettings::default() }
}

pub(crate) fn tunnel_ports() -> TunnelPorts {
    let some = Ports { count: 2, usage: PortUsage::REMOTE_ACCESS };
    let mut ports = TunnelPorts::default();
    (ports.pptp, ports.l2tp, ports.sstp) = (Some(some), Some(some), Some(some));
    ports
}

pub(crate) fn tunnels() -> TunnelConfiguration {
    let mut tunnels = TunnelConfiguration::default();
    tunnels.pptp = Some(Ports { count: 2, usage: PortUsage::REMOTE_ACCESS });
    tunnels
}
