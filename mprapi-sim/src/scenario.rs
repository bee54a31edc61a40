//! Scenarios: which servers there are, and what they hold when a simulation begins.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use mprapi_sys as sys;

use crate::clock::Clock;
use crate::router::Simulation;

mod company;

/// Methods that take `self`, set one thing and give `self` back.
macro_rules! setters {
    ($($(#[doc = $text:literal])+ $name:ident: $type:ty;)+) => {
        $(
            $(#[doc = $text])+
            #[must_use]
            pub fn $name(mut self, $name: impl Into<$type>) -> Self {
                self.$name = $name.into();
                self
            }
        )+
    };
}

/// Servers to simulate.
#[derive(Clone, Debug, Default)]
pub struct Scenario {
    pub(crate) servers: Vec<Server>,
}

impl Scenario {
    /// No server.
    pub fn new() -> Scenario {
        Scenario::default()
    }

    /// With one more server.
    #[must_use]
    pub fn server(mut self, server: Server) -> Scenario {
        self.servers.push(server);
        self
    }

    /// Its servers, to be changed.
    pub fn into_servers(self) -> Vec<Server> {
        self.servers
    }

    /// Puts the servers on the net.
    ///
    /// # Panics
    /// When one of the names is taken, or a session finds no free port.
    pub fn start(self) -> Simulation {
        Simulation::start(&self)
    }
}

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    pub(crate) names: Vec<String>,
    pub(crate) clock: Clock,
    pub(crate) service: Service,
    pub(crate) starts_in: Duration,
    pub(crate) unreachable: bool,
    pub(crate) denies_access: bool,
    pub(crate) latency: Duration,
    pub(crate) lan_only: bool,
    pub(crate) windows: Windows,
    pub(crate) up_for: Duration,
    pub(crate) ports: Vec<Ports>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) interfaces: Vec<Interface>,
}

impl Server {
    /// A server that runs and holds nothing yet.
    pub fn new(name: impl Into<String>) -> Server {
        Server {
            names: vec![name.into()],
            clock: Clock::Stepped,
            service: Service::Running,
            starts_in: Duration::ZERO,
            unreachable: false,
            denies_access: false,
            latency: Duration::ZERO,
            lan_only: false,
            windows: Windows::default(),
            up_for: Duration::ZERO,
            ports: Vec::new(),
            sessions: Vec::new(),
            interfaces: Vec::new(),
        }
    }

    /// A server whose name no other has, for tests that run beside each other.
    pub fn unique() -> Server {
        use std::sync::atomic::{AtomicU32, Ordering};
        static LAST: AtomicU32 = AtomicU32::new(0);
        Server::new(format!("sim{}", LAST.fetch_add(1, Ordering::Relaxed)))
    }

    /// The first of its names.
    pub fn name(&self) -> &str {
        &self.names[0]
    }

    /// The same server under this name alone.
    #[must_use]
    pub fn renamed(mut self, name: impl Into<String>) -> Server {
        self.names = vec![name.into()];
        self
    }

    /// One more name for the same server.
    #[must_use]
    pub fn also_named(mut self, name: impl Into<String>) -> Server {
        self.names.push(name.into());
        self
    }

    setters! {
        /// How its time moves. Stepped unless said otherwise.
        clock: Clock;
        /// What its service does. It runs unless said otherwise.
        service: Service;
        /// When a service that is starting will have started, by the server's clock.
        starts_in: Duration;
        /// Whether no call gets through to it.
        unreachable: bool;
        /// Whether it denies access to every call.
        denies_access: bool;
        /// How long each call takes, in real time whatever the clock.
        latency: Duration;
        /// Whether it routes local networks only: then the demand-dial manager does not run.
        lan_only: bool;
        /// The version of Windows, and with it of the API, that it has.
        windows: Windows;
        /// How long its service has been up.
        up_for: Duration;
    }

    /// With ports for a tunnel.
    #[must_use]
    pub fn ports(mut self, tunnel: Tunnel, count: u32) -> Server {
        self.ports.push(Ports { tunnel, count });
        self
    }

    /// With a user who is connected.
    #[must_use]
    pub fn session(mut self, session: Session) -> Server {
        self.sessions.push(session);
        self
    }

    /// With an interface.
    #[must_use]
    pub fn interface(mut self, interface: Interface) -> Server {
        self.interfaces.push(interface);
        self
    }

    /// Puts this server alone on the net.
    ///
    /// # Panics
    /// As [`Scenario::start`].
    pub fn start(self) -> Simulation {
        Scenario::new().server(self).start()
    }
}

/// What the Routing and Remote Access service does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Service {
    /// It runs.
    #[default]
    Running,
    /// It is stopped.
    Stopped,
    /// It was started and does not answer yet.
    Starting,
}

/// The version of Windows of a server, as far as the API differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Windows {
    /// Level 3 of connections, level 2 of the server and the `Ex` functions are unknown.
    Server2003,
    /// The `Ex` functions are unknown.
    Server2008,
    /// Knows the `Ex` functions.
    Server2008R2,
    /// Knows the custom IKEv2 settings of interfaces.
    Server2012,
    /// Knows everything in today's header.
    #[default]
    Server2022,
}

/// Ports of one tunnel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ports {
    pub(crate) tunnel: Tunnel,
    pub(crate) count: u32,
}

/// The kinds of lines a router has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tunnel {
    /// IKEv2
    Ikev2,
    /// SSTP
    Sstp,
    /// L2TP over IPsec
    L2tp,
    /// PPTP
    Pptp,
    /// GRE
    Gre,
    /// PPP over Ethernet
    Pppoe,
    /// A modem
    Modem,
}

