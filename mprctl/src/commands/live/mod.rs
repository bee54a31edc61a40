//! Observing servers: reading each of them again and again.

mod poll;
mod threads;

use std::time::{Duration, Instant};

use mprapi::{Error, Server};

#[cfg(test)]
pub(crate) use poll::{Observer, poll};
pub(crate) use threads::{News, Observers};

use crate::commands::session::Session;

/// One reading of a server.
#[derive(Clone, Debug)]
pub(crate) struct Look<S = Session> {
    /// When it was over.
    pub(crate) at: Instant,
    /// How long the service has been up.
    pub(crate) up_for: Duration,
    /// In the server's order.
    pub(crate) sessions: Vec<S>,
}

/// The function that reads the sessions, with as much detail as the observer needs.
pub(crate) type Read<S> = fn(&Server) -> Result<Vec<S>, Error>;

impl<S> Look<S> {
    pub(crate) fn take(server: &Server, read: Read<S>) -> Result<Look<S>, Error> {
        let up_for = server.info()?.up_time();
        let sessions = read(server)?;
        Ok(Look { at: Instant::now(), up_for, sessions })
    }
}
