//! The management variables of a router: interfaces, addresses and routes, as rows of 32-bit numbers.

use std::net::Ipv4Addr;
use std::time::Duration;

use mprapi_sys as sys;

use super::State;
use crate::error_code::{
    Code, ERROR_CAN_NOT_COMPLETE, ERROR_INVALID_PARAMETER, ERROR_NO_MORE_ITEMS, ERROR_NOT_FOUND,
    ERROR_NOT_SUPPORTED,
};
use crate::router::interface::Interface;
use crate::router::mib::{Variable, Which, bytes, from_network_order, in_network_order};
use crate::router::route::route_key;
use crate::router::traffic::Traffic;
use crate::scenario::routing::{TUNNEL_ADDRESS, mask};
use crate::wide;

/// `IPRTRMGR_PID`
const ROUTER_MANAGER: u32 = 10_000;

/// Returns the bytes of a table: the number of rows, then the rows.
fn table(rows: impl ExactSizeIterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut table = (rows.len() as u32).to_ne_bytes().to_vec();
    rows.for_each(|row| table.extend(row));
    table
}

/// Returns one of rows that are sorted by their keys.
fn pick<K: Ord, R>(rows: Vec<(K, R)>, key: &K, which: Which) -> Result<R, Code> {
    let mut rows = rows.into_iter();
    match which {
        Which::This => rows.find(|row| row.0 == *key).ok_or(ERROR_NOT_FOUND),
        Which::First => rows.next().ok_or(ERROR_NO_MORE_ITEMS),
        Which::Next => rows.find(|row| row.0 > *key).ok_or(ERROR_NO_MORE_ITEMS),
    }
    .map(|row| row.1)
}

impl State {
    /// Checks that both protocols are there.
    ///
    /// # Errors
    /// `ERROR_UNKNOWN_PROTOCOL_ID` or `ERROR_CAN_NOT_COMPLETE` if one is not, `ERROR_NOT_SUPPORTED` if its variables
    /// are not simulated.
    pub(crate) fn check_protocols(&self, protocol: u32, routing: u32) -> Result<(), Code> {
        self.transport(protocol)?;
        if routing != ROUTER_MANAGER {
            return Err(ERROR_CAN_NOT_COMPLETE);
        }
        // The other router managers' variables are not simulated.
        if protocol == sys::PID_IP { Ok(()) } else { Err(ERROR_NOT_SUPPORTED) }
    }

    /// Refuses a trap. Traps are not simulated, but a protocol that is not there is told from one that is.
    pub(crate) fn refuse_traps(&self, protocol: u32) -> Result<(), Code> {
        self.transport(protocol)?;
        Err(ERROR_NOT_SUPPORTED)
    }

    /// Lists the interfaces of the table: clients share the internal one.
    pub(crate) fn mib_interfaces(&self) -> Vec<(u32, &Interface)> {
        let interfaces = self.interfaces.iter();
        let own = interfaces.filter(|(_, interface)| interface.kind() != sys::ROUTER_IF_TYPE_CLIENT);
        own.map(|(handle, interface)| (handle.number(), interface)).collect()
    }

    fn interface_traffic(&self, interface: &Interface) -> Traffic {
        let now = self.now();
        if let Some(connection) = interface.connection.and_then(|handle| self.connections.get(handle)) {
            return connection.meter.read(now);
        }
        if interface.kind() != sys::ROUTER_IF_TYPE_INTERNAL {
            return interface.meter.read(now);
        }
        let mut sum = Traffic::default();
        let clients = self.connections.iter().filter(|(_, client)| self.link_of(client).is_none());
        for (_, client) in clients {
            let traffic = client.meter.read(now);
            sum.received = sum.received.wrapping_add(traffic.received);
            sum.sent = sum.sent.wrapping_add(traffic.sent);
        }
        sum
    }

