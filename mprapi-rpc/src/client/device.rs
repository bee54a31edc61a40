//! Devices.

use mprapi_sys as sys;

use super::call::{Written, on_server};
use super::out::{Out, number};
use crate::dimsvc::{DeviceEnumRequest, InterfaceDeviceGetInfoRequest, InterfaceDeviceSetInfoRequest};
use crate::ndr::Counted;

pub(super) unsafe extern "system" fn MprAdminDeviceEnum(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
    lpdwTotalEntries: sys::LPDWORD,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer) }?;
        // SAFETY: as above.
        let total = unsafe { Out::new(lpdwTotalEntries) }?;
        let request = DeviceEnumRequest { level: dwLevel, info: Counted::NULL, total_entries: 0 };
        let (answer, session) = server.ask_session(&request)?;
        buffer.set(match dwLevel {
            0 => server.records::<sys::MPR_DEVICE_0>(&answer.info, answer.total_entries, session)?,
            _ => return Err(sys::ERROR_INVALID_LEVEL),
        });
        total.set(answer.total_entries);
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceDeviceGetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwIndex: sys::DWORD,
    dwLevel: sys::DWORD,
    lplpBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpBuffer) }?;
        let request = InterfaceDeviceGetInfoRequest {
            level: dwLevel,
            info: Counted::NULL,
            index: dwIndex,
            interface: number(hInterface)?,
        };
        let (answer, session) = server.ask_session(&request)?;
        let info = &answer.info;
        buffer.set(match dwLevel {
            0 => server.records::<sys::MPR_DEVICE_0>(info, 1, session)?,
            1 => server.records::<sys::MPR_DEVICE_1>(info, 1, session)?,
            _ => return Err(sys::ERROR_INVALID_LEVEL),
        });
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceDeviceSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwIndex: sys::DWORD,
    dwLevel: sys::DWORD,
    lplpBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        let interface = number(hInterface)?;
        let write = || match dwLevel {
            // SAFETY: the caller's promise, as the function's page asks.
            0 => unsafe { server.written::<sys::MPR_DEVICE_0>(lplpBuffer) },
            // SAFETY: as above.
            1 => unsafe { server.written::<sys::MPR_DEVICE_1>(lplpBuffer) },
            _ => Ok(Written::NULL),
        };
        let request =
            |info| InterfaceDeviceSetInfoRequest { level: dwLevel, info, index: dwIndex, interface };
        server.put(write, request).map(drop)
    })
}
