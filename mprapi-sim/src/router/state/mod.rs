//! A simulated machine: what a router holds, behind one lock.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::call::Function;
use crate::clock;
use crate::code::{
    Code, ERROR_ACCESS_DENIED, ERROR_DDM_NOT_RUNNING, ERROR_NOT_ENOUGH_MEMORY, ERROR_PROC_NOT_FOUND,
    RPC_S_SERVER_UNAVAILABLE, RPC_S_UNKNOWN_IF,
};
use crate::config::Stored;
use crate::connection::{Addresses, Connection};
use crate::failure::{Armed, Effect, Garbage};
use crate::handle::Handle;
use crate::interface::Interface;
use crate::ip_in_ip::Tunnels;
use crate::ledger;
use crate::mib::Route;
use crate::notification::Registration;
use crate::port::Ports;
use crate::scenario::{Server, Service, Session, Windows};
use crate::shelf::Shelf;
use crate::transport::Transport;
use crate::tunnel::TunnelSettings;
use crate::user::Account;

/// One machine.
pub(crate) struct Machine {
    id: u32,
    names: Vec<String>,
    calls: Mutex<HashMap<&'static str, u64>>,
    state: Mutex<State>,
}

/// A machine's state, up to date with its clock.
pub(crate) type Locked<'a> = MutexGuard<'a, State>;

/// What a machine holds and how it feels today.
pub(crate) struct State {
    pub(crate) clock: clock::Running,
    pub(crate) booted: Duration,
    pub(crate) service: Service,
    /// When a service that is starting will have started.
    ready_at: Duration,
    pub(crate) paused: bool,
    pub(crate) reachable: bool,
    pub(crate) denies_access: bool,
    pub(crate) latency: Duration,
    pub(crate) lan_only: bool,
    pub(crate) windows: Windows,
    pub(crate) domain: Option<String>,
    pub(crate) domain_controller: Option<String>,
    /// Whether the caller is no user of the domain.
    pub(crate) caller_is_foreign: bool,
    /// Whether the domain knows the machine as a remote access server.
    pub(crate) is_domain_server: bool,
    pub(crate) phone_book: PhoneBook,
    pub(crate) failures: Vec<Armed>,
    pub(crate) agenda: Agenda,
    /// Whether a thread keeps the agenda.
    has_timer: bool,
    pub(crate) registrations: Vec<Registration>,
    pub(crate) ports: Ports,
    pub(crate) connections: Shelf<Connection>,
    pub(crate) interfaces: Shelf<Interface>,
    pub(crate) addresses: Addresses,
    pub(crate) transports: Vec<Transport>,
    pub(crate) tunnels: TunnelSettings,
    /// How many ports of a tunnel the service was started for: more need a restart.
    pub(crate) most_ports: u32,
    pub(crate) routes: Vec<Route>,
    pub(crate) accounts: BTreeMap<String, Account>,
    pub(crate) server_key: Vec<u8>,
    pub(crate) ip_in_ip: Tunnels,
    pub(crate) stored: Stored,
}

/// What is due when. The number keeps what is due at one time in order.
pub(crate) type Agenda = BTreeMap<(Duration, u64), Due>;

/// What a clock brings.
pub(crate) enum Due {
    /// A dialling interface's attempt ends.
    Dial(Handle),
    /// An interface whose attempt failed can be reached again.
    Reachable(Handle),
    /// An update of routes over an interface ends.
    Update(Handle, u32),
    /// A user calls.
    Arrive(Box<Session>),
    /// A user hangs up.
    Leave(Handle),
    /// A client's time of probation is over.
    Probation(Handle),
}

/// How the phone book of demand-dial interfaces is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum PhoneBook {
    /// There, and readable.
    #[default]
    Good,
    /// Not there.
    Missing,
    /// There, and not readable.
    Damaged,
}

impl Machine {
    /// A machine as a scenario describes it that was checked.
    pub(crate) fn new(server: &Server) -> Arc<Machine> {
        static LAST: AtomicU32 = AtomicU32::new(0);
        Arc::new(Machine {
            id: LAST.fetch_add(1, Ordering::Relaxed),
            names: server.names.clone(),
            calls: Mutex::default(),
            state: Mutex::new(State::new(server)),
        })
    }

    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Notes that a function was called.
    pub(crate) fn count(&self, function: &'static str) {
        *self.calls.lock().unwrap_or_else(PoisonError::into_inner).entry(function).or_default() += 1;
    }

