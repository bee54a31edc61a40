//! Static routes.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::network::{Ipv4Network, prefix_of};
use super::setting::{Built, Items, Setting};
use super::wire::{Parsed, Reader, Writer};
use super::{Info, InfoType, MalformedInfoBlock};
use crate::enumeration::{enumeration, flags};
use crate::mib::RouteType;
use crate::{Error, Result};

/// The size of `INTERFACE_ROUTE_INFO`.
const SIZE: usize = 72;
/// The size of the union at its start, which is that of the IPv6 fields.
const PATH: usize = 48;
/// The size of `MIB_IPFORWARDROW`.
const OLD_SIZE: u32 = 56;
/// The metric that is not used.
const UNUSED: u32 = u32::MAX;

/// A static route of an interface (`INTERFACE_ROUTE_INFO`).
///
/// [`ipv4`](Route::ipv4) and [`ipv6`](Route::ipv6) make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
#[doc(alias("INTERFACE_ROUTE_INFO"))]
pub struct Route {
    /// The destination, the next hop and the metrics.
    pub path: RoutePath,
    /// The index of the interface. The block belongs to an interface anyway; 0 if unknown.
    pub interface_index: u32,
    /// The type of the route: to a neighbour, or further.
    pub route_type: RouteType,
    /// The origin of the route.
    pub protocol: RouteProtocol,
    /// The rank among routes of several protocols; the smallest number wins.
    pub preference: u32,
    /// The views of the routing table that have the route.
    pub views: RouteViews,
}

/// The part of a route that depends on the version of IP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum RoutePath {
    /// A route of IPv4.
    Ipv4(Ipv4Path),
    /// A route of IPv6.
    Ipv6(Ipv6Path),
}

/// The destination, next hop and metrics of an IPv4 route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Ipv4Path {
    /// The network that it leads to; 0.0.0.0 for the default route.
    pub destination: Ipv4Addr,
    /// The mask of the network.
    pub mask: Ipv4Addr,
    /// Conditions for the choice among several routes, as RFC 1354 encodes them; usually 0.
    pub policy: u32,
    /// The next router; 0.0.0.0 if the destination is on the interface's own network.
    pub next_hop: Ipv4Addr,
    /// The time since the route was added or changed, in seconds.
    pub age: u32,
    /// The autonomous system of the next router; 0 if unknown.
    pub next_hop_as: u32,
    /// The costs of the route: the first counts, the others are alternatives. `None` for one that is not used.
    pub metrics: [Option<u32>; 3],
}

/// The destination, next hop and metric of an IPv6 route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Ipv6Path {
    /// The network that it leads to; `::` for the default route.
    pub destination: Ipv6Addr,
    /// The length of the network's prefix, at most 128.
    pub prefix: u8,
    /// The next router; `::` if the destination is on the interface's own network.
    pub next_hop: Ipv6Addr,
    /// The time for which the route is valid, in seconds. `None` if that has no limit.
    pub valid_lifetime: Option<u32>,
    /// Reserved; 0.
    pub flags: u32,
    /// The cost of the route. `None` if it is not used.
    pub metric: Option<u32>,
}

/// Values of `iprtrmib.h`.
mod raw {
    pub(super) const OTHER: u32 = 1;
    pub(super) const LOCAL: u32 = 2;
    pub(super) const NETMGMT: u32 = 3;
    pub(super) const ICMP: u32 = 4;
    pub(super) const EGP: u32 = 5;
    pub(super) const GGP: u32 = 6;
    pub(super) const HELLO: u32 = 7;
    pub(super) const RIP: u32 = 8;
    pub(super) const IS_IS: u32 = 9;
    pub(super) const ES_IS: u32 = 10;
    pub(super) const CISCO: u32 = 11;
    pub(super) const BBN: u32 = 12;
    pub(super) const OSPF: u32 = 13;
    pub(super) const BGP: u32 = 14;
    pub(super) const AUTO_STATIC: u32 = 10_002;
    pub(super) const STATIC: u32 = 10_006;
    pub(super) const STATIC_NON_DOD: u32 = 10_007;
    /// `RTM_VIEW_MASK_UCAST` and `RTM_VIEW_MASK_MCAST`
    pub(super) const UNICAST: u32 = 1;
    pub(super) const MULTICAST: u32 = 2;
}

