//! Counters that grow with the clock.

use std::time::Duration;

/// Traffic counters of a connection or port, since they were last cleared.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Meter {
    counted: Traffic,
    /// Bytes per second.
    rate: Traffic,
    since: Duration,
}

/// Bytes in both directions, as the router sees them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traffic {
    pub(crate) received: u64,
    pub(crate) sent: u64,
}

impl Traffic {
    /// Returns the number of packets for these bytes, at the average size of mixed traffic.
    pub(crate) fn frames(bytes: u64) -> u32 {
        bytes.div_ceil(640) as u32
    }
}

impl Meter {
    pub(crate) fn new(counted: Traffic, rate: Traffic, now: Duration) -> Meter {
        Meter { counted, rate, since: now }
    }

    pub(crate) fn read(&self, now: Duration) -> Traffic {
        let elapsed = now.saturating_sub(self.since);
        let elapsed = elapsed.as_secs() * 1000 + u64::from(elapsed.subsec_millis());
        let grown = |counted: u64, rate: u64| counted.saturating_add(rate.saturating_mul(elapsed) / 1000);
        Traffic {
            received: grown(self.counted.received, self.rate.received),
            sent: grown(self.counted.sent, self.rate.sent),
        }
    }

    pub(crate) fn clear(&mut self, now: Duration) {
        *self = Meter::new(Traffic::default(), self.rate, now);
    }

    /// Sets how much is added per second from now on; what was counted stays.
    pub(crate) fn set_rate(&mut self, rate: Traffic, now: Duration) {
        *self = Meter::new(self.read(now), rate, now);
    }

    /// Stops counting, because the line is down; what was counted stays.
    pub(crate) fn stop(&mut self, now: Duration) {
        self.set_rate(Traffic::default(), now);
    }
}
