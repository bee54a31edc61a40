//! Ending a connection to a server: checked first, then done once.
//!
//! The C functions return nothing and trust their caller, so the check is ours. A registry knows every handle that is
//! open; who takes a handle out of it makes the call, and nobody else does.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use mprapi_sys::{self as sys, HANDLE};

#[cfg(doc)]
use crate::Server;
use crate::callout;
use crate::library::Library;
use crate::{Error, Mpr, Result};

/// Disconnects from a server, after a check that the handle is one to disconnect.
///
/// Takes a [`Server`] or a [`RawHandle`]. The C function
/// (`MprAdminServerDisconnect`, for a server) is called once if the handle passes, and not at all otherwise.
///
/// Takes an [`Arc`] of them too. While there are other shares, which a kept answer such as [`List::keep`](crate::List::keep)
/// has as well, the error is [`HandleProblem::Shared`] and gives this one back: the connection goes on, and ends when the last
/// share is disconnected or dropped.
///
/// # Errors
/// [`DisconnectError`], which says what is wrong with the handle and gives it back.
#[doc(alias = "MprConfigServerDisconnect")]
#[doc(alias = "MprAdminMIBServerDisconnect")]
#[doc(alias = "MprAdminServerDisconnect")]
#[inline]
pub fn disconnect<H: Disconnect>(handle: H) -> std::result::Result<(), DisconnectError<H>> {
    handle.end()
}

/// A value that [`disconnect`] takes.
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait Disconnect: Claimable {}

pub(crate) trait Claimable: Sized {
    /// Takes the handle out of the registry, and ends its connection.
    fn claim(&self) -> std::result::Result<(), HandleProblem>;

    /// Ends the connection, or gives the handle back.
    #[inline]
    fn end(self) -> std::result::Result<(), DisconnectError<Self>> {
        match self.claim() {
            // The owner is dropped after this, and finds nothing left to end.
            Ok(()) => Ok(()),
            Err(problem) => Err(DisconnectError { problem, handle: self }),
        }
    }
}

/// A share ends the connection if it is the last one, so that nobody is left who could use it.
impl<H: Disconnect> Disconnect for Arc<H> {}

impl<H: Disconnect> Claimable for Arc<H> {
    /// A share by itself ends nothing: `end` takes the handle out of it first.
    #[inline]
    fn claim(&self) -> std::result::Result<(), HandleProblem> {
        Err(HandleProblem::Shared)
    }

    #[inline]
    fn end(self) -> std::result::Result<(), DisconnectError<Self>> {
        match Arc::try_unwrap(self) {
            Ok(handle) => handle.end().map_err(|DisconnectError { problem, handle }| DisconnectError {
                problem,
                handle: Arc::new(handle),
            }),
            Err(handle) => Err(DisconnectError { problem: HandleProblem::Shared, handle }),
        }
    }
}

/// The reason why a handle was not disconnected. Nothing was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HandleProblem {
    /// The handle is null.
    Null,
    /// The handle is `INVALID_HANDLE_VALUE`.
    InvalidHandleValue,
    /// This process did not open the handle through this library.
    NotOpenedHere,
    /// The handle is open, but of another kind: for example a configuration's instead of a server's.
    OtherKind,
    /// The handle is already disconnected. (For values that were disconnected before their [`RawHandle`] was made, only the
    /// last 256 are remembered; an older one is [`NotOpenedHere`](HandleProblem::NotOpenedHere).)
    AlreadyDisconnected,
    /// The handle is open, but belongs to another loaded library.
    OtherLibrary,
    /// The handle is shared (in an [`Arc`]), and may be in use.
    Shared,
    /// This thread is in a callout of the service, where the call would never return; see [`callout`].
    InCallout,
}

/// Without the feature `messages` it is the variant's name.
impl fmt::Display for HandleProblem {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if cfg!(not(feature = "messages")) {
            return fmt::Debug::fmt(self, f);
        }
        f.write_str(match self {
            HandleProblem::Null => "the handle is null",
            HandleProblem::InvalidHandleValue => "the handle is INVALID_HANDLE_VALUE",
            HandleProblem::NotOpenedHere => "the handle was not opened by this process through this library",
            HandleProblem::OtherKind => "the handle is open, but of another kind",
            HandleProblem::AlreadyDisconnected => "the handle is disconnected already",
            HandleProblem::OtherLibrary => "the handle belongs to another loaded library",
            HandleProblem::Shared => "others have a share in the handle; it ends with the last one",
            HandleProblem::InCallout => callout::REFUSAL,
        })
    }
}

impl std::error::Error for HandleProblem {}

/// A handle that was not disconnected, and why.
pub struct DisconnectError<H> {
    problem: HandleProblem,
    handle: H,
}

