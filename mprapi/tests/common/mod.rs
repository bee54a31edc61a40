//! What the tests of this crate share.

use mprapi::Mpr;
use mprapi_sim::Router;

/// The API on the simulator, to which everything must have gone back when the program of tests ends.
pub(crate) fn mpr() -> Mpr {
    mprapi_sim::fail_at_exit_if_outstanding();
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    unsafe { Mpr::from_table(mprapi_sim::table()) }
}

/// Everything that the router gave out came back, and nothing wrong was done to it.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn assert_clean(router: &Router) {
    assert!(router.outstanding().is_nothing(), "outstanding: {:?}", router.outstanding());
    assert_eq!(router.violations(), [], "violations");
}

/// How many files, sockets and pipes are open, where the system says so.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn open_files() -> usize {
    std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

/// A second library, which shares nothing with the simulator.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) mod library {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use mprapi::Mpr;
    use mprapi::sys::{Functions, HANDLE, Mprapi};

    static DISCONNECTS: AtomicUsize = AtomicUsize::new(0);

    unsafe extern "system" fn disconnect(_: HANDLE) {
        DISCONNECTS.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn other() -> Mpr {
        let functions = Functions { MprAdminServerDisconnect: Some(disconnect), ..Functions::NONE };
        // SAFETY: its one function takes whatever it is given.
        unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }
    }

    pub(crate) fn disconnects() -> usize {
        DISCONNECTS.load(Ordering::Relaxed)
    }
}
