//! Interfaces.

use mprapi_sys as sys;

use super::binding::Binding;
use super::call::{Page, Written, on_server};
use super::ledger::HandedOut;
use super::out::{Out, handle, number, text};
use crate::dimsvc::{
    CustomInfoEx, CustomInfoEx1, InterfaceConnectRequest, InterfaceCreateRequest, InterfaceDeleteRequest,
    InterfaceDisconnectRequest, InterfaceEnumRequest, InterfaceGetCustomInfoExRequest,
    InterfaceGetHandleRequest, InterfaceGetInfoRequest, InterfaceQueryUpdateResultRequest,
    InterfaceSetCustomInfoExRequest, InterfaceSetInfoRequest, InterfaceUpdatePhonebookInfoRequest,
    InterfaceUpdateRoutesRequest,
};
use crate::ndr::{Counted, WideString};
use crate::record::pointed::{Pieces, custom};
use crate::record::twin::Twin;

/// `RPC_X_NULL_REF_POINTER`: a parameter that the protocol cannot leave out is null.
const NULL_REF_POINTER: u32 = 1780;

pub(super) unsafe extern "system" fn MprAdminInterfaceGetHandle(
    hMprServer: sys::MPR_SERVER_HANDLE,
    lpwsInterfaceName: sys::LPWSTR,
    phInterface: *mut sys::HANDLE,
    fIncludeClientInterfaces: sys::BOOL,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let place = unsafe { Out::optional(phInterface) }.ok_or(NULL_REF_POINTER)?;
        // SAFETY: as above.
        let units = unsafe { text(lpwsInterfaceName) }?.ok_or(NULL_REF_POINTER)?;
        let request = InterfaceGetHandleRequest {
            name: WideString { units },
            interface: 0,
            include_clients: fIncludeClientInterfaces.twin(),
        };
        place.set(handle(server.ask(&request)?.interface));
        Ok(())
    })
}

impl Binding {
    /// Writes a caller's record of a level; one of a level that is not known is left out, so that the server refuses.
    ///
    /// # Errors
    /// As [`Binding::written`].
    ///
    /// # Safety
    /// As [`Binding::written`].
    unsafe fn interface(&self, level: u32, record: sys::LPBYTE) -> Result<Written, u32> {
        match level {
            // SAFETY: promised by the caller.
            0 => unsafe { self.written::<sys::MPR_INTERFACE_0>(record) },
            // SAFETY: as above.
            1 => unsafe { self.written::<sys::MPR_INTERFACE_1>(record) },
            // SAFETY: as above.
            2 => unsafe { self.written::<sys::MPR_INTERFACE_2>(record) },
            // SAFETY: as above.
            3 => unsafe { self.written::<sys::MPR_INTERFACE_3>(record) },
            _ => Ok(Written::NULL),
        }
    }
}

pub(super) unsafe extern "system" fn MprAdminInterfaceCreate(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
    phInterface: *mut sys::HANDLE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let place = unsafe { Out::new(phInterface) }?;
        let write = || {
            // SAFETY: as above.
            unsafe { server.interface(dwLevel, lpbBuffer) }
        };
        let request = |info| InterfaceCreateRequest { level: dwLevel, info, interface: 0 };
        let answer = server.put(write, request)?;
        place.set(handle(answer.interface));
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceGetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer) }?;
        let interface = number(hInterface)?;
        let request = InterfaceGetInfoRequest { level: dwLevel, info: Counted::NULL, interface };
        let (answer, session) = server.ask_session(&request)?;
        let info = &answer.info;
        buffer.set(match dwLevel {
            0 => server.records::<sys::MPR_INTERFACE_0>(info, 1, session)?,
            1 => server.records::<sys::MPR_INTERFACE_1>(info, 1, session)?,
            2 => server.records::<sys::MPR_INTERFACE_2>(info, 1, session)?,
            3 => server.records::<sys::MPR_INTERFACE_3>(info, 1, session)?,
            _ => return Err(sys::ERROR_INVALID_LEVEL),
        });
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        let interface = number(hInterface)?;
        let write = || {
            // SAFETY: the caller's promise, as the function's page asks.
            unsafe { server.interface(dwLevel, lpbBuffer) }
        };
        server.put(write, |info| InterfaceSetInfoRequest { level: dwLevel, info, interface }).map(drop)
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceDelete(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
) -> sys::DWORD {
    on_server(hMprServer, |server| server.tell(&InterfaceDeleteRequest { interface: number(hInterface)? }))
}

