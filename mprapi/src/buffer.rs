//! Memory the API allocated: typed, checked, freed once. The only place that walks the API's pointers.

use std::fmt;
use std::mem;
use std::ptr::NonNull;
use std::slice;

use mprapi_sys as sys;
use zeroize::Zeroize as _;

use crate::library::Library;
use crate::{Error, Result, WideStr, WideString};

/// Which function takes a buffer back; each family of the API has its own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Family {
    /// `MprAdminBufferFree`
    Admin,
    /// `MprConfigBufferFree`
    Config,
    /// `MprAdminMIBBufferFree`
    Mib,
    /// `MprSetupIpInIpInterfaceFriendlyNameFree`
    IpInIp,
}

/// Bytes in one buffer of the API, which goes back when this is dropped.
pub struct Bytes<'s>(pub(crate) Buffer<'s, u8>);

impl std::ops::Deref for Bytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0.records()
    }
}

impl AsRef<[u8]> for Bytes<'_> {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// Records of type `T` in one buffer of the API.
#[derive(Debug)]
pub(crate) struct Buffer<'t, T> {
    table: &'t Library,
    family: Family,
    /// Aligned, and good for `count` records.
    first: NonNull<T>,
    count: usize,
    /// Whether the library allocated anything; it need not where there are no records.
    allocated: bool,
}

// SAFETY: a buffer is memory that only its owner reaches, and the API's functions may be called from any thread.
unsafe impl<T: Send> Send for Buffer<'_, T> {}
// SAFETY: a shared buffer is only read.
unsafe impl<T: Sync> Sync for Buffer<'_, T> {}

impl<'t, T> Buffer<'t, T> {
    /// Takes what the library answered to `function`.
    ///
    /// Null with records, a count beyond what memory holds and a misaligned buffer are errors. (A misaligned one is
    /// no allocator's and is not given back.) A count that is wrong but possible cannot be seen from here.
    ///
    /// # Safety
    /// `first` must be null or a buffer of `family` that the library has just handed to the caller, with `count`
    /// records in it, and every bit pattern must be a valid `T`.
    pub(crate) unsafe fn new(
        table: &'t Library,
        function: &'static str,
        family: Family,
        first: *mut T,
        count: usize,
    ) -> Result<Buffer<'t, T>> {
        let Some(first) = NonNull::new(first) else {
            if count > 0 {
                return Err(Error::answer(function, "it announced records and gave none"));
            }
            return Ok(Buffer { table, family, first: NonNull::dangling(), count, allocated: false });
        };
        if !first.is_aligned() {
            return Err(Error::answer(function, "its buffer is not aligned"));
        }
        let buffer = Buffer { table, family, first, count, allocated: true };
        if count > isize::MAX as usize / mem::size_of::<T>().max(1) {
            return Err(Error::answer(function, "it announced more records than memory can hold"));
        }
        Ok(buffer)
    }

    /// Takes the one record that the library answered to `function`; none is an error.
    ///
    /// # Safety
    /// As for [`new`](Buffer::new), with a count of one.
    pub(crate) unsafe fn one(
        table: &'t Library,
        function: &'static str,
        family: Family,
        record: *mut T,
    ) -> Result<Buffer<'t, T>> {
        // SAFETY: passed on to the caller.
        unsafe { Buffer::new(table, function, family, record, 1) }
    }

    /// The record of a buffer made by [`one`](Buffer::one), or the first of several.
    pub(crate) fn record(&self) -> &T {
        &self.records()[0]
    }

    pub(crate) fn records(&self) -> &[T] {
        // SAFETY: `new` checked alignment and size, its caller answered for the memory behind `first`, and `drop`
        // alone frees it.
        unsafe { slice::from_raw_parts(self.first.as_ptr(), self.count) }
    }
}

/// Copies what a record of the answer to `function` points to; null is an empty array.
///
/// Null with items, a misaligned pointer and more than `most` items are errors. (`most` is what the thing can need at
/// the very most, so that a count that is nonsense is not followed through memory.)
///
/// # Safety
/// `first` must be null or lead to `count` items that stay as they are during the call, valid for any bits.
pub(crate) unsafe fn copied<T: Copy>(
    function: &'static str,
    first: *const T,
    count: u32,
    most: u32,
) -> Result<Vec<T>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    if first.is_null() {
        return Err(Error::answer(function, "it announced data in its record and gave none"));
    }
    if !first.is_aligned() {
        return Err(Error::answer(function, "its record points to data that are not aligned"));
    }
    if count > most {
        return Err(Error::answer(function, "its record announces more data than there can be"));
    }
    // SAFETY: not null, aligned, and the rest is the caller's promise.
    Ok(unsafe { slice::from_raw_parts(first, count as usize) }.to_vec())
}

/// Overwrites a secret in a buffer of the API, before the buffer goes back.
///
/// # Safety
/// `first` must be null or lead to `count` bytes of a buffer that nobody else uses.
pub(crate) unsafe fn wipe(first: *mut u8, count: u32) {
    if !first.is_null() {
        // SAFETY: the caller's promise.
        unsafe { slice::from_raw_parts_mut(first, count as usize) }.zeroize();
    }
}

/// How many units a string that the API allocated may have before it is taken to be without end: no path of Windows
/// is longer.
const LONGEST_STRING: usize = 32_767;

/// The units before the terminator of a string of the API. Null and a misaligned pointer are errors.
///
/// # Safety
/// `text` must be null, misaligned, or point to units that end with a zero or of which there are more than
/// `LONGEST_STRING`.
pub(crate) unsafe fn string(function: &'static str, text: *const u16) -> Result<WideString> {
    if text.is_null() {
        return Err(Error::answer(function, "it announced a text and gave none"));
    }
    if !text.is_aligned() {
        return Err(Error::answer(function, "its text is not aligned"));
    }
    for length in 0..=LONGEST_STRING {
        // SAFETY: no unit before this one was the terminator, so by the caller's word it is there.
        let unit = unsafe { text.add(length) };
        // SAFETY: as above, and it is aligned.
        if unsafe { unit.read() } == 0 {
            // SAFETY: every unit up to here was read.
            let units = unsafe { slice::from_raw_parts(text, length) };
            return Ok(WideStr::new(units).to_owned());
        }
    }
    Err(Error::answer(function, "its text has no end"))
}

impl<T> Drop for Buffer<'_, T> {
    fn drop(&mut self) {
        if self.allocated {
            let buffer: sys::LPVOID = self.first.as_ptr().cast();
            // A library that cannot take its memory back leaves nothing for us to do.
            let _ = match self.family {
                // SAFETY: the buffer is of this family (the caller of `new` says so) and this is its one owner.
                Family::Admin => unsafe { self.table.MprAdminBufferFree(buffer) },
                // SAFETY: as above.
                Family::Config => unsafe { self.table.MprConfigBufferFree(buffer) },
                // SAFETY: as above.
                Family::Mib => unsafe { self.table.MprAdminMIBBufferFree(buffer) },
                // SAFETY: as above.
                Family::IpInIp => unsafe { self.table.MprSetupIpInIpInterfaceFriendlyNameFree(buffer) },
            };
        }
    }
}
