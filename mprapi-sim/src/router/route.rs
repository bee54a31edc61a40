//! Routes.

use std::net::Ipv4Addr;

use super::info_block::{self, Header};
use super::mib::{bytes, from_network_order, in_network_order};
use crate::error_code::{Code, ERROR_INVALID_PARAMETER};
use crate::scenario;
use crate::scenario::routing::mask;

/// A route that an administrator made.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) destination: Ipv4Addr,
    pub(crate) mask: Ipv4Addr,
    pub(crate) next_hop: Ipv4Addr,
    pub(crate) over: Over,
    pub(crate) metric: u32,
    pub(crate) protocol: u32,
}

/// The interface that a route leads over.
#[derive(Clone, Debug)]
pub(crate) enum Over {
    Index(u32),
    /// The one on the network of the next hop.
    NextHop,
}

/// A row of the table.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    pub(crate) destination: Ipv4Addr,
    pub(crate) mask: Ipv4Addr,
    pub(crate) next_hop: Ipv4Addr,
    pub(crate) interface: u32,
    pub(crate) metric: u32,
    pub(crate) protocol: u32,
}

/// `MIB_IPPROTO_LOCAL` and `MIB_IPPROTO_NT_STATIC`
pub(crate) const LOCAL: u32 = 2;
const STATIC: u32 = 10_006;
/// `MIB_IPROUTE_TYPE_DIRECT` and `MIB_IPROUTE_TYPE_INDIRECT`
const DIRECT: u32 = 3;
const INDIRECT: u32 = 4;
/// `MIB_IPROUTE_METRIC_UNUSED`
const UNUSED: u32 = u32::MAX;
/// `RTM_VIEW_MASK_UCAST` and `RTM_VIEW_MASK_MCAST`
const BOTH_VIEWS: u32 = 3;
/// `IP_ROUTE_INFO`
const ROUTES_OF_INTERFACE: u32 = 0xFFFF_0005;
/// The sizes of `INTERFACE_ROUTE_INFO` and `MIB_IPFORWARDROW`.
const ITEM: usize = 72;
const OLD_ITEM: usize = 56;

/// A query's name for a route: destination, protocol, policy, next hop.
pub(crate) type Key = [u32; 4];

/// Returns the key that a query's indices name; missing ones are 0.
pub(crate) fn route_key(indices: &[u32]) -> Key {
    let index = |place: usize| indices.get(place).copied().unwrap_or(0);
    [u32::from(from_network_order(index(0))), index(1), index(2), u32::from(from_network_order(index(3)))]
}

impl Row {
    /// Returns the row as `MIB_IPFORWARDROW`.
    pub(crate) fn bytes(&self) -> Vec<u8> {
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

    pub(crate) fn key(&self) -> Key {
        [u32::from(self.destination), self.protocol, 0, u32::from(self.next_hop)]
    }
}

impl Route {
    pub(crate) fn new(described: &scenario::Route) -> Route {
        let mask = mask(described.prefix);
        Route {
            destination: described.destination & mask,
            mask,
            next_hop: described.next_hop,
            over: Over::NextHop,
            metric: described.metric,
            protocol: STATIC,
        }
    }

    /// Reads `MIB_IPFORWARDROW`.
    pub(crate) fn of_row(row: &[u8]) -> Result<Route, Code> {
        let (numbers, _) = row.as_chunks::<4>();
        let numbers: Vec<u32> = numbers.iter().map(|number| u32::from_ne_bytes(*number)).collect();
        let [destination, mask, _, next_hop, interface, _, protocol, _, _, metric, ..] = numbers[..] else {
            return Err(ERROR_INVALID_PARAMETER);
        };
        let (destination, mask) = (from_network_order(destination), from_network_order(mask));
        // A mask is ones and then zeros, and the destination has no bits beyond it.
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

    /// Reads the routes that the settings of a transport set on its interface.
    pub(crate) fn of_interface(info: &[u8]) -> Vec<Route> {
        info_block::items(info, ROUTES_OF_INTERFACE).iter().filter_map(|item| Route::of_item(item)).collect()
    }

    /// Reads a route of an interface's settings: `MIB_IPFORWARDROW`, or `INTERFACE_ROUTE_INFO`, which has some fields
    /// elsewhere.
    fn of_item(item: &[u8]) -> Option<Route> {
        match item.len() {
            OLD_ITEM => Route::of_row(item).ok(),
            ITEM => {
                // The first four and the first metric stand where they are the same for both; IPv6 has no row here.
                let number = |place: usize| item.get(4 * place..4 * place + 4).unwrap_or_default();
                let row = [0, 1, 2, 3, 12, 13, 14, 4, 5, 6].map(number).concat();
                if number(17) == [0; 4] { None } else { Route::of_row(&row).ok() }
            }
            _ => None,
        }
    }

    /// Replaces a route in the settings of a transport on an interface, or removes it. `None` if they do not have it.
    pub(crate) fn edit(info: &[u8], key: &Key, new: Option<&Route>, interface: u32) -> Option<Vec<u8>> {
        let mut header = Header::parse(info)?;
        let position = header.position(ROUTES_OF_INTERFACE)?;
        let block = &mut header.blocks[position];
        let size = block.item_size as usize;
        let is_named = |item: &[u8]| Route::of_item(item).is_some_and(|route| route.key() == *key);
        let place = block.data.chunks_exact(size.max(1)).position(is_named)?;
        let new = new.map(|route| match size {
            OLD_ITEM => route.row(interface).bytes(),
            _ => route.item(interface),
        });
        block.data.splice(size * place..size * (place + 1), new.unwrap_or_default());
        block.items = (block.data.len() / size) as u32;
        Some(header.build())
    }

    /// Builds the settings of a transport that set these routes on its interface: items of `INTERFACE_ROUTE_INFO`.
    pub(crate) fn settings(routes: &[Route], interface: u32) -> Vec<u8> {
        let data: Vec<u8> = routes.iter().flat_map(|route| route.item(interface)).collect();
        info_block::of_one(ROUTES_OF_INTERFACE, ITEM as u32, data)
    }

    /// Returns the route as `INTERFACE_ROUTE_INFO`: the fields of IPv4, the rest of the union, and what both versions of IP
    /// have.
    fn item(&self, interface: u32) -> Vec<u8> {
        let [destination, mask, next_hop] =
            [self.destination, self.mask, self.next_hop].map(in_network_order);
        let kind = if self.next_hop.is_unspecified() { DIRECT } else { INDIRECT };
        bytes([
            destination,
            mask,
            0,
            next_hop,
            0,
            0,
            self.metric,
            UNUSED,
            UNUSED,
            0,
            0,
            0,
            interface,
            kind,
            self.protocol,
            0,
            BOTH_VIEWS,
            1,
        ])
    }

    pub(crate) fn row(&self, interface: u32) -> Row {
        let Route { destination, mask, next_hop, metric, protocol, .. } = *self;
        Row { destination, mask, next_hop, interface, metric, protocol }
    }

    pub(crate) fn key(&self) -> Key {
        self.row(0).key()
    }
}
