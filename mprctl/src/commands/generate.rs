//! What a package of mprctl ships beside the program: completions for shells, and man pages.

mod man;

use std::any::TypeId;
use std::io::Write as _;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Command, ValueHint};
use clap_complete::Shell;

use crate::commands::device::Device;
use crate::commands::interface::{
    CredentialsRow, InterfaceDeviceRow, InterfaceRow, InterfaceTransportRow, IpInIpRow, RouteUpdateRow,
};
use crate::commands::mib;
use crate::commands::port::PortRow;
use crate::commands::server::{self, ControllerRow, KeyRow, RegistrationRow, TunnelRow};
use crate::commands::session::Session;
use crate::commands::site::SiteRow;
use crate::commands::status::Status;
use crate::commands::stored_configuration::{NameRow, StoredRow};
use crate::commands::transport::TransportRow;
use crate::failure::{Failure, Kind};
use crate::info_block::InfoRow;
use crate::output::Row;
use crate::settings_file::SettingsFile;
use crate::terminal::{self, Content};

#[derive(Args)]
#[command(after_help = "\
Examples:
  mprctl completions bash > ~/.local/share/bash-completion/completions/mprctl
  mprctl completions powershell >> $PROFILE

They have the names of columns, and those of the fleets that the configuration file has now.")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  mprctl man /usr/local/share/man/man1")]
pub(crate) struct Man {
    /// The folder to write them to, which must be there
    folder: PathBuf,
}

/// Prints what the shell needs to complete the command line of `command`.
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

/// The command with the values that a shell can offer. Where it can offer none, it should not offer files.
fn with_values(command: Command, path: &str, fleets: &[String]) -> Command {
    let columns = columns(path);
    command
        .mut_args(|arg| {
            let is_text = arg.get_value_parser().type_id() == TypeId::of::<String>();
            let values: Vec<String> = match (arg.get_id().as_str(), &columns) {
                ("fleet", _) => fleets.to_vec(),
                ("columns", Some(names)) => {
                    names.iter().map(|name| (*name).to_owned()).chain(["all".to_owned()]).collect()
                }
                ("sort", Some(names)) => names.iter().map(|name| (*name).to_owned()).collect(),
                ("conditions", Some(names)) => names.iter().map(|name| format!("{name}=")).collect(),
                ("settings", _) if path == "server set" => {
                    return arg.value_parser(PossibleValuesParser::new(server::setting_names()));
                }
                _ => Vec::new(),
            };
            match (is_text, values.is_empty()) {
                (true, false) => arg.value_parser(PossibleValuesParser::new(values)),
                (true, true) => arg.value_hint(ValueHint::Other),
                (false, _) => arg,
            }
        })
        .mut_subcommands(|command| {
            let path = format!("{path} {}", command.get_name());
            with_values(command, path.trim_start(), fleets)
        })
}

/// The columns of what a command lists.
fn columns(path: &str) -> Option<Vec<&'static str>> {
    fn of<R: Row>() -> Option<Vec<&'static str>> {
        Some(R::COLUMNS.iter().map(|column| column.name).collect())
    }
    match path {
        "config names" => of::<NameRow>(),
        "config show" => of::<StoredRow>(),
        "device list" => of::<Device>(),
        "interface credentials show" => of::<CredentialsRow>(),
        "interface device list" => of::<InterfaceDeviceRow>(),
        "interface ip-in-ip list" => of::<IpInIpRow>(),
        "interface list" => of::<InterfaceRow>(),
        "interface transport list" => of::<InterfaceTransportRow>(),
        "interface transport show" | "transport show" => of::<InfoRow>(),
        "interface update-result" => of::<RouteUpdateRow>(),
        "mib addresses" => of::<mib::AddressRow>(),
        "mib first" | "mib get" | "mib next" => of::<mib::EntryRow>(),
        "mib interfaces" => of::<mib::InterfaceRow>(),
        "mib routes" => of::<mib::RouteRow>(),
        "port list" => of::<PortRow>(),
        "server domain-controller" => of::<ControllerRow>(),
        "server key" => of::<KeyRow>(),
        "server registration" => of::<RegistrationRow>(),
        "server show" => of::<TunnelRow>(),
        "session list" => of::<Session>(),
        "site list" => of::<SiteRow>(),
        "status" => of::<Status>(),
        "transport list" => of::<TransportRow>(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_that_lists_completes_the_names_of_its_columns() {
        fn check(command: &Command, path: &str, listing: &mut usize) {
            if command.get_arguments().any(|arg| arg.get_id() == "columns") {
                assert!(columns(path).is_some(), "`{path}` lists; its row belongs into `columns`");
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