    /// Returns `MIB_IFROW`.
    fn interface_row(&self, index: u32, interface: &Interface) -> Vec<u8> {
        let traffic = self.interface_traffic(interface);
        let (kind, speed) = match interface.kind() {
            sys::ROUTER_IF_TYPE_LOOPBACK => (24, 1_073_741_824),
            sys::ROUTER_IF_TYPE_DEDICATED => (6, 1_000_000_000),
            _ => (23, 100_000_000),
        };
        let name: [u16; 256] = wide::array(interface.name());
        let mut row = wide::bytes(&name);
        row.extend(bytes([index, kind, 1500, speed, 0, 0, 0]));
        row.extend(bytes([
            admin_status(interface),
            operational_status(interface, self.now()),
            0,
            traffic.received as u32,
            Traffic::frames(traffic.received),
            0,
            0,
            0,
            0,
            traffic.sent as u32,
            Traffic::frames(traffic.sent),
            0,
            0,
            0,
            0,
        ]));
        let description = &interface.settings.friendly_name;
        let length = (0..=255).rev().find(|length| description.is_char_boundary(*length)).unwrap_or(0);
        let length = length.min(description.len());
        row.extend(bytes([length as u32 + 1]));
        let mut text = description.as_bytes()[..length].to_vec();
        text.resize(256, 0);
        row.extend(text);
        row
    }

    /// Lists address, interface and mask of each interface that is up and has an address, by address.
    pub(crate) fn addresses(&self) -> Vec<(u32, [u32; 3])> {
        let mut addresses = Vec::new();
        for (index, interface) in self.mib_interfaces() {
            if !interface.is_up() {
                continue;
            }
            let own = match interface.kind() {
                sys::ROUTER_IF_TYPE_LOOPBACK => Some((Ipv4Addr::LOCALHOST, 8)),
                sys::ROUTER_IF_TYPE_INTERNAL => Some((TUNNEL_ADDRESS, 32)),
                _ => interface.settings.address,
            };
            if let Some((address, prefix)) = own {
                let row = [in_network_order(address), index, in_network_order(mask(prefix))];
                addresses.push((u32::from(address), row));
            }
        }
        addresses.sort_unstable_by_key(|address| address.0);
        addresses
    }

    /// Returns `MIB_IPADDRROW`.
    fn address_row([address, index, mask]: [u32; 3]) -> Vec<u8> {
        // The last number is two of 16 bits; of these the second says "primary".
        let last = [0u16, 1].map(u16::to_ne_bytes).concat();
        let mut row = bytes([address, index, mask, 1, 65_535]);
        row.extend(last);
        row
    }

    /// Returns `MIB_IPSTATS`.
    fn ip_statistics(&self) -> Vec<u8> {
        let traffic: Vec<Traffic> = {
            let interfaces = self.mib_interfaces();
            interfaces.iter().map(|(_, interface)| self.interface_traffic(interface)).collect()
        };
        let received: u32 =
            traffic.iter().map(|one| Traffic::frames(one.received)).fold(0, u32::wrapping_add);
        let sent: u32 = traffic.iter().map(|one| Traffic::frames(one.sent)).fold(0, u32::wrapping_add);
        let mut numbers = [0; 23];
        // Forwarding, time to live, received, forwarded, delivered, sent, time-out of reassembly.
        for (place, number) in
            [(0, 1), (1, 128), (2, received), (5, sent), (8, received), (9, sent), (13, 60)]
        {
            numbers[place] = number;
        }
        numbers[20] = self.mib_interfaces().len() as u32;
        numbers[21] = self.addresses().len() as u32;
        numbers[22] = self.all_routes().len() as u32;
        bytes(numbers)
    }

