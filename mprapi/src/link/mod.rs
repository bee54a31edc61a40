//! A connection to one server for programs that run for long.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::{Error, Mpr, Notification, Server};

mod error;
mod line;

pub use error::LinkError;
pub(crate) use line::{Line, OnServer, Place, Work, run};

/// The limit of a call, unless [`Link::with_limit`] sets another.
const LIMIT: Duration = Duration::from_secs(30);
/// The longest limit; longer ones overflow the clock.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// A connection to one server for programs that run for long: it survives restarts of the service, and a server that hangs
/// holds nobody up for longer than a limit.
///
/// ```
/// # let simulation = mprapi_sim::Server::new("doc-link").ports(mprapi_sim::Tunnel::Sstp, 4).start();
/// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
/// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
/// use std::time::Duration;
///
/// use mprapi::{Link, LinkError};
///
/// let link = Link::new(&mpr, Some("doc-link")).with_limit(Duration::from_secs(10));
/// match link.read(|server| server.sessions()) {
///     Ok(sessions) => println!("{} sessions", sessions.len()),
///     Err(LinkError::Call(error)) => println!("it answered an error: {error}"),
///     // Ask again later, however often: no further thread is started.
///     Err(error) => println!("it hangs: {error}"),
/// }
/// # Ok::<(), LinkError>(())
/// ```
///
/// - **Connecting.** The first call connects, and later ones use the same connection. After an error that
///   [needs a new one](crate::Error::needs_reconnect) the connection is ended, and the next call connects again. Ids of
///   ports, connections and interfaces are then those of another connection, so read them and use them in one call.
/// - **Repeating.** [`read`](Link::read) repeats its function once if the connection turned out to be dead.
///   [`once`](Link::once) never does.
/// - **Limits.** Calls of the API cannot be cancelled. Each is made on a thread of its own, with connecting, and a caller waits
///   until the [limit](Link::with_limit) only: then the error is [`LinkError::TimedOut`], the call goes on, and its thread is
///   busy until then.
/// - **Threads.** A link makes one call at a time, so it has one thread at most, and none between calls. Callers queue, each
///   until its limit. While a call goes on that nobody waits for any more, others get [`LinkError::Busy`] at once.
/// - **Panics** of the function are an error too, [`LinkError::Panicked`].
///
/// Several threads may use a link, in an [`Arc`] for example. Dropping it ends the connection, unless a
/// [notification](Link::watch) still has a share in it. If a call is still in it, its thread ends the connection after the
/// call. The functions must not use the link that they are called by: it is busy.
///
/// For several servers at once, see [`Fleet`](crate::Fleet).
pub struct Link {
    line: Arc<Line>,
    limit: Duration,
}

impl Link {
    /// Creates a link to `server` (`None`: this machine). It does not connect yet.
    #[inline]
    pub fn new(mpr: &Mpr, server: Option<&str>) -> Link {
        Link { line: Arc::new(Line::new(mpr.clone(), server.map(str::to_owned))), limit: LIMIT }
    }

    /// Sets how long a caller waits for a call, with connecting and repeating. The default is 30 seconds, the longest a year.
    #[inline]
    #[must_use]
    pub fn with_limit(mut self, limit: Duration) -> Link {
        self.limit = limit.min(LONGEST);
        self
    }

    /// Returns how long a caller waits for a call.
    #[inline]
    pub fn limit(&self) -> Duration {
        self.limit
    }

    /// Returns the name of the server; `None` for this machine.
    #[inline]
    pub fn name(&self) -> Option<&str> {
        self.line.name()
    }

    /// Returns `true` while a call goes on. Its thread is the only one of the link.
    #[inline]
    pub fn is_busy(&self) -> bool {
        self.line.is_busy()
    }

