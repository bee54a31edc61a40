//! Parameters that are pointers: the one place that reads and writes a caller's memory.

use std::ptr::NonNull;

use crate::code::{Code, ERROR_INVALID_PARAMETER};

/// Where the caller wants an answer.
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

/// No name the API takes is longer.
const LONGEST: usize = 32_767;

/// A UTF-16 text with a terminating zero; `None` for null.
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
            0 => return Ok(Some(String::from_utf16_lossy(&units))),
            unit => units.push(unit),
        }
    }
    Err(ERROR_INVALID_PARAMETER)
}
