//! Transports in the stored configuration, and their filters.

use mprapi_sys as sys;

use super::handle::not_null;
use crate::api::call::{Function, on_router};
use crate::api::info_block;
use crate::api::ledger::Family;
use crate::api::page::Page;
use crate::api::param::{Out, text};
use crate::error_code::{Code, ERROR_INVALID_PARAMETER, ERROR_UNKNOWN_PROTOCOL_ID};
use crate::router::stored::StoredTransport;
use crate::router::transport::known_protocol;
use crate::wide;

/// A caller's settings to be stored. Null and nothing change nothing.
struct Input {
    global: Option<Vec<u8>>,
    client: Option<Vec<u8>>,
    dll: Option<String>,
}

impl Input {
    /// Reads them.
    ///
    /// # Safety
    /// The pointers must be null or, with their sizes, readable.
    unsafe fn read(
        global: (sys::LPBYTE, u32),
        client: (sys::LPBYTE, u32),
        dll: sys::LPWSTR,
    ) -> Result<Input, Code> {
        Ok(Input {
            // SAFETY: promised by the caller.
            global: unsafe { info_block::given(global.0, global.1) }?,
            // SAFETY: as above.
            client: unsafe { info_block::given(client.0, client.1) }?,
            // SAFETY: as above.
            dll: unsafe { text(dll) }?,
        })
    }

    fn apply(self, stored: &mut StoredTransport) {
        if let Some(global) = self.global {
            stored.transport.global = global;
        }
        if let Some(client) = self.client {
            stored.transport.client = client;
        }
        if let Some(dll) = self.dll {
            stored.dll = dll;
        }
    }
}

const CREATE: Function = Function::config("MprConfigTransportCreate").needs_memory();

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
    on_router(&CREATE, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phRouterTransport, ERROR_INVALID_PARAMETER) }?;
        let client = (pClientInterfaceInfo, dwClientInterfaceInfoSize);
        // SAFETY: as above.
        let input = unsafe { Input::read((pGlobalInfo, dwGlobalInfoSize), client, lpwsDLLPath) }?;
        // SAFETY: as above.
        let name = unsafe { text(lpwsTransportName) }?.unwrap_or_else(|| dwTransportId.to_string());
        known_protocol(dwTransportId)?;
        let stored = &mut call.state().stored;
        let known = stored.transport_or_new(dwTransportId, name);
        input.apply(stored.transport_mut(known)?);
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
        let stored = &mut call.state().stored;
        let handle = not_null(hRouterTransport)?;
        stored.transport_mut(handle)?;
        stored.transports.remove(handle);
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

const SET_INFO: Function = Function::config("MprConfigTransportSetInfo");

pub(crate) unsafe extern "system" fn MprConfigTransportSetInfo(
    hMprConfig: sys::HANDLE,
    hRouterTransport: sys::HANDLE,
    pGlobalInfo: sys::LPBYTE,
    dwGlobalInfoSize: sys::DWORD,
    pClientInterfaceInfo: sys::LPBYTE,
    dwClientInterfaceInfoSize: sys::DWORD,
    lpwsDLLPath: sys::LPWSTR,
) -> sys::DWORD {
    on_router(&SET_INFO, hMprConfig, |call| {
        let client = (pClientInterfaceInfo, dwClientInterfaceInfoSize);
        // SAFETY: the caller's promise, as the function's page asks.
        let input = unsafe { Input::read((pGlobalInfo, dwGlobalInfoSize), client, lpwsDLLPath) }?;
        input.apply(call.state().stored.transport_mut(not_null(hRouterTransport)?)?);
        Ok(())
    })
}

