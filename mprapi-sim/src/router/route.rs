//! Routes: those to the local networks, to the clients and to the other ends of links; those that an administrator made;
//! and those that are set on an interface. Each leads over an interface that is there.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use mprapi_sys as sys;

use super::table::bytes;
use crate::code::{Code, ERROR_ALREADY_EXISTS, ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND};
use crate::connection::Connection;
use crate::info_block;
use crate::interface::Interface;
use crate::machine::State;
use crate::{scenario, wide};

/// A route that an administrator made.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    destination: Ipv4Addr,
    mask: Ipv4Addr,
    next_hop: Ipv4Addr,
    over: Over,
    metric: u32,
    protocol: u32,
}

/// The interface that a route leads over.
#[derive(Clone, Debug)]
enum Over {
    Index(u32),
    Named(String),
    /// Whichever is on the network of the next hop.
    NextHop,
}

/// A row of the table.
#[derive(Clone, Copy)]
pub(super) struct Row {
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
/// `IP_ROUTE_INFO`
const ROUTES_OF_INTERFACE: u32 = 0xFFFF_0005;

pub(super) fn mask(prefix: u8) -> Ipv4Addr {
    Ipv4Addr::from(u32::MAX.checked_shl(32_u32.saturating_sub(prefix.into())).unwrap_or(0))
}

/// Returns `true` if two addresses are on one network.
pub(crate) fn same_network(one: Ipv4Addr, other: Ipv4Addr, prefix: u8) -> bool {
    one & mask(prefix) == other & mask(prefix)
}

/// An address as the tables have it: its bytes in the network's order, whatever the machine's.
pub(super) fn in_network_order(address: Ipv4Addr) -> u32 {
    u32::from_ne_bytes(address.octets())
}

pub(super) fn from_network_order(number: u32) -> Ipv4Addr {
    Ipv4Addr::from(number.to_ne_bytes())
}

/// What a query names a route by: destination, protocol, policy, next hop.
type Key = [u32; 4];

/// The key that a query's indices name; missing ones are 0.
pub(super) fn route_key(indices: &[u32]) -> Key {
    let index = |place: usize| indices.get(place).copied().unwrap_or(0);
    [u32::from(from_network_order(index(0))), index(1), index(2), u32::from(from_network_order(index(3)))]
}

impl Row {
    /// `MIB_IPFORWARDROW`
    pub(super) fn bytes(&self) -> Vec<u8> {
        bytes([
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
        ])
    }

    fn key(&self) -> Key {
        [u32::from(self.destination), self.protocol, 0, u32::from(self.next_hop)]
    }
}

impl Route {
    pub(crate) fn new(described: &scenario::Route, over: Option<&str>) -> Route {
        let mask = mask(described.prefix);
        Route {
            destination: described.destination & mask,
            mask,
            next_hop: described.next_hop,
            over: over.map_or(Over::NextHop, |name| Over::Named(name.to_owned())),
            metric: described.metric,
            protocol: NETWORK_MANAGEMENT,
        }
    }

    /// A route of `MIB_IPFORWARDROW`.
    fn of_row(row: &[u8]) -> Result<Route, Code> {
        let (numbers, _) = row.as_chunks::<4>();
        let numbers: Vec<u32> = numbers.iter().map(|number| u32::from_ne_bytes(*number)).collect();
        let [destination, mask, _, next_hop, interface, _, protocol, _, _, metric, ..] = numbers[..] else {
            return Err(ERROR_INVALID_PARAMETER);
        };
        let (destination, mask) = (from_network_order(destination), from_network_order(mask));
        // A mask is ones and then zeros, and what it masks is no part of the destination.
        if (!u32::from(mask)).wrapping_add(1).count_ones() > 1 || destination & mask != destination {
            return Err(ERROR_INVALID_PARAMETER);
        }
        Ok(Route {
            destination,
            mask,
            next_hop: from_network_order(next_hop),
            over: Over::Index(interface),
            metric,
            protocol,
        })
    }

    /// The routes that the settings of a transport set on its interface: items of `MIB_IPFORWARDROW`, or of
    /// `INTERFACE_ROUTE_INFO`, which has some fields elsewhere.
    fn of_interface(info: &[u8]) -> Vec<Route> {
        let read = |item: &[u8]| match item.len() {
            56 => Route::of_row(item).ok(),
            72 => {
                // The first four and the first metric stand where they are the same for both; IPv6 has no row here.
                let number = |place: usize| item.get(4 * place..4 * place + 4).unwrap_or_default();
                let row = [0, 1, 2, 3, 12, 13, 14, 4, 5, 6].map(number).concat();
                if number(17) == [0; 4] { None } else { Route::of_row(&row).ok() }
            }
            _ => None,
        };
        info_block::items(info, ROUTES_OF_INTERFACE).iter().filter_map(|item| read(item)).collect()
    }

    fn row(&self, interface: u32) -> Row {
        let Route { destination, mask, next_hop, metric, protocol, .. } = *self;
        Row { destination, mask, next_hop, interface, metric, protocol }
    }

