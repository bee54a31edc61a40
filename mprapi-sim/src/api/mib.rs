//! Management variables (MIB) of the IP router manager, consistent with the rest of the router.
//!
//! A query is `MIB_OPAQUE_QUERY` of iprtrmib.h: the variable's number and 32-bit indices. An answer is
//! `MIB_OPAQUE_INFO`: the number, and eight bytes from its beginning the value. The protocol is `PID_IP`, the routing
//! protocol `IPRTRMGR_PID` (10000).

use mprapi_sys as sys;

use crate::api::call::{Call, Function, free, on_machine, on_router};
use crate::api::ledger::{Family, Kind};
use crate::api::param::{Out, bytes};
use crate::api::server::{close, open};
use crate::error_code::{Code, ERROR_INVALID_PARAMETER};
use crate::router::mib::{Variable, Which};
use crate::router::state::State;

const CONNECT: Function = Function::named("MprAdminMIBServerConnect");

/// A null `phMibServer` is an invalid parameter.
pub(crate) unsafe extern "system" fn MprAdminMIBServerConnect(
    lpwsServerName: sys::LPWSTR,
    phMibServer: *mut sys::MIB_SERVER_HANDLE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { open(&CONNECT, lpwsServerName, phMibServer, Kind::Mib, ERROR_INVALID_PARAMETER) }
}

pub(crate) unsafe extern "system" fn MprAdminMIBServerDisconnect(hMibServer: sys::MIB_SERVER_HANDLE) {
    close(hMibServer, Kind::Mib);
}

pub(crate) unsafe extern "system" fn MprAdminMIBBufferFree(pBuffer: sys::LPVOID) -> sys::DWORD {
    free(pBuffer.cast(), Family::Mib)
}

/// Reads a variable's number and indices, as a caller gives them.
///
/// # Safety
/// The pointer must be null or valid for reads of so many bytes.
unsafe fn query(entry: sys::LPVOID, size: u32) -> Result<(u32, Vec<u32>), Code> {
    // SAFETY: promised by the caller.
    let bytes = unsafe { bytes(entry.cast(), size) };
    let (numbers, _) = bytes.as_chunks::<4>();
    let mut numbers = numbers.iter().map(|number| u32::from_ne_bytes(*number));
    let variable = numbers.next().ok_or(ERROR_INVALID_PARAMETER)?;
    Ok((variable, numbers.collect()))
}

/// A caller's question, and the places for the answer.
struct Question {
    server: sys::MIB_SERVER_HANDLE,
    protocol: u32,
    routing: u32,
    entry: sys::LPVOID,
    size: u32,
    answer: *mut sys::LPVOID,
    answer_size: sys::LPDWORD,
}

impl Question {
    /// # Safety
    /// The pointers must be null or what the function's page asks for.
    unsafe fn put(self, function: &'static Function, which: Which) -> sys::DWORD {
        on_router(function, self.server, |call| {
            // SAFETY: promised by the caller.
            let answer = unsafe { Out::new(self.answer.cast::<*mut u8>(), ERROR_INVALID_PARAMETER) }?;
            // SAFETY: promised by the caller.
            let size = unsafe { Out::new(self.answer_size, ERROR_INVALID_PARAMETER) }?;
            let state = call.state();
            state.check_protocols(self.protocol, self.routing)?;
            // SAFETY: promised by the caller.
            let (number, indices) = unsafe { query(self.entry, self.size) }?;
            let value = state.read_variable(Variable::of(number)?, &indices, which)?;
            let mut opaque = number.to_ne_bytes().to_vec();
            opaque.resize(8, 0);
            opaque.extend(value);
            call.hand_out_sized(&opaque, Some(&answer), Some(&size))
        })
    }
}

