//! Interfaces in the stored configuration, and their names.

use mprapi_sys as sys;

use super::handle::not_null;
use crate::api::call::{Function, on_router};
use crate::api::interface::custom;
use crate::api::interface::info::{Live, level_0};
use crate::api::interface::input::Input;
use crate::api::ledger::Family;
use crate::api::page::Page;
use crate::api::param::{Out, put_text, text};
use crate::error_code::{
    Code, ERROR_BUFFER_OVERFLOW, ERROR_INTERFACE_ALREADY_EXISTS, ERROR_INVALID_PARAMETER,
    ERROR_NO_SUCH_INTERFACE, ERROR_NOT_FOUND, ERROR_NOT_SUPPORTED,
};
use crate::guid::Guid;
use crate::router::handle::Handle;
use crate::router::interface::Settings;
use crate::wide::same_name;

/// The state in the records of stored interfaces, which have none: disconnected.
const STORED: Live = Live { state: sys::ROUTER_IF_STATE_DISCONNECTED, reasons: 0, last_error: 0 };

/// Checks that a level can be stored. Levels 2 and 3 cannot: the remarks of the page say so, against its table.
fn storable(level: u32) -> Result<(), Code> {
    match level {
        0 | 1 => Ok(()),
        2 | 3 => Err(ERROR_NOT_SUPPORTED),
        _ => Err(ERROR_INVALID_PARAMETER),
    }
}

const CREATE: Function = Function::config("MprConfigInterfaceCreate").needs_memory();

/// The phone-book entry of a demand-dial interface is that of the running router's interface of the same name.
pub(crate) unsafe extern "system" fn MprConfigInterfaceCreate(
    hMprConfig: sys::HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
    phRouterInterface: *mut sys::HANDLE,
) -> sys::DWORD {
    on_router(&CREATE, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phRouterInterface, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: as above.
        let input = unsafe { Input::read(dwLevel, lpbBuffer, call.windows, ERROR_INVALID_PARAMETER) }?;
        storable(dwLevel)?;
        // SAFETY: as above.
        let settings = unsafe { input.settings() }?;
        handle.set(call.state().store_interface(settings)?.raw());
        Ok(())
    })
}

const DELETE: Function = Function::config("MprConfigInterfaceDelete").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceDelete(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
) -> sys::DWORD {
    on_router(&DELETE, hMprConfig, |call| {
        let stored = &mut call.state().stored;
        let handle = not_null(hRouterInterface)?;
        stored.interface(handle)?;
        stored.interfaces.remove(handle);
        Ok(())
    })
}

const GET_HANDLE: Function = Function::config("MprConfigInterfaceGetHandle").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceGetHandle(
    hMprConfig: sys::HANDLE,
    lpwsInterfaceName: sys::LPWSTR,
    phRouterInterface: *mut sys::HANDLE,
) -> sys::DWORD {
    on_router(&GET_HANDLE, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phRouterInterface, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: as above.
        let name = unsafe { text(lpwsInterfaceName) }?.ok_or(ERROR_INVALID_PARAMETER)?;
        handle.set(call.state().stored.named(&name).ok_or(ERROR_NO_SUCH_INTERFACE)?.0.raw());
        Ok(())
    })
}

const GET_INFO: Function = Function::config("MprConfigInterfaceGetInfo").needs_memory();

/// A level that this kind of interface does not have is an invalid parameter.
pub(crate) unsafe extern "system" fn MprConfigInterfaceGetInfo(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lplpBuffer: *mut sys::LPBYTE,
    lpdwBufferSize: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&GET_INFO, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpBuffer, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: as above.
        let size = unsafe { Out::new(lpdwBufferSize, ERROR_INVALID_PARAMETER) }?;
        let state = call.state();
        let handle = not_null(hRouterInterface)?;
        let settings = state.stored.interface(handle)?;
        let given = if dwLevel == 0 || (dwLevel <= 3 && settings.entry.is_some()) {
            call.hand_out_interface(settings, handle, &STORED, dwLevel, Family::Config)?
        } else {
            return Err(ERROR_INVALID_PARAMETER);
        };
        buffer.set(given.0);
        size.set(call.size_said(given.1));
        Ok(())
    })
}

const SET_INFO: Function = Function::config("MprConfigInterfaceSetInfo");

pub(crate) unsafe extern "system" fn MprConfigInterfaceSetInfo(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_router(&SET_INFO, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let input = unsafe { Input::read(dwLevel, lpbBuffer, call.windows, ERROR_INVALID_PARAMETER) }?;
        storable(dwLevel)?;
        let mut state = call.state();
        let settings = state.stored.interface(not_null(hRouterInterface)?)?;
        let is_local = matches!(settings.kind, sys::ROUTER_IF_TYPE_DEDICATED | sys::ROUTER_IF_TYPE_INTERNAL);
        if settings.enabled && is_local {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let renamed = !same_name(&settings.name, &input.name);
        if renamed && state.stored.named(&input.name).is_some() {
            return Err(ERROR_INTERFACE_ALREADY_EXISTS);
        }
        let settings = state.stored.interface_mut(not_null(hRouterInterface)?)?;
        // SAFETY: as above.
        unsafe { input.apply(settings) }?;
        settings.rename(input.name);
        Ok(())
    })
}

