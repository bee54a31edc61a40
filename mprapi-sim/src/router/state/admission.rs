//! Clients of a server that has administration DLLs: how they come and go, with what the DLLs are told.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use mprapi_sys as sys;

use super::State;
use crate::router::admission::{Desk, Granted, Guest, Phase, Task, Teller, Waiting};
use crate::router::callout::{CalloutOutcome, StartFailure};
use crate::router::connection::Connection;
use crate::router::handle::Handle;
use crate::router::interface::Interface;
use crate::router::refused::Refused;
use crate::scenario::check::unusable;
use crate::scenario::routing::TUNNEL_ADDRESS;
use crate::scenario::{Service, Session};

impl State {
    /// Returns the desk of a service whose DLLs are at work.
    pub(crate) fn open_desk(&mut self) -> Option<&mut Desk> {
        self.desk.as_deref_mut().filter(|desk| desk.phase == Phase::Open)
    }

    /// Returns `true` if no callout is due, and nothing on the agenda.
    pub(crate) fn is_quiet(&self) -> bool {
        let is_due = self.agenda.keys().next().is_some_and(|(at, _)| *at <= self.now());
        self.desk.is_none() || !self.is_blocked() && !is_due
    }

    /// Returns `true` if callouts are due or under way, or the service starts or stops.
    pub(crate) fn is_blocked(&self) -> bool {
        self.desk.as_ref().is_some_and(|desk| !desk.is_quiet())
    }

    /// Returns `true` if the agenda must wait: on a stepped clock the next event comes when the callouts of the one
    /// before are made, so that each run sees the same.
    pub(super) fn must_wait(&self) -> bool {
        !self.clock.is_real() && self.is_blocked()
    }

    /// Takes a client who calls to the desk.
    pub(super) fn keep_waiting(
        &mut self,
        session: &Session,
        at: Duration,
        teller: Option<Teller>,
    ) -> Result<(), Refused> {
        let port =
            self.free_port(session.tunnel, sys::MPR_ENABLE_RAS_ON_DEVICE).ok_or(Refused::NoFreePort)?;
        let interface = self.interfaces.draw();
        let (handle, connection) = self.take_port(session, port, interface, at);
        if let Some(port) = self.ports.all.get_mut(port) {
            port.condition = sys::RAS_PORT_AUTHENTICATING;
        }
        let waiting = Waiting {
            session: session.clone(),
            connection,
            at,
            granted: Granted::default(),
            is_gone: false,
            teller,
        };
        if let Some(desk) = &mut self.desk {
            desk.waiting.insert(handle, waiting);
            desk.add(Task::Assign(handle));
        }
        Ok(())
    }

    /// Copies a client for the callouts.
    fn guest(&self, handle: Handle, connection: Connection, now: Duration, granted: Granted) -> Guest {
        let port = |port: &Handle| Some((*port, self.ports.all.get(*port)?.clone()));
        let ports = connection.ports.iter().filter_map(port).collect();
        let server = self.near_end(&connection);
        Guest { handle, connection, ports, server, now, granted }
    }

    /// Copies a client who waits; `None` for one who is gone.
    pub(crate) fn waiting_guest(&self, handle: Handle) -> Option<Guest> {
        let waiting = self.desk.as_ref()?.waiting.get(&handle)?;
        let is_there = !waiting.is_gone;
        is_there.then(|| self.guest(handle, waiting.connection.clone(), waiting.at, waiting.granted))
    }

    /// Copies a client who is connected.
    pub(crate) fn connected_guest(&self, handle: Handle) -> Option<Guest> {
        let connection = self.connections.get(handle)?.clone();
        Some(self.guest(handle, connection, self.now(), Granted::default()))
    }

