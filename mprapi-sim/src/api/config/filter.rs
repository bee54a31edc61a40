//! The filters of transports in the stored configuration.

use mprapi_sys as sys;

use crate::api::call::{Function, on_router};
use crate::api::param::Out;
use crate::error_code::{Code, ERROR_INVALID_PARAMETER};
use crate::router::transport::known_protocol;

/// Returns the caller's record of level 0.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for null, for another level and for the number of no transport.
///
/// # Safety
/// The pointer must be null or that of the record.
unsafe fn filter(level: u32, transport: u32, record: sys::LPBYTE) -> Result<Out<sys::MPR_FILTER_0>, Code> {
    // SAFETY: promised by the caller.
    let record = unsafe { Out::new(record.cast(), ERROR_INVALID_PARAMETER) }?;
    if level != 0 || known_protocol(transport).is_err() {
        return Err(ERROR_INVALID_PARAMETER);
    }
    Ok(record)
}

const GET_INFO: Function = Function::config("MprConfigFilterGetInfo");

pub(crate) unsafe extern "system" fn MprConfigFilterGetInfo(
    hMprConfig: sys::HANDLE,
    dwLevel: sys::DWORD,
    dwTransportId: sys::DWORD,
    lpBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_router(&GET_INFO, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let record = unsafe { filter(dwLevel, dwTransportId, lpBuffer) }?;
        let disabled = call.state().stored.without_filters.contains(&dwTransportId);
        record.set(sys::MPR_FILTER_0 { fEnable: (!disabled).into() });
        Ok(())
    })
}

const SET_INFO: Function = Function::config("MprConfigFilterSetInfo");

pub(crate) unsafe extern "system" fn MprConfigFilterSetInfo(
    hMprConfig: sys::HANDLE,
    dwLevel: sys::DWORD,
    dwTransportId: sys::DWORD,
    lpBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_router(&SET_INFO, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let record = unsafe { filter(dwLevel, dwTransportId, lpBuffer) }?.get();
        let without = &mut call.state().stored.without_filters;
        if record.fEnable == 0 {
            without.insert(dwTransportId);
        } else {
            without.remove(&dwTransportId);
        }
        Ok(())
    })
}
