//! The connections of a router: how they come and go.

use std::net::Ipv4Addr;
use std::time::Duration;

use mprapi_sys as sys;

use super::State;
use crate::error_code::{Code, ERROR_INTERFACE_NOT_CONNECTED, ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND};
use crate::router::admission::{Task, Teller};
use crate::router::agenda::Due;
use crate::router::connection::{Connection, LOCAL_ENDPOINT};
use crate::router::handle::Handle;
use crate::router::interface::Interface;
use crate::router::refused::Refused;
use crate::router::traffic::{Meter, Traffic};
use crate::scenario::routing::TUNNEL_ADDRESS;
use crate::scenario::user::account_key;
use crate::scenario::{Quarantine, Session};

impl State {
    /// Lets a client in that calls, if the service answers and the account may dial in now. If there are administration
    /// DLLs, the client waits for their answers, and the teller is told.
    pub(crate) fn admit(
        &mut self,
        session: &Session,
        at: Duration,
        teller: Option<Teller>,
    ) -> Result<(), Refused> {
        if self.answers().is_err() {
            return Err(Refused::NoFreePort);
        }
        if self.accounts.get(&account_key(&session.user)).is_some_and(|account| !account.may_log_on(at)) {
            return Err(Refused::OutsideHours);
        }
        if self.desk.is_some() { self.keep_waiting(session, at, teller) } else { self.connect(session, at) }
    }

    /// Connects a client: it takes a free port that is for clients, and an interface comes with it.
    pub(crate) fn connect(&mut self, session: &Session, at: Duration) -> Result<(), Refused> {
        let port =
            self.free_port(session.tunnel, sys::MPR_ENABLE_RAS_ON_DEVICE).ok_or(Refused::NoFreePort)?;
        let interface = self.interfaces.add(Interface::of_client(session.interface_name()));
        let handle = self.establish(session, port, interface, at);
        self.limit_to_hours(session, handle, at);
        Ok(())
    }

    /// Has a connection end with the hours of its account, if the server says so.
    pub(super) fn limit_to_hours(&mut self, session: &Session, handle: Handle, at: Duration) {
        if self.force_logoff
            && let Some(account) = self.accounts.get(&account_key(&session.user))
            && let Some(end) = account.hours_end(at)
        {
            self.schedule(end, Due::Leave(handle));
        }
    }

    /// Brings a connection up on a free port, over an interface that exists.
    pub(crate) fn establish(
        &mut self,
        session: &Session,
        port: Handle,
        interface: Handle,
        at: Duration,
    ) -> Handle {
        let (handle, connection) = self.take_port(session, port, interface, at);
        if let Some(interface) = self.interfaces.get_mut(interface) {
            interface.come_up(handle);
        }
        self.open(session, handle, connection, at);
        handle
    }

    /// Takes a free port for a connection that is not open yet, which has its handle and its address from now on.
    pub(super) fn take_port(
        &mut self,
        session: &Session,
        port: Handle,
        interface: Handle,
        at: Duration,
    ) -> (Handle, Connection) {
        let handle = self.connections.draw();
        let counted = Traffic { received: session.bytes_received, sent: session.bytes_sent };
        let rate = Traffic { received: session.receive_rate, sent: session.send_rate };
        let connection = Connection {
            interface,
            serial: if self.connections.reuses() { Handle::next().number() } else { handle.number() },
            user: session.user.as_str().into(),
            domain: session.domain.as_str().into(),
            computer: session.computer.as_str().into(),
            ports: vec![port],
            tunnel: session.tunnel,
            began: at.saturating_sub(session.connected_for),
            meter: Meter::new(counted, rate, at),
            address: self.give_address(session),
            ipv6: session.ipv6,
            endpoint: session.endpoint,
            local_endpoint: LOCAL_ENDPOINT,
            moves: 0,
            quarantine: session.quarantine,
            probation_ends: at.saturating_add(session.probation),
            has_messenger: session.has_messenger,
            messages: Vec::new(),
        };
        self.ports.take(port, handle, connection.began, connection.meter);
        (handle, connection)
    }

    /// Begins a connection whose port and interface are there.
    pub(super) fn open(&mut self, session: &Session, handle: Handle, connection: Connection, at: Duration) {
        self.connections.insert(handle, connection);
        if let Some(stay) = session.stays_for {
            self.schedule(at.saturating_add(stay), Due::Leave(handle));
        }
        if session.quarantine == Quarantine::Probation {
            self.schedule(at.saturating_add(session.probation), Due::Probation(handle));
        }
        self.notify();
    }

