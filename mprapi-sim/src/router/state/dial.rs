//! Demand-dial: connecting, hanging up, updating routes.

use std::time::Duration;

use mprapi_sys as sys;

use super::State;
use crate::error_code::{
    Code, ERROR_ALREADY_CONNECTED, ERROR_ALREADY_CONNECTING, ERROR_CANNOT_LOAD_PHONEBOOK,
    ERROR_CANNOT_OPEN_PHONEBOOK, ERROR_DIALOUT_HOURS_RESTRICTION, ERROR_INTERFACE_DISABLED,
    ERROR_INTERFACE_HAS_NO_DEVICES, ERROR_INTERFACE_NOT_CONNECTED, ERROR_INVALID_HANDLE,
    ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_INTERFACE, ERROR_SERVICE_IS_PAUSED, ERROR_UPDATE_IN_PROGRESS,
    PENDING,
};
use crate::router::agenda::Due;
use crate::router::event::Event;
use crate::router::handle::Handle;
use crate::router::interface::Interface;
use crate::router::transport::known_protocol;
use crate::scenario::{PhoneBook, Session};

/// The time that an update of routes takes.
const UPDATE_TAKES: Duration = Duration::from_secs(1);

impl State {
    /// Begins to dial. Returns when the attempt will have ended.
    pub(crate) fn begin_dial(
        &mut self,
        handle: Handle,
        event: Option<Event>,
        now: Duration,
    ) -> Result<Duration, Code> {
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
        let dialling = interface.dialling.as_ref().ok_or(ERROR_INVALID_PARAMETER)?;
        let (has_devices, tunnel) = (dialling.has_devices, dialling.tunnel);
        if !has_devices || self.free_port(tunnel, sys::MPR_ENABLE_ROUTING_ON_DEVICE).is_none() {
            return Err(ERROR_INTERFACE_HAS_NO_DEVICES);
        }
        let interface = self.interfaces.get_mut(handle).ok_or(ERROR_INVALID_HANDLE)?;
        let dialling = interface.dialling.as_mut().ok_or(ERROR_INVALID_PARAMETER)?;
        dialling.waiting.extend(event);
        let due = now + dialling.takes;
        interface.begin_dialling();
        self.forget(|due| matches!(due, Due::Reachable(other) if *other == handle));
        self.schedule(due, Due::Dial(handle));
        Ok(due)
    }

    /// Makes an interface reachable again; a persistent one dials at once.
    pub(crate) fn end_unreachable(&mut self, handle: Handle, at: Duration) {
        let Some(interface) = self.interfaces.get_mut(handle) else { return };
        interface.become_reachable();
        if interface.dialling.as_ref().is_some_and(|dialling| dialling.is_persistent) {
            // One that cannot dial now stays as it is.
            let _ = self.begin_dial(handle, None, at);
        }
    }

    /// Ends an attempt to dial.
    pub(crate) fn finish_dial(&mut self, handle: Handle, at: Duration) {
        let Some(interface) = self.interfaces.get_mut(handle) else { return };
        if !interface.is_connecting() {
            return;
        }
        let Some(dialling) = interface.dialling.as_mut() else { return };
        let waiting = dialling.give_up();
        let (outcome, tunnel) = (dialling.outcome, dialling.tunnel);
        match (outcome, self.free_port(tunnel, sys::MPR_ENABLE_ROUTING_ON_DEVICE)) {
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

    /// Brings the link of a demand-dial interface up on a free port.
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

    /// Brings the link of an interface up without dialling, if a port is free.
    pub(crate) fn link_at_once(&mut self, handle: Handle, at: Duration) {
        let dialling = self.interfaces.get(handle).and_then(|interface| interface.dialling.as_ref());
        let free =
            dialling.and_then(|dialling| self.free_port(dialling.tunnel, sys::MPR_ENABLE_ROUTING_ON_DEVICE));
        if let Some(port) = free {
            self.link(handle, port, at);
        }
    }

    /// Ends an update of routes.
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

    /// Hangs up. An attempt under way is given up.
    ///
    /// # Errors
    /// `ERROR_INVALID_HANDLE` if there is no such interface, `ERROR_INTERFACE_NOT_CONNECTED` if there is nothing to
    /// end.
    pub(crate) fn hang_up(&mut self, handle: Handle) -> Result<(), Code> {
        let interface = self.interface(handle)?;
        if let Some(connection) = interface.connection {
            self.disconnect(connection);
        } else if interface.is_connecting() {
            interface.go_down();
            let waiting = interface.dialling.as_mut().map(|dialling| dialling.give_up());
            self.forget(|due| matches!(due, Due::Dial(other) if *other == handle));
            for event in waiting.unwrap_or_default() {
                event.signal();
            }
        } else {
            return Err(ERROR_INTERFACE_NOT_CONNECTED);
        }
        Ok(())
    }

    /// Finds an interface that is connected and has a transport.
    fn connected_over(&mut self, handle: Handle, protocol: u32) -> Result<&mut Interface, Code> {
        let interface = self.interface(handle)?;
        known_protocol(protocol)?;
        interface.settings.transport(protocol).ok_or(ERROR_NO_SUCH_INTERFACE)?;
        if interface.connection.is_none() { Err(ERROR_INTERFACE_NOT_CONNECTED) } else { Ok(interface) }
    }

    /// Begins to ask the other side for its routes. Returns when that will have ended.
    pub(crate) fn begin_update(
        &mut self,
        handle: Handle,
        protocol: u32,
        event: Option<Event>,
    ) -> Result<Duration, Code> {
        let due = self.now() + UPDATE_TAKES;
        let interface = self.connected_over(handle, protocol)?;
        if interface.update_result(protocol) == PENDING {
            return Err(ERROR_UPDATE_IN_PROGRESS);
        }
        let dialling = interface.dialling.as_mut().ok_or(ERROR_INTERFACE_NOT_CONNECTED)?;
        dialling.updates.retain(|(known, _, _)| *known != protocol);
        dialling.updates.push((protocol, None, event.into_iter().collect()));
        self.schedule(due, Due::Update(handle, protocol));
        Ok(due)
    }

    /// Returns the outcome of the last update of routes, as [`Interface::update_result`].
    pub(crate) fn update_result(&mut self, handle: Handle, protocol: u32) -> Result<u32, Code> {
        Ok(self.connected_over(handle, protocol)?.update_result(protocol))
    }

    /// Takes up what the stored configuration says of the interface's entry.
    ///
    /// # Errors
    /// `ERROR_CANNOT_OPEN_PHONEBOOK` or `ERROR_CANNOT_LOAD_PHONEBOOK` if the phone book cannot be read,
    /// `ERROR_INVALID_HANDLE` if there is no such interface, `ERROR_INTERFACE_HAS_NO_DEVICES` if it cannot dial.
    pub(crate) fn update_entry(&mut self, handle: Handle) -> Result<(), Code> {
        match self.phone_book {
            PhoneBook::Good => {}
            PhoneBook::Missing => return Err(ERROR_CANNOT_OPEN_PHONEBOOK),
            PhoneBook::Damaged => return Err(ERROR_CANNOT_LOAD_PHONEBOOK),
        }
        let interface = self.interface(handle)?;
        if !interface.dialling.as_ref().is_some_and(|dialling| dialling.has_devices) {
            return Err(ERROR_INTERFACE_HAS_NO_DEVICES);
        }
        let name = interface.name().to_owned();
        let stored = self.stored.named(&name).map(|(_, settings)| settings.entry.clone());
        if let Some(entry) = stored {
            self.interface(handle)?.settings_mut().entry = entry;
        }
        Ok(())
    }
}
