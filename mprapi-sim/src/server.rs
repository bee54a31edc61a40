//! The server: its service, its handle, its totals.

use mprapi_sys as sys;

use crate::call::{Function, guard, on_router};
use crate::code::{
    Code, ERROR_ACCESS_DENIED, ERROR_INVALID_LEVEL, ERROR_INVALID_PARAMETER, ERROR_REVISION_MISMATCH,
    ERROR_SERVICE_NOT_ACTIVE, RPC_S_INVALID_BINDING, RPC_S_SERVER_UNAVAILABLE,
};
use crate::ledger::{self, Family, Kind};
use crate::machine::State;
use crate::param::{Out, text};
use crate::scenario::{Service, Tunnel, Windows};
use crate::world;

impl State {
    fn tunnel_ports(&self, tunnel: Tunnel) -> u32 {
        self.ports.iter().filter(|(_, port)| port.tunnel == tunnel).count() as u32
    }

    fn up_time(&self) -> u32 {
        self.now().saturating_sub(self.booted).as_secs() as u32
    }

    fn ports_in_use(&self) -> u32 {
        self.ports.iter().filter(|(_, port)| port.connection.is_some()).count() as u32
    }
}

/// Remote access and routing are both allowed on the ports of the tunnels.
const PORT_FLAGS: u32 = sys::MPR_ENABLE_RAS_ON_DEVICE | sys::MPR_ENABLE_ROUTING_ON_DEVICE;

pub(crate) unsafe extern "system" fn MprAdminIsServiceRunning(lpwsServerName: sys::LPWSTR) -> sys::WINBOOL {
    let running = guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let name = unsafe { text(lpwsServerName) }?;
        let machine = world::find(name.as_deref()).ok_or(RPC_S_SERVER_UNAVAILABLE)?;
        machine.count("MprAdminIsServiceRunning");
        machine.reach()?;
        let state = machine.lock();
        if state.denies_access { Err(ERROR_ACCESS_DENIED) } else { state.answers() }
    });
    sys::WINBOOL::from(running == 0)
}

pub(crate) unsafe extern "system" fn MprAdminIsServiceInitialized(
    lpwsServerName: sys::LPWSTR,
    fIsServiceInitialized: *mut sys::WINBOOL,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let initialized = unsafe { Out::new(fIsServiceInitialized, ERROR_INVALID_PARAMETER) }?;
        initialized.set(0);
        // SAFETY: as above.
        let name = unsafe { text(lpwsServerName) }?;
        let machine = world::find(name.as_deref()).ok_or(RPC_S_SERVER_UNAVAILABLE)?;
        machine.count("MprAdminIsServiceInitialized");
        machine.reach()?;
        let state = machine.lock();
        if state.denies_access {
            return Err(ERROR_ACCESS_DENIED);
        }
        match state.service {
            Service::Running => initialized.set(1),
            // It runs, so this is no failure, but it is not there yet.
            Service::Starting => {}
            Service::Stopped => return Err(ERROR_SERVICE_NOT_ACTIVE),
        }
        Ok(())
    })
}

