//! Connections.

use mprapi_sys as sys;

use super::call::{Page, on_server};
use super::ledger::{Family, hand_out_items};
use super::out::{Out, number, text};
use crate::dimsvc::{
    ConnectionClearStatsRequest, ConnectionEnumExRequest, ConnectionEnumRequest, ConnectionEx,
    ConnectionGetInfoExRequest, ConnectionGetInfoRequest, ConnectionRemoveQuarantineRequest, ObjectHeader,
    Projection1, SendUserMessageRequest, UpdateConnection, UpdateConnectionRequest,
};
use crate::ndr::{Counted, WideString};
use crate::record::twin::Twin;

pub(super) unsafe extern "system" fn MprAdminConnectionEnum(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
    dwPrefMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_server(hRasServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe { Page::new(lplpbBuffer, lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle) }?;
        let request = ConnectionEnumRequest {
            level: dwLevel,
            info: Counted::NULL,
            preferred_length: dwPrefMaxLen,
            resume: page.resume(),
        };
        let (answer, session) = server.page(&request)?;
        let (info, read) = (&answer.info, answer.entries_read);
        let buffer = match dwLevel {
            0 => server.records::<sys::RAS_CONNECTION_0>(info, read, session)?,
            1 => server.records::<sys::RAS_CONNECTION_1>(info, read, session)?,
            2 => server.records::<sys::RAS_CONNECTION_2>(info, read, session)?,
            3 => server.records::<sys::RAS_CONNECTION_3>(info, read, session)?,
            4 => server.records::<sys::RAS_CONNECTION_4>(info, read, session)?,
            _ => return Err(sys::ERROR_INVALID_LEVEL),
        };
        page.set(answer.code, buffer, read, answer.total_entries, answer.resume)
    })
}

pub(super) unsafe extern "system" fn MprAdminConnectionGetInfo(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    hConnection: sys::HANDLE,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_server(hRasServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer) }?;
        let request = ConnectionGetInfoRequest { level: dwLevel, connection: number(hConnection)? };
        let (answer, session) = server.ask_session(&request)?;
        let info = &answer.info;
        buffer.set(match dwLevel {
            0 => server.records::<sys::RAS_CONNECTION_0>(info, 1, session)?,
            1 => server.records::<sys::RAS_CONNECTION_1>(info, 1, session)?,
            2 => server.records::<sys::RAS_CONNECTION_2>(info, 1, session)?,
            3 => server.records::<sys::RAS_CONNECTION_3>(info, 1, session)?,
            4 => server.records::<sys::RAS_CONNECTION_4>(info, 1, session)?,
            _ => return Err(sys::ERROR_INVALID_LEVEL),
        });
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminConnectionClearStats(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hConnection: sys::HANDLE,
) -> sys::DWORD {
    on_server(hRasServer, |server| {
        server.tell(&ConnectionClearStatsRequest { connection: number(hConnection)? })
    })
}

/// The connection is a handle or, as a number, an IPv4 address.
pub(super) unsafe extern "system" fn MprAdminConnectionRemoveQuarantine(
    hRasServer: sys::HANDLE,
    hRasConnection: sys::HANDLE,
    fIsIpAddress: sys::BOOL,
) -> sys::DWORD {
    on_server(hRasServer, |server| {
        let connection = number(hRasConnection)?;
        server.tell(&ConnectionRemoveQuarantineRequest { connection, is_address: fIsIpAddress.twin() })
    })
}

pub(super) unsafe extern "system" fn MprAdminSendUserMessage(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hConnection: sys::HANDLE,
    lpwszMessage: sys::LPWSTR,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let units = unsafe { text(lpwszMessage) }?.ok_or(sys::ERROR_INVALID_PARAMETER)?;
        let message = WideString { units };
        server.tell(&SendUserMessageRequest { connection: number(hConnection)?, message })
    })
}

/// Reads a caller's header, which says that a record of this type is there.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for null, and for a size that is too small.
///
/// # Safety
/// The pointer must be null or that of a header.
unsafe fn header<R>(pointer: *mut sys::MPRAPI_OBJECT_HEADER) -> Result<ObjectHeader, u32> {
    // SAFETY: promised by the caller.
    let header = unsafe { Out::new(pointer) }?.get();
    if usize::from(header.size) >= size_of::<R>() {
        Ok(header.twin())
    } else {
        Err(sys::ERROR_INVALID_PARAMETER)
    }
}

