//! Events: what the library signals when something has happened.
//!
//! On Windows an event is a Win32 one. Elsewhere the `HANDLE` is the number of a file descriptor to which the library
//! writes eight bytes, the way `eventfd` counts.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use mprapi_sys as sys;

use crate::{Error, Result};

#[cfg_attr(windows, path = "windows.rs")]
#[cfg_attr(unix, path = "unix.rs")]
mod system;

/// An event that is signalled until [`wait`](Event::wait) has seen it. Nothing else takes the signal, such as another wait
/// for the handle.
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

/// Lends the event of a type with a method `event` to others that wait: the descriptor, on Windows the handle.
macro_rules! lend_event {
    ($($(#[$doc:meta])* $type:ident;)+) => {
        $(
            $(#[$doc])*
            #[cfg(unix)]
            impl std::os::fd::AsFd for $crate::$type<'_> {
                #[inline]
                fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
                    self.event().0.as_fd()
                }
            }

            $(#[$doc])*
            #[cfg(windows)]
            impl std::os::windows::io::AsHandle for $crate::$type<'_> {
                #[inline]
                fn as_handle(&self) -> std::os::windows::io::BorrowedHandle<'_> {
                    self.event().0.as_handle()
                }
            }
        )+
    };
}

lend_event! {
    /// The event to wait for among others, with `WaitForMultipleObjects` or `poll`: signalled (readable) from when an
    /// interface connects or disconnects, or [`Stopper::stop`](crate::Stopper::stop) is called, until
    /// [`wait`](crate::Notification::wait) has seen it. So when it is, call `wait(Some(Duration::ZERO))`, which says which it
    /// was and does not block, then [`changes`](crate::Notification::changes). It may be signalled in vain.
    ///
    /// The event belongs to this value: do not close it, read from it, write to it, set it or reset it, and do not wait for it
    /// through a copy after this value was dropped, since it may serve another one then.
    Notification;
    /// The event to wait for among others, with `WaitForMultipleObjects` or `poll`: signalled (readable) from when the attempt
    /// ends until [`wait`](crate::Connecting::wait) has seen it. So when it is, call `wait(Some(Duration::ZERO))`, which says
    /// how the attempt ended and does not block for it.
    ///
    /// A library that answers at once that it succeeded may never signal the event, and it may be signalled in vain. So call
    /// `wait(Some(Duration::ZERO))` once before you wait for the event, and again from time to time.
    ///
    /// The event belongs to this value: do not close it, read from it, write to it, set it or reset it, and do not wait for it
    /// through a copy after this value was dropped, since it may serve another one then.
    Connecting;
    /// The event to wait for among others, with `WaitForMultipleObjects` or `poll`: signalled (readable) from when the update
    /// ends until [`wait`](crate::RouteUpdate::wait) has seen it. The rest is as for [`Connecting`](crate::Connecting).
    RouteUpdate;
}

/// The events of waits that were given up. The library may still signal them, and must not find another thing under
/// their handles, so each is kept until that has happened.
static KEPT: Mutex<Vec<Arc<Event>>> = Mutex::new(Vec::new());

/// How many are kept before no more is begun: a library that never signals must not use up the process's handles. (There
/// can be more by those that are waited for at one time.)
const MOST_KEPT: usize = 128;

/// Those that were not signalled yet.
#[inline]
fn still_kept() -> MutexGuard<'static, Vec<Arc<Event>>> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.retain(|event| !event.wait(Some(Duration::ZERO)).unwrap_or(false));
    kept
}

/// Events that the library may still signal at an unknown time. They stay open for ever, and the
/// next wait gets one of them. So there are no more of them than there were waits at one time.
static LINGERING: Mutex<Vec<Arc<Event>>> = Mutex::new(Vec::new());

#[inline]
fn lingering() -> MutexGuard<'static, Vec<Arc<Event>>> {
    LINGERING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long a wait rests between two looks, where a signal may not come.
const PAUSE: Duration = Duration::from_millis(250);

/// An event that the library signals once, at the end of an operation.
pub(crate) struct Completion {
    event: Arc<Event>,
    is_over: bool,
    /// `true` if the signal may not come, or may belong to another operation.
    lingers: bool,
}

impl Completion {
    /// Has `begin` ask the library by `function`, with the event to be signalled. It answers `true` if the library said that
    /// the work goes on until it signals the event. Otherwise it said that it succeeded, which may mean that all is done, or
    /// that the work was begun: the pages have the call return at once, and the event may be signalled later.
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
        let old = lingering().pop();
        let lingers = old.is_some();
        let event = match old {
            Some(event) => event,
            None => Arc::new(Event::new()?),
        };
        match begin(event.handle()) {
            Ok(will_signal) => Ok(Completion { event, is_over: false, lingers: lingers || !will_signal }),
            Err(error) => {
                // The library did not take it.
                if lingers {
                    lingering().push(event);
                }
                Err(error)
            }
        }
    }

    /// Waits for the end (`None`: for as long as it takes); `false` says that the time ran out. `is_over` looks whether the
    /// work has ended; it is asked where the event alone does not tell.
    #[inline]
    pub(crate) fn wait(
        &mut self,
        timeout: Option<Duration>,
        mut is_over: impl FnMut() -> Result<bool>,
    ) -> Result<bool> {
        if self.is_over {
            return Ok(true);
        }
        if !self.lingers {
            self.is_over = self.event.wait(timeout)?;
            return Ok(self.is_over);
        }
        let end = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            // Taken before the look, so that a poll of the event sees a signal that comes after it.
            self.event.wait(Some(Duration::ZERO))?;
            if is_over()? {
                self.is_over = true;
                return Ok(true);
            }
            let left = end.map_or(PAUSE, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return Ok(false);
            }
            // Signalled or not, only a look tells.
            self.event.wait(Some(left.min(PAUSE)))?;
        }
    }

    /// The event, for others to wait for.
    #[inline]
    pub(crate) fn event(&self) -> &Event {
        &self.event
    }
}

impl Drop for Completion {
    #[inline]
    fn drop(&mut self) {
        if self.lingers {
            lingering().push(Arc::clone(&self.event));
        } else if !self.is_over {
            still_kept().push(Arc::clone(&self.event));
        }
    }
}

impl std::fmt::Debug for Completion {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Completion").field("is_over", &self.is_over).finish()
    }
}

#[cfg(test)]
mod tests {
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
        assert!(completion.wait(Some(Duration::ZERO), || Ok(true)).unwrap());
        assert!(completion.wait(None, || panic!("it is known")).unwrap());
    }

    #[test]
    fn what_is_perhaps_over_is_waited_for_until_a_look_says_so() {
        let mut completion = Completion::of("F", |_| Ok(false)).unwrap();
        assert!(!completion.wait(Some(Duration::ZERO), || Ok(false)).unwrap());
        assert!(!completion.wait(Some(Duration::from_millis(20)), || Ok(false)).unwrap());
        let mut looks = 0;
        let is_over = || {
            looks += 1;
            Ok(looks == 3)
        };
        assert!(completion.wait(None, is_over).unwrap());
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
