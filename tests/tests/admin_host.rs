//! Administration DLLs written in C, which know `mprapi.h` alone, hosted by the simulator (`c/adminhost/dll.c`): they
//! decide on users, links and addresses, and fail in each way that they can. What a DLL writes down is read back from it,
//! so that the simulator does not bear witness for itself.

#[macro_use]
#[path = "admin_host/built.rs"]
mod built;
#[path = "admin_host/addresses.rs"]
mod addresses;
#[path = "admin_host/callouts.rs"]
mod callouts;
#[cfg(not(windows))]
#[path = "admin_host/command_line.rs"]
mod command_line;
#[path = "admin_host/forms.rs"]
mod forms;
#[path = "admin_host/processes.rs"]
mod processes;
#[path = "admin_host/start.rs"]
mod start;
#[path = "admin_host/users.rs"]
mod users;

use mprapi_sim::{AdminDll, CalloutOutcome, Fault, Router, Server, Session, Simulation, Tunnel};

/// A server with ports of each tunnel.
fn server() -> Server {
    [Tunnel::Ikev2, Tunnel::Sstp, Tunnel::Pptp]
        .into_iter()
        .fold(Server::unique(), |server, tunnel| server.ports(tunnel, 4))
}

fn with(dll: AdminDll) -> Server {
    server().admin_dll(dll)
}

fn router(simulation: &Simulation) -> &Router {
    &simulation.routers()[0]
}

fn user(name: &str) -> Session {
    Session::new(name, Tunnel::Ikev2)
}

/// The functions that were called and their outcomes, without the initialisation.
fn outcomes(router: &Router) -> Vec<(&'static str, CalloutOutcome)> {
    let callouts = router.callouts().into_iter().filter(|callout| !callout.user.is_empty());
    callouts.map(|callout| (callout.function, callout.outcome)).collect()
}

fn faults(router: &Router) -> Vec<Fault> {
    router.violations().into_iter().map(|violation| violation.fault).collect()
}
