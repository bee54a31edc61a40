//! Servers: is each up, since when, how busy.

use std::time::Duration;

use mprapi::Server;
use schemars::JsonSchema;
use serde::Serialize;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Listing, Mood, Place, Row, Value};

pub(crate) fn run(context: &Context, listing: &Listing) -> Result<(), Failure> {
    context.list(listing, |server| Ok(vec![read(server)?]))
}

/// A server that answers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Status {
    /// Its name; `local` is this machine.
    pub(crate) server: String,
    /// `running`: others are reported as failed.
    pub(crate) service: &'static str,
    /// Seconds that the service has been up.
    #[serde(serialize_with = "crate::units::seconds")]
    #[schemars(with = "u64")]
    pub(crate) up_for: Duration,
    /// How many are connected.
    pub(crate) sessions: u64,
    /// How many ports are in use.
    pub(crate) ports_in_use: u64,
    /// How many ports there are.
    pub(crate) ports: u64,
    /// Whether it routes between local networks only, without remote access.
    pub(crate) lan_only: bool,
}

impl Row for Status {
    const KIND: &'static str = "status";
    const COLUMNS: &'static [Column<Status>] = &[
        Column::new("server", "Server", Place::Always, |row| Value::text(&row.server)),
        Column::new("service", "Service", Place::Always, |row| Value::State(row.service.into(), Mood::Good)),
        Column::new("up_for", "Up for", Place::Always, |row| Value::Time(row.up_for)),
        Column::new("sessions", "Sessions", Place::Always, |row| Value::Count(row.sessions)),
        Column::new("ports_in_use", "Ports in use", Place::Always, |row| Value::Count(row.ports_in_use)),
        Column::new("ports", "Ports", Place::Always, |row| Value::Count(row.ports)),
        Column::new("lan_only", "LAN only", Place::IfRoom, |row| Value::Yes(row.lan_only)),
    ];

    fn set_server(&mut self, server: &str) {
        server.clone_into(&mut self.server);
    }
}

pub(crate) fn read(server: &Server) -> Result<Status, Failure> {
    let info = server.info()?;
    Ok(Status {
        server: String::new(),
        service: "running",
        up_for: info.up_time(),
        // Where it routes between local networks only, there is nothing that could be asked.
        sessions: if info.is_lan_only() { 0 } else { server.connections()?.len() as u64 },
        ports_in_use: info.ports_in_use().into(),
        ports: info.total_ports().into(),
        lan_only: info.is_lan_only(),
    })
}
