//! Watching the sessions of a server, by its notifications and from time to time.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::model::Session;
use super::tracker::{SessionEvent, SessionTracker};
use crate::owner::Held;
use crate::registration::{Bell, Registration, Stopper, Wake};
use crate::{Result, Server};

/// The time between two readings of a server, unless [`SessionWatch::with_interval`] sets another.
const INTERVAL: Duration = Duration::from_secs(5);
/// The shortest interval: a server must not be asked without a pause.
const SHORTEST: Duration = Duration::from_millis(10);
/// The pauses between attempts to connect again: each is twice the one before.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

impl Server {
    /// Watches the sessions and the links to other sites: tells which begin, change and end from now on. Those that are up
    /// already are [`SessionWatch::sessions`].
    ///
    /// The watch has a share in the server and borrows nothing, so it can stand beside the `Arc` in a struct, or go to a
    /// thread of its own. It has no thread itself: it reads the server in [`next_within`](SessionWatch::next_within) and as an
    /// iterator.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-watch-sessions").ports(mprapi_sim::Tunnel::Sstp, 1)
    /// #     .session(mprapi_sim::Session::new("anna", mprapi_sim::Tunnel::Sstp)).start();
    /// # let router = simulation.router("doc-watch-sessions");
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// use std::sync::Arc;
    ///
    /// use mprapi::SessionEvent;
    ///
    /// let server = Arc::new(mpr.connect(Some("doc-watch-sessions"))?);
    /// let mut watch = server.watch_sessions()?;
    /// let stopper = watch.stopper(); // for another thread, or a handler of Ctrl-C
    /// # router.drop_user("anna");
    /// for event in &mut watch {
    ///     match event? {
    ///         SessionEvent::Started(session) => println!("{} came", session.account()),
    ///         SessionEvent::Ended(end) => {
    ///             let session = end.session;
    ///             println!("{} went after {:?}", session.account(), session.duration);
    ///         }
    ///         _ => {}
    ///     }
    /// #   stopper.stop();
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// A server that takes the registration for notifications is read as soon as something has changed. On Windows this is
    /// the server of this machine only. Others are read every five seconds, or as
    /// [`with_interval`](SessionWatch::with_interval) says, and so is a server that notifies. A session that begins and ends
    /// between two readings is not seen.
    ///
    /// The C functions are `MprAdminRegisterConnectionNotification`, those of [`info`](Server::info) and
    /// [`sessions`](Server::sessions), and `MprAdminDeregisterConnectionNotification` on drop.
    ///
    /// # Errors
    /// Those of [`sessions`](Server::sessions), and [`ErrorKind::Other`](crate::ErrorKind::Other) if this machine's system is
    /// short of handles.
    #[doc(alias = "MprAdminRegisterConnectionNotification")]
    #[inline]
    pub fn watch_sessions(self: &Arc<Self>) -> Result<SessionWatch> {
        let mut watch = SessionWatch {
            server: Some(Arc::clone(self)),
            registration: None,
            bell: Bell::new()?,
            tracker: SessionTracker::new(),
            interval: INTERVAL,
            due: Instant::now(),
            pause: FIRST_PAUSE,
            reconnect: None,
            pending: VecDeque::new(),
            is_over: false,
        };
        // Before the first reading: who comes in between is in it, and who comes later is told.
        watch.register(self);
        watch.read(self)?;
        Ok(watch)
    }
}

type Reconnect = Box<dyn FnMut() -> Result<Arc<Server>> + Send>;

/// A watch over the sessions of a server, made by [`Server::watch_sessions`].
///
/// As an iterator it yields what happens, and waits until something does. It ends after [`Stopper::stop`], and after an error.
/// [`with_reconnect`](SessionWatch::with_reconnect) has it go on when the server is there again.
///
/// Its waits have a limit, but a call to a server that hangs has not: it blocks until the system gives it up. A program that
/// must not wait for that reads the sessions where it may block, and compares them with a [`SessionTracker`].
///
/// Dropping it ends the registration and its share in the server.
#[must_use = "it ends when it is dropped"]
pub struct SessionWatch {
    /// `None` while the server is lost.
    server: Option<Arc<Server>>,
    /// `None` where the server does not notify.
    registration: Option<Registration<'static>>,
    bell: Arc<Bell>,
    tracker: SessionTracker,
    interval: Duration,
    /// When the server is read next, if it does not notify before.
    due: Instant,
    /// The pause after the next attempt to connect that fails.
    pause: Duration,
    /// The mutex is never locked: it lets threads share the watch, whatever the function is.
    reconnect: Option<Mutex<Reconnect>>,
    /// The events that were not told yet.
    pending: VecDeque<SessionEvent>,
    is_over: bool,
}

impl SessionWatch {
    /// Sets the time between two readings of the server, at least 10 ms. The default is five seconds.
    ///
    /// The counters of a session that ended are those of the last reading, so the interval says how much of its traffic may
    /// be missed.
    #[inline]
    pub fn with_interval(mut self, interval: Duration) -> SessionWatch {
        self.interval = interval.max(SHORTEST);
        self.due = Instant::now() + self.interval;
        self
    }

