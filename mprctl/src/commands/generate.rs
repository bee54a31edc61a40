//! Files that a package of mprctl contains besides the program: completions for shells, and man pages.

mod complete;
mod man;
mod shells;

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

pub(crate) use self::complete::answer;
use crate::failure::{Failure, Kind};
use crate::terminal::{self, Content};

#[derive(Args)]
#[command(after_help = "\
Examples:
  mprctl completions bash > ~/.local/share/bash-completion/completions/mprctl
  mprctl completions zsh > ~/.zfunc/_mprctl          with `fpath+=~/.zfunc` in ~/.zshrc
  mprctl completions fish > ~/.config/fish/completions/mprctl.fish
  mprctl completions powershell >> $PROFILE

The script asks mprctl at each Tab: for commands and options, columns, keys of settings, the fleets and servers of the
configuration file, and the names of sessions, sites, ports and interfaces that the servers tell within a second.")]
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

/// Prints a script with which the shell completes command lines.
pub(crate) fn completions(Completions { shell }: &Completions) -> Result<(), Failure> {
    let mut script = Vec::new();
    complete::script(&shell.to_string(), &mut script)?;
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
                assert!(names.len() > 1, "{path}: {names:?}");
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
}
