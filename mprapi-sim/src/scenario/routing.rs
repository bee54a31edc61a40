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
    /// Where to.
    pub destination: Ipv4Addr,
    /// The length of the destination's prefix.
    pub prefix: u8,
    /// The router that knows the way.
    pub next_hop: Ipv4Addr,
    /// How good the way is: the smaller, the better.
    pub metric: u32,
}
