//! The ports of each tunnel: the number in use, and the number in total.

use mprapi::{PortCondition, Server};

use crate::failure::Failure;
use crate::output::{ServerName, row};

row! {
    /// The ports of a tunnel.
    pub(crate) struct UsageRow: "port_usage" {
        /// The server.
        server: ServerName => Fleet "Server",
        /// `IKEv2`, `SSTP`, …
        pub(crate) tunnel: String => Always "Tunnel",
        /// The number of ports with a connection.
        pub(crate) in_use: u32 => Always "In use",
        /// The number of ports that do not work.
        broken: u32 => Asked "Broken",
        /// The number of ports.
        pub(crate) ports: u32 => Always "Ports",
        /// The ports in use, in percent of all, rounded down.
        percent: u32 => Always "Percent",
    }
}

/// Counts the ports of a server, by tunnel in the order of the ports.
pub(crate) fn read(server: &Server) -> Result<Vec<UsageRow>, Failure> {
    let mut rows: Vec<UsageRow> = Vec::new();
    for port in &server.ports()? {
        let tunnel = port.tunnel().to_string_lossy();
        let place = rows.iter().position(|row| row.tunnel == tunnel).unwrap_or_else(|| {
            let server = ServerName::default();
            rows.push(UsageRow { server, tunnel, in_use: 0, broken: 0, ports: 0, percent: 0 });
            rows.len() - 1
        });
        let row = &mut rows[place];
        row.ports += 1;
        row.in_use += u32::from(port.connection().is_some());
        row.broken += u32::from(port.condition() == PortCondition::NonOperational);
        row.percent = row.in_use * 100 / row.ports;
    }
    Ok(rows)
}
