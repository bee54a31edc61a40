//! Finding the sessions of a server.

use mprapi::Server;

use super::kind::Which;
use super::row::Session;
use crate::failure::Failure;

/// Lists the clients that are connected to `server`, in the server's order.
pub(crate) fn read(server: &Server) -> Result<Vec<Session>, Failure> {
    read_those(server, Which::Client)
}

/// Lists all connections of `server`, links to other sites included.
pub(crate) fn read_all(server: &Server) -> Result<Vec<Session>, Failure> {
    read_those(server, Which::All)
}

pub(crate) fn read_those(server: &Server, which: Which) -> Result<Vec<Session>, Failure> {
    let sessions = server.sessions()?.into_iter().filter(|session| which.has(session.interface_type));
    Ok(sessions.map(Session::from).collect())
}
