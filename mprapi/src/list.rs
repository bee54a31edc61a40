//! The records that an enumeration answered: every page of them, borrowed, each freed once.

use std::alloc::Layout;
use std::fmt;
use std::mem;
use std::ptr;
use std::sync::Arc;

use mprapi_sys as sys;

use crate::buffer::{Buffer, Memory};
use crate::error::check;
use crate::inside::Inside;
use crate::library::Library;
use crate::owner::{Held, Owner};
use crate::walk::{Pages, Request, Walk};
use crate::{Error, Result};

/// A raw record that an enumeration returns, and the type of its view.
///
/// Implemented for the records of `mprapi.h` only. To ask for a level is to name its record:
/// `server.connections_at::<RAS_CONNECTION_1>()`.
#[expect(
    private_bounds,
    reason = "what only this crate may call, and implement, stands in a trait of its own"
)]
pub trait Record: Copy + 'static {
    /// The value that gives the list: a [`Server`](crate::Server), say.
    type Owner: Owner;

    /// The view of one record.
    type View<'l>;

    /// # Safety
    /// `record` must be one that the API gave `owner`, or a copy of it as long as what it points to is there.
    #[doc(hidden)]
    unsafe fn view<'l>(owner: &'l Self::Owner, record: &'l Self, _: Inside) -> Self::View<'l>;

    /// Overwrites what is secret in the buffer of a record, before the buffer goes back.
    ///
    /// # Safety
    /// As for `view`; and nobody else may use the buffer.
    #[doc(hidden)]
    #[inline]
    unsafe fn wipe(_record: Self, _: Inside) {}
}

/// A record that is asked for by a number.
pub(crate) trait Level {
    const LEVEL: u32;
}

/// The records of an enumeration, in the API's own buffers. Dropping the list frees them.
///
/// It borrows its owner; [`keep`](List::keep) returns one that does not.
pub struct List<'s, R: Record> {
    /// The pages, of records of type `R`.
    pages: Pages<'s>,
    // Dropped after the buffers, which go back through its library.
    owner: Held<'s, R::Owner>,
}

impl<'s, R: Record> List<'s, R> {
    /// Begins an enumeration of records of this type by the C function `function`. Nothing is called.
    #[inline]
    pub(crate) fn walk(owner: &'s R::Owner, function: &'static str) -> Walk<'s> {
        Walk::new(owner.session(), R::Owner::FAMILY, function, Layout::new::<R>())
    }

    /// Asks for everything: makes `call` until the library has no more.
    ///
    /// # Safety
    /// `call` must make one call to the enumeration `function` with the parameters given, so that on success
    /// `buffer` is a buffer of the owner's family with `read` records of type `R`.
    #[inline]
    pub(crate) unsafe fn collect(
        owner: &'s R::Owner,
        function: &'static str,
        mut call: impl FnMut(&Library, &mut Request) -> std::result::Result<u32, sys::MissingFunction>,
    ) -> Result<List<'s, R>> {
        let (session, record) = (owner.session(), Layout::new::<R>());
        // SAFETY: passed on to the caller.
        let pages = unsafe { Walk::all(session, R::Owner::FAMILY, function, record, &mut call) }?;
        Ok(List { pages, owner: Held::Borrowed(owner) })
    }

    /// Asks for the next page of a [`walk`](List::walk) as a list of its own. The pages before it must have gone back.
    ///
    /// # Safety
    /// As for [`collect`](List::collect); and the walk must be one of records of type `R`, over the connection `owner`.
    #[inline]
    pub(crate) unsafe fn page(
        owner: &'s R::Owner,
        walk: &mut Walk<'s>,
        mut call: impl FnMut(&Library, &mut Request) -> std::result::Result<u32, sys::MissingFunction>,
    ) -> Result<List<'s, R>> {
        // SAFETY: passed on to the caller.
        let pages = unsafe { walk.page(&mut call) }?;
        Ok(List { pages, owner: Held::Borrowed(owner) })
    }

    /// Returns the number of records.
    #[inline]
    pub fn len(&self) -> usize {
        self.pages.first.count() + count(self.pages.rest.iter())
    }

    /// Returns `true` if the list has no records.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns an iterator over the records, in the server's order.
    #[inline]
    pub fn iter(&self) -> Iter<'_, R> {
        // SAFETY: the records are of type `R`, which any bits make.
        let records = unsafe { self.pages.first.records::<R>() }.iter();
        Iter { owner: &self.owner, records, rest: self.pages.rest.iter() }
    }

    /// Keeps the list together with a share in its owner, so that it borrows nothing and can go anywhere: beside the `Arc`
    /// in a struct, or to another thread. The owner is open until the last share in it is gone.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::unique().start();
    /// # let router = &simulation.routers()[0];
    /// # // SAFETY: the simulator keeps the contract of mprapi.h.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// use std::sync::Arc;
    ///
    /// use mprapi::sys::RAS_CONNECTION_0;
    /// use mprapi::{List, Server};
    ///
    /// struct Seen {
    ///     server: Arc<Server>,
    ///     connections: List<'static, RAS_CONNECTION_0>,
    /// }
    ///
    /// let server = Arc::new(mpr.connect(Some(router.name()))?);
    /// let connections = server.connections()?.keep(&server)?;
    /// let seen = Seen { server, connections };
    /// println!("{} of {:?}", seen.connections.len(), seen.server.info()?.total_ports());
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for another owner than the list's. The list is
    /// dropped then.
    #[inline]
    pub fn keep(mut self, owner: &Arc<R::Owner>) -> Result<List<'static, R>> {
        self.owner = self.owner.shared(owner)?;
        // SAFETY: the types differ in the lifetime alone. The share just taken keeps the owner there, and with it the library
        // of the buffers, for as long as the list is.
        Ok(unsafe { mem::transmute::<List<'s, R>, List<'static, R>>(self) })
    }

    /// The raw records.
    #[inline]
    pub(crate) fn records(&self) -> impl Iterator<Item = &R> {
        let pages = std::iter::once(&self.pages.first).chain(&self.pages.rest);
        // SAFETY: the records are of type `R`, which any bits make.
        pages.flat_map(|page| unsafe { page.records::<R>() })
    }
}

