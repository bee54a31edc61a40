//! The server: its service, its handle, its totals and its tunnels.

use mprapi_sys as sys;

use crate::api::call::{Call, Function, guard, on_machine, on_router};
use crate::api::ledger::{self, Family, Kind};
use crate::api::param::Out;
use crate::api::server_ex;
use crate::api::tunnel;
use crate::error_code::{
    Code, ERROR_INVALID_HANDLE, ERROR_INVALID_LEVEL, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED,
    ERROR_SERVICE_NOT_ACTIVE, RPC_S_INVALID_BINDING,
};
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
pub(crate) fn ex(state: &State, tunnels: &TunnelSettings) -> sys::MPR_SERVER_EX1 {
    let totals = level_0(state);
    sys::MPR_SERVER_EX1 {
        fLanOnlyMode: state.lan_only.into(),
        dwUpTime: totals.dwUpTime,
        dwTotalPorts: totals.dwTotalPorts,
        dwPortsInUse: totals.dwPortsInUse,
        ConfigParams: tunnel::ex(tunnels),
        ..Default::default()
    }
}

impl Call {
    /// Hands out the record of a level of `MprAdminServerGetInfo` and `MprConfigServerGetInfo`.
    pub(crate) fn hand_out_server(
        &self,
        state: &State,
        tunnels: &TunnelSettings,
        level: u32,
        wrong: Code,
        family: Family,
    ) -> Result<*mut u8, Code> {
        match level {
            0 => self.hand_out(level_0(state), family),
            1 => self.hand_out(tunnel::level_1(tunnels), family),
            2 if state.windows >= Windows::Server2008 => self.hand_out(tunnel::level_2(tunnels), family),
            _ => Err(wrong),
        }
    }
}

/// Reads the changes that a record of a level asks for, of `MprAdminServerSetInfo` and `MprConfigServerSetInfo`.
///
/// # Safety
/// The pointer must be null or that of the level's record.
pub(crate) unsafe fn changes_of(
    windows: Windows,
    level: u32,
    buffer: sys::LPBYTE,
) -> Result<Vec<Change>, Code> {
    match level {
        1 => {
            // SAFETY: promised by the caller.
            let record = unsafe { Out::new(buffer.cast::<sys::MPR_SERVER_1>(), ERROR_INVALID_PARAMETER) }?;
            Ok(tunnel::of_level_1(&record.get()))
        }
        2 if windows >= Windows::Server2008 => {
            // SAFETY: promised by the caller.
            let record = unsafe { Out::new(buffer.cast::<sys::MPR_SERVER_2>(), ERROR_INVALID_PARAMETER) }?;
            Ok(tunnel::of_level_2(&record.get()))
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
    handle.set(std::ptr::null_mut());
    let body = |call: &Call| {
        handle.set(ledger::open(kind, &call.machine).raw());
        Ok(())
    };
    // SAFETY: promised by the caller.
    unsafe { on_machine(function, name, body) }
}

const CONNECT: Function = Function::named("MprAdminServerConnect");

pub(crate) unsafe extern "system" fn MprAdminServerConnect(
    lpwsServerName: sys::LPWSTR,
    phMprServer: *mut sys::MPR_SERVER_HANDLE,
) -> sys::DWORD {
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { open(&CONNECT, lpwsServerName, phMprServer, Kind::Admin, RPC_S_INVALID_BINDING) }
}

pub(crate) unsafe extern "system" fn MprAdminServerDisconnect(hMprServer: sys::MPR_SERVER_HANDLE) {
    guard(|| {
        ledger::close(hMprServer, Kind::Admin, "MprAdminServerDisconnect");
        Ok(())
    });
}

const GET_INFO: Function = Function::admin("MprAdminServerGetInfo");

pub(crate) unsafe extern "system" fn MprAdminServerGetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_router(&GET_INFO, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer, ERROR_INVALID_PARAMETER) }?;
        let state = call.state();
        // For a wrong level the page names no code; this is that of the pages that name one for it.
        let wrong = ERROR_INVALID_LEVEL;
        buffer.set(call.hand_out_server(&state, &state.tunnels, dwLevel, wrong, Family::Admin)?);
        Ok(())
    })
}

const SET_INFO: Function = Function::admin("MprAdminServerSetInfo")
    .needs_ddm()
    .bad_server(ERROR_INVALID_PARAMETER, ERROR_INVALID_HANDLE);

pub(crate) unsafe extern "system" fn MprAdminServerSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_router(&SET_INFO, hMprServer, |call| {
        let mut state = call.state();
        // SAFETY: the caller's promise, as the function's page asks.
        let changes = unsafe { changes_of(state.windows, dwLevel, lpbBuffer) }?;
        state.set_tunnels(&changes)
    })
}

const GET_INFO_EX: Function = Function::admin("MprAdminServerGetInfoEx").needs_ddm().ex();

pub(crate) unsafe extern "system" fn MprAdminServerGetInfoEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    pServerInfo: *mut sys::MPR_SERVER_EX1,
) -> sys::DWORD {
    on_router(&GET_INFO_EX, hMprServer, |call| {
        let state = call.state();
        // SAFETY: the caller's promise, as the function's page asks.
        unsafe { server_ex::write(pServerInfo, &ex(&state, &state.tunnels)) }
    })
}

const SET_INFO_EX: Function = Function::admin("MprAdminServerSetInfoEx").needs_ddm().ex();

pub(crate) unsafe extern "system" fn MprAdminServerSetInfoEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    pServerInfo: *mut sys::MPR_SERVER_SET_CONFIG_EX1,
) -> sys::DWORD {
    on_router(&SET_INFO_EX, hMprServer, |call| {
        let mut state = call.state();
        // SAFETY: the caller's promise, as the function's page asks.
        let (protocols, record) = unsafe { server_ex::read(pServerInfo, tunnel::ex(&state.tunnels)) }?;
        state.set_tunnels(&tunnel::of_ex(protocols, &record))
    })
}
