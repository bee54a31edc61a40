//! Creating and deleting interfaces.

use mprapi_sys as sys;

use super::input::Input;
use crate::api::call::{Call, Function, on_router};
use crate::api::param::Out;
use crate::error_code::{Code, ERROR_INVALID_PARAMETER};

/// Creates an interface.
///
/// # Safety
/// As [`Input::read`]; `handle` must be null or valid for writes.
unsafe fn create(call: &Call, level: u32, buffer: sys::LPBYTE, handle: *mut sys::HANDLE) -> Result<(), Code> {
    // SAFETY: promised by the caller.
    let handle = unsafe { Out::new(handle, ERROR_INVALID_PARAMETER) }?;
    // SAFETY: promised by the caller.
    let input = unsafe { Input::read(call, level, buffer) }?;
    // SAFETY: promised by the caller.
    let settings = unsafe { input.settings() }?;
    handle.set(call.state().create_interface(call.owner, settings)?.raw());
    Ok(())
}

fn delete(call: &Call, interface: sys::HANDLE) -> Result<(), Code> {
    let mut state = call.state();
    state.delete_interface(call.owner, call.owner.handle(interface)?)
}

const CREATE: Function = Function::admin("MprAdminInterfaceCreate").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceCreate(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
    phInterface: *mut sys::HANDLE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&CREATE, hMprServer, |call| unsafe { create(call, dwLevel, lpbBuffer, phInterface) })
}

const CREATE_STORED: Function = Function::config("MprConfigInterfaceCreate").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceCreate(
    hMprConfig: sys::HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
    phRouterInterface: *mut sys::HANDLE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&CREATE_STORED, hMprConfig, |call| unsafe {
        create(call, dwLevel, lpbBuffer, phRouterInterface)
    })
}

const DELETE: Function = Function::admin("MprAdminInterfaceDelete");

pub(crate) unsafe extern "system" fn MprAdminInterfaceDelete(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
) -> sys::DWORD {
    on_router(&DELETE, hMprServer, |call| delete(call, hInterface))
}

const DELETE_STORED: Function = Function::config("MprConfigInterfaceDelete").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigInterfaceDelete(
    hMprConfig: sys::HANDLE,
    hRouterInterface: sys::HANDLE,
) -> sys::DWORD {
    on_router(&DELETE_STORED, hMprConfig, |call| delete(call, hRouterInterface))
}
