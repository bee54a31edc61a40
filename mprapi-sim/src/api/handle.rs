//! Handles as C sees them: values that look like pointers.

use mprapi_sys as sys;

use crate::router::handle::Handle;

/// The first value: far from anything a real allocation of a small test program has.
const BASE: usize = if usize::BITS == 64 { 0x1D5_0000_0000_u64 as usize } else { 0x5000_0000 };
const STEP: usize = 16;

impl Handle {
    /// Returns the value that C knows the handle by.
    pub(crate) fn raw(self) -> sys::HANDLE {
        std::ptr::without_provenance_mut(BASE + STEP * self.number() as usize)
    }

    /// Returns the handle behind a value, if it ever was one.
    pub(crate) fn from_raw(raw: sys::HANDLE) -> Option<Handle> {
        let offset = raw.addr().checked_sub(BASE)?;
        let number = u32::try_from(offset / STEP).ok()?;
        if offset % STEP == 0 { Handle::of_number(number) } else { None }
    }

    /// Returns the handle behind a value; [`Handle::NONE`] for a value that never was one.
    pub(crate) fn of(raw: sys::HANDLE) -> Handle {
        Handle::from_raw(raw).unwrap_or(Handle::NONE)
    }
}