impl<H> DisconnectError<H> {
    /// Returns the problem with the handle.
    #[inline]
    pub fn problem(&self) -> HandleProblem {
        self.problem
    }

    /// Returns the handle.
    #[inline]
    pub fn into_handle(self) -> H {
        self.handle
    }
}

// SAFETY: a shared error leads to no reference to the handle: it is given out when the error is owned, and only then. (So
// `?` takes the error of a handle that is not `Sync`, too.)
unsafe impl<H> Sync for DisconnectError<H> {}

impl<H> fmt::Debug for DisconnectError<H> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DisconnectError {{ problem: {:?}, .. }}", self.problem)
    }
}

impl<H> fmt::Display for DisconnectError<H> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not disconnected: {}", self.problem)
    }
}

impl<H> std::error::Error for DisconnectError<H> {}

/// The kinds of handle, each with a disconnect function of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A handle from `MprAdminServerConnect`.
    Server,
    /// A handle from `MprConfigServerConnect`.
    Configuration,
    /// A handle from `MprAdminMIBServerConnect`.
    Mib,
}

impl Kind {
    /// A number that tells libraries apart: the address of the function that ends a handle of this kind.
    #[inline]
    fn library(self, table: &Library) -> std::result::Result<usize, sys::MissingFunction> {
        let function = match self {
            Kind::Server => sys::Function::MprAdminServerDisconnect,
            Kind::Configuration => sys::Function::MprConfigServerDisconnect,
            Kind::Mib => sys::Function::MprAdminMIBServerDisconnect,
        };
        Ok(table.address(function)?.addr())
    }

    /// Ends the connection of a handle.
    ///
    /// # Safety
    /// The caller must have taken the handle out of the registry, where it was as one of this library and this kind: so
    /// nobody else ends it.
    #[inline]
    unsafe fn end(self, table: &Library, handle: HANDLE) {
        // The function was found when the connection was opened, or the registry would not know the handle.
        let _ = match self {
            // SAFETY: passed on to the caller.
            Kind::Server => unsafe { table.MprAdminServerDisconnect(handle) },
            // SAFETY: as above.
            Kind::Configuration => unsafe { table.MprConfigServerDisconnect(handle) },
            // SAFETY: as above.
            Kind::Mib => unsafe { table.MprAdminMIBServerDisconnect(handle) },
        };
    }
}

/// A handle that is open, and ends when this is dropped unless it was ended before.
#[derive(Debug)]
pub(crate) struct Session {
    table: Library,
    handle: HANDLE,
    kind: Kind,
    serial: u64,
    /// Spares the drop after a disconnect its look into the registry.
    ended: AtomicBool,
    /// The preferred length of a page of an enumeration, in bytes.
    preferred_length: u32,
    /// The server's name as the caller gave it; `None` is this machine.
    server: Option<Box<str>>,
}

impl Session {
    /// Opens a connection to `server` through `connect`, the C function `function`, and knows it from then on.
    #[inline]
    pub(crate) fn open(
        mpr: &Mpr,
        server: Option<&str>,
        function: &'static str,
        kind: Kind,
        connect: impl FnOnce(&Library) -> Result<HANDLE>,
    ) -> Result<Session> {
        // Asked before: what cannot be closed is not opened.
        let library = kind.library(&mpr.table)?;
        let table = mpr.table.named(server).into_owned();
        let handle = connect(&table)?;
        if handle.is_null() || handle == sys::INVALID_HANDLE_VALUE {
            return Err(Error::answer(function, "the handle is null"));
        }
        let key = Key { handle: handle.addr(), library, kind };
        let Some(serial) = registry(|registry| registry.open(key)) else {
            return Err(Error::answer(function, "the handle is already in use"));
        };
        Ok(Session {
            table,
            handle,
            kind,
            serial,
            ended: AtomicBool::new(false),
            preferred_length: u32::MAX,
            server: server.map(Box::from),
        })
    }

    #[inline]
    pub(crate) fn table(&self) -> &Library {
        &self.table
    }

    #[inline]
    pub(crate) fn handle(&self) -> HANDLE {
        self.handle
    }

    #[inline]
    pub(crate) fn server(&self) -> Option<&str> {
        self.server.as_deref()
    }

    #[inline]
    pub(crate) fn preferred_length(&self) -> u32 {
        self.preferred_length
    }

    #[inline]
    pub(crate) fn set_preferred_length(&mut self, bytes: u32) {
        self.preferred_length = bytes;
    }

    /// A number that no other session of this process ever has.
    #[inline]
    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }

    /// Takes the handle out of the registry, and ends its connection.
    #[inline(never)]
    pub(crate) fn claim(&self) -> std::result::Result<(), HandleProblem> {
        callable()?;
        registry(|registry| registry.close(self.serial))?;
        // Relaxed: only what has the session to itself asks for it.
        self.ended.store(true, Ordering::Relaxed);
        // SAFETY: the registry said that this handle is open, and has it no longer.
        unsafe { self.kind.end(&self.table, self.handle) };
        Ok(())
    }
}

