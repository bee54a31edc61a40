//! Demand-dial: connecting, disconnecting, updating routes.

use std::time::Duration;

use mprapi_sys as sys;

use super::Interface;
use crate::call::{Call, Function, on_router};
use crate::code::{
    Code, ERROR_ALREADY_CONNECTED, ERROR_ALREADY_CONNECTING, ERROR_CANNOT_LOAD_PHONEBOOK,
    ERROR_CANNOT_OPEN_PHONEBOOK, ERROR_DIALOUT_HOURS_RESTRICTION, ERROR_INTERFACE_DISABLED,
    ERROR_INTERFACE_HAS_NO_DEVICES, ERROR_INTERFACE_NOT_CONNECTED, ERROR_INVALID_HANDLE,
    ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_INTERFACE, ERROR_SERVICE_IS_PAUSED, ERROR_UPDATE_IN_PROGRESS,
    PENDING,
};
use crate::event::Event;
use crate::handle::Handle;
use crate::machine::{Due, PhoneBook, State};
use crate::param::Out;
use crate::scenario::Session;
use crate::transport::known_protocol;
use crate::wide::same_name;

impl State {
    /// Begins to dial, and says when the attempt will have ended.
    fn begin_dial(&mut self, handle: Handle, event: Option<Event>, now: Duration) -> Result<Duration, Code> {
        if self.paused {
            return Err(ERROR_SERVICE_IS_PAUSED);
        }
        let interface = self.interfaces.get_mut(handle).ok_or(ERROR_INVALID_HANDLE)?;
        if !interface.settings.enabled {
            return Err(ERROR_INTERFACE_DISABLED);
        }
        match interface.state(now) {
            sys::ROUTER_IF_STATE_CONNECTING => return Err(ERROR_ALREADY_CONNECTING),
            sys::ROUTER_IF_STATE_CONNECTED => return Err(ERROR_ALREADY_CONNECTED),
            _ => {}
        }
        if !interface.may_dial(now) {
            interface.last_error = ERROR_DIALOUT_HOURS_RESTRICTION;
            return Err(ERROR_DIALOUT_HOURS_RESTRICTION);
        }
        let dialling = interface.dialling.as_mut().ok_or(ERROR_INVALID_PARAMETER)?;
        if !dialling.has_devices || self.ports.free(dialling.tunnel).is_none() {
            return Err(ERROR_INTERFACE_HAS_NO_DEVICES);
        }
        dialling.waiting.extend(event);
        let due = now + dialling.takes;
        interface.begin_dialling();
        self.forget(|due| matches!(due, Due::Reachable(other) if *other == handle));
        self.schedule(due, Due::Dial(handle));
        Ok(due)
    }

    /// An interface that could not be reached can be again; a persistent one dials at once.
    pub(crate) fn end_unreachable(&mut self, handle: Handle, at: Duration) {
        let Some(interface) = self.interfaces.get_mut(handle) else { return };
        interface.become_reachable();
        if interface.dialling.as_ref().is_some_and(|dialling| dialling.is_persistent) {
            // What cannot dial now stays as it is.
            let _ = self.begin_dial(handle, None, at);
        }
    }

    /// An attempt has come to its end.
    pub(crate) fn finish_dial(&mut self, handle: Handle, at: Duration) {
        let Some(interface) = self.interfaces.get_mut(handle) else { return };
        if !interface.is_connecting() {
            return;
        }
        let Some(dialling) = interface.dialling.as_mut() else { return };
        let waiting = dialling.give_up();
        let (outcome, tunnel) = (dialling.outcome, dialling.tunnel);
        match (outcome, self.ports.free(tunnel)) {
            (0, Some(port)) => self.link(handle, port, at),
            (0, None) => {
                let reason = sys::MPR_INTERFACE_OUT_OF_RESOURCES;
                self.fail_dial(handle, ERROR_INTERFACE_HAS_NO_DEVICES, reason, at);
            }
            (error, _) => self.fail_dial(handle, error, sys::MPR_INTERFACE_CONNECTION_FAILURE, at),
        }
        for event in waiting {
            event.signal();
        }
    }

    /// The link of a demand-dial interface comes up on a free port.
    fn link(&mut self, handle: Handle, port: Handle, at: Duration) {
        let Some(interface) = self.interfaces.get(handle) else { return };
        let Some(dialling) = interface.dialling.as_ref() else { return };
        let (user, domain) = match &dialling.credentials {
            Some(credentials) => (credentials.user.as_str(), credentials.domain.as_str()),
            None => (interface.name(), ""),
        };
        let session = Session::new(user, dialling.tunnel)
            .domain(domain)
            .receive_rate(dialling.rate.received)
            .send_rate(dialling.rate.sent);
        self.establish(&session, port, handle, at);
    }

    fn fail_dial(&mut self, handle: Handle, error: Code, reason: u32, at: Duration) {
        if let Some(interface) = self.interfaces.get_mut(handle) {
            let wait = interface.fail(reason, error);
            self.schedule(at + wait, Due::Reachable(handle));
        }
    }

    /// The link of an interface is up from the beginning, if a port is free.
    pub(crate) fn link_at_once(&mut self, handle: Handle, at: Duration) {
        let dialling = self.interfaces.get(handle).and_then(|interface| interface.dialling.as_ref());
        if let Some(port) = dialling.and_then(|dialling| self.ports.free(dialling.tunnel)) {
            self.link(handle, port, at);
        }
    }

    /// An interface by what people or the API call it.
    pub(crate) fn interface_by_any_name(&self, name: &str) -> Option<Handle> {
        let called = |interface: &Interface| {
            same_name(&interface.settings.friendly_name, name) || same_name(interface.name(), name)
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
            let now = state.now();
            (handle, state.begin_dial(handle, event, now)?)
        };
        if !waits {
            call.machine.keep_time();
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
        } else if interface.is_connecting() {
            interface.go_down();
            let waiting = interface.dialling.as_mut().map(|dialling| dialling.give_up());
            state.forget(|due| matches!(due, Due::Dial(other) if *other == handle));
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
            call.machine.keep_time();
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
