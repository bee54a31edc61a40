//! The last check of the ledger: a test program that ends with something outstanding fails.

use std::ffi::c_int;
use std::io::Write as _;
use std::sync::Once;

use crate::api::ledger::outstanding;

unsafe extern "C" {
    safe fn atexit(handler: extern "C" fn()) -> c_int;
    fn _exit(code: c_int) -> !;
}

/// Makes the process fail (exit code 101) if, when it ends, anything that the simulator handed out is
/// [`outstanding`]. For test programs: one call covers every test in the program, whatever routers it used.
pub fn fail_at_exit_if_outstanding() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| assert_eq!(atexit(at_exit), 0, "no room for a handler"));
}

extern "C" fn at_exit() {
    let left = outstanding();
    if !left.is_nothing() {
        // Not `eprintln`, which panics where nobody reads: no panic may leave a function that C calls.
        let _ = writeln!(std::io::stderr(), "mprapi-sim: not given back at the end of the process: {left:?}");
        // SAFETY: it ends the process at once, which is what is wanted of a handler that found a fault.
        unsafe { _exit(101) }
    }
}
