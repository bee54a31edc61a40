//! Pieces of work, each done in several ways: by mprapi, by its peers, by hand. `cargo xtask bench` measures them.
//!
//! Everybody talks to the same simulated router through the same library: `MPRAPI_SIM_LIBRARY` names it, on Windows it
//! is the `mprapi.dll` of System32. The router is that of `MPRAPI_SIM_SCENARIO`.

mod call;
mod clock;
mod connect;
pub mod counting;
mod own;
pub mod paging;
mod read;
mod seen;
mod session;
mod text;
mod way;
mod windows_sys_user;
#[cfg(all(windows, feature = "windows"))]
mod windows_user;

pub use clock::seconds;
pub use read::read;
pub use seen::Seen;
#[cfg(not(windows))]
pub use way::library;
pub use way::{Way, mpr};

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
        "sessions" => own::sessions(),
        _ => panic!("there is no work {work}"),
    }
}

/// The one in the middle.
///
/// # Panics
/// When there is none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
