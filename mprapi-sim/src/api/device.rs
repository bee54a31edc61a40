//! The devices of the router.

use mprapi_sys as sys;

use crate::api::call::{Function, on_router};
use crate::api::page::Page;
use crate::router::handle::Handle;
use crate::scenario::Tunnel;
use crate::wide;

const ENUM: Function = Function::admin("MprAdminDeviceEnum");

/// One device for each kind of line that there are ports of.
pub(crate) unsafe extern "system" fn MprAdminDeviceEnum(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
    lpdwTotalEntries: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&ENUM, hMprServer, |call| {
        let mut read = 0;
        let numbers = [&raw mut read, lpdwTotalEntries, std::ptr::null_mut()];
        // SAFETY: the caller's promise, as the function's page asks.
        let page = unsafe { Page::of_level_0(call.owner, dwLevel, lplpbBuffer, u32::MAX, numbers) }?;
        let tunnels = call.state().ports.tunnels();
        // Devices have no handles, and one page holds them all.
        let handle = Handle::next();
        let devices = tunnels.iter().map(|tunnel| (handle, tunnel));
        page.hand_out(call, devices, |_, tunnel: &Tunnel| sys::MPR_DEVICE_0 {
            szDeviceType: wide::array(tunnel.device_type()),
            szDeviceName: wide::array(tunnel.device()),
        })
    })
}
