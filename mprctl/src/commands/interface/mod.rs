//! Interfaces: the router's network adapters, and the demand-dial interfaces through which it reaches others.

mod change;
mod credentials;
mod device;
mod find;
mod hours;
mod ikev2;
mod ip_in_ip;
mod transport;
pub(crate) mod trouble;
mod update;

use std::time::Duration;

use clap::{Args, Subcommand};
use mprapi::{ConnectionState, Interface, InterfaceType, Server};

use self::find::{Ask, Names, act, act_within, find_to_read, question};
use crate::action;
use crate::adapter::FriendlyNames;
use crate::context::Context;
use crate::failure::Failure;
use crate::order;
use crate::output::{Listing, Mood, Report, ServerName, State, Value, each, row};

pub(crate) use credentials::CredentialsRow;
pub(crate) use device::InterfaceDeviceRow;
pub(crate) use ikev2::Ikev2Sheet;
pub(crate) use ip_in_ip::IpInIpRow;
pub(crate) use transport::InterfaceTransportRow;
pub(crate) use update::RouteUpdateRow;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the interfaces
    #[command(after_help = "Example:\n  mprctl interface list --where state=unreachable")]
    List(Listing<InterfaceRow>),
    /// Show all details of interfaces
    #[command(after_help = "Example:\n  mprctl interface show branch-2")]
    Show(Names),
    /// Create a demand-dial interface
    #[command(after_help = "Examples:
  mprctl interface create branch-2 --vpn vpn2.example.com
  mprctl interface create branch-3 --phone 5550100 --device 'Standard Modem'

The interface exists until the service stops. With --store it also exists after the next start.")]
    Create(change::Create),
    /// Enable, disable or change interfaces
    #[command(after_help = "Examples:
  mprctl interface set branch-2 --disable --store
  mprctl interface set branch-2 --destination vpn3.example.com

A change lasts until the service stops. With --store, mprctl also stores whether the interface is enabled.")]
    Set(change::Set),
    /// Delete interfaces (asks first)
    #[command(after_help = "\
Example:
  mprctl interface delete branch-2 --store

A stored interface comes back when the service starts. With --store, the stored one is deleted too.")]
    Delete(change::Removal),
    /// Connect demand-dial interfaces
    #[command(after_help = "\
Example:
  mprctl interface connect branch-2 --timeout 2min

mprctl waits until the interfaces are connected. When --timeout is over, it ends the attempt.")]
    Connect(Connect),
    /// Disconnect demand-dial interfaces (asks first)
    #[command(after_help = "Example:\n  mprctl interface disconnect branch-2 --yes")]
    Disconnect(Ask),
    /// List, add, remove, export and import transports on an interface
    #[command(subcommand)]
    Transport(transport::Command),
    /// Show and set the credentials that demand-dial interfaces dial out with
    #[command(subcommand)]
    Credentials(credentials::Command),
    /// List and set the devices of demand-dial interfaces, one for each link
    #[command(subcommand)]
    Device(device::Command),
    /// Show, set and remove the IKEv2 settings of demand-dial interfaces
    #[command(subcommand)]
    Ikev2(ikev2::Command),
    /// List, create and delete the names of interfaces of IP-in-IP tunnels
    #[command(subcommand)]
    IpInIp(ip_in_ip::Command),
    /// Update the routes of a transport on connected interfaces, and wait for the result
    #[command(after_help = "Example:\n  mprctl interface update-routes branch-2 --transport IPv6")]
    UpdateRoutes(update::Update),
    /// Show the result of the last update of routes
    #[command(after_help = "Example:\n  mprctl interface update-result branch-2")]
    UpdateResult(update::Query),
    /// Make the router reread the phone book entries of interfaces
    #[command(after_help = "Example:\n  mprctl interface update-phonebook branch-2")]
    UpdatePhonebook(update::PhoneBook),
}

#[derive(Args)]
pub(crate) struct Connect {
    #[command(flatten)]
    names: Names,
    /// Do not wait until the interfaces are connected
    #[arg(long)]
    no_wait: bool,
    /// Print what would be done, but change nothing
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::List(listing) => context.list(&listing, list),
        Command::Show(Names { names }) => {
            let answers = context.ask_servers(move |server| each(&names, |name| sheet(server, name)));
            Report::of_each(answers).print_sheets(context.style)
        }
        Command::Create(create) => change::create(context, create),
        Command::Set(set) => change::set(context, set),
        Command::Delete(delete) => change::delete(context, delete),
        Command::Connect(Connect { names, no_wait, dry_run }) => {
            if no_wait {
                return act(context, "connect", names, dry_run, find::dials, |interface| {
                    Ok(interface.begin_connect()?)
                });
            }
            let limit = context.limits.timeout;
            // Time for the other calls, so that the failure is the interface's and not the server's.
            let limit = limit - (limit / 10).min(Duration::from_secs(2));
            act_within(context, "connect", names, dry_run, find::dials, limit, |interface, left| {
                interface.connect_within(left).map_err(Failure::of_dial)
            })
        }
        Command::Transport(command) => transport::run(context, command),
        Command::Credentials(command) => credentials::run(context, command),
        Command::Device(command) => device::run(context, command),
        Command::Ikev2(command) => ikev2::run(context, command),
        Command::IpInIp(command) => ip_in_ip::run(context, command),
        Command::UpdateRoutes(update) => update::routes(context, update),
        Command::UpdateResult(query) => update::result(context, query),
        Command::UpdatePhonebook(update) => update::phone_book(context, update),
        Command::Disconnect(Ask { names, consent }) => {
            action::confirm(consent, &question("Disconnect", &names))?;
            act(context, "disconnect", names, consent.dry_run, find::is_dialled, |interface| {
                Ok(interface.disconnect()?)
            })
        }
    }
}