impl Drop for Session {
    #[inline]
    fn drop(&mut self) {
        if !*self.ended.get_mut() {
            // What is wrong with the handle nobody can be told.
            let _ = self.claim();
        }
    }
}

/// A handle as code at the raw boundary has it, to be given to [`disconnect`].
///
/// It stands for the connection that had the value when this was made, and so do its clones. A later connection that
/// the library gives the same value is another one, which [`disconnect`] does not end by this. It owns nothing: dropping
/// it does nothing.
#[derive(Clone, Debug)]
pub struct RawHandle {
    table: Library,
    kind: Kind,
    handle: HANDLE,
    /// The number of the connection that it stands for; `None` if no connection had the value.
    serial: Option<u64>,
}

impl RawHandle {
    /// Wraps a handle of `MprAdminServerConnect`, said to be of the library behind `mpr`.
    ///
    /// # Safety
    /// Any value may be given here, and [`disconnect`] refuses those it knows to be wrong: null,
    /// `INVALID_HANDLE_VALUE`, a value that [`Mpr::connect`] never gave, one that is not open now, one of another
    /// library. What cannot be seen is that a value was disconnected and then given again by the library, before this
    /// call, for a new connection: a stale value is then taken for the new one. The caller must know that the value is
    /// not stale, and that after [`disconnect`] succeeds with this or a clone of it nobody uses the connection: a
    /// [`Server`] that owns it may only be dropped, and no call with it may be under way on another thread.
    #[inline]
    pub unsafe fn server(mpr: &Mpr, handle: sys::MPR_SERVER_HANDLE) -> RawHandle {
        RawHandle::new(mpr, Kind::Server, handle)
    }

    /// Wraps a handle of `MprConfigServerConnect`, said to be of the library behind `mpr`.
    ///
    /// # Safety
    /// As for [`server`](RawHandle::server).
    #[inline]
    pub unsafe fn configuration(mpr: &Mpr, handle: HANDLE) -> RawHandle {
        RawHandle::new(mpr, Kind::Configuration, handle)
    }

    /// Wraps a handle of `MprAdminMIBServerConnect`, said to be of the library behind `mpr`.
    ///
    /// # Safety
    /// As for [`server`](RawHandle::server).
    #[inline]
    pub unsafe fn mib_server(mpr: &Mpr, handle: sys::MIB_SERVER_HANDLE) -> RawHandle {
        RawHandle::new(mpr, Kind::Mib, handle)
    }

    #[inline]
    fn new(mpr: &Mpr, kind: Kind, handle: HANDLE) -> RawHandle {
        let mut raw = RawHandle { table: nameless(mpr), kind, handle, serial: None };
        raw.serial = raw.key().and_then(|key| registry(|registry| registry.serial(key)));
        raw
    }

    /// Returns the value. It does not identify the connection if the library gave the value more than once.
    #[inline]
    pub fn as_raw(&self) -> HANDLE {
        self.handle
    }

    /// `None` for a library that cannot disconnect, and so cannot have connected.
    #[inline]
    fn key(&self) -> Option<Key> {
        let library = self.kind.library(&self.table).ok()?;
        Some(Key { handle: self.handle.addr(), library, kind: self.kind })
    }
}

impl Disconnect for RawHandle {}

impl Claimable for RawHandle {
    #[inline]
    fn claim(&self) -> std::result::Result<(), HandleProblem> {
        if self.handle.is_null() {
            return Err(HandleProblem::Null);
        }
        if self.handle == sys::INVALID_HANDLE_VALUE {
            return Err(HandleProblem::InvalidHandleValue);
        }
        callable()?;
        let key = self.key().ok_or(HandleProblem::NotOpenedHere)?;
        registry(|registry| match self.serial {
            Some(serial) => registry.close(serial),
            None => Err(registry.problem(key)),
        })?;
        // SAFETY: the registry said that this handle is open, of this library and this kind, and has it no longer.
        unsafe { self.kind.end(&self.table, self.handle) };
        Ok(())
    }
}

/// Checks that the function that ends a handle can be called on this thread.
#[inline]
fn callable() -> std::result::Result<(), HandleProblem> {
    if callout::is_inside() { Err(HandleProblem::InCallout) } else { Ok(()) }
}

/// Returns the library for a handle whose server is unknown.
#[inline]
fn nameless(mpr: &Mpr) -> Library {
    mpr.table.named(Some("unknown")).into_owned()
}

