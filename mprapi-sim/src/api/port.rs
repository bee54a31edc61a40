//! Ports.

pub(crate) mod view;

use mprapi_sys as sys;

use self::view::{level_0, level_1};
use crate::api::call::{Function, on_router};
use crate::api::page::Page;
use crate::api::param::Out;
use crate::error_code::{
    ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_INVALID_PORT_HANDLE, ERROR_NOT_SUPPORTED,
    ERROR_PORT_NOT_CONNECTED, RPC_S_INVALID_BINDING,
};
use crate::router::handle::Handle;
use crate::router::port::Port;

const ENUM: Function = Function::admin("MprAdminPortEnum").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminPortEnum(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    hConnection: sys::HANDLE,
    lplpbBuffer: *mut sys::LPBYTE,
    dwPrefMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&ENUM, hRasServer, |call| {
        let numbers = [lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle];
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe { Page::of_level_0(call.owner, dwLevel, lplpbBuffer, dwPrefMaxLen, numbers) }?;
        let state = call.state();
        let now = state.now();
        let record = |handle: Handle, port: &Port| level_0(port, handle, now);
        if hConnection == sys::INVALID_HANDLE_VALUE {
            return page.hand_out(call, state.ports.all.after(page.position()), record);
        }
        let connection = state.connections.get(Handle::of(hConnection)).ok_or(ERROR_INVALID_HANDLE)?;
        let position = page.position();
        let ports = connection.ports.iter().filter(|port| port.number() > position);
        let ports: Vec<_> = ports.filter_map(|&port| Some((port, state.ports.all.get(port)?))).collect();
        page.hand_out(call, ports.into_iter(), record)
    })
}

const GET_INFO: Function = Function::admin("MprAdminPortGetInfo").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminPortGetInfo(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    hPort: sys::HANDLE,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_router(&GET_INFO, hRasServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer, ERROR_INVALID_PARAMETER) }?;
        let state = call.state();
        let now = state.now();
        let handle = Handle::of(hPort);
        let port = state.port(handle, ERROR_INVALID_PORT_HANDLE)?;
        buffer.set(match dwLevel {
            0 => call.hand_out(level_0(port, handle, now))?,
            1 => call.hand_out(level_1(port, handle, now))?,
            _ => return Err(ERROR_NOT_SUPPORTED),
        });
        Ok(())
    })
}

const CLEAR_STATS: Function = Function::admin("MprAdminPortClearStats").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminPortClearStats(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hPort: sys::HANDLE,
) -> sys::DWORD {
    on_router(&CLEAR_STATS, hRasServer, |call| {
        let mut state = call.state();
        let now = state.now();
        state.ports.all.get_mut(Handle::of(hPort)).ok_or(RPC_S_INVALID_BINDING)?.meter.clear(now);
        Ok(())
    })
}

const RESET: Function = Function::admin("MprAdminPortReset")
    .needs_ddm()
    .bad_server(ERROR_INVALID_PARAMETER, ERROR_INVALID_PARAMETER);

/// Resetting the device hangs up, but a port without a connection can be reset too.
pub(crate) unsafe extern "system" fn MprAdminPortReset(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hPort: sys::HANDLE,
) -> sys::DWORD {
    on_router(&RESET, hRasServer, |call| match call.state().disconnect_port(Handle::of(hPort)) {
        Err(ERROR_PORT_NOT_CONNECTED) => Ok(()),
        outcome => outcome,
    })
}

const DISCONNECT: Function = Function::admin("MprAdminPortDisconnect")
    .needs_ddm()
    .bad_server(ERROR_INVALID_PARAMETER, ERROR_INVALID_PARAMETER);

pub(crate) unsafe extern "system" fn MprAdminPortDisconnect(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hPort: sys::HANDLE,
) -> sys::DWORD {
    on_router(&DISCONNECT, hRasServer, |call| call.state().disconnect_port(Handle::of(hPort)))
}
