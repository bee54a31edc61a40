//! The state that is kept for a server from one reading to the next.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use mprapi::Session;

use super::site::Failures;
use super::totals::{Seen, Totals};

/// The tolerance in seconds for start times, which are computed from whole seconds and differ by the length of a call.
const JITTER: u64 = 2;

/// The most bytes that a session takes: with the longest texts that the API has, and its places in two maps.
const SESSION: usize = size_of::<Session>() + 4 * size_of::<Seen>() + 1536;
/// The most bytes that what is added up for a site or a tunnel takes; a name has at most 256 characters.
const GROUP: usize = 2048;

#[derive(Default)]
pub(crate) struct Memory {
    /// The traffic of users and devices, by tunnel.
    pub(crate) clients: Totals,
    /// The traffic of links to other sites, by site.
    pub(crate) sites: Totals,
    /// The failed attempts to connect the sites.
    pub(crate) failures: Failures,
    /// The largest number of sessions of clients at one reading.
    pub(crate) peak: u64,
    service_start: Option<u64>,
    /// The connections of the last reading, by handle.
    seen: HashMap<usize, Seen>,
}

impl Memory {
    /// Returns the number of bytes that it takes at most.
    pub(crate) fn size(&self) -> u64 {
        let groups = self.clients.groups() + self.sites.groups() + self.failures.sites();
        (self.seen.len() * SESSION + groups * GROUP) as u64
    }

    /// Returns the start time of the service, in seconds since 1970. The first value is kept as long as the new one is
    /// within the tolerance.
    pub(crate) fn service_start(&mut self, now: SystemTime, uptime: Duration) -> u64 {
        let start =
            now.checked_sub(uptime).and_then(|start| start.duration_since(SystemTime::UNIX_EPOCH).ok());
        let start = start.unwrap_or_default().as_secs();
        let known = self.service_start.filter(|known| known.abs_diff(start) <= JITTER);
        *self.service_start.insert(known.unwrap_or(start))
    }

    /// Keeps the first start time of each connection that still exists.
    pub(crate) fn keep_starts<'s>(&mut self, seen: impl Iterator<Item = &'s mut Seen>) {
        let before = std::mem::take(&mut self.seen);
        for now in seen {
            if let Some(earlier) = before.get(&now.handle()).filter(|earlier| earlier.goes_on_as(now)) {
                now.start = earlier.start;
            }
            self.seen.insert(now.handle(), now.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_of_the_service_stands_still_until_it_is_another() {
        let mut memory = Memory::default();
        let mut start = |now: u64, uptime: u64| {
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(now);
            memory.service_start(now, Duration::from_secs(uptime))
        };
        assert_eq!(start(1_000_000, 1000), 999_000);
        assert_eq!(start(1_000_016, 1015), 999_000, "a second was rounded away");
        assert_eq!(start(1_000_060, 5), 1_000_055, "it was restarted");
        assert_eq!(start(3, 10), 0, "nothing begins before 1970");
    }
}
