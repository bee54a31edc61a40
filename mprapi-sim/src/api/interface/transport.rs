//! Transports on the interfaces of the running router.

use mprapi_sys as sys;

use crate::api::call::{Function, on_router};
use crate::api::info_block;
use crate::api::ledger::Family;
use crate::api::param::Out;
use crate::error_code::{
    ERROR_INTERFACE_CONNECTED, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_INTERFACE,
};
use crate::router::handle::Handle;
use crate::router::transport::known_protocol;

const ADD: Function = Function::admin("MprAdminInterfaceTransportAdd");

/// A transport that is there already is changed, as the page of `MprConfigInterfaceTransportAdd` says.
pub(crate) unsafe extern "system" fn MprAdminInterfaceTransportAdd(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
    pInterfaceInfo: sys::LPBYTE,
    dwInterfaceInfoSize: sys::DWORD,
) -> sys::DWORD {
    on_router(&ADD, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let info = unsafe { info_block::given(pInterfaceInfo, dwInterfaceInfoSize) }?;
        let info = info.ok_or(ERROR_INVALID_PARAMETER)?;
        let mut state = call.state();
        let interface = state.interface(Handle::of(hInterface))?;
        known_protocol(dwTransportId)?;
        interface.settings_mut().transport_or_new(dwTransportId).info = info;
        Ok(())
    })
}

const GET_INFO: Function = Function::admin("MprAdminInterfaceTransportGetInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceTransportGetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
    ppInterfaceInfo: *mut sys::LPBYTE,
    lpdwpInterfaceInfoSize: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&GET_INFO, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let info = unsafe { Out::new(ppInterfaceInfo, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: as above.
        let size = unsafe { Out::optional(lpdwpInterfaceInfoSize) };
        let mut state = call.state();
        let interface = state.interface(Handle::of(hInterface))?;
        if !interface.settings.enabled {
            return Err(ERROR_INVALID_HANDLE);
        }
        known_protocol(dwTransportId)?;
        let transport = interface.settings.transport(dwTransportId).ok_or(ERROR_NO_SUCH_INTERFACE)?;
        call.hand_out_sized(&transport.info, Family::Admin, Some(&info), size.as_ref())
    })
}

const SET_INFO: Function = Function::admin("MprAdminInterfaceTransportSetInfo");

pub(crate) unsafe extern "system" fn MprAdminInterfaceTransportSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
    pInterfaceInfo: sys::LPBYTE,
    dwInterfaceInfoSize: sys::DWORD,
) -> sys::DWORD {
    on_router(&SET_INFO, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let info = unsafe { info_block::given(pInterfaceInfo, dwInterfaceInfoSize) }?;
        let info = info.ok_or(ERROR_INVALID_PARAMETER)?;
        let mut state = call.state();
        let interface = state.interface(Handle::of(hInterface))?;
        known_protocol(dwTransportId)?;
        let transports = &mut interface.settings_mut().transports;
        let known = transports.iter_mut().find(|transport| transport.id == dwTransportId);
        known.ok_or(ERROR_NO_SUCH_INTERFACE)?.info = info;
        Ok(())
    })
}

const REMOVE: Function = Function::admin("MprAdminInterfaceTransportRemove");

pub(crate) unsafe extern "system" fn MprAdminInterfaceTransportRemove(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
) -> sys::DWORD {
    on_router(&REMOVE, hMprServer, |call| {
        let mut state = call.state();
        let interface = state.interface(Handle::of(hInterface))?;
        known_protocol(dwTransportId)?;
        interface.settings.transport(dwTransportId).ok_or(ERROR_NO_SUCH_INTERFACE)?;
        if interface.settings.is_demand_dial() && interface.connection.is_some() {
            return Err(ERROR_INTERFACE_CONNECTED);
        }
        interface.settings_mut().transports.retain(|transport| transport.id != dwTransportId);
        Ok(())
    })
}
