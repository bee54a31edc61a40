//! Finding the sessions of a server.

use std::collections::HashMap;

use mprapi::{ConnectionId, Port, Server};

use super::kind::Which;
use super::read::{Told, each, tunnel};
use super::row::{Found, Session};
use super::started::Clock;
use crate::failure::Failure;
use crate::output::ServerName;

/// Lists the clients that are connected to `server`, in the server's order.
pub(crate) fn read(server: &Server) -> Result<Vec<Session>, Failure> {
    read_those(server, Which::Client)
}

/// Lists all connections of `server`, links to other sites included.
pub(crate) fn read_all(server: &Server) -> Result<Vec<Session>, Failure> {
    read_those(server, Which::All)
}

pub(super) fn read_those(server: &Server, which: Which) -> Result<Vec<Session>, Failure> {
    Ok(find_those(server, which)?.into_iter().map(|(_, session)| session).collect())
}

/// Finds the clients. What is done to sessions is done to these alone.
pub(super) fn find(server: &Server) -> Result<Vec<Found>, Failure> {
    find_those(server, Which::Client)
}

pub(crate) fn find_those(server: &Server, which: Which) -> Result<Vec<Found>, Failure> {
    find_with(server, which, |session, told| (told.id(), session))
}

/// What `make` makes of each of those connections, and of what their server tells of them.
pub(super) fn find_with<T>(
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
            server: ServerName::default(),
            r#type: told.interface_type(),
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