const GET_INFO: Function = Function::config("MprConfigTransportGetInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigTransportGetInfo(
    hMprConfig: sys::HANDLE,
    hRouterTransport: sys::HANDLE,
    ppGlobalInfo: *mut sys::LPBYTE,
    lpdwGlobalInfoSize: sys::LPDWORD,
    ppClientInterfaceInfo: *mut sys::LPBYTE,
    lpdwClientInterfaceInfoSize: sys::LPDWORD,
    lplpwsDLLPath: *mut sys::LPWSTR,
) -> sys::DWORD {
    on_router(&GET_INFO, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let global = unsafe { Out::optional(ppGlobalInfo) };
        // SAFETY: as above.
        let client = unsafe { Out::optional(ppClientInterfaceInfo) };
        // SAFETY: as above.
        let global_size = unsafe { Out::optional(lpdwGlobalInfoSize) };
        // SAFETY: as above.
        let client_size = unsafe { Out::optional(lpdwClientInterfaceInfoSize) };
        // SAFETY: as above.
        let dll = unsafe { Out::optional(lplpwsDLLPath) };
        if (global.is_some() && global_size.is_none()) || (client.is_some() && client_size.is_none()) {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let mut state = call.state();
        let stored = state.stored.transport_mut(not_null(hRouterTransport)?)?;
        call.hand_out_sized(&stored.transport.global, Family::Config, global.as_ref(), global_size.as_ref())?;
        call.hand_out_sized(&stored.transport.client, Family::Config, client.as_ref(), client_size.as_ref())?;
        if let Some(dll) = dll {
            let units = wide::bytes(&wide::terminated(&stored.dll));
            dll.set(call.hand_out_bytes(&units, Family::Config)?.cast());
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
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe {
            Page::new(lplpBuffer, dwPrefMaxLen, lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle)
        }?;
        if dwLevel != 0 {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let state = call.state();
        let rest = state.stored.transports.after(page.position());
        page.check_config::<sys::MPR_TRANSPORT_0>(rest.len())?;
        let rest = rest.iter().map(|(handle, stored)| (*handle, &**stored));
        page.hand_out(call, Family::Config, rest, |handle, stored: &StoredTransport| sys::MPR_TRANSPORT_0 {
            dwTransportId: stored.transport.id,
            hTransport: handle.raw(),
            wszTransportName: wide::array(&stored.name),
        })
    })
}

const FILTER_GET_INFO: Function = Function::config("MprConfigFilterGetInfo");

/// The number of no transport is an invalid parameter.
pub(crate) unsafe extern "system" fn MprConfigFilterGetInfo(
    hMprConfig: sys::HANDLE,
    dwLevel: sys::DWORD,
    dwTransportId: sys::DWORD,
    lpBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_router(&FILTER_GET_INFO, hMprConfig, |call| {
        let pointer = lpBuffer.cast::<sys::MPR_FILTER_0>();
        // SAFETY: the caller's promise, as the function's page asks.
        let record = unsafe { Out::new(pointer, ERROR_INVALID_PARAMETER) }?;
        if dwLevel != 0 || known_protocol(dwTransportId).is_err() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let disabled = call.state().stored.without_filters.contains(&dwTransportId);
        record.set(sys::MPR_FILTER_0 { fEnable: (!disabled).into() });
        Ok(())
    })
}

const FILTER_SET_INFO: Function = Function::config("MprConfigFilterSetInfo");

pub(crate) unsafe extern "system" fn MprConfigFilterSetInfo(
    hMprConfig: sys::HANDLE,
    dwLevel: sys::DWORD,
    dwTransportId: sys::DWORD,
    lpBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_router(&FILTER_SET_INFO, hMprConfig, |call| {
        let pointer = lpBuffer.cast::<sys::MPR_FILTER_0>();
        // SAFETY: the caller's promise, as the function's page asks.
        let record = unsafe { Out::new(pointer, ERROR_INVALID_PARAMETER) }?.get();
        if dwLevel != 0 || known_protocol(dwTransportId).is_err() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let without = &mut call.state().stored.without_filters;
        if record.fEnable == 0 {
            without.insert(dwTransportId);
        } else {
            without.remove(&dwTransportId);
        }
        Ok(())
    })
}