row! {
    /// An interface of the running router.
    pub(crate) struct InterfaceRow: "interface" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The name. For a network adapter this is its GUID in braces.
        name: String => Always "Interface",
        /// The friendly name of a network adapter, as Windows shows it.
        friendly_name: Option<String> => IfRoom "Shown as",
        /// The server's handle of the interface, in hexadecimal.
        handle: String => Asked "Handle" after last_error,
        /// The type of the interface.
        r#type: String => Always "Type",
        /// `true` if the interface is enabled.
        enabled: bool => Always "Enabled",
        /// The connection state.
        state: State => Always "State",
        /// The reasons why the interface cannot be connected.
        reasons: String => IfRoom "Because",
        /// The error of the last attempt to connect.
        last_error: Option<String> => IfRoom "Last error",
    }
}

impl InterfaceRow {
    fn new(interface: Interface<'_>, friendly_names: &FriendlyNames<'_>) -> InterfaceRow {
        let state = interface.connection_state();
        InterfaceRow {
            server: ServerName::default(),
            name: interface.name().to_string_lossy(),
            friendly_name: friendly_names.of(interface.name()),
            handle: interface.id().to_string(),
            r#type: interface.interface_type().to_string(),
            enabled: interface.is_enabled(),
            state: State::new(
                state.to_string(),
                match state {
                    ConnectionState::Connected => Mood::Good,
                    ConnectionState::Connecting => Mood::Warn,
                    ConnectionState::Unreachable => Mood::Bad,
                    _ => Mood::Quiet,
                },
            ),
            reasons: trouble::reasons(interface),
            last_error: trouble::last_error(interface),
        }
    }
}

fn list(server: &Server) -> Result<Vec<InterfaceRow>, Failure> {
    let friendly_names = FriendlyNames::new(server);
    let interfaces = server.interfaces()?;
    let rows = interfaces.iter().map(|interface| InterfaceRow::new(interface, &friendly_names));
    let mut rows: Vec<InterfaceRow> = rows.collect();
    order::by_name(&mut rows, |row| row.friendly_name.as_ref().unwrap_or(&row.name));
    Ok(rows)
}

row! {
    /// The details of an interface of the running router.
    pub(crate) struct InterfaceSheet: "interface_sheet" {
        /// The columns of the list.
        #[serde(flatten)]
        row: InterfaceRow => ..InterfaceRow,
        /// The destination that a demand-dial interface dials: a host or a telephone number.
        destination: Option<String> => Always "Dials",
        /// The destinations to dial if the first fails.
        alternates: Vec<String> => Always "Or",
        /// The device that dials.
        device: Option<String> => Always "Device",
        /// The kind of connection: a telephone line, a tunnel, …
        entry: Option<String> => Always "By",
        /// The tunnel protocols that the interface tries.
        tunnels: Option<String> => Always "Tunnels",
        /// The encryption.
        encryption: Option<String> => Always "Encryption",
        /// The hours in which a demand-dial interface may dial out: a text for each day, such as `2 09:00-12:00 13:00-17:30`,
        /// where 0 is Sunday. An empty list means at any time.
        dialout_hours: Option<Vec<String>> => Always "Dials out" as hours_in_words,
        /// The GUID of the entry in the phone book.
        guid: Option<String> => Always "GUID",
    }
}

fn hours_in_words(hours: &Option<Vec<String>>) -> Value<'_> {
    Value::maybe(hours.as_deref(), |texts| match hours::in_words(texts) {
        words if words.is_empty() => Value::Labelled { exact: "", short: "-", mood: Mood::Quiet },
        words => Value::owned(words),
    })
}

fn sheet(server: &Server, name: &str) -> Result<InterfaceSheet, Failure> {
    let interface = find_to_read(server, name)?;
    let info = interface.info()?;
    let mut sheet = InterfaceSheet {
        row: InterfaceRow::new(info.get(), &FriendlyNames::new(server)),
        destination: None,
        alternates: Vec::new(),
        device: None,
        entry: None,
        tunnels: None,
        encryption: None,
        dialout_hours: None,
        guid: None,
    };
    if info.get().interface_type() == InterfaceType::FullRouter {
        let info = interface.demand_dial_info()?;
        let dials = info.get();
        sheet.destination = Some(dials.destination().to_string_lossy());
        sheet.alternates = dials.alternates()?.iter().map(|text| text.to_string_lossy()).collect();
        sheet.device = Some(dials.device_name().to_string_lossy());
        sheet.entry = Some(dials.entry_type().to_string());
        sheet.tunnels = Some(dials.vpn_strategy().to_string());
        sheet.encryption = Some(dials.encryption().to_string());
        let hours = interface.dialout_hours()?;
        sheet.dialout_hours = hours.map(|days| days.iter().map(|day| day.to_string_lossy()).collect());
        sheet.guid = Some(dials.guid().to_string());
    }
    Ok(sheet)
}
