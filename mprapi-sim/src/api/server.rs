//! The server: its service, the handles to it, its totals and its tunnels.

use std::ptr;

use mprapi_sys as sys;

use crate::api::call::{Call, Function, guard, on_machine, on_router};
use crate::api::ledger::{self, Family, Kind};
use crate::api::param::{Out, record};
use crate::api::policy;
use crate::api::server_ex;
use crate::api::tunnel::{self, Policies};
use crate::error_code::{
    Code, ERROR_INVALID_HANDLE, ERROR_INVALID_LEVEL, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED,
    ERROR_SERVICE_NOT_ACTIVE, RPC_S_INVALID_BINDING,
};
use crate::host::inside;
use crate::router::owner::Owner;
use crate::router::state::State;
use crate::router::tunnel::{Change, TunnelSettings};
use crate::scenario::{Service, Windows};

/// Returns the record of level 0.
fn level_0(state: &State) -> sys::MPR_SERVER_0 {
    sys::MPR_SERVER_0 {
        fLanOnlyMode: state.lan_only.into(),
        dwUpTime: state.now().saturating_sub(state.booted).as_secs() as u32,
        dwTotalPorts: state.ports.len() as u32,
        dwPortsInUse: state.ports.in_use() as u32,
    }
}

/// Returns the record of the `Ex` functions, with the given settings of tunnels.
fn ex(state: &State, tunnels: &TunnelSettings, policies: Policies) -> sys::MPR_SERVER_EX1 {
    let totals = level_0(state);
    sys::MPR_SERVER_EX1 {
        fLanOnlyMode: state.lan_only.into(),
        dwUpTime: totals.dwUpTime,
        dwTotalPorts: totals.dwTotalPorts,
        dwPortsInUse: totals.dwPortsInUse,
        ConfigParams: tunnel::ex(tunnels, policies),
        ..Default::default()
    }
}

impl Call {
    /// Hands out the record of a level.
    ///
    /// # Errors
    /// For a wrong level of the running router, for which its page names no code, `ERROR_INVALID_LEVEL`, which is that
    /// of the pages that name one for it; of the stored configuration `ERROR_INVALID_PARAMETER`.
    fn hand_out_server(&self, state: &State, level: u32) -> Result<*mut u8, Code> {
        let tunnels = state.tunnels(self.owner);
        match level {
            0 => self.hand_out(level_0(state)),
            1 => self.hand_out(tunnel::level_1(tunnels)),
            2 if state.windows >= Windows::Server2008 => self.hand_out(tunnel::level_2(tunnels)),
            _ => Err(match self.owner {
                Owner::Running => ERROR_INVALID_LEVEL,
                Owner::Stored => ERROR_INVALID_PARAMETER,
            }),
        }
    }
}

/// Reads the changes that a record of a level asks for.
///
/// # Safety
/// The pointer must be null or that of the level's record.
unsafe fn changes_of(windows: Windows, level: u32, buffer: sys::LPBYTE) -> Result<Vec<Change>, Code> {
    match level {
        1 => {
            // SAFETY: promised by the caller.
            Ok(tunnel::of_level_1(&unsafe { record(buffer) }?))
        }
        2 if windows >= Windows::Server2008 => {
            // SAFETY: promised by the caller.
            Ok(tunnel::of_level_2(&unsafe { record(buffer) }?))
        }
        _ => Err(ERROR_NOT_SUPPORTED),
    }
}

const IS_RUNNING: Function = Function::named("MprAdminIsServiceRunning");

pub(crate) unsafe extern "system" fn MprAdminIsServiceRunning(lpwsServerName: sys::LPWSTR) -> sys::WINBOOL {
    // SAFETY: the caller's promise, as the function's page asks.
    let code = unsafe { on_machine(&IS_RUNNING, lpwsServerName, |_| Ok(())) };
    sys::WINBOOL::from(code == 0)
}

const IS_INITIALIZED: Function = Function::named("MprAdminIsServiceInitialized").without_service();

pub(crate) unsafe extern "system" fn MprAdminIsServiceInitialized(
    lpwsServerName: sys::LPWSTR,
    fIsServiceInitialized: *mut sys::WINBOOL,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    let initialized = match unsafe { Out::new(fIsServiceInitialized, ERROR_INVALID_PARAMETER) } {
        Ok(initialized) => initialized,
        Err(code) => return code,
    };
    initialized.set(0);
    let body = |call: &Call| {
        match call.state().service {
            Service::Running => initialized.set(1),
            // It runs, so this is no failure, but it is not there yet.
            Service::Starting => {}
            Service::Stopped => return Err(ERROR_SERVICE_NOT_ACTIVE),
        }
        Ok(())
    };
    // SAFETY: as above.
    unsafe { on_machine(&IS_INITIALIZED, lpwsServerName, body) }
}

