//! Demand-dial: connecting, disconnecting, updating routes.

use std::time::Duration;

use mprapi_sys as sys;

use super::Interface;
use crate::call::{Call, Function, on_router};
use crate::code::{
    Code, ERROR_ALREADY_CONNECTED, ERROR_ALREADY_CONNECTING, ERROR_CANNOT_LOAD_PHONEBOOK,
    ERROR_CANNOT_OPEN_PHONEBOOK, ERROR_INTERFACE_DISABLED, ERROR_INTERFACE_HAS_NO_DEVICES,
    ERROR_INTERFACE_NOT_CONNECTED, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_INTERFACE,
    ERROR_SERVICE_IS_PAUSED, ERROR_UPDATE_IN_PROGRESS, PENDING,
};
use crate::event::Event;
use crate::handle::Handle;
use crate::machine::{Due, PhoneBook, State};
use crate::param::Out;
use crate::scenario::Session;
use crate::transport::known_protocol;

impl State {
    /// Begins to dial, and says when the attempt will have ended.
    fn begin_dial(&mut self, handle: Handle, event: Option<Event>) -> Result<Duration, Code> {
        if self.paused {
            return Err(ERROR_SERVICE_IS_PAUSED);
        }
        let now = self.now();
        let interface = self.interfaces.get_mut(handle).ok_or(ERROR_INVALID_HANDLE)?;
        if !interface.settings.enabled {
            return Err(ERROR_INTERFACE_DISABLED);
        }
        match interface.state() {
            sys::ROUTER_IF_STATE_CONNECTING => return Err(ERROR_ALREADY_CONNECTING),
            sys::ROUTER_IF_STATE_CONNECTED => return Err(ERROR_ALREADY_CONNECTED),
            _ => {}
        }
        let dialling = interface.dialling.as_mut().ok_or(ERROR_INVALID_PARAMETER)?;
        if !dialling.has_devices || self.ports.free(dialling.tunnel).is_none() {
            return Err(ERROR_INTERFACE_HAS_NO_DEVICES);
        }
        dialling.waiting.extend(event);
        let due = now + dialling.takes;
        interface.begin_dialling();
        self.schedule(due, Due::Dial(handle));
        Ok(due)
    }

    /// An attempt has come to its end.
    pub(crate) fn finish_dial(&mut self, handle: Handle) {
        let Some(interface) = self.interfaces.get_mut(handle) else { return };
        if interface.state() != sys::ROUTER_IF_STATE_CONNECTING {
            return;
        }
        let Some(dialling) = interface.dialling.as_mut() else { return };
        let waiting = std::mem::take(&mut dialling.waiting);
        let (outcome, tunnel, rate) = (dialling.outcome, dialling.tunnel, dialling.rate);
        let (user, domain) = match &dialling.credentials {
            Some(credentials) => (credentials.user.clone(), credentials.domain.clone()),
            None => (interface.name().to_owned(), String::new()),
        };
        match (outcome, self.ports.free(tunnel)) {
            (0, Some(port)) => {
                let session = Session::new(user, tunnel)
                    .domain(domain)
                    .receive_rate(rate.received)
                    .send_rate(rate.sent);
                self.establish(&session, port, handle);
            }
            (0, None) => self.fail_dial(handle, ERROR_INTERFACE_HAS_NO_DEVICES, sys::MPR_INTERFACE_NO_DEVICE),
            (error, _) => self.fail_dial(handle, error, sys::MPR_INTERFACE_CONNECTION_FAILURE),
        }
        for event in waiting {
            event.signal();
        }
    }

    fn fail_dial(&mut self, handle: Handle, error: Code, reason: u32) {
        if let Some(interface) = self.interfaces.get_mut(handle) {
            interface.make_unreachable(reason, error);
        }
    }

    /// Dials with no time passing, whatever the interface's attempts take.
    pub(crate) fn dial_at_once(&mut self, name: &str) -> Result<(), Code> {
        let handle = self.interface_by_any_name(name).ok_or(ERROR_NO_SUCH_INTERFACE)?;
        self.begin_dial(handle, None)?;
        self.agenda.retain(|_, due| !matches!(due, Due::Dial(other) if *other == handle));
        self.finish_dial(handle);
        match self.interfaces.get(handle).map_or(0, |interface| interface.last_error) {
            0 => Ok(()),
            error => Err(error),
        }
    }

