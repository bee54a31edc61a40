//! The memory that a record points to, and its owner. This crate has one rule for it:
//!
//! - **A record that the library allocates** (the function takes a pointer to a pointer, or returns a list) is one buffer
//!   with all data that it points to. Only the buffer itself is freed, once. [`Buffer`] does that.
//! - **A record in the caller's memory** (functions that end in `Ex` take a pointer to such a record) cannot be freed. Still,
//!   Microsoft's pages tell the caller to free "this memory", which must mean the data that the record points to. Each
//!   pointer is a buffer of its own, and so is each element of an array: in the protocol (MS-RRASM,
//!   `IKEV2_TUNNEL_CONFIG_PARAMS_…`, `ROUTER_IKEv2_IF_CUSTOM_CONFIG_…`) each is a pointer with its own size, and a stub of
//!   the remote procedure call allocates them one by one. Each is freed once, by the function that the page names.
//!   [`Pointed`] does that.
//!
//! A pointer that cannot be a buffer of its own (it points into another buffer, or is there twice) is an error. It is freed
//! once or not at all: a leak is better than a corrupt heap.

use crate::buffer::{self, Buffer, Family};
use crate::library::Library;
use crate::{Error, Result};

/// The buffers that a record in the caller's memory points to. They are freed on drop.
pub(crate) struct Pointed<'t> {
    table: &'t Library,
    function: &'static str,
    family: Family,
    /// The address and the size in bytes of each buffer; `None` if its count is impossible.
    parts: Vec<(*mut u8, usize)>,
}

impl<'t> Pointed<'t> {
    /// Makes an empty set of buffers, for a record of `function`; `family` frees them.
    #[inline]
    pub(crate) fn new(table: &'t Library, function: &'static str, family: Family) -> Pointed<'t> {
        Pointed { table, function, family, parts: Vec::new() }
    }

    /// Takes over an array that the record points to, and copies it. Null is an empty array. An array that
    /// [`buffer::copied`] refuses is an error, but is freed too, unless no allocator can have returned its address.
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

    /// As [`array`](Pointed::array), for one item or null.
    ///
    /// # Safety
    /// As for `array`, with a count of one.
    #[inline]
    pub(crate) unsafe fn one<T: Copy>(&mut self, first: *mut T) -> Result<Option<T>> {
        // SAFETY: passed on to the caller.
        let items = unsafe { self.array(first, (!first.is_null()).into(), 1) }?;
        Ok(items.first().copied())
    }

    /// As [`array`](Pointed::array), for bytes.
    ///
    /// # Safety
    /// As for `array`.
    #[inline]
    pub(crate) unsafe fn blob(&mut self, blob: mprapi_sys::CRYPTOAPI_BLOB, most: u32) -> Result<Vec<u8>> {
        // SAFETY: passed on to the caller.
        unsafe { self.array(blob.pbData, blob.cbData, most) }
    }

    /// Frees all buffers.
    ///
    /// # Errors
    /// [`ErrorKind::MalformedAnswer`](crate::ErrorKind::MalformedAnswer) if one of them was not a buffer of its own.
    #[inline]
    pub(crate) fn give_back(self) -> Result<()> {
        let parts = self.parts.len();
        if self.own().count() < parts {
            return Err(Error::answer(self.function, buffer::ONE_BUFFER));
        }
        Ok(())
    }

    /// Returns the buffers to free: for several at the same address only the first, and none that begins within another.
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
