//! The command line: the nouns and their commands.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args as _, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::commands::{
    admin_dll, check, device, explain, fleets, generate, interface, mib, port, serve, server, service,
    session, settings_sheet, site, status, stored_configuration, top, transport, user, watch,
};
use crate::common::Common;
use crate::deferred::{Deferred, Description, finished};
use crate::failure::{EXIT_CODES, Failure};
use crate::tip::with_tip;

const EXAMPLES: &str = "\
Examples:
  mprctl                                             a summary of this machine
  mprctl --server vpn01,vpn02 session list           the users who are connected to two servers
  mprctl session list --where tunnel=IKEv2 --sort=-bytes_out
  mprctl session disconnect anna.lindqvist           asks first, then disconnects the user
  mprctl --demo top                                  live traffic of a simulated company
  mprctl --demo watch                                connects and disconnects of a simulated company";

/// Show and manage Windows Routing and Remote Access (RRAS) servers: VPN sessions, ports, interfaces, configuration
#[derive(Parser)]
#[command(version, bin_name = "mprctl", after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,

    /// The command to run [default: a summary of each server]
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show whether each server is up, and its number of sessions and ports
    #[command(after_help = "\
Examples:
  mprctl --server vpn01,vpn02 status
  mprctl --server vpn01 status --wait 5min           waits until the service answers, for example after a restart
  mprctl --fleet vpn status --idle-for 5min          waits, and counts the sessions without a byte meanwhile")]
    Status(Deferred<status::Options>),
    /// List, show, message and disconnect the users and devices that are connected
    #[command(subcommand, alias = "sessions")]
    Session(Deferred<session::Command>),
    /// List the users and devices that are connected: short for `session list`
    #[command(after_help = "Example:\n  mprctl ps --sort=-bytes_out --limit 10")]
    Ps(Deferred<session::List>),
    /// List and disconnect the links to other sites (demand-dial interfaces)
    #[command(subcommand, alias = "sites")]
    Site(Deferred<site::Command>),
    /// List, show, reset and disconnect ports
    #[command(subcommand, alias = "ports")]
    Port(Deferred<port::Command>),
    /// Show and set the dial-in permission and callback of user accounts
    #[command(subcommand, alias = "users")]
    User(Deferred<user::Command>),
    /// List, create, change and delete interfaces: network adapters and demand-dial interfaces
    #[command(subcommand, alias = "interfaces")]
    Interface(Deferred<interface::Command>),
    /// List, export and import the settings of transports: the protocols that are routed (IP, IPv6)
    #[command(subcommand, alias = "transports")]
    Transport(Deferred<transport::Command>),
    /// List the devices that remote access can use
    #[command(subcommand, alias = "devices")]
    Device(Deferred<device::Command>),
    /// List, check, add and remove the administration DLLs that the service of this machine asks about its users
    #[command(subcommand)]
    AdminDll(Deferred<admin_dll::Command>),
    /// Show and set a server's tunnels, pre-shared key and domain registration
    #[command(subcommand, alias = "servers")]
    Server(Deferred<server::Command>),
    /// List and show the fleets of the configuration file: named lists of servers
    #[command(subcommand, alias = "fleets")]
    Fleet(Deferred<fleets::Command>),
    /// Show the settings of mprctl itself, each with its source
    #[command(subcommand)]
    Settings(Deferred<settings_sheet::Command>),
    /// Show, back up and restore the stored configuration, which the service reads when it starts
    #[command(subcommand)]
    Config(Deferred<stored_configuration::Command>),
    /// Show IP interfaces, addresses, routes and any other MIB variable of the router managers
    #[command(subcommand)]
    Mib(Deferred<mib::Command>),
    /// Check the connection to servers over the network, step by step (experimental: not yet tried against Windows Server)
    Check(Deferred<check::Check>),
    /// Show live traffic of sessions and servers, full screen
    Top(Deferred<top::Options>),
    /// Print connects and disconnects as they happen
    Watch(Deferred<watch::Watch>),
    /// Serve metrics to Prometheus, at /metrics and /probe
    Serve(Deferred<serve::Options>),
    /// Install, start, stop and remove `mprctl serve` as a Windows service
    #[command(subcommand)]
    Service(Deferred<service::Command>),
    /// Explain an error code and what to do about it
    #[command(after_help = "\
