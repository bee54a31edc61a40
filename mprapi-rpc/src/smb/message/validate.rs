//! The buffers of `FSCTL_VALIDATE_NEGOTIATE_INFO`: what client and server believe that they negotiated.

use super::Result;
use super::negotiate::{Capabilities, NegotiateRequest};
use crate::pdu::Reader;

/// The operation's input: the client's part of the negotiation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValidateRequest<'a> {
    /// The client's bits.
    pub capabilities: Capabilities,
    /// The client's number.
    pub client: [u8; 16],
    /// The codes of the dialects.
    pub dialects: &'a [u16],
}

impl ValidateRequest<'_> {
    /// Returns the operation's input.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(self.capabilities.0.to_le_bytes());
        out.extend(self.client);
        out.extend(NegotiateRequest::SIGNING_REQUIRED.to_le_bytes());
        out.extend((self.dialects.len() as u16).to_le_bytes());
        out.extend(self.dialects.iter().flat_map(|code| code.to_le_bytes()));
        out
    }
}

/// The operation's output: the server's part of the negotiation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValidateAnswer {
    /// The server's bits.
    pub capabilities: Capabilities,
    /// The server's number.
    pub server: [u8; 16],
    /// Bit 0 if the server signs, bit 1 if it requires signing.
    pub security_mode: u16,
    /// The code of the dialect.
    pub dialect: u16,
}

impl ValidateAnswer {
    /// The length of the operation's output, in bytes.
    pub const SIZE: u32 = 24;

    /// Reads the operation's output.
    ///
    /// # Errors
    /// If it is shorter or longer.
    pub fn decode(output: &[u8]) -> Result<ValidateAnswer> {
        let mut reader = Reader::new(output, 0);
        let answer = ValidateAnswer {
            capabilities: Capabilities(reader.u32("Capabilities")?),
            server: reader.array("Guid")?,
            security_mode: reader.u16("SecurityMode")?,
            dialect: reader.u16("Dialect")?,
        };
        reader.end("Dialect")?;
        Ok(answer)
    }
}
