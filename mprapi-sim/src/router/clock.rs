//! A router's time.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Where a stepped clock stands at first: Monday, 2 March 2026, 09:00:00 UTC.
const MORNING: Duration = Duration::from_secs(1_772_442_000);

/// Where a clock stops: three thousand years on, which the records' times can just be.
const END: Duration = Duration::from_secs(100_000_000_000);

/// How a router's time moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Clock {
    /// Only when the test says so ([`Router::advance`](crate::Router::advance)), from 09:00 UTC on 2 March 2026.
    /// Every run sees the same durations and counters.
    #[default]
    Stepped,
    /// As the machine's clock does.
    Real,
}

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

    /// The time since 1970.
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

/// A moment as a `FILETIME`: tenths of microseconds since 1601.
pub(crate) fn file_time(moment: Duration) -> mprapi_sys::FILETIME {
    const FROM_1601_TO_1970: u64 = 11_644_473_600 * 10_000_000;
    let ticks = FROM_1601_TO_1970 + u64::try_from(moment.as_nanos() / 100).unwrap_or(0);
    mprapi_sys::FILETIME { dwLowDateTime: ticks as u32, dwHighDateTime: (ticks >> 32) as u32 }
}