    /// Calls a function that only reads. It may be called twice: if the connection of an earlier call turns out to be dead, it
    /// is called once more on a fresh one.
    ///
    /// # Errors
    /// [`LinkError`]. Its [`Call`](LinkError::Call) has the errors of [`Mpr::connect`] and of the function.
    #[inline]
    pub fn read<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&Server) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, LinkError> {
        self.read_shared(move |server| work(server))
    }

    /// As [`read`](Link::read), for a function that keeps a share in the connection.
    #[inline]
    pub(crate) fn read_shared<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&Arc<Server>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, LinkError> {
        let answer = Place::new();
        let place = answer.clone();
        self.run(Work::Read(Box::new(move |server| work(server).map(|answer| place.put(answer)))))?;
        Ok(answer.take())
    }

    /// Calls a function that changes something. It is called once at most, whatever happens.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-once").ports(mprapi_sim::Tunnel::Sstp, 1)
    /// #     .session(mprapi_sim::Session::new("anna", mprapi_sim::Tunnel::Sstp)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// let link = mprapi::Link::new(&mpr, Some("doc-once"));
    /// link.once(|server| {
    ///     for session in server.sessions()? {
    ///         server.end(&session)?;
    ///     }
    ///     Ok(())
    /// })?;
    /// # assert_eq!(simulation.router("doc-once").users().len(), 0);
    /// # Ok::<(), mprapi::LinkError>(())
    /// ```
    ///
    /// Some errors, such as `RPC_S_CALL_FAILED` (1726), come before or after the work. Only the program can find out: it reads.
    /// So that a restart of the service in the meantime does not make the call fail, a connection of an earlier call is tried
    /// before, by [`Server::info`].
    ///
    /// # Errors
    /// [`LinkError`]. Its [`Call`](LinkError::Call) has the errors of [`Mpr::connect`] and of the function. After
    /// [`TimedOut`](LinkError::TimedOut) the function may still do its work; after [`Busy`](LinkError::Busy) it is not called.
    #[inline]
    pub fn once<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Server) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, LinkError> {
        self.once_shared(move |server| work(server))
    }

    /// Registers for notifications of connects and disconnects, within the limit. The registration has a share in the
    /// connection; waiting for it is no call in the link.
    ///
    /// A restart of the service ends the registration without a notification. To find out, compare
    /// [`ServerInfo::up_time`](crate::ServerInfo::up_time): it is shorter after a restart.
    ///
    /// The C function is `MprAdminRegisterConnectionNotification`.
    ///
    /// # Errors
    /// [`LinkError`]. Its [`Call`](LinkError::Call) has the errors of [`Mpr::connect`] and of [`Server::watch`]; on Windows,
    /// servers other than this machine refuse.
    #[doc(alias = "MprAdminRegisterConnectionNotification")]
    #[inline]
    pub fn watch(&self) -> Result<Notification<'static>, LinkError> {
        self.once_shared(|server| server.watch()?.keep(server))
    }

    /// As [`once`](Link::once), for a function that keeps a share in the connection.
    #[inline]
    pub(crate) fn once_shared<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Arc<Server>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, LinkError> {
        let answer = Place::new();
        let (place, mut work) = (answer.clone(), Some(work));
        self.run(Work::Once(Box::new(move |server| match work.take() {
            Some(work) => work(server).map(|answer| place.put(answer)),
            None => Ok(()),
        })))?;
        Ok(answer.take())
    }

    /// Drops a value that makes a call when it is dropped: on the thread of the link, and within the limit. If the link is busy,
    /// the value has a thread of its own.
    #[inline]
    pub(crate) fn release<T: Send + 'static>(&self, value: T) {
        let value = Arc::new(Mutex::new(Some(value)));
        let take = |value: &Mutex<Option<T>>| value.lock().unwrap_or_else(PoisonError::into_inner).take();
        let own = Arc::clone(&value);
        let released = self.run(Work::Apart(Box::new(move |_, _| drop(take(&own)))));
        if released.is_err()
            && let Some(value) = take(&value)
        {
            // If no thread can be made, this one waits.
            let _ = thread::Builder::new().name("mprapi release".to_owned()).spawn(move || drop(value));
        }
    }

    #[inline]
    fn run(&self, work: Work) -> Result<(), LinkError> {
        run(vec![self.call(work)], 1).into_iter().collect()
    }

    /// Returns the call that makes this work, for [`run`].
    #[inline]
    pub(crate) fn call(&self, work: Work) -> (&Arc<Line>, Duration, Work) {
        (&self.line, self.limit, work)
    }
}

impl Drop for Link {
    /// Ends the connection here and now, unless a call has it.
    #[inline]
    fn drop(&mut self) {
        drop(self.line.take_server());
    }
}

impl fmt::Debug for Link {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link")
            .field("name", &self.name())
            .field("limit", &self.limit)
            .field("is_busy", &self.is_busy())
            .finish_non_exhaustive()
    }
}
