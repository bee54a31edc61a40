//! Sessions with all that is known, and what they have moved so far, to be compared with a later look.

use mprapi::{Server, Statistics};

use super::row::Session;
use super::show::SessionDetails;

/// A session with its counters.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub(crate) details: SessionDetails,
}

impl From<mprapi::Session> for Counted {
    fn from(known: mprapi::Session) -> Counted {
        Counted { details: Session::from(known).into() }
    }
}

impl Counted {
    /// Lists the clients that are connected to `server`, in the server's order.
    pub(crate) fn read(server: &Server) -> mprapi::Result<Vec<Counted>> {
        let sessions = server.sessions()?.into_iter().filter(mprapi::Session::is_client);
        Ok(sessions.map(Counted::from).collect())
    }

    /// The same session with something about it changed.
    #[cfg(test)]
    pub(crate) fn with(&self, change: impl FnOnce(&mut mprapi::Session)) -> Counted {
        let mut known = self.known().clone();
        change(&mut known);
        known.into()
    }

    pub(crate) fn known(&self) -> &mprapi::Session {
        &self.details.session.known
    }

    pub(crate) fn statistics(&self) -> &Statistics {
        &self.known().statistics
    }

    pub(crate) fn errors(&self) -> u64 {
        self.statistics().errors()
    }
}

#[cfg(test)]
mod tests {
    use mprapi_sim::{Session, Tunnel, Windows};

    use super::*;
    use crate::fleet;

    /// Reads a session whose traffic exceeds 32 bits from a server with this version of Windows.
    fn counted(windows: Windows) -> Counted {
        let session =
            Session::new("anna", Tunnel::Pptp).bytes_received(1_000u64).bytes_sent(5_000_000_000u64);
        let server = mprapi_sim::Server::unique().windows(windows).ports(Tunnel::Pptp, 1).session(session);
        let simulation = server.start();
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
        let name = simulation.routers()[0].name();
        let mut sessions =
            fleet::with_server(&mpr, Some(name), |server| Ok(Counted::read(server)?)).expect("it answers");
        assert_eq!(sessions.len(), 1);
        sessions.remove(0)
    }

    fn guid(session: &Counted) -> serde_json::Value {
        serde_json::to_value(&session.details).expect("JSON")["guid"].clone()
    }

    #[test]
    fn bytes_are_counted_in_64_bits_where_the_server_does_and_what_is_shown_agrees() {
        let new = counted(Windows::default());
        assert!(new.known().has_wide_counters && guid(&new).is_string());
        assert_eq!((new.statistics().bytes_received, new.statistics().bytes_sent), (1_000, 5_000_000_000));
        assert_eq!(new.details.session.bytes_out, 5_000_000_000);
    }

    #[test]
    fn an_old_server_is_read_with_what_it_has() {
        let old = counted(Windows::Server2008);
        assert!(!old.known().has_wide_counters && guid(&old).is_string());
        assert_eq!(old.details.session.bytes_out, old.statistics().bytes_sent);
        assert_eq!(old.statistics().bytes_sent, 5_000_000_000 % (1 << 32));
    }
}