    pub(crate) fn calls(&self, function: &str) -> u64 {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).get(function).copied().unwrap_or(0)
    }

    pub(crate) fn lock(&self) -> Locked<'_> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.settle();
        state
    }

    /// Lets a call in, perhaps to be given garbage, or answers it at the door.
    pub(crate) fn admit(&self, function: &Function) -> Result<Option<Garbage>, Code> {
        let latency = self.lock().latency;
        if !latency.is_zero() {
            std::thread::sleep(latency);
        }
        let mut state = self.lock();
        if !state.reachable {
            return Err(RPC_S_SERVER_UNAVAILABLE);
        }
        let garbage = match state.strike(function.name) {
            Some(Effect::Code(code)) => return Err(code),
            // With the router's state locked, which is the worst place.
            Some(Effect::Garbage(Garbage::Panic)) => panic!("a panic in {}, as was asked for", function.name),
            Some(Effect::Garbage(garbage)) => Some(garbage),
            None => None,
        };
        if state.denies_access {
            return Err(ERROR_ACCESS_DENIED);
        }
        if function.is_ex && state.windows < Windows::Server2008R2 {
            return Err(ERROR_PROC_NOT_FOUND);
        }
        if function.needs_ddm && (state.lan_only || state.service != Service::Running) {
            return Err(ERROR_DDM_NOT_RUNNING);
        }
        if function.needs_service {
            state.answers()?;
        }
        if function.needs_memory && ledger::is_out_of_memory() {
            return Err(ERROR_NOT_ENOUGH_MEMORY);
        }
        Ok(garbage)
    }

    /// With a real clock, sees to it that what is on the agenda happens in time, even if no one calls.
    pub(crate) fn keep_time(self: &Arc<Machine>) {
        let mut state = self.lock();
        if !state.clock.is_real() || state.agenda.is_empty() || state.has_timer {
            return;
        }
        state.has_timer = true;
        let machine = Arc::downgrade(self);
        std::thread::spawn(move || {
            // Locking settles what is due.
            while let Some(machine) = machine.upgrade() {
                let mut state = machine.lock();
                let Some((due, _)) = state.agenda.keys().next().copied() else {
                    state.has_timer = false;
                    return;
                };
                // What is put on the agenda in the meantime may be due before.
                let wait = due.saturating_sub(state.now()).min(Duration::from_millis(20));
                drop(state);
                drop(machine);
                std::thread::sleep(wait);
            }
        });
    }
}

impl State {
    fn new(server: &Server) -> State {
        let clock = clock::Running::new(server.clock);
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
            connections: Shelf::new(server.reuse_handles),
            interfaces: Shelf::new(server.reuse_handles),
            addresses: Addresses::default(),
            transports: server.transports.iter().map(Transport::new).collect(),
            tunnels: TunnelSettings::new(),
            most_ports: server.most_ports,
            routes: server.routes.iter().map(|(route, over)| Route::new(route, over.as_deref())).collect(),
            accounts: server.accounts.iter().map(|user| (user.key(), Account::new(user))).collect(),
            server_key: Vec::new(),
            ip_in_ip: Tunnels::default(),
            stored: Stored::default(),
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
        state.store_all();
        for session in &server.sessions {
            if !session.arrives_in.is_zero() {
                state.schedule(now + session.arrives_in, Due::Arrive(Box::new(session.clone())));
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
        state
    }

    pub(crate) fn now(&self) -> Duration {
        self.clock.now()
    }

    /// Lets happen what was due by now.
    pub(crate) fn settle(&mut self) {
        let now = self.now();
        while let Some(entry) = self.agenda.first_entry() {
            if entry.key().0 > now {
                break;
            }
            let at = entry.key().0;
            let due = entry.remove();
            self.get_ready(at);
            match due {
                Due::Dial(interface) => self.finish_dial(interface, at),
                Due::Reachable(interface) => self.end_unreachable(interface, at),
                Due::Update(interface, protocol) => self.finish_update(interface, protocol),
                // Who finds every line busy does not come.
                Due::Arrive(session) => drop(self.admit(&session, at)),
                Due::Leave(connection) => self.disconnect(connection),
                Due::Probation(connection) => self.end_probation(connection),
            }
        }
        self.get_ready(now);
    }

    fn get_ready(&mut self, now: Duration) {
        if self.service == Service::Starting && now >= self.ready_at {
            self.service = Service::Running;
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

    /// Whether the service's remote procedure call interface is there: a stopped one has none, a starting one has
    /// none yet.
    pub(crate) fn answers(&self) -> Result<(), Code> {
        match self.service {
            Service::Running => Ok(()),
            Service::Stopped => Err(RPC_S_UNKNOWN_IF),
            Service::Starting => Err(RPC_S_SERVER_UNAVAILABLE),
        }
    }

    /// What a scenario wants of this call of the function.
    fn strike(&mut self, function: &str) -> Option<Effect> {
        let own = self.failures.iter_mut().filter(|armed| armed.function == function);
        // Every one counts its calls; the first that strikes wins.
        own.filter_map(Armed::strike).collect::<Vec<_>>().first().copied()
    }

    /// Starts the service from the stored configuration, unless it runs.
    pub(crate) fn start_service(&mut self) {
        if self.service == Service::Running {
            return;
        }
        self.booted = self.now();
        self.service = Service::Running;
        self.load_stored();
    }

    /// Stops the service: every connection ends, which is the last that is told of, and what was not stored is lost.
    pub(crate) fn stop_service(&mut self) {
        self.agenda.clear();
        self.disconnect_all();
        self.registrations.clear();
        self.service = Service::Stopped;
    }
}
