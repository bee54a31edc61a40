//! Memory the API allocated: typed, checked, freed once. The only place that walks the API's pointers.

use std::alloc::Layout;
use std::fmt;
use std::marker::PhantomData;
use std::ptr::{self, NonNull};
use std::slice;

use mprapi_sys as sys;
use zeroize::{Zeroize as _, Zeroizing};

use crate::library::Library;
use crate::{Error, Result, WideStr, WideString};

/// The family of functions that a buffer belongs to. Each has its own function that frees, which is all that a buffer needs to
/// know: so a program has those of the families that it uses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Family(unsafe fn(&Library, sys::LPVOID));

impl Family {
    /// `MprAdminBufferFree`
    pub(crate) const ADMIN: Family = Family(|library, buffer| {
        // SAFETY: the buffer is of this family (the caller of `Memory::new` says so) and goes back once.
        ignore(unsafe { library.MprAdminBufferFree(buffer) });
    });
    /// `MprConfigBufferFree`
    pub(crate) const CONFIG: Family = Family(|library, buffer| {
        // SAFETY: as above.
        ignore(unsafe { library.MprConfigBufferFree(buffer) });
    });
    /// `MprAdminMIBBufferFree`
    pub(crate) const MIB: Family = Family(|library, buffer| {
        // SAFETY: as above.
        ignore(unsafe { library.MprAdminMIBBufferFree(buffer) });
    });
    /// `MprSetupIpInIpInterfaceFriendlyNameFree`
    pub(crate) const IP_IN_IP: Family = Family(|library, buffer| {
        // SAFETY: as above.
        ignore(unsafe { library.MprSetupIpInIpInterfaceFriendlyNameFree(buffer) });
    });
}

/// Leaves the answer: a library that cannot take its memory back leaves nothing for us to do.
#[inline]
fn ignore(_: std::result::Result<u32, sys::MissingFunction>) {}

/// Bytes in one buffer of the API. Dropping them frees the buffer.
pub struct Bytes<'s>(pub(crate) Buffer<'s, u8>);

impl std::ops::Deref for Bytes<'_> {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        self.0.records()
    }
}

/// The most bytes that one buffer of the API, or all pages of an enumeration, may have: room for more than half a million
/// sessions at the largest level. A library that announces more is not believed, since to believe it is to read whatever
/// lies behind its buffer.
pub(crate) const LARGEST: usize = 1 << 30;

impl AsRef<[u8]> for Bytes<'_> {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for Bytes<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// One buffer of the API, whatever its records are. Dropping it frees the buffer.
#[derive(Debug)]
pub(crate) struct Memory<'t> {
    /// The library that takes the buffer back; `None` if it allocated none. It need not if there are no records. A pointer, as
    /// the last share in its owner may end while a value with buffers and that share is being dropped.
    table: Option<NonNull<Library>>,
    borrows: PhantomData<&'t Library>,
    family: Family,
    /// Aligned, and good for `count` records.
    first: NonNull<u8>,
    count: usize,
}

// SAFETY: a buffer is memory that only its owner reaches, and the API's functions may be called from any thread. What the
// records in it allow is said where their type is known.
unsafe impl Send for Memory<'_> {}
// SAFETY: a shared buffer is only read.
unsafe impl Sync for Memory<'_> {}