/// Defines the functions that put a question: for each its [`Function`] and a C function of the header's parameters that
/// makes a [`Question`] of them and puts it.
macro_rules! questions {
    ($($(#[doc = $text:literal])* $function:ident $definition:ident $which:expr;)+) => {
        $(
            const $definition: Function = Function::mib(stringify!($function)).needs_memory();

            $(#[doc = $text])*
            pub(crate) unsafe extern "system" fn $function(
                hMibServer: sys::MIB_SERVER_HANDLE,
                dwProtocolId: sys::DWORD,
                dwRoutingPid: sys::DWORD,
                lpInEntry: sys::LPVOID,
                dwInEntrySize: sys::DWORD,
                lplpOutEntry: *mut sys::LPVOID,
                lpOutEntrySize: sys::LPDWORD,
            ) -> sys::DWORD {
                let question = Question {
                    server: hMibServer,
                    protocol: dwProtocolId,
                    routing: dwRoutingPid,
                    entry: lpInEntry,
                    size: dwInEntrySize,
                    answer: lplpOutEntry,
                    answer_size: lpOutEntrySize,
                };
                // SAFETY: the caller's promise, as the function's page asks.
                unsafe { question.put(&$definition, $which) }
            }
        )+
    };
}

questions! {
    MprAdminMIBEntryGet GET Which::This;
    MprAdminMIBEntryGetFirst GET_FIRST Which::First;
    MprAdminMIBEntryGetNext GET_NEXT Which::Next;
}

/// The offset of the value in `MIB_OPAQUE_INFO`: its number has four bytes, and the value is aligned to eight.
const VALUE: u32 = 8;

/// Reads the variable and the value of `MIB_OPAQUE_INFO`.
///
/// # Safety
/// The pointer must be null or valid for reads of so many bytes.
unsafe fn value(entry: sys::LPVOID, size: u32) -> Result<(Variable, Vec<u8>), Code> {
    let length = size.checked_sub(VALUE).ok_or(ERROR_INVALID_PARAMETER)?;
    // SAFETY: promised by the caller; there is a number.
    let number = unsafe { Out::new(entry.cast::<u32>(), ERROR_INVALID_PARAMETER) }?.get();
    // Between the two lies a gap, in which a caller need not have anything.
    let first = entry.cast::<u8>().wrapping_add(VALUE as usize);
    // SAFETY: as above.
    let value = unsafe { bytes(first, length) };
    Ok((Variable::of(number)?, value))
}

/// Changes the table of a variable, by a variable and a value.
///
/// # Safety
/// As [`value`].
unsafe fn write(
    call: &Call,
    [protocol, routing]: [u32; 2],
    entry: sys::LPVOID,
    size: u32,
    change: impl FnOnce(&mut State, Variable, &[u8]) -> Result<(), Code>,
) -> Result<(), Code> {
    let mut state = call.state();
    state.check_protocols(protocol, routing)?;
    // SAFETY: promised by the caller.
    let (variable, value) = unsafe { value(entry, size) }?;
    change(&mut state, variable, &value)
}

const CREATE: Function = Function::mib("MprAdminMIBEntryCreate").needs_memory();

/// Routes can be created. One that is there answers `ERROR_ALREADY_EXISTS`.
pub(crate) unsafe extern "system" fn MprAdminMIBEntryCreate(
    hMibServer: sys::MIB_SERVER_HANDLE,
    dwPid: sys::DWORD,
    dwRoutingPid: sys::DWORD,
    lpEntry: sys::LPVOID,
    dwEntrySize: sys::DWORD,
) -> sys::DWORD {
    let protocols = [dwPid, dwRoutingPid];
    on_router(&CREATE, hMibServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        unsafe { write(call, protocols, lpEntry, dwEntrySize, State::create_variable) }
    })
}

const SET: Function = Function::mib("MprAdminMIBEntrySet");

/// Routes and the administrative state of interfaces can be set.
pub(crate) unsafe extern "system" fn MprAdminMIBEntrySet(
    hMibServer: sys::MIB_SERVER_HANDLE,
    dwProtocolId: sys::DWORD,
    dwRoutingPid: sys::DWORD,
    lpEntry: sys::LPVOID,
    dwEntrySize: sys::DWORD,
) -> sys::DWORD {
    let protocols = [dwProtocolId, dwRoutingPid];
    on_router(&SET, hMibServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        unsafe { write(call, protocols, lpEntry, dwEntrySize, State::set_variable) }
    })
}

const DELETE: Function = Function::mib("MprAdminMIBEntryDelete");

/// Routes can be deleted, by a query.
pub(crate) unsafe extern "system" fn MprAdminMIBEntryDelete(
    hMibServer: sys::MIB_SERVER_HANDLE,
    dwProtocolId: sys::DWORD,
    dwRoutingPid: sys::DWORD,
    lpEntry: sys::LPVOID,
    dwEntrySize: sys::DWORD,
) -> sys::DWORD {
    on_router(&DELETE, hMibServer, |call| {
        let mut state = call.state();
        state.check_protocols(dwProtocolId, dwRoutingPid)?;
        // SAFETY: the caller's promise, as the function's page asks.
        let (number, indices) = unsafe { query(lpEntry, dwEntrySize) }?;
        state.delete_variable(Variable::of(number)?, &indices)
    })
}

const GET_TRAP: Function = Function::mib("MprAdminMIBGetTrapInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminMIBGetTrapInfo(
    hMibServer: sys::MIB_SERVER_HANDLE,
    dwProtocolId: sys::DWORD,
    _dwRoutingPid: sys::DWORD,
    _lpInData: sys::LPVOID,
    _dwInDataSize: sys::DWORD,
    _lplpOutData: *mut sys::LPVOID,
    _lpOutDataSize: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&GET_TRAP, hMibServer, |call| call.state().refuse_traps(dwProtocolId))
}

const SET_TRAP: Function = Function::named("MprAdminMIBSetTrapInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminMIBSetTrapInfo(
    dwProtocolId: sys::DWORD,
    _dwRoutingPid: sys::DWORD,
    _hEvent: sys::HANDLE,
    _lpInData: sys::LPVOID,
    _dwInDataSize: sys::DWORD,
    _lplpOutData: *mut sys::LPVOID,
    _lpOutDataSize: sys::LPDWORD,
) -> sys::DWORD {
    // SAFETY: null is the local machine's name.
    unsafe { on_machine(&SET_TRAP, std::ptr::null(), |call| call.state().refuse_traps(dwProtocolId)) }
}
