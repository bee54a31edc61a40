//! The memory that the readings of all servers, and what is kept of them, may use together.
//!
//! A reading takes a share before it uses memory. So a server with a million sessions is refused, and does no harm to the others.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// A number of bytes that may be used at the same time.
pub(crate) struct Budget {
    most: u64,
    used: Mutex<u64>,
    returned: Condvar,
}

impl Budget {
    pub(crate) fn new(most: u64) -> Arc<Budget> {
        Arc::new(Budget { most, used: Mutex::default(), returned: Condvar::new() })
    }

    pub(crate) fn most(&self) -> u64 {
        self.most
    }

    /// Returns the number of bytes that have been taken.
    pub(crate) fn used(&self) -> u64 {
        *self.lock()
    }

    /// Returns a share of nothing.
    pub(crate) fn empty(self: &Arc<Self>) -> Share {
        Share { budget: Arc::clone(self), bytes: 0 }
    }

    fn lock(&self) -> MutexGuard<'_, u64> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A part of a [`Budget`]; dropping it returns the bytes.
pub(crate) struct Share {
    budget: Arc<Budget>,
    bytes: u64,
}

impl Share {
    /// Makes it at least so large. If too little is left, this waits until `deadline` for others to return theirs; `false`
    /// says that the share is as it was.
    pub(crate) fn raise(&mut self, bytes: u64, deadline: Instant) -> bool {
        let more = bytes.saturating_sub(self.bytes);
        let mut used = self.budget.lock();
        while more > self.budget.most - *used {
            let left = deadline.checked_duration_since(Instant::now()).filter(|_| bytes <= self.budget.most);
            let Some(left) = left else { return false };
            (used, _) = self.budget.returned.wait_timeout(used, left).unwrap_or_else(PoisonError::into_inner);
        }
        *used += more;
        self.bytes += more;
        true
    }

    /// Takes a part of it away as a share of its own: `bytes`, or all that it has if that is less.
    pub(crate) fn split(&mut self, bytes: u64) -> Share {
        let bytes = bytes.min(self.bytes);
        self.bytes -= bytes;
        Share { budget: Arc::clone(&self.budget), bytes }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        *self.budget.lock() -= self.bytes;
        self.budget.returned.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn no_more_is_taken_than_there_is_and_what_is_returned_is_there_again() {
        let budget = Budget::new(100);
        let now = Instant::now();
        let [mut first, mut second] = [budget.empty(), budget.empty()];
        assert!(first.raise(70, now) && !second.raise(31, now));
        assert!(first.raise(80, now) && !first.raise(101, now) && first.raise(10, now));
        assert_eq!(budget.used(), 80);
        let part = first.split(50);
        drop(first);
        assert!(second.raise(50, now));
        assert_eq!(budget.used(), 100);
        drop(part);
        drop(second);
        assert_eq!(budget.used(), 0);
    }

    #[test]
    fn who_needs_what_another_has_waits_for_it_and_nobody_waits_for_what_never_comes() {
        let budget = Budget::new(100);
        let late = Instant::now() + Duration::from_secs(3600);
        let [mut first, mut second, mut third] = [budget.empty(), budget.empty(), budget.empty()];
        assert!(first.raise(60, late) && !second.raise(101, late));
        thread::scope(|scope| {
            let waits = scope.spawn(move || second.raise(60, late));
            assert!(third.raise(40, Instant::now()), "a smaller one does not queue behind it");
            drop(first);
            assert!(waits.join().unwrap());
        });
    }
}
