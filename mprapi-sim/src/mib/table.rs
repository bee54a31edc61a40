//! The variables: interfaces, addresses and routes, as rows of 32-bit numbers.

use std::net::Ipv4Addr;

use mprapi_sys as sys;

use super::none_left;
use crate::code::{
    Code, ERROR_ALREADY_EXISTS, ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND, ERROR_NOT_SUPPORTED,
};
use crate::interface::Interface;
use crate::machine::State;
use crate::scenario;
use crate::traffic::Traffic;
use crate::wide;

/// The variables that are simulated, of iprtrmib.h's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variable {
    InterfaceNumber,
    InterfaceTable,
    InterfaceRow,
    IpStatistics,
    AddressTable,
    AddressRow,
    RouteNumber,
    RouteTable,
    RouteRow,
    InterfaceStatus,
}

impl Variable {
    /// # Errors
    /// `ERROR_NOT_SUPPORTED` for the others.
    pub(super) fn of(number: u32) -> Result<Variable, Code> {
        Ok(match number {
            0 => Variable::InterfaceNumber,
            1 => Variable::InterfaceTable,
            2 => Variable::InterfaceRow,
            3 => Variable::IpStatistics,
            4 => Variable::AddressTable,
            5 => Variable::AddressRow,
            6 => Variable::RouteNumber,
            7 => Variable::RouteTable,
            8 => Variable::RouteRow,
            25 => Variable::InterfaceStatus,
            _ => return Err(ERROR_NOT_SUPPORTED),
        })
    }
}

/// Which of a set of rows is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// The one that the indices name.
    This,
    First,
    /// The one after that which the indices name.
    Next,
}

/// A route that an administrator made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    destination: Ipv4Addr,
    mask: Ipv4Addr,
    next_hop: Ipv4Addr,
    interface: u32,
    metric: u32,
    protocol: u32,
}

/// `MIB_IPPROTO_LOCAL` and `MIB_IPPROTO_NETMGMT`
const LOCAL: u32 = 2;
const NETWORK_MANAGEMENT: u32 = 3;
/// `MIB_IPROUTE_TYPE_DIRECT` and `MIB_IPROUTE_TYPE_INDIRECT`
const DIRECT: u32 = 3;
const INDIRECT: u32 = 4;
/// `MIB_IPROUTE_METRIC_UNUSED`
const UNUSED: u32 = u32::MAX;

fn mask(prefix: u8) -> Ipv4Addr {
    Ipv4Addr::from(u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0))
}

/// An address as the tables have it: its bytes in the network's order, whatever the machine's.
fn in_network_order(address: Ipv4Addr) -> u32 {
    u32::from_ne_bytes(address.octets())
}

fn from_network_order(number: u32) -> Ipv4Addr {
    Ipv4Addr::from(number.to_ne_bytes())
}

impl Route {
    pub(crate) fn new(described: &scenario::Route) -> Route {
        Route {
            destination: described.destination,
            mask: mask(described.prefix),
            next_hop: described.next_hop,
            interface: 0,
            metric: described.metric,
            protocol: NETWORK_MANAGEMENT,
        }
    }

    /// `MIB_IPFORWARDROW`
    fn row(&self) -> [u32; 14] {
        [
            in_network_order(self.destination),
            in_network_order(self.mask),
            0,
            in_network_order(self.next_hop),
            self.interface,
            if self.protocol == LOCAL { DIRECT } else { INDIRECT },
            self.protocol,
            0,
            0,
            self.metric,
            UNUSED,
            UNUSED,
            UNUSED,
            UNUSED,
        ]
    }

    fn of_row(row: &[u8]) -> Result<Route, Code> {
        let (numbers, _) = row.as_chunks::<4>();
        let numbers: Vec<u32> = numbers.iter().map(|number| u32::from_ne_bytes(*number)).collect();
        let [destination, mask, _, next_hop, interface, _, protocol, _, _, metric, ..] = numbers[..] else {
            return Err(ERROR_INVALID_PARAMETER);
        };
        Ok(Route {
            destination: from_network_order(destination),
            mask: from_network_order(mask),
            next_hop: from_network_order(next_hop),
            interface,
            metric,
            protocol,
        })
    }