    /// An interface by what people or the API call it.
    pub(crate) fn interface_by_any_name(&self, name: &str) -> Option<Handle> {
        let called = |interface: &Interface| {
            interface.settings.friendly_name.eq_ignore_ascii_case(name)
                || interface.name().eq_ignore_ascii_case(name)
        };
        self.interfaces.iter().find(|(_, interface)| called(interface)).map(|(handle, _)| handle)
    }

    /// An update of routes has come to its end.
    pub(crate) fn finish_update(&mut self, handle: Handle, protocol: u32) {
        let Some(interface) = self.interfaces.get_mut(handle) else { return };
        let outcome = if interface.connection.is_some() { 0 } else { ERROR_INTERFACE_NOT_CONNECTED };
        let updates = interface.dialling.iter_mut().flat_map(|dialling| &mut dialling.updates);
        for (_, state, waiting) in updates.filter(|update| update.0 == protocol) {
            *state = Some(outcome);
            for event in waiting.drain(..) {
                event.signal();
            }
        }
    }
}

impl Call {
    /// Waits until the router's clock has come so far. A stepped clock is moved on: no one else might do it.
    fn wait_until(&self, due: Duration) {
        loop {
            let left = {
                let mut state = self.state();
                let left = due.saturating_sub(state.now());
                if left.is_zero() {
                    return;
                }
                if !state.clock.is_real() {
                    state.clock.advance(left);
                    state.settle();
                    return;
                }
                left
            };
            std::thread::sleep(left);
        }
    }
}

/// The event of a parameter that may be null.
fn optional_event(raw: sys::HANDLE) -> Result<Option<Event>, Code> {
    if raw.is_null() { Ok(None) } else { Event::duplicate(raw).map(Some) }
}

const CONNECT: Function = Function::admin("MprAdminInterfaceConnect").needs_ddm();

pub(crate) unsafe extern "system" fn MprAdminInterfaceConnect(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    hEvent: sys::HANDLE,
    fSynchronous: sys::WINBOOL,
) -> sys::DWORD {
    on_router(&CONNECT, hMprServer, |call| {
        let event = optional_event(hEvent)?;
        let waits = event.is_none() && fSynchronous != 0;
        let (handle, due) = {
            let mut state = call.state();
            let (handle, _) = state.interface(hInterface)?;
            (handle, state.begin_dial(handle, event)?)
        };
        if !waits {
            call.machine.wake_at(due);
            return Err(PENDING);
        }
        call.wait_until(due);
        let state = call.state();
        let interface = state.interfaces.get(handle).ok_or(ERROR_INVALID_HANDLE)?;
        if interface.last_error == 0 { Ok(()) } else { Err(interface.last_error) }
    })
}

const DISCONNECT: Function = Function::admin("MprAdminInterfaceDisconnect").needs_ddm();

/// Hangs up. An attempt under way is given up.
pub(crate) unsafe extern "system" fn MprAdminInterfaceDisconnect(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
) -> sys::DWORD {
    on_router(&DISCONNECT, hMprServer, |call| {
        let mut state = call.state();
        let (handle, interface) = state.interface(hInterface)?;
        if let Some(connection) = interface.connection {
            state.disconnect(connection);
        } else if interface.state() == sys::ROUTER_IF_STATE_CONNECTING {
            interface.go_down();
            let waiting = interface.dialling.as_mut().map(|dialling| std::mem::take(&mut dialling.waiting));
            state.agenda.retain(|_, due| !matches!(due, Due::Dial(other) if *other == handle));
            for event in waiting.unwrap_or_default() {
                event.signal();
            }
        } else {
            return Err(ERROR_INTERFACE_NOT_CONNECTED);
        }
        Ok(())
    })
}

/// How long an update of routes takes.
const UPDATE_TAKES: Duration = Duration::from_secs(1);

const UPDATE_ROUTES: Function = Function::admin("MprAdminInterfaceUpdateRoutes");

