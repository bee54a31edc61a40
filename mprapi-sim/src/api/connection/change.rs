//! Changing connections.

use std::net::{IpAddr, Ipv4Addr};

use mprapi_sys as sys;

use crate::api::call::{Function, on_router};
use crate::api::header;
use crate::api::param::{Out, text};
use crate::error_code::{ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED};
use crate::router::handle::Handle;
use crate::scenario::Tunnel;
use crate::wide;

const CLEAR_STATS: Function = Function::admin("MprAdminConnectionClearStats").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminConnectionClearStats(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hConnection: sys::HANDLE,
) -> sys::DWORD {
    on_router(&CLEAR_STATS, hRasServer, |call| {
        let mut state = call.state();
        let now = state.now();
        state.connections.get_mut(Handle::of(hConnection)).ok_or(ERROR_INVALID_PARAMETER)?.meter.clear(now);
        Ok(())
    })
}

const REMOVE_QUARANTINE: Function = Function::admin("MprAdminConnectionRemoveQuarantine")
    .bad_server(ERROR_INVALID_PARAMETER, ERROR_INVALID_PARAMETER);

pub(crate) unsafe extern "system" fn MprAdminConnectionRemoveQuarantine(
    hRasServer: sys::HANDLE,
    hRasConnection: sys::HANDLE,
    fIsIpAddress: sys::WINBOOL,
) -> sys::DWORD {
    on_router(&REMOVE_QUARANTINE, hRasServer, |call| {
        let mut state = call.state();
        let handle = if fIsIpAddress == 0 {
            Handle::of(hRasConnection)
        } else {
            // The number has the address's bytes in the order of the network.
            let address = Ipv4Addr::from((hRasConnection.addr() as u32).to_ne_bytes());
            state.connection_of_address(address).ok_or(ERROR_INVALID_PARAMETER)?
        };
        state.remove_quarantine(handle)
    })
}

const UPDATE: Function = Function::admin("MprAdminUpdateConnection").needs_ddm().ex();

/// Moves the ends of an IKEv2 tunnel, as MOBIKE does; no other tunnel can move.
pub(crate) unsafe extern "system" fn MprAdminUpdateConnection(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hRasConnection: sys::HANDLE,
    pRasUpdateConnection: *mut sys::RAS_UPDATE_CONNECTION,
) -> sys::DWORD {
    on_router(&UPDATE, hRasServer, |call| {
        let known = sys::MPRAPI_OBJECT_HEADER {
            revision: sys::MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1 as u8,
            type_: sys::MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT as u8,
            size: size_of::<sys::RAS_UPDATE_CONNECTION>() as u16,
        };
        // SAFETY: the caller's promise: at least the header is there, whose size says how much more.
        unsafe { header::check(pRasUpdateConnection.cast(), known) }?;
        // SAFETY: the header says that the whole record is there.
        let update = unsafe { Out::new(pRasUpdateConnection, ERROR_INVALID_PARAMETER) }?.get();
        let address = |units: &[u16]| wide::given(units)?.parse().map_err(|_| ERROR_INVALID_PARAMETER);
        let local: IpAddr = address(&update.wszLocalEndpointAddress)?;
        let remote: IpAddr = address(&update.wszRemoteEndpointAddress)?;
        let mut state = call.state();
        let connection = state.connection_mut(Handle::of(hRasConnection))?;
        if connection.tunnel != Tunnel::Ikev2 {
            return Err(ERROR_NOT_SUPPORTED);
        }
        (connection.local_endpoint, connection.endpoint) = (local, remote);
        connection.moves += 1;
        Ok(())
    })
}

const SEND_MESSAGE: Function = Function::admin("MprAdminSendUserMessage").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminSendUserMessage(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hConnection: sys::HANDLE,
    lpwszMessage: sys::LPWSTR,
) -> sys::DWORD {
    on_router(&SEND_MESSAGE, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let message = unsafe { text(lpwszMessage) }?.ok_or(ERROR_INVALID_PARAMETER)?;
        let mut state = call.state();
        state.connection_mut(Handle::of(hConnection))?.messages.push(message);
        Ok(())
    })
}
