//! Ports.

use mprapi_sys as sys;

use super::call::{Page, on_server};
use super::out::{Out, number};
use crate::dimsvc::{
    PortClearStatsRequest, PortDisconnectRequest, PortEnumRequest, PortGetInfoRequest, PortResetRequest,
};
use crate::ndr::Counted;

pub(super) unsafe extern "system" fn MprAdminPortEnum(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    hConnection: sys::HANDLE,
    lplpbBuffer: *mut sys::LPBYTE,
    dwPrefMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_server(hRasServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe { Page::new(lplpbBuffer, lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle) }?;
        let connection = match hConnection {
            sys::INVALID_HANDLE_VALUE => u32::MAX,
            handle => number(handle)?,
        };
        let request = PortEnumRequest {
            level: dwLevel,
            connection,
            info: Counted::NULL,
            preferred_length: dwPrefMaxLen,
            resume: page.resume(),
        };
        let (answer, session) = server.page(&request)?;
        let buffer = match dwLevel {
            0 => server.records::<sys::RAS_PORT_0>(&answer.info, answer.entries_read, session)?,
            _ => return Err(sys::ERROR_INVALID_LEVEL),
        };
        page.set(answer.code, buffer, answer.entries_read, answer.total_entries, answer.resume)
    })
}

pub(super) unsafe extern "system" fn MprAdminPortGetInfo(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    hPort: sys::HANDLE,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_server(hRasServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer) }?;
        let request = PortGetInfoRequest { level: dwLevel, port: number(hPort)? };
        let (answer, session) = server.ask_session(&request)?;
        buffer.set(match dwLevel {
            0 => server.records::<sys::RAS_PORT_0>(&answer.info, 1, session)?,
            1 => server.records::<sys::RAS_PORT_1>(&answer.info, 1, session)?,
            _ => return Err(sys::ERROR_INVALID_LEVEL),
        });
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminPortClearStats(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hPort: sys::HANDLE,
) -> sys::DWORD {
    on_server(hRasServer, |server| server.tell(&PortClearStatsRequest { port: number(hPort)? }))
}

pub(super) unsafe extern "system" fn MprAdminPortReset(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hPort: sys::HANDLE,
) -> sys::DWORD {
    on_server(hRasServer, |server| server.tell(&PortResetRequest { port: number(hPort)? }))
}

pub(super) unsafe extern "system" fn MprAdminPortDisconnect(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hPort: sys::HANDLE,
) -> sys::DWORD {
    on_server(hRasServer, |server| server.tell(&PortDisconnectRequest { port: number(hPort)? }))
}
