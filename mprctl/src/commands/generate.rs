//! Files that a package of mprctl contains besides the program: completions for shells, and man pages.

mod man;

use std::any::TypeId;
use std::io::Write as _;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Command, ValueHint};
use clap_complete::Shell;

use crate::commands::server;
use crate::failure::{Failure, Kind};
use crate::settings_file::SettingsFile;
use crate::terminal::{self, Content};

#[derive(Args)]
#[command(after_help = "\
Examples:
  mprctl completions bash > ~/.local/share/bash-completion/completions/mprctl
  mprctl completions powershell >> $PROFILE

The script completes the names of columns, and of the fleets that are in the configuration file now.")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  mprctl man /usr/local/share/man/man1")]
pub(crate) struct Man {
    /// An existing folder to write the pages to
    folder: PathBuf,
}

/// Prints a script with which the shell completes the command line of `command`.
pub(crate) fn completions(
    Completions { shell }: &Completions,
    command: Command,
    settings: &SettingsFile,
) -> Result<(), Failure> {
    let fleets = settings.fleets.keys().cloned();
    let mut command = with_values(command, "", &fleets.collect::<Vec<_>>());
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut command, "mprctl", &mut script);
    let mut out = terminal::output(Content::Exact);
    out.write_all(&script)?;
    Ok(out.flush()?)
}

/// Writes a page for `command` and each of its subcommands.
pub(crate) fn man(Man { folder }: &Man, command: Command) -> Result<(), Failure> {
    man::write(command, folder).map_err(|error| {
        Failure::new(Kind::Failed, format!("cannot write man pages to {}: {error}", folder.display()))
    })
}

/// Adds the values that a shell can complete. For arguments without such values, a shell must not complete file names.
fn with_values(command: Command, path: &str, fleets: &[String]) -> Command {
    command
        .mut_args(|arg| {
            let is_text = arg.get_value_parser().type_id() == TypeId::of::<String>();
            match arg.get_id().as_str() {
                "fleet" if !fleets.is_empty() => arg.value_parser(PossibleValuesParser::new(fleets)),
                "settings" if path == "server set" => {
                    arg.value_parser(PossibleValuesParser::new(server::setting_names()))
                }
                _ if is_text && arg.get_possible_values().is_empty() => arg.value_hint(ValueHint::Other),
                _ => arg,
            }
        })
        .mut_subcommands(|command| {
            let path = format!("{path} {}", command.get_name());
            with_values(command, path.trim_start(), fleets)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_that_lists_completes_the_names_of_its_columns() {
        fn check(command: &Command, path: &str, listing: &mut usize) {
            if command.get_arguments().any(|arg| arg.get_id() == "columns") {
                let offered = |id: &str| {
                    let arg = command.get_arguments().find(|arg| arg.get_id() == id).expect("an option");
                    let names = arg.get_possible_values();
                    names.iter().map(|name| name.get_name().to_owned()).collect::<Vec<String>>()
                };
                let names = offered("sort");
                assert!(names.len() > 2, "{path}: {names:?}");
                assert_eq!(offered("columns"), [&names[..], &["all".to_owned()]].concat(), "{path}");
                let conditions: Vec<String> = names.iter().map(|name| format!("{name}=")).collect();
                assert_eq!(offered("conditions"), conditions, "{path}");
                *listing += 1;
            }
            for command in command.get_subcommands() {
                check(command, format!("{path} {}", command.get_name()).trim_start(), listing);
            }
        }
        let mut listing = 0;
        check(&crate::cli::command(), "", &mut listing);
        assert!(listing > 20, "{listing}");
    }

    #[test]
    fn no_text_is_completed_by_files() {
        fn check(command: &Command) {
            for arg in command.get_arguments() {
                let is_text = arg.get_value_parser().type_id() == TypeId::of::<String>();
                let offers =
                    !arg.get_possible_values().is_empty() || arg.get_value_hint() == ValueHint::Other;
                assert!(!is_text || offers, "{} {}", command.get_name(), arg.get_id());
            }
            command.get_subcommands().for_each(check);
        }
        check(&with_values(crate::cli::command(), "", &[]));
    }
}