    pub(crate) fn read_variable(
        &self,
        variable: Variable,
        indices: &[u32],
        which: Which,
    ) -> Result<Vec<u8>, Code> {
        let index = indices.first().copied().unwrap_or(0);
        let row = |(index, interface): &(u32, &Interface)| self.interface_row(*index, interface);
        match variable {
            Variable::InterfaceRow => {
                let rows = self.mib_interfaces().into_iter().map(|one| (one.0, one)).collect();
                pick(rows, &index, which).map(|one| row(&one))
            }
            Variable::InterfaceStatus => {
                let rows = self.mib_interfaces().into_iter().map(|one| (one.0, one)).collect();
                let (index, interface) = pick(rows, &index, which)?;
                Ok(bytes([index, admin_status(interface), operational_status(interface, self.now()), 0, 0]))
            }
            Variable::AddressRow => {
                let key = u32::from(from_network_order(index));
                pick(self.addresses(), &key, which).map(State::address_row)
            }
            Variable::RouteRow => {
                let routes = self.all_routes().into_iter().collect();
                pick(routes, &route_key(indices), which).map(|route| route.bytes())
            }
            // Nothing comes after a variable that is not a row.
            _ if which == Which::Next => Err(ERROR_NO_MORE_ITEMS),
            Variable::InterfaceNumber => Ok(bytes([self.mib_interfaces().len() as u32])),
            Variable::InterfaceTable => Ok(table(self.mib_interfaces().iter().map(row))),
            Variable::IpStatistics => Ok(self.ip_statistics()),
            Variable::AddressTable => {
                Ok(table(self.addresses().into_iter().map(|(_, row)| State::address_row(row))))
            }
            Variable::RouteNumber => Ok(bytes([self.all_routes().len() as u32])),
            Variable::RouteTable => Ok(table(self.all_routes().into_values().map(|route| route.bytes()))),
        }
    }

    pub(crate) fn create_variable(&mut self, variable: Variable, value: &[u8]) -> Result<(), Code> {
        match variable {
            Variable::RouteRow => self.create_route(value),
            _ => Err(ERROR_NOT_SUPPORTED),
        }
    }

    pub(crate) fn set_variable(&mut self, variable: Variable, value: &[u8]) -> Result<(), Code> {
        match variable {
            Variable::RouteRow => self.set_route(value),
            Variable::InterfaceRow => {
                let number = |offset: usize| {
                    let bytes = value.get(offset..offset + 4).ok_or(ERROR_INVALID_PARAMETER)?;
                    bytes.try_into().map(u32::from_ne_bytes).map_err(|_| ERROR_INVALID_PARAMETER)
                };
                // Behind the name the index, and five numbers and the address later the wish.
                let (index, wish) = (number(512)?, number(512 + 28)?);
                let up = match wish {
                    1 => true,
                    2 => false,
                    _ => return Err(ERROR_INVALID_PARAMETER),
                };
                self.enable(index, up)
            }
            _ => Err(ERROR_NOT_SUPPORTED),
        }
    }

    fn enable(&mut self, index: u32, enabled: bool) -> Result<(), Code> {
        let known = self.mib_interfaces().iter().any(|(known, _)| *known == index);
        let found = self.interfaces.iter_mut().find(|(handle, _)| handle.number() == index);
        let (handle, interface) = found.filter(|_| known).ok_or(ERROR_NOT_FOUND)?;
        interface.settings_mut().enabled = enabled;
        self.follow_enabled(handle);
        Ok(())
    }

    pub(crate) fn delete_variable(&mut self, variable: Variable, indices: &[u32]) -> Result<(), Code> {
        match variable {
            Variable::RouteRow => self.delete_route(indices),
            _ => Err(ERROR_NOT_SUPPORTED),
        }
    }
}

/// `MIB_IF_ADMIN_STATUS_UP` or `_DOWN`
fn admin_status(interface: &Interface) -> u32 {
    if interface.settings.enabled { 1 } else { 2 }
}

/// `MIB_IF_OPER_STATUS_…`, which for the states of a router's interface are greater by one; 5 is operational.
fn operational_status(interface: &Interface, now: Duration) -> u32 {
    let state = interface.state(now);
    let is_local = interface.is_up() && !interface.settings.is_demand_dial();
    if is_local { 5 } else { state.cast_unsigned() + 1 }
}
