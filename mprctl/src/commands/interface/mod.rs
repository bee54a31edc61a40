//! Interfaces: the router's network adapters, and the demand-dial interfaces through which it reaches others.

mod change;
mod credentials;
mod device;
mod find;
mod hours;
mod ikev2;
mod ip_in_ip;
mod transport;
mod update;

use clap::{Args, Subcommand};
use mprapi::sys::{MPR_INTERFACE_0, MPR_INTERFACE_1, MPR_INTERFACE_2};
use mprapi::{
    ConnectionState, ErrorKind, Interface, InterfaceHandle, InterfaceType, Server, UnreachabilityReasons,
};
use schemars::JsonSchema;
use serde::Serialize;

use self::find::{Ask, Names, act, find_to_read, question};
use crate::action;
use crate::adapter::FriendlyNames;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Listing, Mood, Place, Report, Row, Value, each};

pub(crate) use credentials::CredentialsRow;
pub(crate) use device::InterfaceDeviceRow;
pub(crate) use ikev2::Ikev2Sheet;
pub(crate) use ip_in_ip::IpInIpRow;
pub(crate) use transport::InterfaceTransportRow;
pub(crate) use update::RouteUpdateRow;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Lists the interfaces
    #[command(after_help = "Example:\n  mprctl interface list --where state=unreachable")]
    List(Listing),
    /// Shows all there is to know of interfaces
    #[command(after_help = "Example:\n  mprctl interface show branch-2")]
    Show(Names),
    /// Makes a demand-dial interface
    #[command(after_help = "Examples:
  mprctl interface create branch-2 --vpn vpn2.example.com
  mprctl interface create branch-3 --phone 5550100 --device 'Standard Modem'

It is there until the service stops; with --store it is there again when the service starts.")]
    Create(change::Create),
    /// Changes an interface
    #[command(after_help = "Examples:
  mprctl interface set branch-2 --disable --store
  mprctl interface set branch-2 --destination vpn3.example.com

The change holds until the service stops; with --store it is stored whether they are enabled.")]
    Set(change::Set),
    /// Deletes interfaces, after a question
    #[command(after_help = "\
Example:
  mprctl interface delete branch-2 --store

One that is stored is there again when the service starts; with --store it is deleted there too.")]
    Delete(change::Removal),
    /// Connects demand-dial interfaces
    #[command(after_help = "Example:\n  mprctl interface connect branch-2 --timeout 2min")]
    Connect(Connect),
    /// Disconnects demand-dial interfaces, after a question
    #[command(after_help = "Example:\n  mprctl interface disconnect branch-2 --yes")]
    Disconnect(Ask),
    /// The transports on an interface, and their settings there
    #[command(subcommand)]
    Transport(transport::Command),
    /// As whom demand-dial interfaces dial out
    #[command(subcommand)]
    Credentials(credentials::Command),
    /// The devices of demand-dial interfaces, one for each link
    #[command(subcommand)]
    Device(device::Command),
    /// The IKEv2 settings of demand-dial interfaces
    #[command(subcommand)]
    Ikev2(ikev2::Command),
    /// The names of IP-in-IP tunnels' interfaces
    #[command(subcommand)]
    IpInIp(ip_in_ip::Command),
    /// Has a transport ask for routes over interfaces that are connected, and waits for the end
    #[command(after_help = "Example:\n  mprctl interface update-routes branch-2 --transport IPv6")]
    UpdateRoutes(update::Update),
    /// Shows how the last update of routes ended
    #[command(after_help = "Example:\n  mprctl interface update-result branch-2")]
    UpdateResult(update::Query),
    /// Has the router take up what was changed in the phone book
    #[command(after_help = "Example:\n  mprctl interface update-phonebook branch-2")]
    UpdatePhonebook(update::PhoneBook),
}