pub(super) unsafe extern "system" fn MprAdminInterfaceEnum(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
    dwPrefMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe { Page::new(lplpbBuffer, lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle) }?;
        let request = InterfaceEnumRequest {
            level: dwLevel,
            info: Counted::NULL,
            preferred_length: dwPrefMaxLen,
            resume: page.resume(),
        };
        let (answer, session) = server.page(&request)?;
        let buffer = match dwLevel {
            0 => server.records::<sys::MPR_INTERFACE_0>(&answer.info, answer.entries_read, session)?,
            _ => return Err(sys::ERROR_INVALID_LEVEL),
        };
        page.set(answer.code, buffer, answer.entries_read, answer.total_entries, answer.resume)
    })
}

/// An event does not leave the machine, so one is not supported.
pub(super) unsafe extern "system" fn MprAdminInterfaceConnect(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    hEvent: sys::HANDLE,
    fSynchronous: sys::BOOL,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        if !hEvent.is_null() {
            return Err(sys::ERROR_NOT_SUPPORTED);
        }
        server.tell(&InterfaceConnectRequest {
            interface: number(hInterface)?,
            event: 0,
            blocking: fSynchronous.twin(),
            process: std::process::id(),
        })
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceDisconnect(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        server.tell(&InterfaceDisconnectRequest { interface: number(hInterface)? })
    })
}

/// An event does not leave the machine, so one is not supported.
pub(super) unsafe extern "system" fn MprAdminInterfaceUpdateRoutes(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwProtocolId: sys::DWORD,
    hEvent: sys::HANDLE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        if !hEvent.is_null() {
            return Err(sys::ERROR_NOT_SUPPORTED);
        }
        server.tell(&InterfaceUpdateRoutesRequest {
            interface: number(hInterface)?,
            transport: dwProtocolId,
            event: 0,
            process: std::process::id(),
        })
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceQueryUpdateResult(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwProtocolId: sys::DWORD,
    lpdwUpdateResult: sys::LPDWORD,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let place = unsafe { Out::new(lpdwUpdateResult) }?;
        let interface = number(hInterface)?;
        let request = InterfaceQueryUpdateResultRequest { interface, transport: dwProtocolId };
        place.set(server.ask(&request)?.update_result);
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceUpdatePhonebookInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        server.tell(&InterfaceUpdatePhonebookInfoRequest { interface: number(hInterface)? })
    })
}

/// A revision of the custom settings that the protocol has.
#[derive(Clone, Copy)]
enum Revision {
    One,
    Two,
}

impl Revision {
    /// Reads a caller's header.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for null and for a size that is too small; `ERROR_NOT_SUPPORTED` for a revision that the
    /// protocol does not have.
    ///
    /// # Safety
    /// The pointer must be null or that of a header.
    unsafe fn of(
        pointer: *mut sys::MPR_IF_CUSTOMINFOEX2,
    ) -> Result<(Revision, sys::MPRAPI_OBJECT_HEADER), u32> {
        // SAFETY: promised by the caller.
        let header = unsafe { Out::new(pointer.cast::<sys::MPRAPI_OBJECT_HEADER>()) }?.get();
        let (revision, size) = match header.revision {
            1 => (Revision::One, size_of::<sys::MPR_IF_CUSTOMINFOEX0>()),
            2 => (Revision::Two, size_of::<sys::MPR_IF_CUSTOMINFOEX1>()),
            3 => return Err(sys::ERROR_NOT_SUPPORTED),
            _ => return Err(sys::ERROR_INVALID_PARAMETER),
        };
        if usize::from(header.size) >= size {
            Ok((revision, header))
        } else {
            Err(sys::ERROR_INVALID_PARAMETER)
        }
    }

    /// Makes the message of a revision.
    fn message(self, info: CustomInfoEx1) -> CustomInfoEx {
        match self {
            Revision::Two => CustomInfoEx::Revision2(Box::new(info)),
            Revision::One => CustomInfoEx::Revision1(Box::new(info.oldest())),
        }
    }
}

