//! Which API the servers are asked through: Windows' own, a library that was named, or the simulator.

use std::path::Path;

use mprapi::Mpr;
use mprapi::sys::Function;

use crate::demo::{self, SCENARIO};
use crate::failure::{Failure, Kind};
use crate::terminal;

/// Where the answers come from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Backend<'a> {
    /// Windows' own `Mprapi.dll`; where there is none, the simulator, which is said.
    Own,
    /// A library with the exports of `Mprapi.dll`.
    Library(&'a Path),
    /// The simulator.
    Simulator,
}

impl Backend<'_> {
    pub(crate) fn open(self) -> Result<Mpr, Failure> {
        match self {
            Backend::Library(path) => {
                // SAFETY: that the library is one of this API is what who names it says; there is no way to check.
                let mpr = unsafe { Mpr::load_from(path) };
                // What is wrong is the name, not this system.
                let mpr = mpr.map_err(|error| {
                    let failure = Failure { kind: Kind::Failed, ..error.into() };
                    failure.advice("Check the path, and that it is a library for this system and processor.")
                })?;
                // Any library can be loaded. One without this is none of this API, whatever it is.
                let first = Function::MprAdminServerConnect;
                if mpr.table().address(first).is_err() {
                    let (path, first) = (path.display(), first.name());
                    return Err(Failure::new(
                        Kind::Failed,
                        format!("{path} is not an Mprapi.dll: it has no {first}"),
                    )
                    .advice("Windows' own is taken without --library."));
                }
                Ok(mpr)
            }
            Backend::Own if cfg!(windows) => Ok(Mpr::load()?),
            Backend::Own => {
                let shown = demo::scenario().map_or_else(
                    || "this is the simulated router built into mprctl".to_owned(),
                    |file| format!("these are the simulated servers of {} ({SCENARIO})", file.display()),
                );
                terminal::say(&format!(
                    "this is not Windows, so {shown}; on a Windows Server, `mprctl` or \
                     `mprctl --server NAME` shows a real one."
                ));
                Ok(simulator())
            }
            Backend::Simulator => Ok(simulator()),
        }
    }
}

fn simulator() -> Mpr {
    // SAFETY: the simulator keeps the contract of `mprapi.h`; that is what it is for.
    unsafe { Mpr::from_table(mprapi_sim::table()) }
}
