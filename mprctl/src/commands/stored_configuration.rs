//! The stored configuration, which the service reads when it starts. The service may be stopped.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mprapi::config::StoredInterface;
use mprapi::{Configuration, ErrorKind};

use crate::action::{self, Action, Consent, Outcome, done};
use crate::adapter;
use crate::commands::transport::label;
use crate::context::Context;
use crate::failure::Failure;
use crate::fleet::with_configuration;
use crate::meant::{self, Candidate};
use crate::order;
use crate::output::{Listing, ServerName, each, row};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show the stored interfaces and transports
    #[command(
        after_help = "Example:\n  mprctl config show --where object=interface\n\nFor the settings of mprctl itself: mprctl settings show"
    )]
    Show(Listing<StoredRow>),
    /// Back up the configuration to a folder on the server
    #[command(after_help = "Example:\n  mprctl config backup C:\\Backup --server vpn01")]
    Backup(Folder),
    /// Restore the configuration from a backup (asks first)
    #[command(after_help = "Example:\n  mprctl config restore C:\\Backup --server vpn01")]
    Restore(Restore),
    /// Replace this machine's configuration with a new default one (asks first)
    #[command(after_help = "\
Examples:
  mprctl config backup C:\\Backup                     first
  mprctl config reset

This deletes all stored interfaces and transports and the phone book, sets up the service for
remote access and routing, and registers the machine in its domain. It does not start the
service, and it works on this machine only.")]
    Reset(Reset),
    /// List the names and GUIDs of network adapters
    #[command(after_help = "Examples:\n  mprctl config names\n  mprctl config names 'Ethernet 2'")]
    Names(Names),
}

#[derive(Args)]
pub(crate) struct Names {
    /// The names or GUIDs of adapters, also of ones that the router does not use [default: all that it uses]
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    listing: Listing<NameRow>,
}

#[derive(Args)]
pub(crate) struct Folder {
    /// An existing folder, by its path on the server
    folder: PathBuf,
}

#[derive(Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Args)]
pub(crate) struct Reset {
    #[command(flatten)]
    consent: Consent,
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::Show(listing) => {
            context.list_of(&listing, |mpr, target| with_configuration(mpr, target, show))
        }
        Command::Names(Names { names, listing }) => context.list_each(&listing, move |mpr, target| {
            with_configuration(mpr, target, |stored| match &names[..] {
                [] => Ok(all_names(stored)?.into_iter().map(Ok).collect()),
                names => each(names, |name| both_names(stored, name)),
            })
        }),
        Command::Reset(Reset { consent }) => reset(context, consent),
        Command::Backup(Folder { folder }) => {
            let answers = context.ask(move |mpr, target| {
                let outcome = with_configuration(mpr, target, |stored| Ok(stored.backup(&folder)?))
                    .map(|()| Outcome::Done);
                Ok(vec![Action::new("backup", folder.display().to_string(), outcome)])
            });
            action::report(context, answers)
        }
        Command::Restore(Restore { folder: Folder { folder }, consent }) => {
            let question = format!("Replace the configuration of {}?", context.servers());
            action::confirm(consent, &question)?;
            let answers = context.ask(move |mpr, target| {
                let outcome = with_configuration(mpr, target, |stored| {
                    done(consent.dry_run, || stored.restore(&folder).map(|()| Outcome::stored(stored)))
                });
                Ok(vec![Action::new("restore", folder.display().to_string(), outcome)])
            });
            action::report(context, answers)
        }
    }
}

fn reset(context: &Context, consent: Consent) -> Result<(), Failure> {
    if context.targets.iter().any(|target| target.name.is_some()) {
        return Err(Failure::usage("config reset works on this machine only, not with --server").advice(
            "Run it on the server itself, for example with `Invoke-Command` or in a remote desktop.",
        ));
    }
    action::confirm(
        consent,
        "DELETE the Routing and Remote Access configuration of this machine: every stored interface, transport and \
         phone book entry? Only `config restore` of a backup brings them back.",
    )?;
    let answers = context.ask(move |mpr, _| {
        let outcome = done(consent.dry_run, || mpr.install_configuration());
        Ok(vec![Action::new("reset", "stored configuration", outcome)])
    });
    action::report(context, answers)
}

