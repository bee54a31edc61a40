//! The records of ports.

use std::time::Duration;

use mprapi_sys as sys;

use crate::router::handle::Handle;
use crate::router::port::Port;
use crate::router::traffic::Traffic;
use crate::wide;

/// Returns the record of level 0.
pub(crate) fn level_0(port: &Port, handle: Handle, now: Duration) -> sys::RAS_PORT_0 {
    let connected = now.saturating_sub(port.connected_at);
    sys::RAS_PORT_0 {
        hPort: handle.raw(),
        hConnection: port.connection.map_or(std::ptr::null_mut(), Handle::raw),
        dwPortCondition: port.condition,
        dwTotalNumberOfCalls: port.calls,
        dwConnectDuration: port.connection.map_or(0, |_| connected.as_secs() as u32),
        wszPortName: wide::array(&port.tunnel.port_name(port.number)),
        wszMediaName: wide::array(port.tunnel.media()),
        wszDeviceName: wide::array(port.tunnel.device()),
        wszDeviceType: wide::array(port.tunnel.device_type()),
    }
}

/// Returns the record of level 1.
pub(crate) fn level_1(port: &Port, handle: Handle, now: Duration) -> sys::RAS_PORT_1 {
    let traffic = port.meter.read(now);
    sys::RAS_PORT_1 {
        hPort: handle.raw(),
        hConnection: port.connection.map_or(std::ptr::null_mut(), Handle::raw),
        dwHardwareCondition: sys::RAS_HARDWARE_OPERATIONAL,
        dwLineSpeed: port.tunnel.line_speed(),
        dwBytesXmited: traffic.sent as u32,
        dwBytesRcved: traffic.received as u32,
        dwFramesXmited: Traffic::frames(traffic.sent),
        dwFramesRcved: Traffic::frames(traffic.received),
        dwCompressionRatioIn: 100,
        dwCompressionRatioOut: 100,
        ..Default::default()
    }
}
