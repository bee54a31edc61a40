//! The settings in force, each with its source: the command line, the environment, the configuration file, or built in.
//!
//! The command line comes first, then the environment, then the configuration file.

use std::env;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use crate::common::Common;
use crate::failure::Failure;
use crate::output::{Color, Format};
use crate::servers::Selection;
use crate::settings_file::SettingsFile;
use crate::source::{Source, Sourced};
use crate::target::Target;

/// The environment variable with servers, separated by commas.
pub(crate) const SERVER: &str = "MPRCTL_SERVER";
/// The environment variable with fleets, separated by commas.
pub(crate) const FLEET: &str = "MPRCTL_FLEET";

/// The settings in force for a command.
pub(crate) struct Settings {
    pub(crate) selection: Selection,
    pub(crate) parallel: Sourced<usize>,
    pub(crate) timeout: Sourced<Duration>,
    pub(crate) output: Sourced<Format>,
    pub(crate) color: Sourced<Color>,
}

impl Settings {
    /// Finds the settings of a command line.
    pub(crate) fn of(common: &Common, file: &SettingsFile) -> Settings {
        let defaults = &file.defaults;
        let parallel = (common.parallel.map(NonZeroUsize::get), "--parallel");
        let own_parallel = (defaults.parallel.map(NonZeroUsize::get), "parallel");
        Settings {
            selection: selection(common, file),
            parallel: Sourced::first(parallel, own_parallel, 32),
            timeout: Sourced::first(
                (common.timeout, "--timeout"),
                (defaults.timeout, "timeout"),
                Duration::from_secs(30),
            ),
            output: Sourced::first((common.output, "--output"), (defaults.output, "output"), Format::Table),
            color: Sourced::first((common.color, "--color"), (defaults.color, "color"), Color::Auto),
        }
    }

    /// Returns the selected servers, or `None` if nothing is said about servers.
    ///
    /// # Errors
    /// The selection is invalid or has no server.
    pub(crate) fn targets(&self, file: &SettingsFile) -> Result<Option<Vec<Target>>, Failure> {
        if self.selection.is_none() { Ok(None) } else { self.selection.targets(file).map(Some) }
    }
}

/// Returns the first selection of servers: what is said on the command line is not added to the environment's.
fn selection(common: &Common, file: &SettingsFile) -> Selection {
    let given = Selection {
        names: with_source(&common.server, &Source::Option("--server")),
        file: common.servers.clone(),
        fleets: with_source(&common.fleet, &Source::Option("--fleet")),
    };
    // The simulated servers have names of their own, and some commands ask no server.
    if !given.is_none() || common.demo || file.has_no_servers {
        return given;
    }
    let variable = |name| with_source(&listed(name), &Source::Variable(name));
    let of_environment = Selection { names: variable(SERVER), file: None, fleets: variable(FLEET) };
    if !of_environment.is_none() {
        return of_environment;
    }
    let fleet = file.defaults.fleet.iter().cloned().collect::<Vec<_>>();
    Selection { fleets: with_source(&fleet, &Source::File("fleet")), ..Selection::default() }
}

fn with_source(names: &[String], source: &Source) -> Vec<Sourced<String>> {
    names.iter().map(|name| Sourced { value: name.clone(), source: source.clone() }).collect()
}

/// Returns the items of a variable. As with other variables of this kind, an empty one says nothing.
fn listed(name: &str) -> Vec<String> {
    let text = env::var_os(name).filter(|text| !text.is_empty());
    let text = text.map(|text| text.to_string_lossy().into_owned());
    text.iter().flat_map(|text| text.split(',')).map(|name| name.trim().to_owned()).collect()
}

/// Returns the configuration file, and its source.
pub(crate) fn file(common: &Common) -> Option<Sourced<PathBuf>> {
    let given = |value: PathBuf, source| Some(Sourced { value, source });
    if let Some(path) = &common.config {
        return given(path.clone(), Source::Option("--config"));
    }
    match env::var_os(crate::settings_file::VARIABLE).filter(|path| !path.is_empty()) {
        Some(path) => given(path.into(), Source::Variable(crate::settings_file::VARIABLE)),
        None => given(crate::settings_file::own_file()?, Source::BuiltIn),
    }
}
