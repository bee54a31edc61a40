//! Limits and rules of an association.

use crate::pdu;
use crate::security::Level;

/// The sizes and counts that a client cannot exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest fragment in both directions, in bytes. Windows and Samba have 4,280 on named pipes.
    pub fragment: u16,
    /// The largest stub of a request, in bytes. A client that may not make calls has 64 KiB at most.
    pub request: usize,
    /// The largest number of fragments of a request.
    pub fragments: usize,
    /// The largest number of interfaces that one association names.
    pub interfaces: usize,
    /// The largest number of tokens that an authentication takes.
    pub tokens: usize,
}

impl Limits {
    /// The fragment that every implementation must take (C706 section 12.6.3.1), in bytes.
    pub const MUST_RECEIVE: u16 = pdu::MUST_RECEIVE;

    /// The largest stub of a request that is only decoded to be denied, in bytes.
    pub(super) const DENIED: usize = 64 << 10;
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { fragment: 4280, request: 4 << 20, fragments: 8192, interfaces: 32, tokens: 16 }
    }
}

/// The conditions under which a client may call operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The lowest level of protection. MS-RRASM has privacy; a pipe whose SMB connection is encrypted can do without.
    pub minimum: Level,
    /// `true` if the transport has shown that the client is an administrator.
    pub is_administrator: bool,
    /// The account that the transport has authenticated. An authentication at the level of RPC must be of the same one.
    pub account: Option<String>,
    /// The second address that the answer to a bind has: the name of the pipe.
    pub secondary_address: String,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            minimum: Level::Privacy,
            is_administrator: false,
            account: None,
            secondary_address: r"\PIPE\ROUTER".to_owned(),
        }
    }
}
