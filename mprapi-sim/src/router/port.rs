//! Ports.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use mprapi_sys as sys;

use super::handle::Handle;
use super::handle_map::HandleMap;
use super::traffic::{Meter, Traffic};
use crate::scenario::Tunnel;

/// A port, which carries one connection or listens for one.
#[derive(Clone)]
pub(crate) struct Port {
    pub(crate) tunnel: Tunnel,
    pub(crate) number: u32,
    pub(crate) connection: Option<Handle>,
    pub(crate) condition: sys::RAS_PORT_CONDITION,
    pub(crate) calls: u32,
    pub(crate) connected_at: Duration,
    pub(crate) meter: Meter,
}

impl Port {
    fn new(tunnel: Tunnel, number: u32) -> Port {
        Port {
            tunnel,
            number,
            connection: None,
            condition: sys::RAS_PORT_LISTENING,
            calls: 0,
            connected_at: Duration::ZERO,
            meter: Meter::default(),
        }
    }

    fn take(&mut self, connection: Handle, since: Duration, meter: Meter) {
        self.connection = Some(connection);
        self.condition = sys::RAS_PORT_AUTHENTICATED;
        self.calls += 1;
        self.connected_at = since;
        self.meter = meter;
    }

    fn release(&mut self, now: Duration) {
        self.connection = None;
        self.condition = sys::RAS_PORT_LISTENING;
        self.meter.stop(now);
    }
}

/// The ports, and which of them are free.
pub(crate) struct Ports {
    pub(crate) all: HandleMap<Port>,
    pub(crate) free: HashMap<Tunnel, BTreeSet<Handle>>,
    /// The number of ports of each tunnel that there ever were, for their names.
    pub(crate) numbers: HashMap<Tunnel, u32>,
}

impl Ports {
    pub(crate) fn new(reuses_handles: bool) -> Ports {
        Ports { all: HandleMap::new(reuses_handles), free: HashMap::new(), numbers: HashMap::new() }
    }

    pub(crate) fn add(&mut self, tunnel: Tunnel, count: u32) {
        let number = self.numbers.entry(tunnel).or_default();
        let free = self.free.entry(tunnel).or_default();
        for _ in 0..count {
            free.insert(self.all.add(Port::new(tunnel, *number)));
            *number += 1;
        }
    }

    /// Returns the first free port of a tunnel.
    pub(crate) fn free(&self, tunnel: Tunnel) -> Option<Handle> {
        self.free.get(&tunnel)?.first().copied()
    }

    pub(crate) fn take(&mut self, port: Handle, connection: Handle, since: Duration, meter: Meter) {
        if let Some(line) = self.all.get_mut(port) {
            line.take(connection, since, meter);
            self.free.entry(line.tunnel).or_default().remove(&port);
        }
    }

    pub(crate) fn release(&mut self, port: Handle, now: Duration) {
        if let Some(line) = self.all.get_mut(port) {
            line.release(now);
            self.free.entry(line.tunnel).or_default().insert(port);
        }
    }

    pub(crate) fn set_rate(&mut self, port: Handle, rate: Traffic, now: Duration) {
        if let Some(line) = self.all.get_mut(port) {
            line.meter.set_rate(rate, now);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn in_use(&self) -> usize {
        self.all.len() - self.free.values().map(BTreeSet::len).sum::<usize>()
    }

    pub(crate) fn count(&self, tunnel: Tunnel) -> usize {
        self.all.iter().filter(|(_, port)| port.tunnel == tunnel).count()
    }

    /// Lists the tunnels that have ports, in the order of their first ports.
    pub(crate) fn tunnels(&self) -> Vec<Tunnel> {
        let mut tunnels = Vec::new();
        for (_, port) in self.all.iter() {
            if !tunnels.contains(&port.tunnel) {
                tunnels.push(port.tunnel);
            }
        }
        tunnels
    }
}
