//! Storing what a router has, and loading what is stored.

use std::collections::BTreeSet;
use std::sync::Arc;

use mprapi_sys as sys;

use super::State;
use crate::router::handle_map::HandleMap;
use crate::router::interface::Interface;
use crate::router::stored::{Stored, StoredTransport};
use crate::router::tunnel::CONFIGURED;

impl State {
    /// Stores everything the router has now.
    pub(crate) fn store_all(&mut self) {
        let mut stored = Stored {
            tunnels: self.tunnels.clone(),
            transports: HandleMap::default(),
            interfaces: HandleMap::default(),
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

    /// Makes the router what is stored. An interface of the same name dials as before: its outcome depends on the other
    /// side.
    pub(crate) fn load_stored(&mut self) {
        self.disconnect_all();
        self.tunnels = self.stored.tunnels.clone();
        self.most_ports = self.most_ports.max(self.tunnels.most_ports());
        for tunnel in CONFIGURED {
            self.set_port_count(tunnel, self.tunnels.line(tunnel).ports);
        }
        self.transports = self.stored.transports.iter().map(|(_, stored)| stored.transport.clone()).collect();
        let interfaces = HandleMap::new(self.interfaces.reuses());
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