/// The number of records of several pages.
#[inline]
fn count<'p>(pages: std::slice::Iter<'p, Memory<'p>>) -> usize {
    pages.map(Memory::count).sum()
}

impl<R: Record> fmt::Debug for List<'_, R>
where
    for<'l> R::View<'l>: fmt::Debug,
{
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl<'l, R: Record> IntoIterator for &'l List<'_, R> {
    type Item = R::View<'l>;
    type IntoIter = Iter<'l, R>;

    #[inline]
    fn into_iter(self) -> Iter<'l, R> {
        self.iter()
    }
}

/// The records of a [`List`], one after the other.
pub struct Iter<'l, R: Record> {
    owner: &'l R::Owner,
    records: std::slice::Iter<'l, R>,
    /// Pages of records of type `R`.
    rest: std::slice::Iter<'l, Memory<'l>>,
}

impl<'l, R: Record> Iterator for Iter<'l, R> {
    type Item = R::View<'l>;

    #[expect(
        clippy::missing_inline_in_public_items,
        reason = "generic, so compiled where it is used anyway; the hint has LLVM look at a record in 7 instructions more"
    )]
    fn next(&mut self) -> Option<R::View<'l>> {
        loop {
            if let Some(record) = self.records.next() {
                // SAFETY: the record lies in a buffer that the API gave this owner, and that lives for `'l`.
                return Some(unsafe { R::view(self.owner, record, Inside(())) });
            }
            // SAFETY: the records are of type `R`, which any bits make.
            self.records = unsafe { self.rest.next()?.records::<R>() }.iter();
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.records.len() + count(self.rest.clone());
        (left, Some(left))
    }
}

impl<R: Record> ExactSizeIterator for Iter<'_, R> {}

impl<R: Record> fmt::Debug for Iter<'_, R> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").finish_non_exhaustive()
    }
}

/// The answer to a call about one object: one record, in the API's own buffer. Dropping it frees the buffer.
///
/// (The `Ex` calls fill a record of the caller; this value then holds it in memory of its own.) It borrows its owner;
/// [`keep`](Single::keep) returns one that does not.
pub struct Single<'s, R: Record> {
    place: Place<'s, R>,
    // Dropped after the buffer, which goes back through its library.
    owner: Held<'s, R::Owner>,
}

