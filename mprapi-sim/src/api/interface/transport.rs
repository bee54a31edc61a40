//! Transports on interfaces. A caller names them by their number to the running router, and by their handle to the stored
//! configuration.

use mprapi_sys as sys;

use crate::api::call::{Call, Function, on_router};
use crate::api::info_block;
use crate::api::page::Page;
use crate::api::param::{Out, text};
use crate::error_code::{
    Code, ERROR_INTERFACE_CONNECTED, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_INTERFACE,
};
use crate::router::handle::Handle;
use crate::router::interface::settings::{IfTransport, TransportKey, default_name};
use crate::router::owner::Owner;
use crate::router::transport::known_protocol;
use crate::wide;

/// Reads a caller's settings of a transport; `None` for null, which the stored configuration takes for no change.
///
/// # Errors
/// As [`info_block::given`]; `ERROR_INVALID_PARAMETER` for null, from the running router.
///
/// # Safety
/// As [`info_block::given`].
unsafe fn read(owner: Owner, info: sys::LPBYTE, size: u32) -> Result<Option<Vec<u8>>, Code> {
    // SAFETY: promised by the caller.
    let info = unsafe { info_block::given(info, size) }?;
    if owner == Owner::Running && info.is_none() { Err(ERROR_INVALID_PARAMETER) } else { Ok(info) }
}

/// Adds a transport to an interface. One that is there already is changed, as the page of
/// `MprConfigInterfaceTransportAdd` says.
fn add(
    call: &Call,
    interface: sys::HANDLE,
    id: u32,
    name: Option<String>,
    info: Option<Vec<u8>>,
) -> Result<Handle, Code> {
    let mut state = call.state();
    let settings = state.settings_mut(call.owner, call.owner.handle(interface)?)?;
    known_protocol(id)?;
    let transport = settings.transport_or_new(id);
    if let Some(name) = name {
        transport.name = name;
    }
    if let Some(info) = info {
        transport.info = info;
    }
    Ok(transport.handle)
}

const ADD: Function = Function::admin("MprAdminInterfaceTransportAdd");

pub(crate) unsafe extern "system" fn MprAdminInterfaceTransportAdd(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
    pInterfaceInfo: sys::LPBYTE,
    dwInterfaceInfoSize: sys::DWORD,
) -> sys::DWORD {
    on_router(&ADD, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let info = unsafe { read(call.owner, pInterfaceInfo, dwInterfaceInfoSize) }?;
        add(call, hInterface, dwTransportId, None, info).map(drop)
    })
}

const ADD_STORED: Function = Function::config("MprConfigInterfaceTransportAdd").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceTransportAdd(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
    lpwsTransportName: sys::LPWSTR,
    pInterfaceInfo: sys::LPBYTE,
    dwInterfaceInfoSize: sys::DWORD,
    phRouterIfTransport: *mut sys::HANDLE,
) -> sys::DWORD {
    on_router(&ADD_STORED, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phRouterIfTransport, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: as above.
        let info = unsafe { read(call.owner, pInterfaceInfo, dwInterfaceInfoSize) }?;
        // SAFETY: as above.
        let name = unsafe { text(lpwsTransportName) }?.unwrap_or_else(|| default_name(dwTransportId));
        handle.set(add(call, hRouterInterface, dwTransportId, Some(name), info)?.raw());
        Ok(())
    })
}

/// Removes a transport from an interface.
fn remove(call: &Call, interface: sys::HANDLE, key: TransportKey) -> Result<(), Code> {
    let mut state = call.state();
    let handle = call.owner.handle(interface)?;
    let settings = state.settings(call.owner, handle)?;
    let position = settings.position(key)?;
    let is_link = settings.is_demand_dial();
    let is_connected = state.interfaces.get(handle).is_some_and(|running| running.connection.is_some());
    if is_link && is_connected {
        return Err(ERROR_INTERFACE_CONNECTED);
    }
    state.settings_mut(call.owner, handle)?.transports.remove(position);
    Ok(())
}

const REMOVE: Function = Function::admin("MprAdminInterfaceTransportRemove");

pub(crate) unsafe extern "system" fn MprAdminInterfaceTransportRemove(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
) -> sys::DWORD {
    on_router(&REMOVE, hMprServer, |call| remove(call, hInterface, TransportKey::Id(dwTransportId)))
}