    /// What a query names a route by: destination, protocol, policy, next hop.
    fn key(&self) -> [u32; 4] {
        [u32::from(self.destination), self.protocol, 0, u32::from(self.next_hop)]
    }
}

/// The key that a query's indices name; missing ones are 0.
fn route_key(indices: &[u32]) -> [u32; 4] {
    let index = |place: usize| indices.get(place).copied().unwrap_or(0);
    [u32::from(from_network_order(index(0))), index(1), index(2), u32::from(from_network_order(index(3)))]
}

fn bytes(numbers: impl IntoIterator<Item = u32>) -> Vec<u8> {
    numbers.into_iter().flat_map(u32::to_ne_bytes).collect()
}

/// A table: the number of rows, then the rows.
fn table(rows: impl ExactSizeIterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut table = (rows.len() as u32).to_ne_bytes().to_vec();
    rows.for_each(|row| table.extend(row));
    table
}

/// One of rows that are sorted by their keys.
fn pick<K: Ord, R>(rows: Vec<(K, R)>, key: &K, which: Which) -> Result<R, Code> {
    let mut rows = rows.into_iter();
    match which {
        Which::This => rows.find(|row| row.0 == *key).ok_or(ERROR_NOT_FOUND),
        Which::First => rows.next().ok_or(none_left()),
        Which::Next => rows.find(|row| row.0 > *key).ok_or(none_left()),
    }
    .map(|row| row.1)
}

impl State {
    /// The interfaces of the table: clients share the internal one.
    fn mib_interfaces(&self) -> Vec<(u32, &Interface)> {
        let interfaces = self.interfaces.iter();
        let own = interfaces.filter(|(_, interface)| interface.kind() != sys::ROUTER_IF_TYPE_CLIENT);
        own.map(|(handle, interface)| (handle.number(), interface)).collect()
    }

    fn internal_index(&self) -> u32 {
        let interfaces = self.mib_interfaces();
        let internal = interfaces.iter().find(|(_, other)| other.kind() == sys::ROUTER_IF_TYPE_INTERNAL);
        internal.map_or(0, |(index, _)| *index)
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
        for (_, client) in self.connections.iter() {
            let traffic = client.meter.read(now);
            sum.received += traffic.received;
            sum.sent += traffic.sent;
        }
        sum
    }

