//! Sessions: a connection together with the port it is on.

mod act;
mod counted;
mod kind;
mod read;
mod show;
mod started;

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use clap::{Args, Subcommand};
use mprapi::{ConnectionId, InterfaceType, Port, Server, Statistics};
use schemars::JsonSchema;
use serde::Serialize;

use self::act::SessionDeed;
pub(crate) use self::act::{Found, end};
pub(crate) use self::counted::Counted;
pub(crate) use self::kind::{Which, serialize as serialize_kind, word as kind_word};
pub(crate) use self::read::{Told, each};
pub(crate) use self::show::SessionDetails;
#[cfg(test)]
pub(crate) use self::started::started_of_test;
pub(crate) use self::started::{Clock, Started};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Listing, Place, Row, Value};
use crate::select::{self, Chosen, Names};

const NAMES: &str = "\
A session goes by its user (anna), by domain and user (CORP\\anna, anna@CORP), by the IPv4 or
IPv6 address inside the tunnel and by its handle, each compared whole and whatever its case.
A server gives a handle that is free to the next who comes; anna#0x17 means it only while it is
hers. Sessions are those of users and devices: `mprctl site` has the links to other sites.
A name that means sessions of several people is an error that lists them with their handles.
corp.example is taken for the full name of the domain CORP only where mprctl asks, never with
--yes.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Lists who is connected
    #[command(after_help = "\
Examples:
  mprctl session list --where tunnel=IKEv2 --sort=-bytes_out
  mprctl session list --where longer-than=8h --output csv
  mprctl session list --type all                     with the links to other sites")]
    List {
        #[command(flatten)]
        listing: Listing,

        /// The connections to list
        #[arg(long = "type", value_enum, value_name = "TYPE", default_value = "client")]
        which: Which,
    },

    /// Shows all that is known of sessions
    #[command(after_help = "\
Examples:
  mprctl session show anna
  mprctl session show 10.0.0.17 --output json")]
    Show {
        #[command(flatten)]
        names: Names,

        /// The connections that the names may mean
        #[arg(long = "type", value_enum, value_name = "TYPE", default_value = "client")]
        which: Which,
    },

    /// Ends sessions, by user, tunnel address or handle
    #[command(after_help = format!("\
Examples:
  mprctl session disconnect anna 'CORP\\ben' 10.0.0.17 2001:db8:20::5
  mprctl session disconnect --glob 'guest-*' --dry-run

{NAMES}"))]
    Disconnect(Chosen),

    /// Sends users a message, which those see whose computer shows it
    #[command(after_help = format!("\
Example:
  mprctl session message anna --text 'The server restarts at 18:00.' --yes

{NAMES}"))]
    Message {
        #[command(flatten)]
        chosen: Chosen,

        /// The message
        #[arg(long)]
        text: String,
    },

    /// Sets the counters of sessions to zero
    #[command(after_help = format!("Example:\n  mprctl session clear-stats anna\n\n{NAMES}"))]
    ClearStats(Chosen),

    /// Lifts the quarantine of sessions
    #[command(after_help = format!("Example:\n  mprctl session unquarantine anna\n\n{NAMES}"))]
    Unquarantine(Chosen),

    /// Tells the server that an IKEv2 client is at another address now, as the client itself does (MOBIKE)
    #[command(after_help = format!("\
Example:
  mprctl session move anna --local 192.0.2.10 --remote 203.0.113.77 --interface-index 12

{NAMES}"))]
    Move {
        #[command(flatten)]
        chosen: Chosen,

        #[command(flatten)]
        ends: Ends,
    },
}

/// Where a tunnel's ends are, outside the tunnel.
#[derive(Args, Clone, Copy)]
pub(crate) struct Ends {
    /// The server's address
    #[arg(long, value_name = "ADDRESS")]
    local: IpAddr,

    /// The client's address
    #[arg(long, value_name = "ADDRESS")]
    remote: IpAddr,

