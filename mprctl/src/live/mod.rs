//! Keeping an eye on servers: each is looked at again and again.

mod attend;
mod threads;

use std::time::Duration;

use mprapi::Server;

#[cfg(test)]
pub(crate) use attend::{Observer, attend};
pub(crate) use threads::{News, Observers};

use crate::failure::Failure;
use crate::session::{self, Session};

/// What one look at a server shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    /// How long the service has been up.
    pub(crate) up_for: Duration,
    /// In the server's order.
    pub(crate) sessions: Vec<Session>,
}

impl Look {
    pub(crate) fn read(server: &Server) -> Result<Look, Failure> {
        Ok(Look { up_for: server.info()?.up_time(), sessions: session::read(server)? })
    }
}
