//! Notifications of connections that begin and end.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use mprapi_sys::RAS_CONNECTION_0;

use crate::event::Event;
use crate::owner::Held;
use crate::registration::{Bell, Registration, Stopper, Wake};
use crate::{Result, Server, Single};

impl Server {
    /// Registers for notifications: the answer tells when connections come and go, until it is dropped.
    /// [`Link::watch_sessions`](crate::Link::watch_sessions) tells more, also of a server that does not notify.
    ///
    /// ```
    /// # use mprapi_sim::{Server, Session, Tunnel};
    /// # let simulation = Server::unique().ports(Tunnel::Sstp, 2).start();
    /// # let router = &simulation.routers()[0];
    /// # // SAFETY: the simulator keeps the contract of mprapi.h.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some(router.name()))?;
    /// use mprapi::Change;
    ///
    /// let mut notification = server.watch()?;
    /// let stopper = notification.stopper(); // for another thread, or a handler of Ctrl-C
    /// # router.connect(&Session::new("alice", Tunnel::Sstp)).unwrap();
    /// for change in &mut notification {
    ///     match change? {
    ///         Change::Came(connection) => println!("{} came", connection.get().user_name()),
    ///         Change::Went(connection) => println!("{} went", connection.get().user_name()),
    ///     }
    /// #   stopper.stop();
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// The C function is `MprAdminRegisterConnectionNotification`, and `MprAdminDeregisterConnectionNotification` on
    /// drop. A notification says that something has changed, but not what. So this method reads the list of connections, and
    /// the iterator reads it again after each notification, and compares. If another connection has a handle by then, the
    /// iterator yields one connection that went and one that came.
    ///
    /// A restart of the service ends the registration without a notification. [`Link::watch_sessions`](crate::Link::watch_sessions)
    /// registers again.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied),
    /// [`ErrorKind::NotRunning`](crate::ErrorKind::NotRunning), those of [`connections`](Server::connections), and
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) when this machine's system is short of handles.
    #[doc(alias = "MprAdminRegisterConnectionNotification")]
    #[inline]
    pub fn watch(&self) -> Result<Notification<'_>> {
        let registration = Registration::new(Held::Borrowed(self), Bell::new()?)?;
        let mut notification = Notification { registration, known: Vec::new(), pending: VecDeque::new() };
        // After the registration: who comes in between is in the list, and who comes later is told.
        notification.known = notification.look()?;
        Ok(notification)
    }
}

/// A registration for notifications of connects and disconnects, made by [`Server::watch`]. Dropping it ends the
/// registration.
///
/// As an iterator it blocks until something has changed, and then yields the connections that went, followed by those that
/// came. It ends only after [`Stopper::stop`]; after an error, it can be asked again. A connection that comes and goes between
/// two readings of the list is not seen.
///
/// It borrows the server; [`keep`](Notification::keep) returns one that does not.
#[must_use = "it ends when it is dropped"]
pub struct Notification<'s> {
    registration: Registration<'s>,
    /// The connections at the last look.
    known: Vec<Single<'s, RAS_CONNECTION_0>>,
    /// The changes that the iterator has seen and not yet yielded.
    pending: VecDeque<Change<'s>>,
}

/// A connection that came or went, as the server last described it.
#[derive(Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Change<'s> {
    /// This connection is new.
    Came(Single<'s, RAS_CONNECTION_0>),
    /// This connection is gone.
    Went(Single<'s, RAS_CONNECTION_0>),
}

impl<'s> Change<'s> {
    #[inline]
    fn connection_mut(&mut self) -> &mut Single<'s, RAS_CONNECTION_0> {
        match self {
            Change::Came(connection) | Change::Went(connection) => connection,
        }
    }
}

