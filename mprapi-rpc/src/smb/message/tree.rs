//! `SMB2 TREE_CONNECT`: a share of the server.

use super::part::{body, put_utf16, utf16_length};
use super::{Header, Result};

/// A request to connect to a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeConnectRequest<'a> {
    /// The share, such as `\\vpn01\IPC$`.
    pub path: &'a str,
}

impl TreeConnectRequest<'_> {
    /// Returns the body.
    pub fn encode(&self) -> Vec<u8> {
        const FIXED: usize = 8;
        let mut out = Vec::new();
        out.extend(9_u16.to_le_bytes());
        out.extend([0; 2]);
        out.extend(((Header::SIZE + FIXED) as u16).to_le_bytes());
        out.extend((utf16_length(self.path) as u16).to_le_bytes());
        put_utf16(&mut out, self.path);
        out
    }
}

/// The answer of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeConnectAnswer {
    /// The kind of the share.
    pub kind: u8,
    /// The rights of the caller.
    pub access: u32,
}

impl TreeConnectAnswer {
    /// The kind of a share that has named pipes.
    pub const PIPES: u8 = 2;

    /// Reads an answer.
    ///
    /// # Errors
    /// If a field is not as the specification says.
    pub fn decode(message: &[u8]) -> Result<TreeConnectAnswer> {
        let mut reader = body(message, 16)?;
        let kind = reader.u8("ShareType")?;
        reader.u8("Reserved")?;
        reader.u32("ShareFlags")?;
        reader.u32("Capabilities")?;
        Ok(TreeConnectAnswer { kind, access: reader.u32("MaximalAccess")? })
    }
}
