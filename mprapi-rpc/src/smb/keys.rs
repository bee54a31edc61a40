//! The keys of a session: SP800-108 in counter mode with HMAC-SHA256, as MS-SMB2 sections 3.1.4.2 and 3.2.5.3.1 say.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use super::cipher::Cipher;
use super::dialect::Dialect;
use super::preauth::Preauth;

/// The keys of a session. They are overwritten when they are dropped.
pub(super) struct Keys {
    /// The key that signs.
    pub(super) signing: Zeroizing<Vec<u8>>,
    /// The key of requests.
    pub(super) to_server: Zeroizing<Vec<u8>>,
    /// The key of answers.
    pub(super) from_server: Zeroizing<Vec<u8>>,
}

impl Keys {
    /// Makes the keys from the session key of the authentication. SMB takes its first 16 bytes, and all of it for the key of a
    /// cipher with 32.
    pub(super) fn new(session: &[u8], dialect: Dialect, cipher: Cipher, preauth: &Preauth) -> Keys {
        let mut first = Zeroizing::new([0; 16]);
        for (own, byte) in first.iter_mut().zip(session) {
            *own = *byte;
        }
        let length = cipher.key_length();
        let whole = if length > first.len() { session } else { &first[..] };
        match dialect {
            Dialect::Smb300 | Dialect::Smb302 => Keys {
                signing: derived(&first[..], b"SMB2AESCMAC\0", b"SmbSign\0", 16),
                to_server: derived(whole, b"SMB2AESCCM\0", b"ServerIn \0", length),
                from_server: derived(whole, b"SMB2AESCCM\0", b"ServerOut\0", length),
            },
            Dialect::Smb311 => Keys {
                signing: derived(&first[..], b"SMBSigningKey\0", preauth.bytes(), 16),
                to_server: derived(whole, b"SMBC2SCipherKey\0", preauth.bytes(), length),
                from_server: derived(whole, b"SMBS2CCipherKey\0", preauth.bytes(), length),
            },
        }
    }
}

/// Makes a key of at most 32 bytes, for which the counter needs to go to 1 only.
fn derived(key: &[u8], label: &[u8], context: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let bits = 8 * length as u32;
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in [&1_u32.to_be_bytes()[..], label, &[0], context, &bits.to_be_bytes()] {
        mac.update(part);
    }
    let mut block: [u8; 32] = mac.finalize().into_bytes().into();
    let derived = block.iter().copied().take(length).collect();
    block.zeroize();
    Zeroizing::new(derived)
}
