//! Enumerations: asking the API for pages of records until there are no more. It does not know what the records are, so that a
//! program has it once, however many kinds of record it lists.

use std::alloc::Layout;
use std::ptr;

use mprapi_sys as sys;

use crate::buffer::{self, Family, Memory};
use crate::disconnect::Session;
use crate::error::failed;
use crate::library::Library;
use crate::{Error, Result};

/// How many pages an enumeration may have before it is taken to be without end. By default everything is asked for at once; a server
/// that gives it in pages of no more than 64 KiB still gets across as many sessions as a Windows Server can have ports, at
/// the largest level. (Servers' totals are no bound; sessions come and go between two pages.)
const MOST_PAGES: usize = 1 << 12;

/// The parameters that every enumeration has. The library fills all but the first.
pub(crate) struct Request {
    /// The preferred length of a page, in bytes.
    pub(crate) longest: sys::DWORD,
    pub(crate) buffer: sys::LPBYTE,
    pub(crate) read: sys::DWORD,
    pub(crate) total: sys::DWORD,
    pub(crate) resume: sys::DWORD,
}

/// A call that asks for the next page.
pub(crate) type Call<'c> =
    dyn FnMut(&Library, &mut Request) -> std::result::Result<u32, sys::MissingFunction> + 'c;

/// The pages of an enumeration. Dropping them frees their buffers.
#[derive(Debug)]
pub(crate) struct Pages<'s> {
    // Nearly every answer is one page; then nothing is allocated here.
    pub(crate) first: Memory<'s>,
    pub(crate) rest: Vec<Memory<'s>>,
}

/// A page that the library answered.
struct Page<'s> {
    memory: Memory<'s>,
    /// The place among those that are taken, in the order of their addresses.
    place: usize,
    /// The addresses at which it begins and ends.
    range: (usize, usize),
}

/// An enumeration that is under way.
pub(crate) struct Walk<'s> {
    session: &'s Session,
    family: Family,
    function: &'static str,
    /// The size and the alignment of a record.
    record: Layout,
    resume: sys::DWORD,
    pages: usize,
    bytes: usize,
    is_over: bool,
}

impl<'s> Walk<'s> {
    /// Begins an enumeration by the C function `function`. Nothing is called.
    #[inline]
    pub(crate) fn new(
        session: &'s Session,
        family: Family,
        function: &'static str,
        record: Layout,
    ) -> Walk<'s> {
        Walk { session, family, function, record, resume: 0, pages: 0, bytes: 0, is_over: false }
    }

    /// Returns `true` if the library has no more pages.
    #[inline]
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Asks for all pages. The parameters are those of [`new`](Walk::new).
    ///
    /// # Safety
    /// `call` must make one call to the enumeration's function with the parameters given, so that on success `buffer` is a
    /// buffer of the family with `read` records of the layout `record`.
    #[inline]
    pub(crate) unsafe fn all(
        session: &'s Session,
        family: Family,
        function: &'static str,
        record: Layout,
        call: &mut Call<'_>,
    ) -> Result<Pages<'s>> {
        let mut walk = Walk::new(session, family, function, record);
        let mut pages = Pages { first: Memory::NONE, rest: Vec::new() };
        // Where each page begins and ends, in order. An answer of one page, which nearly all are, needs no memory for it.
        let mut taken: Vec<(usize, usize)> = Vec::new();
        loop {
            // SAFETY: passed on to the caller.
            let Page { memory, place, range } = unsafe { walk.next(call, &taken) }?;
            if taken.is_empty() {
                pages.first = memory;
            } else {
                pages.rest.push(memory);
            }
            if walk.is_over {
                return Ok(pages);
            }
            taken.insert(place, range);
        }
    }

    /// Asks for the next page. The pages before it must have gone back.
    ///
    /// # Safety
    /// As for [`all`](Walk::all), with the layout that `new` was given.
    #[inline]
    pub(crate) unsafe fn page(&mut self, call: &mut Call<'_>) -> Result<Pages<'s>> {
        // SAFETY: passed on to the caller.
        let page = unsafe { self.next(call, &[]) }?;
        Ok(Pages { first: page.memory, rest: Vec::new() })
    }

    /// Asks for the next page. `taken` has the addresses at which the pages that are still there begin and end, in order.
    ///
    /// # Safety
    /// As for [`page`](Walk::page).
    #[inline]
    unsafe fn next(&mut self, call: &mut Call<'_>, taken: &[(usize, usize)]) -> Result<Page<'s>> {
        let (session, function) = (self.session, self.function);
        let mut request = Request {
            longest: session.preferred_length(),
            buffer: ptr::null_mut(),
            read: 0,
            total: 0,
            resume: self.resume,
        };
        let code = call(session.table(), &mut request)?;
        let more = match code {
            sys::NO_ERROR => false,
            sys::ERROR_MORE_DATA => true,
            // What follows is nothing, and that is no error.
            sys::ERROR_NO_MORE_ITEMS => {
                request.buffer = ptr::null_mut();
                request.read = 0;
                false
            }
            code => return Err(failed(function, code, session.server())),
        };
        // SAFETY: the caller's promise about `call`.
        unsafe { self.take(&request, more, taken) }.map_err(|problem| Error::answer(function, problem))
    }

    /// Takes the page that was answered, which has more behind it or not. Else returns what is wrong with it.
    ///
    /// # Safety
    /// The request must have a buffer of the family with as many records as it says, or null.
    #[inline]
    unsafe fn take(
        &mut self,
        request: &Request,
        more: bool,
        taken: &[(usize, usize)],
    ) -> std::result::Result<Page<'s>, &'static str> {
        let read = request.read as usize;
        // Those that are taken lie apart, so the last that begins before this one's end is the one that may reach into it.
        let begin = request.buffer.addr();
        // An empty page has a byte of its own.
        let end = begin.saturating_add(read.saturating_mul(self.record.size()).max(1));
        let place = taken.partition_point(|(other, _)| *other < end);
        let is_apart = taken[..place].last().is_none_or(|(_, other)| *other <= begin);
        if !request.buffer.is_null() && !is_apart {
            // The other page goes back as its own; this one is none.
            return Err("two pages overlap");
        }
        let table = self.session.table();
        // SAFETY: passed on to the caller.
        let memory = unsafe { Memory::new(table, self.family, request.buffer, read, self.record) }?;
        if more && (read == 0 || request.resume == self.resume) {
            return Err("the pages make no progress");
        }
        self.bytes += read * self.record.size();
        if more && (self.bytes > buffer::LARGEST || self.pages == MOST_PAGES) {
            return Err("the pages have no end");
        }
        self.resume = request.resume;
        self.pages += 1;
        self.is_over = !more;
        Ok(Page { memory, place, range: (begin, end) })
    }
}
