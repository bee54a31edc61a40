//! The start of a connection by the clock of its server's service, which tells it from the next one with its handle.

use std::time::{Duration, Instant};

use crate::Server;

/// The clock of a server's service, read once.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    up_time: Duration,
    read: Instant,
}

impl Clock {
    /// Reads the clock. Returns `None` for a server that does not tell how long its service has been up.
    ///
    /// Read it before the connections: their durations are then of a later moment, never of an earlier one.
    #[inline]
    pub(super) fn read(server: &Server) -> Option<Clock> {
        let read = Instant::now();
        server.info().ok().map(|info| Clock { up_time: info.up_time(), read })
    }

    /// Returns the time that went by since the clock was read, for connections that are read at once.
    #[inline]
    pub(super) fn waited(self) -> Duration {
        self.read.elapsed()
    }

    /// Returns the start of a connection whose `duration` was read so long after the clock.
    #[inline]
    pub(super) fn started(self, duration: Duration, waited: Duration) -> Started {
        // Both are whole seconds, rounded down, and the second was read some time after the first.
        let start = seconds(self.up_time) - seconds(duration);
        Started { earliest: start - 1, latest: start + 2 + seconds(waited) }
    }
}

#[inline]
fn seconds(time: Duration) -> i64 {
    // Both values of the API are 32 bits wide.
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX / 4)
}

/// The moment at which a connection began, in seconds after its service did, as closely as can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Started {
    earliest: i64,
    latest: i64,
}

impl Started {
    /// Returns `true` if both may be the same moment.
    #[inline]
    pub(super) fn may_be(self, other: Started) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// The start of a connection by how many seconds the service and the connection have been up.
    #[cfg(test)]
    pub(super) fn of_test(up_time: u64, duration: u64) -> Started {
        let clock = Clock { up_time: Duration::from_secs(up_time), read: Instant::now() };
        clock.started(Duration::from_secs(duration), Duration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_keeps_its_start_and_the_next_has_another() {
        let started = Started::of_test;
        assert!(started(1000, 3).may_be(started(1060, 63)));
        assert!(started(1000, 3).may_be(started(1060, 62)), "seconds are rounded");
        // Longer there than the first was when it was seen, and still another.
        assert!(!started(1000, 3).may_be(started(1060, 50)));
        // As a scenario has it that was begun late.
        assert!(started(100, 5_000_000).may_be(started(160, 5_000_060)));
    }

    #[test]
    fn a_long_wait_between_the_two_readings_widens_the_start() {
        let clock = Clock { up_time: Duration::from_secs(1000), read: Instant::now() };
        let late = clock.started(Duration::from_secs(33), Duration::from_secs(30));
        assert!(late.may_be(Started::of_test(1000, 3)));
        assert!(!Started::of_test(1000, 33).may_be(Started::of_test(1000, 3)));
    }
}
