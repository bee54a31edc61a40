//! The registration for notifications: an event that a server signals when an interface connects or disconnects, and that
//! another thread may signal to end the waiting.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::error::check;
use crate::event::Event;
use crate::owner::Held;
use crate::{Result, Server};

/// The reason why a wait for a server's notification ended. There will be no other reasons, so a `match` needs no wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wake {
    /// An interface of the server connected or disconnected. Now and then nothing has changed.
    Changed,
    /// The time limit was reached.
    TimedOut,
    /// [`Stopper::stop`] was called.
    Stopped,
}

/// The state that a waiting thread shares with a thread that stops it.
pub(crate) struct Bell {
    event: Arc<Event>,
    stopped: AtomicBool,
    /// `true` if a library may signal the event for ever.
    lingers: AtomicBool,
}

/// The events that a library did not let go of. It may signal them whenever it likes, so their handles must not become
/// someone else's, and they are open for ever. The next to watch is given one of them, so there are no more of them
/// than there were watchers at one time; to that one a stray signal is a look in vain.
static LINGERING: Mutex<Vec<Arc<Event>>> = Mutex::new(Vec::new());

/// A lingering event, if there is one, without the signals of before. One that cannot be asked for them stays.
#[inline]
fn take_lingering() -> Option<Arc<Event>> {
    let mut lingering = LINGERING.lock().unwrap_or_else(PoisonError::into_inner);
    lingering.pop_if(|event| event.wait(Some(Duration::ZERO)).is_ok())
}

impl Bell {
    #[inline]
    pub(crate) fn new() -> Result<Arc<Bell>> {
        let old = take_lingering();
        let lingers = AtomicBool::new(old.is_some());
        let event = match old {
            Some(event) => event,
            None => Arc::new(Event::new()?),
        };
        Ok(Arc::new(Bell { event, stopped: AtomicBool::new(false), lingers }))
    }

    #[inline]
    pub(crate) fn event(&self) -> &Event {
        &self.event
    }

    #[inline]
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// Waits for a signal (`None`: for as long as it takes). For one thread at a time.
    #[inline]
    pub(crate) fn wait(&self, timeout: Option<Duration>) -> Result<Wake> {
        if self.is_stopped() {
            return Ok(Wake::Stopped);
        }
        let woken = self.event.wait(timeout)?;
        Ok(match woken {
            _ if self.is_stopped() => Wake::Stopped,
            true => Wake::Changed,
            false => Wake::TimedOut,
        })
    }
}

impl Drop for Bell {
    #[inline]
    fn drop(&mut self) {
        if *self.lingers.get_mut() {
            LINGERING.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&self.event));
        }
    }
}

/// An event that is registered with a server. It is deregistered when this is dropped.
pub(crate) struct Registration<'s> {
    pub(crate) server: Held<'s, Server>,
    pub(crate) bell: Arc<Bell>,
}

impl<'s> Registration<'s> {
    #[inline]
    pub(crate) fn new(server: Held<'s, Server>, bell: Arc<Bell>) -> Result<Registration<'s>> {
        check(
            "MprAdminRegisterConnectionNotification",
            // SAFETY: the handle is open while `server` is held; the event lives until it is deregistered, and beyond that
            // when that fails (see `drop`).
            unsafe {
                server.table().MprAdminRegisterConnectionNotification(server.as_raw(), bell.event.handle())
            },
            || server.name(),
        )?;
        Ok(Registration { server, bell })
    }
}

impl Drop for Registration<'_> {
    #[inline]
    fn drop(&mut self) {
        let deregistered = check(
            "MprAdminDeregisterConnectionNotification",
            // SAFETY: the handle is open while the server is held, and this event was registered on it.
            unsafe {
                self.server
                    .table()
                    .MprAdminDeregisterConnectionNotification(self.server.as_raw(), self.bell.event.handle())
            },
            || self.server.name(),
        );
        if deregistered.is_err() {
            self.bell.lingers.store(true, Ordering::Release);
        }
    }
}

/// A switch that ends the waiting of a [`Notification`](crate::Notification) or a [`SessionWatch`](crate::SessionWatch), from any thread.
#[derive(Clone)]
pub struct Stopper(pub(crate) Arc<Bell>);

impl Stopper {
    /// Wakes the thread that waits, and has every later wait come back at once: [`Wake::Stopped`], and the iterator
    /// ends.
    #[inline]
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Release);
        self.0.event.signal();
    }
}

impl fmt::Debug for Stopper {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stopper").field("stopped", &self.0.is_stopped()).finish()
    }
}