#[derive(Args)]
pub(crate) struct Connect {
    #[command(flatten)]
    names: Names,
    /// Do not wait until they are connected
    #[arg(long)]
    no_wait: bool,
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
        Command::Connect(Connect { names, no_wait }) => {
            act(context, "connect", names, false, move |interface| {
                Ok(if no_wait { interface.begin_connect() } else { interface.connect() }?)
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
            act(context, "disconnect", names, consent.dry_run, |interface| Ok(interface.disconnect()?))
        }
    }
}

/// An interface of the running router.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct InterfaceRow {
    /// The server.
    server: String,
    /// Its name: of a network adapter its GUID in braces, of a demand-dial interface the name that it was given.
    name: String,
    /// The name of a network adapter as Windows shows it.
    friendly_name: Option<String>,
    /// The server's handle of the interface, in hexadecimal.
    handle: String,
    /// What it connects to.
    #[serde(rename = "type")]
    kind: String,
    /// Whether it is enabled.
    enabled: bool,
    /// Whether it is connected.
    state: String,
    /// Why it cannot be connected.
    reasons: String,
    /// Why the last attempt to connect it failed.
    last_error: Option<String>,
    #[serde(skip)]
    mood: Option<Mood>,
}

impl Row for InterfaceRow {
    const KIND: &'static str = "interface";
    const COLUMNS: &'static [Column<InterfaceRow>] = &[
        Column::new("server", "Server", Place::Fleet, |row| Value::text(&row.server)),
        Column::new("name", "Interface", Place::Always, |row| Value::text(&row.name)),
        Column::new("friendly_name", "Shown as", Place::IfRoom, |row| {
            Value::maybe(row.friendly_name.as_deref(), Value::text)
        }),
        Column::new("type", "Type", Place::Always, |row| Value::text(&row.kind)),
        Column::new("enabled", "Enabled", Place::Always, |row| Value::Yes(row.enabled)),
        Column::new("state", "State", Place::Always, |row| {
            Value::State(row.state.as_str().into(), row.mood.unwrap_or(Mood::Quiet))
        }),
        Column::new("reasons", "Because", Place::IfRoom, |row| Value::text(&row.reasons)),
        Column::new("last_error", "Last error", Place::IfRoom, |row| {
            Value::maybe(row.last_error.as_deref(), Value::text)
        }),
        Column::new("handle", "Handle", Place::Asked, |row| Value::text(&row.handle)),
    ];

    fn set_server(&mut self, server: &str) {
        server.clone_into(&mut self.server);
    }
}

impl InterfaceRow {
    fn new(interface: Interface<'_, MPR_INTERFACE_0>, friendly_names: &FriendlyNames<'_>) -> InterfaceRow {
        let state = interface.connection_state();
        let is_unreachable = state == ConnectionState::Unreachable;
        InterfaceRow {
            server: String::new(),
            name: interface.name().to_string_lossy(),
            friendly_name: friendly_names.of(interface.name()),
            handle: interface.id().to_string(),
            kind: interface.interface_type().to_string(),
            enabled: interface.is_enabled(),
            state: state.to_string(),
            reasons: if is_unreachable { reasons(interface.unreachability_reasons()) } else { String::new() },
            last_error: interface.last_error().map(|error| Failure::from(error).message),
            mood: Some(match state {
                ConnectionState::Connected => Mood::Good,
                ConnectionState::Connecting => Mood::Warn,
                ConnectionState::Unreachable => Mood::Bad,
                _ => Mood::Quiet,
            }),
        }
    }
}

fn reasons(reasons: UnreachabilityReasons) -> String {
    if reasons.is_empty() { String::new() } else { reasons.to_string() }
}

fn list(server: &Server) -> Result<Vec<InterfaceRow>, Failure> {
    let friendly_names = FriendlyNames::new(server);
    Ok(server.interfaces()?.iter().map(|interface| InterfaceRow::new(interface, &friendly_names)).collect())
}