Examples:
  mprctl explain 5 0x6be
  mprctl explain ERROR_DDM_NOT_RUNNING --output json")]
    Explain(Deferred<explain::Codes>),
    /// Print the JSON Schema of the JSON and NDJSON output
    #[command(after_help = "Example:\n  mprctl schema > mprctl.schema.json")]
    Schema,
    /// Print a completion script for a shell
    Completions(Deferred<generate::Completions>),
    /// Write the man pages
    Man(Deferred<generate::Man>),
}

/// Returns the description of the whole command line.
pub(crate) fn command() -> clap::Command {
    described(Arguments::command())
}

/// Returns the description of the command line with those commands alone that `words` name. To describe the others takes
/// longer than the rest of a start.
fn command_of(words: &[OsString]) -> clap::Command {
    let all = Command::augment_subcommands(clap::Command::new("mprctl"));
    // A word that is a value may have the name of a command, which is one too many then.
    let named: BTreeSet<&str> =
        words.iter().filter_map(|word| all.find_subcommand(word)).map(clap::Command::get_name).collect();
    let named = all.get_subcommands().filter(|command| named.contains(command.get_name())).cloned();
    let root = clap::Command::new("mprctl").version(env!("CARGO_PKG_VERSION"));
    described(Common::augment_args(root).subcommands(named))
}

/// Adds what was deferred.
fn described(command: clap::Command) -> clap::Command {
    finished(command).mut_subcommands(|command| match command.get() {
        Some(&Description(describe)) => describe(command),
        None => command,
    })
}

/// Parses the command line of this process.
///
/// # Errors
/// A command line that is invalid, or that asks for help or the version.
pub(crate) fn parsed(is_terminal: bool) -> Result<Arguments, clap::Error> {
    let words: Vec<OsString> = std::env::args_os().collect();
    let matches = matches_of(&words).map_err(|error| match error.use_stderr() {
        true => with_tip(error, &command(), words.into_iter()),
        false => error,
    })?;
    check_standard_input(&matches, is_terminal)?;
    Arguments::from_arg_matches(&matches)
}

/// Parses the words of a command line.
///
/// # Errors
/// As [`parsed`]. They tell of the whole command line: of the commands that may have been meant, for example.
fn matches_of(words: &[OsString]) -> Result<ArgMatches, clap::Error> {
    command_of(words).try_get_matches_from(words).or_else(|error| match error.kind() {
        ErrorKind::DisplayVersion => Err(error),
        _ => command().try_get_matches_from(words),
    })
}

