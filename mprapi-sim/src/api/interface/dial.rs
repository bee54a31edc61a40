//! Demand-dial: connecting, disconnecting, updating routes.

use mprapi_sys as sys;

use crate::api::call::{Function, on_router};
use crate::api::event;
use crate::api::param::Out;
use crate::error_code::{ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, PENDING};
use crate::router::handle::Handle;

const CONNECT: Function = Function::admin("MprAdminInterfaceConnect").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminInterfaceConnect(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    hEvent: sys::HANDLE,
    fSynchronous: sys::WINBOOL,
) -> sys::DWORD {
    on_router(&CONNECT, hMprServer, |call| {
        let event = event::duplicate_optional(hEvent)?;
        let waits = event.is_none() && fSynchronous != 0;
        let handle = Handle::of(hInterface);
        let due = {
            let mut state = call.state();
            state.interface(handle)?;
            let now = state.now();
            state.begin_dial(handle, event, now)?
        };
        if !waits {
            call.machine.keep_time();
            return Err(PENDING);
        }
        call.machine.wait_until(due);
        let state = call.state();
        let interface = state.interfaces.get(handle).ok_or(ERROR_INVALID_HANDLE)?;
        if interface.last_error == 0 { Ok(()) } else { Err(interface.last_error) }
    })
}

const DISCONNECT: Function = Function::admin("MprAdminInterfaceDisconnect").needs_ddm();

/// Hangs up. An attempt under way is given up.
pub(crate) unsafe extern "system" fn MprAdminInterfaceDisconnect(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
) -> sys::DWORD {
    on_router(&DISCONNECT, hMprServer, |call| call.state().hang_up(Handle::of(hInterface)))
}

const UPDATE_ROUTES: Function = Function::admin("MprAdminInterfaceUpdateRoutes");

/// Asks the other side for its routes. It has none that the simulator knows of, so the table of routes stays as it is.
pub(crate) unsafe extern "system" fn MprAdminInterfaceUpdateRoutes(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwProtocolId: sys::DWORD,
    hEvent: sys::HANDLE,
) -> sys::DWORD {
    on_router(&UPDATE_ROUTES, hMprServer, |call| {
        let event = event::duplicate_optional(hEvent)?;
        let waits = event.is_none();
        let handle = Handle::of(hInterface);
        let due = call.state().begin_update(handle, dwProtocolId, event)?;
        if !waits {
            call.machine.keep_time();
            return Err(PENDING);
        }
        call.machine.wait_until(due);
        let state = call.state();
        let interface = state.interfaces.get(handle);
        match interface.map_or(0, |interface| interface.update_result(dwProtocolId)) {
            // Another update has begun in the meantime.
            0 | PENDING => Ok(()),
            error => Err(error),
        }
    })
}

const QUERY_RESULT: Function = Function::admin("MprAdminInterfaceQueryUpdateResult");

/// While an update goes on, its result is `PENDING`; before the first one it is 0.
pub(crate) unsafe extern "system" fn MprAdminInterfaceQueryUpdateResult(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwProtocolId: sys::DWORD,
    lpdwUpdateResult: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&QUERY_RESULT, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let result = unsafe { Out::new(lpdwUpdateResult, ERROR_INVALID_PARAMETER) }?;
        result.set(call.state().update_result(Handle::of(hInterface), dwProtocolId)?);
        Ok(())
    })
}

const UPDATE_PHONE_BOOK: Function =
    Function::admin("MprAdminInterfaceUpdatePhonebookInfo").needs_ddm().needs_memory();

/// Takes up what the stored configuration says of the interface's entry.
pub(crate) unsafe extern "system" fn MprAdminInterfaceUpdatePhonebookInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
) -> sys::DWORD {
    on_router(&UPDATE_PHONE_BOOK, hMprServer, |call| call.state().update_entry(Handle::of(hInterface)))
}
