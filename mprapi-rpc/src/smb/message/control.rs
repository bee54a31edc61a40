//! `SMB2 IOCTL`: control operations.

use std::fmt;

use super::create::FileId;
use super::part::{body, buffer};
use super::{Header, Problem, Result};
use crate::secret::Hidden;

/// A control operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ControlCode {
    /// `FSCTL_PIPE_TRANSCEIVE`: writes a message to a pipe and reads the answer.
    PipeTransceive = 0x0011_C017,
    /// `FSCTL_VALIDATE_NEGOTIATE_INFO`: compares what was negotiated.
    ValidateNegotiate = 0x0014_0204,
}

/// A request for a control operation. `Debug` does not show the bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ControlRequest<'a> {
    /// The operation.
    pub code: ControlCode,
    /// The pipe.
    pub file: FileId,
    /// The bytes for the operation.
    pub input: &'a [u8],
    /// The most bytes that the answer may have.
    pub most: u32,
}

impl fmt::Debug for ControlRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ControlRequest { code, file, input, most } = self;
        f.debug_struct("ControlRequest")
            .field("code", code)
            .field("file", file)
            .field("input", &Hidden(input))
            .field("most", most)
            .finish()
    }
}

impl ControlRequest<'_> {
    /// Returns the body.
    pub fn encode(&self) -> Vec<u8> {
        const FIXED: usize = 56;
        const IS_FSCTL: u32 = 1;
        let mut out = Vec::with_capacity(FIXED + self.input.len());
        out.extend(57_u16.to_le_bytes());
        out.extend([0; 2]);
        out.extend((self.code as u32).to_le_bytes());
        out.extend(self.file.0);
        let input = (Header::SIZE + FIXED) as u32;
        for number in [input, self.input.len() as u32, 0, 0, 0, self.most, IS_FSCTL, 0] {
            out.extend(number.to_le_bytes());
        }
        out.extend(self.input);
        out
    }
}

/// The answer of a control operation. `Debug` does not show the bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ControlAnswer<'a> {
    /// The bytes of the operation.
    pub output: &'a [u8],
}

impl fmt::Debug for ControlAnswer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ControlAnswer { output } = self;
        f.debug_struct("ControlAnswer").field("output", &Hidden(output)).finish()
    }
}

impl<'a> ControlAnswer<'a> {
    /// Reads an answer to `request`.
    ///
    /// # Errors
    /// If a field is not as the specification says, or the answer is one to another operation or longer than was asked for.
    pub fn decode(message: &'a [u8], request: &ControlRequest<'_>) -> Result<ControlAnswer<'a>> {
        let mut reader = body(message, 49)?;
        reader.u16("Reserved")?;
        let code = reader.u32("CtlCode")?;
        if code != request.code as u32 {
            return Err(reader.error("CtlCode", 4, Problem::Value { found: code.into() }));
        }
        let file: [u8; 16] = reader.array("FileId")?;
        if file != request.file.0 {
            let found = u64::from(file.first().copied().unwrap_or_default());
            return Err(reader.error("FileId", 16, Problem::Value { found }));
        }
        reader.u32("InputOffset")?;
        reader.u32("InputCount")?;
        let offset = reader.u32("OutputOffset")? as usize;
        let length = reader.u32("OutputCount")? as usize;
        let limit = request.most as usize;
        if length > limit {
            return Err(reader.error("OutputCount", 4, Problem::Large { found: length, limit }));
        }
        reader.u32("Flags")?;
        reader.u32("Reserved2")?;
        Ok(ControlAnswer { output: buffer(message, &reader, "Output", offset, length)? })
    }
}
