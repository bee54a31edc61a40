//! The security trailer of a PDU (MS-RPCE section 2.2.2.11).

use super::error::{Problem, Result};
use super::read::Reader;

/// The bytes of a trailer, without the token that follows.
pub const SIZE: usize = 8;

/// The fields of a security trailer. The token follows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trailer {
    /// The security provider: 9 is SPNEGO, 10 is NTLM, 16 is Kerberos.
    pub auth_type: u8,
    /// The protection level: 2 connect, 5 integrity, 6 privacy.
    pub auth_level: u8,
    /// The bytes of padding between the body and this trailer.
    pub pad_length: u8,
    /// The number of the security context.
    pub context_id: u32,
}

impl Trailer {
    /// Reads a trailer that begins at the offset `base` of the PDU, after a body of `body` bytes.
    pub(super) fn decode(bytes: &[u8], base: usize, body: usize) -> Result<Trailer> {
        let mut reader = Reader::new(bytes, base);
        let (auth_type, auth_level) = (reader.u8("auth_type")?, reader.u8("auth_level")?);
        let pad_length = reader.u8("auth_pad_length")?;
        if usize::from(pad_length) > body {
            return Err(reader.error(
                "auth_pad_length",
                1,
                Problem::Large { found: pad_length.into(), limit: body },
            ));
        }
        reader.u8("auth_reserved")?;
        let context_id = reader.u32("auth_context_id")?;
        Ok(Trailer { auth_type, auth_level, pad_length, context_id })
    }

    /// Appends the trailer to `out`.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        out.extend([self.auth_type, self.auth_level, self.pad_length, 0]);
        out.extend(self.context_id.to_le_bytes());
    }
}
