//! Transports: the network protocols that a router routes, and their settings, running and stored.

mod list;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use mprapi::{
    Configuration, InfoBlockBuf, Mpr, ParseEnumerationError, TransportId, TransportSettings, WideString,
};

use crate::action::{self, Action, Consent, Outcome, done};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::fleet;
use crate::info_block::{self, InfoRow};
use crate::meant;
use crate::output::{Listing, each_several};
use crate::quantity;
use crate::scope::Scope;

pub(crate) use list::TransportRow;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the transports, running and stored
    #[command(after_help = "Example:\n  mprctl transport list --server vpn01,vpn02")]
    List(Listing<TransportRow>),
    /// Show the settings of transports
    #[command(after_help = "\
Examples:
  mprctl transport show IP
  mprctl transport show IP --store --columns all

Known settings are shown in words. The bytes of each info are in the column `data` and in the JSON output.")]
    Show(Show),
    /// Export the settings of a transport to a file
    #[command(after_help = "Example:\n  mprctl transport export IP ip.info --server vpn01")]
    Export(Export),
    /// Import the settings of a transport from a file of `export` (asks first)
    #[command(after_help = "\
Examples:
  mprctl transport import IP ip.info --server vpn02 --dry-run
  mprctl transport import IP ip.info --server vpn02 --store")]
    Import(Import),
    /// Add a transport
    #[command(after_help = "\
Example:
  mprctl transport create IPv6 --dll '%SystemRoot%\\System32\\ipv6rtrmgr.dll' --global ipv6.info --store")]
    Create(Create),
    /// Delete transports from the stored configuration (asks first)
    #[command(after_help = "\
Example:
  mprctl transport delete IPv6

The running router keeps the transport until the service stops.")]
    Delete(Delete),
    /// Turn the static filters of a transport on or off in the stored configuration (asks first)
    #[command(after_help = "\
Example:
  mprctl transport filter IP off

The column `filters` of `mprctl transport list` shows whether they are on.")]
    Filter(Filter),
}

#[derive(Args)]
pub(crate) struct Show {
    /// The transports: IP, IPv6, IPX, NBF, AppleTalk, a number, or the name of one that is stored
    #[arg(required = true, value_parser = Chosen::parse)]
    transports: Vec<Chosen>,
    /// Show the stored settings; works while the service is stopped
    #[arg(long)]
    store: bool,
    #[command(flatten)]
    listing: Listing<InfoRow>,
}

#[derive(Args)]
pub(crate) struct Export {
    /// IP, IPv6, IPX, NBF, AppleTalk, a number, or the name of one that is stored
    #[arg(value_parser = Chosen::parse)]
    transport: Chosen,
    /// Use the initial settings of client interfaces instead of the global settings
    #[arg(long)]
    client: bool,
    #[command(flatten)]
    destination: info_block::Destination,
}

#[derive(Args)]
pub(crate) struct Import {
    /// IP, IPv6, IPX, NBF, AppleTalk, a number, or the name of one that is stored
    #[arg(value_parser = Chosen::parse)]
    transport: Chosen,
    /// A file of `export`
    file: PathBuf,
    /// Use the initial settings of client interfaces instead of the global settings
    #[arg(long)]
    client: bool,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Args)]
pub(crate) struct Create {
    /// IP, IPv6, IPX, NBF, AppleTalk, or a number
    #[arg(value_parser = parse_id)]
    transport: TransportId,
    /// The library of its router manager, by its path on the server
    #[arg(long, value_name = "PATH", required_unless_present = "store_only")]
    dll: Option<String>,
    /// The name of the transport
    #[arg(long)]
    name: Option<String>,
    /// A file of `export` with the global settings [default: empty settings]
    #[arg(long, value_name = "FILE")]
    global: Option<PathBuf>,
    /// A file of `export` with the initial settings of client interfaces
    #[arg(long, value_name = "FILE")]
    client: Option<PathBuf>,
    #[command(flatten)]
    scope: Scope,
    /// Print what would be done, but change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args)]
pub(crate) struct Delete {
    /// The transports: IP, IPv6, IPX, NBF, AppleTalk, a number, or the name of one that is stored
    #[arg(required = true, value_parser = Chosen::parse)]
    transports: Vec<Chosen>,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Args)]