/// Asks the other side for its routes. It has none that the simulator knows of, so the table of routes stays as it is.
pub(crate) unsafe extern "system" fn MprAdminInterfaceUpdateRoutes(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwProtocolId: sys::DWORD,
    hEvent: sys::HANDLE,
) -> sys::DWORD {
    on_router(&UPDATE_ROUTES, hMprServer, |call| {
        let event = optional_event(hEvent)?;
        let waits = event.is_none();
        let (handle, due) = {
            let mut state = call.state();
            let due = state.now() + UPDATE_TAKES;
            let (handle, interface) = state.interface(hInterface)?;
            known_protocol(dwProtocolId)?;
            interface.settings.transport(dwProtocolId).ok_or(ERROR_NO_SUCH_INTERFACE)?;
            if interface.connection.is_none() {
                return Err(ERROR_INTERFACE_NOT_CONNECTED);
            }
            let dialling = interface.dialling.as_mut().ok_or(ERROR_INTERFACE_NOT_CONNECTED)?;
            if dialling
                .updates
                .iter()
                .any(|(protocol, state, _)| *protocol == dwProtocolId && state.is_none())
            {
                return Err(ERROR_UPDATE_IN_PROGRESS);
            }
            dialling.updates.retain(|(protocol, _, _)| *protocol != dwProtocolId);
            dialling.updates.push((dwProtocolId, None, event.into_iter().collect()));
            state.schedule(due, Due::Update(handle, dwProtocolId));
            (handle, due)
        };
        if !waits {
            call.machine.wake_at(due);
            return Err(PENDING);
        }
        call.wait_until(due);
        let mut state = call.state();
        match state.interfaces.get_mut(handle).and_then(|interface| interface.update_result(dwProtocolId)) {
            Some(0) | None => Ok(()),
            Some(error) => Err(error),
        }
    })
}

impl Interface {
    /// How the last update for a protocol went; `None` when there was none or it goes on.
    fn update_result(&self, protocol: u32) -> Option<u32> {
        let mut updates = self.dialling.iter().flat_map(|dialling| &dialling.updates);
        updates.find(|update| update.0 == protocol)?.1
    }
}

const QUERY_RESULT: Function = Function::admin("MprAdminInterfaceQueryUpdateResult");

/// While an update goes on, its result is `PENDING`; before the first one it is 0.
pub(crate) unsafe extern "system" fn MprAdminInterfaceQueryUpdateResult(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwProtocolId: sys::DWORD,
    lpdwUpdateResult: sys::LPDWORD,
) -> sys::DWORD {
    on_router(&QUERY_RESULT, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let result = unsafe { Out::new(lpdwUpdateResult, ERROR_INVALID_PARAMETER) }?;
        let mut state = call.state();
        let (_, interface) = state.interface(hInterface)?;
        known_protocol(dwProtocolId)?;
        interface.settings.transport(dwProtocolId).ok_or(ERROR_NO_SUCH_INTERFACE)?;
        if interface.connection.is_none() {
            return Err(ERROR_INTERFACE_NOT_CONNECTED);
        }
        let updates = interface.dialling.iter().flat_map(|dialling| &dialling.updates);
        let goes_on =
            updates.into_iter().any(|(protocol, state, _)| *protocol == dwProtocolId && state.is_none());
        result.set(if goes_on { PENDING } else { interface.update_result(dwProtocolId).unwrap_or(0) });
        Ok(())
    })
}

const UPDATE_PHONE_BOOK: Function =
    Function::admin("MprAdminInterfaceUpdatePhonebookInfo").needs_ddm().needs_memory();

/// Takes up what the stored configuration says of the interface's entry.
pub(crate) unsafe extern "system" fn MprAdminInterfaceUpdatePhonebookInfo(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
) -> sys::DWORD {
    on_router(&UPDATE_PHONE_BOOK, hMprServer, |call| {
        let mut state = call.state();
        match state.phone_book {
            PhoneBook::Good => {}
            PhoneBook::Missing => return Err(ERROR_CANNOT_OPEN_PHONEBOOK),
            PhoneBook::Damaged => return Err(ERROR_CANNOT_LOAD_PHONEBOOK),
        }
        let (_, interface) = state.interface(hInterface)?;
        if !interface.dialling.as_ref().is_some_and(|dialling| dialling.has_devices) {
            return Err(ERROR_INTERFACE_HAS_NO_DEVICES);
        }
        let name = interface.name().to_owned();
        let stored = state.stored.named(&name).map(|(_, settings)| settings.entry.clone());
        if let Some(entry) = stored {
            state.interface(hInterface)?.1.settings_mut().entry = entry;
        }
        Ok(())
    })
}