// SAFETY: a handle is a number to this process; what is done with it from which thread is `disconnect`'s affair, and
// the registry orders that.
unsafe impl Send for RawHandle {}
// SAFETY: as above.
unsafe impl Sync for RawHandle {}
// SAFETY: the API's handles are remote procedure call bindings, which any thread may use.
unsafe impl Send for Session {}
// SAFETY: as above, also by several threads at once. It ends only when it is owned, so when nobody else uses it.
unsafe impl Sync for Session {}

/// The key that tells one open handle from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    handle: usize,
    kind: Kind,
    library: usize,
}

/// The handles that are open, and the last ones that were.
struct Registry {
    /// Each with the serial number of its connection, as a library may give a value again; the newest mostly last. There are
    /// as many as connections that are open at one time. A connect compares its value with all of them, which for
    /// thousands is no dearer than to keep them in order; and a disconnect mostly finds its own at the end.
    open: Vec<(Key, u64)>,
    opened: u64,
    /// A ring: what is remembered must not grow with the life of the process. (Without the box it would take its room in the
    /// file of every program.)
    closed: Option<Box<[Option<Key>; 256]>>,
    closings: usize,
}

#[inline]
fn registry<T>(work: impl FnOnce(&mut Registry) -> T) -> T {
    static REGISTRY: Mutex<Registry> = Mutex::new(Registry::NEW);
    // No call into a library is made under the lock, and nothing below panics half way.
    work(&mut REGISTRY.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Registry {
    const NEW: Registry = Registry { open: Vec::new(), opened: 0, closed: None, closings: 0 };

    /// The new connection's serial number, or `None` when the handle is open already.
    #[inline]
    fn open(&mut self, key: Key) -> Option<u64> {
        if self.serial(key).is_some() {
            return None;
        }
        let serial = self.opened + 1;
        self.opened = serial;
        self.open.push((key, serial));
        Some(serial)
    }

    /// The serial number of the connection that has this handle.
    #[inline]
    fn serial(&self, key: Key) -> Option<u64> {
        self.open.iter().find(|(open, _)| *open == key).map(|(_, serial)| *serial)
    }

    /// Takes the connection of this serial number out, if it is still there.
    #[inline]
    fn close(&mut self, serial: u64) -> std::result::Result<(), HandleProblem> {
        let place = self.open.iter().rposition(|(_, open)| *open == serial);
        let place = place.ok_or(HandleProblem::AlreadyDisconnected)?;
        let closed = self.closed.get_or_insert_with(Registry::ring);
        closed[self.closings % closed.len()] = Some(self.open[place].0);
        self.closings += 1;
        self.open.swap_remove(place);
        Ok(())
    }

    /// Says what is wrong with a handle that was not open.
    #[inline]
    fn problem(&self, key: Key) -> HandleProblem {
        if self.closed.as_ref().is_some_and(|closed| closed.contains(&Some(key))) {
            return HandleProblem::AlreadyDisconnected;
        }
        // Each kind has a function of its own to end it, so libraries are compared within a kind only. (A connection
        // that was given the value since is none of the handle's.)
        let others =
            self.open.iter().map(|(open, _)| open).filter(|open| open.handle == key.handle && **open != key);
        let mut kinds = others.map(|open| open.kind);
        match kinds.next() {
            None => HandleProblem::NotOpenedHere,
            Some(kind) if kind == key.kind || kinds.any(|kind| kind == key.kind) => {
                HandleProblem::OtherLibrary
            }
            Some(_) => HandleProblem::OtherKind,
        }
    }

    /// Makes the ring: out of line, since its array is made on the stack.
    #[cold]
    #[inline(never)]
    fn ring() -> Box<[Option<Key>; 256]> {
        Box::new([None; 256])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_connections_leave_nothing_in_the_registry() {
        let mut registry = Registry::NEW;
        for handle in 1..=1_000_000 {
            let key = Key { handle, library: 1, kind: Kind::Server };
            let serial = registry.open(key).expect("a new handle");
            registry.close(serial).expect("an open handle");
        }
        assert!(registry.open.is_empty());
        let key = |handle| Key { handle, library: 1, kind: Kind::Server };
        assert_eq!(registry.problem(key(1_000_000)), HandleProblem::AlreadyDisconnected);
        assert_eq!(registry.problem(key(1)), HandleProblem::NotOpenedHere);
    }

    #[test]
    fn nobody_ends_a_later_connection_that_was_given_the_same_value() {
        let mut registry = Registry::NEW;
        let key = Key { handle: 8, library: 1, kind: Kind::Server };
        let old = registry.open(key).expect("a new handle");
        assert_eq!(registry.close(old), Ok(()));
        let new = registry.open(key).expect("the value is free again");
        assert_eq!(registry.close(old), Err(HandleProblem::AlreadyDisconnected));
        assert_eq!(registry.close(new), Ok(()));
    }
}
