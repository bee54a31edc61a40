//! `SMB2 READ`.

use std::fmt;

use super::create::FileId;
use super::part::{body, buffer};
use super::{Problem, Result};
use crate::secret::Hidden;

/// A request to read a pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadRequest {
    /// The pipe.
    pub file: FileId,
    /// The most bytes that the answer may have.
    pub most: u32,
}

impl ReadRequest {
    /// Returns the body.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(49);
        out.extend(49_u16.to_le_bytes());
        // The place of the data in the answer that the client would like, and no flags.
        out.extend([0x50, 0]);
        out.extend(self.most.to_le_bytes());
        // A pipe has no offset.
        out.extend([0; 8]);
        out.extend(self.file.0);
        // No least count, channel or rest; a buffer has a byte at least.
        out.extend([0; 17]);
        out
    }
}

/// The answer to a read. `Debug` does not show the bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ReadAnswer<'a> {
    /// The bytes.
    pub data: &'a [u8],
}

impl fmt::Debug for ReadAnswer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ReadAnswer { data } = self;
        f.debug_struct("ReadAnswer").field("data", &Hidden(data)).finish()
    }
}

impl<'a> ReadAnswer<'a> {
    /// Reads an answer to a request for at most `most` bytes.
    ///
    /// # Errors
    /// If a field is not as the specification says, or the answer is longer than was asked for.
    pub fn decode(message: &'a [u8], most: u32) -> Result<ReadAnswer<'a>> {
        let mut reader = body(message, 17)?;
        let offset = reader.u8("DataOffset")?.into();
        reader.u8("Reserved")?;
        let length = reader.u32("DataLength")?;
        if length > most {
            let (found, limit) = (length as usize, most as usize);
            return Err(reader.error("DataLength", 4, Problem::Large { found, limit }));
        }
        reader.u32("DataRemaining")?;
        reader.u32("Reserved2")?;
        Ok(ReadAnswer { data: buffer(message, &reader, "Buffer", offset, length as usize)? })
    }
}
