//! The network: the machines of this process, by name. The C functions have no context, so there is one.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use crate::host;
use crate::router::machine::Machine;
use crate::scenario::Scenario;
use crate::scenario::Server;
use crate::scenario::server::server_key;

/// The variable that names a file with the scenario to begin with.
#[cfg(feature = "scenario")]
const SCENARIO: &str = "MPRAPI_SIM_SCENARIO";

struct Network {
    named: HashMap<String, Arc<Machine>>,
    local: Arc<Machine>,
}

static NETWORK: LazyLock<Mutex<Network>> = LazyLock::new(|| Mutex::new(Network::new(&first_scenario())));

/// Returns the scenario of the file that the environment names; without one, the company.
#[cfg(feature = "scenario")]
fn first_scenario() -> Scenario {
    let Some(file) = std::env::var_os(SCENARIO).filter(|file| !file.is_empty()) else {
        return Scenario::company();
    };
    Scenario::from_file(file).unwrap_or_else(|error| {
        // A program that asked for a scenario must not be given another: it finds nothing that answers.
        complain(&format!("{SCENARIO}: {error}"));
        Scenario::new().server(Server::new("localhost").unreachable(true))
    })
}

/// Returns a server that holds nothing: without the reader of scenario files there is no company.
#[cfg(not(feature = "scenario"))]
fn first_scenario() -> Scenario {
    Scenario::new().server(Server::new("localhost"))
}

/// Says on standard error what the program that uses the library cannot know.
fn complain(text: &str) {
    // Text of a file or its name must not control a terminal.
    let harmless = |letter: char| match letter {
        '"' | '\'' | '\\' => letter.to_string(),
        _ => letter.escape_debug().to_string(),
    };
    let text: String = text.chars().map(harmless).collect();
    eprintln!("mprapi-sim: {text}");
}

impl Network {
    /// Creates the network of a scenario. Its first server is the local machine.
    fn new(scenario: &Scenario) -> Network {
        let machines: Vec<_> = scenario.servers.iter().map(Machine::new).collect();
        let mut network = Network { named: HashMap::new(), local: Arc::clone(&machines[0]) };
        for machine in machines {
            host::attach(&machine);
            let failure = machine.lock().desk.as_ref().and_then(|desk| desk.failure.clone());
            if let Some(failure) = failure {
                let name = machine.names().first().map_or("", String::as_str);
                complain(&format!("{name}: the service does not start: {failure}"));
            }
            machine.keep_time();
            for name in machine.names() {
                network.named.insert(server_key(name), Arc::clone(&machine));
            }
        }
        network
    }
}

fn lock() -> MutexGuard<'static, Network> {
    NETWORK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Finds the machine of this name; without one the local machine. `None` when there is no such machine.
pub(crate) fn find(name: Option<&str>) -> Option<Arc<Machine>> {
    match name.map(server_key) {
        Some(key) if !key.is_empty() => lock().named.get(&key).cloned(),
        _ => Some(local()),
    }
}

/// Returns the local machine.
pub(crate) fn local() -> Arc<Machine> {
    Arc::clone(&lock().local)
}

/// Finds a machine of this domain.
pub(crate) fn find_in_domain(domain: &str) -> Option<Arc<Machine>> {
    let local = local();
    let mut machines: Vec<Arc<Machine>> = lock().named.values().cloned().collect();
    // The choice among several must not depend on the order of a hash table.
    machines.sort_unstable_by_key(|machine| machine.id());
    let is_of = |machine: &Arc<Machine>| {
        machine.lock().domain.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(domain))
    };
    machines.into_iter().chain([local]).find(is_of)
}

/// Puts a machine on the network under its names.
///
/// # Errors
/// The name that another machine has already; then nothing was done.
pub(crate) fn enter(machine: &Arc<Machine>) -> Result<(), String> {
    let mut network = lock();
    if let Some(taken) = machine.names().iter().find(|name| network.named.contains_key(&server_key(name))) {
        return Err(taken.clone());
    }
    for name in machine.names() {
        network.named.insert(server_key(name), Arc::clone(machine));
    }
    Ok(())
}

/// Takes a machine off the network.
pub(crate) fn leave(machine: &Arc<Machine>) {
    lock().named.retain(|_, known| !Arc::ptr_eq(known, machine));
}