    /// `MIB_IFROW`
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
            operational_status(interface),
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
        let description = interface.settings.friendly_name.as_bytes();
        let length = description.len().min(255);
        row.extend(bytes([length as u32 + 1]));
        let mut text = description[..length].to_vec();
        text.resize(256, 0);
        row.extend(text);
        row
    }

    /// Address, interface and mask of everything that has one, by address.
    fn addresses(&self) -> Vec<(u32, [u32; 3])> {
        let mut addresses = Vec::new();
        for (index, interface) in self.mib_interfaces() {
            let own = match interface.kind() {
                sys::ROUTER_IF_TYPE_LOOPBACK => Some((Ipv4Addr::LOCALHOST, 8)),
                sys::ROUTER_IF_TYPE_INTERNAL => Some((self.tunnel_address(), 32)),
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

    /// `MIB_IPADDRROW`
    fn address_row([address, index, mask]: [u32; 3]) -> Vec<u8> {
        // The last number is two of 16 bits; of these the second says "primary".
        let last = [0u16, 1].map(u16::to_ne_bytes).concat();
        let mut row = bytes([address, index, mask, 1, 65_535]);
        row.extend(last);
        row
    }

    /// The routes to the local networks and to the clients, and those that an administrator made.
    fn all_routes(&self) -> Vec<([u32; 4], Route)> {
        let mut routes = self.routes.clone();
        for (_, [address, interface, mask]) in self.addresses() {
            let (address, mask) = (from_network_order(address), from_network_order(mask));
            let destination = Ipv4Addr::from(u32::from(address) & u32::from(mask));
            routes.push(Route {
                destination,
                mask,
                next_hop: address,
                interface,
                metric: 1,
                protocol: LOCAL,
            });
        }
        let (internal, next_hop) = (self.internal_index(), self.tunnel_address());
        for (_, client) in self.connections.iter() {
            routes.push(Route {
                destination: client.address,
                mask: Ipv4Addr::BROADCAST,
                next_hop,
                interface: internal,
                metric: 1,
                protocol: LOCAL,
            });
        }
        let mut routes: Vec<_> = routes.into_iter().map(|route| (route.key(), route)).collect();
        routes.sort_unstable_by_key(|route| route.0);
        routes
    }

    /// `MIB_IPSTATS`
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

    pub(super) fn read_variable(
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
                Ok(bytes([index, admin_status(interface), operational_status(interface), 0, 0]))
            }
            Variable::AddressRow => {
                let key = u32::from(from_network_order(index));
                pick(self.addresses(), &key, which).map(State::address_row)
            }
            Variable::RouteRow => {
                pick(self.all_routes(), &route_key(indices), which).map(|route| bytes(route.row()))
            }
            // What is no row has nothing after it.
            _ if which == Which::Next => Err(none_left()),
            Variable::InterfaceNumber => Ok(bytes([self.mib_interfaces().len() as u32])),
            Variable::InterfaceTable => Ok(table(self.mib_interfaces().iter().map(row))),
            Variable::IpStatistics => Ok(self.ip_statistics()),
            Variable::AddressTable => {
                Ok(table(self.addresses().into_iter().map(|(_, row)| State::address_row(row))))
            }
            Variable::RouteNumber => Ok(bytes([self.all_routes().len() as u32])),
            Variable::RouteTable => {
                Ok(table(self.all_routes().into_iter().map(|(_, route)| bytes(route.row()))))
            }
        }
    }

    pub(super) fn create_variable(&mut self, variable: Variable, value: &[u8]) -> Result<(), Code> {
        if variable != Variable::RouteRow {
            return Err(ERROR_NOT_SUPPORTED);
        }
        let route = Route::of_row(value)?;
        if self.all_routes().iter().any(|(key, _)| *key == route.key()) {
            return Err(ERROR_ALREADY_EXISTS);
        }
        self.routes.push(route);
        Ok(())
    }

    pub(super) fn set_variable(&mut self, variable: Variable, value: &[u8]) -> Result<(), Code> {
        match variable {
            Variable::RouteRow => {
                let route = Route::of_row(value)?;
                let known = self.routes.iter_mut().find(|known| known.key() == route.key());
                *known.ok_or(ERROR_NOT_FOUND)? = route;
                Ok(())
            }
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

    pub(super) fn delete_variable(&mut self, variable: Variable, indices: &[u32]) -> Result<(), Code> {
        if variable != Variable::RouteRow {
            return Err(ERROR_NOT_SUPPORTED);
        }
        let key = route_key(indices);
        let position = self.routes.iter().position(|route| route.key() == key);
        self.routes.remove(position.ok_or(ERROR_NOT_FOUND)?);
        Ok(())
    }
}

/// `MIB_IF_ADMIN_STATUS_UP` or `_DOWN`
fn admin_status(interface: &Interface) -> u32 {
    if interface.settings.enabled { 1 } else { 2 }
}

/// `MIB_IF_OPER_STATUS_…`, which for the states of a router's interface are greater by one; 5 is operational.
fn operational_status(interface: &Interface) -> u32 {
    let is_up = interface.state() == sys::ROUTER_IF_STATE_CONNECTED;
    if is_up && !interface.settings.is_demand_dial() { 5 } else { interface.state().cast_unsigned() + 1 }
}