    /// Returns the address that a client gets: its own, or one of the pool; `None` if the server or the client has no
    /// IPv4.
    fn give_address(&mut self, session: &Session) -> Option<Ipv4Addr> {
        let has_ipv4 = self.transport(sys::PID_IP).is_ok();
        if session.without_ipv4 || !has_ipv4 { None } else { Some(self.addresses.give(session.address)) }
    }

    /// Sets the traffic of a connection and its ports from now on, in bytes per second.
    pub(crate) fn set_rate(&mut self, handle: Handle, rate: Traffic) {
        let now = self.now();
        let Some(connection) = self.connections.get_mut(handle) else { return };
        connection.meter.set_rate(rate, now);
        for port in &connection.ports {
            self.ports.set_rate(*port, rate, now);
        }
    }

    /// Disconnects a client that is still on probation when its time is over.
    pub(crate) fn end_probation(&mut self, handle: Handle, at: Duration) {
        let connection = self.connections.get(handle);
        if connection.is_some_and(|connection| connection.quarantine == Quarantine::Probation) {
            self.disconnect_at(handle, at);
        }
    }

    /// Ends a connection, on its interface and its ports too.
    pub(crate) fn disconnect(&mut self, handle: Handle) {
        self.disconnect_at(handle, self.now());
    }

    /// Ends a connection as [`State::disconnect`] at a time that may have passed.
    pub(super) fn disconnect_at(&mut self, handle: Handle, now: Duration) {
        let guest = self.leaving_guest(handle, now);
        let Some(connection) = self.connections.remove(handle) else {
            self.hang_up_waiting(handle);
            return;
        };
        // The handle is another's soon.
        if self.connections.reuses() {
            self.forget(|due| matches!(due, Due::Leave(other) | Due::Probation(other) if *other == handle));
        }
        match guest {
            Some(guest) => self.tell_of_end(guest),
            None => {
                if let Some(address) = connection.address {
                    self.addresses.take_back(address);
                }
            }
        }
        for port in connection.ports {
            self.ports.release(port, now);
        }
        let interface = self.interfaces.get_mut(connection.interface);
        if interface.is_some_and(Interface::go_down) {
            self.interfaces.remove(connection.interface);
        }
        self.notify();
    }

    /// Ends every connection.
    pub(crate) fn disconnect_all(&mut self) {
        let handles: Vec<Handle> = self.connections.iter().map(|(handle, _)| handle).collect();
        // From the last on, so that nothing behind them moves.
        for handle in handles.into_iter().rev() {
            self.disconnect(handle);
        }
    }

    /// Returns the router's own end of a connection.
    pub(crate) fn near_end(&self, connection: &Connection) -> Ipv4Addr {
        State::near_end_over(self.interfaces.get(connection.interface))
    }

    /// Returns the router's own end of a connection over this interface.
    pub(crate) fn near_end_over(interface: Option<&Interface>) -> Ipv4Addr {
        let own = interface.and_then(|interface| interface.settings.address);
        own.map_or(TUNNEL_ADDRESS, |(address, _)| address)
    }

    /// Finds a connection, to be changed.
    ///
    /// # Errors
    /// `ERROR_INTERFACE_NOT_CONNECTED` if there is none.
    pub(crate) fn connection_mut(&mut self, handle: Handle) -> Result<&mut Connection, Code> {
        self.connections.get_mut(handle).ok_or(ERROR_INTERFACE_NOT_CONNECTED)
    }

    /// Finds the connection of the client that has an address in its tunnel.
    pub(crate) fn connection_of_address(&self, address: Ipv4Addr) -> Option<Handle> {
        let mut connections = self.connections.iter();
        connections.find(|(_, connection)| connection.address == Some(address)).map(|(handle, _)| handle)
    }

    /// Lets a client that was in quarantine or on probation in.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` if there is no such connection, `ERROR_NOT_FOUND` if it was neither.
    pub(crate) fn remove_quarantine(&mut self, handle: Handle) -> Result<(), Code> {
        let connection = self.connections.get_mut(handle).ok_or(ERROR_INVALID_PARAMETER)?;
        if !matches!(connection.quarantine, Quarantine::Restricted | Quarantine::Probation) {
            return Err(ERROR_NOT_FOUND);
        }
        connection.quarantine = Quarantine::Normal;
        if let Some(desk) = self.open_desk() {
            desk.add(Task::Reauthenticate(handle));
        }
        Ok(())
    }
}
