//! Ports: what users connect to.

mod show;

use std::collections::HashMap;
use std::time::Duration;

use clap::Subcommand;
use mprapi::{ConnectionId, PortCondition, PortId, Server};
use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use self::show::PortDetails;
use crate::choose::{self, Chosen, Deed, Named, Names, Thing};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Listing, Mood, Place, Row, Value};
use crate::session;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Lists the ports
    #[command(after_help = "\
Example:
  mprctl port list --where condition=connected --sort=-connected_for")]
    List(Listing),

    /// Shows all that is known of ports
    #[command(after_help = "\
Example:
  mprctl port show VPN2-4")]
    Show(Names),

    /// Resets ports, whatever is on them
    #[command(after_help = "\
Example:
  mprctl port reset VPN2-4")]
    Reset(Chosen),

    /// Ends what is connected to ports
    #[command(after_help = "\
Examples:
  mprctl port disconnect VPN2-4 VPN2-5
  mprctl port disconnect --glob 'VPN2-*' --dry-run")]
    Disconnect(Chosen),

    /// Sets the counters of ports to zero
    #[command(after_help = "\
Example:
  mprctl port clear-stats VPN2-4")]
    ClearStats(Chosen),
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    let act = |chosen: &Chosen, deed: PortDeed| choose::act(context, chosen, find, &deed);
    match command {
        Command::List(listing) => context.list(&listing, read),
        Command::Show(names) => choose::show(context, &names, find, show::details),
        Command::Reset(chosen) => act(&chosen, PortDeed::Reset),
        Command::Disconnect(chosen) => act(&chosen, PortDeed::Disconnect),
        Command::ClearStats(chosen) => act(&chosen, PortDeed::ClearStats),
    }
}

/// A port and what names it over one connection to its server.
type Found = (PortId, PortRow);

impl Named for Found {
    const NOUN: &'static str = "port";

    fn names(&self) -> Vec<String> {
        vec![self.1.name.clone(), self.1.handle.clone()]
    }
}

impl Thing for Found {
    fn label(&self) -> String {
        let PortRow { name, user, .. } = &self.1;
        user.as_ref().map_or_else(|| name.clone(), |user| format!("{name} ({user})"))
    }

    /// With the same connection on it, or still with none: more than what was asked about must not end.
    fn is_still(&self, (_, later): &Found) -> bool {
        let earlier = &self.1;
        earlier.handle == later.handle
            && earlier.name == later.name
            && earlier.user == later.user
            && earlier.connected_for <= later.connected_for
    }
}

#[derive(Clone, Copy)]
enum PortDeed {
    Reset,
    Disconnect,
    ClearStats,
}

impl Deed<Found> for PortDeed {
    fn name(&self) -> &'static str {
        match self {
            PortDeed::Reset => "reset",
            PortDeed::Disconnect => "disconnect",
            PortDeed::ClearStats => "clear-stats",
        }
    }

    fn apply(&self, server: &Server, (id, _): &Found) -> Result<(), Failure> {
        let port = server.port(*id)?;
        let outcome = match self {
            PortDeed::Reset => port.reset(),
            PortDeed::Disconnect => port.disconnect(),
            PortDeed::ClearStats => port.clear_statistics(),
        };
        Ok(outcome?)
    }
}

/// A port that users connect to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct PortRow {
    /// The server.
    pub(crate) server: String,
    /// Its name.
    pub(crate) name: String,
    /// `IKEv2`, `SSTP`, …
    pub(crate) tunnel: String,
    /// What it is doing.
    pub(crate) condition: String,
    /// Who is connected to it.
    pub(crate) user: Option<String>,
    /// Seconds that its present connection has been up.
    #[serde(serialize_with = "crate::units::maybe_seconds")]
    #[schemars(with = "Option<u64>")]
    pub(crate) connected_for: Option<Duration>,
    /// How many calls it has had.
    pub(crate) calls: u32,
    /// Its device.
    pub(crate) device: String,
    /// The server's handle of the port, in hexadecimal.
    pub(crate) handle: String,
    #[serde(skip)]
    mood: Option<Mood>,
}

impl Row for PortRow {
    const KIND: &'static str = "port";
    const COLUMNS: &'static [Column<PortRow>] = &[
        Column::new("server", "Server", Place::Fleet, |row| Value::text(&row.server)),
        Column::new("name", "Port", Place::Always, |row| Value::text(&row.name)),
        Column::new("tunnel", "Tunnel", Place::Always, |row| Value::text(&row.tunnel)),
        Column::new("condition", "Condition", Place::Always, |row| {
            Value::State(row.condition.as_str().into(), row.mood.unwrap_or(Mood::Quiet))
        }),
        Column::new("user", "User", Place::Always, |row| Value::maybe(row.user.as_deref(), Value::text)),
        Column::new("connected_for", "Connected for", Place::Always, |row| {
            Value::maybe(row.connected_for, Value::Time)
        }),
        Column::new("calls", "Calls", Place::IfRoom, |row| Value::Count(row.calls.into())),
        Column::new("device", "Device", Place::IfRoom, |row| Value::text(&row.device)),
        Column::new("handle", "Handle", Place::Asked, |row| Value::text(&row.handle)),
    ];

    fn set_server(&mut self, server: &str) {
        server.clone_into(&mut self.server);
    }
}

fn read(server: &Server) -> Result<Vec<PortRow>, Failure> {
    Ok(find(server)?.into_iter().map(|(_, port)| port).collect())
}

fn find(server: &Server) -> Result<Vec<Found>, Failure> {
    let connections = server.connections()?;
    let users: HashMap<ConnectionId, String> = connections
        .iter()
        .map(|connection| (connection.id(), connection.user_name().to_string_lossy()))
        .collect();
    let ports = server.ports()?;
    let rows = ports.iter().map(|port| {
        let connection = port.connection();
        let row = PortRow {
            server: String::new(),
            name: port.name().to_string_lossy(),
            tunnel: session::tunnel(&port),
            condition: port.condition().to_string(),
            user: connection.and_then(|id| users.get(&id).cloned()),
            connected_for: connection.map(|_| port.duration()),
            calls: port.total_calls(),
            device: port.device_name().to_string_lossy(),
            handle: port.id().to_string(),
            mood: Some(mood(port.condition())),
        };
        (port.id(), row)
    });
    Ok(rows.collect())
}

fn mood(condition: PortCondition) -> Mood {
    match condition {
        PortCondition::Authenticated => Mood::Good,
        PortCondition::Listening | PortCondition::Disconnected => Mood::Quiet,
        PortCondition::NonOperational => Mood::Bad,
        _ => Mood::Warn,
    }
}
