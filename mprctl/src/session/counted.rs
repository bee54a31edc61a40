//! Sessions with all that is known, and what they have moved so far, to be compared with a later look.

use mprapi::{ConnectionId, Server, Statistics};

use super::SessionDetails;
use super::show::More;
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
    /// Who is connected to `server`, in the server's order.
    pub(crate) fn read(server: &Server) -> Result<Vec<Counted>, Failure> {
        super::find_with(server, |session, told| Counted {
            id: told.id(),
            details: SessionDetails { session, more: More::new(told) },
            statistics: told.statistics(),
            is_wide: told.is_wide(),
        })
    }

    pub(crate) fn errors(&self) -> u64 {
        super::errors(&self.statistics)
    }
}
