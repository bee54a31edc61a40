//! The server: its service, its handle, its totals and its tunnels.

use mprapi_sys as sys;

use crate::call::{Call, Function, guard, on_machine, on_router};
use crate::code::{
    Code, ERROR_INVALID_HANDLE, ERROR_INVALID_LEVEL, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED,
    ERROR_SERVICE_NOT_ACTIVE, ERROR_SUCCESS_REBOOT_REQUIRED, RPC_S_INVALID_BINDING,
};
use crate::ledger::{self, Family, Kind};
use crate::machine::State;
use crate::param::Out;
use crate::scenario::{Service, Tunnel, Windows};
use crate::server_ex;
use crate::tunnel::{CONFIGURED, Line, TunnelSettings, lines_of_ex};

impl State {
    pub(crate) fn level_0(&self) -> sys::MPR_SERVER_0 {
        sys::MPR_SERVER_0 {
            fLanOnlyMode: self.lan_only.into(),
            dwUpTime: self.now().saturating_sub(self.booted).as_secs() as u32,
            dwTotalPorts: self.ports.len() as u32,
            dwPortsInUse: self.ports.in_use() as u32,
        }
    }

    pub(crate) fn server_ex(&self, tunnels: &TunnelSettings) -> sys::MPR_SERVER_EX1 {
        let totals = self.level_0();
        sys::MPR_SERVER_EX1 {
            fLanOnlyMode: self.lan_only.into(),
            dwUpTime: totals.dwUpTime,
            dwTotalPorts: totals.dwTotalPorts,
            dwPortsInUse: totals.dwPortsInUse,
            ConfigParams: tunnels.ex(),
            ..Default::default()
        }
    }

    /// The settings follow the ports that there are, and the service was started for as many at least.
    pub(crate) fn count_ports(&mut self) {
        for tunnel in CONFIGURED {
            let flags = self.tunnels.line(tunnel).flags;
            self.tunnels.set_line(tunnel, Line { ports: self.ports.count(tunnel) as u32, flags });
        }
        self.most_ports = self.most_ports.max(self.tunnels.most_ports());
    }

    /// Whether the service that runs can have these lines, or must be started for them.
    ///
    /// # Errors
    /// `ERROR_SUCCESS_REBOOT_REQUIRED` for more ports than it was started for.
    pub(crate) fn check_limit(&self, lines: &[(Tunnel, Line)]) -> Result<(), Code> {
        let is_beyond = |(_, line): &(Tunnel, Line)| line.ports > self.most_ports;
        if lines.iter().any(is_beyond) { Err(ERROR_SUCCESS_REBOOT_REQUIRED) } else { Ok(()) }
    }

    /// Makes the router follow what `set` does to its settings; it is stored too. A change that needs a restart is not
    /// made.
    fn set_tunnels(
        &mut self,
        lines: &[(Tunnel, Line)],
        set: impl Fn(&mut TunnelSettings) -> Result<(), Code>,
    ) -> Result<(), Code> {
        set(&mut self.tunnels.clone())?;
        self.check_limit(lines)?;
        set(&mut self.tunnels)?;
        set(&mut self.stored.tunnels)?;
        for (tunnel, line) in lines {
            self.set_port_count(*tunnel, line.ports);
        }
        Ok(())
    }

    /// Stores what `set` does to the settings. A change that needs a restart is made, and the answer says so.
    pub(crate) fn store_tunnels(
        &mut self,
        lines: &[(Tunnel, Line)],
        set: impl FnOnce(&mut TunnelSettings) -> Result<(), Code>,
    ) -> Result<(), Code> {
        set(&mut self.stored.tunnels)?;
        self.check_limit(lines)
    }
}

impl Call {
    /// One of the levels of `MprAdminServerGetInfo` and `MprConfigServerGetInfo`.
    pub(crate) fn hand_out_server(
        &self,
        state: &State,
        tunnels: &TunnelSettings,
        level: u32,
        wrong: Code,
        family: Family,
    ) -> Result<*mut u8, Code> {
        match level {
            0 => self.hand_out(state.level_0(), family),
            1 => self.hand_out(tunnels.level_1(), family),
            2 if state.windows >= Windows::Server2008 => self.hand_out(tunnels.level_2(), family),
            _ => Err(wrong),
        }
    }
}

/// The lines of a record of a level of `MprAdminServerSetInfo` and `MprConfigServerSetInfo`.
///
/// # Safety
/// The pointer must be null or that of the level's record.
pub(crate) unsafe fn lines_of(
    windows: Windows,
    level: u32,
    buffer: sys::LPBYTE,
) -> Result<Vec<(Tunnel, Line)>, Code> {
    match level {
        1 => {
            // SAFETY: promised by the caller.
            let record = unsafe { Out::new(buffer.cast::<sys::MPR_SERVER_1>(), ERROR_INVALID_PARAMETER) }?;
            Ok(TunnelSettings::of_level_1(&record.get()))
        }
        2 if windows >= Windows::Server2008 => {
            // SAFETY: promised by the caller.
            let record = unsafe { Out::new(buffer.cast::<sys::MPR_SERVER_2>(), ERROR_INVALID_PARAMETER) }?;
            Ok(TunnelSettings::of_level_2(&record.get()))
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
        let lines = unsafe { lines_of(state.windows, dwLevel, lpbBuffer) }?;
        state.set_tunnels(&lines, |tunnels| tunnels.set_lines(&lines))
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
        unsafe { server_ex::write(pServerInfo, &state.server_ex(&state.tunnels)) }
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
        let (protocols, record) = unsafe { server_ex::read(pServerInfo, state.tunnels.ex()) }?;
        let lines = lines_of_ex(protocols, &record);
        state.set_tunnels(&lines, |tunnels| tunnels.set_ex(&lines, &record))
    })
}
