//! Ports: what users connect to.

use std::collections::HashMap;
use std::time::Duration;

use clap::Subcommand;
use mprapi::{ConnectionId, PortCondition, Server};
use schemars::JsonSchema;
use serde::Serialize;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Listing, Mood, Place, Report, Row, Value};
use crate::session;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Lists the ports
    List(Listing),
}

pub(crate) fn run(context: &Context, command: Command) -> Result<(), Failure> {
    match command {
        Command::List(listing) => Report::new(context.ask_servers(read)).print(context.style, &listing),
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

pub(crate) fn read(server: &Server) -> Result<Vec<PortRow>, Failure> {
    let connections = server.connections()?;
    let users: HashMap<ConnectionId, String> = connections
        .iter()
        .map(|connection| (connection.id(), connection.user_name().to_string_lossy()))
        .collect();
    let ports = server.ports()?;
    let rows = ports.iter().map(|port| {
        let connection = port.connection();
        PortRow {
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
        }
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
