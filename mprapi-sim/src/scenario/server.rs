//! Servers.

use std::time::Duration;

use super::failure::{Failure, can_fail};
use super::setters::setters;
use super::{AdminDll, AdminDllRules, Clock, Interface, Route, Session, Transport, Tunnel, User};

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
    pub(crate) transports: Vec<Transport>,
    /// Routes, and the interfaces that they are set on.
    pub(crate) routes: Vec<(Route, Option<String>)>,
    pub(crate) accounts: Vec<User>,
    pub(crate) failures: Vec<(String, Failure)>,
    pub(crate) paused: bool,
    pub(crate) domain: Option<String>,
    pub(crate) domain_controller: Option<String>,
    pub(crate) most_ports: u32,
    pub(crate) reuse_handles: bool,
    pub(crate) restart_kills_bindings: bool,
    pub(crate) force_logoff: bool,
    pub(crate) admin_dlls: Vec<AdminDll>,
    pub(crate) admin_dll_rules: AdminDllRules,
}

impl Server {
    /// Creates a server that runs and holds nothing yet.
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
            transports: vec![Transport::Ip],
            routes: Vec::new(),
            accounts: Vec::new(),
            failures: Vec::new(),
            paused: false,
            domain: None,
            domain_controller: None,
            most_ports: 1000,
            reuse_handles: false,
            restart_kills_bindings: false,
            force_logoff: false,
            admin_dlls: Vec::new(),
            admin_dll_rules: AdminDllRules::default(),
        }
    }

    /// Creates a server whose name no other has, for tests that run side by side.
    pub fn unique() -> Server {
        use std::sync::atomic::{AtomicU32, Ordering};
        static LAST: AtomicU32 = AtomicU32::new(0);
        Server::new(format!("sim{}", LAST.fetch_add(1, Ordering::Relaxed)))
    }

    /// Returns the first of its names.
    pub fn name(&self) -> &str {
        &self.names[0]
    }

    /// Gives it this name in place of all others.
    #[must_use]
    pub fn renamed(mut self, name: impl Into<String>) -> Server {
        self.names = vec![name.into()];
        self
    }

    /// Adds a name.
    #[must_use]
    pub fn also_named(mut self, name: impl Into<String>) -> Server {
        self.names.push(name.into());
        self
    }

    setters! {
        /// Sets the way its time moves. Default: stepped.
        clock: Clock;
        /// Sets the state of its service. Default: running.
        service: Service;
        /// Sets after what time a service that is starting has started, by the server's clock.
        starts_in: Duration;
        /// Sets whether it is unreachable: no call gets through.
        unreachable: bool;
        /// Sets whether it denies access to every call.
        denies_access: bool;
        /// Sets how long each call takes, in real time whatever the clock.
        latency: Duration;
        /// Sets whether it routes local networks only; then the demand-dial manager does not run.
        lan_only: bool;
        /// Sets its version of Windows, and so of the API.
        windows: Windows;
        /// Sets how long its service has been up.
        up_for: Duration;
        /// Sets whether demand-dial is paused.
        paused: bool;
        /// Sets the domain that it is joined to. Default: none.
        domain: Option<String>;
        /// Sets the name of the server that holds the accounts. Default: the server itself.
        domain_controller: Option<String>;
        /// Sets the number of ports of one tunnel that the service was started for; more need a restart. Default: 1000.
        most_ports: u32;
        /// Sets whether a handle is used again when the thing that it belonged to has ended, as a busy server does.
        /// Default: a handle is never given out twice.
        reuse_handles: bool;
        /// Sets whether a start of the service ends the bindings of before: handles to the server, also of its MIB, answer
        /// `RPC_S_INVALID_BINDING` from then on, and the handles of ports that were kept name nothing. Default: they go on
        /// when the service answers again.
        ///
        /// No page says whether a handle survives. The calls go to an endpoint with a fixed name and carry nothing that a
        /// service remembers (MS-RRASM), so it may; but the call of a client whose connection has broken may also fail as
        /// one with an invalid binding. A program must cope with both.
        restart_kills_bindings: bool;
        /// Sets whether sessions end when the hours of their account do. Default: they go on, as on Windows, where the
        /// policy *Network security: Force logoff when logon hours expire* ends connections to shared folders and no
        /// others.
        force_logoff: bool;
        /// Sets the transports that it runs. Default: IPv4.
        transports: Vec<Transport>;
        /// Sets the behaviour of the service towards administration DLLs where no page describes it.
        admin_dll_rules: AdminDllRules;
    }

    /// Adds an administration DLL. The service asks its DLLs in the order in which they were added.
    #[must_use]
    pub fn admin_dll(mut self, dll: AdminDll) -> Server {
        self.admin_dlls.push(dll);
        self
    }

    /// Returns its administration DLLs. Their code runs in this process when the server starts: a program that takes a
    /// scenario from others may look at them first.
    pub fn admin_dlls(&self) -> &[AdminDll] {
        &self.admin_dlls
    }

    /// Adds a static route over the interface whose network has the next hop.
    #[must_use]
    pub fn route(mut self, route: Route) -> Server {
        self.routes.push((route, None));
        self
    }

    /// Adds a static route over the interface of this name. It is in the table while the interface is connected.
    #[must_use]
    pub fn route_over(mut self, interface: impl Into<String>, route: Route) -> Server {
        self.routes.push((route, Some(interface.into())));
        self
    }

    /// Adds an account.
    #[must_use]
    pub fn user(mut self, user: User) -> Server {
        self.accounts.push(user);
        self
    }

    /// Makes a function fail.
    ///
    /// # Panics
    /// If the API has no such function, or if it cannot fail for a server: functions that free or close something, and
    /// functions that belong to no server.
    #[must_use]
    pub fn failure(mut self, function: &str, failure: Failure) -> Server {
        assert!(can_fail(function), "{function} cannot be made to fail");
        self.failures.push((function.to_owned(), failure));
        self
    }

    /// Adds ports for a tunnel.
    #[must_use]
    pub fn ports(mut self, tunnel: Tunnel, count: u32) -> Server {
        self.ports.push(Ports { tunnel, count });
        self
    }

    /// Adds a connected user.
    #[must_use]
    pub fn session(mut self, session: Session) -> Server {
        self.sessions.push(session);
        self
    }

    /// Adds an interface.
    #[must_use]
    pub fn interface(mut self, interface: Interface) -> Server {
        self.interfaces.push(interface);
        self
    }
}

/// The condition of the phone book of the demand-dial interfaces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum PhoneBook {
    /// The phone book can be read.
    #[default]
    Good,
    /// The file is missing.
    Missing,
    /// The file is damaged.
    Damaged,
}

/// The state of the Routing and Remote Access service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Service {
    /// The service is running.
    #[default]
    Running,
    /// The service is stopped.
    Stopped,
    /// The service is starting and does not answer yet.
    Starting,
}

/// The version of Windows of a server, as far as the API differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
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

/// Returns the key that a server is found by: `\\VPN01` and `vpn01` are one server.
pub(crate) fn server_key(name: &str) -> String {
    name.trim_start_matches('\\').to_lowercase()
}
