//! Finding and listing interfaces.

use mprapi_sys as sys;

use super::info::{Live, level_0};
use crate::api::call::{Function, on_router};
use crate::api::page::Page;
use crate::api::param::{Out, text};
use crate::error_code::{ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_INTERFACE, RPC_X_NULL_REF_POINTER};
use crate::router::interface::Interface;
use crate::wide::same_name;

const GET_HANDLE: Function = Function::admin("MprAdminInterfaceGetHandle");

pub(crate) unsafe extern "system" fn MprAdminInterfaceGetHandle(
    hMprServer: sys::MPR_SERVER_HANDLE,
    lpwsInterfaceName: sys::LPWSTR,
    phInterface: *mut sys::HANDLE,
    fIncludeClientInterfaces: sys::WINBOOL,
) -> sys::DWORD {
    on_router(&GET_HANDLE, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phInterface, RPC_X_NULL_REF_POINTER) }?;
        // SAFETY: as above.
        let name = unsafe { text(lpwsInterfaceName) }?.ok_or(RPC_X_NULL_REF_POINTER)?;
        let state = call.state();
        let wanted = |interface: &Interface| {
            (fIncludeClientInterfaces != 0 || interface.kind() != sys::ROUTER_IF_TYPE_CLIENT)
                && same_name(interface.name(), &name)
        };
        let found = state.interfaces.iter().find(|(_, interface)| wanted(interface));
        handle.set(found.ok_or(ERROR_NO_SUCH_INTERFACE)?.0.raw());
        Ok(())
    })
}

const GET_STORED_HANDLE: Function = Function::config("MprConfigInterfaceGetHandle").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceGetHandle(
    hMprConfig: sys::HANDLE,
    lpwsInterfaceName: sys::LPWSTR,
    phRouterInterface: *mut sys::HANDLE,
) -> sys::DWORD {
    on_router(&GET_STORED_HANDLE, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phRouterInterface, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: as above.
        let name = unsafe { text(lpwsInterfaceName) }?.ok_or(ERROR_INVALID_PARAMETER)?;
        handle.set(call.state().stored.named(&name).ok_or(ERROR_NO_SUCH_INTERFACE)?.0.raw());
        Ok(())
    })
}

const ENUM: Function = Function::admin("MprAdminInterfaceEnum").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceEnum(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
    dwPrefMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&ENUM, hMprServer, |call| {
        let numbers = [lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle];
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe { Page::of_level_0(call.owner, dwLevel, lplpbBuffer, dwPrefMaxLen, numbers) }?;
        let state = call.state();
        let now = state.now();
        page.hand_out(call, state.interfaces.after(page.position()), |handle, interface| {
            level_0(&interface.settings, handle, &Live::of(interface, now))
        })
    })
}

const ENUM_STORED: Function = Function::config("MprConfigInterfaceEnum").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceEnum(
    hMprConfig: sys::HANDLE,
    dwLevel: sys::DWORD,
    lplpBuffer: *mut sys::LPBYTE,
    dwPrefMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&ENUM_STORED, hMprConfig, |call| {
        let numbers = [lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle];
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe { Page::of_level_0(call.owner, dwLevel, lplpBuffer, dwPrefMaxLen, numbers) }?;
        let state = call.state();
        page.hand_out(call, state.stored.interfaces.after(page.position()), |handle, settings| {
            level_0(settings, handle, &Live::STORED)
        })
    })
}
