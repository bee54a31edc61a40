//! A bounded queue: those who put something in never wait, the one who takes out does.

use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Items for a thread of ours, each with a weight.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    /// Signalled when something changes.
    changed: Condvar,
    /// The most that the waiting items may weigh together.
    most: usize,
}

struct State<T> {
    items: Vec<T>,
    weight: usize,
    is_open: bool,
    /// `true` while the thread works on what it has taken.
    is_busy: bool,
    /// `true` once the thread has seen the end.
    has_ended: bool,
}

/// Why something was not put into a queue.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Full,
    Closed,
}

impl<T> Queue<T> {
    pub(crate) fn new(most: usize) -> Queue<T> {
        let state = State { items: Vec::new(), weight: 0, is_open: true, is_busy: false, has_ended: false };
        Queue { state: Mutex::new(state), changed: Condvar::new(), most }
    }

    /// Locks the state. No code of others runs under the lock, so it is whole also if a thread has panicked.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts an item in. A queue that is empty takes an item of any weight.
    pub(crate) fn push(&self, item: T, weight: usize) -> Result<(), Refused> {
        let mut state = self.lock();
        if !state.is_open {
            return Err(Refused::Closed);
        }
        let heavier = state.weight.saturating_add(weight);
        if heavier > self.most && !state.items.is_empty() {
            return Err(Refused::Full);
        }
        state.items.push(item);
        state.weight = heavier;
        drop(state);
        self.changed.notify_all();
        Ok(())
    }

    /// Waits for items and takes all of them. `None` means that the queue is closed and empty: the end of the thread that
    /// takes.
    pub(crate) fn take(&self) -> Option<Vec<T>> {
        let mut state = self.lock();
        state.is_busy = false;
        self.changed.notify_all();
        loop {
            if !state.items.is_empty() {
                state.is_busy = true;
                state.weight = 0;
                return Some(mem::take(&mut state.items));
            }
            if !state.is_open {
                state.has_ended = true;
                self.changed.notify_all();
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Returns `true` if the queue is open.
    pub(crate) fn is_open(&self) -> bool {
        self.lock().is_open
    }

    /// Closes the queue. What waits in it is still taken.
    pub(crate) fn close(&self) {
        self.lock().is_open = false;
        self.changed.notify_all();
    }

    /// Closes the queue and returns what waits in it, so that the caller drops it outside of the lock.
    pub(crate) fn close_now(&self) -> Vec<T> {
        let mut state = self.lock();
        state.is_open = false;
        let items = mem::take(&mut state.items);
        drop(state);
        self.changed.notify_all();
        items
    }

    /// Waits until nothing waits in the queue or is worked on. Returns `false` if that takes longer than `limit`.
    pub(crate) fn wait_until_idle(&self, limit: Duration) -> bool {
        self.wait(limit, |state| state.items.is_empty() && !state.is_busy)
    }

    /// Waits until the thread that takes has seen the end. Returns `false` if that takes longer than `limit`.
    pub(crate) fn wait_until_ended(&self, limit: Duration) -> bool {
        self.wait(limit, |state| state.has_ended)
    }

    fn wait(&self, limit: Duration, mut is_reached: impl FnMut(&State<T>) -> bool) -> bool {
        // A limit beyond the end of the clock is none.
        let end = Instant::now().checked_add(limit);
        let mut state = self.lock();
        while !is_reached(&state) {
            let left = end.map_or(limit, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return false;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_refuses_and_takes_again_when_it_is_empty() {
        let queue = Queue::new(10);
        assert_eq!(queue.push('a', 100), Ok(()), "an empty one takes anything");
        assert_eq!(queue.push('b', 1), Err(Refused::Full));
        assert_eq!(queue.take(), Some(vec!['a']));
        assert_eq!(queue.push('c', 10), Ok(()));
        assert_eq!(queue.push('d', 0), Ok(()));
    }

    #[test]
    fn a_closed_queue_gives_what_is_in_it_and_then_the_end() {
        let queue = Queue::new(10);
        assert_eq!(queue.push('a', 1), Ok(()));
        queue.close();
        assert_eq!(queue.push('b', 1), Err(Refused::Closed));
        assert!(!queue.wait_until_ended(Duration::from_millis(1)));
        assert_eq!(queue.take(), Some(vec!['a']));
        assert!(!queue.wait_until_idle(Duration::from_millis(1)), "it is worked on");
        assert_eq!(queue.take(), None);
        assert!(queue.wait_until_ended(Duration::ZERO) && queue.wait_until_idle(Duration::ZERO));
    }

    #[test]
    fn what_waits_in_a_queue_that_is_closed_now_comes_back() {
        let queue = Queue::new(10);
        assert_eq!(queue.push('a', 1), Ok(()));
        assert_eq!(queue.close_now(), ['a']);
        assert_eq!(queue.take(), None);
    }
}
