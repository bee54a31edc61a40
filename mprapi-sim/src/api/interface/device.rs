//! The devices of a demand-dial interface.

use mprapi_sys as sys;

use crate::api::call::{Function, on_router};
use crate::api::param::{Out, multi_text, record};
use crate::error_code::{Code, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED};
use crate::router::handle::Handle;
use crate::router::interface::entry::Device;
use crate::wide;

/// Returns the place of a device that is counted from 1.
fn place(number: u32) -> Result<usize, Code> {
    (number as usize).checked_sub(1).ok_or(ERROR_INVALID_PARAMETER)
}

const GET_INFO: Function = Function::admin("MprAdminInterfaceDeviceGetInfo").needs_memory();

/// A number that no device has is an invalid parameter.
pub(crate) unsafe extern "system" fn MprAdminInterfaceDeviceGetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwIndex: sys::DWORD,
    dwLevel: sys::DWORD,
    lplpBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_router(&GET_INFO, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpBuffer, ERROR_INVALID_PARAMETER) }?;
        let mut state = call.state();
        let interface = state.interface(Handle::of(hInterface))?;
        let entry = interface.settings.entry.as_ref().ok_or(ERROR_INVALID_PARAMETER)?;
        let device = entry.devices.get(place(dwIndex)?).ok_or(ERROR_INVALID_PARAMETER)?;
        buffer.set(match dwLevel {
            0 => {
                let record = sys::MPR_DEVICE_0 {
                    szDeviceType: wide::array(&device.kind),
                    szDeviceName: wide::array(&device.name),
                };
                call.hand_out(record)?
            }
            1 => {
                let record = sys::MPR_DEVICE_1 {
                    szDeviceType: wide::array(&device.kind),
                    szDeviceName: wide::array(&device.name),
                    szLocalPhoneNumber: wide::array(&device.number),
                    ..Default::default()
                };
                let alternates = wide::bytes(&device.alternates);
                call.hand_out_with(record, [&alternates], |record, [alternates]| {
                    record.szAlternates = alternates.cast();
                })?
            }
            _ => return Err(ERROR_NOT_SUPPORTED),
        });
        Ok(())
    })
}

const SET_INFO: Function = Function::admin("MprAdminInterfaceDeviceSetInfo").needs_memory();

/// Changes a device, or adds one when its number is the next.
pub(crate) unsafe extern "system" fn MprAdminInterfaceDeviceSetInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwIndex: sys::DWORD,
    dwLevel: sys::DWORD,
    lplpBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_router(&SET_INFO, hMprServer, |call| {
        let mut state = call.state();
        let entry = state.entry_mut(Handle::of(hInterface))?;
        let place = place(dwIndex)?;
        let mut device = entry.devices.get(place).cloned().unwrap_or_default();
        match dwLevel {
            0 => {
                // SAFETY: the caller's promise, as the function's page asks.
                let record: sys::MPR_DEVICE_0 = unsafe { record(lplpBuffer) }?;
                device.kind = wide::given(&record.szDeviceType)?;
                device.name = wide::given(&record.szDeviceName)?;
            }
            1 => {
                // SAFETY: as above.
                let record: sys::MPR_DEVICE_1 = unsafe { record(lplpBuffer) }?;
                device = Device {
                    kind: wide::given(&record.szDeviceType)?,
                    name: wide::given(&record.szDeviceName)?,
                    number: wide::given(&record.szLocalPhoneNumber)?,
                    // SAFETY: as above.
                    alternates: unsafe { multi_text(record.szAlternates) }?,
                };
            }
            _ => return Err(ERROR_NOT_SUPPORTED),
        }
        let count = entry.devices.len();
        match entry.devices.get_mut(place) {
            Some(known) => *known = device,
            None if place == count => entry.devices.push(device),
            None => return Err(ERROR_INVALID_PARAMETER),
        }
        entry.dwSubEntries = entry.devices.len() as u32;
        Ok(())
    })
}
