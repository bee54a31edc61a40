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

use self::find::{Ask, Names, act, find_to_read, question};
use crate::action;
use crate::adapter::FriendlyNames;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Listing, Mood, Report, ServerName, State, Value, each, row};

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
    List(Listing<InterfaceRow>),
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

row! {
    /// An interface of the running router.
    pub(crate) struct InterfaceRow: "interface" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// Its name: of a network adapter its GUID in braces, of a demand-dial interface the name that it was given.
        name: String => Always "Interface",
        /// The name of a network adapter as Windows shows it.
        friendly_name: Option<String> => IfRoom "Shown as",
        /// The server's handle of the interface, in hexadecimal.
        handle: String => Asked "Handle" after last_error,
        /// What it connects to.
        r#type: String => Always "Type",
        /// Whether it is enabled.
        enabled: bool => Always "Enabled",
        /// Whether it is connected.
        state: State => Always "State",
        /// Why it cannot be connected.
        reasons: String => IfRoom "Because",
        /// Why the last attempt to connect it failed.
        last_error: Option<String> => IfRoom "Last error",
    }
}

impl InterfaceRow {
    fn new(interface: Interface<'_, MPR_INTERFACE_0>, friendly_names: &FriendlyNames<'_>) -> InterfaceRow {
        let state = interface.connection_state();
        let is_unreachable = state == ConnectionState::Unreachable;
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
            reasons: if is_unreachable { reasons(interface.unreachability_reasons()) } else { String::new() },
            last_error: interface.last_error().map(|error| Failure::from(error).message),
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

row! {
    /// All that there is to know of an interface of the running router.
    pub(crate) struct InterfaceSheet: "interface_sheet" {
        /// What is listed of it.
        #[serde(flatten)]
        row: InterfaceRow => ..InterfaceRow,
        /// What a demand-dial interface dials: a host or a telephone number.
        destination: Option<String> => Always "Dials",
        /// What to dial when that fails.
        alternates: Vec<String> => Always "Or",
        /// The device it dials with.
        device: Option<String> => Always "Device",
        /// What it dials through: a telephone line, a tunnel, …
        entry: Option<String> => Always "By",
        /// Which tunnel protocols it tries.
        tunnels: Option<String> => Always "Tunnels",
        /// Whether it encrypts.
        encryption: Option<String> => Always "Encryption",
        /// When a demand-dial interface may dial out: a text for each day, such as `2 09:00-12:00 13:00-17:30`, in which 0 is
        /// Sunday. An empty list is at any time.
        dialout_hours: Option<Vec<String>> => Always "Dials out" as hours_in_words,
        /// The GUID of its entry in the phone book.
        guid: Option<String> => Always "GUID",
    }
}

fn hours_in_words(hours: &Option<Vec<String>>) -> Value<'_> {
    Value::maybe(hours.as_deref(), |texts| match hours::in_words(texts) {
        words if words.is_empty() => Value::Told { exact: "", short: "-", mood: Mood::Quiet },
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
