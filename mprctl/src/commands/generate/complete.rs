//! Completion: the values of arguments. The command itself knows its commands, options and the values of enumerations.

use std::any::TypeId;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io::Read as _;
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use clap::parser::ValueSource;
use clap::{ArgMatches, Command, ValueHint};
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use serde_json::Value;

use super::shells::SHELLS;
use crate::commands::server;
use crate::failure::Failure;
use crate::settings_file::SettingsFile;

/// The variable with which the script of a shell asks for completions; its value is the name of the shell.
const ASKED: &str = "MPRCTL_COMPLETE";

/// How long a list of names may take. A shell that shows nothing for longer seems to hang.
const LIMIT: Duration = Duration::from_secs(2);

/// The nouns whose objects are named by their commands: the command that lists them, and the column with the name.
const NOUNS: [(&str, &str, &str); 4] = [
    ("session", "session", "user"),
    ("site", "site", "name"),
    ("port", "port", "name"),
    ("interface", "interface", "name"),
];

/// Answers a shell that asks for completions. Returns `false` if none does.
pub(crate) fn answer(command: fn() -> Command) -> Result<bool, Failure> {
    if std::env::var_os(ASKED).is_none() {
        return Ok(false);
    }
    let factory = move || with_values(command(), "", command);
    let environment = CompleteEnv::with_factory(factory).var(ASKED).bin("mprctl").shells(SHELLS);
    let folder = std::env::current_dir().ok();
    environment
        .try_complete(std::env::args_os(), folder.as_deref())
        .map_err(|error| Failure::usage(error.to_string()))
}

/// Writes the script with which a shell asks.
pub(super) fn script(shell: &str, out: &mut Vec<u8>) -> std::io::Result<()> {
    match SHELLS.completer(shell) {
        Some(shell) => shell.write_registration(ASKED, "mprctl", "mprctl", "mprctl", out),
        None => Err(std::io::Error::other(format!("no completions for {shell}"))),
    }
}

/// Adds the values to the command's arguments. For text without values, a shell must not complete file names.
fn with_values(command: Command, path: &str, whole: fn() -> Command) -> Command {
    let noun = path.split(' ').next().unwrap_or_default().to_owned();
    let path_of_arg = path.to_owned();
    command
        .mut_args(move |arg| {
            let is_text = arg.get_value_parser().type_id() == TypeId::of::<String>();
            let listed = NOUNS.iter().find(|(of, ..)| *of == noun && arg.is_positional());
            match (arg.get_id().as_str(), listed) {
                ("fleet", _) => arg.add(ArgValueCandidates::new(move || fleets(whole))),
                ("server" | "checked", _) => arg.add(ArgValueCandidates::new(move || servers(whole))),
                ("settings", _) if path_of_arg == "server set" => {
                    arg.add(ArgValueCandidates::new(|| candidates(server::setting_names())))
                }
                (_, Some((_, list, column))) if is_text && arg.get_possible_values().is_empty() => {
                    arg.add(ArgValueCandidates::new(move || names(whole, list, column)))
                }
                _ if is_text && arg.get_possible_values().is_empty() => arg.value_hint(ValueHint::Other),
                _ => arg,
            }
        })
        .mut_subcommands(|command| {
            let path = format!("{path} {}", command.get_name());
            with_values(command, path.trim_start(), whole)
        })
}

fn candidates(values: impl IntoIterator<Item = String>) -> Vec<CompletionCandidate> {
    values.into_iter().map(CompletionCandidate::new).collect()
}

fn fleets(whole: fn() -> Command) -> Vec<CompletionCandidate> {
    candidates(settings(&typed(whole)).fleets.into_keys())
}

/// Lists the servers of all fleets, and this machine.
fn servers(whole: fn() -> Command) -> Vec<CompletionCandidate> {
    let known: BTreeSet<String> = settings(&typed(whole)).fleets.into_values().flatten().collect();
    candidates(known.into_iter().chain([".".to_owned()]))
}

/// Returns the configuration that the line names. One that cannot be read just has no fleets.
fn settings(typed: &ArgMatches) -> SettingsFile {
    let path = typed.try_get_raw("config").ok().flatten().and_then(|mut values| values.next());
    SettingsFile::read(path.map(Path::new)).unwrap_or_default()
}

/// Parses the line as far as it was typed.
fn typed(whole: fn() -> Command) -> ArgMatches {
    let words = std::env::args_os().skip_while(|word| word != "--").skip(1);
    // Bash gives the line in one piece.
    let words = words.flat_map(|word| match word.to_str() {
        Some(line) if line.contains(' ') && line.starts_with("mprctl") => super::shells::words(line).0,
        _ => vec![word],
    });
    whole().ignore_errors(true).get_matches_from(words)
}

/// Lists the names of a server's objects, as the command for it prints them within the limit.
fn names(whole: fn() -> Command, noun: &str, column: &str) -> Vec<CompletionCandidate> {
    let mut listing = Vec::new();
    let matches = typed(whole);
    let command = whole();
    for arg in command.get_arguments().filter(|arg| arg.is_global_set()) {
        let id = arg.get_id().as_str();
        let is_typed = matches.value_source(id) == Some(ValueSource::CommandLine);
        let (Some(long), true) = (arg.get_long(), is_typed && !["output", "color", "timeout"].contains(&id))
        else {
            continue;
        };
        if !arg.get_action().takes_values() {
            listing.push(format!("--{long}").into());
        }
        for value in matches
            .try_get_raw(id)
            .ok()
            .flatten()
            .into_iter()
            .flatten()
            .filter(|_| arg.get_action().takes_values())
        {
            listing.push(joined(long, value));
        }
    }
    listing.extend([noun, "list", "--output", "ndjson", "--timeout", "1s"].map(OsString::from));
    let printed = printed(&listing).unwrap_or_default();
    let rows = printed.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let names: BTreeSet<String> =
        rows.filter_map(|row| Some(row.get(column)?.as_str()?.to_owned())).collect();
    candidates(names.into_iter().filter(|name| !name.is_empty()))
}

fn joined(long: &str, value: &OsStr) -> OsString {
    let mut option = OsString::from(format!("--{long}="));
    option.push(value);
    option
}

/// Runs this program and returns what it prints. Ends it at the limit.
fn printed(arguments: &[OsString]) -> Option<String> {
    let mut process = Process::new(std::env::current_exe().ok()?);
    process.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = process.spawn().ok()?;
    let mut pipe = child.stdout.take()?;
    let reader = thread::spawn(move || {
        let mut text = String::new();
        pipe.read_to_string(&mut text).map(|_| text)
    });
    let end = Instant::now() + LIMIT;
    while Instant::now() < end && !reader.is_finished() {
        thread::sleep(Duration::from_millis(2));
    }
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
    reader.join().ok()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_completed_by_files() {
        fn check(command: &Command) {
            for arg in command.get_arguments() {
                let is_text = arg.get_value_parser().type_id() == TypeId::of::<String>();
                let offers = !arg.get_possible_values().is_empty()
                    || arg.get::<ArgValueCandidates>().is_some()
                    || arg.get_value_hint() == ValueHint::Other;
                assert!(!is_text || offers, "{} {}", command.get_name(), arg.get_id());
            }
            command.get_subcommands().for_each(check);
        }
        check(&with_values(crate::cli::command(), "", crate::cli::command));
    }
}
