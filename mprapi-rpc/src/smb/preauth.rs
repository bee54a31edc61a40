//! The hash of everything before the session, from which the keys of SMB 3.1.1 are made.

use sha2::{Digest, Sha512};

/// The hash of the messages so far. Who changes one of them on its way makes the keys differ.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Preauth([u8; 64]);

impl Preauth {
    /// The hash of no message.
    pub(super) const START: Preauth = Preauth([0; 64]);

    /// Adds a message.
    pub(super) fn add(&mut self, message: &[u8]) {
        self.0 = Sha512::new().chain_update(self.0).chain_update(message).finalize().into();
    }

    /// Returns the hash.
    pub(super) fn bytes(&self) -> &[u8; 64] {
        &self.0
    }
}
