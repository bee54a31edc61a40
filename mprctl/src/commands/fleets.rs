//! Fleets: the named lists of servers in the configuration file.

use clap::{Args, Subcommand};

use crate::common::Common;
use crate::context::{print_each, style_of};
use crate::failure::Failure;
use crate::output::{Listing, Report, Row, row};
use crate::settings_file::SettingsFile;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the fleets
    #[command(after_help = "Example:\n  mprctl fleet list")]
    List(Listing<FleetRow>),
    /// Show the servers of fleets
    #[command(after_help = "\
Examples:
  mprctl fleet show vpn
  mprctl fleet show vpn --where name=vpn0* -q | mprctl --servers - status")]
    Show(Show),
}

#[derive(Args)]
pub(crate) struct Show {
    /// The fleets
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    listing: Listing<MemberRow>,
}

row! {
    /// A fleet of the configuration file.
    pub(crate) struct FleetRow {
        /// The name.
        fleet: String => Always "Fleet",
        /// The number of its servers.
        servers: u32 => Always "Servers",
        /// `true` for the fleet that is asked if nothing else is said.
        default: bool => Always "Default",
    }
}

impl Row for FleetRow {
    const KIND: &'static str = "fleet";
    const NOTHING: &'static str = "the configuration file names no fleet; to name one, write in it: \
                                   [fleets] vpn = [\"vpn01\", \"vpn02\"] (`mprctl settings show` tells which file it is)";
}

row! {
    /// A server of a fleet.
    pub(crate) struct MemberRow {
        /// The fleet.
        fleet: String => Always "Fleet",
        /// The name of the server, as the configuration file has it.
        name: String => Always "Name",
    }
}

impl Row for MemberRow {
    const KIND: &'static str = "fleet_server";
    const NOTHING: &'static str = "the fleet has no server";

    fn name(&self) -> String {
        self.name.clone()
    }
}

/// Runs a command. It asks no server.
pub(crate) fn run(common: &Common, settings: &SettingsFile, command: Command) -> Result<(), Failure> {
    let style = style_of(common, settings);
    match command {
        Command::List(listing) => {
            let row = |(name, servers): (&String, &Vec<String>)| FleetRow {
                fleet: name.clone(),
                servers: servers.len() as u32,
                default: settings.defaults.fleet.as_ref() == Some(name),
            };
            print_each(style, &listing, || Ok(Report::of_one(settings.fleets.iter().map(row).collect())))
        }
        Command::Show(Show { names, listing }) => {
            let mut rows = Vec::new();
            for fleet in &names {
                let row = |name: &String| MemberRow { fleet: fleet.clone(), name: name.clone() };
                rows.extend(settings.fleet(fleet)?.iter().map(row));
            }
            print_each(style, &listing, || Ok(Report::of_one(rows.clone())))
        }
    }
}