enumeration! {
    /// The origin of a route: an administrator or a protocol (`MIB_IPPROTO_…`).
    RouteProtocol: u32 {
        /// A protocol without a number here.
        Other = raw::OTHER, "other";
        /// The router itself, for its own networks.
        Local = raw::LOCAL, "local";
        /// A program that manages the network, such as DHCP or SNMP.
        NetworkManagement = raw::NETMGMT, "network management";
        /// An ICMP redirect.
        Icmp = raw::ICMP, "ICMP";
        /// The Exterior Gateway Protocol.
        Egp = raw::EGP, "EGP";
        /// The Gateway-to-Gateway Protocol.
        Ggp = raw::GGP, "GGP";
        /// The Hellospeak protocol, which is not supported.
        Hello = raw::HELLO, "Hello";
        /// RIP or RIP-II.
        Rip = raw::RIP, "RIP";
        /// IS-IS.
        IsIs = raw::IS_IS, "IS-IS";
        /// ES-IS.
        EsIs = raw::ES_IS, "ES-IS";
        /// Cisco's IGRP.
        Igrp = raw::CISCO, "IGRP";
        /// The shortest-path protocol of Bolt, Beranek and Newman.
        Bbn = raw::BBN, "BBN";
        /// OSPF.
        Ospf = raw::OSPF, "OSPF";
        /// BGP.
        Bgp = raw::BGP, "BGP";
        /// A route that a protocol found and that was then made static.
        AutoStatic = raw::AUTO_STATIC, "auto-static";
        /// A static route by an administrator.
        Static = raw::STATIC, "static";
        /// A static route by an administrator that makes no demand-dial interface dial.
        StaticWithoutDial = raw::STATIC_NON_DOD, "static without dial";
    }
}

flags! {
    /// The views of the routing table that a route is in (`RTM_VIEW_MASK_…`).
    RouteViews {
        /// The view for unicast packets.
        UNICAST = raw::UNICAST, "unicast";
        /// The view for multicast packets.
        MULTICAST = raw::MULTICAST, "multicast";
    }
}

impl Setting<Vec<Route>> {
    /// The static routes of an interface, of IPv4 and IPv6 (`IP_ROUTE_INFO`, `INTERFACE_ROUTE_INFO`).
    ///
    /// Reading refuses the older layout, `MIB_IPFORWARDROW`, which has no preference and no views.
    pub const ROUTES: Setting<Vec<Route>> = Setting::new(InfoType::IP_ROUTE, parse, |routes| build(routes));
}

#[inline]
fn parse(info: Info<'_>) -> Parsed<Option<Vec<Route>>> {
    if info.count() > 0 && info.item_size() as usize != SIZE {
        return Err(MalformedInfoBlock(match info.item_size() {
            OLD_SIZE => {
                "the static routes have the older layout, MIB_IPFORWARDROW; read the bytes of the info"
            }
            _ => "a static route is not 72 bytes long, the size of INTERFACE_ROUTE_INFO",
        }));
    }
    info.iter().map(|item| Route::parse(&mut Reader(item))).collect::<Parsed<_>>().map(Some)
}

#[inline]
fn build(routes: &[Route]) -> Built {
    let mut writer = Writer(Vec::with_capacity(routes.len() * SIZE));
    for route in routes {
        route.build(&mut writer)?;
    }
    Ok(Items::several(SIZE, writer))
}

#[inline]
fn used(number: u32) -> Option<u32> {
    (number != UNUSED).then_some(number)
}

#[inline]
fn number(used: Option<u32>) -> u32 {
    used.unwrap_or(UNUSED)
}

