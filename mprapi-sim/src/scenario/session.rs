//! Users who are connected.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use mprapi_sys as sys;

use super::Tunnel;
use super::setters::setters;

/// A user who is connected.
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
    /// The name of the interface that the client is.
    pub(crate) fn interface_name(&self) -> String {
        if self.domain.is_empty() { self.user.clone() } else { format!("{}\\{}", self.domain, self.user) }
    }

    /// A user who has just connected.
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
        /// The domain of the account; at most 15 characters get through the API.
        domain: String;
        /// The name of the client's computer; at most 16 characters get through the API.
        computer: String;
        /// The client's address in the tunnel. The router's pool gives one unless said otherwise.
        address: Option<Ipv4Addr>;
        /// The client's IPv6 address in the tunnel, of a prefix of 64 bits. None unless said otherwise.
        ipv6: Option<Ipv6Addr>;
        /// Whether the client has IPv6 alone.
        without_ipv4: bool;
        /// The address the client calls from.
        endpoint: IpAddr;
        /// How long the connection has been up.
        connected_for: Duration;
        /// Bytes that came from the client so far.
        bytes_received: u64;
        /// Bytes that went to the client so far.
        bytes_sent: u64;
        /// Bytes a second that come from the client.
        receive_rate: u64;
        /// Bytes a second that go to the client.
        send_rate: u64;
        /// How far network access protection lets the client in.
        quarantine: Quarantine;
        /// How long a client on probation has to become healthy, before it is hung up on. An hour unless said
        /// otherwise.
        probation: Duration;
        /// Whether messages of the administrator reach the user.
        has_messenger: bool;
        /// When the user of a scenario calls, by the server's clock. At the beginning unless said otherwise. Who
        /// finds every line busy does not come.
        arrives_in: Duration;
        /// How long the user stays, by the server's clock. To the end unless said otherwise.
        stays_for: Option<Duration>;
    }
}

/// How far network access protection lets a client in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Quarantine {
    /// All the way.
    #[default]
    Normal,
    /// To the quarantine's network only.
    Restricted,
    /// All the way until the time of probation is over.
    Probation,
    /// The client knows nothing of it.
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
