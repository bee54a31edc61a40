//! The reasons why an association ends.

use std::fmt;

use crate::pdu::{self, Kind};
use crate::security;

/// The reason why a server ends an association.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Closed {
    /// A PDU cannot be decoded.
    Pdu(pdu::Error),
    /// A PDU of this kind is not allowed at this point.
    Order(Kind),
    /// A fragment is larger than the association allows, in bytes.
    Fragment {
        /// The length of the fragment.
        length: u16,
        /// The limit.
        limit: u16,
    },
    /// A request is larger than the limit, in bytes or in fragments.
    Request,
    /// A fragment continues another call than the one that was begun.
    Mixed,
    /// The security provider or its level is unknown.
    Provider {
        /// The security provider.
        auth_type: u8,
        /// The level of protection.
        auth_level: u8,
    },
    /// The security provider refuses the client or a PDU.
    Security(security::Error),
    /// A PDU is not protected as the association demands.
    Unprotected,
    /// The account of the authentication is not the one of the transport.
    Account(String),
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Closed::Pdu(error) => write!(f, "cannot decode a PDU: {error}"),
            Closed::Order(kind) => write!(f, "a PDU of the kind {kind:?} is not allowed at this point"),
            Closed::Fragment { length, limit } => {
                write!(f, "a fragment of {length} bytes is larger than the limit of {limit}")
            }
            Closed::Request => write!(f, "a request is larger than the limit"),
            Closed::Mixed => write!(f, "a fragment does not continue the call that was begun"),
            Closed::Provider { auth_type, auth_level } => {
                write!(f, "the security provider {auth_type} with the level {auth_level} is not known")
            }
            Closed::Security(error) => write!(f, "the client is not authentic: {error}"),
            Closed::Unprotected => write!(f, "a PDU is not protected as the association demands"),
            Closed::Account(account) => {
                write!(f, "the account {account:?} is not the one of the pipe's connection")
            }
        }
    }
}

impl std::error::Error for Closed {}
