//! A router's time.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::scenario::Clock;

/// The time at which a stepped clock starts: Monday, 2 March 2026, 09:00:00 UTC.
const MORNING: Duration = Duration::from_secs(1_772_442_000);

/// The time at which a clock stops: three thousand years on, the longest that the records' times reach.
const END: Duration = Duration::from_secs(100_000_000_000);

/// A running clock.
pub(crate) enum Running {
    Stepped(Duration),
    Real { since: Instant, began: Duration },
}

impl Running {
    pub(crate) fn new(clock: Clock) -> Running {
        match clock {
            Clock::Stepped => Running::Stepped(MORNING),
            Clock::Real => Running::Real {
                since: Instant::now(),
                began: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(MORNING),
            },
        }
    }

    /// Returns the time since 1970.
    pub(crate) fn now(&self) -> Duration {
        match self {
            Running::Stepped(now) => *now,
            Running::Real { since, began } => *began + since.elapsed(),
        }
    }

    pub(crate) fn is_real(&self) -> bool {
        matches!(self, Running::Real { .. })
    }

    /// Moves the clock on. A real one jumps: it keeps running from there.
    pub(crate) fn advance(&mut self, by: Duration) {
        match self {
            Running::Stepped(now) => *now = now.saturating_add(by).min(END),
            Running::Real { began, .. } => *began = began.saturating_add(by).min(END),
        }
    }
}