impl<'s> Notification<'s> {
    /// Waits until something changes, at most for `timeout` (`None`: for ever).
    ///
    /// What changed since the last look tells [`changes`](Notification::changes). Changes of before the call count,
    /// and several may be told once.
    ///
    /// # Errors
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) when this machine's system does not let one wait.
    #[inline]
    pub fn wait(&mut self, timeout: Option<Duration>) -> Result<Wake> {
        self.registration.bell.wait(timeout)
    }

    /// Looks at the list of connections and says what changed since the last look (or since
    /// [`watch`](Server::watch)): first who went, then who came. It does not wait.
    /// The C function is `MprAdminConnectionEnum`.
    ///
    /// # Errors
    /// Those of [`Server::connections`]. Then the next look is compared with the last one that succeeded.
    #[inline]
    pub fn changes(&mut self) -> Result<Vec<Change<'s>>> {
        let now = self.look()?;
        let before = mem::replace(&mut self.known, now);
        let old: HashMap<_, _> = before.iter().map(by_handle).collect();
        let new: HashMap<_, _> = self.known.iter().map(by_handle).collect();
        let goes_on = |connection: &Single<'s, _>| {
            let (handle, _) = by_handle(connection);
            matches!((old.get(&handle), new.get(&handle)), (Some(old), Some(new)) if continues(old, new))
        };
        let changed = |connections: &[Single<'s, _>]| {
            let changed = connections.iter().filter(|connection| !goes_on(connection));
            changed
                .map(|connection| Single::own(self.registration.server.clone(), *connection.record()))
                .collect::<Vec<_>>()
        };
        let (went, came) = (changed(&before), changed(&self.known));
        Ok(went.into_iter().map(Change::Went).chain(came.into_iter().map(Change::Came)).collect())
    }

    /// Reads the present connections.
    #[inline]
    fn look(&self) -> Result<Vec<Single<'s, RAS_CONNECTION_0>>> {
        let connections = self.registration.server.connections()?;
        Ok(connections
            .records()
            .map(|record| Single::own(self.registration.server.clone(), *record))
            .collect())
    }

    /// Keeps the notification together with a share in the server, so that it borrows nothing and can go anywhere: beside
    /// the `Arc` in a struct, or to a thread of its own. The server is open until the last share in it is gone, and the
    /// changes that this tells of have one each.
    ///
    /// ```
    /// # use mprapi_sim::{Session, Tunnel};
    /// # let simulation = mprapi_sim::Server::unique().ports(Tunnel::Sstp, 2).start();
    /// # let router = &simulation.routers()[0];
    /// # // SAFETY: the simulator keeps the contract of mprapi.h.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// use std::sync::Arc;
    ///
    /// let server = Arc::new(mpr.connect(Some(router.name()))?);
    /// let mut notification = server.watch()?.keep(&server)?;
    /// let stopper = notification.stopper();
    /// let watching = std::thread::spawn(move || {
    ///     for change in &mut notification {
    ///         println!("{:?}", change?);
    ///     }
    ///     Ok::<(), mprapi::Error>(())
    /// });
    /// println!("{} connections", server.connections()?.len());
    /// stopper.stop();
    /// watching.join().unwrap()?;
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for another server than that which is watched. The
    /// notification is dropped then.
    #[inline]
    pub fn keep(mut self, server: &Arc<Server>) -> Result<Notification<'static>> {
        self.registration.server = self.registration.server.shared(server)?;
        for connection in self.known.iter_mut().chain(self.pending.iter_mut().map(Change::connection_mut)) {
            connection.share(server)?;
        }
        // SAFETY: the types differ in the lifetime alone, and by now everything in this one that needs the server has a
        // share in it.
        Ok(unsafe { mem::transmute::<Notification<'s>, Notification<'static>>(self) })
    }

    #[inline]
    pub(crate) fn event(&self) -> &Event {
        self.registration.bell.event()
    }

    /// Returns a value that ends the waiting, from any thread.
    #[inline]
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.registration.bell))
    }
}

#[inline]
fn by_handle<'l>(connection: &'l Single<'_, RAS_CONNECTION_0>) -> (usize, &'l Single<'l, RAS_CONNECTION_0>) {
    (connection.record().hConnection.addr(), connection)
}

/// Returns `true` if `new` is the connection that `old` was. A server may give the handle of one that is gone to the next.
#[inline]
fn continues(old: &Single<'_, RAS_CONNECTION_0>, new: &Single<'_, RAS_CONNECTION_0>) -> bool {
    let (old, new) = (old.record(), new.record());
    old.hConnection == new.hConnection
        && old.dwConnectDuration <= new.dwConnectDuration
        && old.wszUserName == new.wszUserName
        && old.wszLogonDomain == new.wszLogonDomain
        && old.dwInterfaceType == new.dwInterfaceType
        && old.hInterface == new.hInterface
}

impl<'s> Iterator for Notification<'s> {
    type Item = Result<Change<'s>>;

    #[inline]
    fn next(&mut self) -> Option<Result<Change<'s>>> {
        loop {
            if let Some(change) = self.pending.pop_front() {
                return Some(Ok(change));
            }
            match self.wait(None) {
                Ok(Wake::Stopped) => return None,
                Ok(Wake::TimedOut) => {}
                Ok(Wake::Changed) => match self.changes() {
                    // An interface that is no client's may have changed, so there may be none.
                    Ok(changes) => self.pending.extend(changes),
                    Err(error) => return Some(Err(error)),
                },
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl fmt::Debug for Notification<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notification").field("connections", &self.known.len()).finish_non_exhaustive()
    }
}
