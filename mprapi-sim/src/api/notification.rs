//! Notifications: events signalled whenever an interface connects or disconnects.

use mprapi_sys as sys;

use crate::call::{Function, on_router};
use crate::code::ERROR_INVALID_PARAMETER;
use crate::event::Event;
use crate::handle::Handle;
use crate::machine::State;

/// Who is to be told.
pub(crate) struct Registration {
    /// The handle to the server it was asked for on; with it the registration ends.
    server: Option<Handle>,
    event: Event,
}

impl State {
    /// An interface has connected or disconnected.
    pub(crate) fn notify(&self) {
        for registration in &self.registrations {
            registration.event.signal();
        }
    }

    /// A handle to the server is closed, which ends what was asked for on it.
    pub(crate) fn run_down(&mut self, server: Handle) {
        self.registrations.retain(|registration| registration.server != Some(server));
    }
}

const REGISTER: Function = Function::admin("MprAdminRegisterConnectionNotification").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminRegisterConnectionNotification(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hEventNotification: sys::HANDLE,
) -> sys::DWORD {
    on_router(&REGISTER, hMprServer, |call| {
        let event = Event::duplicate(hEventNotification)?;
        let server = Handle::from_raw(hMprServer);
        call.state().registrations.push(Registration { server, event });
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
        let registered = registrations.position(|registration| registration.event.is(hEventNotification));
        state.registrations.remove(registered.ok_or(ERROR_INVALID_PARAMETER)?);
        Ok(())
    })
}
