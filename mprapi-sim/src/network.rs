//! The network: the machines of this process, by name. The C functions have no context, so there is one.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use crate::host;
use crate::router::machine::Machine;
use crate::scenario::server::server_key;
use crate::scenario::{Scenario, Server};

/// The machines of the scenario that the process begins with. They are made when somebody asks for one of them: a test that
/// starts its own servers never does, and this one would be most of what its first start costs.
static FIRST: LazyLock<First> = LazyLock::new(|| First::new(&first_scenario()));

/// The machines that simulations have started, by the keys of their names.
static STARTED: LazyLock<Mutex<HashMap<String, Arc<Machine>>>> = LazyLock::new(Mutex::default);

/// The machines of the first scenario.
struct First {
    named: HashMap<String, Arc<Machine>>,
    local: Arc<Machine>,
}

/// The file with the first scenario, if the environment names one.
#[cfg(feature = "scenario")]
static FILE: LazyLock<Option<std::ffi::OsString>> =
    LazyLock::new(|| std::env::var_os(SCENARIO).filter(|file| !file.is_empty()));

/// The variable that names the file.
#[cfg(feature = "scenario")]
const SCENARIO: &str = "MPRAPI_SIM_SCENARIO";

/// Returns the scenario of the file; without one, the company.
#[cfg(feature = "scenario")]
fn first_scenario() -> Scenario {
    let Some(file) = &*FILE else { return Scenario::company() };
    Scenario::from_file(file).unwrap_or_else(|error| {
        // A program that asked for a scenario must not be given another: it finds nothing that answers.
        complain(&format!("{SCENARIO}: {error}"));
        Scenario::new().server(Server::new("localhost").unreachable(true))
    })
}

/// Returns `true` if the first scenario may have a server of this key, without making it.
#[cfg(feature = "scenario")]
fn may_be_first(key: &str) -> bool {
    FILE.is_some() || Scenario::COMPANY_KEYS.contains(&key)
}

/// Returns a server that holds nothing: without the reader of scenario files there is no company.
#[cfg(not(feature = "scenario"))]
fn first_scenario() -> Scenario {
    Scenario::new().server(Server::new("localhost"))
}

/// Returns `true` for the key of that server.
#[cfg(not(feature = "scenario"))]
fn may_be_first(key: &str) -> bool {
    key == "localhost"
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

impl First {
    /// Makes the machines of a scenario. Its first server is the local machine.
    fn new(scenario: &Scenario) -> First {
        let machines: Vec<_> = scenario.servers.iter().map(Machine::new).collect();
        let mut first = First { named: HashMap::new(), local: Arc::clone(&machines[0]) };
        for machine in machines {
            host::attach(&machine);
            let failure = machine.lock().desk.as_ref().and_then(|desk| desk.failure.clone());
            if let Some(failure) = failure {
                let name = machine.names().first().map_or("", String::as_str);
                complain(&format!("{name}: the service does not start: {failure}"));
            }
            machine.keep_time();
            for name in machine.names() {
                first.named.insert(server_key(name), Arc::clone(&machine));
            }
        }
        first
    }

    /// Finds the machine of this key.
    fn find(key: &str) -> Option<Arc<Machine>> {
        if may_be_first(key) { FIRST.named.get(key).cloned() } else { None }
    }
}

fn started() -> MutexGuard<'static, HashMap<String, Arc<Machine>>> {
    STARTED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Finds the machine of this name; without one the local machine. `None` when there is no such machine.
pub(crate) fn find(name: Option<&str>) -> Option<Arc<Machine>> {
    match name.map(server_key) {
        Some(key) if !key.is_empty() => {
            let started = started().get(&key).cloned();
            started.or_else(|| First::find(&key))
        }
        _ => Some(local()),
    }
}

/// Returns the local machine.
pub(crate) fn local() -> Arc<Machine> {
    Arc::clone(&FIRST.local)
}

/// Finds a machine of this domain.
pub(crate) fn find_in_domain(domain: &str) -> Option<Arc<Machine>> {
    let in_order = |machines: &HashMap<String, Arc<Machine>>| {
        let mut machines: Vec<Arc<Machine>> = machines.values().cloned().collect();
        // The choice among several must not depend on the order of a hash table.
        machines.sort_unstable_by_key(|machine| machine.id());
        machines
    };
    let is_of = |machine: &Arc<Machine>| {
        machine.lock().domain.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(domain))
    };
    let started = in_order(&started());
    in_order(&FIRST.named).into_iter().chain(started).find(is_of)
}

/// Puts a machine on the network under its names.
///
/// # Errors
/// The name that another machine has already; then nothing was done.
pub(crate) fn enter(machine: &Arc<Machine>) -> Result<(), String> {
    let keys: Vec<String> = machine.names().iter().map(|name| server_key(name)).collect();
    let is_firsts = |key: &String| First::find(key).is_some();
    let taken = keys.iter().position(is_firsts);
    let mut started = started();
    let taken = taken.or_else(|| keys.iter().position(|key| started.contains_key(key)));
    if let Some(taken) = taken {
        return Err(machine.names()[taken].clone());
    }
    started.extend(keys.into_iter().map(|key| (key, Arc::clone(machine))));
    Ok(())
}

/// Takes a machine off the network.
pub(crate) fn leave(machine: &Arc<Machine>) {
    let mut started = started();
    for name in machine.names() {
        started.remove(&server_key(name));
    }
}
