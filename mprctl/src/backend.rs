//! The library behind a command: Windows' own, the one of `--library`, the simulator, or the network's client.

use std::path::Path;

use mprapi::Mpr;
use mprapi::sys::Function;
use mprapi_sim::Scenario;

use crate::common::Common;
use crate::demo::{self, SCENARIO};
use crate::failure::{Failure, Kind};
use crate::network::{EXPERIMENTAL, Network, Over};
use crate::settings_file::SettingsFile;
use crate::target::Target;
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
    /// The servers themselves, over the network.
    Network,
}

impl<'a> Backend<'a> {
    /// Chooses the source for the servers that are selected; `None` if nothing selects servers.
    ///
    /// # Errors
    /// Options that contradict each other or the servers.
    pub(crate) fn choose(
        common: &'a Common,
        settings: &SettingsFile,
        targets: Option<&[Target]>,
    ) -> Result<Backend<'a>, Failure> {
        let backend = if let Some(path) = &common.library {
            Backend::Library(path)
        } else if common.demo {
            Backend::Simulator
        } else {
            Backend::real(common.network.over, settings, targets)?
        };
        match (backend, common.network.of_logon()) {
            (Backend::Network, _) | (_, None) => Ok(backend),
            (_, Some(option)) => {
                let message = format!("{option} is for servers that are asked over the network, and none is");
                Err(Failure::usage(message).advice(format!(
                    "Name one:\n  \
                     mprctl --server NAME --user USER status\n\
                     On Windows, add --over network. Leave out --demo and --library, and unset\n\
                     {SCENARIO}."
                )))
            }
        }
    }

    /// Chooses between Windows' own library and the network. Off Windows the simulator stands for this machine.
    fn real(
        over: Option<Over>,
        settings: &SettingsFile,
        targets: Option<&[Target]>,
    ) -> Result<Backend<'a>, Failure> {
        let is_given = over.is_some();
        let over = match over.or_else(|| settings.defaults.over.filter(|_| cfg!(windows))) {
            Some(Over::Windows) if !cfg!(windows) => {
                return Err(Failure::usage("this is not Windows, so there is no Mprapi.dll for --over windows")
                    .advice("Without --over, servers that have a name are asked over the network:\n  mprctl --server NAME status"));
            }
            Some(over) => over,
            None if cfg!(windows) => Over::Windows,
            // The scenario has all servers that there are.
            None if demo::scenario().is_some() => Over::Windows,
            None => Over::Network,
        };
        let is_named = |target: &Target| target.name.is_some();
        match targets {
            _ if over == Over::Windows => Ok(Backend::Own),
            None if is_given => Err(Failure::usage("no server is selected to be asked over the network")
                .advice("Name one:\n  mprctl --over network --server NAME status")),
            None => Ok(Backend::Own),
            Some(_) if is_given || cfg!(windows) => Ok(Backend::Network),
            Some(targets) if targets.iter().all(is_named) => Ok(Backend::Network),
            Some(targets) if !targets.iter().any(is_named) => Ok(Backend::Own),
            Some(_) => Err(Failure::usage(
                "cannot ask this machine, which the simulator stands for, together with servers of the network",
            )
            .advice("Leave out the dot and the other names of this machine.")),
        }
    }

    /// Returns `true` if the servers are the simulator's.
    pub(crate) fn is_simulated(self) -> bool {
        matches!(self, Backend::Simulator) || matches!(self, Backend::Own) && !cfg!(windows)
    }
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
                    "this is not Windows, so {shown}; to see a real one, run `mprctl --server NAME` \
                     ({EXPERIMENTAL}), or `mprctl` on a Windows Server."
                ));
                Ok(simulator())
            }
            Backend::Simulator => {
                check_scenario()?;
                Ok(simulator())
            }
            Backend::Network => Ok(Network::mpr()),
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
