//! The ciphers of encryption.

use std::fmt;

use aes::{Aes128, Aes256};
use aes_gcm::aead::array::Array;
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes128Gcm, Aes256Gcm};
use ccm::Ccm;
use ccm::consts::{U11, U16};

/// A cipher of SMB's encryption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cipher {
    /// AES-128-CCM: the only one of SMB 3.0 and 3.0.2.
    Aes128Ccm = 1,
    /// AES-128-GCM.
    Aes128Gcm = 2,
    /// AES-256-CCM.
    Aes256Ccm = 3,
    /// AES-256-GCM.
    Aes256Gcm = 4,
}

impl Cipher {
    /// All that the client offers. The first one is preferred, but servers have an order of their own.
    pub const ALL: [Cipher; 4] = [Cipher::Aes128Gcm, Cipher::Aes256Gcm, Cipher::Aes128Ccm, Cipher::Aes256Ccm];

    /// Returns the cipher with the code of a message.
    pub fn from_code(code: u16) -> Option<Cipher> {
        Cipher::ALL.into_iter().find(|cipher| cipher.code() == code)
    }

    /// Returns the code of the cipher in a message.
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// Returns the cipher's name, such as `AES-128-GCM`.
    pub const fn name(self) -> &'static str {
        match self {
            Cipher::Aes128Ccm => "AES-128-CCM",
            Cipher::Aes128Gcm => "AES-128-GCM",
            Cipher::Aes256Ccm => "AES-256-CCM",
            Cipher::Aes256Gcm => "AES-256-GCM",
        }
    }

    /// Returns the length of the key in bytes.
    pub(super) const fn key_length(self) -> usize {
        match self {
            Cipher::Aes128Ccm | Cipher::Aes128Gcm => 16,
            Cipher::Aes256Ccm | Cipher::Aes256Gcm => 32,
        }
    }

    /// Makes the cipher with a key. Returns `None` if the key has another length.
    pub(super) fn keyed(self, key: &[u8]) -> Option<Box<dyn Keyed>> {
        fn boxed<A: AeadInOut + KeyInit + Send + 'static>(key: &[u8]) -> Option<Box<dyn Keyed>> {
            Some(Box::new(A::new_from_slice(key).ok()?))
        }
        match self {
            Cipher::Aes128Ccm => boxed::<Ccm<Aes128, U16, U11>>(key),
            Cipher::Aes128Gcm => boxed::<Aes128Gcm>(key),
            Cipher::Aes256Ccm => boxed::<Ccm<Aes256, U16, U11>>(key),
            Cipher::Aes256Gcm => boxed::<Aes256Gcm>(key),
        }
    }
}

impl fmt::Display for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A cipher with its key, which is overwritten when it is dropped.
pub(super) trait Keyed: Send {
    /// Encrypts `bytes` in place, and returns the tag over them and `covered`. Uses as many bytes of the nonce as it has.
    /// Returns `None` if there are too many bytes.
    fn seal(&self, nonce: &[u8; 16], covered: &[u8], bytes: &mut [u8]) -> Option<[u8; 16]>;

    /// Decrypts `bytes` in place. Returns `false` if they or `covered` are not as they were when the tag was made.
    fn open(&self, nonce: &[u8; 16], covered: &[u8], bytes: &mut [u8], tag: &[u8; 16]) -> bool;
}

impl<A: AeadInOut + Send> Keyed for A {
    fn seal(&self, nonce: &[u8; 16], covered: &[u8], bytes: &mut [u8]) -> Option<[u8; 16]> {
        let nonce = Array::from_fn(|at| nonce.get(at).copied().unwrap_or_default());
        let tag = self.encrypt_inout_detached(&nonce, covered, bytes.into()).ok()?;
        tag.as_slice().try_into().ok()
    }

    fn open(&self, nonce: &[u8; 16], covered: &[u8], bytes: &mut [u8], tag: &[u8; 16]) -> bool {
        let nonce = Array::from_fn(|at| nonce.get(at).copied().unwrap_or_default());
        let Ok(tag) = tag.as_slice().try_into() else { return false };
        self.decrypt_inout_detached(&nonce, covered, bytes.into(), tag).is_ok()
    }
}
