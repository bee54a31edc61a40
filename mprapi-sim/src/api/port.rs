//! Ports.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use mprapi_sys as sys;

use crate::call::{Function, on_router};
use crate::code::{
    Code, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_INVALID_PORT_HANDLE, ERROR_NOT_SUPPORTED,
    ERROR_PORT_NOT_CONNECTED, RPC_S_INVALID_BINDING,
};
use crate::handle::Handle;
use crate::ledger::Family;
use crate::machine::State;
use crate::page::Page;
use crate::param::Out;
use crate::scenario::Tunnel;
use crate::shelf::Shelf;
use crate::traffic::{Meter, Traffic};
use crate::wide;

/// A port, which carries one connection or listens for one.
pub(crate) struct Port {
    tunnel: Tunnel,
    number: u32,
    connection: Option<Handle>,
    condition: sys::RAS_PORT_CONDITION,
    calls: u32,
    connected_at: Duration,
    meter: Meter,
}

impl Port {
    fn new(tunnel: Tunnel, number: u32) -> Port {
        Port {
            tunnel,
            number,
            connection: None,
            condition: sys::RAS_PORT_LISTENING,
            calls: 0,
            connected_at: Duration::ZERO,
            meter: Meter::default(),
        }
    }

    fn take(&mut self, connection: Handle, since: Duration, meter: Meter) {
        self.connection = Some(connection);
        self.condition = sys::RAS_PORT_AUTHENTICATED;
        self.calls += 1;
        self.connected_at = since;
        self.meter = meter;
    }

    fn release(&mut self, now: Duration) {
        self.connection = None;
        self.condition = sys::RAS_PORT_LISTENING;
        self.meter.stop(now);
    }

    fn level_0(&self, handle: Handle, now: Duration) -> sys::RAS_PORT_0 {
        let connected = now.saturating_sub(self.connected_at);
        sys::RAS_PORT_0 {
            hPort: handle.raw(),
            hConnection: self.connection.map_or(std::ptr::null_mut(), Handle::raw),
            dwPortCondition: self.condition,
            dwTotalNumberOfCalls: self.calls,
            dwConnectDuration: self.connection.map_or(0, |_| connected.as_secs() as u32),
            wszPortName: wide::array(&self.tunnel.port_name(self.number)),
            wszMediaName: wide::array(self.tunnel.media()),
            wszDeviceName: wide::array(self.tunnel.device()),
            wszDeviceType: wide::array(self.tunnel.device_type()),
        }
    }

    fn level_1(&self, handle: Handle, now: Duration) -> sys::RAS_PORT_1 {
        let traffic = self.meter.read(now);
        sys::RAS_PORT_1 {
            hPort: handle.raw(),
            hConnection: self.connection.map_or(std::ptr::null_mut(), Handle::raw),
            dwHardwareCondition: sys::RAS_HARDWARE_OPERATIONAL,
            dwLineSpeed: self.tunnel.line_speed(),
            dwBytesXmited: traffic.sent as u32,
            dwBytesRcved: traffic.received as u32,
            dwFramesXmited: Traffic::frames(traffic.sent),
            dwFramesRcved: Traffic::frames(traffic.received),
            dwCompressionRatioIn: 100,
            dwCompressionRatioOut: 100,
            ..Default::default()
        }
    }
}

/// The ports, and which of them are free.
pub(crate) struct Ports {
    shelf: Shelf<Port>,
    free: HashMap<Tunnel, BTreeSet<Handle>>,
    /// How many there ever were of each tunnel, for their names.
    numbers: HashMap<Tunnel, u32>,
}

impl Ports {
    pub(crate) fn new(reuses_handles: bool) -> Ports {
        Ports { shelf: Shelf::new(reuses_handles), free: HashMap::new(), numbers: HashMap::new() }
    }

    pub(crate) fn add(&mut self, tunnel: Tunnel, count: u32) {
        for _ in 0..count {
            let number = self.numbers.entry(tunnel).or_default();
            let handle = self.shelf.add(Port::new(tunnel, *number));
            *number += 1;
            self.free.entry(tunnel).or_default().insert(handle);
        }
    }

    /// The first free port of a tunnel.
    pub(crate) fn free(&self, tunnel: Tunnel) -> Option<Handle> {
        self.free.get(&tunnel)?.first().copied()
    }

    pub(crate) fn take(&mut self, port: Handle, connection: Handle, since: Duration, meter: Meter) {
        if let Some(line) = self.shelf.get_mut(port) {
            line.take(connection, since, meter);
            self.free.entry(line.tunnel).or_default().remove(&port);
        }
    }

    pub(crate) fn release(&mut self, port: Handle, now: Duration) {
        if let Some(line) = self.shelf.get_mut(port) {
            line.release(now);
            self.free.entry(line.tunnel).or_default().insert(port);
        }
    }

