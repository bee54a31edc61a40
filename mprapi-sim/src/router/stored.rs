//! The stored configuration: what a router has when its service starts, apart from what it has now.

mod file;
pub(crate) mod interface;
pub(crate) mod interface_transport;
pub(crate) mod server;
pub(crate) mod transport;

use std::collections::BTreeSet;
use std::sync::Arc;

use mprapi_sys as sys;

use crate::code::{Code, ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_INTERFACE, ERROR_UNKNOWN_PROTOCOL_ID};
use crate::handle::Handle;
use crate::info_block;
use crate::interface::{Interface, Settings};
use crate::machine::State;
use crate::scenario::Tunnel;
use crate::shelf::Shelf;
use crate::transport::Transport;
use crate::tunnel::{CONFIGURED, Line, TunnelSettings};
use crate::wide::same_name;

/// The stored configuration.
pub(crate) struct Stored {
    pub(crate) tunnels: TunnelSettings,
    transports: Shelf<StoredTransport>,
    interfaces: Shelf<Arc<Settings>>,
    /// The transports whose filters are disabled: they are enabled unless said otherwise.
    without_filters: BTreeSet<u32>,
}

/// A transport, with what only the stored configuration has.
struct StoredTransport {
    transport: Transport,
    name: String,
    dll: String,
}

impl Default for Stored {
    /// What `MprConfigServerInstall` gives a machine.
    fn default() -> Stored {
        let mut stored = Stored {
            tunnels: TunnelSettings::new(),
            transports: Shelf::default(),
            interfaces: Shelf::default(),
            without_filters: BTreeSet::new(),
        };
        for tunnel in CONFIGURED.into_iter().filter(|tunnel| *tunnel != Tunnel::Gre) {
            let flags = stored.tunnels.line(tunnel).flags;
            stored.tunnels.set_line(tunnel, Line { ports: 128, flags });
        }
        stored.transports.add(StoredTransport::new(Transport {
            id: sys::PID_IP,
            global: info_block::empty(),
            client: info_block::empty(),
        }));
        stored
    }
}

impl StoredTransport {
    fn new(transport: Transport) -> StoredTransport {
        StoredTransport { name: transport.id.to_string(), dll: "iprtrmgr.dll".to_owned(), transport }
    }
}

impl Stored {
    /// An interface by its name.
    pub(crate) fn named(&self, name: &str) -> Option<(Handle, &Settings)> {
        let mut interfaces = self.interfaces.iter().map(|(handle, settings)| (handle, &**settings));
        interfaces.find(|(_, settings)| same_name(&settings.name, name))
    }

    /// An interface by its handle.
    fn interface(&self, raw: sys::HANDLE) -> Result<(Handle, &Settings), Code> {
        let handle = known(raw, ERROR_NO_SUCH_INTERFACE)?;
        Ok((handle, self.interfaces.get(handle).ok_or(ERROR_NO_SUCH_INTERFACE)?))
    }

    /// The same, to be changed.
    fn interface_mut(&mut self, raw: sys::HANDLE) -> Result<&mut Settings, Code> {
        let handle = known(raw, ERROR_NO_SUCH_INTERFACE)?;
        self.interfaces.get_mut(handle).map(Arc::make_mut).ok_or(ERROR_NO_SUCH_INTERFACE)
    }

    /// A transport by its handle.
    fn transport(&mut self, raw: sys::HANDLE) -> Result<(Handle, &mut StoredTransport), Code> {
        let handle = known(raw, ERROR_UNKNOWN_PROTOCOL_ID)?;
        Ok((handle, self.transports.get_mut(handle).ok_or(ERROR_UNKNOWN_PROTOCOL_ID)?))
    }
}

/// The handle behind a value; null is an invalid parameter.
fn known(raw: sys::HANDLE, wrong: Code) -> Result<Handle, Code> {
    if raw.is_null() { Err(ERROR_INVALID_PARAMETER) } else { Handle::from_raw(raw).ok_or(wrong) }
}

impl State {
    /// Stores everything the router has now.
    pub(crate) fn store_all(&mut self) {
        let mut stored = Stored {
            tunnels: self.tunnels.clone(),
            transports: Shelf::default(),
            interfaces: Shelf::default(),
            without_filters: BTreeSet::new(),
        };
        for transport in &self.transports {
            stored.transports.add(StoredTransport::new(transport.clone()));
        }
        for (_, interface) in self.interfaces.iter() {
            if interface.kind() != sys::ROUTER_IF_TYPE_CLIENT {
                stored.interfaces.add(Arc::clone(&interface.settings));
            }
        }
        self.stored = stored;
    }

    /// Makes the router what is stored. How an interface of the same name dials stays as it was: that is the other
    /// side's affair.
    pub(crate) fn load_stored(&mut self) {
        self.disconnect_all();
        self.tunnels = self.stored.tunnels.clone();
        self.most_ports = self.most_ports.max(self.tunnels.most_ports());
        for tunnel in CONFIGURED {
            self.set_port_count(tunnel, self.tunnels.line(tunnel).ports);
        }
        self.transports = self.stored.transports.iter().map(|(_, stored)| stored.transport.clone()).collect();
        let interfaces = Shelf::new(self.interfaces.reuses());
        let mut before = std::mem::replace(&mut self.interfaces, interfaces);
        for (_, settings) in self.stored.interfaces.iter() {
            let mut interface = Interface::of_settings(Arc::clone(settings));
            let namesake = before.iter_mut().find(|(_, other)| other.name() == settings.name);
            if let Some((_, other)) = namesake {
                interface.take_over(other);
            }
            self.interfaces.add(interface);
        }
    }
}
