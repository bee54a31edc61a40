//! Transports on interfaces in the stored configuration.

use mprapi_sys as sys;

use super::handle::not_null;
use crate::api::call::{Function, on_router};
use crate::api::info_block;
use crate::api::ledger::Family;
use crate::api::page::Page;
use crate::api::param::{Out, text};
use crate::error_code::{Code, ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_INTERFACE};
use crate::router::handle::Handle;
use crate::router::interface::settings::{IfTransport, default_name};
use crate::router::stored::Stored;
use crate::router::transport::known_protocol;
use crate::wide;

/// Finds where a transport of an interface is, by both handles.
fn position(stored: &Stored, interface: sys::HANDLE, transport: sys::HANDLE) -> Result<usize, Code> {
    let wanted = not_null(transport)?;
    let transports = &stored.interface(not_null(interface)?)?.transports;
    transports.iter().position(|known| known.handle == wanted).ok_or(ERROR_NO_SUCH_INTERFACE)
}

const ADD: Function = Function::config("MprConfigInterfaceTransportAdd").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceTransportAdd(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
    lpwsTransportName: sys::LPWSTR,
    pInterfaceInfo: sys::LPBYTE,
    dwInterfaceInfoSize: sys::DWORD,
    phRouterIfTransport: *mut sys::HANDLE,
) -> sys::DWORD {
    on_router(&ADD, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phRouterIfTransport, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: as above.
        let info = unsafe { info_block::given(pInterfaceInfo, dwInterfaceInfoSize) }?;
        // SAFETY: as above.
        let name = unsafe { text(lpwsTransportName) }?.unwrap_or_else(|| default_name(dwTransportId));
        let mut state = call.state();
        let settings = state.stored.interface_mut(not_null(hRouterInterface)?)?;
        known_protocol(dwTransportId)?;
        let transport = settings.transport_or_new(dwTransportId);
        transport.name = name;
        if let Some(info) = info {
            transport.info = info;
        }
        handle.set(transport.handle.raw());
        Ok(())
    })
}

const REMOVE: Function = Function::config("MprConfigInterfaceTransportRemove");

pub(crate) unsafe extern "system" fn MprConfigInterfaceTransportRemove(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    hRouterIfTransport: sys::HANDLE,
) -> sys::DWORD {
    on_router(&REMOVE, hMprConfig, |call| {
        let stored = &mut call.state().stored;
        let place = position(stored, hRouterInterface, hRouterIfTransport)?;
        stored.interface_mut(not_null(hRouterInterface)?)?.transports.remove(place);
        Ok(())
    })
}

const GET_HANDLE: Function = Function::config("MprConfigInterfaceTransportGetHandle").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceTransportGetHandle(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
    phRouterIfTransport: *mut sys::HANDLE,
) -> sys::DWORD {
    on_router(&GET_HANDLE, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phRouterIfTransport, ERROR_INVALID_PARAMETER) }?;
        let state = call.state();
        let settings = state.stored.interface(not_null(hRouterInterface)?)?;
        handle.set(settings.transport(dwTransportId).ok_or(ERROR_NO_SUCH_INTERFACE)?.handle.raw());
        Ok(())
    })
}

const GET_INFO: Function = Function::config("MprConfigInterfaceTransportGetInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceTransportGetInfo(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    hRouterIfTransport: sys::HANDLE,
    ppInterfaceInfo: *mut sys::LPBYTE,
    lpdwInterfaceInfoSize: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&GET_INFO, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let info = unsafe { Out::optional(ppInterfaceInfo) };
        // SAFETY: as above.
        let size = unsafe { Out::optional(lpdwInterfaceInfoSize) };
        if info.is_some() && size.is_none() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let state = call.state();
        let place = position(&state.stored, hRouterInterface, hRouterIfTransport)?;
        let transport = &state.stored.interface(not_null(hRouterInterface)?)?.transports[place];
        call.hand_out_sized(&transport.info, Family::Config, info.as_ref(), size.as_ref())
    })
}

const SET_INFO: Function = Function::config("MprConfigInterfaceTransportSetInfo");

pub(crate) unsafe extern "system" fn MprConfigInterfaceTransportSetInfo(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    hRouterIfTransport: sys::HANDLE,
    pInterfaceInfo: sys::LPBYTE,
    dwInterfaceInfoSize: sys::DWORD,
) -> sys::DWORD {
    on_router(&SET_INFO, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let info = unsafe { info_block::given(pInterfaceInfo, dwInterfaceInfoSize) }?;
        let mut state = call.state();
        let place = position(&state.stored, hRouterInterface, hRouterIfTransport)?;
        if let Some(info) = info {
            state.stored.interface_mut(not_null(hRouterInterface)?)?.transports[place].info = info;
        }
        Ok(())
    })
}

const ENUM: Function = Function::config("MprConfigInterfaceTransportEnum").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceTransportEnum(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lplpBuffer: *mut sys::LPBYTE,
    dwPrefMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&ENUM, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe {
            Page::new(lplpBuffer, dwPrefMaxLen, lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle)
        }?;
        if dwLevel != 0 {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let state = call.state();
        let settings = state.stored.interface(not_null(hRouterInterface)?)?;
        let position = page.position();
        let transports = settings.transports.iter().filter(|known| known.handle.number() > position);
        let transports: Vec<_> = transports.map(|transport| (transport.handle, transport)).collect();
        page.check_config::<sys::MPR_IFTRANSPORT_0>(transports.len())?;
        let record = |handle: Handle, transport: &IfTransport| sys::MPR_IFTRANSPORT_0 {
            dwTransportId: transport.id,
            hIfTransport: handle.raw(),
            wszIfTransportName: wide::array(&transport.name),
        };
        page.hand_out(call, Family::Config, transports.into_iter(), record)
    })
}