    /// The index of the server's interface that has the address (`mprctl mib addresses`)
    #[arg(long, value_name = "N")]
    interface_index: u32,
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    let act = |chosen: &Chosen, deed: SessionDeed| select::act(context, chosen, find, &deed);
    match command {
        Command::List { listing, which } => {
            // Where all are clients, that need not be said of each.
            let listing = if which == Which::Client { listing } else { listing.with_column("type") };
            context.list(&listing, move |server| read_those(server, which))
        }
        Command::Show { names, which } => {
            let find = match which {
                Which::Client => find,
                Which::Site => |server: &Server| find_those(server, Which::Site),
                Which::All => |server: &Server| find_those(server, Which::All),
            };
            select::show(context, &names, find, show::details)
        }
        Command::Disconnect(chosen) => act(&chosen, SessionDeed::Disconnect),
        Command::Message { chosen, text } => act(&chosen, SessionDeed::Message(text)),
        Command::ClearStats(chosen) => act(&chosen, SessionDeed::ClearStats),
        Command::Unquarantine(chosen) => act(&chosen, SessionDeed::Unquarantine),
        Command::Move { chosen, ends } => act(&chosen, SessionDeed::Move(ends)),
    }
}

/// Someone who is connected.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Session {
    /// The server.
    pub(crate) server: String,
    /// `client`: a user or a device. `site-to-site`: another router. Others by the name of their interface's type.
    #[serde(rename = "type", serialize_with = "kind::serialize")]
    #[schemars(with = "String")]
    pub(crate) kind: InterfaceType,
    /// The user's name, without the domain.
    pub(crate) user: String,
    /// The domain the user logged on to.
    pub(crate) domain: String,
    /// The client's IPv4 address inside the tunnel.
    pub(crate) address: Option<String>,
    /// The client's IPv6 address inside the tunnel.
    pub(crate) ipv6: Option<String>,
    /// `IKEv2`, `SSTP`, `L2TP`, `PPTP` …; of other ports the name of their medium.
    pub(crate) tunnel: String,
    /// The port.
    pub(crate) port: String,
    /// The server's handle of the connection, in hexadecimal.
    pub(crate) handle: String,
    /// The NetBIOS name of the user's computer.
    pub(crate) computer: String,
    /// Where the client calls from, outside the tunnel.
    pub(crate) endpoint: Option<String>,
    /// Seconds.
    #[serde(serialize_with = "crate::units::seconds")]
    #[schemars(with = "u64")]
    pub(crate) connected_for: Duration,
    /// Bytes that came from the client.
    pub(crate) bytes_in: u64,
    /// Bytes that went to the client.
    pub(crate) bytes_out: u64,
    /// The interface that it is on; of a site the demand-dial interface.
    pub(crate) interface: String,
    /// When it began, where the server told the time.
    #[serde(skip)]
    pub(crate) started: Option<Started>,
}

impl Session {
    /// Returns `true` if `later`, which was read afterwards, is this session still. A server may give the handle of one
    /// that is gone to the next; but a session's type, user and start stay, and its time only grows.
    pub(crate) fn goes_on_as(&self, later: &Session) -> bool {
        let is_same_start = match (self.started, later.started) {
            (Some(earlier), Some(later)) => earlier.may_be(later),
            _ => true,
        };
        self.handle == later.handle
            && self.kind == later.kind
            && self.user == later.user
            && self.domain == later.domain
            && self.connected_for <= later.connected_for
            && is_same_start
    }

    /// Returns `true` if it is a user's or a device's, and no link to another site.
    pub(crate) fn is_client(&self) -> bool {
        Which::Client.has(self.kind)
    }
}