const REMOVE_STORED: Function = Function::config("MprConfigInterfaceTransportRemove");

pub(crate) unsafe extern "system" fn MprConfigInterfaceTransportRemove(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    hRouterIfTransport: sys::HANDLE,
) -> sys::DWORD {
    on_router(&REMOVE_STORED, hMprConfig, |call| {
        let transport = call.owner.handle(hRouterIfTransport)?;
        remove(call, hRouterInterface, TransportKey::Handle(transport))
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
        let settings = state.settings(call.owner, call.owner.handle(hRouterInterface)?)?;
        handle.set(settings.transport(dwTransportId).ok_or(ERROR_NO_SUCH_INTERFACE)?.handle.raw());
        Ok(())
    })
}

/// Hands out the settings of a transport. Those on a disabled interface of the running router cannot be read.
fn get_info(
    call: &Call,
    interface: sys::HANDLE,
    key: TransportKey,
    info: Option<&Out<sys::LPBYTE>>,
    size: Option<&Out<u32>>,
) -> Result<(), Code> {
    let state = call.state();
    let settings = state.settings(call.owner, call.owner.handle(interface)?)?;
    if call.owner == Owner::Running && !settings.enabled {
        return Err(ERROR_INVALID_HANDLE);
    }
    call.hand_out_sized(&settings.transports[settings.position(key)?].info, info, size)
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
        get_info(call, hInterface, TransportKey::Id(dwTransportId), Some(&info), size.as_ref())
    })
}

const GET_STORED_INFO: Function = Function::config("MprConfigInterfaceTransportGetInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceTransportGetInfo(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    hRouterIfTransport: sys::HANDLE,
    ppInterfaceInfo: *mut sys::LPBYTE,
    lpdwInterfaceInfoSize: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&GET_STORED_INFO, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let info = unsafe { Out::optional(ppInterfaceInfo) };
        // SAFETY: as above.
        let size = unsafe { Out::optional(lpdwInterfaceInfoSize) };
        if info.is_some() && size.is_none() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let transport = call.owner.handle(hRouterIfTransport)?;
        get_info(call, hRouterInterface, TransportKey::Handle(transport), info.as_ref(), size.as_ref())
    })
}

/// Changes the settings of a transport, if there are new ones.
fn set_info(
    call: &Call,
    interface: sys::HANDLE,
    key: TransportKey,
    info: Option<Vec<u8>>,
) -> Result<(), Code> {
    let mut state = call.state();
    let settings = state.settings_mut(call.owner, call.owner.handle(interface)?)?;
    let position = settings.position(key)?;
    if let Some(info) = info {
        settings.transports[position].info = info;
    }
    Ok(())
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
        let info = unsafe { read(call.owner, pInterfaceInfo, dwInterfaceInfoSize) }?;
        set_info(call, hInterface, TransportKey::Id(dwTransportId), info)
    })
}

const SET_STORED_INFO: Function = Function::config("MprConfigInterfaceTransportSetInfo");

pub(crate) unsafe extern "system" fn MprConfigInterfaceTransportSetInfo(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    hRouterIfTransport: sys::HANDLE,
    pInterfaceInfo: sys::LPBYTE,
    dwInterfaceInfoSize: sys::DWORD,
) -> sys::DWORD {
    on_router(&SET_STORED_INFO, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let info = unsafe { read(call.owner, pInterfaceInfo, dwInterfaceInfoSize) }?;
        let transport = call.owner.handle(hRouterIfTransport)?;
        set_info(call, hRouterInterface, TransportKey::Handle(transport), info)
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
        let numbers = [lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle];
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe { Page::of_level_0(call.owner, dwLevel, lplpBuffer, dwPrefMaxLen, numbers) }?;
        let state = call.state();
        let settings = state.settings(call.owner, call.owner.handle(hRouterInterface)?)?;
        let position = page.position();
        let transports = settings.transports.iter().filter(|known| known.handle.number() > position);
        let transports: Vec<_> = transports.map(|transport| (transport.handle, transport)).collect();
        let record = |handle: Handle, transport: &IfTransport| sys::MPR_IFTRANSPORT_0 {
            dwTransportId: transport.id,
            hIfTransport: handle.raw(),
            wszIfTransportName: wide::array(&transport.name),
        };
        page.hand_out(call, transports.into_iter(), record)
    })
}