pub(crate) struct Filter {
    /// IP, IPv6, IPX, NBF, AppleTalk, a number, or the name of one that is stored
    #[arg(value_parser = Chosen::parse)]
    transport: Chosen,
    /// Turn the filters on or off
    filters: Switch,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::List(listing) => context.list_of(&listing, list::read),
        Command::Show(Show { transports, store, listing }) => {
            let transports = Chosen::all(&transports, context)?;
            context.list_each(&listing, move |mpr, target| {
                each_several(&transports, |&transport| show(mpr, target, transport, store))
            })
        }
        Command::Export(Export { transport, client, destination }) => {
            let (transport, store) = (transport.id(context)?, destination.store);
            let answers = info_block::ask_one(context, move |mpr, target| {
                let settings = settings(mpr, target, transport, store)?;
                let block = if client { settings.client_interface } else { settings.global };
                block.ok_or_else(|| Failure::not_found(format!("{} has no such settings", label(transport))))
            })?;
            destination.write(context, answers, &label(transport))
        }
        Command::Import(wanted) => import(context, wanted),
        Command::Create(wanted) => create(context, wanted),
        Command::Delete(Delete { transports, consent }) => {
            let transports = Chosen::all(&transports, context)?;
            let names: Vec<String> = transports.iter().copied().map(label).collect();
            let what = quantity::count(names.len(), "transport");
            let question = format!(
                "Delete {what} from the stored configuration of {}: {}?",
                context.servers(),
                names.join(", ")
            );
            action::confirm(consent, &question)?;
            let answers = context.ask(move |mpr, target| {
                fleet::with_configuration(mpr, target, |stored| delete(stored, &transports, consent.dry_run))
            });
            action::report(context, answers)
        }
        Command::Filter(Filter { transport, filters, consent }) => {
            let (transport, is_on) = (transport.id(context)?, filters == Switch::On);
            let label = label(transport);
            let word = if is_on { "on" } else { "off" };
            let question = format!("Turn the static filters of {label} {word}, on {}?", context.servers());
            action::confirm(consent, &question)?;
            let answers = context.ask(move |mpr, target| {
                fleet::with_configuration(mpr, target, |stored| {
                    stored.transport(transport).map_err(|error| missing(error.into(), transport, true))?;
                    let outcome = done(consent.dry_run, || {
                        stored.set_filters_enabled(transport, is_on).map(|()| Outcome::stored(stored))
                    });
                    Ok(vec![Action::new("filter", format!("{label} {word} (stored)"), outcome)])
                })
            });
            action::report(context, answers)
        }
    }
}

/// `IP`, `ipv6`, `33`, `0x21`.
pub(crate) fn parse_id(text: &str) -> Result<TransportId, String> {
    text.parse().or_else(|error: ParseEnumerationError| {
        quantity::parse_number(text).map(TransportId::from).ok_or_else(|| {
            format!("`{text}` is not a transport; use {} or a number, such as 0x21", error.words().join(", "))
        })
    })
}

/// A transport as a person names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// By a word that is known, or by its number.
    Id(TransportId),
    /// By the name under which it is stored.
    Name(String),
}

impl Chosen {
    pub(crate) fn parse(text: &str) -> Result<Chosen, String> {
        match parse_id(text) {
            Ok(id) => Ok(Chosen::Id(id)),
            // No server has been asked yet.
            Err(_) if !text.trim().is_empty() => Ok(Chosen::Name(text.to_owned())),
            Err(reason) => Err(reason),
        }
    }

