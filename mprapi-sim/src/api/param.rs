//! Parameters that are pointers: the one place that reads and writes a caller's memory.

use std::ptr::NonNull;

use mprapi_sys as sys;

use crate::error_code::{Code, ERROR_INVALID_PARAMETER};

/// The caller's place for an answer.
pub(crate) struct Out<T>(NonNull<T>);

impl<T: Copy> Out<T> {
    /// # Errors
    /// `null` when the pointer is null.
    ///
    /// # Safety
    /// The pointer must be null or valid for reads and writes of a `T` until the call returns.
    pub(crate) unsafe fn new(pointer: *mut T, null: Code) -> Result<Out<T>, Code> {
        NonNull::new(pointer).map(Out).ok_or(null)
    }

    /// The same for a pointer that may be null.
    ///
    /// # Safety
    /// As [`Out::new`].
    pub(crate) unsafe fn optional(pointer: *mut T) -> Option<Out<T>> {
        NonNull::new(pointer).map(Out)
    }

    pub(crate) fn set(&self, value: T) {
        // SAFETY: valid for writes, promised to `new`; a caller's odd alignment is no reason to crash.
        unsafe { self.0.write_unaligned(value) }
    }

    pub(crate) fn get(&self) -> T {
        // SAFETY: valid for reads, promised to `new`; what C may pass here is valid for any bits.
        unsafe { self.0.read_unaligned() }
    }
}

/// Reads a caller's record.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for null.
///
/// # Safety
/// The pointer must be null or that of a `T`.
pub(crate) unsafe fn record<T: Copy>(pointer: sys::LPBYTE) -> Result<T, Code> {
    // SAFETY: promised by the caller.
    Ok(unsafe { Out::new(pointer.cast::<T>(), ERROR_INVALID_PARAMETER) }?.get())
}

/// No name the API takes is longer.
const LONGEST: usize = 32_767;

/// Reads a UTF-16 text with a terminating zero; `None` for null.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` when no zero comes within 32,767 units.
///
/// # Safety
/// The pointer must be null or point to UTF-16 units that are readable up to and including the first zero.
pub(crate) unsafe fn text(pointer: *const u16) -> Result<Option<String>, Code> {
    if pointer.is_null() {
        return Ok(None);
    }
    let mut units = Vec::new();
    for index in 0..LONGEST {
        // SAFETY: the units before this one were not zero, so it still belongs to the text.
        let unit = unsafe { pointer.add(index) };
        // SAFETY: as above.
        match unsafe { unit.read_unaligned() } {
            0 => return Ok(Some(crate::wide::from_units(&units))),
            unit => units.push(unit),
        }
    }
    Err(ERROR_INVALID_PARAMETER)
}

/// Reads texts one after the other, each with its zero and the last with one more; empty for null.
///
/// # Errors
/// As [`text`].
///
/// # Safety
/// The pointer must be null or point to UTF-16 units that are readable up to and including the two zeroes.
pub(crate) unsafe fn multi_text(pointer: *const u16) -> Result<Vec<u16>, Code> {
    let mut units = Vec::new();
    if pointer.is_null() {
        return Ok(units);
    }
    for index in 0..LONGEST {
        // SAFETY: the end has not come yet, so this unit still belongs to the texts.
        let unit = unsafe { pointer.add(index) };
        // SAFETY: as above.
        units.push(unsafe { unit.read_unaligned() });
        if units == [0] || units.ends_with(&[0, 0]) {
            return Ok(units);
        }
    }
    Err(ERROR_INVALID_PARAMETER)
}

/// Copies bytes; none for null.
///
/// # Safety
/// The pointer must be null or valid for reads of so many bytes.
pub(crate) unsafe fn bytes(pointer: *const u8, length: u32) -> Vec<u8> {
    if pointer.is_null() || length == 0 {
        return Vec::new();
    }
    // SAFETY: promised by the caller.
    unsafe { std::slice::from_raw_parts(pointer, length as usize) }.to_vec()
}

/// Copies a caller's bytes.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for null with a length.
///
/// # Safety
/// As [`bytes`].
pub(crate) unsafe fn given_bytes(pointer: *const u8, length: u32) -> Result<Vec<u8>, Code> {
    if pointer.is_null() && length > 0 {
        return Err(ERROR_INVALID_PARAMETER);
    }
    // SAFETY: promised by the caller.
    Ok(unsafe { bytes(pointer, length) })
}

/// Writes a text with its terminator into a caller's array of at least `room` units.
///
/// # Errors
/// `too_long` when it does not fit; then nothing was written.
///
/// # Safety
/// The pointer must be valid for writes of `room` units.
pub(crate) unsafe fn put_text(
    pointer: *mut u16,
    room: usize,
    text: &str,
    too_long: Code,
) -> Result<(), Code> {
    let units = crate::wide::terminated(text);
    if units.len() > room {
        return Err(too_long);
    }
    // SAFETY: there is room, which the caller promised; the units are our own, so nothing overlaps.
    unsafe { pointer.copy_from_nonoverlapping(units.as_ptr(), units.len()) };
    Ok(())
}
