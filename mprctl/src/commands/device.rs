//! The devices that remote access can use.

use clap::Subcommand;
use mprapi::Server;

use crate::context::Context;
use crate::failure::Failure;
use crate::order;
use crate::output::{Listing, ServerName, row};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the modems, and the miniports for tunnels
    #[command(after_help = "\
Example:
  mprctl device list --where type=vpn")]
    List(Listing<Device>),
}

pub(crate) fn run(context: &Context, Command::List(listing): Command) -> Result<(), Failure> {
    context.list(&listing, read)
}

row! {
    /// A device that remote access can use.
    pub(crate) struct Device: "device" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// The name, such as `WAN Miniport (IKEv2)`.
        name: String => Always "Device",
        /// `vpn`, `modem`, …
        r#type: String => Always "Type",
    }
}

fn read(server: &Server) -> Result<Vec<Device>, Failure> {
    let devices = server.devices()?;
    let rows = devices.iter().map(|device| Device {
        server: ServerName::default(),
        name: device.name().to_string_lossy(),
        r#type: device.device_type().to_string_lossy(),
    });
    let mut rows: Vec<Device> = rows.collect();
    order::by_name(&mut rows, |row| &row.name);
    Ok(rows)
}
