//! Notifications: events signalled whenever an interface connects or disconnects.

use mprapi_sys as sys;

use crate::call::{Function, on_router};
use crate::code::ERROR_INVALID_PARAMETER;
use crate::event::Event;
use crate::machine::State;

impl State {
    /// An interface has connected or disconnected.
    pub(crate) fn notify(&self) {
        for event in &self.notified {
            event.signal();
        }
    }
}

const REGISTER: Function = Function::admin("MprAdminRegisterConnectionNotification").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminRegisterConnectionNotification(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hEventNotification: sys::HANDLE,
) -> sys::DWORD {
    on_router(&REGISTER, hMprServer, |call| {
        let event = Event::duplicate(hEventNotification)?;
        call.state().notified.push(event);
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
        let registered = state.notified.iter().position(|event| event.is(hEventNotification));
        state.notified.remove(registered.ok_or(ERROR_INVALID_PARAMETER)?);
        Ok(())
    })
}