    /// Finds the transport. A name is looked up in the stored configurations of the servers.
    ///
    /// # Errors
    /// No server has a transport of this name, or the name stands for several transports.
    pub(crate) fn id(&self, context: &Context) -> Result<TransportId, Failure> {
        let name = match self {
            Chosen::Id(id) => return Ok(*id),
            Chosen::Name(name) => name.clone(),
        };
        let wanted = name.to_lowercase();
        let answers = context.ask(move |mpr, target| {
            fleet::with_configuration(mpr, target, |stored| {
                let named = |transport: &mprapi::config::Transport<'_>| {
                    transport.name().to_string_lossy().to_lowercase() == wanted
                };
                let transports = stored.transports()?;
                Ok(transports.iter().filter(named).map(|transport| transport.id()).collect::<Vec<_>>())
            })
        });
        let mut ids = Vec::new();
        for answer in answers {
            for id in answer.result.map_err(|failure| failure.of(answer.target.label()))? {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
        match ids[..] {
            [id] => Ok(id),
            [] => Err(Failure::usage(parse_id(&name).err().unwrap_or_default())
                .advice("To see the names of those that are stored: mprctl transport list --columns all")),
            _ => {
                let numbers: Vec<String> = ids.into_iter().map(label).collect();
                Err(Failure::usage(format!(
                    "`{name}` names several transports; use one of {}",
                    numbers.join(", ")
                )))
            }
        }
    }

    /// Finds each of the transports, once if it is named more than once.
    fn all(chosen: &[Chosen], context: &Context) -> Result<Vec<TransportId>, Failure> {
        let found = meant::each_once(chosen, |chosen| chosen.id(context), TransportId::eq)?;
        Ok(found.into_iter().map(|(_, id)| id).collect())
    }
}

pub(crate) fn label(id: TransportId) -> String {
    match id {
        TransportId::Unknown(number) => format!("{number:#x}"),
        known => known.to_string(),
    }
}

/// Names the transport in a failure that says that it does not exist.
pub(crate) fn missing(failure: Failure, transport: TransportId, stored: bool) -> Failure {
    if failure.kind != Kind::NotFound {
        return failure;
    }
    let place = if stored { "the stored configuration" } else { "the running router" };
    let message = format!("the transport {} is not in {place}", label(transport));
    Failure { kind: Kind::NotFound, message, ..failure }
        .advice("To see the transports: mprctl transport list")
}

/// Reads the settings of a transport. The running router does not tell the path of the library.
fn settings(
    mpr: &Mpr,
    target: Option<&str>,
    transport: TransportId,
    store: bool,
) -> Result<TransportSettings, Failure> {
    let read = if store {
        fleet::with_configuration(mpr, target, |stored| Ok(stored.transport(transport)?.info()?))
    } else {
        fleet::with_server(mpr, target, |server| Ok(server.transport_info(transport)?))
    };
    read.map_err(|failure| missing(failure, transport, store))
}

fn show(
    mpr: &Mpr,
    target: Option<&str>,
    transport: TransportId,
    store: bool,
) -> Result<Vec<InfoRow>, Failure> {
    let settings = settings(mpr, target, transport, store)?;
    let label = label(transport);
    let mut rows = Vec::new();
    rows.extend(info_block::rows(None, &label, "global", settings.global.as_ref()));
    rows.extend(info_block::rows(None, &label, "client_interface", settings.client_interface.as_ref()));
    Ok(rows)
}

fn import(context: &Context, import: Import) -> Result<(), Failure> {
    let block = info_block::read(&import.file)?;
    let transport = import.transport.id(context)?;
    let question =
        format!("Replace the settings ({}) of {} on {}?", import.part(), label(transport), context.servers());
    action::confirm(import.consent, &question)?;
    action::report(context, context.ask(move |mpr, target| import.carry_out(mpr, target, transport, &block)))
}

impl Import {
    fn part(&self) -> &'static str {
        if self.client { "client interfaces" } else { "global" }
    }

