//! The interfaces of a router.

use std::sync::Arc;

use mprapi_sys as sys;

use super::State;
use crate::error_code::{
    Code, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, ERROR_DDM_NOT_RUNNING, ERROR_INTERFACE_ALREADY_EXISTS,
    ERROR_INTERFACE_CONNECTED, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_INTERFACE,
};
use crate::router::agenda::Due;
use crate::router::handle::Handle;
use crate::router::interface::entry::Entry;
use crate::router::interface::running::Dialling;
use crate::router::interface::{Interface, Settings};
use crate::router::owner::Owner;
use crate::wide::same_name;

impl State {
    /// Finds an interface, to be changed.
    ///
    /// # Errors
    /// `ERROR_INVALID_HANDLE` if there is none.
    pub(crate) fn interface(&mut self, handle: Handle) -> Result<&mut Interface, Code> {
        self.interfaces.get_mut(handle).ok_or(ERROR_INVALID_HANDLE)
    }

    /// Finds the first interface of this name that is not a dialled-in client's.
    pub(crate) fn interface_named(&self, name: &str) -> Option<(Handle, &Interface)> {
        self.interfaces.iter().find(|(_, interface)| {
            interface.kind() != sys::ROUTER_IF_TYPE_CLIENT && same_name(interface.name(), name)
        })
    }

    /// Finds the settings of an interface.
    ///
    /// # Errors
    /// If there is none, `ERROR_INVALID_HANDLE` of the running router and `ERROR_NO_SUCH_INTERFACE` of the stored
    /// configuration.
    pub(crate) fn settings(&self, owner: Owner, handle: Handle) -> Result<&Settings, Code> {
        match owner {
            Owner::Running => Ok(&self.interfaces.get(handle).ok_or(ERROR_INVALID_HANDLE)?.settings),
            Owner::Stored => Ok(self.stored.interfaces.get(handle).ok_or(ERROR_NO_SUCH_INTERFACE)?),
        }
    }

    /// Finds the settings of an interface, to be changed.
    ///
    /// # Errors
    /// As [`State::settings`].
    pub(crate) fn settings_mut(&mut self, owner: Owner, handle: Handle) -> Result<&mut Settings, Code> {
        let settings = match owner {
            Owner::Running => &mut self.interface(handle)?.settings,
            Owner::Stored => self.stored.interfaces.get_mut(handle).ok_or(ERROR_NO_SUCH_INTERFACE)?,
        };
        Ok(Arc::make_mut(settings))
    }

    /// Checks that no interface has a name.
    ///
    /// # Errors
    /// `ERROR_INTERFACE_ALREADY_EXISTS`
    fn check_name(&self, owner: Owner, name: &str) -> Result<(), Code> {
        let is_taken = match owner {
            Owner::Running => self.interface_named(name).is_some(),
            Owner::Stored => self.stored.named(name).is_some(),
        };
        if is_taken { Err(ERROR_INTERFACE_ALREADY_EXISTS) } else { Ok(()) }
    }

    /// Checks that an interface can have new settings, and this name.
    ///
    /// # Errors
    /// As [`State::settings`]; `ERROR_INVALID_PARAMETER` for a client's interface of the running router, and for a
    /// local network's in the stored configuration that is enabled; `ERROR_INTERFACE_ALREADY_EXISTS` for a name that
    /// another has.
    pub(crate) fn check_change(&self, owner: Owner, handle: Handle, name: &str) -> Result<(), Code> {
        let settings = self.settings(owner, handle)?;
        let is_fixed = match (owner, settings.kind) {
            (Owner::Running, kind) => kind == sys::ROUTER_IF_TYPE_CLIENT,
            (Owner::Stored, sys::ROUTER_IF_TYPE_DEDICATED | sys::ROUTER_IF_TYPE_INTERNAL) => settings.enabled,
            (Owner::Stored, _) => false,
        };
        if is_fixed {
            return Err(ERROR_INVALID_PARAMETER);
        }
        if same_name(&settings.name, name) { Ok(()) } else { self.check_name(owner, name) }
    }

    /// Makes the state of an interface follow its settings: one that was disabled hangs up.
    pub(crate) fn follow_enabled(&mut self, handle: Handle) {
        let interface = self.interfaces.get(handle).filter(|interface| !interface.settings.enabled);
        if let Some(connection) = interface.and_then(|interface| interface.connection) {
            self.disconnect(connection);
        }
        // A disabled one does not dial; and what failed before is forgotten.
        if let Some(interface) = self.interfaces.get_mut(handle).filter(|other| !other.settings.enabled) {
            interface.go_down();
            interface.become_reachable();
            let waiting = interface.dialling.as_mut().map(|dialling| dialling.give_up());
            self.forget(|due| matches!(due, Due::Dial(other) | Due::Reachable(other) if *other == handle));
            for event in waiting.unwrap_or_default() {
                event.signal();
            }
        }
    }