impl Row for Session {
    const KIND: &'static str = "session";
    const COLUMNS: &'static [Column<Session>] = &[
        Column::new("server", "Server", Place::Fleet, |row| Value::text(&row.server)),
        Column::new("user", "User", Place::Always, |row| Value::text(&row.user)),
        Column::new("domain", "Domain", Place::IfRoom, |row| Value::text(&row.domain)),
        Column::new("address", "Address", Place::Always, |row| {
            Value::maybe(row.address.as_deref(), Value::text)
        }),
        Column::new("ipv6", "IPv6 address", Place::Asked, |row| {
            Value::maybe(row.ipv6.as_deref(), Value::text)
        }),
        Column::new("tunnel", "Tunnel", Place::Always, |row| Value::text(&row.tunnel)),
        Column::new("port", "Port", Place::IfRoom, |row| Value::text(&row.port)),
        Column::new("handle", "Handle", Place::Asked, |row| Value::text(&row.handle)),
        Column::new("computer", "Computer", Place::Asked, |row| Value::text(&row.computer)),
        Column::new("endpoint", "Calls from", Place::Asked, |row| {
            Value::maybe(row.endpoint.as_deref(), Value::text)
        }),
        Column::new("connected_for", "Connected for", Place::Always, |row| Value::Time(row.connected_for)),
        Column::new("bytes_in", "In", Place::Always, |row| Value::Bytes(row.bytes_in)),
        Column::new("bytes_out", "Out", Place::Always, |row| Value::Bytes(row.bytes_out)),
        Column::new("type", "Type", Place::Asked, |row| Value::owned(kind_word(row.kind).into_owned())),
        Column::new("interface", "Interface", Place::Asked, |row| Value::text(&row.interface)),
    ];

    fn set_server(&mut self, server: &str) {
        server.clone_into(&mut self.server);
    }
}

/// Lists the clients that are connected to `server`, in the server's order.
pub(crate) fn read(server: &Server) -> Result<Vec<Session>, Failure> {
    read_those(server, Which::Client)
}

/// Lists all connections of `server`, links to other sites included.
pub(crate) fn read_all(server: &Server) -> Result<Vec<Session>, Failure> {
    read_those(server, Which::All)
}

fn read_those(server: &Server, which: Which) -> Result<Vec<Session>, Failure> {
    Ok(find_those(server, which)?.into_iter().map(|(_, session)| session).collect())
}

/// Finds the clients. What is done to sessions is done to these alone.
fn find(server: &Server) -> Result<Vec<Found>, Failure> {
    find_those(server, Which::Client)
}

pub(crate) fn find_those(server: &Server, which: Which) -> Result<Vec<Found>, Failure> {
    find_with(server, which, |session, told| (told.id(), session))
}

/// What `make` makes of each of those connections, and of what their server tells of them.
fn find_with<T>(
    server: &Server,
    which: Which,
    mut make: impl FnMut(Session, &Told<'_>) -> T,
) -> Result<Vec<T>, Failure> {
    let clock = Clock::read(server);
    let ports = server.ports()?;
    let by_connection: HashMap<ConnectionId, Port> =
        ports.iter().filter_map(|port| Some((port.connection()?, port))).collect();
    each(server, which, |told| {
        let port = by_connection.get(&told.id());
        let statistics = told.statistics();
        let (address, ipv6) = told.addresses();
        let session = Session {
            server: String::new(),
            kind: told.interface_type(),
            user: told.user_name().to_string_lossy(),
            domain: told.domain().to_string_lossy(),
            address: address.map(|address| address.to_string()),
            ipv6: ipv6.map(|address| address.to_string()),
            tunnel: port.map(tunnel).unwrap_or_default(),
            port: port.map(|port| port.name().to_string_lossy()).unwrap_or_default(),
            handle: told.id().to_string(),
            computer: told.remote_computer().to_string_lossy(),
            endpoint: told.remote_endpoint().map(|endpoint| endpoint.to_string()),
            connected_for: told.duration(),
            bytes_in: statistics.bytes_received,
            bytes_out: statistics.bytes_sent,
            interface: told.interface_name().to_string_lossy(),
            started: clock.map(|clock| clock.started(told.duration())),
        };
        make(session, &told)
    })
}

/// `IKEv2` of `WAN Miniport (IKEv2)`; of other devices the name of their medium.
pub(crate) fn tunnel(port: &Port<'_>) -> String {
    let device = port.device_name().to_string_lossy();
    match device.strip_prefix("WAN Miniport (").and_then(|rest| rest.strip_suffix(')')) {
        Some(tunnel) => tunnel.to_owned(),
        None => port.media_name().to_string_lossy(),
    }
}

/// Errors of all kinds.
pub(crate) fn errors(statistics: &Statistics) -> u64 {
    let errors = [
        statistics.crc_errors,
        statistics.timeout_errors,
        statistics.alignment_errors,
        statistics.hardware_overrun_errors,
        statistics.framing_errors,
        statistics.buffer_overrun_errors,
    ];
    errors.into_iter().map(u64::from).sum()
}
