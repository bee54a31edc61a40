//! The command line: the nouns, and the command that each of them starts.

use std::any::TypeId;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory as _, Parser, Subcommand};

use crate::argument::parse_text;
use crate::commands::{
    device, explain, generate, interface, mib, port, serve, server, session, site, status,
    stored_configuration, top, transport, user, watch,
};
use crate::common::Common;
use crate::failure::EXIT_CODES;

const EXAMPLES: &str = "\
Examples:
  mprctl                                             this machine at a glance
  mprctl --server vpn01,vpn02 session list           who is connected to two servers
  mprctl session list --where tunnel=IKEv2 --sort=-bytes_out
  mprctl session disconnect anna.lindqvist           asks, then ends her sessions
  mprctl --demo top                                  a simulated company: who moves how much, live
  mprctl --demo watch                                a simulated company: who comes and goes";

/// See and manage Windows Routing and Remote Access (RRAS) servers: sessions, ports, interfaces, configuration.
#[derive(Parser)]
#[command(version, bin_name = "mprctl", after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,

    /// What to look at; without it, the sessions of each server at a glance
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Each server: is it up, how many sessions and ports
    #[command(after_help = "\
Examples:
  mprctl --server vpn01,vpn02 status
  mprctl --server vpn01 status --wait 5min           after a restart, until the service answers")]
    Status(status::Options),
    /// Who is connected, and what can be done about it
    #[command(subcommand)]
    Session(session::Command),
    /// Other sites: the demand-dial interfaces to them, and the links that are up
    #[command(subcommand)]
    Site(site::Command),
    /// The ports that users connect to
    #[command(subcommand)]
    Port(port::Command),
    /// What accounts may do with remote access
    #[command(subcommand)]
    User(user::Command),
    /// Network adapters and demand-dial interfaces
    #[command(subcommand)]
    Interface(interface::Command),
    /// The transports, which are the protocols that are routed, and their settings
    #[command(subcommand)]
    Transport(transport::Command),
    /// The devices that remote access can use
    #[command(subcommand)]
    Device(device::Command),
    /// Servers: how their tunnels are set, their pre-shared key, their domain
    #[command(subcommand)]
    Server(server::Command),
    /// The stored configuration, which the service begins with
    #[command(subcommand)]
    Config(stored_configuration::Command),
    /// What the router managers know: interfaces, addresses, routes, any variable
    #[command(subcommand)]
    Mib(mib::Command),
    /// Shows sessions by traffic and each server's load, live, on the whole screen
    Top(top::Options),
    /// Prints who comes and who goes, as it happens
    Watch(watch::Watch),
    /// Has Prometheus read the servers, at /metrics and /probe
    Serve(serve::Options),
    /// Says what an error code means and what to do
    #[command(after_help = "\
Examples:
  mprctl explain 5 0x6be
  mprctl explain ERROR_DDM_NOT_RUNNING --output json")]
    Explain(explain::Codes),
    /// Prints the JSON Schema of what --output json and ndjson print
    #[command(after_help = "Example:\n  mprctl schema > mprctl.schema.json")]
    Schema,
    /// Prints what a shell needs to complete mprctl's command line
    Completions(generate::Completions),
    /// Writes mprctl's man pages
    Man(generate::Man),
}

/// The command line, with what holds for all of it: no text is empty, since an empty name would mean something else.
pub(crate) fn command() -> clap::Command {
    fn refuse_empty(command: clap::Command) -> clap::Command {
        let refuse = |arg: clap::Arg| {
            let is_text = arg.get_value_parser().type_id() == TypeId::of::<String>();
            // Those have an error of their own that says what selects servers.
            let selects_servers = matches!(arg.get_id().as_str(), "server" | "fleet");
            // What a shell completes is taken by a parser that refuses no less.
            let is_completed = !arg.get_possible_values().is_empty();
            if is_text && !selects_servers && !is_completed { arg.value_parser(parse_text) } else { arg }
        };
        command.mut_args(refuse).mut_subcommands(refuse_empty)
    }
    refuse_empty(Arguments::command())
}

/// Refuses a second reader of the standard input beside `--servers -`: the end of a secret's file would be taken for names
/// of servers. `server set-key` reads it without an option, unless it is a terminal.
///
/// # Errors
/// A conflict of arguments.
pub(crate) fn check_standard_input(matches: &ArgMatches, is_terminal: bool) -> Result<(), clap::Error> {
    let (mut leaf, mut path) = (matches, Vec::new());
    while let Some((name, below)) = leaf.subcommand() {
        path.push(name);
        leaf = below;
    }
    if leaf.get_one::<PathBuf>("servers").is_none_or(|file| file != Path::new("-")) {
        return Ok(());
    }
    let is_given = |id: &&str| leaf.value_source(id) == Some(ValueSource::CommandLine);
    let mut flags = leaf.ids().map(clap::Id::as_str).filter(|id| id.ends_with("_stdin"));
    let flag = flags.find(is_given).map(|id| format!("'--{}'", id.replace('_', "-")));
    let set_key =
        || (path == ["server", "set-key"] && !is_terminal).then(|| "a key that is not typed".to_owned());
    let Some(other) = flag.or_else(set_key) else { return Ok(()) };
    let message = format!(
        "the argument '--servers -' cannot be used with {other}: both read the standard input\n\n\
         Name the servers in a file, or with '--server'."
    );
    Err(command().error(ErrorKind::ArgumentConflict, message))
}

#[cfg(test)]
mod tests {
    use std::any::TypeId;
    use std::sync::Arc;

    use clap::error::ErrorKind;

    use super::{check_standard_input, command};

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
                    None if first == Some(arg.get_id()) => String::new(),
                    None => continue,
                };
                for empty in [given.clone(), format!("{given} ")] {
                    // What is a path or has values of its own may be named by a space.
                    if empty.ends_with(' ') && arg.get_value_parser().type_id() != TypeId::of::<String>() {
                        continue;
                    }
                    let words = path.iter().map(|word| (*word).to_owned()).chain([empty]);
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