/// Returns the record of a connection. Its header has the size of this process.
///
/// # Errors
/// `ERROR_INVALID_DATA` for a text without a zero, behind which programs in C would read on.
fn record(connection: &ConnectionEx) -> Result<sys::RAS_CONNECTION_EX, u32> {
    let ConnectionEx::Revision1(connection) = connection;
    let (address, remote) = match &connection.projection {
        Projection1::Ppp(ppp) => (&ppp.address, &ppp.remote_address),
        Projection1::Ikev2(ikev2) => (&ikev2.address, &ikev2.remote_address),
    };
    let texts = [
        &connection.interface_name[..],
        &connection.user_name,
        &connection.logon_domain,
        &connection.remote_computer,
        &connection.remote_endpoint,
        &connection.local_endpoint,
        address,
        remote,
    ];
    if texts.iter().any(|text| !text.contains(&0)) {
        return Err(sys::ERROR_INVALID_DATA);
    }
    let mut record: sys::RAS_CONNECTION_EX = (**connection).twin();
    record.Header.size = size_of::<sys::RAS_CONNECTION_EX>() as u16;
    Ok(record)
}

pub(super) unsafe extern "system" fn MprAdminConnectionEnumEx(
    hRasServer: sys::RAS_SERVER_HANDLE,
    pObjectHeader: sys::PMPRAPI_OBJECT_HEADER,
    dwPreferedMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    ppRasConn: *mut sys::PRAS_CONNECTION_EX,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_server(hRasServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let header = unsafe { header::<sys::RAS_CONNECTION_EX>(pObjectHeader) }?;
        // SAFETY: as above.
        let page =
            unsafe { Page::new(ppRasConn.cast(), lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle) }?;
        let request =
            ConnectionEnumExRequest { header, preferred_length: dwPreferedMaxLen, resume: page.resume() };
        let (answer, _) = server.page(&request)?;
        let connections = &answer.page.connections;
        if connections.is_null() && connections.count() != 0 {
            return Err(sys::ERROR_INVALID_DATA);
        }
        let records: Vec<_> = connections.elements().iter().map(record).collect::<Result<_, _>>()?;
        let buffer = hand_out_items(&records, Family::Admin).cast();
        page.set(answer.code, buffer, connections.count(), answer.page.total, answer.resume)
    })
}

pub(super) unsafe extern "system" fn MprAdminConnectionGetInfoEx(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hConnection: sys::HANDLE,
    pRasConnection: sys::PRAS_CONNECTION_EX,
) -> sys::DWORD {
    on_server(hRasServer, |server| {
        // SAFETY: the caller's promise: at least the header is there, whose size says how much more.
        let header = unsafe { header::<sys::RAS_CONNECTION_EX>(pRasConnection.cast()) }?;
        // SAFETY: the header says that the whole record is there.
        let place = unsafe { Out::new(pRasConnection) }?;
        let answer = server.ask(&ConnectionGetInfoExRequest { connection: number(hConnection)?, header })?;
        place.set(record(&answer.info)?);
        Ok(())
    })
}

/// Moves the client's end of a tunnel. The message has no room for the server's end, which stays where it is.
pub(super) unsafe extern "system" fn MprAdminUpdateConnection(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hRasConnection: sys::HANDLE,
    pRasUpdateConnection: *mut sys::RAS_UPDATE_CONNECTION,
) -> sys::DWORD {
    on_server(hRasServer, |server| {
        // SAFETY: the caller's promise: at least the header is there, whose size says how much more.
        unsafe { header::<sys::RAS_UPDATE_CONNECTION>(pRasUpdateConnection.cast()) }?;
        // SAFETY: the header says that the whole record is there.
        let record = unsafe { Out::new(pRasUpdateConnection) }?.get();
        let update = UpdateConnection::Revision1(Box::new(record.twin()));
        server.tell(&UpdateConnectionRequest { connection: number(hRasConnection)?, update })
    })
}