    fn carry_out(
        &self,
        mpr: &Mpr,
        target: Option<&str>,
        transport: TransportId,
        block: &InfoBlockBuf,
    ) -> Result<Vec<Action>, Failure> {
        let &Import { client, scope, consent: Consent { dry_run, .. }, .. } = self;
        let label = format!("{}, {}", label(transport), self.part());
        let of_part = |global, client_interface| if client { client_interface } else { global };
        let (global, client_interface) =
            if client { (None, Some(block.clone())) } else { (Some(block.clone()), None) };
        let after = TransportSettings { global, client_interface, dll_path: None };
        scope.change(
            mpr,
            target,
            |server| {
                let before = server.transport_info(transport);
                let before = before.map_err(|error| missing(error.into(), transport, false))?;
                let before = of_part(before.global, before.client_interface);
                Ok(info_block::replace(&label, before.as_ref(), block, dry_run, || {
                    server.set_transport_info(transport, &after)
                }))
            },
            |stored| {
                let found = stored.transport(transport);
                let found = found.map_err(|error| missing(error.into(), transport, true))?;
                let before = found.info()?;
                let before = of_part(before.global, before.client_interface);
                let label = format!("{label} (stored)");
                Ok(info_block::replace(&label, before.as_ref(), block, dry_run, || {
                    found.set_info(&after).map(|()| Outcome::stored(stored))
                }))
            },
        )
    }
}

fn create(context: &Context, create: Create) -> Result<(), Failure> {
    let Create { transport, dll, name, global, client, scope, dry_run } = create;
    let global = global.as_deref().map(info_block::read).transpose()?.unwrap_or_default();
    let client = client.as_deref().map(info_block::read).transpose()?;
    let answers = context.ask(move |mpr, target| {
        let label = label(transport);
        let settings = TransportSettings {
            global: Some(global.clone()),
            client_interface: client.clone(),
            dll_path: dll.as_deref().map(WideString::from),
        };
        scope.change(
            mpr,
            target,
            |server| {
                let is_free = || nothing_is_there(server.transport_info(transport), transport, false);
                let outcome = if dry_run { is_free() } else { Ok(()) };
                let outcome = outcome.and_then(|()| {
                    done(dry_run, || server.create_transport(transport, name.as_deref(), &settings))
                });
                Ok(vec![Action::new("create", &label, outcome)])
            },
            |stored| {
                let outcome = store(stored, transport, name.as_deref(), dry_run, &settings);
                Ok(vec![Action::new("create", format!("{label} (stored)"), outcome)])
            },
        )
    });
    action::report(context, answers)
}

/// Stores a transport that is not stored yet. (The function would change one that is.)
fn store(
    stored: &Configuration,
    transport: TransportId,
    name: Option<&str>,
    dry_run: bool,
    settings: &TransportSettings,
) -> Result<Outcome, Failure> {
    nothing_is_there(stored.transport(transport), transport, true)?;
    done(dry_run, || stored.create_transport(transport, name, settings).map(|_| Outcome::stored(stored)))
}

/// Fails if the transport was found.
fn nothing_is_there<T>(
    found: mprapi::Result<T>,
    transport: TransportId,
    stored: bool,
) -> Result<(), Failure> {
    match found.map_err(|error| missing(error.into(), transport, stored)) {
        Ok(_) => {
            let message = format!("there is a transport {} already", label(transport));
            Err(Failure::new(Kind::Failed, message).advice("`mprctl transport import` changes it."))
        }
        Err(failure) if failure.kind == Kind::NotFound => Ok(()),
        Err(failure) => Err(failure),
    }
}