/// Checks the options of `mprctl serve`, which the service of Windows will have.
///
/// # Errors
/// Options that are invalid.
pub(crate) fn check_serve(options: &[String]) -> Result<(), Failure> {
    let words = ["mprctl", "serve"].into_iter().chain(options.iter().map(String::as_str));
    let error = match command().try_get_matches_from(words) {
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    let message = line.strip_prefix("error: ").unwrap_or("these ask for help, not for a service");
    Err(Failure::usage(format!("cannot run `mprctl serve` with these options: {message}"))
        .advice("`mprctl serve --help` lists them."))
}

/// Refuses `--servers -` or `--password-file -` together with another option that reads the standard input: lines of a secret
/// could be taken for names of servers, or for another secret. `server set-key` reads the standard input without an option,
/// unless it is a terminal.
///
/// # Errors
/// A conflict of arguments.
fn check_standard_input(matches: &ArgMatches, is_terminal: bool) -> Result<(), clap::Error> {
    let (mut leaf, mut path) = (matches, Vec::new());
    while let Some((name, below)) = leaf.subcommand() {
        path.push(name);
        leaf = below;
    }
    let reads = |id: &str| leaf.get_one::<PathBuf>(id).is_some_and(|file| file == Path::new("-"));
    let (servers, password) = (reads("servers"), reads("password_file"));
    if !servers && !password {
        return Ok(());
    }
    let is_given = |id: &&str| leaf.value_source(id) == Some(ValueSource::CommandLine);
    let mut flags = leaf.ids().map(clap::Id::as_str).filter(|id| id.ends_with("_stdin"));
    let flag = flags.find(is_given).map(|id| format!("'--{}'", id.replace('_', "-")));
    let set_key =
        || (path == ["server", "set-key"] && !is_terminal).then(|| "a key from standard input".to_owned());
    let password_too = (servers && password).then(|| "'--password-file -'".to_owned());
    let Some(other) = password_too.or(flag).or_else(set_key) else { return Ok(()) };
    let (one, instead) = match servers {
        true => ("--servers -", "Name the servers in a file, or with '--server'."),
        false => ("--password-file -", "Put the password into a file that only you can read."),
    };
    let message = format!(
        "the argument '{one}' cannot be used with {other}: both read the standard input\n\n{instead}"
    );
    Err(command().error(ErrorKind::ArgumentConflict, message))
}

#[cfg(test)]
mod tests {
    use std::any::TypeId;
    use std::ffi::OsString;
    use std::sync::Arc;

    use clap::error::ErrorKind;

    use super::{check_standard_input, command, command_of, matches_of};

    #[test]
    fn the_help_of_every_command_has_an_example() {
        fn check(command: &clap::Command) {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let has_more = command.get_subcommands().next().is_some();
            assert!(has_more || help.contains("Example"), "{} has none", command.get_name());
            command.get_subcommands().for_each(check);
        }
        check(&command());
    }

    #[test]
    fn a_command_alone_is_described_as_among_all() {
        fn check(command: &clap::Command, path: &[&str], checked: &mut usize) {
            for below in command.get_subcommands() {
                check(below, &[path, &[below.get_name()]].concat(), checked);
            }
            for name in command.get_all_aliases().chain([command.get_name()]).filter(|_| path.len() == 1) {
                let alone = command_of(&["mprctl", name].map(OsString::from));
                assert_eq!(alone.get_subcommands().count(), 1, "{name}");
            }
            let words: Vec<OsString> =
                ["mprctl"].iter().chain(path).chain(&["--help"]).map(Into::into).collect();
            let told = |command: clap::Command| {
                command.try_get_matches_from(&words).map_err(|error| error.to_string())
            };
            if !path.is_empty() {
                assert_eq!(told(command_of(&words)).err(), told(super::command()).err(), "{path:?}");
                *checked += 1;
            }
        }
        let mut checked = 0;
        check(&command(), &[], &mut checked);
        assert!(checked > 80, "{checked}");
    }

    #[test]
    fn a_value_with_the_name_of_a_command_is_a_value() {
        let words = ["mprctl", "--server", "session", "--fleet=top", "port", "list"].map(OsString::from);
        let matches = matches_of(&words).expect("right");
        assert_eq!(matches.subcommand_name(), Some("port"));
        assert_eq!(matches.get_one::<String>("server").map(String::as_str), Some("session"));
    }

    #[test]
    fn an_error_tells_of_all_commands() {
        for line in [
            "sesion list",
            "session lst",
            "list",
            "session list --colums user",
            "--help",
            "help port",
            "port",
        ] {
            let words: Vec<OsString> =
                ["mprctl"].into_iter().chain(line.split(' ')).map(Into::into).collect();
            let error = matches_of(&words).expect_err(line);
            let whole = command().try_get_matches_from(&words).expect_err(line);
            assert_eq!(error.to_string(), whole.to_string(), "{line}");
        }
        let version = |error: clap::Error| error.to_string();
        let words = ["mprctl", "--version"].map(OsString::from);
        assert_eq!(
            matches_of(&words).map_err(version).err(),
            command().try_get_matches_from(&words).map_err(version).err()
        );
    }

    #[test]
    fn the_commands_that_advice_names_are_right() {
        let mut checked = 0;
        for line in crate::advice::commands() {
            let words = ["mprctl"].into_iter().chain(line.split_whitespace());
            command().try_get_matches_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
            checked += 1;
        }
        assert!(checked > 20, "{checked}");
    }

    #[test]
    fn the_standard_input_has_one_reader() {
        let readers = [
            "interface credentials set branch --user branch --password-stdin",
            "interface credentials set-key branch --key-stdin",
            "server set-key",
        ];
        let outcome = |line: &str, is_terminal| {
            let words = ["mprctl"].into_iter().chain(line.split_whitespace());
            let matches = command().try_get_matches_from(words).expect("right but for this");
            check_standard_input(&matches, is_terminal).map_err(|error| (error.kind(), error.to_string()))
        };
        for reader in readers {
            for line in [format!("{reader} --servers -"), format!("--servers - {reader}")] {
                let (kind, text) = outcome(&line, false).expect_err(&line);
                assert_eq!(kind, ErrorKind::ArgumentConflict, "{line}");
                assert!(text.contains("--servers -") && text.contains("standard input"), "{text}");
                // A secret that is typed is no pipe's.
                assert_eq!(outcome(&line, true).is_ok(), reader == "server set-key", "{line}");
            }
            assert_eq!(outcome(&format!("{reader} --servers list.txt"), false), Ok(()), "{reader}");
            assert_eq!(outcome(reader, false), Ok(()), "{reader}");
        }
        assert_eq!(outcome("session list --servers -", false), Ok(()));
        fn collect(command: &clap::Command, found: &mut Vec<String>) {
            let longs = command.get_arguments().filter_map(clap::Arg::get_long);
            found.extend(longs.filter(|long| long.ends_with("stdin")).map(|long| format!("--{long}")));
            command.get_subcommands().for_each(|command| collect(command, found));
        }
        let mut found = Vec::new();
        collect(&command(), &mut found);
        let tried = |option: &&String| readers.iter().filter(|line| line.ends_with(*option)).count();
        assert!(!found.is_empty());
        assert_eq!(found.iter().map(|option| tried(&option)).sum::<usize>(), found.len(), "{found:?}");
    }

    #[test]
    fn no_argument_of_any_command_takes_an_empty_text() {
        fn check(command: &clap::Command, path: &[&str], checked: &mut usize) {
            for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
                // Those have an error of their own; and no bytes are some bytes.
                let is_bytes = arg.get_value_parser().type_id() == TypeId::of::<Arc<[u8]>>();
                if matches!(arg.get_id().as_str(), "server" | "fleet") || is_bytes {
                    continue;
                }
                let first = command.get_positionals().next().map(clap::Arg::get_id);
                let given = match arg.get_long() {
                    Some(long) => format!("--{long}="),
                    None if arg.is_last_set() || first == Some(arg.get_id()) => String::new(),
                    None => continue,
                };
                for empty in [given.clone(), format!("{given} ")] {
                    // What is a path or has values of its own may be named by a space.
                    if empty.ends_with(' ') && arg.get_value_parser().type_id() != TypeId::of::<String>() {
                        continue;
                    }
                    let before = arg.is_last_set().then(|| "--".to_owned());
                    let words = path.iter().map(|word| (*word).to_owned()).chain(before).chain([empty]);
                    let error = super::command().try_get_matches_from(words).expect_err("it is empty");
                    let kinds = [ErrorKind::ValueValidation, ErrorKind::InvalidValue, ErrorKind::NoEquals];
                    assert!(kinds.contains(&error.kind()), "{path:?} {}: {error}", arg.get_id());
                    *checked += 1;
                }
            }
            for command in command.get_subcommands() {
                check(command, &[path, &[command.get_name()]].concat(), checked);
            }
        }
        let mut checked = 0;
        check(&command(), &["mprctl"], &mut checked);
        assert!(checked > 100, "{checked}");
    }
}