    /// Gives a waiting client the IPv4 address that a DLL chose, which it wants back if `dll` has a number.
    ///
    /// # Errors
    /// The fault of the address.
    pub(crate) fn assign_ipv4(
        &mut self,
        handle: Handle,
        chosen: Ipv4Addr,
        dll: Option<usize>,
    ) -> Result<(), CalloutOutcome> {
        let is_router = |(_, interface): (Handle, &Interface)| {
            interface.settings.address.is_some_and(|(address, _)| address == chosen)
        };
        let is_router = chosen == TUNNEL_ADDRESS || self.interfaces.iter().any(is_router);
        let waiting = self.desk.as_mut().and_then(|desk| desk.waiting.get_mut(&handle));
        let Some(waiting) = waiting else { return Ok(()) };
        waiting.granted.ipv4 = dll.map(|dll| (dll, chosen));
        if waiting.connection.address == Some(chosen) {
            return Ok(());
        }
        if unusable(IpAddr::V4(chosen)).is_some() {
            return Err(CalloutOutcome::AddressUnusable(chosen.into()));
        }
        if is_router || !self.addresses.claim(chosen) {
            return Err(CalloutOutcome::AddressTaken(chosen.into()));
        }
        if let Some(before) = waiting.connection.address.replace(chosen) {
            self.addresses.take_back(before);
        }
        Ok(())
    }

    /// As [`State::assign_ipv4`], for an IPv6 address.
    pub(crate) fn assign_ipv6(
        &mut self,
        handle: Handle,
        chosen: Ipv6Addr,
        dll: Option<usize>,
    ) -> Result<(), CalloutOutcome> {
        let mut connected = self.connections.iter().map(|(_, connection)| connection);
        let is_taken = connected.any(|connection| connection.ipv6 == Some(chosen));
        let Some(desk) = &mut self.desk else { return Ok(()) };
        let mut others = desk.waiting.iter().filter(|(other, _)| **other != handle);
        let is_taken = is_taken || others.any(|(_, waiting)| waiting.connection.ipv6 == Some(chosen));
        let Some(waiting) = desk.waiting.get_mut(&handle) else { return Ok(()) };
        waiting.granted.ipv6 = dll.map(|dll| (dll, chosen));
        if is_taken {
            return Err(CalloutOutcome::AddressTaken(chosen.into()));
        }
        waiting.connection.ipv6 = Some(chosen);
        Ok(())
    }

    /// Sends a client with addresses on to be asked whether it may connect.
    pub(crate) fn send_on(&mut self, handle: Handle) {
        if let Some(desk) = &mut self.desk {
            desk.add(Task::Accept(handle));
        }
    }

    /// Lets a client in. Returns `false` if it has gone meanwhile.
    pub(crate) fn let_in(&mut self, handle: Handle) -> bool {
        let Some(desk) = &mut self.desk else { return false };
        if desk.waiting.get(&handle).is_none_or(|waiting| waiting.is_gone) {
            return false;
        }
        let Some(waiting) = desk.waiting.remove(&handle) else { return false };
        if !waiting.granted.is_nothing() {
            desk.granted.insert(handle, waiting.granted);
        }
        let Waiting { session, connection, at, teller, .. } = waiting;
        for port in &connection.ports {
            if let Some(port) = self.ports.all.get_mut(*port) {
                port.condition = sys::RAS_PORT_AUTHENTICATED;
            }
        }
        let mut interface = Interface::of_client(session.interface_name());
        interface.come_up(handle);
        self.interfaces.insert(connection.interface, interface);
        self.open(&session, handle, connection, at);
        self.limit_to_hours(&session, handle, at);
        if let Some(teller) = teller {
            let _ = teller.send(Ok(()));
        }
        true
    }

    /// Sends a waiting client away.
    pub(crate) fn send_away(&mut self, handle: Handle, reason: Refused) {
        let now = self.now();
        let waiting = self.desk.as_mut().and_then(|desk| desk.waiting.remove(&handle));
        let Some(waiting) = waiting else { return };
        let guest = self.guest(handle, waiting.connection.clone(), waiting.at, waiting.granted);
        for port in &waiting.connection.ports {
            self.ports.release(*port, now);
        }
        self.connections.give_back(handle);
        self.interfaces.give_back(waiting.connection.interface);
        self.give_up_addresses(Box::new(guest));
        if let Some(teller) = waiting.teller {
            let _ = teller.send(Err(reason));
        }
    }