    fn key(&self) -> Key {
        self.row(0).key()
    }
}

impl State {
    /// The link that a connection is, by its index: one of a demand-dial interface. `None` for a client's.
    pub(super) fn link_of(&self, connection: &Connection) -> Option<u32> {
        let interface = self.interfaces.get(connection.interface)?;
        interface.settings.is_demand_dial().then(|| connection.interface.number())
    }

    /// The routes of the table, by what a query names them by.
    pub(super) fn all_routes(&self) -> BTreeMap<Key, Row> {
        let mut rows: Vec<Row> = Vec::new();
        for (index, interface) in self.mib_interfaces().into_iter().filter(|(_, other)| other.is_up()) {
            let info = interface.settings.transport(sys::PID_IP).map_or(&[][..], |transport| &transport.info);
            rows.extend(Route::of_interface(info).iter().map(|route| route.row(index)));
        }
        rows.extend(self.routes.iter().filter_map(|route| Some(route.row(self.index_of(route)?))));
        rows.extend(self.local_routes());
        let mut routes = BTreeMap::new();
        for row in rows {
            routes.entry(row.key()).or_insert(row);
        }
        routes
    }

    /// The routes to the local networks, to the clients and to the other ends of links.
    fn local_routes(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (_, [address, interface, mask]) in self.addresses() {
            let (next_hop, mask) = (from_network_order(address), from_network_order(mask));
            rows.push(Row {
                destination: next_hop & mask,
                mask,
                next_hop,
                interface,
                metric: 1,
                protocol: LOCAL,
            });
        }
        let internal = self.internal_index();
        for (_, connection) in self.connections.iter() {
            let interface = self.link_of(connection).or(internal);
            if let (Some(destination), Some(interface)) = (connection.address, interface) {
                rows.push(Row {
                    destination,
                    mask: Ipv4Addr::BROADCAST,
                    next_hop: self.near_end(connection),
                    interface,
                    metric: 1,
                    protocol: LOCAL,
                });
            }
        }
        rows
    }

    /// The interface that clients share, if it is up.
    fn internal_index(&self) -> Option<u32> {
        let is_internal = |other: &Interface| other.kind() == sys::ROUTER_IF_TYPE_INTERNAL && other.is_up();
        self.mib_interfaces().into_iter().find(|(_, other)| is_internal(other)).map(|(index, _)| index)
    }

    /// The interface that a route leads over; none as long as that is not up.
    fn index_of(&self, route: &Route) -> Option<u32> {
        let interfaces = self.mib_interfaces();
        let up = || interfaces.iter().filter(|(_, interface)| interface.is_up());
        match &route.over {
            Over::Index(index) => {
                interfaces.iter().find(|(known, _)| known == index).map(|(index, _)| *index)
            }
            Over::Named(name) => {
                let is_called = |other: &Interface| {
                    wide::same_name(&other.settings.friendly_name, name)
                        || wide::same_name(other.name(), name)
                };
                up().find(|(_, interface)| is_called(interface)).map(|(index, _)| *index)
            }
            Over::NextHop => {
                let hop = route.next_hop;
                let holds = |interface: &Interface| {
                    interface.settings.address.filter(|(own, prefix)| same_network(*own, hop, *prefix))
                };
                let near = up().filter_map(|(index, interface)| Some((holds(interface)?.1, *index)));
                let far = || {
                    let mut connections = self.connections.iter().map(|(_, connection)| connection);
                    connections.find(|connection| connection.address == Some(hop))
                };
                // The network with the longest prefix, or else the other end of a link or of a client's tunnel.
                near.max().map(|(_, index)| index).or_else(|| self.link_of(far()?).or(self.internal_index()))
            }
        }
    }

    /// A row that an administrator gives, over an interface that is there.
    fn given_route(&self, value: &[u8]) -> Result<Route, Code> {
        let route = Route::of_row(value)?;
        self.index_of(&route).map(|_| route).ok_or(ERROR_INVALID_PARAMETER)
    }

    pub(super) fn create_route(&mut self, value: &[u8]) -> Result<(), Code> {
        let route = self.given_route(value)?;
        if self.all_routes().contains_key(&route.key()) {
            return Err(ERROR_ALREADY_EXISTS);
        }
        self.routes.push(route);
        Ok(())
    }

    pub(super) fn set_route(&mut self, value: &[u8]) -> Result<(), Code> {
        let route = self.given_route(value)?;
        let known = self.routes.iter_mut().find(|known| known.key() == route.key());
        *known.ok_or(ERROR_NOT_FOUND)? = route;
        Ok(())
    }

    pub(super) fn delete_route(&mut self, indices: &[u32]) -> Result<(), Code> {
        let key = route_key(indices);
        let position = self.routes.iter().position(|route| route.key() == key);
        self.routes.remove(position.ok_or(ERROR_NOT_FOUND)?);
        Ok(())
    }
}
