//! What an enumeration answered: every page of it, borrowed, each freed once.

use std::fmt;
use std::ptr;

use mprapi_sys::{self as sys, Mprapi};

use crate::buffer::{Buffer, Family};
use crate::{Error, Result, Server};

/// A raw record that an enumeration gives, and the type through which it is looked at.
///
/// Implemented for the records of `mprapi.h` only. To ask for a level is to name its record:
/// `server.connections_at::<RAS_CONNECTION_1>()`.
pub trait Record: sealed::Sealed + Copy + 'static {
    /// What it is looked at through.
    type View<'l>;

    #[doc(hidden)]
    fn view<'l>(server: &'l Server, record: &'l Self) -> Self::View<'l>;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// All that an enumeration gave, in the API's own buffers, which go back when this is dropped.
pub struct List<'s, R: Record> {
    server: &'s Server,
    // Nearly every answer is one page; then nothing is allocated here.
    first: Buffer<'s, R>,
    rest: Vec<Buffer<'s, R>>,
}

/// How much an enumeration may answer before it is taken to be without end: room for more than half a million
/// sessions at the largest level. (Servers' totals are no bound; sessions come and go between two pages.)
const LIMIT_BYTES: usize = 1 << 30;

/// The preferred length that means "all of it at once".
pub(crate) const EVERYTHING: u32 = u32::MAX;

/// The parameters that every enumeration has, to be filled by the library.
pub(crate) struct Request<R> {
    pub(crate) buffer: *mut R,
    pub(crate) read: sys::DWORD,
    pub(crate) total: sys::DWORD,
    pub(crate) resume: sys::DWORD,
}

impl<'s, R: Record> List<'s, R> {
    /// Asks for everything: calls `page` until the library has no more.
    ///
    /// # Safety
    /// `page` must make one call to the enumeration `function` with the parameters given, so that on success
    /// `buffer` is a buffer of the admin family with `read` records of type `R`.
    pub(crate) unsafe fn collect(
        server: &'s Server,
        function: &'static str,
        mut page: impl FnMut(&Mprapi, &mut Request<R>) -> std::result::Result<u32, sys::MissingFunction>,
    ) -> Result<List<'s, R>> {
        let table = server.table();
        let mut list: Option<List<'s, R>> = None;
        let mut bytes = 0;
        let mut resume = 0;
        loop {
            let mut request = Request { buffer: ptr::null_mut(), read: 0, total: 0, resume };
            let code = page(table, &mut request)?;
            let (read, more) = match code {
                sys::NO_ERROR => (request.read as usize, false),
                sys::ERROR_MORE_DATA => (request.read as usize, true),
                // What follows is nothing, and that is no error.
                sys::ERROR_NO_MORE_ITEMS => (0, false),
                code => return Err(Error::code_of(function, code)),
            };
            if code == sys::ERROR_NO_MORE_ITEMS {
                request.buffer = ptr::null_mut();
            }
            // SAFETY: the caller's promise about `page`; the records are C structs, valid for any bits.
            let buffer = unsafe { Buffer::new(table, function, Family::Admin, request.buffer, read) }?;
            if more && (read == 0 || request.resume == resume) {
                return Err(Error::answer(function, "it has more records, but does not go on to them"));
            }
            bytes += read * size_of::<R>();
            if more && bytes > LIMIT_BYTES {
                return Err(Error::answer(function, "its records have no end"));
            }
            match &mut list {
                Some(list) => list.rest.push(buffer),
                None => list = Some(List { server, first: buffer, rest: Vec::new() }),
            }
            match list {
                Some(list) if !more => return Ok(list),
                _ => resume = request.resume,
            }
        }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.pages().map(<[R]>::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every record, in the server's order.
    pub fn iter(&self) -> Iter<'_, R> {
        Iter { server: self.server, records: self.first.records().iter(), rest: self.rest.iter() }
    }

    fn pages(&self) -> impl Iterator<Item = &[R]> {
        std::iter::once(&self.first).chain(&self.rest).map(Buffer::records)
    }
}

impl<R: Record> fmt::Debug for List<'_, R>
where
    for<'l> R::View<'l>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl<'l, R: Record> IntoIterator for &'l List<'_, R> {
    type Item = R::View<'l>;
    type IntoIter = Iter<'l, R>;

    fn into_iter(self) -> Iter<'l, R> {
        self.iter()
    }
}

/// The records of a [`List`], one after the other.
pub struct Iter<'l, R: Record> {
    server: &'l Server,
    records: std::slice::Iter<'l, R>,
    rest: std::slice::Iter<'l, Buffer<'l, R>>,
}

impl<'l, R: Record> Iterator for Iter<'l, R> {
    type Item = R::View<'l>;

    fn next(&mut self) -> Option<R::View<'l>> {
        loop {
            if let Some(record) = self.records.next() {
                return Some(R::view(self.server, record));
            }
            self.records = self.rest.next()?.records().iter();
        }
    }
}

impl<R: Record> fmt::Debug for Iter<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").finish_non_exhaustive()
    }
}