impl<'t> Memory<'t> {
    /// No buffer.
    pub(crate) const NONE: Memory<'static> = Memory {
        table: None,
        borrows: PhantomData,
        family: Family::ADMIN,
        first: NonNull::dangling(),
        count: 0,
    };

    /// Takes what the library answered: records of the size and alignment `record`. Else returns what is wrong with it.
    ///
    /// Null with records, more than [`LARGEST`] bytes of them and a misaligned buffer are errors. (A misaligned one is
    /// no allocator's and is not given back.) A count that is wrong but possible cannot be seen from here.
    ///
    /// # Safety
    /// `first` must be null or a buffer of `family` that the library has just handed to the caller, with `count`
    /// records in it.
    #[inline]
    pub(crate) unsafe fn new(
        table: &'t Library,
        family: Family,
        first: *mut u8,
        count: usize,
        record: Layout,
    ) -> std::result::Result<Memory<'t>, &'static str> {
        let Some(first) = NonNull::new(first) else {
            if count > 0 {
                return Err("the pointer to the records is null");
            }
            // SAFETY: an alignment is not zero.
            let first = unsafe { NonNull::new_unchecked(ptr::without_provenance_mut(record.align())) };
            return Ok(Memory { table: None, borrows: PhantomData, family, first, count });
        };
        if !first.addr().get().is_multiple_of(record.align()) {
            return Err("the buffer is not aligned");
        }
        let table = Some(NonNull::from(table));
        let memory = Memory { table, borrows: PhantomData, family, first, count };
        if count > LARGEST / record.size().max(1) {
            return Err("the size is more than a gibibyte");
        }
        Ok(memory)
    }

    /// Returns the number of records.
    #[inline]
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// # Safety
    /// The records must be of type `T`, whose layout `new` was given, and every bit pattern must be a valid `T`.
    #[inline]
    pub(crate) unsafe fn records<T>(&self) -> &[T] {
        // SAFETY: `new` checked alignment and size, its caller answered for the memory behind `first`, the caller of this
        // for the type, and `drop` alone frees it.
        unsafe { slice::from_raw_parts(self.first.as_ptr().cast(), self.count) }
    }
}

/// Records of type `T` in one buffer of the API.
#[derive(Debug)]
pub(crate) struct Buffer<'t, T> {
    memory: Memory<'t>,
    records: PhantomData<T>,
}

impl<'t, T> Buffer<'t, T> {
    /// Takes what the library answered to `function`, as [`Memory::new`] does.
    ///
    /// # Safety
    /// As for [`Memory::new`], of records of type `T`, and every bit pattern must be a valid `T`.
    #[inline]
    pub(crate) unsafe fn new(
        table: &'t Library,
        function: &'static str,
        family: Family,
        first: *mut T,
        count: usize,
    ) -> Result<Buffer<'t, T>> {
        // SAFETY: passed on to the caller.
        let memory = unsafe { Memory::new(table, family, first.cast(), count, Layout::new::<T>()) };
        let memory = memory.map_err(|problem| Error::answer(function, problem))?;
        Ok(Buffer { memory, records: PhantomData })
    }

    /// Takes the one record that the library answered to `function`; none is an error.
    ///
    /// # Safety
    /// As for [`new`](Buffer::new), with a count of one.
    #[inline]
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
    #[inline]
    pub(crate) fn record(&self) -> &T {
        &self.records()[0]
    }

    #[inline]
    pub(crate) fn records(&self) -> &[T] {
        // SAFETY: the caller of `new` answered for the type.
        unsafe { self.memory.records() }
    }
}

/// Returns `true` if `address` lies in the buffer. The first byte belongs to every buffer, even to an empty one.
#[inline]
fn extends_to((first, bytes): (usize, usize), address: usize) -> bool {
    first <= address && address - first < bytes.max(1)
}

/// The buffers that one answer is said to consist of, each by its address and size: of each whether it is one, and not
/// null, a part of another or the same as one before it. Those alone may be given back.
#[inline]
pub(crate) fn own<const N: usize>(parts: [(usize, usize); N]) -> [bool; N] {
    let is_own = |index: usize, address: usize| {
        let others = parts.iter().enumerate().filter(|(other, (first, _))| *other != index && *first != 0);
        address != 0
            && others.into_iter().all(|(other, part)| {
                let same = part.0 == address;
                if same { other > index } else { !extends_to(*part, address) }
            })
    };
    std::array::from_fn(|index| is_own(index, parts[index].0))
}

/// The reason of the error if two parts of one answer are the same buffer.
pub(crate) const ONE_BUFFER: &str = "two parts of its answer are one buffer";

