//! The side of the tests: they start scenarios, change a router behind the API's back and read what the API does not
//! tell.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::api::ledger::{self, Outstanding, Violation};
use crate::host;
use crate::network;
use crate::router::callout::{Callout, StartFailure};
use crate::router::connection::Connection;
use crate::router::failure::Armed;
use crate::router::handle::Handle;
use crate::router::machine::Machine;
use crate::router::refused::Refused;
use crate::router::state::State;
use crate::router::traffic::Traffic;
use crate::scenario::failure::can_fail;
use crate::scenario::server::server_key;
use crate::scenario::{Failure, PhoneBook, Scenario, ScenarioError, Server, Session};

/// A running scenario. Its servers can be reached by name until it is dropped.
#[derive(Debug)]
#[must_use = "dropping it takes its servers off the network"]
pub struct Simulation {
    routers: Vec<Router>,
}

impl Scenario {
    /// Puts the servers on the network.
    ///
    /// # Panics
    /// If [`Scenario::try_start`] is an error.
    pub fn start(self) -> Simulation {
        self.try_start().unwrap_or_else(|error| panic!("the scenario cannot start: {error}"))
    }

    /// Puts the servers on the network, if they can start.
    ///
    /// # Errors
    /// [`ScenarioError`] if a server cannot start as it is described, such as one with two interfaces of the same name
    /// or with a session that finds no free port; or if a name is taken.
    pub fn try_start(self) -> Result<Simulation, ScenarioError> {
        if let Err((server, _, reason)) = self.check() {
            let name = self.servers.get(server).map_or("", Server::name);
            return Err(ScenarioError::new(format!("{name}: {reason}")));
        }
        Simulation::launch(&self)
    }
}

impl Server {
    /// Puts this server alone on the network. This takes microseconds for a few ports and users, and nothing waits: each test
    /// can have a server of its own.
    ///
    /// # Panics
    /// As [`Scenario::start`].
    pub fn start(self) -> Simulation {
        Scenario::new().server(self).start()
    }
}

impl Simulation {
    /// Starts a scenario that was checked.
    fn launch(scenario: &Scenario) -> Result<Simulation, ScenarioError> {
        let mut simulation = Simulation { routers: Vec::new() };
        for server in &scenario.servers {
            let machine = Machine::new(server);
            network::enter(&machine)
                .map_err(|name| ScenarioError::new(format!("a server named {name} exists already")))?;
            simulation.routers.push(Router { machine: Arc::clone(&machine) });
            host::attach(&machine);
            machine.keep_time();
        }
        Ok(simulation)
    }

    /// Returns the router of this name.
    ///
    /// # Panics
    /// If the scenario has no such server.
    pub fn router(&self, name: &str) -> &Router {
        let named =
            |router: &&Router| router.names().iter().any(|known| server_key(known) == server_key(name));
        self.routers.iter().find(named).unwrap_or_else(|| panic!("the scenario has no server named {name}"))
    }

    /// Returns the routers in the scenario's order.
    pub fn routers(&self) -> &[Router] {
        &self.routers
    }
}

impl Drop for Simulation {
    fn drop(&mut self) {
        for router in &self.routers {
            network::leave(&router.machine);
            router.machine.lock().shut();
        }
        // One after the other has the time that its administration DLLs need.
        self.routers.iter().for_each(|router| router.machine.wait_until_quiet());
    }
}