    /// Sets how to connect again when the server cannot be read. Without it the watch ends with the error.
    ///
    /// The first error is [`SessionEvent::Lost`]. Then `reconnect` is called until it succeeds, after a second at first, and
    /// then with longer and longer pauses of up to 30 seconds. [`SessionEvent::Regained`] follows, with the sessions that
    /// ended and began in between. The ids of the sessions are those of the new connection from then on.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-reconnect").start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// use std::sync::Arc;
    ///
    /// let server = Arc::new(mpr.connect(Some("doc-reconnect"))?);
    /// let watch = server.watch_sessions()?.with_reconnect(move || mpr.connect(Some("doc-reconnect")));
    /// # drop(watch);
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    #[inline]
    pub fn with_reconnect<S: Into<Arc<Server>>>(
        mut self,
        mut reconnect: impl FnMut() -> Result<S> + Send + 'static,
    ) -> SessionWatch {
        self.reconnect = Some(Mutex::new(Box::new(move || reconnect().map(S::into))));
        self
    }

    /// Returns the sessions when they were last read.
    #[inline]
    pub fn sessions(&self) -> &[Session] {
        self.tracker.sessions()
    }

    /// Returns the server that is watched; `None` while it is lost.
    #[inline]
    pub fn server(&self) -> Option<Arc<Server>> {
        self.server.clone()
    }

    /// Returns the time between two readings of the server.
    #[inline]
    pub fn interval(&self) -> Duration {
        self.interval
    }

    /// Returns `true` if the server notifies of changes, so that it is read at once; otherwise it is read at each interval only.
    #[inline]
    pub fn is_notified(&self) -> bool {
        self.registration.is_some()
    }

    /// Returns `true` if no more events come: [`Stopper::stop`] was called, or there was an error.
    #[inline]
    pub fn is_over(&self) -> bool {
        self.is_over || self.bell.is_stopped()
    }

    /// Returns a value that ends the watch, from any thread.
    #[inline]
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.bell))
    }

    /// Waits for the next event, for at most `limit`. `None` says that there was none, or that the watch
    /// [`is_over`](SessionWatch::is_over).
    ///
    /// It reads the server when that has notified, or the interval is over. The reading itself has no limit.
    ///
    /// # Errors
    /// Those of [`Server::sessions`], unless [`with_reconnect`](SessionWatch::with_reconnect) was called, and
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) if this machine's system does not let one wait. The watch is over then.
    #[inline]
    pub fn next_within(&mut self, limit: Duration) -> Result<Option<SessionEvent>> {
        let began = Instant::now();
        loop {
            if self.is_over() {
                return Ok(None);
            }
            if let Some(event) = self.pending.pop_front() {
                return Ok(Some(event));
            }
            let due = self.due.saturating_duration_since(Instant::now());
            let left = limit.saturating_sub(began.elapsed());
            let wake = self.bell.wait(Some(due.min(left))).inspect_err(|_| self.is_over = true)?;
            match wake {
                Wake::Stopped => return Ok(None),
                Wake::TimedOut if left < due => return Ok(None),
                // A lost server does not notify: that was another's.
                Wake::Changed if self.server.is_none() => {}
                Wake::Changed | Wake::TimedOut => self.look()?,
            }
        }
    }

    /// Reads the server, which may be lost or come back.
    #[inline]
    fn look(&mut self) -> Result<()> {
        let Err(error) = self.read_or_reconnect() else { return Ok(()) };
        self.registration = None;
        if self.reconnect.is_none() {
            self.is_over = true;
            return Err(error);
        }
        if self.server.take().is_some() {
            self.pending.push_back(SessionEvent::Lost(error));
        }
        self.due = Instant::now() + self.pause;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        Ok(())
    }

    #[inline]
    fn read_or_reconnect(&mut self) -> Result<()> {
        match (self.server.clone(), &mut self.reconnect) {
            (Some(server), _) => self.read(&server),
            (None, Some(reconnect)) => {
                let server = reconnect.get_mut().unwrap_or_else(PoisonError::into_inner)()?;
                self.register(&server);
                let regained = self.pending.len();
                self.read(&server)?;
                self.pending.insert(regained, SessionEvent::Regained);
                self.server = Some(server);
                Ok(())
            }
            (None, None) => Ok(()),
        }
    }

    /// Reads the server, and registers again if its service was started again.
    #[inline]
    fn read(&mut self, server: &Arc<Server>) -> Result<()> {
        let mut up_time = server.info()?.up_time();
        if self.tracker.is_restarted(up_time) && self.server.is_some() {
            self.register(server);
            up_time = server.info()?.up_time();
        }
        let sessions = server.sessions()?;
        self.pending.extend(self.tracker.update(up_time, sessions));
        self.due = Instant::now() + self.interval;
        self.pause = FIRST_PAUSE;
        Ok(())
    }

    /// Registers for notifications, which a server may refuse.
    #[inline]
    fn register(&mut self, server: &Arc<Server>) {
        // The old one first: one event may not be registered twice.
        self.registration = None;
        self.registration = Registration::new(Held::Shared(Arc::clone(server)), Arc::clone(&self.bell)).ok();
    }
}

impl Iterator for SessionWatch {
    type Item = Result<SessionEvent>;

    #[inline]
    fn next(&mut self) -> Option<Result<SessionEvent>> {
        loop {
            match self.next_within(self.interval) {
                Ok(None) if self.is_over() => return None,
                Ok(None) => {}
                Ok(Some(event)) => return Some(Ok(event)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl fmt::Debug for SessionWatch {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionWatch").field("sessions", &self.sessions().len()).finish_non_exhaustive()
    }
}
