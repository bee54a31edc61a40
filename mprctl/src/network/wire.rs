//! The parts of the client of the network that mprctl uses. Its settings and failures are the process's, as its table is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use mprapi::sys::Mprapi;
use mprapi_rpc::Failure;
use mprapi_rpc::network::{self, Report, Step};
use mprapi_rpc::security::Account;

/// `true` once servers are asked over the network.
static IS_USED: AtomicBool = AtomicBool::new(false);

/// Returns `true` if the program asks its servers over the network.
pub(crate) fn is_used() -> bool {
    IS_USED.load(Ordering::Relaxed)
}

/// Returns the table of functions that ask servers over the network.
pub(super) fn table() -> Mprapi {
    IS_USED.store(true, Ordering::Relaxed);
    network::table()
}

/// Says how to reach a server.
pub(super) fn set_options(server: &str, port: Option<u16>, account: Account, timeout: Duration) {
    let mut options = network::Options::default();
    // A call that ends by itself says more than one that is given up, so it ends a little earlier.
    options.call_limit = timeout - timeout / 10;
    options.connect_limit = options.connect_limit.min(options.call_limit);
    options.account = account;
    options.port = port.unwrap_or(options.port);
    network::set_options(Some(server), options);
}

/// Returns the last failure of a server's connection. Its code tells if it is the one that is meant.
pub(crate) fn last_failure(server: &str) -> Option<Failure> {
    if is_used() { network::failure(Some(server)) } else { None }
}

/// Checks the connection to a server, step by step.
pub(crate) fn check(server: &str, on_step: &mut dyn FnMut(&Step)) -> Report {
    network::check(Some(server), on_step)
}
