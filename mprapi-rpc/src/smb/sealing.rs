//! The encryption of a session's messages.

use super::cipher::{Cipher, Keyed};
use super::keys::Keys;
use super::message::{Error, Problem, Transform};

/// The encryption of a session. Its keys are overwritten when it is dropped.
pub(super) struct Sealing {
    to_server: Box<dyn Keyed>,
    from_server: Box<dyn Keyed>,
    session_id: u64,
    /// The nonce of the next message. The key is the session's alone, so that counting makes each different.
    next: u64,
}

impl Sealing {
    /// Starts the encryption of a session. Returns `None` if the keys are not those of the cipher.
    pub(super) fn new(cipher: Cipher, keys: &Keys, session_id: u64) -> Option<Sealing> {
        let to_server = cipher.keyed(&keys.to_server)?;
        let from_server = cipher.keyed(&keys.from_server)?;
        Some(Sealing { to_server, from_server, session_id, next: 0 })
    }

    /// Encrypts a message in place. `bytes` has room for the header before it, from `at` on. Returns `None` if there is no
    /// nonce left, or the message is too long for a cipher.
    pub(super) fn seal(&mut self, bytes: &mut [u8], at: usize) -> Option<()> {
        let (header, message) = bytes.get_mut(at..)?.split_at_mut_checked(Transform::SIZE)?;
        let mut nonce = [0; 16];
        nonce[..8].copy_from_slice(&self.next.to_le_bytes());
        self.next = self.next.checked_add(1)?;
        let size = u32::try_from(message.len()).ok()?;
        let mut encoded = Vec::with_capacity(Transform::SIZE);
        Transform { tag: [0; 16], nonce, size, session_id: self.session_id }.encode(&mut encoded);
        header.copy_from_slice(&encoded);
        let tag = self.to_server.seal(&nonce, header.get(Transform::COVERED)?, message)?;
        header.get_mut(Transform::TAG)?.copy_from_slice(&tag);
        Some(())
    }

    /// Decrypts a message in place: `bytes` begins with the header of encryption.
    pub(super) fn open(&self, bytes: &mut [u8]) -> Result<(), Unopened> {
        let header = Transform::decode(bytes).map_err(Unopened::Malformed)?;
        if header.session_id != self.session_id {
            let problem = Problem::Value { found: header.session_id };
            return Err(Unopened::Malformed(Error { field: "SessionId", offset: 44, problem }));
        }
        let (before, message) = bytes.split_at_mut(Transform::SIZE);
        let covered = before.get(Transform::COVERED).unwrap_or_default();
        match self.from_server.open(&header.nonce, covered, message, &header.tag) {
            true => Ok(()),
            false => Err(Unopened::Changed),
        }
    }
}

/// The reason why a message cannot be decrypted.
pub(super) enum Unopened {
    /// The header is not as it must be.
    Malformed(Error),
    /// The tag is not that of the message.
    Changed,
}
