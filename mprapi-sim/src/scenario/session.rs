//! Connected users.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use mprapi_sys as sys;

use super::Tunnel;
use super::setters::setters;

/// A connected user.
#[derive(Clone, Debug)]
pub struct Session {
    pub(crate) user: String,
    pub(crate) domain: String,
    pub(crate) computer: String,
    pub(crate) tunnel: Tunnel,
    pub(crate) address: Option<Ipv4Addr>,
    pub(crate) ipv6: Option<Ipv6Addr>,
    pub(crate) without_ipv4: bool,
    pub(crate) endpoint: IpAddr,
    pub(crate) connected_for: Duration,
    pub(crate) bytes_received: u64,
    pub(crate) bytes_sent: u64,
    pub(crate) receive_rate: u64,
    pub(crate) send_rate: u64,
    pub(crate) quarantine: Quarantine,
    pub(crate) probation: Duration,
    pub(crate) has_messenger: bool,
    pub(crate) arrives_in: Duration,
    pub(crate) stays_for: Option<Duration>,
}

impl Session {
    /// Returns the name of the client's interface.
    pub(crate) fn interface_name(&self) -> String {
        if self.domain.is_empty() { self.user.clone() } else { format!("{}\\{}", self.domain, self.user) }
    }

    /// Creates a user who has just connected.
    pub fn new(user: impl Into<String>, tunnel: Tunnel) -> Session {
        Session {
            user: user.into(),
            domain: String::new(),
            computer: String::new(),
            tunnel,
            address: None,
            ipv6: None,
            without_ipv4: false,
            endpoint: IpAddr::V4(Ipv4Addr::new(203, 0, 113, 1)),
            connected_for: Duration::ZERO,
            bytes_received: 0,
            bytes_sent: 0,
            receive_rate: 0,
            send_rate: 0,
            quarantine: Quarantine::Normal,
            probation: Duration::from_secs(3600),
            has_messenger: false,
            arrives_in: Duration::ZERO,
            stays_for: None,
        }
    }

    setters! {
        /// Sets the domain of the account; at most 15 characters get through the API.
        domain: String;
        /// Sets the name of the client's computer; at most 16 characters get through the API.
        computer: String;
        /// Sets the client's address in the tunnel. Default: one from the router's pool.
        address: Option<Ipv4Addr>;
        /// Sets the client's IPv6 address in the tunnel, with a prefix of 64 bits. Default: none.
        ipv6: Option<Ipv6Addr>;
        /// Sets whether the client has IPv6 only.
        without_ipv4: bool;
        /// Sets the address that the client calls from.
        endpoint: IpAddr;
        /// Sets how long the connection has been up.
        connected_for: Duration;
        /// Sets the number of bytes received from the client so far.
        bytes_received: u64;
        /// Sets the number of bytes sent to the client so far.
        bytes_sent: u64;
        /// Sets the rate at which the client sends, in bytes per second.
        receive_rate: u64;
        /// Sets the rate at which the client receives, in bytes per second.
        send_rate: u64;
        /// Sets how far network access protection lets the client in.
        quarantine: Quarantine;
        /// Sets how long a client on probation may stay before it is disconnected. Default: one
        /// hour.
        probation: Duration;
        /// Sets whether messages of the administrator reach the user.
        has_messenger: bool;
        /// Sets when the user calls after the start of the scenario, by the server's clock. Default: at the start. A
        /// user who finds every line busy does not connect.
        arrives_in: Duration;
        /// Sets how long the user stays, by the server's clock. Default: to the end.
        stays_for: Option<Duration>;
    }
}

/// The state of a client in network access protection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Quarantine {
    /// The client has full access.
    #[default]
    Normal,
    /// The client reaches the quarantine network only.
    Restricted,
    /// The client has full access until its probation ends.
    Probation,
    /// The client does not support network access protection.
    NotCapable,
}

impl Quarantine {
    pub(crate) fn code(self) -> sys::RAS_QUARANTINE_STATE {
        match self {
            Quarantine::Normal => sys::RAS_QUAR_STATE_NORMAL,
            Quarantine::Restricted => sys::RAS_QUAR_STATE_QUARANTINE,
            Quarantine::Probation => sys::RAS_QUAR_STATE_PROBATION,
            Quarantine::NotCapable => sys::RAS_QUAR_STATE_NOT_CAPABLE,
        }
    }
}
