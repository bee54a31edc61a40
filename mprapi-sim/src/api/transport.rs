//! The transports of a router.

use mprapi_sys as sys;

use crate::api::call::{Call, Function, on_router};
use crate::api::info_block;
use crate::api::page::Page;
use crate::api::param::{Out, text};
use crate::error_code::{Code, ERROR_INVALID_PARAMETER, ERROR_UNKNOWN_PROTOCOL_ID};
use crate::router::owner::Owner;
use crate::router::stored::StoredTransport;
use crate::router::transport::{Transport, known_protocol};
use crate::wide;

/// A caller's settings of a transport. A part that is null is left as it is.
struct Input {
    global: Option<Vec<u8>>,
    client: Option<Vec<u8>>,
}

impl Input {
    /// Reads the settings.
    ///
    /// # Errors
    /// As [`info_block::given`]; `ERROR_INVALID_PARAMETER` if both parts are null. The stored configuration takes that
    /// for no change.
    ///
    /// # Safety
    /// The pointers must be null or, with their sizes, readable.
    unsafe fn read(
        owner: Owner,
        global: (sys::LPBYTE, u32),
        client: (sys::LPBYTE, u32),
    ) -> Result<Input, Code> {
        // SAFETY: promised by the caller.
        let global = unsafe { info_block::given(global.0, global.1) }?;
        // SAFETY: as above.
        let client = unsafe { info_block::given(client.0, client.1) }?;
        if owner == Owner::Running && global.is_none() && client.is_none() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        Ok(Input { global, client })
    }

    fn apply(self, transport: &mut Transport) {
        if let Some(global) = self.global {
            transport.global = global;
        }
        if let Some(client) = self.client {
            transport.client = client;
        }
    }
}

/// A caller's places for one part of a transport's settings, and for its size.
struct Part {
    info: Option<Out<sys::LPBYTE>>,
    size: Option<Out<u32>>,
}

impl Part {
    /// # Safety
    /// The pointers must be null or valid for writes.
    unsafe fn new(info: *mut sys::LPBYTE, size: sys::LPDWORD) -> Part {
        // SAFETY: promised by the caller.
        let info = unsafe { Out::optional(info) };
        // SAFETY: as above.
        Part { info, size: unsafe { Out::optional(size) } }
    }

    fn set(&self, call: &Call, info: &[u8]) -> Result<(), Code> {
        call.hand_out_sized(info, self.info.as_ref(), self.size.as_ref())
    }
}

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
        let client = (pClientInterfaceInfo, dwClientInterfaceInfoSize);
        // SAFETY: the caller's promise, as the function's page asks.
        let input = unsafe { Input::read(call.owner, (pGlobalInfo, dwGlobalInfoSize), client) }?;
        input.apply(call.state().add_transport(dwTransportId)?);
        Ok(())
    })
}

const CREATE_STORED: Function = Function::config("MprConfigTransportCreate").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigTransportCreate(
    hMprConfig: sys::HANDLE,
    dwTransportId: sys::DWORD,
    lpwsTransportName: sys::LPWSTR,
    pGlobalInfo: sys::LPBYTE,
    dwGlobalInfoSize: sys::DWORD,
    pClientInterfaceInfo: sys::LPBYTE,
    dwClientInterfaceInfoSize: sys::DWORD,
    lpwsDLLPath: sys::LPWSTR,
    phRouterTransport: *mut sys::HANDLE,
) -> sys::DWORD {
    on_router(&CREATE_STORED, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phRouterTransport, ERROR_INVALID_PARAMETER) }?;
        let client = (pClientInterfaceInfo, dwClientInterfaceInfoSize);
        // SAFETY: as above.
        let input = unsafe { Input::read(call.owner, (pGlobalInfo, dwGlobalInfoSize), client) }?;
        // SAFETY: as above.
        let dll = unsafe { text(lpwsDLLPath) }?;
        // SAFETY: as above.
        let name = unsafe { text(lpwsTransportName) }?.unwrap_or_else(|| dwTransportId.to_string());
        known_protocol(dwTransportId)?;
        let stored = &mut call.state().stored;
        let known = stored.transport_or_new(dwTransportId, name);
        let stored = stored.transport_mut(known)?;
        input.apply(&mut stored.transport);
        if let Some(dll) = dll {
            stored.dll = dll;
        }
        handle.set(known.raw());
        Ok(())
    })
}

const DELETE: Function = Function::config("MprConfigTransportDelete").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigTransportDelete(
    hMprConfig: sys::HANDLE,
    hRouterTransport: sys::HANDLE,
) -> sys::DWORD {
    on_router(&DELETE, hMprConfig, |call| {
        let handle = call.owner.handle(hRouterTransport)?;
        call.state().stored.transports.remove(handle).ok_or(ERROR_UNKNOWN_PROTOCOL_ID)?;
        Ok(())
    })
}