impl Route {
    /// Makes a static route of IPv4 with metric 1, in all views. With the next hop 0.0.0.0 it is a route to the
    /// interface's own network, or over the link of a demand-dial interface.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a prefix longer than 32 bits, or a destination
    /// with bits beyond its prefix.
    #[inline]
    pub fn ipv4(destination: Ipv4Addr, prefix: u8, next_hop: Ipv4Addr) -> Result<Route> {
        let mask = u32::MAX.checked_shl(32_u32.saturating_sub(prefix.into())).unwrap_or(0);
        check_network(prefix <= 32, u32::from(destination) & !mask == 0)?;
        let path = RoutePath::Ipv4(Ipv4Path {
            destination,
            mask: mask.into(),
            policy: 0,
            next_hop,
            age: 0,
            next_hop_as: 0,
            metrics: [Some(1), None, None],
        });
        Ok(Route::new(path, next_hop.is_unspecified()))
    }

    /// Makes a static route of IPv6 with metric 1, in all views. With the next hop `::` it is a route to the interface's own
    /// network, or over the link of a demand-dial interface.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a prefix longer than 128 bits, or a destination
    /// with bits beyond its prefix.
    #[inline]
    pub fn ipv6(destination: Ipv6Addr, prefix: u8, next_hop: Ipv6Addr) -> Result<Route> {
        let mask = u128::MAX.checked_shl(128_u32.saturating_sub(prefix.into())).unwrap_or(0);
        check_network(prefix <= 128, u128::from(destination) & !mask == 0)?;
        let (valid_lifetime, flags, metric) = (None, 0, Some(1));
        let path = RoutePath::Ipv6(Ipv6Path { destination, prefix, next_hop, valid_lifetime, flags, metric });
        Ok(Route::new(path, next_hop.is_unspecified()))
    }

    #[inline]
    fn new(path: RoutePath, is_direct: bool) -> Route {
        Route {
            path,
            interface_index: 0,
            route_type: if is_direct { RouteType::Direct } else { RouteType::Indirect },
            protocol: RouteProtocol::Static,
            preference: 0,
            views: RouteViews::UNICAST | RouteViews::MULTICAST,
        }
    }

    /// Sets the metric, the first one of IPv4.
    #[inline]
    #[must_use]
    pub fn with_metric(mut self, metric: u32) -> Route {
        match &mut self.path {
            RoutePath::Ipv4(path) => path.metrics[0] = used(metric),
            RoutePath::Ipv6(path) => path.metric = used(metric),
        }
        self
    }

    /// Returns the network that the route leads to.
    #[inline]
    pub fn destination(&self) -> IpAddr {
        match &self.path {
            RoutePath::Ipv4(path) => path.destination.into(),
            RoutePath::Ipv6(path) => path.destination.into(),
        }
    }

    /// Returns the length of the network's prefix. `None` for an IPv4 mask with ones behind zeros.
    #[inline]
    pub fn prefix(&self) -> Option<u8> {
        match &self.path {
            RoutePath::Ipv4(path) => prefix_of(path.mask),
            RoutePath::Ipv6(path) => Some(path.prefix),
        }
    }

    /// Returns the next router. `None` if the destination is on the interface's own network.
    #[inline]
    pub fn next_hop(&self) -> Option<IpAddr> {
        let hop: IpAddr = match &self.path {
            RoutePath::Ipv4(path) => path.next_hop.into(),
            RoutePath::Ipv6(path) => path.next_hop.into(),
        };
        (!hop.is_unspecified()).then_some(hop)
    }

    /// Returns the cost of the route, the first metric of IPv4. `None` if it is not used.
    #[inline]
    pub fn metric(&self) -> Option<u32> {
        match &self.path {
            RoutePath::Ipv4(path) => path.metrics[0],
            RoutePath::Ipv6(path) => path.metric,
        }
    }