pub(crate) unsafe extern "system" fn MprAdminServerConnect(
    lpwsServerName: sys::LPWSTR,
    phMprServer: *mut sys::MPR_SERVER_HANDLE,
) -> sys::DWORD {
    guard(|| {
        // SAFETY: the caller's promise, as the function's page asks.
        let handle = unsafe { Out::new(phMprServer, RPC_S_INVALID_BINDING) }?;
        handle.set(std::ptr::null_mut());
        // SAFETY: as above.
        let name = unsafe { text(lpwsServerName) }?;
        let machine = world::find(name.as_deref()).ok_or(RPC_S_SERVER_UNAVAILABLE)?;
        machine.count("MprAdminServerConnect");
        machine.reach()?;
        let state = machine.lock();
        if state.denies_access {
            return Err(ERROR_ACCESS_DENIED);
        }
        state.answers()?;
        drop(state);
        handle.set(ledger::open(Kind::Admin, &machine).raw());
        Ok(())
    })
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
        buffer.set(match dwLevel {
            0 => {
                let totals = sys::MPR_SERVER_0 {
                    fLanOnlyMode: state.lan_only.into(),
                    dwUpTime: state.up_time(),
                    dwTotalPorts: state.ports.len() as u32,
                    dwPortsInUse: state.ports_in_use(),
                };
                call.hand_out(totals, Family::Admin)?
            }
            1 => {
                let ports = sys::MPR_SERVER_1 {
                    dwNumPptpPorts: state.tunnel_ports(Tunnel::Pptp),
                    dwPptpPortFlags: PORT_FLAGS,
                    dwNumL2tpPorts: state.tunnel_ports(Tunnel::L2tp),
                    dwL2tpPortFlags: PORT_FLAGS,
                };
                call.hand_out(ports, Family::Admin)?
            }
            2 if state.windows >= Windows::Server2008 => {
                let ports = sys::MPR_SERVER_2 {
                    dwNumPptpPorts: state.tunnel_ports(Tunnel::Pptp),
                    dwPptpPortFlags: PORT_FLAGS,
                    dwNumL2tpPorts: state.tunnel_ports(Tunnel::L2tp),
                    dwL2tpPortFlags: PORT_FLAGS,
                    dwNumSstpPorts: state.tunnel_ports(Tunnel::Sstp),
                    dwSstpPortFlags: PORT_FLAGS,
                };
                call.hand_out(ports, Family::Admin)?
            }
            // The page names no code; this is the one of the functions that name one for it.
            _ => return Err(ERROR_INVALID_LEVEL),
        });
        Ok(())
    })
}

fn header() -> sys::MPRAPI_OBJECT_HEADER {
    sys::MPRAPI_OBJECT_HEADER {
        revision: sys::MPRAPI_MPR_SERVER_OBJECT_REVISION_1 as u8,
        type_: sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT as u8,
        size: size_of::<sys::MPR_SERVER_EX>() as u16,
    }
}

fn check_header(asked: sys::MPRAPI_OBJECT_HEADER) -> Result<(), Code> {
    let known = header();
    if asked.type_ != known.type_ {
        return Err(ERROR_INVALID_PARAMETER);
    }
    if asked.revision != known.revision {
        return Err(ERROR_REVISION_MISMATCH);
    }
    if asked.size < known.size { Err(ERROR_INVALID_PARAMETER) } else { Ok(()) }
}

const GET_INFO_EX: Function = Function::admin("MprAdminServerGetInfoEx").needs_ddm().ex();

pub(crate) unsafe extern "system" fn MprAdminServerGetInfoEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    pServerInfo: *mut sys::MPR_SERVER_EX,
) -> sys::DWORD {
    on_router(&GET_INFO_EX, hMprServer, |call| {
        // SAFETY: the caller's promise: at least the header is there, whose size says how much more.
        let asked =
            unsafe { Out::new(pServerInfo.cast::<sys::MPRAPI_OBJECT_HEADER>(), ERROR_INVALID_PARAMETER) }?;
        check_header(asked.get())?;
        // SAFETY: the header says that the whole record is there.
        let record = unsafe { Out::new(pServerInfo, ERROR_INVALID_PARAMETER) }?;
        let state = call.state();
        let mut info = sys::MPR_SERVER_EX {
            Header: header(),
            fLanOnlyMode: state.lan_only.into(),
            dwUpTime: state.up_time(),
            dwTotalPorts: state.ports.len() as u32,
            dwPortsInUse: state.ports_in_use(),
            ..Default::default()
        };
        let tunnels = &mut info.ConfigParams;
        tunnels.IkeConfigParams.dwNumPorts = state.tunnel_ports(Tunnel::Ikev2);
        tunnels.IkeConfigParams.dwPortFlags = PORT_FLAGS;
        tunnels.PptpConfigParams.dwNumPorts = state.tunnel_ports(Tunnel::Pptp);
        tunnels.PptpConfigParams.dwPortFlags = PORT_FLAGS;
        tunnels.L2tpConfigParams.dwNumPorts = state.tunnel_ports(Tunnel::L2tp);
        tunnels.L2tpConfigParams.dwPortFlags = PORT_FLAGS;
        tunnels.SstpConfigParams.dwNumPorts = state.tunnel_ports(Tunnel::Sstp);
        tunnels.SstpConfigParams.dwPortFlags = PORT_FLAGS;
        tunnels.SstpConfigParams.isUseHttps = 1;
        record.set(info);
        Ok(())
    })
}