const GET_HANDLE: Function = Function::config("MprConfigTransportGetHandle").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigTransportGetHandle(
    hMprConfig: sys::HANDLE,
    dwTransportId: sys::DWORD,
    phRouterTransport: *mut sys::HANDLE,
) -> sys::DWORD {
    on_router(&GET_HANDLE, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phRouterTransport, ERROR_INVALID_PARAMETER) }?;
        let state = call.state();
        let mut transports = state.stored.transports.iter();
        let known = transports.find(|(_, stored)| stored.transport.id == dwTransportId);
        handle.set(known.ok_or(ERROR_UNKNOWN_PROTOCOL_ID)?.0.raw());
        Ok(())
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
        let client = (pClientInterfaceInfo, dwClientInterfaceInfoSize);
        // SAFETY: the caller's promise, as the function's page asks.
        let input = unsafe { Input::read(call.owner, (pGlobalInfo, dwGlobalInfoSize), client) }?;
        input.apply(call.state().transport_mut(dwTransportId)?);
        Ok(())
    })
}

const SET_STORED_INFO: Function = Function::config("MprConfigTransportSetInfo");

pub(crate) unsafe extern "system" fn MprConfigTransportSetInfo(
    hMprConfig: sys::HANDLE,
    hRouterTransport: sys::HANDLE,
    pGlobalInfo: sys::LPBYTE,
    dwGlobalInfoSize: sys::DWORD,
    pClientInterfaceInfo: sys::LPBYTE,
    dwClientInterfaceInfoSize: sys::DWORD,
    lpwsDLLPath: sys::LPWSTR,
) -> sys::DWORD {
    on_router(&SET_STORED_INFO, hMprConfig, |call| {
        let client = (pClientInterfaceInfo, dwClientInterfaceInfoSize);
        // SAFETY: the caller's promise, as the function's page asks.
        let input = unsafe { Input::read(call.owner, (pGlobalInfo, dwGlobalInfoSize), client) }?;
        // SAFETY: as above.
        let dll = unsafe { text(lpwsDLLPath) }?;
        let mut state = call.state();
        let stored = state.stored.transport_mut(call.owner.handle(hRouterTransport)?)?;
        input.apply(&mut stored.transport);
        if let Some(dll) = dll {
            stored.dll = dll;
        }
        Ok(())
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
        let global = unsafe { Part::new(ppGlobalInfo, lpdwGlobalInfoSize) };
        // SAFETY: as above.
        let client = unsafe { Part::new(ppClientInterfaceInfo, lpdwClientInterfaceInfoSize) };
        if global.info.is_none() && client.info.is_none() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let state = call.state();
        let transport = state.transport(dwTransportId)?;
        global.set(call, &transport.global)?;
        client.set(call, &transport.client)
    })
}

const GET_STORED_INFO: Function = Function::config("MprConfigTransportGetInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigTransportGetInfo(
    hMprConfig: sys::HANDLE,
    hRouterTransport: sys::HANDLE,
    ppGlobalInfo: *mut sys::LPBYTE,
    lpdwGlobalInfoSize: sys::LPDWORD,
    ppClientInterfaceInfo: *mut sys::LPBYTE,
    lpdwClientInterfaceInfoSize: sys::LPDWORD,
    lplpwsDLLPath: *mut sys::LPWSTR,
) -> sys::DWORD {
    on_router(&GET_STORED_INFO, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let global = unsafe { Part::new(ppGlobalInfo, lpdwGlobalInfoSize) };
        // SAFETY: as above.
        let client = unsafe { Part::new(ppClientInterfaceInfo, lpdwClientInterfaceInfoSize) };
        // SAFETY: as above.
        let dll = unsafe { Out::optional(lplpwsDLLPath) };
        if [&global, &client].into_iter().any(|part| part.info.is_some() && part.size.is_none()) {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let mut state = call.state();
        let stored = state.stored.transport_mut(call.owner.handle(hRouterTransport)?)?;
        global.set(call, &stored.transport.global)?;
        client.set(call, &stored.transport.client)?;
        if let Some(dll) = dll {
            let units = wide::bytes(&wide::terminated(&stored.dll));
            dll.set(call.hand_out_bytes(&units)?.cast());
        }
        Ok(())
    })
}

const ENUM: Function = Function::config("MprConfigTransportEnum").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigTransportEnum(
    hMprConfig: sys::HANDLE,
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
        let rest = state.stored.transports.after(page.position());
        page.hand_out(call, rest, |handle, stored: &StoredTransport| sys::MPR_TRANSPORT_0 {
            dwTransportId: stored.transport.id,
            hTransport: handle.raw(),
            wszTransportName: wide::array(&stored.name),
        })
    })
}
