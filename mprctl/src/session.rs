//! Sessions as an administrator sees them: a connection together with the port it is on.

use std::collections::HashMap;
use std::time::Duration;

use comfy_table::{CellAlignment, ContentArrangement, Table, TableComponent, presets};
use mprapi::sys::RAS_CONNECTION_EX;
use mprapi::{ConnectionId, Port, Result, Server};

use crate::units;

pub(crate) struct Session {
    user: String,
    domain: String,
    address: String,
    tunnel: String,
    port: String,
    duration: Duration,
    bytes_in: u64,
    bytes_out: u64,
}

/// Who is connected to `server`, in the server's order.
pub(crate) fn all(server: &Server) -> Result<Vec<Session>> {
    let ports = server.ports()?;
    let by_connection: HashMap<ConnectionId, Port> =
        ports.iter().filter_map(|port| Some((port.connection()?, port))).collect();
    let connections = server.connections_at::<RAS_CONNECTION_EX>()?;
    let sessions = connections.iter().map(|connection| {
        let port = by_connection.get(&connection.id());
        let statistics = connection.statistics();
        Session {
            user: connection.user_name().to_string_lossy(),
            domain: connection.domain().to_string_lossy(),
            address: connection.client_address().map(|address| address.to_string()).unwrap_or_default(),
            tunnel: port.map(tunnel).unwrap_or_default(),
            port: port.map(|port| port.name().to_string_lossy()).unwrap_or_default(),
            duration: connection.duration(),
            bytes_in: statistics.bytes_received,
            bytes_out: statistics.bytes_sent,
        }
    });
    Ok(sessions.collect())
}

/// `IKEv2` of `WAN Miniport (IKEv2)`; of other devices the name of their medium.
fn tunnel(port: &Port<'_>) -> String {
    let device = port.device_name().to_string_lossy();
    match device.strip_prefix("WAN Miniport (").and_then(|rest| rest.strip_suffix(')')) {
        Some(tunnel) => tunnel.to_owned(),
        None => port.media_name().to_string_lossy(),
    }
}

pub(crate) fn table(sessions: &[Session]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─')
        .set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["User", "Domain", "Address", "Tunnel", "Port", "Connected for", "In", "Out"]);
    for session in sessions {
        table.add_row([
            session.user.clone(),
            session.domain.clone(),
            session.address.clone(),
            session.tunnel.clone(),
            session.port.clone(),
            units::duration(session.duration),
            units::bytes(session.bytes_in),
            units::bytes(session.bytes_out),
        ]);
    }
    for numbers in 5..=7 {
        if let Some(column) = table.column_mut(numbers) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
