//! The state of a router, and how time changes it. What happens to each noun is in the noun's file.

mod admission;
mod connection;
mod dial;
mod interface;
mod mib;
mod port;
mod route;
mod stored;
mod transport;
mod tunnel;

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar};
use std::time::Duration;

use super::account::Account;
use super::address::Addresses;
use super::admission::Desk;
use super::agenda::{Agenda, Due};
use super::clock::Running;
use super::connection::Connection;
use super::failure::Armed;
use super::handle::Handle;
use super::handle_map::HandleMap;
use super::interface::Interface;
use super::ip_in_ip::Tunnels;
use super::notification::Registration;
use super::port::Ports;
use super::route::Route;
use super::stored::Stored;
use super::transport::Transport;
use super::tunnel::TunnelSettings;
use crate::error_code::{
    Code, ERROR_DS_OPERATIONS_ERROR, ERROR_DS_SERVER_DOWN, ERROR_NO_SUCH_DOMAIN, RPC_S_SERVER_UNAVAILABLE,
    RPC_S_UNKNOWN_IF,
};
use crate::scenario::failure::Effect;
use crate::scenario::user::account_key;
use crate::scenario::{PhoneBook, Server, Service, Windows};

/// The state of a simulated server, with the faults that are switched on.
pub(crate) struct State {
    pub(crate) clock: Running,
    pub(crate) booted: Duration,
    pub(crate) service: Service,
    /// The time at which a service that is starting has started.
    ready_at: Duration,
    pub(crate) paused: bool,
    pub(crate) reachable: bool,
    pub(crate) denies_access: bool,
    pub(crate) latency: Duration,
    pub(crate) lan_only: bool,
    pub(crate) windows: Windows,
    pub(crate) domain: Option<String>,
    pub(crate) domain_controller: Option<String>,
    /// `true` if the caller is not a user of the domain.
    pub(crate) caller_is_foreign: bool,
    /// `true` if the domain knows the machine as a remote access server.
    pub(crate) is_domain_server: bool,
    pub(crate) phone_book: PhoneBook,
    pub(crate) failures: Vec<Armed>,
    pub(crate) agenda: Agenda,
    /// `true` if a thread keeps the agenda.
    pub(crate) has_timer: bool,
    pub(crate) registrations: Vec<Registration>,
    pub(crate) ports: Ports,
    pub(crate) connections: HandleMap<Connection>,
    pub(crate) interfaces: HandleMap<Interface>,
    pub(crate) addresses: Addresses,
    pub(crate) transports: Vec<Transport>,
    pub(crate) tunnels: TunnelSettings,
    /// The number of ports of a tunnel that the service was started for; more need a restart.
    pub(crate) most_ports: u32,
    pub(crate) routes: Vec<Route>,
    pub(crate) accounts: BTreeMap<String, Account>,
    pub(crate) server_key: Vec<u8>,
    pub(crate) ip_in_ip: Tunnels,
    pub(crate) stored: Stored,
    /// `true` if sessions end with the hours of their account.
    pub(crate) force_logoff: bool,
    restart_kills_bindings: bool,
    /// How often a start of the service has ended the bindings of before.
    pub(crate) binding_age: u32,
    /// The clients who wait for the administration DLLs, if the server has any.
    pub(crate) desk: Option<Box<Desk>>,
}

impl State {
    /// Makes the state of a server. The bell wakes those who wait for its administration DLLs.
    pub(crate) fn new(server: &Server, bell: &Arc<Condvar>) -> State {
        let clock = Running::new(server.clock);
        let now = clock.now();
        let mut state = State {
            booted: now.saturating_sub(server.up_for),
            service: server.service,
            ready_at: now + server.starts_in,
            paused: server.paused,
            reachable: !server.unreachable,
            denies_access: server.denies_access,
            latency: server.latency,
            lan_only: server.lan_only,
            windows: server.windows,
            domain: server.domain.clone(),
            domain_controller: server.domain_controller.clone(),
            caller_is_foreign: false,
            is_domain_server: server.domain.is_some(),
            phone_book: PhoneBook::Good,
            failures: server.failures.iter().map(|(name, failure)| Armed::new(name, *failure)).collect(),
            agenda: Agenda::new(),
            has_timer: false,
            registrations: Vec::new(),
            ports: Ports::new(server.reuse_handles),
            connections: HandleMap::new(server.reuse_handles),
            interfaces: HandleMap::new(server.reuse_handles),
            addresses: Addresses::default(),
            transports: server.transports.iter().map(Transport::new).collect(),
            tunnels: TunnelSettings::new(),
            most_ports: server.most_ports,
            routes: Vec::new(),
            accounts: server
                .accounts
                .iter()
                .map(|user| (account_key(&user.name), Account::new(user)))
                .collect(),
            server_key: Vec::new(),
            ip_in_ip: Tunnels::default(),
            stored: Stored::default(),
            force_logoff: server.force_logoff,
            restart_kills_bindings: server.restart_kills_bindings,
            binding_age: 0,
            desk: Desk::of(server, bell),
            clock,
        };
        let interfaces: Vec<Handle> = server
            .interfaces
            .iter()
            .map(|interface| state.interfaces.add(Interface::new(interface)))
            .collect();
        for ports in &server.ports {
            state.ports.add(ports.tunnel, ports.count);
        }
        state.count_ports();
        state.set_static_routes(&server.routes);
        state.store_all();
        for session in &server.sessions {
            if !session.arrives_in.is_zero() {
                state.schedule(now + session.arrives_in, Due::Arrive(Box::new(session.clone())));
            } else if let Some(desk) = &mut state.desk {
                desk.first.push(session.clone());
            } else {
                // There is a port: the scenario was checked.
                let _ = state.connect(session, now);
            }
        }
        for (interface, handle) in server.interfaces.iter().zip(interfaces) {
            if interface.connected {
                state.link_at_once(handle, now);
            }
        }
        match (&mut state.desk, state.service) {
            // It runs when the DLLs are ready.
            (Some(_), Service::Running) => {
                state.service = Service::Starting;
                state.ready_at = now;
            }
            (Some(desk), Service::Stopped) => desk.first.clear(),
            _ => {}
        }
        state
    }

