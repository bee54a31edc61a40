//! Bytes that may be a password or a key: they are overwritten before their memory is given back, and never shown.

use std::fmt;

use zeroize::Zeroize;

/// Appends bytes. If they do not fit, the old memory is overwritten before it is given back.
pub(crate) fn append(bytes: &mut Vec<u8>, more: &[u8]) {
    let length = bytes.len() + more.len();
    if length > bytes.capacity() {
        let mut larger = Vec::with_capacity(length.max(2 * bytes.capacity()));
        larger.extend_from_slice(bytes);
        std::mem::replace(bytes, larger).zeroize();
    }
    bytes.extend_from_slice(more);
}

/// Bytes in a `Debug` text, which has their number alone.
pub(crate) struct Hidden<'a>(pub(crate) &'a [u8]);

impl fmt::Debug for Hidden<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}
