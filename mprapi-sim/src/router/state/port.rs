//! The ports of a router.

use super::State;
use crate::error_code::{Code, ERROR_INVALID_PARAMETER, ERROR_PORT_NOT_CONNECTED};
use crate::router::handle::Handle;
use crate::router::port::{Port, Ports};
use crate::router::tunnel::{CONFIGURED, Line};
use crate::scenario::Tunnel;

impl State {
    /// Counts the ports into the settings; the service was started for at least as many.
    pub(crate) fn count_ports(&mut self) {
        for tunnel in CONFIGURED {
            let flags = self.tunnels.line(tunnel).flags;
            self.tunnels.set_line(tunnel, Line { ports: self.ports.count(tunnel) as u32, flags });
        }
        self.most_ports = self.most_ports.max(self.tunnels.most_ports());
    }

    /// Sets the number of a tunnel's ports. If there are too many, the last are removed, with the connections on them.
    pub(crate) fn set_port_count(&mut self, tunnel: Tunnel, count: u32) {
        let ports = self.ports.all.iter().filter(|(_, port)| port.tunnel == tunnel);
        let own: Vec<(Handle, Option<Handle>)> =
            ports.map(|(handle, port)| (handle, port.connection)).collect();
        let keep = count as usize;
        for (port, connection) in own.iter().skip(keep).rev() {
            if let Some(connection) = connection {
                self.disconnect(*connection);
            }
            self.ports.all.remove(*port);
            if let Some(free) = self.ports.free.get_mut(&tunnel) {
                free.remove(port);
            }
        }
        if own.len() > keep {
            self.ports.numbers.insert(tunnel, count);
        }
        self.ports.add(tunnel, count.saturating_sub(own.len() as u32));
    }

    /// Returns the first free port of a tunnel whose ports have this use, one of `MPR_ENABLE_…_ON_DEVICE`. Lines without settings,
    /// such as modems, have every use.
    pub(crate) fn free_port(&self, tunnel: Tunnel, usage: u32) -> Option<Handle> {
        let allows = !CONFIGURED.contains(&tunnel) || self.tunnels.line(tunnel).flags & usage != 0;
        if allows { self.ports.free(tunnel) } else { None }
    }

    /// Gives every port a new handle, as a new service does.
    pub(crate) fn renew_ports(&mut self) {
        let old = std::mem::replace(&mut self.ports, Ports::new(self.connections.reuses()));
        for (_, port) in old.all.iter() {
            self.ports.add(port.tunnel, 1);
        }
    }

    /// Finds a port.
    ///
    /// # Errors
    /// `wrong` if there is none.
    pub(crate) fn port(&self, port: Handle, wrong: Code) -> Result<&Port, Code> {
        self.ports.all.get(port).ok_or(wrong)
    }

    /// Ends what runs on a port.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` if there is no such port, `ERROR_PORT_NOT_CONNECTED` if nothing runs on it.
    pub(crate) fn disconnect_port(&mut self, port: Handle) -> Result<(), Code> {
        let connection = self.port(port, ERROR_INVALID_PARAMETER)?.connection;
        self.disconnect(connection.ok_or(ERROR_PORT_NOT_CONNECTED)?);
        Ok(())
    }
}
