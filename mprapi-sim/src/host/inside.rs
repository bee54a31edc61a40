//! Calls of the API from inside a callout: on a real server they never return. Here they are a violation and an error.

use std::cell::RefCell;
use std::sync::{Arc, Weak};

use crate::api::ledger::{self, Fault, Violation};
use crate::error_code::{Code, ERROR_POSSIBLE_DEADLOCK};
use crate::router::machine::Machine;

thread_local! {
    /// The machine whose administration DLLs this thread calls.
    static INSIDE: RefCell<Option<Weak<Machine>>> = const { RefCell::new(None) };
    /// The functions of the API that the callout under way has called.
    static CALLED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// The number of calls from inside one callout that are kept: one that calls for ever must not fill the memory.
const MOST_CALLED: usize = 16;

/// Makes this thread one that does nothing but call administration DLLs.
pub(super) fn enter(machine: &Arc<Machine>) {
    INSIDE.set(Some(Arc::downgrade(machine)));
}

/// Returns the functions of the API that the callout of this thread has called.
pub(super) fn take_called() -> Vec<&'static str> {
    CALLED.take()
}

/// Fails for a function that must not be called from inside a callout. `value` is the handle or pointer of the call.
///
/// # Errors
/// `ERROR_POSSIBLE_DEADLOCK` on a thread that is inside a callout, for the administration functions and those for users,
/// whose names begin with `MprAdmin`.
pub(crate) fn check(function: &'static str, value: usize) -> Result<(), Code> {
    INSIDE.with_borrow(|inside| match inside {
        Some(machine) if function.starts_with("MprAdmin") => {
            let violation = Violation { function, value, fault: Fault::CalledFromCallout };
            ledger::record(machine.upgrade().as_deref(), violation);
            CALLED.with_borrow_mut(|called| {
                if called.len() < MOST_CALLED {
                    called.push(function);
                }
            });
            Err(ERROR_POSSIBLE_DEADLOCK)
        }
        _ => Ok(()),
    })
}
