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

/// Returns the function that lists the connections of a type.
pub(super) fn reader(which: Which) -> fn(&Server) -> Result<Vec<Session>, Failure> {
    match which {
        Which::Client => read,
        Which::Site => |server| read_those(server, Which::Site),
        Which::All => read_all,
    }
}

pub(crate) fn read_those(server: &Server, which: Which) -> Result<Vec<Session>, Failure> {
    let sessions = server.sessions()?.into_iter().filter(|session| which.has(session.interface_type));
    Ok(sessions.map(Session::from).collect())
}
