//! Parameters that are pointers.

use std::ptr::NonNull;

use mprapi_sys::{ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, HANDLE};

/// The caller's place for an answer.
pub(super) struct Out<T>(NonNull<T>);

impl<T: Copy> Out<T> {
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for null.
    ///
    /// # Safety
    /// The pointer must be null or valid for reads and writes of a `T` until the call returns.
    pub(super) unsafe fn new(pointer: *mut T) -> Result<Out<T>, u32> {
        // SAFETY: passed on to the caller.
        unsafe { Out::optional(pointer) }.ok_or(ERROR_INVALID_PARAMETER)
    }

    /// The same for a pointer that may be null.
    ///
    /// # Safety
    /// As [`Out::new`].
    pub(super) unsafe fn optional(pointer: *mut T) -> Option<Out<T>> {
        NonNull::new(pointer).map(Out)
    }

    pub(super) fn set(&self, value: T) {
        // SAFETY: valid for writes, promised to `new`; a caller's odd alignment is no reason to crash.
        unsafe { self.0.write_unaligned(value) }
    }

    pub(super) fn get(&self) -> T {
        // SAFETY: valid for reads, promised to `new`; a value of C is valid for any bits.
        unsafe { self.0.read_unaligned() }
    }
}

/// No name that the API takes is longer, in UTF-16 units.
const LONGEST: usize = 32_767;

/// Reads a text up to its zero; `None` for null.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` if no zero comes within 32,767 units.
///
/// # Safety
/// The pointer must be null or point to UTF-16 units that are readable up to and including the first zero.
pub(super) unsafe fn text(pointer: *const u16) -> Result<Option<Vec<u16>>, u32> {
    if pointer.is_null() {
        return Ok(None);
    }
    let unit = |index: usize| {
        // SAFETY: the units before this one are not zero, so it still belongs to the text.
        let unit = unsafe { pointer.add(index) };
        // SAFETY: as above.
        unsafe { unit.read_unaligned() }
    };
    let length = (0..LONGEST).find(|index| unit(*index) == 0).ok_or(ERROR_INVALID_PARAMETER)?;
    // At once: memory that grows leaves copies behind, and the text may be a password.
    Ok(Some((0..length).map(unit).collect()))
}

/// Returns the number that a handle in a server travels as; null is 0.
///
/// # Errors
/// `ERROR_INVALID_HANDLE` for a value that no server has given: it has more than 32 bits.
pub(super) fn number(handle: HANDLE) -> Result<u32, u32> {
    u32::try_from(handle.addr()).map_err(|_| ERROR_INVALID_HANDLE)
}

/// Returns the handle that a number stands for.
pub(super) fn handle(number: u32) -> HANDLE {
    std::ptr::without_provenance_mut(number as usize)
}
