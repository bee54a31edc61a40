//! The failure of a connection to a server.

use std::fmt;

/// The part of a connection that failed. They are in the order in which a connection comes to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Layer {
    /// The server's name has no address.
    Name,
    /// No way leads to the server, or it did not answer in time.
    Route,
    /// The server refused the connection to the port.
    Port,
    /// SMB: the version, encryption or signing that is required cannot be had, or a message is not as it must be.
    Smb,
    /// The server, or this machine's security provider, refused the account.
    Logon,
    /// The account may not administer the server.
    Right,
    /// The pipe does not exist: the service is not running.
    Service,
    /// The service does not offer the interface of MS-RRASM, or not with packet privacy.
    Interface,
    /// A call had no answer, or one that cannot be read.
    Call,
}

impl Layer {
    /// Returns the layer's name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Layer::Name => "name",
            Layer::Route => "route",
            Layer::Port => "port",
            Layer::Smb => "SMB",
            Layer::Logon => "logon",
            Layer::Right => "right",
            Layer::Service => "service",
            Layer::Interface => "interface",
            Layer::Call => "call",
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A connection, or a call over it, that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The part that failed.
    pub layer: Layer,
    /// The code that callers of `mprapi.h` know for it, such as 1722 for a server that cannot be reached.
    pub code: u32,
    /// The failed step and its reason, for people. It has no password and no key.
    pub text: String,
    /// `true` if the server refused the account or its password: the same again may lock the account.
    pub(crate) refuses_account: bool,
}

impl Failure {
    /// Describes a failure.
    pub fn new(layer: Layer, code: u32, text: impl Into<String>) -> Failure {
        Failure { layer, code, text: text.into(), refuses_account: false }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { layer, code, text, .. } = self;
        write!(f, "{layer}: {text} (error {code})")
    }
}

impl std::error::Error for Failure {}