/// All that there is to know of an interface of the running router.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct InterfaceSheet {
    /// What is listed of it.
    #[serde(flatten)]
    row: InterfaceRow,
    /// What a demand-dial interface dials: a host or a telephone number.
    destination: Option<String>,
    /// What to dial when that fails.
    alternates: Vec<String>,
    /// The device it dials with.
    device: Option<String>,
    /// What it dials through: a telephone line, a tunnel, …
    entry: Option<String>,
    /// Which tunnel protocols it tries.
    tunnels: Option<String>,
    /// Whether it encrypts.
    encryption: Option<String>,
    /// When a demand-dial interface may dial out: a text for each day, such as `2 09:00-12:00 13:00-17:30`, in which 0 is
    /// Sunday. An empty list is at any time.
    dialout_hours: Option<Vec<String>>,
    /// The GUID of its entry in the phone book.
    guid: Option<String>,
}

fn maybe(text: &Option<String>) -> Value<'_> {
    Value::maybe(text.as_deref(), Value::text)
}

impl Row for InterfaceSheet {
    const KIND: &'static str = "interface_sheet";
    const COLUMNS: &'static [Column<InterfaceSheet>] = &[
        Column::new("server", "Server", Place::Fleet, |sheet| Value::text(&sheet.row.server)),
        Column::new("name", "Interface", Place::Always, |sheet| Value::text(&sheet.row.name)),
        Column::new("friendly_name", "Shown as", Place::Always, |sheet| maybe(&sheet.row.friendly_name)),
        Column::new("type", "Type", Place::Always, |sheet| Value::text(&sheet.row.kind)),
        Column::new("enabled", "Enabled", Place::Always, |sheet| Value::Yes(sheet.row.enabled)),
        Column::new("state", "State", Place::Always, |sheet| {
            Value::State(sheet.row.state.as_str().into(), sheet.row.mood.unwrap_or(Mood::Quiet))
        }),
        Column::new("reasons", "Because", Place::Always, |sheet| Value::text(&sheet.row.reasons)),
        Column::new("last_error", "Last error", Place::Always, |sheet| maybe(&sheet.row.last_error)),
        Column::new("destination", "Dials", Place::Always, |sheet| maybe(&sheet.destination)),
        Column::new("alternates", "Or", Place::Always, |sheet| Value::owned(sheet.alternates.join(", "))),
        Column::new("device", "Device", Place::Always, |sheet| maybe(&sheet.device)),
        Column::new("entry", "By", Place::Always, |sheet| maybe(&sheet.entry)),
        Column::new("tunnels", "Tunnels", Place::Always, |sheet| maybe(&sheet.tunnels)),
        Column::new("encryption", "Encryption", Place::Always, |sheet| maybe(&sheet.encryption)),
        Column::new("dialout_hours", "Dials out", Place::Always, |sheet| {
            Value::maybe(sheet.dialout_hours.as_deref(), |texts| match hours::in_words(texts) {
                words if words.is_empty() => Value::Told { exact: "", short: "-", mood: Mood::Quiet },
                words => Value::owned(words),
            })
        }),
        Column::new("guid", "GUID", Place::Always, |sheet| maybe(&sheet.guid)),
        Column::new("handle", "Handle", Place::Asked, |sheet| Value::text(&sheet.row.handle)),
    ];

    fn set_server(&mut self, server: &str) {
        self.row.set_server(server);
    }
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
        let info = interface.info_at::<MPR_INTERFACE_2>()?;
        let dials = info.get();
        sheet.destination = Some(dials.destination().to_string_lossy());
        sheet.alternates = dials.alternates()?.iter().map(|text| text.to_string_lossy()).collect();
        sheet.device = Some(dials.device_name().to_string_lossy());
        sheet.entry = Some(dials.entry_type().to_string());
        sheet.tunnels = Some(dials.vpn_strategy().to_string());
        sheet.encryption = Some(dials.encryption().to_string());
        sheet.dialout_hours = dialout_hours(interface)?;
        sheet.guid = Some(dials.guid().to_string());
    }
    Ok(sheet)
}

/// Reads when a demand-dial interface may dial out, from a server that tells it.
fn dialout_hours(interface: InterfaceHandle<'_>) -> Result<Option<Vec<String>>, Failure> {
    match interface.info_at::<MPR_INTERFACE_1>() {
        Ok(info) => Ok(Some(info.get().dialout_hours()?.iter().map(|text| text.to_string_lossy()).collect())),
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error.into()),
    }
}