/// Opens a handle of a kind to a machine.
///
/// # Safety
/// The name must be null or a terminated text, `handle` null or valid for writes.
pub(crate) unsafe fn open(
    function: &'static Function,
    name: sys::LPWSTR,
    handle: *mut sys::HANDLE,
    kind: Kind,
    null: Code,
) -> sys::DWORD {
    // SAFETY: promised by the caller.
    let handle = match unsafe { Out::new(handle, null) } {
        Ok(handle) => handle,
        Err(code) => return code,
    };
    handle.set(ptr::null_mut());
    let body = |call: &Call| {
        handle.set(ledger::open(kind, &call.machine).raw());
        Ok(())
    };
    // SAFETY: promised by the caller.
    unsafe { on_machine(function, name, body) }
}

/// Closes a handle of a kind.
pub(crate) fn close(handle: sys::HANDLE, kind: Kind) {
    guard(|| {
        inside::check(kind.close(), handle.addr())?;
        ledger::close(handle, kind);
        Ok(())
    });
}

const CONNECT: Function = Function::named("MprAdminServerConnect");

pub(crate) unsafe extern "system" fn MprAdminServerConnect(
    lpwsServerName: sys::LPWSTR,
    phMprServer: *mut sys::MPR_SERVER_HANDLE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { open(&CONNECT, lpwsServerName, phMprServer, Kind::Admin, RPC_S_INVALID_BINDING) }
}

const CONNECT_STORED: Function = Function::named("MprConfigServerConnect").without_service().needs_memory();

pub(crate) unsafe extern "system" fn MprConfigServerConnect(
    lpwsServerName: sys::LPWSTR,
    phMprConfig: *mut sys::HANDLE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { open(&CONNECT_STORED, lpwsServerName, phMprConfig, Kind::Config, ERROR_INVALID_PARAMETER) }
}

pub(crate) unsafe extern "system" fn MprAdminServerDisconnect(hMprServer: sys::MPR_SERVER_HANDLE) {
    close(hMprServer, Kind::Admin);
}

pub(crate) unsafe extern "system" fn MprConfigServerDisconnect(hMprConfig: sys::HANDLE) {
    close(hMprConfig, Kind::Config);
}

/// Reads the server at a level. Level 0 has the totals of the running router, for either owner of the other levels.
///
/// # Safety
/// `buffer` must be null or valid for writes.
unsafe fn get_info(call: &Call, level: u32, buffer: *mut sys::LPBYTE) -> Result<(), Code> {
    // SAFETY: promised by the caller.
    let buffer = unsafe { Out::new(buffer, ERROR_INVALID_PARAMETER) }?;
    buffer.set(call.hand_out_server(&call.state(), level)?);
    Ok(())
}

/// Changes the settings of a level.
///
/// # Safety
/// As [`changes_of`].
unsafe fn set_info(call: &Call, level: u32, buffer: sys::LPBYTE) -> Result<(), Code> {
    let mut state = call.state();
    // SAFETY: promised by the caller.
    let changes = unsafe { changes_of(state.windows, level, buffer) }?;
    state.set_tunnels(call.owner, &changes)
}

/// Reads the server into an `Ex` record.
///
/// # Safety
/// As [`server_ex::write`].
unsafe fn get_info_ex(call: &Call, record: *mut sys::MPR_SERVER_EX1) -> Result<(), Code> {
    // SAFETY: promised by the caller.
    let has_room = unsafe { server_ex::has_policies(record) }?;
    let state = call.state();
    let tunnels = state.tunnels(call.owner);
    let policies = if has_room { hand_out_policies(call, tunnels)? } else { [ptr::null_mut(); 2] };
    // SAFETY: as above.
    unsafe { server_ex::write(record, &ex(&state, tunnels, policies)) }
}

