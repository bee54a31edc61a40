//! The levels of protection.

/// A level of protection: the field `auth_level`. A later one protects more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// No security trailer (level 1).
    None = 1,
    /// The client is authenticated, and no PDU is protected.
    Connect = 2,
    /// Each PDU is signed.
    Integrity = 5,
    /// Each PDU is signed, and its stub is encrypted.
    Privacy = 6,
}

impl Level {
    /// Returns the level of a security trailer. The levels of call and of packet are not among those that are known here.
    pub const fn from_code(code: u8) -> Option<Level> {
        match code {
            2 => Some(Level::Connect),
            5 => Some(Level::Integrity),
            6 => Some(Level::Privacy),
            _ => None,
        }
    }

    /// Returns `true` if each PDU has a token.
    pub const fn protects(self) -> bool {
        matches!(self, Level::Integrity | Level::Privacy)
    }
}
