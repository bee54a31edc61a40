//! A way to do a piece of work, and the library that each way asks.

use mprapi::Mpr;

/// One way to do a piece of work.
pub struct Way {
    /// The party whose way it is: `mprapi`, or a peer.
    pub name: &'static str,
    /// Does the work this many times.
    pub run: Box<dyn FnMut(u32)>,
}

impl Way {
    pub(crate) fn new(name: &'static str, run: impl FnMut(u32) + 'static) -> Way {
        Way { name, run: Box::new(run) }
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

/// Makes a thing stay until the program ends.
pub(crate) fn forever<T>(thing: T) -> &'static T {
    Box::leak(Box::new(thing))
}
