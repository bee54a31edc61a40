//! The patience with a password that was refused.

use std::time::{Duration, Instant};

/// The time after a first refusal. After each further one it doubles, up to [`LONGEST`].
const FIRST: Duration = Duration::from_secs(5 * 60);
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// A password that was refused, once or several times in a row.
///
/// A domain counts wrong passwords within some time, often 10 to 30 minutes, and locks the account after a few. With this
/// patience, half an hour sees three tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    at: Instant,
    count: u32,
}

impl Refusal {
    /// Counts a refusal, after the `last` one.
    pub(crate) fn after(last: Option<Refusal>, now: Instant) -> Refusal {
        Refusal { at: now, count: last.map_or(1, |last| last.count.saturating_add(1)) }
    }

    /// Returns how many refusals there were in a row.
    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    fn patience(&self) -> Duration {
        let doubled = 1_u32.checked_shl(self.count - 1).unwrap_or(u32::MAX);
        FIRST.saturating_mul(doubled).min(LONGEST)
    }

    /// Returns `true` as long as the password should not be tried again.
    pub(crate) fn holds(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.at) < self.patience()
    }

    /// Says of the failure that it is not tried again. As long as the refusal holds, the text is the same.
    pub(crate) fn explain(&self, text: &str) -> String {
        let minutes = self.patience().as_secs() / 60;
        format!(
            "{text}; it was refused before, and it is not tried again for {minutes} minutes, so that the account is not locked"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_is_refused_again_and_again_is_tried_ever_less_often() {
        let (start, mut last, mut tries) = (Instant::now(), None, Vec::new());
        // A scrape each 15 seconds, for four hours.
        for seconds in (0..4 * 3600).step_by(15) {
            let now = start + Duration::from_secs(seconds);
            if last.is_none_or(|last: Refusal| !last.holds(now)) {
                tries.push(seconds / 60);
                last = Some(Refusal::after(last, now));
            }
        }
        assert_eq!(tries, [0, 5, 15, 35, 75, 135, 195]);
        let far = Refusal { at: start, count: u32::MAX };
        assert!(far.holds(start + LONGEST - Duration::from_secs(1)) && !far.holds(start + LONGEST));
    }
}
