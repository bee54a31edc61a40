//! Sessions with all that is known, and what they have moved so far, to be compared with a later look.

use std::collections::HashMap;

use mprapi::sys::RAS_CONNECTION_4;
use mprapi::{ConnectionId, Server, Statistics};

use super::SessionDetails;
use super::show::{More, errors};
use crate::failure::Failure;

/// Someone who is connected.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    /// What names the session over one connection to its server.
    pub(crate) id: ConnectionId,
    pub(crate) details: SessionDetails,
    pub(crate) statistics: Statistics,
    /// Whether bytes are counted in 64 bits; if not, they start again after 2³² − 1.
    pub(crate) is_wide: bool,
}

impl Counted {
    /// Who is connected to `server`, in the server's order; bytes in 64 bits where it counts so.
    pub(crate) fn read(server: &Server) -> Result<Vec<Counted>, Failure> {
        let found = super::find_with(server, More::new)?;
        // Pages do not say with which error a server refuses the level, so after any there are 32 bits.
        let wide: HashMap<ConnectionId, Statistics> = match server.connections_at::<RAS_CONNECTION_4>() {
            Ok(connections) => connections.iter().map(|one| (one.id(), one.statistics())).collect(),
            Err(_) => HashMap::new(),
        };
        let count = |found: super::FoundWith<More>| {
            let wide = wide.get(&found.id).copied();
            let statistics = wide.unwrap_or(found.statistics);
            let mut session = found.session;
            (session.bytes_in, session.bytes_out) = (statistics.bytes_received, statistics.bytes_sent);
            let details = SessionDetails { session, more: found.more };
            Counted { id: found.id, details, statistics, is_wide: wide.is_some() }
        };
        Ok(found.into_iter().map(count).collect())
    }

    pub(crate) fn errors(&self) -> u64 {
        errors(&self.statistics)
    }
}
