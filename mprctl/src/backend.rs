//! The library behind a command: Windows' own, the one of `--library`, or the simulator.

use std::path::Path;

use mprapi::Mpr;
use mprapi::sys::Function;
use mprapi_sim::Scenario;

use crate::demo::{self, SCENARIO};
use crate::failure::{Failure, Kind};
use crate::terminal;

/// The source of the answers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Backend<'a> {
    /// Windows' own `Mprapi.dll`. On other systems the simulator, with a message that says so.
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
                // SAFETY: the user who passes --library vouches that the library has this API; it cannot be checked.
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
                    .advice("To use Windows' own, leave out --library."));
                }
                Ok(mpr)
            }
            Backend::Own if cfg!(windows) => Ok(Mpr::load()?),
            Backend::Own => {
                check_scenario()?;
                let shown = demo::scenario().map_or_else(
                    || "mprctl uses its built-in simulated router".to_owned(),
                    |file| format!("mprctl uses the simulated servers of {} ({SCENARIO})", file.display()),
                );
                terminal::say(&format!(
                    "this is not Windows, so {shown}; to see a real one, run `mprctl` on a Windows Server or \
                     `mprctl --server NAME` on Windows."
                ));
                Ok(simulator())
            }
            Backend::Simulator => {
                check_scenario()?;
                Ok(simulator())
            }
        }
    }
}

/// Returns the cause of a failure of the library of `--library`. It may be the simulator, which has told why it cannot use its
/// scenario and answers as a server that is off. The scenario is read here only then: a large one takes longer to read than
/// most commands take.
pub(crate) fn cause(failure: Failure) -> Failure {
    match check_scenario() {
        Err(wrong) if failure.kind != Kind::Usage => {
            let wrong = Failure { is_in_output: failure.is_in_output, ..wrong };
            wrong.advice(format!("Where the library of --library is not the simulator, unset {SCENARIO}."))
        }
        _ => failure,
    }
}

/// Checks the scenario that the simulator will start with, since the simulator itself cannot report its errors.
fn check_scenario() -> Result<(), Failure> {
    let Some(file) = demo::scenario() else { return Ok(()) };
    let wrong = |error| Failure::usage(format!("cannot use the servers of {SCENARIO}: {error}"));
    Scenario::from_file(file).map(drop).map_err(wrong)
}

fn simulator() -> Mpr {
    // SAFETY: the simulator keeps the contract of `mprapi.h`; that is what it is for.
    unsafe { Mpr::from_table(mprapi_sim::table()) }
}
