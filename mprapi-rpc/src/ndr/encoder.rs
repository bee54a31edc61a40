use std::fmt;

use crate::secret::{self, Hidden};

/// The referent of the first pointer that is not null. Windows uses the same numbers.
const FIRST_REFERENT: u32 = 0x0002_0000;

/// A writer of NDR values, which are padded with zeros.
///
/// Memory that becomes too small is overwritten, since a value may be a password. `Debug` does not show the message.
pub struct Encoder {
    bytes: Vec<u8>,
    next_referent: u32,
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").field("bytes", &Hidden(&self.bytes)).finish_non_exhaustive()
    }
}

impl Default for Encoder {
    fn default() -> Self {
        Self { bytes: Vec::new(), next_referent: FIRST_REFERENT }
    }
}

impl Encoder {
    /// Returns the message.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Writes zeros until the length is a multiple of `alignment`, which is 1, 2, 4 or 8.
    pub fn align(&mut self, alignment: usize) {
        let gap = self.bytes.len().next_multiple_of(alignment) - self.bytes.len();
        self.put(&[0; 8][..gap.min(8)]);
    }

    /// Writes bytes.
    pub fn put(&mut self, bytes: &[u8]) {
        secret::append(&mut self.bytes, bytes);
    }

    /// Writes an aligned 32-bit number: a count or a pointer's referent.
    pub fn number(&mut self, number: u32) {
        self.align(4);
        self.put(&number.to_le_bytes());
    }

    /// Writes a pointer: a referent of its own, or 0 for null.
    pub fn pointer(&mut self, is_null: bool) {
        if is_null {
            return self.number(0);
        }
        self.number(self.next_referent);
        // Each pointer takes at least four bytes of memory, so this does not come round to null.
        self.next_referent = self.next_referent.wrapping_add(4);
    }
}
