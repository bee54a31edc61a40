//! The types of connections: clients, and links to other sites, which do not count as sessions.

use std::borrow::Cow;

use clap::ValueEnum;
use mprapi::InterfaceType;
use serde::Serializer;

use crate::output::{Field, Value};

/// The connections to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Which {
    /// Remote access clients: users and device tunnels
    #[default]
    Client,
    /// Site-to-site links and all other connections that are not clients
    #[value(alias = "site-to-site")]
    Site,
    /// All connections
    All,
}

impl Which {
    /// Returns `true` if a connection of this type is selected. An unknown type does not count as a client, so that
    /// actions on users do not end it.
    pub(crate) fn has(self, kind: InterfaceType) -> bool {
        match self {
            Which::Client => kind == InterfaceType::Client,
            Which::Site => kind != InterfaceType::Client,
            Which::All => true,
        }
    }
}

/// Returns the word for the type of a connection.
pub(crate) fn word(kind: InterfaceType) -> Cow<'static, str> {
    match kind {
        InterfaceType::Client => "client".into(),
        kind if kind.is_router() => "site-to-site".into(),
        other => other.to_string().into(),
    }
}

impl Field for InterfaceType {
    fn value(&self) -> Value<'_> {
        Value::owned(word(*self).into_owned())
    }
}

/// Serialises a connection's type as its word.
pub(crate) fn serialize<S: Serializer>(kind: &InterfaceType, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&word(*kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_surely_a_client_is_one() {
        for raw in -1..=12 {
            let kind = InterfaceType::from(raw as mprapi::sys::ROUTER_INTERFACE_TYPE);
            let is_client = kind == InterfaceType::Client;
            assert_eq!(
                (Which::Client.has(kind), Which::Site.has(kind), Which::All.has(kind)),
                (is_client, !is_client, true),
                "{kind}"
            );
        }
        assert_eq!(word(InterfaceType::FullRouter), "site-to-site");
        assert_eq!(word(InterfaceType::HomeRouter), "site-to-site");
        assert_eq!(word(InterfaceType::from(9)), "unknown (9)");
    }
}