/// The buffers of bytes that one answer to `function` consists of. If one of them is an error, the others go back.
///
/// # Safety
/// As for [`Buffer::new`], of each; but they may lie within each other.
pub(crate) unsafe fn several<'t, const N: usize>(
    table: &'t Library,
    function: &'static str,
    family: Family,
    parts: [(*mut u8, u32); N],
) -> Result<[Buffer<'t, u8>; N]> {
    // A size that is not believed says nothing of where its buffer ends.
    let bytes = |size: u32| if size as usize > LARGEST { 0 } else { size as usize };
    let own = own(parts.map(|(first, size)| (first.addr(), bytes(size))));
    let mut index = 0;
    let buffers = parts.map(|(first, size)| {
        let is_own = own[index] || first.is_null();
        index += 1;
        if !is_own {
            return Err(Error::answer(function, ONE_BUFFER));
        }
        // SAFETY: null, or a buffer that no other part is or has in it; the rest is the caller's promise.
        unsafe { Buffer::new(table, function, family, first, size as usize) }
    });
    // All of them are owned by now, so that an error of one gives the others back.
    let buffers: Vec<_> = buffers.into_iter().collect::<Result<_>>()?;
    Ok(buffers.try_into().unwrap_or_else(|_| unreachable!("as many as there are parts")))
}

/// Copies what a record of the answer to `function` points to; null is an empty array.
///
/// Null with items, a misaligned pointer and more than `most` items are errors. (`most` is what the thing can need at
/// the very most, so that a count that is nonsense is not followed through memory.)
///
/// # Safety
/// `first` must be null or lead to `count` items that stay as they are during the call, valid for any bits.
#[inline]
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
        return Err(Error::answer(function, "a pointer to data in the record is null"));
    }
    if !first.is_aligned() {
        return Err(Error::answer(function, "data of the record are not aligned"));
    }
    if count > most {
        return Err(Error::answer(function, "the count of data in the record is too large"));
    }
    // SAFETY: not null, aligned, and the rest is the caller's promise.
    Ok(unsafe { slice::from_raw_parts(first, count as usize) }.to_vec())
}

/// Takes a secret out of a buffer of the API: copies it as [`copied`] does, and overwrites it where it lies, whatever comes
/// of the copy. (Where more than `most` is announced, nothing is known of where it ends, and it is left.)
///
/// # Safety
/// As for [`copied`]; and nobody else may use the buffer.
#[inline]
pub(crate) unsafe fn secret(
    function: &'static str,
    first: *mut u8,
    count: u32,
    most: u32,
) -> Result<Zeroizing<Vec<u8>>> {
    // SAFETY: passed on to the caller.
    let copy = unsafe { copied(function, first.cast_const(), count, most) }.map(Zeroizing::new);
    if count <= most {
        // SAFETY: passed on to the caller; the size is a possible one, and nobody holds a reference to the bytes.
        unsafe { wipe(first, count) };
    }
    copy
}

/// Overwrites a secret in a buffer of the API, before the buffer goes back.
///
/// # Safety
/// `first` must be null or lead to `count` bytes of a buffer that nobody else uses.
#[inline]
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
/// `text` must be null, misaligned, or point to units that end with a zero or that are more than
/// `LONGEST_STRING`.
#[inline]
pub(crate) unsafe fn string(function: &'static str, text: *const u16) -> Result<WideString> {
    if text.is_null() {
        return Err(Error::answer(function, "the pointer to a text is null"));
    }
    if !text.is_aligned() {
        return Err(Error::answer(function, "a text is not aligned"));
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
    Err(Error::answer(function, "a text has no end"))
}

impl Drop for Memory<'_> {
    /// Out of line, as each list and each page would else have its own code for it.
    #[inline(never)]
    fn drop(&mut self) {
        if let Some(table) = self.table {
            let Family(free) = self.family;
            // SAFETY: the library is borrowed, or is that of an owner in which the value with this buffer has a share, which
            // is dropped after its buffers.
            let library = unsafe { table.as_ref() };
            // SAFETY: the buffer is of this family (the caller of `new` says so) and this is its one owner.
            unsafe { free(library, self.first.as_ptr().cast()) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_a_buffer_of_its_own_unless_it_is_or_lies_in_another() {
        assert_eq!(own([(64, 8), (80, 8), (0, 0)]), [true, true, false]);
        assert_eq!(own([(64, 8), (72, 8)]), [true, true], "one behind the other");
        assert_eq!(own([(64, 8), (64, 8), (64, 0)]), [true, false, false], "the same");
        assert_eq!(own([(68, 4), (64, 8)]), [false, true], "in the other, which comes later");
        assert_eq!(own([(64, 0), (64, 8), (0, 8)]), [true, false, false], "empty, and null with a size");
        assert_eq!(own([(usize::MAX, 8), (1, 1)]), [true, true], "up to the end of all addresses");
    }
}
