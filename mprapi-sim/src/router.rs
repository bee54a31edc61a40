//! The control side: what a test says to a router behind the API's back, and what it asks of it.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use crate::ledger::{self, Outstanding, Violation};
use crate::machine::Machine;
use crate::scenario::{Scenario, Service, Session};
use crate::world;

/// A running scenario. Its servers can be reached by name until it is dropped.
#[derive(Debug)]
#[must_use = "dropping it takes its servers off the net"]
pub struct Simulation {
    routers: Vec<Router>,
}

impl Simulation {
    pub(crate) fn start(scenario: &Scenario) -> Simulation {
        let mut simulation = Simulation { routers: Vec::new() };
        for server in &scenario.servers {
            let machine = Machine::new(server);
            if let Err(name) = world::enter(&machine) {
                panic!("a server named {name} is there already");
            }
            simulation.routers.push(Router { machine });
        }
        simulation
    }

    /// The router of this name.
    ///
    /// # Panics
    /// When the scenario has no such server.
    pub fn router(&self, name: &str) -> &Router {
        let named = |router: &&Router| router.names().iter().any(|known| known.eq_ignore_ascii_case(name));
        self.routers.iter().find(named).unwrap_or_else(|| panic!("the scenario has no server named {name}"))
    }

    /// The routers in the scenario's order.
    pub fn routers(&self) -> &[Router] {
        &self.routers
    }
}

impl Drop for Simulation {
    fn drop(&mut self) {
        for router in &self.routers {
            world::leave(&router.machine);
        }
    }
}

/// A simulated router, as its test sees it. Cheap to clone.
#[derive(Clone)]
pub struct Router {
    machine: Arc<Machine>,
}

impl std::fmt::Debug for Router {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Router").field("names", &self.names()).finish_non_exhaustive()
    }
}

impl Router {
    /// The local machine: what a null server name reaches.
    pub fn local() -> Router {
        Router { machine: world::local() }
    }

    /// The names it can be reached by. The first is the one to use.
    pub fn names(&self) -> &[String] {
        self.machine.names()
    }

    /// The name to connect to.
    pub fn name(&self) -> &str {
        self.names().first().map_or("", String::as_str)
    }

    /// How often this C function was called for this router: by its name, on one of its handles (also closed ones)
    /// or with one of its buffers.
    pub fn calls(&self, function: &str) -> u64 {
        self.machine.calls(function)
    }

    /// What this router handed out and did not get back.
    pub fn outstanding(&self) -> Outstanding {
        ledger::outstanding_of(Some(self.machine.id()))
    }

    /// What was done wrong with this router's buffers and handles, oldest first. What belongs to no router
    /// (a pointer that never was a buffer) is in [`violations`](crate::violations) alone.
    pub fn violations(&self) -> Vec<Violation> {
        ledger::violations_of(Some(self.machine.id()))
    }

    /// Moves the router's clock on: durations and counters grow, and what was due by then has happened.
    pub fn advance(&self, by: Duration) {
        self.machine.lock().clock.advance(by);
        // Locking settles what is due.
        drop(self.machine.lock());
    }

    /// Lets a user connect.
    ///
    /// # Errors
    /// When no port of the session's tunnel is free.
    pub fn connect(&self, session: &Session) -> Result<(), NoFreePort> {
        self.machine.lock().connect(session).map(|_| ())
    }

    /// The user of this name hangs up. False when there is no such user.
    pub fn drop_user(&self, user: &str) -> bool {
        let mut state = self.machine.lock();
        let found = state.connections.iter().find(|(_, connection)| connection.user == user);
        let Some(handle) = found.map(|(handle, _)| handle) else { return false };
        state.disconnect(handle);
        true
    }

    /// The users that are connected, in the order they came.
    pub fn users(&self) -> Vec<String> {
        self.machine.lock().connections.iter().map(|(_, connection)| connection.user.clone()).collect()
    }

    /// The tunnel address of a user who is connected.
    pub fn address_of(&self, user: &str) -> Option<Ipv4Addr> {
        let state = self.machine.lock();
        let mut connections = state.connections.iter();
        connections.find(|(_, connection)| connection.user == user).map(|(_, connection)| connection.address)
    }

    /// Starts the service at once. Its time of operation begins anew if it was stopped.
    pub fn start_service(&self) {
        let mut state = self.machine.lock();
        if state.service == Service::Stopped {
            state.booted = state.now();
        }
        state.service = Service::Running;
    }

    /// Stops the service: every connection ends.
    pub fn stop_service(&self) {
        let mut state = self.machine.lock();
        state.disconnect_all();
        state.service = Service::Stopped;
    }

    /// Whether the machine can be reached.
    pub fn set_reachable(&self, reachable: bool) {
        self.machine.lock().reachable = reachable;
    }

    /// Whether the machine denies this caller access.
    pub fn set_denies_access(&self, denies: bool) {
        self.machine.lock().denies_access = denies;
    }

    /// How long each call takes, in real time whatever the clock.
    pub fn set_latency(&self, latency: Duration) {
        self.machine.lock().latency = latency;
    }
}

/// All ports of the tunnel a user wants are taken, or there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFreePort;

impl std::fmt::Display for NoFreePort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no port of this tunnel is free")
    }
}

impl std::error::Error for NoFreePort {}
