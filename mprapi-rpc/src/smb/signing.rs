//! The algorithms that sign.

use std::fmt;

use aes::Aes128;
use cmac::{Cmac, KeyInit, Mac};

use super::cipher::Cipher;
use super::message::Header;

/// An algorithm that signs messages. Only the last answer of the authentication is signed: everything later is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signing {
    /// AES-128-CMAC: the only one of SMB 3.0 and 3.0.2.
    AesCmac = 1,
    /// AES-128-GMAC, since Windows Server 2022.
    AesGmac = 2,
}

impl Signing {
    /// All that the client offers. The first one is preferred.
    pub const ALL: [Signing; 2] = [Signing::AesGmac, Signing::AesCmac];

    /// Returns the algorithm with the code of a message. HMAC-SHA256 has none here: it is that of SMB 2.
    pub fn from_code(code: u16) -> Option<Signing> {
        Signing::ALL.into_iter().find(|signing| signing.code() == code)
    }

    /// Returns the code of the algorithm in a message.
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// Returns the algorithm's name, such as `AES-128-GMAC`.
    pub const fn name(self) -> &'static str {
        match self {
            Signing::AesCmac => "AES-128-CMAC",
            Signing::AesGmac => "AES-128-GMAC",
        }
    }

    /// Returns `true` if the server signed the answer `message` with the key. The comparison takes the same time whatever
    /// differs.
    pub(super) fn verifies(self, key: &[u8], message: &[u8], header: &Header) -> bool {
        let Some((before, rest)) = message.split_at_checked(Header::SIGNATURE.start) else { return false };
        let Some(after) = rest.get(Header::SIGNATURE.len()..) else { return false };
        match self {
            Signing::AesCmac => {
                let Ok(mut mac) = Cmac::<Aes128>::new_from_slice(key) else { return false };
                mac.update(before);
                mac.update(&[0; 16]);
                mac.update(after);
                mac.verify_slice(&header.signature).is_ok()
            }
            Signing::AesGmac => {
                // GMAC is GCM of nothing. Bit 0 after the number says that a server has signed.
                let mut nonce = [0; 16];
                nonce[..8].copy_from_slice(&header.message_id.to_le_bytes());
                nonce[8] = 1;
                let covered = [before, &[0; 16], after].concat();
                let keyed = Cipher::Aes128Gcm.keyed(key);
                keyed.is_some_and(|keyed| keyed.open(&nonce, &covered, &mut [], &header.signature))
            }
        }
    }
}

impl fmt::Display for Signing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
