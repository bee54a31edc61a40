//! `SMB2 TRANSFORM_HEADER`: the header of an encrypted message.

use std::ops::Range;

use super::{Problem, Result};
use crate::pdu::Reader;

/// The header of an encrypted message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transform {
    /// The tag of the cipher over the rest of this header and the message.
    pub tag: [u8; 16],
    /// The nonce. A cipher uses the first 11 or 12 bytes.
    pub nonce: [u8; 16],
    /// The length of the message in bytes.
    pub size: u32,
    /// The session whose key it is.
    pub session_id: u64,
}

impl Transform {
    /// The length of the header in bytes.
    pub const SIZE: usize = 52;

    /// The first bytes of an encrypted message.
    pub const MAGIC: [u8; 4] = [0xfd, b'S', b'M', b'B'];

    /// The place of the tag.
    pub const TAG: Range<usize> = 4..20;

    /// The place of the bytes that the tag covers beside the message.
    pub const COVERED: Range<usize> = 20..52;

    /// The only value of the field `Flags`: the message is encrypted.
    const ENCRYPTED: u16 = 1;

    /// Reads the header of an encrypted message, which `bytes` has whole.
    ///
    /// # Errors
    /// If a field is not as the specification says, or the size is not that of the bytes that follow.
    pub fn decode(bytes: &[u8]) -> Result<Transform> {
        let mut reader = Reader::new(bytes, 0);
        let magic: [u8; 4] = reader.array("ProtocolId")?;
        if magic != Transform::MAGIC {
            let found = u32::from_le_bytes(magic).into();
            return Err(reader.error("ProtocolId", 4, Problem::Value { found }));
        }
        let tag = reader.array("Signature")?;
        let nonce = reader.array("Nonce")?;
        let size = reader.u32("OriginalMessageSize")?;
        reader.u16("Reserved")?;
        let flags = reader.u16("Flags")?;
        if flags != Transform::ENCRYPTED {
            return Err(reader.error("Flags", 2, Problem::Value { found: flags.into() }));
        }
        let session_id = u64::from_le_bytes(reader.array("SessionId")?);
        if reader.left() != size as usize {
            return Err(reader.error("OriginalMessageSize", 0, Problem::Value { found: size.into() }));
        }
        Ok(Transform { tag, nonce, size, session_id })
    }

    /// Appends the bytes of the header.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend(Transform::MAGIC);
        out.extend(self.tag);
        out.extend(self.nonce);
        out.extend(self.size.to_le_bytes());
        out.extend([0; 2]);
        out.extend(Transform::ENCRYPTED.to_le_bytes());
        out.extend(self.session_id.to_le_bytes());
    }
}
