//! The routes of a router: those to the local networks, to the clients and to the other ends of links; those that an
//! administrator made; and those that are set on an interface. Each leads over an interface that is there.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use mprapi_sys as sys;

use super::State;
use crate::error_code::{Code, ERROR_ALREADY_EXISTS, ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND};
use crate::router::connection::Connection;
use crate::router::interface::Interface;
use crate::router::mib::from_network_order;
use crate::router::route::{Key, LOCAL, Over, Route, Row, route_key};
use crate::scenario;
use crate::scenario::routing::same_network;

impl State {
    /// Returns the link that a connection is, by its index: one of a demand-dial interface. `None` for a client's.
    pub(crate) fn link_of(&self, connection: &Connection) -> Option<u32> {
        let interface = self.interfaces.get(connection.interface)?;
        interface.settings.is_demand_dial().then(|| connection.interface.number())
    }

    /// Returns the routes of the table, by what a query names them by.
    pub(crate) fn all_routes(&self) -> BTreeMap<Key, Row> {
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

    /// Puts the static routes of a scenario into the settings of the interfaces that they lead over, where a router keeps
    /// them. The router itself keeps those whose next hop is on the network of no interface.
    pub(crate) fn set_static_routes(&mut self, described: &[(scenario::Route, Option<String>)]) {
        let mut by_interface: BTreeMap<u32, Vec<Route>> = BTreeMap::new();
        for (route, over) in described {
            let route = Route::new(route);
            match self.owner_of(over.as_deref(), route.next_hop) {
                Some(index) => by_interface.entry(index).or_default().push(route),
                None => self.routes.push(route),
            }
        }
        for (handle, interface) in self.interfaces.iter_mut() {
            let index = handle.number();
            if let Some(routes) = by_interface.get(&index) {
                let settings = Arc::make_mut(&mut interface.settings);
                settings.transport_or_new(sys::PID_IP).info = Route::settings(routes, index);
            }
        }
    }

    /// Returns the interface, up or not, whose settings have a static route: the one of this name, or else the one with the
    /// longest prefix on whose network the next hop is.
    fn owner_of(&self, name: Option<&str>, next_hop: Ipv4Addr) -> Option<u32> {
        let interfaces = self.mib_interfaces().into_iter();
        let suits = |(index, interface): (u32, &Interface)| match name {
            Some(name) => interface.settings.is_called(name).then_some((0, index)),
            None => {
                let (own, prefix) = interface.settings.address?;
                same_network(own, next_hop, prefix).then_some((prefix, index))
            }
        };
        interfaces.filter_map(suits).max().map(|(_, index)| index)
    }

    /// Returns the routes to the local networks, to the clients and to the other ends of links.
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

    /// Returns the interface that clients share, if it is up.
    fn internal_index(&self) -> Option<u32> {
        let is_internal = |other: &Interface| other.kind() == sys::ROUTER_IF_TYPE_INTERNAL && other.is_up();
        self.mib_interfaces().into_iter().find(|(_, other)| is_internal(other)).map(|(index, _)| index)
    }

    /// Returns the interface that a route leads over; `None` as long as that is not up.
    fn index_of(&self, route: &Route) -> Option<u32> {
        let interfaces = self.mib_interfaces();
        let up = || interfaces.iter().filter(|(_, interface)| interface.is_up());
        match &route.over {
            Over::Index(index) => {
                interfaces.iter().find(|(known, _)| known == index).map(|(index, _)| *index)
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

    /// Reads a row that an administrator gives, over an interface that is there.
    fn given_route(&self, value: &[u8]) -> Result<Route, Code> {
        let route = Route::of_row(value)?;
        self.index_of(&route).map(|_| route).ok_or(ERROR_INVALID_PARAMETER)
    }

    pub(crate) fn create_route(&mut self, value: &[u8]) -> Result<(), Code> {
        let route = self.given_route(value)?;
        if self.all_routes().contains_key(&route.key()) {
            return Err(ERROR_ALREADY_EXISTS);
        }
        self.routes.push(route);
        Ok(())
    }

    pub(crate) fn set_route(&mut self, value: &[u8]) -> Result<(), Code> {
        let route = self.given_route(value)?;
        let key = route.key();
        match self.routes.iter_mut().find(|known| known.key() == key) {
            Some(known) => *known = route,
            None => self.edit_settings(&key, Some(&route))?,
        }
        Ok(())
    }

    pub(crate) fn delete_route(&mut self, indices: &[u32]) -> Result<(), Code> {
        let key = route_key(indices);
        match self.routes.iter().position(|route| route.key() == key) {
            Some(position) => drop(self.routes.remove(position)),
            None => self.edit_settings(&key, None)?,
        }
        Ok(())
    }

    /// Replaces a route in the settings of its interface, or removes it.
    ///
    /// # Errors
    /// `ERROR_NOT_FOUND` if no interface that is up has the route.
    fn edit_settings(&mut self, key: &Key, new: Option<&Route>) -> Result<(), Code> {
        let over = new.and_then(|route| self.index_of(route));
        for (handle, interface) in self.interfaces.iter_mut().filter(|(_, other)| other.is_up()) {
            let index = handle.number();
            let edited = interface.settings.transport(sys::PID_IP);
            let edited = edited.and_then(|transport| Route::edit(&transport.info, key, new, index));
            if let Some(info) = edited.filter(|_| over.is_none_or(|over| over == index)) {
                Arc::make_mut(&mut interface.settings).transport_or_new(sys::PID_IP).info = info;
                return Ok(());
            }
        }
        Err(ERROR_NOT_FOUND)
    }
}
