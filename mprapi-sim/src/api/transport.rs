//! The transports of the running router.

use mprapi_sys as sys;

use crate::api::call::{Function, on_router};
use crate::api::info_block;
use crate::api::ledger::Family;
use crate::api::param::Out;
use crate::error_code::ERROR_INVALID_PARAMETER;

const CREATE: Function = Function::admin("MprAdminTransportCreate").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminTransportCreate(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwTransportId: sys::DWORD,
    _lpwsTransportName: sys::LPWSTR,
    pGlobalInfo: sys::LPBYTE,
    dwGlobalInfoSize: sys::DWORD,
    pClientInterfaceInfo: sys::LPBYTE,
    dwClientInterfaceInfoSize: sys::DWORD,
    _lpwsDLLPath: sys::LPWSTR,
) -> sys::DWORD {
    on_router(&CREATE, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let global = unsafe { info_block::given(pGlobalInfo, dwGlobalInfoSize) }?;
        // SAFETY: as above.
        let client = unsafe { info_block::given(pClientInterfaceInfo, dwClientInterfaceInfoSize) }?;
        if global.is_none() && client.is_none() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        call.state().add_transport(dwTransportId, global, client)
    })
}

const GET_INFO: Function = Function::admin("MprAdminTransportGetInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminTransportGetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwTransportId: sys::DWORD,
    ppGlobalInfo: *mut sys::LPBYTE,
    lpdwGlobalInfoSize: sys::LPDWORD,
    ppClientInterfaceInfo: *mut sys::LPBYTE,
    lpdwClientInterfaceInfoSize: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&GET_INFO, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let global = unsafe { Out::optional(ppGlobalInfo) };
        // SAFETY: as above.
        let client = unsafe { Out::optional(ppClientInterfaceInfo) };
        // SAFETY: as above.
        let global_size = unsafe { Out::optional(lpdwGlobalInfoSize) };
        // SAFETY: as above.
        let client_size = unsafe { Out::optional(lpdwClientInterfaceInfoSize) };
        if global.is_none() && client.is_none() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let state = call.state();
        let transport = state.transport(dwTransportId)?;
        call.hand_out_sized(&transport.global, Family::Admin, global.as_ref(), global_size.as_ref())?;
        call.hand_out_sized(&transport.client, Family::Admin, client.as_ref(), client_size.as_ref())
    })
}

const SET_INFO: Function = Function::admin("MprAdminTransportSetInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminTransportSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwTransportId: sys::DWORD,
    pGlobalInfo: sys::LPBYTE,
    dwGlobalInfoSize: sys::DWORD,
    pClientInterfaceInfo: sys::LPBYTE,
    dwClientInterfaceInfoSize: sys::DWORD,
) -> sys::DWORD {
    on_router(&SET_INFO, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let global = unsafe { info_block::given(pGlobalInfo, dwGlobalInfoSize) }?;
        // SAFETY: as above.
        let client = unsafe { info_block::given(pClientInterfaceInfo, dwClientInterfaceInfoSize) }?;
        if global.is_none() && client.is_none() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let mut state = call.state();
        let transport = state.transport_mut(dwTransportId)?;
        transport.global = global.unwrap_or_else(|| std::mem::take(&mut transport.global));
        transport.client = client.unwrap_or_else(|| std::mem::take(&mut transport.client));
        Ok(())
    })
}