/// Deletes transports. All are looked up before one is deleted.
fn delete(
    stored: &mut Configuration,
    transports: &[TransportId],
    dry_run: bool,
) -> Result<Vec<Action>, Failure> {
    for &transport in transports {
        stored.transport(transport).map_err(|error| missing(error.into(), transport, true))?;
    }
    let action = |&transport: &TransportId| {
        let outcome = done(dry_run, || stored.delete_transport(transport).map(|()| Outcome::stored(stored)));
        Action::new("delete", format!("{} (stored)", label(transport)), outcome)
    };
    Ok(transports.iter().map(action).collect())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use mprapi::{Info, InfoType};

    use super::*;
    use crate::commands::schema::tests::assert_line;

    fn names(actions: &[Action]) -> Vec<(&'static str, &str)> {
        actions.iter().map(|action| (action.action, action.object.as_str())).collect()
    }

    #[test]
    fn a_transport_is_chosen_by_the_name_under_which_it_is_stored_too() {
        let names = ["mprctl-named-1", "mprctl-named-2"];
        let _simulation = names.map(|name| mprapi_sim::Server::new(name).start());
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
        let create = |server: &str, id: TransportId, name: &str| {
            let settings =
                TransportSettings { global: Some(InfoBlockBuf::new()), ..TransportSettings::default() };
            let stored = mpr.configuration(Some(server)).unwrap();
            stored.create_transport(id, Some(name), &settings).unwrap();
        };
        create(names[0], TransportId::Ipx, "Söder-Net");
        create(names[0], TransportId::Ipv6, "elsewhere");
        create(names[1], TransportId::Ipx, "elsewhere");
        let context = Context::of_test(&names, Duration::from_secs(60));
        let id = |text: &str| Chosen::parse(text).unwrap().id(&context);
        for text in ["Söder-Net", "SÖDER-NET", "IPX", "0x2b"] {
            assert_eq!(id(text).unwrap(), TransportId::Ipx, "{text}");
        }
        assert_eq!(id("ipv6").unwrap(), TransportId::Ipv6);
        let unknown = id("tcp").unwrap_err();
        assert_eq!(unknown.kind, Kind::Usage);
        assert!(unknown.sentence().contains("`tcp` is not a transport"), "{}", unknown.sentence());
        let several = id("elsewhere").unwrap_err().sentence();
        assert!(several.contains("IPv6, IPX"), "{several}");
        assert!(Chosen::parse(" ").is_err());
    }

    #[test]
    fn what_was_imported_is_in_the_running_router_and_stored_and_a_second_time_changes_nothing() {
        let target = Some("mprctl-import");
        let _simulation = mprapi_sim::Server::new("mprctl-import").start();
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
        let mut block = InfoBlockBuf::new();
        block.add(Info::items(InfoType::IP_ROUTE, 4, &[1, 2, 3, 4, 5, 6, 7, 8]).unwrap()).unwrap();
        let mut import = Import {
            transport: Chosen::Id(TransportId::Ip),
            file: PathBuf::new(),
            client: true,
            scope: Scope { store: true, store_only: false },
            consent: Consent { yes: true, dry_run: true },
        };
        let would = import.carry_out(&mpr, target, TransportId::Ip, &block).unwrap();
        assert!(would.iter().all(|action| action.outcome == Outcome::Would));
        assert!(show(&mpr, target, TransportId::Ip, false).unwrap().is_empty());

        import.consent.dry_run = false;
        let done = import.carry_out(&mpr, target, TransportId::Ip, &block).unwrap();
        assert_eq!(
            names(&done),
            [
                ("add", "IP, client interfaces: static routes, 2 items of 4 bytes"),
                ("add", "IP, client interfaces (stored): static routes, 2 items of 4 bytes"),
            ]
        );
        for store in [false, true] {
            let rows = show(&mpr, target, TransportId::Ip, store).unwrap();
            assert_line(&rows[0]);
            let row = serde_json::to_value(&rows[0]).unwrap();
            assert_eq!(rows.len(), 1);
            assert_eq!(
                (&row["part"], &row["data"]),
                (&"client_interface".into(), &"0102030405060708".into())
            );
        }
        let again = import.carry_out(&mpr, target, TransportId::Ip, &block).unwrap();
        assert!(again.iter().all(|action| action.action == "keep"));
    }

    #[test]
    fn a_transport_is_known_by_name_or_number() {
        assert_eq!(parse_id("ipv6"), Ok(TransportId::Ipv6));
        assert_eq!(parse_id("33"), Ok(TransportId::Ip));
        assert_eq!(parse_id("0x21"), Ok(TransportId::Ip));
        assert_eq!(parse_id("0x99").map(label), Ok("0x99".to_owned()));
        assert!(parse_id("tcp").is_err());
    }
}
