//! The server: handles to it, and its settings.

use mprapi_sys as sys;

use super::binding::{self, Binding};
use super::call::{Written, guard, on_server};
use super::ledger::{self, Family, HandedOut};
use super::out::{Out, text};
use super::wire::{Network, Purpose};
use crate::dimsvc::{
    ServerEx, ServerEx3, ServerGetInfoExRequest, ServerGetInfoRequest, ServerSetConfigEx, ServerSetConfigEx3,
    ServerSetInfoExRequest, ServerSetInfoRequest,
};
use crate::record::pointed::{Pieces, tunnels};
use crate::record::twin::Twin;

/// Opens a handle for a purpose.
///
/// # Safety
/// The name must be null or a terminated text, and `handle` null or valid for writes.
unsafe fn open<N: Network>(
    name: sys::LPWSTR,
    handle: *mut sys::HANDLE,
    purpose: Purpose,
    null: u32,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: promised by the caller.
        let handle = unsafe { Out::optional(handle) }.ok_or(null)?;
        handle.set(std::ptr::null_mut());
        // SAFETY: promised by the caller.
        let name = unsafe { text(name) }?;
        let transport = N::connect(name.as_deref(), purpose)?;
        handle.set(binding::open(Binding::new(transport, purpose)));
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminServerConnect<N: Network>(
    lpwsServerName: sys::LPWSTR,
    phMprServer: *mut sys::MPR_SERVER_HANDLE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { open::<N>(lpwsServerName, phMprServer, Purpose::Administration, sys::RPC_S_INVALID_BINDING) }
}

pub(super) unsafe extern "system" fn MprAdminServerDisconnect(hMprServer: sys::MPR_SERVER_HANDLE) {
    guard(|| {
        binding::close(hMprServer, Purpose::Administration);
        Ok(())
    });
}

pub(super) unsafe extern "system" fn MprAdminMIBServerConnect<N: Network>(
    lpwsServerName: sys::LPWSTR,
    phMibServer: *mut sys::MIB_SERVER_HANDLE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { open::<N>(lpwsServerName, phMibServer, Purpose::Variables, sys::ERROR_INVALID_PARAMETER) }
}

pub(super) unsafe extern "system" fn MprAdminMIBServerDisconnect(hMibServer: sys::MIB_SERVER_HANDLE) {
    guard(|| {
        binding::close(hMibServer, Purpose::Variables);
        Ok(())
    });
}

pub(super) unsafe extern "system" fn MprAdminBufferFree(pBuffer: sys::LPVOID) -> sys::DWORD {
    guard(|| ledger::free(pBuffer.cast(), Family::Admin))
}

pub(super) unsafe extern "system" fn MprAdminServerGetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer) }?;
        let (answer, session) = server.ask_session(&ServerGetInfoRequest { level: dwLevel })?;
        let info = &answer.info;
        buffer.set(match dwLevel {
            0 => server.records::<sys::MPR_SERVER_0>(info, 1, session)?,
            1 => server.records::<sys::MPR_SERVER_1>(info, 1, session)?,
            2 => server.records::<sys::MPR_SERVER_2>(info, 1, session)?,
            _ => return Err(sys::ERROR_INVALID_LEVEL),
        });
        Ok(())
    })
}

pub(super) unsafe extern "system" fn MprAdminServerSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        let write = || match dwLevel {
            // SAFETY: the caller's promise, as the function's page asks.
            1 => unsafe { server.written::<sys::MPR_SERVER_1>(lpbBuffer) },
            // SAFETY: as above.
            2 => unsafe { server.written::<sys::MPR_SERVER_2>(lpbBuffer) },
            _ => Ok(Written::NULL),
        };
        server.put(write, |info| ServerSetInfoRequest { level: dwLevel, info }).map(drop)
    })
}

/// A layout of the server's `Ex` records. Both travel as the protocol's revision 3, the newest that it has.
#[derive(Clone, Copy)]
enum Layout {
    WithoutGre,
    WithGre,
}

impl Layout {
    /// Reads a caller's header: the size of its record chooses the layout.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for null, for a size that is too small and for a revision that does not exist.
    ///
    /// # Safety
    /// The pointer must be null or that of a header.
    unsafe fn of(
        pointer: *mut sys::MPRAPI_OBJECT_HEADER,
        [without, with]: [usize; 2],
    ) -> Result<(Layout, sys::MPRAPI_OBJECT_HEADER), u32> {
        // SAFETY: promised by the caller.
        let header = unsafe { Out::new(pointer) }?.get();
        let size = usize::from(header.size);
        match header.revision {
            1..=5 if size >= with => Ok((Layout::WithGre, header)),
            1..=5 if size >= without => Ok((Layout::WithoutGre, header)),
            _ => Err(sys::ERROR_INVALID_PARAMETER),
        }
    }
}

