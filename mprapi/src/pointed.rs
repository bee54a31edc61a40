//! The memory that a record points to, and its owner. This is the one rule of this crate:
//!
//! - **A record that the library allocates** (the function takes a pointer to a pointer, or the answer is a list) is one
//!   buffer with all that it points to. The buffer goes back, once; no pointer in it does. [`Buffer`] is that.
//! - **A record that is the caller's own** (the functions in `Ex` that take a pointer to the record) cannot be freed, and yet
//!   Microsoft's pages have the caller free "this memory" when the record is no longer needed. So what they mean is what
//!   the record points to. Each pointer is a buffer of its own, an array's elements included: in the protocol underneath
//!   (MS-RRASM, `IKEV2_TUNNEL_CONFIG_PARAMS_…`, `ROUTER_IKEv2_IF_CUSTOM_CONFIG_…`) each is a pointer with a size of its own,
//!   and a stub of the remote procedure call allocates those one by one. Each goes back once, by the function that the
//!   page names. [`Pointed`] is that.
//!
//! A pointer that cannot be a buffer of its own (one into another part, or the same one twice) is an error, and goes back
//! once or not at all: to leak is better than to corrupt a heap.

use crate::buffer::{self, Buffer, Family};
use crate::library::Library;
use crate::{Error, Result};

/// The buffers that a record of the caller's points to. They go back when this is dropped.
pub(crate) struct Pointed<'t> {
    table: &'t Library,
    function: &'static str,
    family: Family,
    /// Where each begins, and its bytes; of a count that cannot be nothing is known.
    parts: Vec<(*mut u8, usize)>,
}

impl<'t> Pointed<'t> {
    /// Nothing yet; the record is what `function` answered, and what it points to goes back by `family`.
    #[inline]
    pub(crate) fn new(table: &'t Library, function: &'static str, family: Family) -> Pointed<'t> {
        Pointed { table, function, family, parts: Vec::new() }
    }

    /// Takes over an array that the record points to, and copies it. Null is an empty array; what [`buffer::copied`]
    /// refuses is an error, and goes back all the same unless no allocator can have given it.
    ///
    /// # Safety
    /// `first` must be null, or lead to `count` items valid for any bits; if it does not lie in another part it must be a
    /// buffer of the family that nobody else gives back.
    #[inline]
    pub(crate) unsafe fn array<T: Copy>(&mut self, first: *mut T, count: u32, most: u32) -> Result<Vec<T>> {
        if !first.is_null() && first.is_aligned() {
            let count = if count > most { 0 } else { count as usize };
            self.parts.push((first.cast(), count * size_of::<T>()));
        }
        // SAFETY: passed on to the caller; nothing goes back before this value is dropped.
        unsafe { buffer::copied(self.function, first.cast_const(), count, most) }
    }

    /// As [`array`](Pointed::array), of one item or null.
    ///
    /// # Safety
    /// As for `array`, with a count of one.
    #[inline]
    pub(crate) unsafe fn one<T: Copy>(&mut self, first: *mut T) -> Result<Option<T>> {
        // SAFETY: passed on to the caller.
        let items = unsafe { self.array(first, (!first.is_null()).into(), 1) }?;
        Ok(items.first().copied())
    }

    /// As [`array`](Pointed::array), of bytes.
    ///
    /// # Safety
    /// As for `array`.
    #[inline]
    pub(crate) unsafe fn blob(&mut self, blob: mprapi_sys::CRYPTOAPI_BLOB, most: u32) -> Result<Vec<u8>> {
        // SAFETY: passed on to the caller.
        unsafe { self.array(blob.pbData, blob.cbData, most) }
    }

    /// Gives everything back, and says whether each part was a buffer of its own.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) if one was not.
    #[inline]
    pub(crate) fn give_back(self) -> Result<()> {
        let parts = self.parts.len();
        if self.own().count() < parts {
            return Err(Error::answer(self.function, buffer::ONE_BUFFER));
        }
        Ok(())
    }

    /// The parts that are buffers of their own: of those that begin at one place the first, and none that begins within
    /// another.
    #[inline]
    fn own(&self) -> impl Iterator<Item = *mut u8> {
        let mut parts: Vec<_> = self.parts.clone();
        // The longest of those at one place stands for all.
        parts.sort_by_key(|(first, bytes)| (first.addr(), std::cmp::Reverse(*bytes)));
        let mut end = 0;
        parts.into_iter().filter_map(move |(first, bytes)| {
            let is_own = first.addr() >= end;
            end = end.max(first.addr().saturating_add(bytes.max(1)));
            is_own.then_some(first)
        })
    }
}

impl Drop for Pointed<'_> {
    #[inline]
    fn drop(&mut self) {
        for first in self.own() {
            // SAFETY: a buffer of the family, which the caller of `array` answers for, and each is given back once: the rest
            // lies in one of these.
            drop(unsafe { Buffer::new(self.table, self.function, self.family, first, 0) });
        }
    }
}
