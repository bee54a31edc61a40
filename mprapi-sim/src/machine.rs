//! A simulated machine: what a router holds, behind one lock.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::call::Function;
use crate::clock;
use crate::code::{
    Code, ERROR_ACCESS_DENIED, ERROR_DDM_NOT_RUNNING, ERROR_PROC_NOT_FOUND, RPC_S_SERVER_UNAVAILABLE,
    RPC_S_UNKNOWN_IF,
};
use crate::connection::Connection;
use crate::interface::Interface;
use crate::port::Port;
use crate::scenario::{Server, Service, Windows};
use crate::shelf::Shelf;

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
    pub(crate) ready_at: Duration,
    pub(crate) reachable: bool,
    pub(crate) denies_access: bool,
    pub(crate) latency: Duration,
    pub(crate) lan_only: bool,
    pub(crate) windows: Windows,
    pub(crate) ports: Shelf<Port>,
    pub(crate) connections: Shelf<Connection>,
    pub(crate) interfaces: Shelf<Interface>,
}

impl Machine {
    /// A machine as a scenario describes it.
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

    /// Lets a call in, or answers it at the door.
    pub(crate) fn admit(&self, function: &Function) -> Result<(), Code> {
        self.reach()?;
        let state = self.lock();
        if state.denies_access {
            return Err(ERROR_ACCESS_DENIED);
        }
        if function.is_ex && state.windows < Windows::Server2008R2 {
            return Err(ERROR_PROC_NOT_FOUND);
        }
        if function.needs_ddm && (state.lan_only || state.service != Service::Running) {
            return Err(ERROR_DDM_NOT_RUNNING);
        }
        state.answers()
    }

    /// Spends the latency; an unreachable machine fails.
    pub(crate) fn reach(&self) -> Result<(), Code> {
        let (latency, reachable) = {
            let state = self.lock();
            (state.latency, state.reachable)
        };
        if !latency.is_zero() {
            std::thread::sleep(latency);
        }
        if reachable { Ok(()) } else { Err(RPC_S_SERVER_UNAVAILABLE) }
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
            reachable: !server.unreachable,
            denies_access: server.denies_access,
            latency: server.latency,
            lan_only: server.lan_only,
            windows: server.windows,
            ports: Shelf::default(),
            connections: Shelf::default(),
            interfaces: Shelf::default(),
            clock,
        };
        for interface in &server.interfaces {
            state.interfaces.add(Interface::new(interface));
        }
        for ports in &server.ports {
            state.add_ports(ports.tunnel, ports.count);
        }
        for session in &server.sessions {
            if let Err(error) = state.connect(session) {
                panic!("the scenario's session of {} cannot be: {error}", session.user);
            }
        }
        state
    }

    pub(crate) fn now(&self) -> Duration {
        self.clock.now()
    }

    /// Lets happen what was due by now.
    fn settle(&mut self) {
        if self.service == Service::Starting && self.now() >= self.ready_at {
            self.service = Service::Running;
        }
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
}
