//! When a connection began: with its user what tells it from the next one that has its handle.

use std::time::{Duration, Instant};

use mprapi::Server;

/// The clock of a server's service, read once.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    up_for: Duration,
    read: Instant,
}

impl Clock {
    /// Reads it before the connections are. A server that does not tell has none.
    pub(crate) fn read(server: &Server) -> Option<Clock> {
        let read = Instant::now();
        server.info().ok().map(|info| Clock { up_for: info.up_time(), read })
    }

    /// When that began which has by now been up for `connected_for`.
    pub(crate) fn started(self, connected_for: Duration) -> Started {
        let (up_for, time) = (self.up_for.as_secs() as i64, connected_for.as_secs() as i64);
        // Both are whole seconds, rounded down, and the second was read some time after the first.
        let waited = self.read.elapsed().as_secs() as i64 + 1;
        Started { earliest: up_for - time - 1, latest: up_for - time + 1 + waited }
    }
}

/// The start of a connection, by how long the service and the connection have been up.
#[cfg(test)]
pub(crate) fn started_of_test(up_for: u64, connected_for: u64) -> Started {
    let clock = Clock { up_for: Duration::from_secs(up_for), read: Instant::now() };
    clock.started(Duration::from_secs(connected_for))
}

/// When a connection began, in seconds after its service did, as closely as can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Started {
    earliest: i64,
    latest: i64,
}

impl Started {
    /// Returns `true` if both may be the same moment.
    pub(crate) fn may_be(self, other: Started) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_keeps_its_start_and_the_next_has_another() {
        let started = started_of_test;
        assert!(started(1000, 3).may_be(started(1060, 63)));
        assert!(started(1000, 3).may_be(started(1060, 62)), "seconds are rounded");
        // Longer there than the first was when it was seen, and still another.
        assert!(!started(1000, 3).may_be(started(1060, 50)));
        // As a scenario has it that was begun late.
        assert!(started(100, 5_000_000).may_be(started(160, 5_000_060)));
    }
}