    pub(crate) fn set_rate(&mut self, port: Handle, rate: Traffic, now: Duration) {
        if let Some(line) = self.shelf.get_mut(port) {
            line.meter.set_rate(rate, now);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.shelf.len()
    }

    pub(crate) fn in_use(&self) -> usize {
        self.shelf.len() - self.free.values().map(BTreeSet::len).sum::<usize>()
    }

    pub(crate) fn count(&self, tunnel: Tunnel) -> usize {
        self.shelf.iter().filter(|(_, port)| port.tunnel == tunnel).count()
    }

    /// The tunnels that there are ports of, in the order of their first ports.
    pub(crate) fn tunnels(&self) -> Vec<Tunnel> {
        let mut tunnels = Vec::new();
        for (_, port) in self.shelf.iter() {
            if !tunnels.contains(&port.tunnel) {
                tunnels.push(port.tunnel);
            }
        }
        tunnels
    }
}

impl State {
    /// Makes a tunnel's ports this many. Of too many the last go, and with them what runs on them.
    pub(crate) fn set_port_count(&mut self, tunnel: Tunnel, count: u32) {
        let ports = self.ports.shelf.iter().filter(|(_, port)| port.tunnel == tunnel);
        let own: Vec<(Handle, Option<Handle>)> =
            ports.map(|(handle, port)| (handle, port.connection)).collect();
        let keep = count as usize;
        for (port, connection) in own.iter().skip(keep).rev() {
            if let Some(connection) = connection {
                self.disconnect(*connection);
            }
            self.ports.shelf.remove(*port);
            if let Some(free) = self.ports.free.get_mut(&tunnel) {
                free.remove(port);
            }
        }
        if own.len() > keep {
            self.ports.numbers.insert(tunnel, count);
        }
        self.ports.add(tunnel, count.saturating_sub(own.len() as u32));
    }

    fn port(&self, port: sys::HANDLE, wrong: Code) -> Result<(Handle, &Port), Code> {
        self.ports.shelf.find(port).ok_or(wrong)
    }

    /// Ends what runs on a port.
    fn disconnect_port(&mut self, port: sys::HANDLE) -> Result<(), Code> {
        let (_, port) = self.port(port, ERROR_INVALID_PARAMETER)?;
        let connection = port.connection.ok_or(ERROR_PORT_NOT_CONNECTED)?;
        self.disconnect(connection);
        Ok(())
    }
}

const ENUM: Function = Function::admin("MprAdminPortEnum").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminPortEnum(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    hConnection: sys::HANDLE,
    lplpbBuffer: *mut sys::LPBYTE,
    dwPrefMaxLen: sys::DWORD,
    lpdwEntriesRead: sys::LPDWORD,
    lpdwTotalEntries: sys::LPDWORD,
    lpdwResumeHandle: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&ENUM, hRasServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe {
            Page::new(lplpbBuffer, dwPrefMaxLen, lpdwEntriesRead, lpdwTotalEntries, lpdwResumeHandle)
        }?;
        if dwLevel != 0 {
            return Err(ERROR_NOT_SUPPORTED);
        }
        let state = call.state();
        let now = state.now();
        let record = |handle: Handle, port: &Port| port.level_0(handle, now);
        if hConnection == sys::INVALID_HANDLE_VALUE {
            let ports = state.ports.shelf.after(page.position()).iter();
            return page.hand_out(
                call,
                Family::Admin,
                ports.map(|(handle, port)| (*handle, &**port)),
                record,
            );
        }
        let (_, connection) = state.connections.find(hConnection).ok_or(ERROR_INVALID_HANDLE)?;
        let position = page.position();
        let ports = connection.ports.iter().filter(|port| port.number() > position);
        let ports: Vec<_> = ports.filter_map(|&port| Some((port, state.ports.shelf.get(port)?))).collect();
        page.hand_out(call, Family::Admin, ports.into_iter(), record)
    })
}

const GET_INFO: Function = Function::admin("MprAdminPortGetInfo").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminPortGetInfo(
    hRasServer: sys::RAS_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    hPort: sys::HANDLE,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_router(&GET_INFO, hRasServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer, ERROR_INVALID_PARAMETER) }?;
        let state = call.state();
        let now = state.now();
        let (handle, port) = state.port(hPort, ERROR_INVALID_PORT_HANDLE)?;
        buffer.set(match dwLevel {
            0 => call.hand_out(port.level_0(handle, now), Family::Admin)?,
            1 => call.hand_out(port.level_1(handle, now), Family::Admin)?,
            _ => return Err(ERROR_NOT_SUPPORTED),
        });
        Ok(())
    })
}

const CLEAR_STATS: Function = Function::admin("MprAdminPortClearStats").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminPortClearStats(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hPort: sys::HANDLE,
) -> sys::DWORD {
    on_router(&CLEAR_STATS, hRasServer, |call| {
        let mut state = call.state();
        let now = state.now();
        let (handle, _) = state.port(hPort, RPC_S_INVALID_BINDING)?;
        state.ports.shelf.get_mut(handle).ok_or(RPC_S_INVALID_BINDING)?.meter.clear(now);
        Ok(())
    })
}

const RESET: Function = Function::admin("MprAdminPortReset")
    .needs_ddm()
    .bad_server(ERROR_INVALID_PARAMETER, ERROR_INVALID_PARAMETER);

/// Resetting the device hangs up, but a port without a connection can be reset too.
pub(crate) unsafe extern "system" fn MprAdminPortReset(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hPort: sys::HANDLE,
) -> sys::DWORD {
    on_router(&RESET, hRasServer, |call| match call.state().disconnect_port(hPort) {
        Err(ERROR_PORT_NOT_CONNECTED) => Ok(()),
        outcome => outcome,
    })
}

const DISCONNECT: Function = Function::admin("MprAdminPortDisconnect")
    .needs_ddm()
    .bad_server(ERROR_INVALID_PARAMETER, ERROR_INVALID_PARAMETER);

pub(crate) unsafe extern "system" fn MprAdminPortDisconnect(
    hRasServer: sys::RAS_SERVER_HANDLE,
    hPort: sys::HANDLE,
) -> sys::DWORD {
    on_router(&DISCONNECT, hRasServer, |call| call.state().disconnect_port(hPort))
}
