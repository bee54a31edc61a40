//! Servers: is each up, since when, how busy.

use std::time::Duration;

use clap::Args;
use mprapi::{Mpr, Server};
use schemars::JsonSchema;
use serde::Serialize;

use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::fleet;
use crate::output::{Column, Listing, Mood, Place, Row, Value};
use crate::units;

#[derive(Args)]
pub(crate) struct Options {
    /// Wait until the service answers, up to so long (--wait 5min): after a start of the machine it needs minutes
    #[arg(long, value_name = "TIME", value_parser = units::parse_duration)]
    wait: Option<Duration>,
    #[command(flatten)]
    listing: Listing,
}

pub(crate) fn run(mut context: Context, options: &Options) -> Result<(), Failure> {
    let wait = options.wait;
    context.limits.timeout = context.limits.timeout.saturating_add(wait.unwrap_or_default());
    context.list_of(&options.listing, move |mpr, name| {
        wait_for(mpr, name, wait)?;
        fleet::with_server(mpr, name, |server| Ok(vec![read(server)?]))
    })
}

fn wait_for(mpr: &Mpr, name: Option<&str>, wait: Option<Duration>) -> Result<(), Failure> {
    let Some(wait) = wait else { return Ok(()) };
    let server = mpr.wait_until_ready(name, wait)?;
    mprapi::disconnect(server).map_err(|error| Failure::new(Kind::Failed, error.to_string()))
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
