//! The ends: `SMB2 CLOSE` and `SMB2 LOGOFF`.

use super::create::FileId;

/// A request to close a pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CloseRequest {
    /// The pipe.
    pub file: FileId,
}

impl CloseRequest {
    /// Returns the body.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(24);
        out.extend(24_u16.to_le_bytes());
        out.extend([0; 6]);
        out.extend(self.file.0);
        out
    }
}

/// The body of a request to end the session, with all that it has open.
pub const LOGOFF: [u8; 4] = [4, 0, 0, 0];
