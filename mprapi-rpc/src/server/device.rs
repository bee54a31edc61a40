//! Operations on devices.

use mprapi_sys as sys;

use super::back_end::{BackEnd, Places};
use crate::dimsvc::{
    Call as _, DeviceEnumAnswer, DeviceEnumRequest, InterfaceDeviceGetInfoAnswer,
    InterfaceDeviceGetInfoRequest, InterfaceDeviceSetInfoAnswer, InterfaceDeviceSetInfoRequest,
};
use crate::ndr::Counted;

impl BackEnd {
    pub(super) fn device_enum(&self, request: &DeviceEnumRequest) -> DeviceEnumAnswer {
        let level = request.level;
        let call = |table: &sys::Mprapi, server, places: Places| {
            // SAFETY: the handle is open, and the places take what is written. All devices come at once.
            let called = unsafe { table.MprAdminDeviceEnum(server, level, places.buffer, places.total) };
            // SAFETY: both places belong to this call.
            let total = unsafe { places.total.read() };
            // SAFETY: as above.
            unsafe { places.read.write(total) };
            called
        };
        let page = match level {
            0 => self.list::<sys::MPR_DEVICE_0>(None, call),
            _ => self.list_unknown(None, call),
        };
        DeviceEnumAnswer { info: page.info, total_entries: page.total, code: page.code }
    }

    pub(super) fn interface_device_get_info(
        &self,
        request: &InterfaceDeviceGetInfoRequest,
    ) -> InterfaceDeviceGetInfoAnswer {
        let (level, index, interface) = (request.level, request.index, self.handles.widen(request.interface));
        let call = |table: &sys::Mprapi, server, buffer| {
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and the place takes what is
            // written.
            unsafe { table.MprAdminInterfaceDeviceGetInfo(server, interface, index, level, buffer) }
        };
        let (code, info) = match level {
            0 => self.get::<sys::MPR_DEVICE_0>(call),
            1 => self.get::<sys::MPR_DEVICE_1>(call),
            _ => (self.get_unknown(call), Counted::NULL),
        };
        InterfaceDeviceGetInfoAnswer { info, code }
    }

    pub(super) fn interface_device_set_info(
        &self,
        request: &InterfaceDeviceSetInfoRequest,
    ) -> InterfaceDeviceSetInfoAnswer {
        let (level, index, interface) = (request.level, request.index, self.handles.widen(request.interface));
        let call = |table: &sys::Mprapi, server, record| {
            // SAFETY: the handle is open, an interface's is a number that the back end checks, and the record is that of the
            // level or null.
            unsafe { table.MprAdminInterfaceDeviceSetInfo(server, interface, index, level, record) }
        };
        InterfaceDeviceSetInfoRequest::failed(match level {
            0 => self.set::<sys::MPR_DEVICE_0>(&request.info, call),
            1 => self.set::<sys::MPR_DEVICE_1>(&request.info, call),
            _ => self.on_server(|table, server| call(table, server, std::ptr::null_mut())),
        })
    }
}