/// Where a record lies.
enum Place<'s, R> {
    Buffer(Buffer<'s, R>),
    Own(Box<R>),
}

impl<'s, R: Record> Single<'s, R> {
    /// Makes the call to `function`, which answers a buffer.
    ///
    /// # Safety
    /// On success `call` must leave a buffer of the owner's family with one record of type `R`.
    #[inline]
    pub(crate) unsafe fn fetch(
        owner: &'s R::Owner,
        function: &'static str,
        call: impl FnOnce(&Library, &mut sys::LPBYTE) -> std::result::Result<u32, sys::MissingFunction>,
    ) -> Result<Single<'s, R>> {
        // SAFETY: passed on to the caller.
        unsafe { Single::fetch_sized(owner, function, |table, buffer, _| call(table, buffer)) }
    }

    /// As [`fetch`](Single::fetch), of a call that says how long its record is; a shorter one is an error.
    ///
    /// # Safety
    /// On success `call` must leave a buffer of the owner's family, with one record of type `R` if the size that it
    /// leaves is that of one.
    #[inline]
    pub(crate) unsafe fn fetch_sized(
        owner: &'s R::Owner,
        function: &'static str,
        call: impl FnOnce(
            &Library,
            &mut sys::LPBYTE,
            &mut sys::DWORD,
        ) -> std::result::Result<u32, sys::MissingFunction>,
    ) -> Result<Single<'s, R>> {
        let table = owner.table();
        let (mut buffer, mut size) = (ptr::null_mut(), sys::DWORD::MAX);
        check(function, call(table, &mut buffer, &mut size), || owner.server())?;
        // SAFETY: the caller's promise about `call`; the records are C structs, valid for any bits. Until its size is
        // known to be that of one, nobody looks at the record.
        let buffer: Buffer<'_, R> = unsafe { Buffer::one(table, function, R::Owner::FAMILY, buffer.cast()) }?;
        if (size as usize) < size_of::<R>() {
            return Err(Error::answer(function, "the record is too short for its level"));
        }
        Ok(Single { place: Place::Buffer(buffer), owner: Held::Borrowed(owner) })
    }

    /// A record that is in no buffer of the API. Its type must be one whose view follows no pointers.
    #[inline]
    pub(crate) fn own(owner: Held<'s, R::Owner>, record: R) -> Single<'s, R> {
        Single { place: Place::Own(Box::new(record)), owner }
    }

    /// Keeps the record together with a share in its owner, as [`List::keep`] does.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for another owner than the record's. The record is
    /// dropped then.
    #[inline]
    pub fn keep(mut self, owner: &Arc<R::Owner>) -> Result<Single<'static, R>> {
        self.share(owner)?;
        // SAFETY: as in `List::keep`.
        Ok(unsafe { mem::transmute::<Single<'s, R>, Single<'static, R>>(self) })
    }

    /// Takes a share in the owner.
    #[inline]
    pub(crate) fn share(&mut self, owner: &Arc<R::Owner>) -> Result<()> {
        self.owner = self.owner.shared(owner)?;
        Ok(())
    }

    /// The raw record.
    #[inline]
    pub(crate) fn record(&self) -> &R {
        match &self.place {
            Place::Buffer(buffer) => buffer.record(),
            Place::Own(record) => record,
        }
    }

    /// Returns a view of the record.
    #[inline]
    pub fn get(&self) -> R::View<'_> {
        // SAFETY: the record is one that the API gave this owner, and what it points to lies in the buffer held here
        // (or it points nowhere; see `own`).
        unsafe { R::view(&self.owner, self.record(), Inside(())) }
    }
}

impl<R: Record> Drop for Single<'_, R> {
    #[inline]
    fn drop(&mut self) {
        if let Place::Buffer(buffer) = &self.place {
            // SAFETY: the record is one that the API gave the owner; its buffer is this value's, and goes back next.
            unsafe { R::wipe(*buffer.record(), Inside(())) };
        }
    }
}

impl<R: Record> fmt::Debug for Single<'_, R>
where
    for<'l> R::View<'l>: fmt::Debug,
{
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
