//! Giving memory back, and the error strings.

use mprapi_sys as sys;

use crate::call::guard;
use crate::code::{ERROR_INVALID_PARAMETER, ERROR_MR_MID_NOT_FOUND};
use crate::ledger::{self, Family};
use crate::param::Out;
use crate::wide;

pub(crate) unsafe extern "system" fn MprAdminBufferFree(pBuffer: sys::LPVOID) -> sys::DWORD {
    guard(|| ledger::free(pBuffer.cast(), Family::Admin, "MprAdminBufferFree"))
}

pub(crate) unsafe extern "system" fn MprAdminGetErrorString(
    dwError: sys::DWORD,
    lpwsErrorString: *mut sys::LPWSTR,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let string = unsafe { Out::new(lpwsErrorString, ERROR_INVALID_PARAMETER) }?;
        let text = crate::message::of(dwError).ok_or(ERROR_MR_MID_NOT_FOUND)?;
        let units = wide::terminated(text);
        let memory = allocate_text(size_of_val(&*units))?.cast::<u16>();
        // SAFETY: the buffer is as long as the text and new, so they do not overlap.
        unsafe { memory.copy_from_nonoverlapping(std::ptr::NonNull::from(&units[..]).cast(), units.len()) };
        string.set(memory.as_ptr());
        Ok(())
    })
}

/// Memory for an error string, which its page has the caller give back by `LocalFree`. The heap behind that function
/// is the process's, so it can come from here; the ledger does not see it.
#[cfg(windows)]
fn allocate_text(bytes: usize) -> Result<std::ptr::NonNull<u8>, crate::code::Code> {
    const LMEM_FIXED: u32 = 0;
    unsafe extern "system" {
        safe fn LocalAlloc(flags: u32, bytes: usize) -> *mut u8;
    }
    std::ptr::NonNull::new(LocalAlloc(LMEM_FIXED, bytes)).ok_or(crate::code::ERROR_NOT_ENOUGH_MEMORY)
}

/// Memory for an error string. Where there is no `LocalFree`, `MprAdminBufferFree` has its part.
#[cfg(not(windows))]
fn allocate_text(bytes: usize) -> Result<std::ptr::NonNull<u8>, crate::code::Code> {
    ledger::allocate(bytes, Family::Admin, None)
}