/// Every piece that the record then points to is a buffer of its own.
pub(super) unsafe extern "system" fn MprAdminInterfaceGetCustomInfoEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    pCustomInfo: *mut sys::MPR_IF_CUSTOMINFOEX2,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise: at least the header is there, whose size says how much more.
        let (revision, header) = unsafe { Revision::of(pCustomInfo) }?;
        let empty = CustomInfoEx1 { header: header.twin(), ..Default::default() };
        let request = InterfaceGetCustomInfoExRequest {
            interface: number(hInterface)?,
            config: revision.message(empty),
        };
        let info = server.ask(&request)?.config.newest();
        let record = custom(&info, &mut HandedOut);
        match revision {
            Revision::One => {
                let config = &record.customIkev2Config;
                let record = sys::MPR_IF_CUSTOMINFOEX0 {
                    Header: header,
                    dwFlags: record.dwFlags,
                    customIkev2Config: sys::ROUTER_IKEv2_IF_CUSTOM_CONFIG0 {
                        dwSaLifeTime: config.dwSaLifeTime,
                        dwSaDataSize: config.dwSaDataSize,
                        certificateName: config.certificateName,
                        customPolicy: config.customPolicy,
                    },
                };
                // SAFETY: the header says that the whole record is there.
                unsafe { Out::new(pCustomInfo.cast::<sys::MPR_IF_CUSTOMINFOEX0>()) }?.set(record);
            }
            Revision::Two => {
                let config = &record.customIkev2Config;
                let record = sys::MPR_IF_CUSTOMINFOEX1 {
                    Header: header,
                    dwFlags: record.dwFlags,
                    customIkev2Config: sys::ROUTER_IKEv2_IF_CUSTOM_CONFIG1 {
                        dwSaLifeTime: config.dwSaLifeTime,
                        dwSaDataSize: config.dwSaDataSize,
                        certificateName: config.certificateName,
                        customPolicy: config.customPolicy,
                        certificateHash: config.certificateHash,
                    },
                };
                // SAFETY: the header says that the whole record is there.
                unsafe { Out::new(pCustomInfo.cast::<sys::MPR_IF_CUSTOMINFOEX1>()) }?.set(record);
            }
        }
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceSetCustomInfoEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    pCustomInfo: *mut sys::MPR_IF_CUSTOMINFOEX2,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise: at least the header is there, whose size says how much more.
        let (revision, _) = unsafe { Revision::of(pCustomInfo) }?;
        let mut record = sys::MPR_IF_CUSTOMINFOEX2::default();
        match revision {
            Revision::One => {
                // SAFETY: the header says that the whole record is there.
                let given = unsafe { Out::new(pCustomInfo.cast::<sys::MPR_IF_CUSTOMINFOEX0>()) }?.get();
                (record.Header, record.dwFlags) = (given.Header, given.dwFlags);
                let (config, given) = (&mut record.customIkev2Config, &given.customIkev2Config);
                (config.dwSaLifeTime, config.dwSaDataSize) = (given.dwSaLifeTime, given.dwSaDataSize);
                (config.certificateName, config.customPolicy) = (given.certificateName, given.customPolicy);
            }
            Revision::Two => {
                // SAFETY: the header says that the whole record is there.
                let given = unsafe { Out::new(pCustomInfo.cast::<sys::MPR_IF_CUSTOMINFOEX1>()) }?.get();
                (record.Header, record.dwFlags) = (given.Header, given.dwFlags);
                let (config, given) = (&mut record.customIkev2Config, &given.customIkev2Config);
                (config.dwSaLifeTime, config.dwSaDataSize) = (given.dwSaLifeTime, given.dwSaDataSize);
                (config.certificateName, config.customPolicy) = (given.certificateName, given.customPolicy);
                config.certificateHash = given.certificateHash;
            }
        }
        // SAFETY: the caller's promise, as the function's page asks. What it points to stays the caller's.
        let info = unsafe { Pieces::default().custom(&record) };
        let config = revision.message(info);
        server.tell(&InterfaceSetCustomInfoExRequest { interface: number(hInterface)?, config })
    })
}
