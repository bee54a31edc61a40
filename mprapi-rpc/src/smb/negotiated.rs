//! The result of the negotiation.

use std::fmt;

use super::cipher::Cipher;
use super::dialect::Dialect;
use super::signing::Signing;

/// The dialect and the algorithms that client and server use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Negotiated {
    /// The dialect.
    pub dialect: Dialect,
    /// The cipher.
    pub cipher: Cipher,
    /// The algorithm that signs.
    pub signing: Signing,
}

impl fmt::Display for Negotiated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Negotiated { dialect, cipher, signing } = self;
        write!(f, "{dialect}, {cipher}, {signing}")
    }
}