    #[inline]
    fn parse(reader: &mut Reader<'_>) -> Parsed<Route> {
        let union = reader.bytes::<PATH>()?;
        let mut union = Reader(&union);
        let (interface_index, route_type) = (reader.u32()?, reader.u32()?.into());
        let (protocol, preference) = (reader.u32()?.into(), reader.u32()?);
        let views = RouteViews::from_bits_retain(reader.u32()?);
        let path = if reader.flag()? {
            RoutePath::Ipv4(Ipv4Path::parse(&mut union)?)
        } else {
            RoutePath::Ipv6(Ipv6Path::parse(&mut union)?)
        };
        Ok(Route { path, interface_index, route_type, protocol, preference, views })
    }

    #[inline]
    fn build(&self, writer: &mut Writer) -> std::result::Result<(), &'static str> {
        let end = writer.0.len() + PATH;
        let is_ipv4 = match &self.path {
            RoutePath::Ipv4(path) => {
                path.build(writer);
                true
            }
            RoutePath::Ipv6(path) => {
                path.build(writer)?;
                false
            }
        };
        writer.0.resize(end, 0);
        let Route { interface_index, route_type, protocol, preference, views, .. } = *self;
        writer.u32(interface_index).u32(route_type.into()).u32(protocol.into()).u32(preference);
        writer.u32(views.bits()).flag(is_ipv4);
        Ok(())
    }
}

#[inline]
fn check_network(has_length: bool, has_network: bool) -> Result<()> {
    let problem = match (has_length, has_network) {
        (false, _) => "the prefix of the route is longer than the address",
        (_, false) => "the destination of the route has bits beyond its prefix",
        _ => return Ok(()),
    };
    Err(Error::argument("MprInfoBlockSet", problem))
}

impl Ipv4Path {
    #[inline]
    fn parse(reader: &mut Reader<'_>) -> Parsed<Ipv4Path> {
        Ok(Ipv4Path {
            destination: reader.ipv4()?,
            mask: reader.ipv4()?,
            policy: reader.u32()?,
            next_hop: reader.ipv4()?,
            age: reader.u32()?,
            next_hop_as: reader.u32()?,
            metrics: [used(reader.u32()?), used(reader.u32()?), used(reader.u32()?)],
        })
    }

    #[inline]
    fn build(&self, writer: &mut Writer) {
        writer.ipv4(self.destination).ipv4(self.mask).u32(self.policy).ipv4(self.next_hop);
        writer.u32(self.age).u32(self.next_hop_as);
        for metric in self.metrics {
            writer.u32(number(metric));
        }
    }
}

impl Ipv6Path {
    #[inline]
    fn parse(reader: &mut Reader<'_>) -> Parsed<Ipv6Path> {
        Ok(Ipv6Path {
            destination: reader.ipv6()?,
            prefix: reader.ipv6_prefix()?,
            next_hop: reader.ipv6()?,
            valid_lifetime: used(reader.u32()?),
            flags: reader.u32()?,
            metric: used(reader.u32()?),
        })
    }

    #[inline]
    fn build(&self, writer: &mut Writer) -> std::result::Result<(), &'static str> {
        if self.prefix > 128 {
            return Err("the prefix of the route is longer than the address");
        }
        writer.ipv6(self.destination).u32(self.prefix.into()).ipv6(self.next_hop);
        writer.u32(number(self.valid_lifetime)).u32(self.flags).u32(number(self.metric));
        Ok(())
    }
}

/// Shows the route as `10.2.0.0/16 via 10.1.0.254 metric 5`.
impl fmt::Display for Route {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            RoutePath::Ipv4(path) => Ipv4Network(path.destination, path.mask).fmt(f)?,
            RoutePath::Ipv6(path) => write!(f, "{}/{}", path.destination, path.prefix)?,
        }
        if let Some(hop) = self.next_hop() {
            write!(f, " via {hop}")?;
        }
        self.metric().map_or(Ok(()), |metric| write!(f, " metric {metric}"))?;
        if self.protocol == RouteProtocol::Static { Ok(()) } else { write!(f, " ({})", self.protocol) }
    }
}
