//! Listing and reading connections.

use std::time::Duration;

use mprapi_sys as sys;

use super::view::{View, connection_header};
use crate::api::call::{Call, Function, on_router};
use crate::api::header;
use crate::api::page::Page;
use crate::api::param::Out;
use crate::api::record::{Record, filled};
use crate::error_code::{
    Code, ERROR_INTERFACE_NOT_CONNECTED, ERROR_INVALID_LEVEL, ERROR_INVALID_PARAMETER, RPC_S_INVALID_BINDING,
};
use crate::router::connection::Connection;
use crate::router::handle::Handle;
use crate::router::state::State;
use crate::scenario::Windows;

impl State {
    fn view(&self, handle: Handle, wrong: Code) -> Result<View<'_>, Code> {
        let connection = self.connections.get(handle).ok_or(wrong)?;
        Ok(self.view_of(handle, connection, self.now()))
    }

    fn view_of<'a>(&'a self, handle: Handle, connection: &'a Connection, now: Duration) -> View<'a> {
        let interface = self.interfaces.get(connection.interface);
        View { handle, connection, interface, now, server: State::near_end_over(interface) }
    }

    /// Hands out a page of connections as the records that `fill` makes of them.
    fn hand_out_connections<R: Record>(
        &self,
        call: &Call,
        page: Page,
        fill: impl Fn(View<'_>, &mut R),
    ) -> Result<(), Code> {
        let now = self.now();
        page.hand_out_filled(call, self.connections.after(page.position()), |handle, connection, record| {
            fill(self.view_of(handle, connection, now), record);
        })
    }
}

const ENUM: Function = Function::admin("MprAdminConnectionEnum").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminConnectionEnum(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
    dwPrefMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&ENUM, hRasServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe {
            Page::new(lplpbBuffer, dwPrefMaxLen, lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle)
        }?;
        let state = call.state();
        match dwLevel {
            0 => state.hand_out_connections(call, page, |view, record| view.level_0(record)),
            1 => state.hand_out_connections(call, page, |view, record| view.level_1(record)),
            2 => state.hand_out_connections(call, page, |view, record| view.level_2(record)),
            3 if state.windows >= Windows::Server2008 => {
                state.hand_out_connections(call, page, |view, record| view.level_3(record))
            }
            4 if state.windows >= Windows::Server2012 => {
                state.hand_out_connections(call, page, |view, record| view.level_4(record))
            }
            _ => Err(ERROR_INVALID_LEVEL),
        }
    })
}

const ENUM_EX: Function = Function::admin("MprAdminConnectionEnumEx").needs_ddm().ex();

pub(crate) unsafe extern "system" fn MprAdminConnectionEnumEx(
    hRasServer: sys::RAS_SERVER_HANDLE,
    pObjectHeader: sys::PMPRAPI_OBJECT_HEADER,
    dwPreferedMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    ppRasConn: *mut sys::PRAS_CONNECTION_EX,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&ENUM_EX, hRasServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        unsafe { header::check(pObjectHeader, connection_header()) }?;
        // SAFETY: as above.
        let page = unsafe {
            Page::new(ppRasConn.cast(), dwPreferedMaxLen, lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle)
        }?;
        call.state().hand_out_connections(call, page, |view, record| view.ex(record))
    })
}

const GET_INFO: Function =
    Function::admin("MprAdminConnectionGetInfo").bad_server(ERROR_INVALID_PARAMETER, RPC_S_INVALID_BINDING);

pub(crate) unsafe extern "system" fn MprAdminConnectionGetInfo(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    hConnection: sys::HANDLE,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_router(&GET_INFO, hRasServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer, ERROR_INVALID_PARAMETER) }?;
        if hConnection.is_null() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let state = call.state();
        let view = state.view(Handle::of(hConnection), ERROR_INTERFACE_NOT_CONNECTED)?;
        buffer.set(match dwLevel {
            0 => call.hand_out(filled(|record| view.level_0(record)))?,
            1 => call.hand_out(filled(|record| view.level_1(record)))?,
            2 => call.hand_out(filled(|record| view.level_2(record)))?,
            3 if state.windows >= Windows::Server2008 => {
                call.hand_out(filled(|record| view.level_3(record)))?
            }
            _ => return Err(ERROR_INVALID_LEVEL),
        });
        Ok(())
    })
}

const GET_INFO_EX: Function = Function::admin("MprAdminConnectionGetInfoEx").needs_ddm().ex();

pub(crate) unsafe extern "system" fn MprAdminConnectionGetInfoEx(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hConnection: sys::HANDLE,
    pRasConnection: sys::PRAS_CONNECTION_EX,
) -> sys::DWORD {
    on_router(&GET_INFO_EX, hRasServer, |call| {
        // SAFETY: the caller's promise: at least the header is there, whose size says how much more.
        unsafe { header::check(pRasConnection.cast(), connection_header()) }?;
        // SAFETY: the header says that the whole record is there.
        let record = unsafe { Out::new(pRasConnection, ERROR_INVALID_PARAMETER) }?;
        let state = call.state();
        let view = state.view(Handle::of(hConnection), ERROR_INTERFACE_NOT_CONNECTED)?;
        record.set(filled(|record| view.ex(record)));
        Ok(())
    })
}
