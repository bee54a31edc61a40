//! Pieces of work, each done in several ways: by mprapi, by its peers, by hand. `cargo xtask bench` measures them.
//!
//! Everybody talks to the same simulated router through the same library: `MPRAPI_SIM_LIBRARY` names it, on Windows it
//! is the `mprapi.dll` of System32. The router is that of `MPRAPI_SIM_SCENARIO`.

mod call;
mod connect;
pub mod counting;
mod own;
pub mod paging;
mod read;
mod text;
mod windows_sys_user;
#[cfg(all(windows, feature = "windows"))]
mod windows_user;

use mprapi::Mpr;

pub use read::{Seen, read};

/// One way to do a piece of work.
pub struct Way {
    /// Whose way it is: `mprapi`, or a peer.
    pub name: &'static str,
    /// Does the work this many times.
    pub run: Box<dyn FnMut(u32)>,
}

impl Way {
    fn new(name: &'static str, run: impl FnMut(u32) + 'static) -> Way {
        Way { name, run: Box::new(run) }
    }
}

/// The ways to do the work of this name, that of `mprapi` first.
///
/// # Panics
/// When there is no such work.
pub fn ways(work: &str) -> Vec<Way> {
    match work {
        "call" => call::ways(),
        "connect" => connect::ways(),
        "read" => read::ways(),
        "enumerate" => read::enumerating(),
        "own" => own::ways(),
        "own-struct" => own::structs(),
        _ => panic!("there is no work {work}"),
    }
}

/// The library, loaded.
///
/// # Panics
/// When there is none.
pub fn mpr() -> Mpr {
    #[cfg(windows)]
    let mpr = Mpr::load();
    #[cfg(not(windows))]
    // SAFETY: it is the simulator's library, which keeps the contract of `mprapi.h`.
    let mpr = unsafe { Mpr::load_from(library()) };
    mpr.expect("there is a library")
}

/// The path of the simulator's library.
///
/// # Panics
/// When `MPRAPI_SIM_LIBRARY` is not set.
#[cfg(not(windows))]
pub fn library() -> std::path::PathBuf {
    std::env::var_os("MPRAPI_SIM_LIBRARY").expect("MPRAPI_SIM_LIBRARY is set").into()
}

/// The one in the middle.
///
/// # Panics
/// When there is none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Makes a thing stay until the program ends.
fn forever<T>(thing: T) -> &'static T {
    Box::leak(Box::new(thing))
}
