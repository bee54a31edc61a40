//! The servers to ask, by their names.

use std::net::IpAddr;

/// This machine, as tables and JSON have it.
pub(crate) const LOCAL: &str = "local";

/// A server to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// `None` is this machine.
    pub(crate) name: Option<String>,
}

impl Target {
    pub(crate) fn named(name: &str) -> Target {
        Target { name: Some(name.to_owned()) }
    }

    /// Returns the name as it is compared: addresses as addresses, names whatever their case.
    pub(crate) fn key(&self) -> Option<String> {
        self.name.as_deref().map(|name| {
            name.parse().map_or_else(|_| name.to_lowercase(), |address: IpAddr| address.to_string())
        })
    }

    /// As tables and JSON have it.
    pub(crate) fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(LOCAL)
    }
}
