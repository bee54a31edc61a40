//! Limits of a caller.

/// The sizes and counts that a server cannot exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest fragment in both directions, in bytes, as it is offered to the server: at least 1,432. Windows has 4,280 on
    /// named pipes and Samba offers 5,840.
    pub fragment: u16,
    /// The largest stub of a request, in bytes.
    pub request: usize,
    /// The largest stub of an answer, in bytes.
    pub answer: usize,
    /// The largest number of fragments of an answer.
    pub fragments: usize,
    /// The largest number of tokens that an authentication takes of the server.
    pub tokens: usize,
}

impl Default for Limits {
    /// Allows an answer of 64 MiB: 10,000 connections have 11 MB.
    fn default() -> Limits {
        Limits { fragment: 5840, request: 4 << 20, answer: 64 << 20, fragments: 1 << 16, tokens: 8 }
    }
}
