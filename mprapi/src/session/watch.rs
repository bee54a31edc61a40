//! Watching the sessions of a server, by its notifications and from time to time, through a link.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::model::Session;
use super::tracker::{SessionEvent, SessionTracker};
use crate::owner::Held;
use crate::registration::{Bell, Registration, Stopper, Wake};
use crate::{Error, Link, LinkError, Server};

/// The time between two readings of a server, unless [`SessionWatch::with_interval`] sets another.
const INTERVAL: Duration = Duration::from_secs(5);
/// The shortest interval: a server must not be asked without a pause.
const SHORTEST: Duration = Duration::from_millis(10);
/// The pauses between attempts to connect again: each is twice the one before.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

impl Link {
    /// Watches the sessions and the links to other sites: tells which begin, change and end from now on. Those that are up
    /// already are [`SessionWatch::sessions`].
    ///
    /// The watch has a share in the link and borrows nothing, so it can stand beside the `Arc` in a struct, or go to a thread
    /// of its own. It has no thread itself: it reads the server in [`next_within`](SessionWatch::next_within) and as an iterator.
    /// It survives restarts of the service, and a server that hangs holds it up for the limit of the link at most.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-watch-sessions").ports(mprapi_sim::Tunnel::Sstp, 1)
    /// #     .session(mprapi_sim::Session::new("anna", mprapi_sim::Tunnel::Sstp)).start();
    /// # let router = simulation.router("doc-watch-sessions");
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// use std::sync::Arc;
    ///
    /// use mprapi::{Link, SessionEvent};
    ///
    /// let link = Arc::new(Link::new(&mpr, Some("doc-watch-sessions")));
    /// let mut watch = link.watch_sessions()?;
    /// let stopper = watch.stopper(); // for another thread, or a handler of Ctrl-C
    /// # router.drop_user("anna");
    /// for event in &mut watch {
    ///     match event? {
    ///         SessionEvent::Started(session) => println!("{} came", session.account()),
    ///         SessionEvent::Ended(end) => {
    ///             let session = end.session;
    ///             println!("{} went after {:?}", session.account(), session.duration);
    ///         }
    ///         SessionEvent::Lost(error) => println!("{error}"),
    ///         _ => {}
    ///     }
    /// #   stopper.stop();
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// A server that takes the registration for notifications is read as soon as something has changed. On Windows this is
    /// the server of this machine only. Others are read every five seconds, or as
    /// [`with_interval`](SessionWatch::with_interval) says, and so is a server that notifies. A session that begins and ends
    /// between two readings is not seen.
    ///
    /// The C functions are `MprAdminRegisterConnectionNotification`, those of [`Server::info`] and [`Server::sessions`], and
    /// `MprAdminDeregisterConnectionNotification` on drop.
    ///
    /// # Errors
    /// [`LinkError`], if the server cannot be read now. Its [`Call`](LinkError::Call) has the errors of [`Server::sessions`], and
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) if this machine's system is short of handles.
    #[doc(alias = "MprAdminRegisterConnectionNotification")]
    #[inline]
    pub fn watch_sessions(self: &Arc<Self>) -> Result<SessionWatch, LinkError> {
        let mut watch = SessionWatch {
            link: Arc::clone(self),
            server: None,
            registration: None,
            bell: Bell::new()?,
            tracker: SessionTracker::new(),
            interval: INTERVAL,
            due: Instant::now(),
            pause: FIRST_PAUSE,
            pending: VecDeque::new(),
            is_lost: false,
            is_over: false,
        };
        watch.read()?;
        Ok(watch)
    }
}

