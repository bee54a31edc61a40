//! The stored configuration: what a router has when its service starts, apart from what it has now.

use std::collections::BTreeSet;
use std::sync::Arc;

use mprapi_sys as sys;

use super::handle::Handle;
use super::handle_map::HandleMap;
use super::interface::Settings;
use super::transport::Transport;
use super::tunnel::{CONFIGURED, Line, TunnelSettings};
use crate::error_code::{Code, ERROR_UNKNOWN_PROTOCOL_ID};
use crate::scenario::Tunnel;
use crate::wide::same_name;

/// The stored configuration.
pub(crate) struct Stored {
    pub(crate) tunnels: TunnelSettings,
    pub(crate) transports: HandleMap<StoredTransport>,
    pub(crate) interfaces: HandleMap<Arc<Settings>>,
    /// The transports whose filters are disabled: they are enabled unless said otherwise.
    pub(crate) without_filters: BTreeSet<u32>,
}

/// A transport, with the fields that only the stored configuration has.
pub(crate) struct StoredTransport {
    pub(crate) transport: Transport,
    pub(crate) name: String,
    pub(crate) dll: String,
}

impl Default for Stored {
    /// Returns the configuration that `MprConfigServerInstall` gives a machine.
    fn default() -> Stored {
        let mut stored = Stored {
            tunnels: TunnelSettings::new(),
            transports: HandleMap::default(),
            interfaces: HandleMap::default(),
            without_filters: BTreeSet::new(),
        };
        for tunnel in CONFIGURED.into_iter().filter(|tunnel| *tunnel != Tunnel::Gre) {
            let flags = stored.tunnels.line(tunnel).flags;
            stored.tunnels.set_line(tunnel, Line { ports: 128, flags });
        }
        stored.transports.add(StoredTransport::new(Transport::of_id(sys::PID_IP)));
        stored
    }
}

impl StoredTransport {
    pub(crate) fn new(transport: Transport) -> StoredTransport {
        StoredTransport { name: transport.id.to_string(), dll: "iprtrmgr.dll".to_owned(), transport }
    }
}

impl Stored {
    /// Finds an interface by its name.
    pub(crate) fn named(&self, name: &str) -> Option<(Handle, &Settings)> {
        let mut interfaces = self.interfaces.iter().map(|(handle, settings)| (handle, &**settings));
        interfaces.find(|(_, settings)| same_name(&settings.name, name))
    }

    /// Finds a transport, to be changed.
    ///
    /// # Errors
    /// `ERROR_UNKNOWN_PROTOCOL_ID` if there is none.
    pub(crate) fn transport_mut(&mut self, handle: Handle) -> Result<&mut StoredTransport, Code> {
        self.transports.get_mut(handle).ok_or(ERROR_UNKNOWN_PROTOCOL_ID)
    }

    /// Finds the transport of this number, or adds one of this name.
    pub(crate) fn transport_or_new(&mut self, id: u32, name: String) -> Handle {
        let known = self.transports.iter().find(|(_, stored)| stored.transport.id == id);
        known.map(|(handle, _)| handle).unwrap_or_else(|| {
            let transport = Transport::of_id(id);
            self.transports.add(StoredTransport { transport, name, dll: String::new() })
        })
    }
}
