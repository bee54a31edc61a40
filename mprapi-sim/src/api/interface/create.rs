//! Creating and deleting interfaces.

use mprapi_sys as sys;

use super::input::Input;
use crate::api::call::{Function, on_router};
use crate::api::param::Out;
use crate::error_code::ERROR_INVALID_PARAMETER;

/// Creates an interface.
///
/// # Safety
/// As [`Input::read`]; `handle` must be null or valid for writes.
unsafe fn create(
    function: &'static Function,
    server: sys::HANDLE,
    level: u32,
    buffer: sys::LPBYTE,
    handle: *mut sys::HANDLE,
) -> sys::DWORD {
    on_router(function, server, |call| {
        // SAFETY: promised by the caller.
        let handle = unsafe { Out::new(handle, ERROR_INVALID_PARAMETER) }?;
        // SAFETY: promised by the caller.
        let input = unsafe { Input::read(call, level, buffer) }?;
        // SAFETY: promised by the caller.
        let settings = unsafe { input.settings() }?;
        handle.set(call.state().create_interface(call.owner, settings)?.raw());
        Ok(())
    })
}

fn delete(function: &'static Function, server: sys::HANDLE, interface: sys::HANDLE) -> sys::DWORD {
    on_router(function, server, |call| {
        let mut state = call.state();
        state.delete_interface(call.owner, call.owner.handle(interface)?)
    })
}

const CREATE: Function = Function::admin("MprAdminInterfaceCreate").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceCreate(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
    phInterface: *mut sys::HANDLE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { create(&CREATE, hMprServer, dwLevel, lpbBuffer, phInterface) }
}

const CREATE_STORED: Function = Function::config("MprConfigInterfaceCreate").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceCreate(
    hMprConfig: sys::HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
    phRouterInterface: *mut sys::HANDLE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { create(&CREATE_STORED, hMprConfig, dwLevel, lpbBuffer, phRouterInterface) }
}

const DELETE: Function = Function::admin("MprAdminInterfaceDelete");

pub(crate) unsafe extern "system" fn MprAdminInterfaceDelete(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
) -> sys::DWORD {
    delete(&DELETE, hMprServer, hInterface)
}

const DELETE_STORED: Function = Function::config("MprConfigInterfaceDelete").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceDelete(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
) -> sys::DWORD {
    delete(&DELETE_STORED, hMprConfig, hRouterInterface)
}