/// Hands out the policies, each in a buffer of its own, as it is with those of interfaces.
fn hand_out_policies(call: &Call, tunnels: &TunnelSettings) -> Result<Policies, Code> {
    let hand_out = |policy: Option<[u32; 6]>| call.hand_out_records(policy.into_iter().map(policy::raw));
    let ikev2 = hand_out(tunnels.ikev2.policy)?;
    match hand_out(tunnels.l2tp.policy) {
        Ok(l2tp) => Ok([ikev2.cast(), l2tp.cast()]),
        Err(code) => {
            if !ikev2.is_null() {
                call.take_back(ikev2)?;
            }
            Err(code)
        }
    }
}

/// Changes the settings that an `Ex` record has.
///
/// # Safety
/// As [`server_ex::read`].
unsafe fn set_info_ex(call: &Call, record: *mut sys::MPR_SERVER_SET_CONFIG_EX1) -> Result<(), Code> {
    let mut state = call.state();
    let tunnels = state.tunnels(call.owner);
    let mut policies = [tunnels.ikev2.policy, tunnels.l2tp.policy].map(|policy| policy.map(policy::raw));
    let pointers = policies.each_mut().map(|policy| policy.as_mut().map_or(ptr::null_mut(), ptr::from_mut));
    let before = tunnel::ex(tunnels, pointers);
    // SAFETY: promised by the caller.
    let (protocols, record) = unsafe { server_ex::read(record, before) }?;
    // SAFETY: the caller's policies are there, which the caller promised, and ours are above.
    let changes = unsafe { tunnel::of_ex(protocols, &record) };
    state.set_tunnels(call.owner, &changes)
}

const GET_INFO: Function = Function::admin("MprAdminServerGetInfo");

pub(crate) unsafe extern "system" fn MprAdminServerGetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&GET_INFO, hMprServer, |call| unsafe { get_info(call, dwLevel, lplpbBuffer) })
}

const GET_STORED_INFO: Function = Function::config("MprConfigServerGetInfo").needs_memory();

pub(crate) unsafe extern "system" fn MprConfigServerGetInfo(
    hMprConfig: sys::HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&GET_STORED_INFO, hMprConfig, |call| unsafe { get_info(call, dwLevel, lplpbBuffer) })
}

const SET_INFO: Function = Function::admin("MprAdminServerSetInfo")
    .needs_ddm()
    .bad_server(ERROR_INVALID_PARAMETER, ERROR_INVALID_HANDLE);

pub(crate) unsafe extern "system" fn MprAdminServerSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&SET_INFO, hMprServer, |call| unsafe { set_info(call, dwLevel, lpbBuffer) })
}

const SET_STORED_INFO: Function = Function::config("MprConfigServerSetInfo");

pub(crate) unsafe extern "system" fn MprConfigServerSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&SET_STORED_INFO, hMprServer, |call| unsafe { set_info(call, dwLevel, lpbBuffer) })
}

const GET_INFO_EX: Function = Function::admin("MprAdminServerGetInfoEx").needs_ddm().ex();

pub(crate) unsafe extern "system" fn MprAdminServerGetInfoEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    pServerInfo: *mut sys::MPR_SERVER_EX1,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&GET_INFO_EX, hMprServer, |call| unsafe { get_info_ex(call, pServerInfo) })
}

// The page names `MprAdminBufferFree`.
const GET_STORED_INFO_EX: Function =
    Function::config("MprConfigServerGetInfoEx").needs_ddm().ex().hands_out(Family::Admin);

pub(crate) unsafe extern "system" fn MprConfigServerGetInfoEx(
    hMprConfig: sys::HANDLE,
    pServerInfo: *mut sys::MPR_SERVER_EX1,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&GET_STORED_INFO_EX, hMprConfig, |call| unsafe { get_info_ex(call, pServerInfo) })
}

const SET_INFO_EX: Function = Function::admin("MprAdminServerSetInfoEx").needs_ddm().ex();

pub(crate) unsafe extern "system" fn MprAdminServerSetInfoEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    pServerInfo: *mut sys::MPR_SERVER_SET_CONFIG_EX1,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&SET_INFO_EX, hMprServer, |call| unsafe { set_info_ex(call, pServerInfo) })
}

const SET_STORED_INFO_EX: Function = Function::config("MprConfigServerSetInfoEx").needs_ddm().ex();

pub(crate) unsafe extern "system" fn MprConfigServerSetInfoEx(
    hMprConfig: sys::HANDLE,
    pSetServerConfig: *mut sys::MPR_SERVER_SET_CONFIG_EX1,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    on_router(&SET_STORED_INFO_EX, hMprConfig, |call| unsafe { set_info_ex(call, pSetServerConfig) })
}
