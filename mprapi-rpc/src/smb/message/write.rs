//! `SMB2 WRITE`.

use std::fmt;

use super::create::FileId;
use super::part::body;
use super::{Header, Result};
use crate::secret::Hidden;

/// A request to write to a pipe. `Debug` does not show the bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct WriteRequest<'a> {
    /// The pipe.
    pub file: FileId,
    /// The bytes.
    pub data: &'a [u8],
}

impl fmt::Debug for WriteRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let WriteRequest { file, data } = self;
        f.debug_struct("WriteRequest").field("file", file).field("data", &Hidden(data)).finish()
    }
}

impl WriteRequest<'_> {
    /// Returns the body.
    pub fn encode(&self) -> Vec<u8> {
        const FIXED: usize = 48;
        let mut out = Vec::with_capacity(FIXED + self.data.len());
        out.extend(49_u16.to_le_bytes());
        out.extend(((Header::SIZE + FIXED) as u16).to_le_bytes());
        out.extend((self.data.len() as u32).to_le_bytes());
        // A pipe has no offset.
        out.extend([0; 8]);
        out.extend(self.file.0);
        // No channel, rest or flags.
        out.extend([0; 16]);
        out.extend(self.data);
        out
    }
}

/// The answer to a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteAnswer {
    /// The number of bytes that were written.
    pub count: u32,
}

impl WriteAnswer {
    /// Reads an answer.
    ///
    /// # Errors
    /// If a field is not as the specification says.
    pub fn decode(message: &[u8]) -> Result<WriteAnswer> {
        let mut reader = body(message, 17)?;
        reader.u16("Reserved")?;
        Ok(WriteAnswer { count: reader.u32("Count")? })
    }
}
