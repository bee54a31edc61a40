//! Transports and routes.

use std::net::Ipv4Addr;

use mprapi_sys as sys;

/// A transport that the router runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Transport {
    /// IPv4
    Ip,
    /// IPv6
    Ipv6,
}

impl Transport {
    pub(crate) fn code(self) -> u32 {
        match self {
            Transport::Ip => sys::PID_IP,
            Transport::Ipv6 => sys::PID_IPV6,
        }
    }
}

/// A static route, over the interface whose network has the next hop.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The network that it leads to.
    pub destination: Ipv4Addr,
    /// The length of the destination's prefix.
    pub prefix: u8,
    /// The next router on the way.
    pub next_hop: Ipv4Addr,
    /// The cost: of two routes the one with the smaller metric is better.
    pub metric: u32,
}

/// The router's end of the tunnels, unless an interface has an address of its own.
pub(crate) const TUNNEL_ADDRESS: Ipv4Addr = Ipv4Addr::new(10, 20, 0, 1);

/// Returns the mask of a prefix.
pub(crate) fn mask(prefix: u8) -> Ipv4Addr {
    Ipv4Addr::from(u32::MAX.checked_shl(32_u32.saturating_sub(prefix.into())).unwrap_or(0))
}

/// Returns `true` if two addresses are on one network.
pub(crate) fn same_network(one: Ipv4Addr, other: Ipv4Addr, prefix: u8) -> bool {
    one & mask(prefix) == other & mask(prefix)
}
