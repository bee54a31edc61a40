//! Notifications: events signalled whenever an interface connects or disconnects.

use mprapi_sys as sys;

use crate::api::call::{Function, on_router};
use crate::api::event;
use crate::error_code::ERROR_INVALID_PARAMETER;
use crate::router::handle::Handle;
use crate::router::notification::Registration;

const REGISTER: Function = Function::admin("MprAdminRegisterConnectionNotification").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminRegisterConnectionNotification(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hEventNotification: sys::HANDLE,
) -> sys::DWORD {
    on_router(&REGISTER, hMprServer, |call| {
        let event = event::duplicate(hEventNotification)?;
        let (server, value) = (Handle::of(hMprServer), hEventNotification.addr());
        call.state().registrations.push(Registration { server, value, event });
        Ok(())
    })
}

const DEREGISTER: Function = Function::admin("MprAdminDeregisterConnectionNotification").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminDeregisterConnectionNotification(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hEventNotification: sys::HANDLE,
) -> sys::DWORD {
    on_router(&DEREGISTER, hMprServer, |call| {
        let mut state = call.state();
        let mut registrations = state.registrations.iter();
        let registered =
            registrations.position(|registration| registration.value == hEventNotification.addr());
        state.registrations.remove(registered.ok_or(ERROR_INVALID_PARAMETER)?);
        Ok(())
    })
}
