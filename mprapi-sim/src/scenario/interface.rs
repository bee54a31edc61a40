//! Interfaces that are not dialled-in clients'.

use std::net::Ipv4Addr;
use std::time::Duration;

use mprapi_sys as sys;

use super::Tunnel;
use super::setters::setters;
use crate::guid::Guid;

/// An interface that is not a dialled-in client's.
#[derive(Clone, Debug)]
pub struct Interface {
    pub(crate) name: String,
    pub(crate) kind: InterfaceKind,
    pub(crate) disabled: bool,
    pub(crate) address: Option<(Ipv4Addr, u8)>,
    pub(crate) hours: Vec<String>,
    pub(crate) tunnel: Tunnel,
    pub(crate) phone_number: String,
    pub(crate) without_devices: bool,
    pub(crate) dial_error: u32,
    pub(crate) dial_takes: Duration,
    pub(crate) connected: bool,
    pub(crate) persistent: bool,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) receive_rate: u64,
    pub(crate) send_rate: u64,
}

impl Interface {
    /// Creates an enabled interface. A demand-dial interface is not connected, and dials over IKEv2 with success at
    /// once.
    pub fn new(name: impl Into<String>, kind: InterfaceKind) -> Interface {
        Interface {
            name: name.into(),
            kind,
            disabled: false,
            address: None,
            hours: Vec::new(),
            tunnel: Tunnel::Ikev2,
            phone_number: String::new(),
            without_devices: false,
            dial_error: 0,
            dial_takes: Duration::ZERO,
            connected: false,
            persistent: false,
            credentials: None,
            receive_rate: 0,
            send_rate: 0,
        }
    }

    /// Returns the name that the API calls it by: a local network's interface by its GUID, others as people do.
    pub(crate) fn api_name(&self) -> String {
        match self.kind {
            InterfaceKind::Dedicated => Guid::of_name(&self.name).to_string(),
            _ => self.name.clone(),
        }
    }

    setters! {
        /// Sets whether an administrator disabled it.
        disabled: bool;
        /// Sets the address of a local network's interface or of the router's end of a link, and the length of its
        /// prefix.
        address: Option<(Ipv4Addr, u8)>;
        /// Sets the hours at which it may dial out, a text for each day: `2 09:00-12:00 13:00-17:30` is Tuesday. The
        /// hours are UTC, by the server's clock. Default: at all hours.
        hours: Vec<String>;
        /// Sets the tunnel that it dials through.
        tunnel: Tunnel;
        /// Sets the number, name or address that it dials.
        phone_number: String;
        /// Sets whether it lacks devices, so that it cannot dial.
        without_devices: bool;
        /// Sets the error that its attempts to dial end with; 0 if they succeed.
        dial_error: u32;
        /// Sets how long an attempt to dial takes, by the server's clock.
        dial_takes: Duration;
        /// Sets whether it is connected at the start.
        connected: bool;
        /// Sets whether it dials again after a failed attempt, each time that it is reachable again: after ten
        /// minutes, then twenty, forty and so on, up to six hours.
        persistent: bool;
        /// Sets the account that it dials out with.
        credentials: Option<Credentials>;
        /// Sets the rate at which it receives while it is connected, in bytes per second.
        receive_rate: u64;
        /// Sets the rate at which it sends while it is connected, in bytes per second.
        send_rate: u64;
    }
}

/// The account that an interface dials out with.
#[derive(Clone)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Credentials {
    /// The user's name.
    pub user: String,
    /// The password.
    pub password: String,
    /// The domain; empty for none.
    #[cfg_attr(feature = "scenario", serde(default))]
    pub domain: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("user", &self.user)
            .field("domain", &self.domain)
            .finish_non_exhaustive()
    }
}

/// The kind of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum InterfaceKind {
    /// A demand-dial interface to another router: `kind = "demand-dial"` in a file.
    #[cfg_attr(feature = "scenario", serde(rename = "demand-dial"))]
    FullRouter,
    /// The interface of a local network: `kind = "lan"` in a file.
    #[cfg_attr(feature = "scenario", serde(rename = "lan"))]
    Dedicated,
    /// The interface that dialled-in clients share.
    Internal,
    /// The loopback interface of the machine.
    Loopback,
}

impl InterfaceKind {
    pub(crate) fn code(self) -> sys::ROUTER_INTERFACE_TYPE {
        match self {
            InterfaceKind::FullRouter => sys::ROUTER_IF_TYPE_FULL_ROUTER,
            InterfaceKind::Dedicated => sys::ROUTER_IF_TYPE_DEDICATED,
            InterfaceKind::Internal => sys::ROUTER_IF_TYPE_INTERNAL,
            InterfaceKind::Loopback => sys::ROUTER_IF_TYPE_LOOPBACK,
        }
    }
}
