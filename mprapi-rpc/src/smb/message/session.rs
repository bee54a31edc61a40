//! `SMB2 SESSION_SETUP`: the authentication.

use std::fmt;

use super::part::{body, buffer};
use super::{Header, Result};
use crate::secret::Hidden;

/// A request with a token of the authentication. The client requires signing. `Debug` does not show the token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SessionSetupRequest<'a> {
    /// The token.
    pub token: &'a [u8],
}

impl fmt::Debug for SessionSetupRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SessionSetupRequest { token } = self;
        f.debug_struct("SessionSetupRequest").field("token", &Hidden(token)).finish()
    }
}

impl SessionSetupRequest<'_> {
    /// The longest token, in bytes.
    pub const LONGEST: usize = u16::MAX as usize;

    /// Returns the body. A token longer than [`LONGEST`](Self::LONGEST) is cut: no server could take it.
    pub fn encode(&self) -> Vec<u8> {
        const FIXED: usize = 24;
        let token = self.token.get(..Self::LONGEST).unwrap_or(self.token);
        let mut out = Vec::with_capacity(FIXED + token.len());
        out.extend(25_u16.to_le_bytes());
        // No flags; signing is required.
        out.extend([0, 2]);
        // No capabilities, no channel.
        out.extend([0; 8]);
        out.extend(((Header::SIZE + FIXED) as u16).to_le_bytes());
        out.extend((token.len() as u16).to_le_bytes());
        // No session that this one replaces.
        out.extend([0; 8]);
        out.extend(token);
        out
    }
}

/// Bits of a session.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct SessionFlags(pub u16);

impl SessionFlags {
    /// The server did not know the user, and let him in as a guest.
    pub const GUEST: SessionFlags = SessionFlags(0x0001);
    /// The server let nobody in: the session is anonymous.
    pub const ANONYMOUS: SessionFlags = SessionFlags(0x0002);
    /// The server requires encryption.
    pub const ENCRYPT: SessionFlags = SessionFlags(0x0004);

    /// Returns `true` if all bits of `other` are set.
    pub const fn contains(self, other: SessionFlags) -> bool {
        self.0 & other.0 == other.0
    }
}

impl fmt::Debug for SessionFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionFlags({:#06x})", self.0)
    }
}

/// An answer with a token of the authentication. `Debug` does not show the token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SessionSetupAnswer<'a> {
    /// The bits of the session, in the last answer.
    pub flags: SessionFlags,
    /// The token. It may be empty.
    pub token: &'a [u8],
}

impl fmt::Debug for SessionSetupAnswer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SessionSetupAnswer { flags, token } = self;
        f.debug_struct("SessionSetupAnswer").field("flags", flags).field("token", &Hidden(token)).finish()
    }
}

impl<'a> SessionSetupAnswer<'a> {
    /// Reads an answer.
    ///
    /// # Errors
    /// If a field is not as the specification says.
    pub fn decode(message: &'a [u8]) -> Result<SessionSetupAnswer<'a>> {
        let mut reader = body(message, 9)?;
        let flags = SessionFlags(reader.u16("SessionFlags")?);
        let offset = reader.u16("SecurityBufferOffset")?.into();
        let length = reader.u16("SecurityBufferLength")?.into();
        let token = buffer(message, &reader, "SecurityBuffer", offset, length)?;
        Ok(SessionSetupAnswer { flags, token })
    }
}