    /// Gives up the addresses of a client who is gone. If a DLL wants them back, they are free when it is told.
    pub(crate) fn give_up_addresses(&mut self, guest: Box<Guest>) {
        match &mut self.desk {
            Some(desk) if !guest.granted.is_nothing() => desk.add(Task::Release(guest)),
            _ => self.released(&guest),
        }
    }

    /// Frees the address of a client who is gone.
    pub(crate) fn released(&mut self, guest: &Guest) {
        if let Some(address) = guest.connection.address {
            self.addresses.take_back(address);
        }
    }

    /// Makes a waiting client one who has hung up.
    pub(super) fn hang_up_waiting(&mut self, handle: Handle) {
        let waiting = self.desk.as_mut().and_then(|desk| desk.waiting.get_mut(&handle));
        if let Some(waiting) = waiting {
            waiting.is_gone = true;
        }
    }

    /// Copies a client who leaves, for the DLLs to be told of it. `None` for a link to another site, and where there are no
    /// DLLs.
    pub(super) fn leaving_guest(&mut self, handle: Handle, now: Duration) -> Option<Box<Guest>> {
        let connection = self.connections.get(handle)?;
        let interface = self.interfaces.get(connection.interface)?;
        let is_client = interface.kind() == sys::ROUTER_IF_TYPE_CLIENT;
        let granted = self.desk.as_mut().filter(|_| is_client)?.granted.remove(&handle).unwrap_or_default();
        let connection = self.connections.get(handle)?.clone();
        Some(Box::new(self.guest(handle, connection, now, granted)))
    }

    /// Has the DLLs told that a connection has ended.
    pub(super) fn tell_of_end(&mut self, guest: Box<Guest>) {
        if let Some(desk) = &mut self.desk {
            desk.add(Task::End(guest));
        }
    }

    /// Notes that the DLLs are loaded and initialised: the service runs, and the first sessions begin.
    pub(crate) fn dlls_are_ready(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        desk.failure = None;
        if !desk.is_wanted {
            desk.phase = Phase::Closing;
            desk.ring();
            return;
        }
        desk.phase = Phase::Open;
        let (first, is_first) =
            (std::mem::take(&mut desk.first), !std::mem::replace(&mut desk.has_run, true));
        self.service = Service::Running;
        if !is_first {
            self.take_up_stored();
        }
        let now = self.now();
        for session in first {
            // One who finds no port does not come.
            let _ = self.keep_waiting(&session, now, None);
        }
        if let Some(desk) = &self.desk {
            desk.ring();
        }
    }

    /// Notes that the service does not start.
    pub(crate) fn dlls_have_failed(&mut self, failure: StartFailure) {
        self.service = Service::Stopped;
        if let Some(desk) = &mut self.desk {
            desk.failure = Some(failure);
            desk.phase = Phase::Idle;
            desk.is_wanted = false;
            desk.first.clear();
            desk.ring();
        }
    }

    /// Notes that the DLLs have cleaned up.
    pub(crate) fn dlls_have_ended(&mut self) {
        if let Some(desk) = &mut self.desk {
            desk.phase = Phase::Idle;
            desk.ring();
        }
    }

    /// Has the DLLs loaded.
    pub(super) fn want_dlls(&mut self) {
        if let Some(desk) = &mut self.desk {
            desk.is_wanted = true;
            desk.ring();
        }
    }

    /// Has the DLLs told that the service stops, and lets go of them: the machine has left the network.
    pub(crate) fn shut(&mut self) {
        if self.desk.is_some() {
            self.stop_service();
        }
        if let Some(desk) = &mut self.desk {
            desk.is_shut = true;
            desk.ring();
        }
    }

    /// Has the DLLs told that the service stops.
    pub(super) fn close_desk(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        desk.is_wanted = false;
        desk.first.clear();
        desk.waiting.values_mut().for_each(|waiting| waiting.is_gone = true);
        if desk.phase == Phase::Open {
            desk.phase = Phase::Closing;
        }
        desk.ring();
    }
}
