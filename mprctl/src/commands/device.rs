//! Devices: what remote access can use.

use clap::Subcommand;
use mprapi::Server;
use schemars::JsonSchema;
use serde::Serialize;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Listing, Place, Row, Value};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Lists the modems, and the miniports that end tunnels
    #[command(after_help = "\
Example:
  mprctl device list --where type=vpn")]
    List(Listing),
}

pub(crate) fn run(context: &Context, Command::List(listing): Command) -> Result<(), Failure> {
    context.list(&listing, read)
}

/// A device that remote access can use.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Device {
    /// The server.
    server: String,
    /// Its name, such as `WAN Miniport (IKEv2)`.
    name: String,
    /// `vpn`, `modem`, …
    #[serde(rename = "type")]
    kind: String,
}

impl Row for Device {
    const KIND: &'static str = "device";
    const COLUMNS: &'static [Column<Device>] = &[
        Column::new("server", "Server", Place::Fleet, |row| Value::text(&row.server)),
        Column::new("name", "Device", Place::Always, |row| Value::text(&row.name)),
        Column::new("type", "Type", Place::Always, |row| Value::text(&row.kind)),
    ];

    fn set_server(&mut self, server: &str) {
        server.clone_into(&mut self.server);
    }
}

fn read(server: &Server) -> Result<Vec<Device>, Failure> {
    let devices = server.devices()?;
    let rows = devices.iter().map(|device| Device {
        server: String::new(),
        name: device.name().to_string_lossy(),
        kind: device.device_type().to_string_lossy(),
    });
    Ok(rows.collect())
}
