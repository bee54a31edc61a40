//! `SMB2 CREATE`: opens a named pipe.

use super::part::{body, buffer, put_utf16, utf16_length};
use super::{Header, Result};

/// The server's number of an open pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileId(pub [u8; 16]);

impl FileId {
    /// The number of no pipe, for operations on the connection.
    pub const NONE: FileId = FileId([0xff; 16]);
}

/// A request to open a named pipe for reading and writing. The server may act as the caller (impersonation).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreateRequest<'a> {
    /// The name, without `\pipe\`.
    pub name: &'a str,
}

impl CreateRequest<'_> {
    /// The level at which the server may act as the caller on its own machine.
    pub const IMPERSONATION: u32 = 2;

    /// Reading, writing, and the attributes: `0x0012019F`, as Windows asks for a pipe.
    pub const ACCESS: u32 = 0x0012_019f;

    /// Returns the body.
    pub fn encode(&self) -> Vec<u8> {
        const FIXED: usize = 56;
        const SHARE_READ_AND_WRITE: u32 = 3;
        const OPEN: u32 = 1;
        let mut out = Vec::new();
        out.extend(57_u16.to_le_bytes());
        // No lock.
        out.extend([0; 2]);
        out.extend(CreateRequest::IMPERSONATION.to_le_bytes());
        out.extend([0; 16]);
        let attributes = 0;
        let options = 0;
        for number in [CreateRequest::ACCESS, attributes, SHARE_READ_AND_WRITE, OPEN, options] {
            out.extend(u32::to_le_bytes(number));
        }
        out.extend(((Header::SIZE + FIXED) as u16).to_le_bytes());
        out.extend((utf16_length(self.name) as u16).to_le_bytes());
        // No contexts.
        out.extend([0; 8]);
        put_utf16(&mut out, self.name);
        out
    }
}

/// The answer of an open pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreateAnswer {
    /// The pipe's number.
    pub file: FileId,
}

impl CreateAnswer {
    /// Reads an answer.
    ///
    /// # Errors
    /// If a field is not as the specification says.
    pub fn decode(message: &[u8]) -> Result<CreateAnswer> {
        let mut reader = body(message, 89)?;
        reader.bytes("OplockLevel", 2)?;
        reader.u32("CreateAction")?;
        reader.bytes("times and sizes", 6 * 8)?;
        reader.u32("FileAttributes")?;
        reader.u32("Reserved2")?;
        let file = FileId(reader.array("FileId")?);
        let offset = reader.u32("CreateContextsOffset")? as usize;
        let length = reader.u32("CreateContextsLength")? as usize;
        buffer(message, &reader, "CreateContexts", offset, length)?;
        Ok(CreateAnswer { file })
    }
}
