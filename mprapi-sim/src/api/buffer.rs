//! Giving memory back, and the error strings.

use mprapi_sys as sys;

use crate::api::call::{Call, Function, free, on_machine};
use crate::api::ledger::{self, Family};
use crate::api::param::Out;
use crate::error_code::{ERROR_INVALID_PARAMETER, ERROR_MR_MID_NOT_FOUND};
use crate::wide;

pub(crate) unsafe extern "system" fn MprAdminBufferFree(pBuffer: sys::LPVOID) -> sys::DWORD {
    free(pBuffer.cast(), Family::Admin)
}

const GET_ERROR_STRING: Function = Function::named("MprAdminGetErrorString").without_service();

/// The text is the local machine's. On Windows its memory is `LocalAlloc`'s, because the page frees it by `LocalFree`,
/// which the ledger cannot see; `MprAdminBufferFree` frees it too.
pub(crate) unsafe extern "system" fn MprAdminGetErrorString(
    dwError: sys::DWORD,
    lpwsErrorString: *mut sys::LPWSTR,
) -> sys::DWORD {
    let body = |_: &Call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let string = unsafe { Out::new(lpwsErrorString, ERROR_INVALID_PARAMETER) }?;
        let text = crate::api::message::of(dwError).ok_or(ERROR_MR_MID_NOT_FOUND)?;
        string.set(ledger::allocate_text(&wide::terminated(text))?.as_ptr());
        Ok(())
    };
    // SAFETY: null is the local machine's name.
    unsafe { on_machine(&GET_ERROR_STRING, std::ptr::null(), body) }
}
