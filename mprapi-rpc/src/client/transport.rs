//! Transports: those of the server, and those of an interface.

use mprapi_sys as sys;

use super::call::on_server;
use super::ledger::{Family, hand_out_bytes};
use super::out::{Out, number, text};
use crate::dimsvc::{
    InterfaceContainer, InterfaceTransportAddRequest, InterfaceTransportGetInfoRequest,
    InterfaceTransportRemoveRequest, InterfaceTransportSetInfoRequest, TransportCreateRequest,
    TransportGetGlobalInfoRequest, TransportSetGlobalInfoRequest,
};
use crate::ndr::{Counted, WideString};
use crate::record::memory::counted;

/// A caller's places for a block of settings and its size. Either may be missing.
struct Place {
    info: Option<Out<sys::LPBYTE>>,
    size: Option<Out<u32>>,
}

impl Place {
    /// # Safety
    /// The pointers must be null or valid for writes.
    unsafe fn new(info: *mut sys::LPBYTE, size: sys::LPDWORD) -> Place {
        // SAFETY: promised by the caller.
        let info = unsafe { Out::optional(info) };
        // SAFETY: as above.
        Place { info, size: unsafe { Out::optional(size) } }
    }

    /// Returns the number that asks the server for the block.
    fn is_asked(&self) -> u32 {
        u32::from(self.info.is_some() || self.size.is_some())
    }

    fn set(&self, block: &Counted<u8>) {
        if let Some(info) = &self.info {
            info.set(hand_out_bytes(block.elements(), Family::Admin));
        }
        if let Some(size) = &self.size {
            // A size without a block would have the caller read where nothing is.
            size.set(block.elements().len() as u32);
        }
    }
}

pub(super) unsafe extern "system" fn MprAdminTransportCreate(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwTransportId: sys::DWORD,
    lpwsTransportName: sys::LPWSTR,
    pGlobalInfo: sys::LPBYTE,
    dwGlobalInfoSize: sys::DWORD,
    pClientInterfaceInfo: sys::LPBYTE,
    dwClientInterfaceInfoSize: sys::DWORD,
    lpwsDLLPath: sys::LPWSTR,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let name = unsafe { text(lpwsTransportName) }?.unwrap_or_default();
        // SAFETY: as above.
        let library = unsafe { text(lpwsDLLPath) }?.unwrap_or_default();
        // SAFETY: as above.
        let global = unsafe { counted(pGlobalInfo, dwGlobalInfoSize) };
        // SAFETY: as above.
        let interface = unsafe { counted(pClientInterfaceInfo, dwClientInterfaceInfoSize) };
        server.tell(&TransportCreateRequest {
            transport: dwTransportId,
            name: WideString { units: name },
            info: InterfaceContainer { global, interface, ..Default::default() },
            library: WideString { units: library },
        })
    })
}

pub(super) unsafe extern "system" fn MprAdminTransportSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwTransportId: sys::DWORD,
    pGlobalInfo: sys::LPBYTE,
    dwGlobalInfoSize: sys::DWORD,
    pClientInterfaceInfo: sys::LPBYTE,
    dwClientInterfaceInfoSize: sys::DWORD,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let global = unsafe { counted(pGlobalInfo, dwGlobalInfoSize) };
        // SAFETY: as above.
        let interface = unsafe { counted(pClientInterfaceInfo, dwClientInterfaceInfoSize) };
        let info = InterfaceContainer { global, interface, ..Default::default() };
        server.tell(&TransportSetGlobalInfoRequest { transport: dwTransportId, info })
    })
}

pub(super) unsafe extern "system" fn MprAdminTransportGetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwTransportId: sys::DWORD,
    ppGlobalInfo: *mut sys::LPBYTE,
    lpdwGlobalInfoSize: sys::LPDWORD,
    ppClientInterfaceInfo: *mut sys::LPBYTE,
    lpdwClientInterfaceInfoSize: sys::LPDWORD,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let global = unsafe { Place::new(ppGlobalInfo, lpdwGlobalInfoSize) };
        // SAFETY: as above.
        let client = unsafe { Place::new(ppClientInterfaceInfo, lpdwClientInterfaceInfoSize) };
        let info = InterfaceContainer {
            get_global: global.is_asked(),
            get_interface: client.is_asked(),
            ..Default::default()
        };
        let answer = server.ask(&TransportGetGlobalInfoRequest { transport: dwTransportId, info })?;
        global.set(&answer.info.global);
        client.set(&answer.info.interface);
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceTransportRemove(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        let interface = number(hInterface)?;
        server.tell(&InterfaceTransportRemoveRequest { interface, transport: dwTransportId })
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceTransportAdd(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
    pInterfaceInfo: sys::LPBYTE,
    dwInterfaceInfoSize: sys::DWORD,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let interface = unsafe { counted(pInterfaceInfo, dwInterfaceInfoSize) };
        let info = InterfaceContainer { interface, ..Default::default() };
        let interface = number(hInterface)?;
        server.tell(&InterfaceTransportAddRequest { interface, transport: dwTransportId, info })
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceTransportGetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
    ppInterfaceInfo: *mut sys::LPBYTE,
    lpdwpInterfaceInfoSize: sys::LPDWORD,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        unsafe { Out::new(ppInterfaceInfo) }?;
        // SAFETY: as above.
        let place = unsafe { Place::new(ppInterfaceInfo, lpdwpInterfaceInfoSize) };
        let info = InterfaceContainer { get_interface: 1, ..Default::default() };
        let interface = number(hInterface)?;
        let request = InterfaceTransportGetInfoRequest { interface, transport: dwTransportId, info };
        place.set(&server.ask(&request)?.info.interface);
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminInterfaceTransportSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwTransportId: sys::DWORD,
    pInterfaceInfo: sys::LPBYTE,
    dwInterfaceInfoSize: sys::DWORD,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let interface = unsafe { counted(pInterfaceInfo, dwInterfaceInfoSize) };
        let info = InterfaceContainer { interface, ..Default::default() };
        let interface = number(hInterface)?;
        server.tell(&InterfaceTransportSetInfoRequest { interface, transport: dwTransportId, info })
    })
}