/// A simulated router, as its test sees it. It is cheap to clone, and a clone can go to another thread, to act while the code
/// under test waits.
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
    /// Returns the local machine, which a null server name reaches.
    pub fn local() -> Router {
        Router { machine: network::local() }
    }

    /// Finds the router of this name in the process, whichever simulation it belongs to. Without a name, finds the local machine.
    pub fn find(name: Option<&str>) -> Option<Router> {
        network::find(name).map(|machine| Router { machine })
    }

    /// Returns the names that it can be reached by. The first is the one to use.
    pub fn names(&self) -> &[String] {
        self.machine.names()
    }

    /// Returns the name to connect to.
    pub fn name(&self) -> &str {
        self.names().first().map_or("", String::as_str)
    }

    /// Returns how often this C function was called for this router: by its name, on one of its handles (also closed
    /// ones) or with one of its buffers.
    pub fn calls(&self, function: &str) -> u64 {
        self.machine.calls(function)
    }

    /// Counts what this router handed out and did not get back.
    pub fn outstanding(&self) -> Outstanding {
        ledger::outstanding_of(Some(self.machine.id()))
    }

    /// Lists what was done wrong with this router's buffers and handles, oldest first. A violation that belongs to no
    /// router (a pointer that never was a buffer) is in [`violations`](crate::violations) only, which also says how
    /// many are kept.
    pub fn violations(&self) -> Vec<Violation> {
        ledger::violations_of(Some(self.machine.id()))
    }

    /// Returns the reason why the service did not start at its last attempt: an administration DLL that lacks an export,
    /// fails, or cannot be loaded. `None` if it started, and for a server without administration DLLs.
    pub fn start_failure(&self) -> Option<StartFailure> {
        self.machine.lock().desk.as_ref()?.failure.clone()
    }

    /// Lists the calls of administration DLLs, oldest first: the last 65,536.
    pub fn callouts(&self) -> Vec<Callout> {
        self.callouts_since(0).0
    }

    /// Returns the calls of administration DLLs from a number on, and the number that the next call will have. The first has the
    /// number 0.
    pub fn callouts_since(&self, number: u64) -> (Vec<Callout>, u64) {
        self.machine.lock().desk.as_ref().map_or_else(Default::default, |desk| desk.callouts(number))
    }

    /// Waits until no call of an administration DLL is due or under way. A disconnect by the API returns before the DLLs
    /// are told of it; the methods of this type wait.
    pub fn wait_for_callouts(&self) {
        self.machine.wait_until_quiet();
    }

    /// Moves the router's clock on: durations and counters grow, and everything that is due by then happens.
    pub fn advance(&self, by: Duration) {
        self.machine.lock().clock.advance(by);
        // Locking settles what is due.
        drop(self.machine.lock());
        self.machine.wait_until_quiet();
    }

    /// Connects a user.
    ///
    /// # Errors
    /// [`Refused`] if no port of the session's tunnel is free, if the service does not run, outside the hours of the
    /// user's account, or if an administration DLL does not let the user in.
    ///
    /// # Panics
    /// If no server can have such a session, as [`Scenario::try_start`] says.
    pub fn connect(&self, session: &Session) -> Result<(), Refused> {
        session.check().unwrap_or_else(|reason| panic!("the session cannot be connected: {reason}"));
        let mut state = self.machine.lock();
        let now = state.now();
        let (teller, told) = channel();
        state.admit(session, now, Some(teller))?;
        drop(state);
        self.machine.keep_time();
        // Nobody is asked without administration DLLs.
        told.recv().unwrap_or(Ok(()))
    }

    /// Ends the connection of a user. Returns `false` if no such user is connected.
    pub fn drop_user(&self, user: &str) -> bool {
        let mut state = self.machine.lock();
        let found = connection_of(&state, user).map(|(handle, _)| handle);
        let is_there = found.inspect(|handle| state.disconnect(*handle)).is_some();
        drop(state);
        self.machine.wait_until_quiet();
        is_there
    }

    /// Sets the rates at which a user sends and receives from now on, in bytes per second. Returns `false` if no such
    /// user is connected.
    pub fn set_rates(&self, user: &str, receive: u64, send: u64) -> bool {
        let mut state = self.machine.lock();
        let found = connection_of(&state, user).map(|(handle, _)| handle);
        found.inspect(|handle| state.set_rate(*handle, Traffic { received: receive, sent: send })).is_some()
    }

    /// Lists the connected users, in the order of their coming.
    ///
    /// A link to another site that is up is in the list too, by the user name that its interface dials out with, or by the
    /// name of the interface if it has none. The other methods that take the name of a user find it as well.
    pub fn users(&self) -> Vec<String> {
        self.machine.lock().connections.iter().map(|(_, connection)| connection.user.to_string()).collect()
    }

    /// Returns the IPv4 address of a connected user in the tunnel; `None` if the user is not connected or has none.
    pub fn address_of(&self, user: &str) -> Option<Ipv4Addr> {
        connection_of(&self.machine.lock(), user).and_then(|(_, connection)| connection.address)
    }

    /// Lists the messages that `MprAdminSendUserMessage` sent to a connected user, oldest first. They are forgotten when the
    /// session ends.
    pub fn messages_to(&self, user: &str) -> Vec<String> {
        let state = self.machine.lock();
        connection_of(&state, user).map_or_else(Vec::new, |(_, connection)| connection.messages.clone())
    }

    /// Starts the service at once, from the stored configuration. If the server has administration DLLs, it may not start;
    /// [`Router::start_failure`] says why.
    pub fn start_service(&self) {
        self.machine.lock().start_service();
        self.machine.wait_until_quiet();
    }

    /// Stops the service: every connection ends, and what was not stored is lost.
    pub fn stop_service(&self) {
        self.machine.lock().stop_service();
        self.machine.wait_until_quiet();
    }

    /// Stops the service and starts it again.
    pub fn restart_service(&self) {
        let mut state = self.machine.lock();
        state.stop_service();
        state.start_service();
        drop(state);
        self.machine.wait_until_quiet();
    }

    /// Pauses demand-dial, or ends the pause. Users can connect during a pause.
    pub fn set_paused(&self, paused: bool) {
        self.machine.lock().paused = paused;
    }

    /// Sets whether the router routes local networks only; then the demand-dial manager does not run.
    pub fn set_lan_only(&self, lan_only: bool) {
        self.machine.lock().lan_only = lan_only;
    }

    /// Sets whether the caller is a stranger to the server's domain.
    pub fn set_caller_is_foreign(&self, foreign: bool) {
        self.machine.lock().caller_is_foreign = foreign;
    }

    /// Sets the condition of the phone book of the demand-dial interfaces.
    pub fn set_phone_book(&self, phone_book: PhoneBook) {
        self.machine.lock().phone_book = phone_book;
    }

    /// Sets the outcome of attempts to dial this interface from now on: 0, or an error.
    ///
    /// # Panics
    /// If no demand-dial interface has this name.
    pub fn set_dial_error(&self, interface: &str, error: u32) {
        let mut state = self.machine.lock();
        let handle = state.interface_by_any_name(interface);
        let found = handle.and_then(|handle| state.interfaces.get_mut(handle));
        let dialling = found.and_then(|found| found.dialling.as_mut());
        dialling.unwrap_or_else(|| panic!("no demand-dial interface is called {interface}")).outcome = error;
    }

    /// Makes a function fail from now on.
    ///
    /// # Panics
    /// As [`Server::failure`](crate::Server::failure).
    pub fn fail(&self, function: &str, failure: Failure) {
        assert!(can_fail(function), "{function} cannot be made to fail");
        self.machine.lock().failures.push(Armed::new(function, failure));
    }

    /// Ends all failures: every function does its work again.
    pub fn heal(&self) {
        self.machine.lock().failures.clear();
    }

    /// Sets whether the machine can be reached.
    pub fn set_reachable(&self, reachable: bool) {
        self.machine.lock().reachable = reachable;
    }

    /// Sets whether the machine denies this caller access.
    pub fn set_denies_access(&self, denies: bool) {
        self.machine.lock().denies_access = denies;
    }

    /// Sets how long each call takes, in real time whatever the clock.
    pub fn set_latency(&self, latency: Duration) {
        self.machine.lock().latency = latency;
    }
}

/// Finds the first connection of a user.
fn connection_of<'a>(state: &'a State, user: &str) -> Option<(Handle, &'a Connection)> {
    state.connections.iter().find(|(_, connection)| &*connection.user == user)
}
