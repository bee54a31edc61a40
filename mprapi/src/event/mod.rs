//! Events: what the library signals when something has happened.
//!
//! On Windows an event is a Win32 one. Elsewhere the `HANDLE` is the number of a file descriptor to which the library
//! writes eight bytes, the way `eventfd` counts.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mprapi_sys as sys;

use crate::{Error, Result};

#[cfg_attr(windows, path = "windows.rs")]
#[cfg_attr(unix, path = "unix.rs")]
mod system;

/// An event that goes back to not signalled when a wait has seen it.
pub(crate) struct Event(system::Event);

impl Event {
    #[inline]
    pub(crate) fn new() -> Result<Event> {
        system::Event::new().map(Event).map_err(|error| Error::system(system::CREATE, error))
    }

    /// The event as the API takes it.
    #[inline]
    pub(crate) fn handle(&self) -> sys::HANDLE {
        self.0.handle()
    }

    /// Signals it, as the library does.
    #[inline]
    pub(crate) fn signal(&self) {
        self.0.signal();
    }

    /// Waits for a signal, and takes all there are at once (`None`: for as long as it takes). False when the time
    /// is over. For one thread at a time.
    #[inline]
    pub(crate) fn wait(&self, timeout: Option<Duration>) -> Result<bool> {
        self.0.wait(timeout).map_err(|error| Error::system(system::WAIT, error))
    }
}

/// The events of waits that were given up. The library may still signal them, and must not find another thing under
/// their handles, so each is kept until that has happened.
static KEPT: Mutex<Vec<Event>> = Mutex::new(Vec::new());

/// How many are kept before no more is begun: a library that never signals must not use up the process's handles. (There
/// can be more by those that are waited for at one time.)
const MOST_KEPT: usize = 128;

/// Those that were not signalled yet.
#[inline]
fn still_kept() -> MutexGuard<'static, Vec<Event>> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.retain(|event| !event.wait(Some(Duration::ZERO)).unwrap_or(false));
    kept
}

/// What the library signals once, at the end of what it was asked to do.
pub(crate) struct Completion {
    /// Gone once it was signalled.
    event: Option<Event>,
}

impl Completion {
    /// Has `begin` ask the library by `function`, with the event to be signalled. It says whether the work goes on.
    #[inline]
    pub(crate) fn of(
        function: &'static str,
        begin: impl FnOnce(sys::HANDLE) -> Result<bool>,
    ) -> Result<Completion> {
        if still_kept().len() >= MOST_KEPT {
            return Err(Error::busy(
                function,
                "128 waits were given up before the library signalled their ends; let some of them end first, or call \
                 without an event",
            ));
        }
        let event = Event::new()?;
        let goes_on = begin(event.handle())?;
        Ok(Completion { event: goes_on.then_some(event) })
    }

    /// Waits for the end (`None`: for as long as it takes); `false` says that the time ran out.
    #[inline]
    pub(crate) fn wait(&mut self, timeout: Option<Duration>) -> Result<bool> {
        if let Some(event) = &self.event {
            if !event.wait(timeout)? {
                return Ok(false);
            }
            self.event = None;
        }
        Ok(true)
    }
}

impl Drop for Completion {
    #[inline]
    fn drop(&mut self) {
        if let Some(event) = self.event.take() {
            still_kept().push(event);
        }
    }
}

impl std::fmt::Debug for Completion {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Completion").field("goes_on", &self.event.is_some()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn an_event_is_seen_once_and_then_waited_for_again() {
        let event = Event::new().unwrap();
        assert!(!event.wait(Some(Duration::ZERO)).unwrap());
        event.signal();
        event.signal();
        assert!(event.wait(None).unwrap());
        let start = Instant::now();
        assert!(!event.wait(Some(Duration::from_millis(20))).unwrap());
        assert!(start.elapsed() >= Duration::from_millis(20));
    }

    #[test]
    fn a_signal_of_another_thread_ends_the_wait() {
        let event = Event::new().unwrap();
        std::thread::scope(|scope| {
            scope.spawn(|| event.signal());
            assert!(event.wait(Some(Duration::from_secs(60))).unwrap());
        });
    }

    #[test]
    fn what_is_over_at_once_needs_no_signal() {
        let mut completion = Completion::of("F", |_| Ok(false)).unwrap();
        assert!(completion.wait(Some(Duration::ZERO)).unwrap());
    }

    #[test]
    fn the_event_of_an_abandoned_wait_stays_open_until_it_was_signalled() {
        let mut given = std::ptr::null_mut();
        drop(Completion::of("F", |handle| {
            given = handle;
            Ok(true)
        }));
        let another = Event::new().unwrap();
        assert_ne!(another.handle(), given, "its handle was given to something else");
    }
}