const ENUM: Function = Function::config("MprConfigInterfaceEnum").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceEnum(
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
        let rest = state.stored.interfaces.after(page.position());
        page.check_config::<sys::MPR_INTERFACE_0>(rest.len())?;
        let rest = rest.iter().map(|(handle, settings)| (*handle, &***settings));
        let record = |handle: Handle, settings: &Settings| level_0(settings, handle, &STORED);
        page.hand_out(call, Family::Config, rest, record)
    })
}

/// Writes a name into a caller's array, whose size is in bytes.
///
/// # Safety
/// The pointer must be valid for writes of so many bytes.
unsafe fn give_name(name: &str, buffer: sys::PWCHAR, bytes: u32) -> Result<(), Code> {
    // SAFETY: promised by the caller.
    unsafe { put_text(buffer, bytes as usize / 2, name, ERROR_BUFFER_OVERFLOW) }
}

const FRIENDLY_NAME: Function = Function::config("MprConfigGetFriendlyName");

/// Local networks' and IP-in-IP tunnels' interfaces have GUID names; others have none.
pub(crate) unsafe extern "system" fn MprConfigGetFriendlyName(
    hMprConfig: sys::HANDLE,
    pszGuidName: sys::PWCHAR,
    pszBuffer: sys::PWCHAR,
    dwBufferSize: sys::DWORD,
) -> sys::DWORD {
    on_router(&FRIENDLY_NAME, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let guid = unsafe { text(pszGuidName) }?.ok_or(ERROR_INVALID_PARAMETER)?;
        if pszBuffer.is_null() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let state = call.state();
        let wanted = Guid::in_name(&guid).ok_or(ERROR_NOT_FOUND)?;
        let called = |settings: &Settings| settings.has_guid_name() && settings.guid == wanted;
        let stored = state.stored.interfaces.iter().find(|(_, settings)| called(settings));
        let name = stored.map(|(_, settings)| settings.friendly_name.as_str());
        let name = name.or_else(|| state.ip_in_ip.name_of(wanted)).ok_or(ERROR_NOT_FOUND)?;
        // SAFETY: as above.
        unsafe { give_name(name, pszBuffer, dwBufferSize) }
    })
}

const GUID_NAME: Function = Function::config("MprConfigGetGuidName");

pub(crate) unsafe extern "system" fn MprConfigGetGuidName(
    hMprConfig: sys::HANDLE,
    pszFriendlyName: sys::PWCHAR,
    pszBuffer: sys::PWCHAR,
    dwBufferSize: sys::DWORD,
) -> sys::DWORD {
    on_router(&GUID_NAME, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let name = unsafe { text(pszFriendlyName) }?.ok_or(ERROR_INVALID_PARAMETER)?;
        if pszBuffer.is_null() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let state = call.state();
        let called =
            |settings: &Settings| settings.has_guid_name() && same_name(&settings.friendly_name, &name);
        let stored = state.stored.interfaces.iter().find(|(_, settings)| called(settings));
        let guid = stored.map(|(_, settings)| settings.name.clone());
        let guid =
            guid.or_else(|| Some(state.ip_in_ip.guid_of(&name)?.to_string())).ok_or(ERROR_NOT_FOUND)?;
        // SAFETY: as above.
        unsafe { give_name(&guid, pszBuffer, dwBufferSize) }
    })
}

const GET_CUSTOM: Function = Function::config("MprConfigInterfaceGetCustomInfoEx").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceGetCustomInfoEx(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    pCustomInfo: *mut sys::MPR_IF_CUSTOMINFOEX2,
) -> sys::DWORD {
    on_router(&GET_CUSTOM, hMprConfig, |call| {
        let state = call.state();
        let settings = state.stored.interface(not_null(hRouterInterface)?)?;
        if settings.kind != sys::ROUTER_IF_TYPE_FULL_ROUTER {
            return Err(ERROR_INVALID_PARAMETER);
        }
        // SAFETY: the caller's promise, as the function's page asks.
        unsafe { custom::write(call, settings, pCustomInfo, Family::Config, "MprConfigBufferFree") }
    })
}

const SET_CUSTOM: Function = Function::config("MprConfigInterfaceSetCustomInfoEx");

pub(crate) unsafe extern "system" fn MprConfigInterfaceSetCustomInfoEx(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
    pCustomInfo: *mut sys::MPR_IF_CUSTOMINFOEX2,
) -> sys::DWORD {
    on_router(&SET_CUSTOM, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let custom = unsafe { custom::read(pCustomInfo) }?;
        let mut state = call.state();
        let settings = state.stored.interface_mut(not_null(hRouterInterface)?)?;
        if settings.kind != sys::ROUTER_IF_TYPE_FULL_ROUTER {
            return Err(ERROR_INVALID_PARAMETER);
        }
        settings.custom = custom;
        Ok(())
    })
}