    /// Finds an interface by the name that people or the API call it by.
    pub(crate) fn interface_by_any_name(&self, name: &str) -> Option<Handle> {
        let called = |interface: &Interface| {
            same_name(&interface.settings.friendly_name, name) || same_name(interface.name(), name)
        };
        self.interfaces.iter().find(|(_, interface)| called(interface)).map(|(handle, _)| handle)
    }

    /// Finds how the interface of this name dials.
    ///
    /// # Errors
    /// `ERROR_CANNOT_FIND_PHONEBOOK_ENTRY` if there is no demand-dial interface of this name.
    pub(crate) fn dialling_named(&mut self, name: &str) -> Result<&mut Dialling, Code> {
        let (handle, _) = self.interface_named(name).ok_or(ERROR_CANNOT_FIND_PHONEBOOK_ENTRY)?;
        let interface = self.interfaces.get_mut(handle).ok_or(ERROR_CANNOT_FIND_PHONEBOOK_ENTRY)?;
        interface.dialling.as_deref_mut().ok_or(ERROR_CANNOT_FIND_PHONEBOOK_ENTRY)
    }

    /// Finds how an interface dials.
    ///
    /// # Errors
    /// `ERROR_INVALID_HANDLE` if it is not a demand-dial interface.
    pub(crate) fn dialling(&mut self, interface: Handle) -> Result<&mut Dialling, Code> {
        self.interface(interface)?.dialling.as_deref_mut().ok_or(ERROR_INVALID_HANDLE)
    }

    /// Finds the entry of a demand-dial interface, to be changed.
    ///
    /// # Errors
    /// `ERROR_INVALID_HANDLE` if there is no such interface, `ERROR_INVALID_PARAMETER` if it is not demand-dial.
    pub(crate) fn entry_mut(&mut self, interface: Handle) -> Result<&mut Entry, Code> {
        let interface = self.interface(interface)?;
        interface.settings_mut().entry.as_deref_mut().ok_or(ERROR_INVALID_PARAMETER)
    }

    /// Creates an interface. One that is stored takes over the phone-book entry, the names and the address of the
    /// running router's interface of its name.
    ///
    /// # Errors
    /// `ERROR_INTERFACE_ALREADY_EXISTS` for a name that another has; of the running router before that
    /// `ERROR_INVALID_PARAMETER` for a client's, and `ERROR_DDM_NOT_RUNNING` for a demand-dial interface of a router for
    /// local networks only.
    pub(crate) fn create_interface(&mut self, owner: Owner, mut settings: Settings) -> Result<Handle, Code> {
        if owner == Owner::Running {
            if settings.kind == sys::ROUTER_IF_TYPE_CLIENT {
                return Err(ERROR_INVALID_PARAMETER);
            }
            if settings.is_demand_dial() && self.lan_only {
                return Err(ERROR_DDM_NOT_RUNNING);
            }
        }
        self.check_name(owner, &settings.name)?;
        if owner == Owner::Running {
            return Ok(self.interfaces.add(Interface::of_settings(Arc::new(settings))));
        }
        if let Some((_, running)) = self.interface_named(&settings.name) {
            settings.entry.clone_from(&running.settings.entry);
            settings.guid = running.settings.guid;
            settings.friendly_name.clone_from(&running.settings.friendly_name);
            settings.address = running.settings.address;
        }
        Ok(self.stored.interfaces.add(Arc::new(settings)))
    }

    /// Deletes an interface, and what was to happen to it.
    ///
    /// # Errors
    /// As [`State::settings`]; `ERROR_INTERFACE_CONNECTED` if it is connected.
    pub(crate) fn delete_interface(&mut self, owner: Owner, handle: Handle) -> Result<(), Code> {
        self.settings(owner, handle)?;
        if owner == Owner::Stored {
            self.stored.interfaces.remove(handle);
            return Ok(());
        }
        if self.interface(handle)?.connection.is_some() {
            return Err(ERROR_INTERFACE_CONNECTED);
        }
        self.forget(|due| match due {
            Due::Dial(other) | Due::Reachable(other) | Due::Update(other, _) => *other == handle,
            _ => false,
        });
        self.interfaces.remove(handle);
        Ok(())
    }
}