/// Returns a header as it travels.
fn sent(header: sys::MPRAPI_OBJECT_HEADER) -> sys::MPRAPI_OBJECT_HEADER {
    sys::MPRAPI_OBJECT_HEADER { revision: 3, ..header }
}

/// Ports of GRE and the lifetimes of main mode do not travel: they are zero.
pub(super) unsafe extern "system" fn MprAdminServerGetInfoEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    pServerInfo: *mut sys::MPR_SERVER_EX1,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        let sizes = [size_of::<sys::MPR_SERVER_EX0>(), size_of::<sys::MPR_SERVER_EX1>()];
        // SAFETY: the caller's promise: at least the header is there, whose size says how much more.
        let (layout, header) = unsafe { Layout::of(pServerInfo.cast(), sizes) }?;
        let empty = ServerEx3 { header: sent(header).twin(), ..Default::default() };
        let request = ServerGetInfoExRequest { config: ServerEx::Revision3(Box::new(empty)) };
        let ServerEx::Revision3(answer) = server.ask(&request)?.config else {
            return Err(sys::ERROR_INVALID_DATA);
        };
        let config = tunnels(&answer.config, &mut HandedOut);
        let record = sys::MPR_SERVER_EX1 {
            Header: header,
            fLanOnlyMode: answer.is_lan_only,
            dwUpTime: answer.up_time,
            dwTotalPorts: answer.total_ports,
            dwPortsInUse: answer.ports_in_use,
            Reserved: answer.reserved,
            ConfigParams: config,
        };
        match layout {
            Layout::WithGre => {
                // SAFETY: the header says that the whole record is there.
                unsafe { Out::new(pServerInfo) }?.set(record);
            }
            Layout::WithoutGre => {
                let record = sys::MPR_SERVER_EX0 {
                    Header: header,
                    fLanOnlyMode: record.fLanOnlyMode,
                    dwUpTime: record.dwUpTime,
                    dwTotalPorts: record.dwTotalPorts,
                    dwPortsInUse: record.dwPortsInUse,
                    Reserved: record.Reserved,
                    ConfigParams: sys::MPRAPI_TUNNEL_CONFIG_PARAMS0 {
                        IkeConfigParams: config.IkeConfigParams,
                        PptpConfigParams: config.PptpConfigParams,
                        L2tpConfigParams: config.L2tpConfigParams,
                        SstpConfigParams: config.SstpConfigParams,
                    },
                };
                // SAFETY: the header says that the whole record is there.
                unsafe { Out::new(pServerInfo.cast::<sys::MPR_SERVER_EX0>()) }?.set(record);
            }
        }
        Ok(())
    })
}

/// Ports of GRE are not supported. The lifetimes of main mode do not travel: the server leaves them as they are.
pub(super) unsafe extern "system" fn MprAdminServerSetInfoEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    pServerInfo: *mut sys::MPR_SERVER_SET_CONFIG_EX1,
) -> sys::DWORD {
    on_server(hMprServer, |server| {
        let sizes =
            [size_of::<sys::MPR_SERVER_SET_CONFIG_EX0>(), size_of::<sys::MPR_SERVER_SET_CONFIG_EX1>()];
        // SAFETY: the caller's promise: at least the header is there, whose size says how much more.
        let (layout, header) = unsafe { Layout::of(pServerInfo.cast(), sizes) }?;
        let (protocols, params) = match layout {
            Layout::WithGre => {
                // SAFETY: the header says that the whole record is there.
                let record = unsafe { Out::new(pServerInfo) }?.get();
                if record.setConfigForProtocols & sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE != 0 {
                    return Err(sys::ERROR_NOT_SUPPORTED);
                }
                (record.setConfigForProtocols, record.ConfigParams)
            }
            Layout::WithoutGre => {
                // SAFETY: as above.
                let record = unsafe { Out::new(pServerInfo.cast::<sys::MPR_SERVER_SET_CONFIG_EX0>()) }?.get();
                let params = sys::MPRAPI_TUNNEL_CONFIG_PARAMS1 {
                    IkeConfigParams: record.ConfigParams.IkeConfigParams,
                    PptpConfigParams: record.ConfigParams.PptpConfigParams,
                    L2tpConfigParams: record.ConfigParams.L2tpConfigParams,
                    SstpConfigParams: record.ConfigParams.SstpConfigParams,
                    ..Default::default()
                };
                (record.setConfigForProtocols & !sys::MPRAPI_SET_CONFIG_PROTOCOL_FOR_GRE, params)
            }
        };
        // SAFETY: the caller's promise, as the function's page asks. What it points to stays the caller's.
        let config = unsafe { Pieces::default().tunnels(&params) };
        let set = ServerSetConfigEx3 { header: sent(header).twin(), protocols, config };
        server.tell(&ServerSetInfoExRequest { config: ServerSetConfigEx::Revision3(Box::new(set)) })
    })
}