impl Tunnel {
    pub(crate) fn port_name(self, number: u32) -> String {
        match self {
            Tunnel::Sstp => format!("VPN0-{number}"),
            Tunnel::Ikev2 => format!("VPN1-{number}"),
            Tunnel::L2tp => format!("VPN2-{number}"),
            Tunnel::Pptp => format!("VPN3-{number}"),
            Tunnel::Gre => format!("VPN4-{number}"),
            Tunnel::Pppoe => format!("PPPoE5-{number}"),
            Tunnel::Modem => format!("COM{}", number + 1),
        }
    }

    pub(crate) fn media(self) -> &'static str {
        match self {
            Tunnel::Modem => "serial",
            _ => "rastapi",
        }
    }

    pub(crate) fn device(self) -> &'static str {
        match self {
            Tunnel::Ikev2 => "WAN Miniport (IKEv2)",
            Tunnel::Sstp => "WAN Miniport (SSTP)",
            Tunnel::L2tp => "WAN Miniport (L2TP)",
            Tunnel::Pptp => "WAN Miniport (PPTP)",
            Tunnel::Gre => "WAN Miniport (GRE)",
            Tunnel::Pppoe => "WAN Miniport (PPPOE)",
            Tunnel::Modem => "Standard 56000 bps Modem",
        }
    }

    pub(crate) fn device_type(self) -> &'static str {
        match self {
            Tunnel::Pppoe => "PPPoE",
            Tunnel::Modem => "modem",
            _ => "vpn",
        }
    }

    /// Bits a second.
    pub(crate) fn line_speed(self) -> u32 {
        match self {
            Tunnel::Modem => 56_000,
            _ => 1_000_000_000,
        }
    }
}

/// A user who is connected.
#[derive(Clone, Debug)]
pub struct Session {
    pub(crate) user: String,
    pub(crate) domain: String,
    pub(crate) computer: String,
    pub(crate) tunnel: Tunnel,
    pub(crate) address: Option<Ipv4Addr>,
    pub(crate) endpoint: IpAddr,
    pub(crate) connected_for: Duration,
    pub(crate) bytes_received: u64,
    pub(crate) bytes_sent: u64,
    pub(crate) receive_rate: u64,
    pub(crate) send_rate: u64,
    pub(crate) quarantine: Quarantine,
}

impl Session {
    /// A user who has just connected.
    pub fn new(user: impl Into<String>, tunnel: Tunnel) -> Session {
        Session {
            user: user.into(),
            domain: String::new(),
            computer: String::new(),
            tunnel,
            address: None,
            endpoint: IpAddr::V4(Ipv4Addr::new(203, 0, 113, 1)),
            connected_for: Duration::ZERO,
            bytes_received: 0,
            bytes_sent: 0,
            receive_rate: 0,
            send_rate: 0,
            quarantine: Quarantine::Normal,
        }
    }

    setters! {
        /// The domain of the account; at most 15 characters get through the API.
        domain: String;
        /// The name of the client's computer; at most 16 characters get through the API.
        computer: String;
        /// The client's address in the tunnel. The router's pool gives one unless said otherwise.
        address: Option<Ipv4Addr>;
        /// The address the client calls from.
        endpoint: IpAddr;
        /// How long the connection has been up.
        connected_for: Duration;
        /// Bytes that came from the client so far.
        bytes_received: u64;
        /// Bytes that went to the client so far.
        bytes_sent: u64;
        /// Bytes a second that come from the client.
        receive_rate: u64;
        /// Bytes a second that go to the client.
        send_rate: u64;
        /// How far network access protection lets the client in.
        quarantine: Quarantine;
    }
}

/// How far network access protection lets a client in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quarantine {
    /// All the way.
    #[default]
    Normal,
    /// To the quarantine's network only.
    Restricted,
    /// All the way until the time of probation is over.
    Probation,
    /// The client knows nothing of it.
    NotCapable,
}

impl Quarantine {
    pub(crate) fn code(self) -> sys::RAS_QUARANTINE_STATE {
        match self {
            Quarantine::Normal => sys::RAS_QUAR_STATE_NORMAL,
            Quarantine::Restricted => sys::RAS_QUAR_STATE_QUARANTINE,
            Quarantine::Probation => sys::RAS_QUAR_STATE_PROBATION,
            Quarantine::NotCapable => sys::RAS_QUAR_STATE_NOT_CAPABLE,
        }
    }
}

/// An interface that is not a dialled-in client's.
#[derive(Clone, Debug)]
pub struct Interface {
    pub(crate) name: String,
    pub(crate) kind: InterfaceKind,
}

impl Interface {
    /// An interface.
    pub fn new(name: impl Into<String>, kind: InterfaceKind) -> Interface {
        Interface { name: name.into(), kind }
    }
}

/// What an interface is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterfaceKind {
    /// Demand-dial, to another router.
    FullRouter,
    /// A local network's.
    Dedicated,
    /// The one that dialled-in clients share.
    Internal,
    /// The machine itself.
    Loopback,
}

impl InterfaceKind {
    pub(crate) fn code(self) -> sys::ROUTER_INTERFACE_TYPE {
        match self {
            InterfaceKind::FullRouter => sys::ROUTER_IF_TYPE_FULL_ROUTER,
            InterfaceKind::Dedicated => sys::ROUTER_IF_TYPE_DEDICATED,
            InterfaceKind::Internal => sys::ROUTER_IF_TYPE_INTERNAL,
            InterfaceKind::Loopback => sys::ROUTER_IF_TYPE_LOOPBACK,
        }
    }
}
