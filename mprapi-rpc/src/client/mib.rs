//! Management variables.

use mprapi_sys as sys;

use super::call::{guard, on_variables};
use super::ledger::{self, Family, hand_out_bytes};
use super::out::Out;
use crate::dimsvc::{
    MibEntryContainer, MibEntryCreateRequest, MibEntryDeleteRequest, MibEntryGetFirstRequest,
    MibEntryGetNextRequest, MibEntryGetRequest, MibEntrySetRequest, MibGetTrapInfoRequest,
};
use crate::ndr::Counted;
use crate::record::memory::counted;

/// Copies a caller's entry.
///
/// # Safety
/// The pointer must be null or valid for reads of so many bytes.
unsafe fn entry(pointer: sys::LPVOID, size: u32) -> MibEntryContainer {
    // SAFETY: promised by the caller.
    let entry_in = unsafe { counted(pointer.cast::<u8>(), size) };
    MibEntryContainer { entry_in, entry_out: Counted::NULL }
}

/// Defines the functions that make a change: `changes! { MprAdminMIBEntrySet MibEntrySetRequest; }` is
///
/// ```text
/// pub(super) unsafe extern "system" fn MprAdminMIBEntrySet(
///     hMibServer: MIB_SERVER_HANDLE,
///     dwProtocolId: DWORD,
///     dwRoutingPid: DWORD,
///     lpEntry: LPVOID,
///     dwEntrySize: DWORD,
/// ) -> DWORD {
///     on_variables(hMibServer, |server| {
///         // SAFETY: …
///         let entry = unsafe { entry(lpEntry, dwEntrySize) };
///         server.tell(&MibEntrySetRequest { protocol: dwProtocolId, routing_protocol: dwRoutingPid, entry })
///     })
/// }
/// ```
macro_rules! changes {
    ($($function:ident $request:ident;)+) => {
        $(
            pub(super) unsafe extern "system" fn $function(
                hMibServer: sys::MIB_SERVER_HANDLE,
                dwProtocolId: sys::DWORD,
                dwRoutingPid: sys::DWORD,
                lpEntry: sys::LPVOID,
                dwEntrySize: sys::DWORD,
            ) -> sys::DWORD {
                on_variables(hMibServer, |server| {
                    // SAFETY: the caller's promise, as the function's page asks.
                    let entry = unsafe { entry(lpEntry, dwEntrySize) };
                    server.tell(&$request { protocol: dwProtocolId, routing_protocol: dwRoutingPid, entry })
                })
            }
        )+
    };
}

changes! {
    MprAdminMIBEntryCreate MibEntryCreateRequest;
    MprAdminMIBEntryDelete MibEntryDeleteRequest;
    MprAdminMIBEntrySet MibEntrySetRequest;
}

/// Defines the functions that put a question: `questions! { MprAdminMIBEntryGet MibEntryGetRequest; }` is
///
/// ```text
/// pub(super) unsafe extern "system" fn MprAdminMIBEntryGet(
///     hMibServer: MIB_SERVER_HANDLE,
///     dwProtocolId: DWORD,
///     dwRoutingPid: DWORD,
///     lpInEntry: LPVOID,
///     dwInEntrySize: DWORD,
///     lplpOutEntry: *mut LPVOID,
///     lpOutEntrySize: LPDWORD,
/// ) -> DWORD {
///     on_variables(hMibServer, |server| {
///         // SAFETY: …
///         let entry = unsafe { entry(lpInEntry, dwInEntrySize) };
///         // … the places for the answer …
///         let request =
///             MibEntryGetRequest { protocol: dwProtocolId, routing_protocol: dwRoutingPid, entry };
///         let answer = server.ask(&request)?.entry.entry_out;
///         place.set(hand_out_bytes(answer.elements(), Family::Mib).cast());
///         size.set(answer.elements().len() as u32);
///         Ok(())
///     })
/// }
/// ```
macro_rules! questions {
    ($($function:ident $request:ident;)+) => {
        $(
            pub(super) unsafe extern "system" fn $function(
                hMibServer: sys::MIB_SERVER_HANDLE,
                dwProtocolId: sys::DWORD,
                dwRoutingPid: sys::DWORD,
                lpInEntry: sys::LPVOID,
                dwInEntrySize: sys::DWORD,
                lplpOutEntry: *mut sys::LPVOID,
                lpOutEntrySize: sys::LPDWORD,
            ) -> sys::DWORD {
                on_variables(hMibServer, |server| {
                    // SAFETY: the caller's promise, as the function's page asks.
                    let place = unsafe { Out::new(lplpOutEntry) }?;
                    // SAFETY: as above.
                    let size = unsafe { Out::new(lpOutEntrySize) }?;
                    // SAFETY: as above.
                    let entry = unsafe { entry(lpInEntry, dwInEntrySize) };
                    let request = $request { protocol: dwProtocolId, routing_protocol: dwRoutingPid, entry };
                    let answer = server.ask(&request)?.entry.entry_out;
                    place.set(hand_out_bytes(answer.elements(), Family::Mib).cast());
                    size.set(answer.elements().len() as u32);
                    Ok(())
                })
            }
        )+
    };
}

questions! {
    MprAdminMIBEntryGet MibEntryGetRequest;
    MprAdminMIBEntryGetFirst MibEntryGetFirstRequest;
    MprAdminMIBEntryGetNext MibEntryGetNextRequest;
    MprAdminMIBGetTrapInfo MibGetTrapInfoRequest;
}

pub(super) unsafe extern "system" fn MprAdminMIBBufferFree(pBuffer: sys::LPVOID) -> sys::DWORD {
    guard(|| ledger::free(pBuffer.cast(), Family::Mib))
}
