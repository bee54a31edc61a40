//! Connections.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use super::handle::Handle;
use super::traffic::Meter;
use crate::scenario::{Quarantine, Tunnel};

/// A connection that is up.
#[derive(Clone)]
pub(crate) struct Connection {
    pub(crate) interface: Handle,
    /// A number that no other connection has or had, for its GUID.
    pub(crate) serial: u32,
    pub(crate) user: Box<str>,
    pub(crate) domain: Box<str>,
    pub(crate) computer: Box<str>,
    pub(crate) ports: Vec<Handle>,
    pub(crate) tunnel: Tunnel,
    pub(crate) began: Duration,
    pub(crate) meter: Meter,
    pub(crate) address: Option<Ipv4Addr>,
    pub(crate) ipv6: Option<Ipv6Addr>,
    pub(crate) endpoint: IpAddr,
    pub(crate) local_endpoint: IpAddr,
    /// The number of times that its ends have moved.
    pub(crate) moves: u32,
    pub(crate) quarantine: Quarantine,
    /// The time at which a client on probation is disconnected.
    pub(crate) probation_ends: Duration,
    pub(crate) has_messenger: bool,
    /// The administrator's messages to the user.
    pub(crate) messages: Vec<String>,
}

/// The address at which a client reaches the router.
pub(crate) const LOCAL_ENDPOINT: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 10));