/// A watch over the sessions of a server, made by [`Link::watch_sessions`].
///
/// As an iterator it yields what happens, and waits until something does. It ends after [`Stopper::stop`].
///
/// If the server cannot be read, the error is [`SessionEvent::Lost`]. The watch tries again after a second at first, and then
/// with longer and longer pauses of up to 30 seconds. [`SessionEvent::Regained`] follows, with the sessions that ended and
/// began in between. A new connection that the link makes in between is not told; the ids of the sessions are those of the
/// new one from then on.
///
/// Dropping it ends the registration and its share in the link.
#[must_use = "it ends when it is dropped"]
pub struct SessionWatch {
    link: Arc<Link>,
    /// The connection of the last reading, which the registration belongs to.
    server: Option<Arc<Server>>,
    /// `None` where the server does not notify.
    registration: Option<Registration<'static>>,
    bell: Arc<Bell>,
    tracker: SessionTracker,
    interval: Duration,
    /// When the server is read next, if it does not notify before.
    due: Instant,
    /// The pause after the next reading that fails.
    pause: Duration,
    /// The events that were not told yet.
    pending: VecDeque<SessionEvent>,
    /// `true` if the last reading failed.
    is_lost: bool,
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

    /// Returns the sessions when they were last read.
    #[inline]
    pub fn sessions(&self) -> &[Session] {
        self.tracker.sessions()
    }

    /// Returns the link to the server that is watched.
    #[inline]
    pub fn link(&self) -> &Arc<Link> {
        &self.link
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

    /// Returns `true` if no more events come: [`Stopper::stop`] was called, or this machine's system failed.
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
    /// It reads the server when that has notified, or the interval is over. A reading has the limits of the
    /// [link](Link::with_limit), and is not cut short by `limit`.
    ///
    /// # Errors
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) if this machine's system does not let one wait. The watch is over then.
    #[inline]
    pub fn next_within(&mut self, limit: Duration) -> Result<Option<SessionEvent>, Error> {
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
                Wake::Changed if self.is_lost => {}
                Wake::Changed | Wake::TimedOut => self.look(),
            }
        }
    }

    /// Reads the server, which may be lost or come back.
    #[inline]
    fn look(&mut self) {
        let told = self.pending.len();
        match self.read() {
            Ok(()) if self.is_lost => {
                self.is_lost = false;
                self.pending.insert(told, SessionEvent::Regained);
            }
            Ok(()) => {}
            Err(error) => {
                self.deregister();
                self.server = None;
                if !self.is_lost {
                    self.is_lost = true;
                    self.pending.push_back(SessionEvent::Lost(error));
                }
                self.due = Instant::now() + self.pause;
                self.pause = (self.pause * 2).min(LONGEST_PAUSE);
            }
        }
    }

    /// Reads the server. If the connection is new, or the service was started again, it registers for notifications and reads
    /// once more: somebody may have come in between.
    #[inline]
    fn read(&mut self) -> Result<(), LinkError> {
        let (mut server, mut up_time, mut sessions) = self.read_once()?;
        let is_same = self.server.as_ref().is_some_and(|known| Arc::ptr_eq(known, &server));
        if !is_same || self.tracker.is_restarted(up_time) {
            self.register();
            (server, up_time, sessions) = self.read_once()?;
        }
        self.server = Some(server);
        self.pending.extend(self.tracker.update(up_time, sessions));
        self.due = Instant::now() + self.interval;
        self.pause = FIRST_PAUSE;
        Ok(())
    }

    #[inline]
    fn read_once(&self) -> Result<(Arc<Server>, Duration, Vec<Session>), LinkError> {
        self.link.read_shared(|server| {
            let up_time = server.info()?.up_time();
            Ok((Arc::clone(server), up_time, server.sessions()?))
        })
    }

    /// Registers for notifications, which a server may refuse.
    #[inline]
    fn register(&mut self) {
        // The old one first: one event may not be registered twice.
        self.deregister();
        let bell = Arc::clone(&self.bell);
        let made = self.link.once_shared(|server| Registration::new(Held::Shared(Arc::clone(server)), bell));
        self.registration = made.ok();
    }

    #[inline]
    fn deregister(&mut self) {
        if let Some(registration) = self.registration.take() {
            self.link.release(registration);
        }
    }
}

impl Drop for SessionWatch {
    #[inline]
    fn drop(&mut self) {
        self.deregister();
    }
}

impl Iterator for SessionWatch {
    type Item = Result<SessionEvent, Error>;

    #[inline]
    fn next(&mut self) -> Option<Result<SessionEvent, Error>> {
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