    pub(crate) fn now(&self) -> Duration {
        self.clock.now()
    }

    /// Makes everything happen that is due by now.
    pub(crate) fn settle(&mut self) {
        let now = self.now();
        while let Some(&(at, _)) = self.agenda.keys().next() {
            if at > now {
                break;
            }
            self.get_ready(at);
            if self.must_wait() {
                return;
            }
            let Some((_, due)) = self.agenda.pop_first() else { break };
            match due {
                Due::Dial(interface) => self.finish_dial(interface, at),
                Due::Reachable(interface) => self.end_unreachable(interface, at),
                Due::Update(interface, protocol) => self.finish_update(interface, protocol),
                // A user who finds every line busy does not come.
                Due::Arrive(session) => drop(self.admit(&session, at, None)),
                Due::Leave(connection) => self.disconnect_at(connection, at),
                Due::Probation(connection) => self.end_probation(connection, at),
            }
        }
        self.get_ready(now);
    }

    fn get_ready(&mut self, now: Duration) {
        if self.service == Service::Starting && now >= self.ready_at {
            match &self.desk {
                Some(desk) if desk.is_wanted => {}
                Some(_) => self.want_dlls(),
                None => self.service = Service::Running,
            }
        }
    }

    /// Takes something off the agenda.
    pub(crate) fn forget(&mut self, what: impl Fn(&Due) -> bool) {
        self.agenda.retain(|_, due| !what(due));
    }

    /// Puts something on the agenda.
    pub(crate) fn schedule(&mut self, at: Duration, due: Due) {
        let number = self.agenda.keys().next_back().map_or(0, |last| last.1 + 1);
        self.agenda.insert((at, number), due);
    }

    /// Checks that the service's remote procedure call interface is there: a stopped one has none, a starting one has
    /// none yet.
    pub(crate) fn answers(&self) -> Result<(), Code> {
        match self.service {
            Service::Running => Ok(()),
            Service::Stopped => Err(RPC_S_UNKNOWN_IF),
            Service::Starting => Err(RPC_S_SERVER_UNAVAILABLE),
        }
    }

    /// Counts a call of a function. Returns the effect of the failure that strikes it, if one does.
    pub(crate) fn strike(&mut self, function: &str) -> Option<Effect> {
        let own = self.failures.iter_mut().filter(|armed| armed.function == function);
        // Every one counts its calls; the first that strikes wins.
        own.filter_map(Armed::strike).collect::<Vec<_>>().first().copied()
    }

    /// Starts the service from the stored configuration, unless it runs. If there are administration DLLs, it runs when they
    /// are ready.
    pub(crate) fn start_service(&mut self) {
        if self.service == Service::Running {
            return;
        }
        if self.desk.is_some() {
            self.service = Service::Starting;
            self.ready_at = self.now();
            self.want_dlls();
        } else {
            self.service = Service::Running;
            self.take_up_stored();
        }
    }

    /// Begins a run of the service with what is stored.
    fn take_up_stored(&mut self) {
        self.booted = self.now();
        self.load_stored();
        if self.restart_kills_bindings {
            self.binding_age += 1;
            self.renew_ports();
        }
    }

    /// Stops the service: every connection ends, which is signalled last, and what was not stored is lost.
    pub(crate) fn stop_service(&mut self) {
        self.agenda.clear();
        self.close_desk();
        self.disconnect_all();
        self.registrations.clear();
        self.service = Service::Stopped;
    }

    /// Signals that an interface has connected or disconnected.
    pub(crate) fn notify(&self) {
        for registration in &self.registrations {
            registration.event.signal();
        }
    }

    /// Ends what was asked for on a handle to the server, which was closed.
    pub(crate) fn run_down(&mut self, server: Handle) {
        self.registrations.retain(|registration| registration.server != server);
    }

    /// Checks that the server belongs to a domain, for a caller who does too.
    ///
    /// # Errors
    /// `ERROR_NO_SUCH_DOMAIN` if it belongs to none, `ERROR_DS_SERVER_DOWN` if it belongs to another,
    /// `ERROR_DS_OPERATIONS_ERROR` if the caller is not a user of the domain.
    pub(crate) fn check_domain(&self, domain: &str) -> Result<(), Code> {
        let own = self.domain.as_ref().ok_or(ERROR_NO_SUCH_DOMAIN)?;
        if !own.eq_ignore_ascii_case(domain) {
            return Err(ERROR_DS_SERVER_DOWN);
        }
        if self.caller_is_foreign { Err(ERROR_DS_OPERATIONS_ERROR) } else { Ok(()) }
    }
}
