//! The servers that a command line, a file or the configuration names, each once.
//!
//! A selection without a single server is an error. It never falls back to this machine: a command for a fleet must not
//! run on this machine by accident.

use std::collections::HashSet;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::settings_file::SettingsFile;
use crate::source::Sourced;
use crate::target::Target;
use crate::{host, text_file};

const ADVICE: &str = "A dot stands for this machine:\n  mprctl --server . status";

/// The ways in which servers are named.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    pub(crate) names: Vec<Sourced<String>>,
    /// The value of `--servers`; `-` is the standard input.
    pub(crate) file: Option<PathBuf>,
    /// Fleets of the configuration file.
    pub(crate) fleets: Vec<Sourced<String>>,
}

impl Selection {
    /// Returns `true` if nothing is said about servers.
    pub(crate) fn is_none(&self) -> bool {
        self.names.is_empty() && self.file.is_none() && self.fleets.is_empty()
    }

    /// Returns the servers that are selected, at least one and each once.
    ///
    /// # Errors
    /// A name that is empty or a pattern, a file or a fleet without a server, a fleet that is unknown.
    pub(crate) fn targets(&self, settings: &SettingsFile) -> Result<Vec<Target>, Failure> {
        let mut targets = Targets::default();
        for Sourced { value, source } in &self.names {
            targets.add(value, &source.to_string())?;
        }
        if let Some(path) = &self.file {
            let is_stdin = path == Path::new("-");
            let source = if is_stdin { "the standard input".to_owned() } else { path.display().to_string() };
            let text = if is_stdin { read_stdin(&source)? } else { text_file::read(path)? };
            let names =
                text.split(['\n', '\r']).map(|line| line.split('#').next().unwrap_or_default().trim());
            let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
            if names.is_empty() {
                return Err(none_of(&source));
            }
            names.into_iter().try_for_each(|name| targets.add(name, &source))?;
        }
        for fleet in &self.fleets {
            let names = settings.fleet(&fleet.value)?;
            let source = format!("the fleet `{}`", fleet.value);
            if names.is_empty() {
                return Err(none_of(&source));
            }
            names.iter().try_for_each(|name| targets.add(name, &source))?;
        }
        if targets.found.is_empty() { Err(none_of("the command line")) } else { Ok(targets.found) }
    }
}

fn none_of(source: &str) -> Failure {
    Failure::usage(format!("no server is selected: {source} names none")).advice(ADVICE)
}

fn read_stdin(source: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| Failure::usage(format!("cannot read {source}: {error}")))?;
    text_file::of(source, &bytes)
}

#[derive(Default)]
struct Targets {
    found: Vec<Target>,
    /// As they are compared.
    known: HashSet<Option<String>>,
}

impl Targets {
    fn add(&mut self, given: &str, source: &str) -> Result<(), Failure> {
        let target = named(given, source)?;
        if self.known.insert(target.key()) {
            self.found.push(target);
        }
        Ok(())
    }
}

/// Returns the server that a name means; `source` is where the name is from.
///
/// # Errors
/// The name is empty, a pattern, or several.
pub(crate) fn named(given: &str, source: &str) -> Result<Target, Failure> {
    let name = host::stripped(given);
    if name.is_empty() {
        let message = format!("no server is selected: a name in {source} is empty (`{given}`)");
        return Err(Failure::usage(message).advice(ADVICE));
    }
    if name.contains(['*', '?']) {
        let message = format!("cannot ask `{given}`: {source} takes names of servers, not patterns");
        return Err(Failure::usage(message)
                .advice("To name several servers at once, list them in a file, or in a fleet of the\nconfiguration file:\n  mprctl --servers FILE status"));
    }
    if name.contains([',', ' ', '\t', '"']) {
        return Err(Failure::usage(format!("cannot ask `{given}`: this is not the name of one server"))
                .advice("Separate names by commas in --server and by lines in a file; in a fleet, each is a string of its own."));
    }
    Ok(if host::is_this(name) { Target { name: None } } else { Target::named(name) })
}