row! {
    /// An interface or a transport in the stored configuration.
    pub(crate) struct StoredRow: "stored" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// `interface` or `transport`.
        object: &'static str => Always "What",
        /// The name.
        name: String => Always "Name",
        /// The type of an interface, or the number of a transport.
        r#type: String => Always "Type",
        /// `true` if an interface is enabled.
        enabled: Option<bool> => Always "Enabled",
        /// The transports on an interface.
        transports: Vec<String> => IfRoom "Transports",
    }
}

fn show(stored: &mut Configuration) -> Result<Vec<StoredRow>, Failure> {
    let mut rows = Vec::new();
    for interface in &stored.interfaces()? {
        let transports = interface.handle().transports()?;
        rows.push(StoredRow {
            server: ServerName::default(),
            object: "interface",
            name: interface.name().to_string_lossy(),
            r#type: interface.interface_type().to_string(),
            enabled: Some(interface.is_enabled()),
            transports: transports.iter().map(|transport| transport.name().to_string_lossy()).collect(),
        });
    }
    order::by_name(&mut rows, |row| &row.name);
    for transport in &stored.transports()? {
        rows.push(StoredRow {
            server: ServerName::default(),
            object: "transport",
            name: label(transport.id()),
            r#type: u32::from(transport.id()).to_string(),
            enabled: None,
            transports: Vec::new(),
        });
    }
    Ok(rows)
}

row! {
    /// The names of a network adapter.
    pub(crate) struct NameRow: "name" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// As Windows shows it.
        friendly_name: String => Always "Shown as",
        /// As the router knows it: its GUID in braces.
        guid: String => Always "GUID",
    }
}

impl NameRow {
    fn new(friendly_name: impl ToString, guid: impl ToString) -> NameRow {
        NameRow {
            server: ServerName::default(),
            friendly_name: friendly_name.to_string(),
            guid: guid.to_string(),
        }
    }
}

/// Lists the names of the network adapters that the router has.
fn all_names(stored: &Configuration) -> Result<Vec<NameRow>, Failure> {
    let interfaces = stored.interfaces()?;
    let adapters =
        interfaces.iter().map(|interface| interface.name()).filter(|name| adapter::is_adapter(name));
    adapters.map(|guid| Ok(NameRow::new(stored.friendly_name(guid)?, guid))).collect()
}

/// Finds both names of a network adapter by either of them, in every form that `mprctl interface show` takes. The system
/// knows adapters that the router does not have.
fn both_names(stored: &Configuration, name: &str) -> Result<NameRow, Failure> {
    let interfaces = stored.interfaces()?;
    let of_router = |interface: StoredInterface<'_>| {
        let guid = interface.name();
        let row = NameRow::new(adapter::of(stored, guid)?, guid);
        let names = vec![row.friendly_name.clone(), row.guid.clone()];
        let label = format!("{} {}", row.friendly_name, row.guid);
        Some(Candidate { thing: row, names, aliases: Vec::new(), label })
    };
    let of_router = interfaces.iter().filter_map(of_router);
    if let Some(row) = meant::one("network adapter", name, of_router, "Name one by its GUID.")? {
        return Ok(row);
    }
    let found = match adapter::guid(name).map(|guid| guid.to_string().to_uppercase()) {
        Some(guid) => stored.friendly_name(&guid).map(|friendly_name| NameRow::new(friendly_name, guid)),
        None => stored.guid_name(name).map(|guid| NameRow::new(name, guid)),
    };
    found.map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            let known = all_names(stored).unwrap_or_default();
            let known: Vec<String> = known.into_iter().map(|row| row.friendly_name).collect();
            Failure::not_found(format!("no network adapter is named `{name}`"))
                .advice("To see the adapters of the router: mprctl config names")
                .near(name, known.iter().map(String::as_str))
        }
        _ => error.into(),
    })
}
