//! NTLM's protection of messages (MS-NLMP sections 3.4.2 to 3.4.5), for a PDU that is signed whole and encrypted in part.
//!
//! GSSAPI's mechanism encrypts all that it signs, and clients of RPC sign the header too. So the mechanism authenticates,
//! and its session key protects the PDUs here. The ciphers are libraries.

use std::ops::Range;

use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::{Digest as _, Md5};
use rc4::Rc4;
use rc4::cipher::StreamCipher as _;
use zeroize::Zeroizing;

/// The length of a signature, in bytes: a version, a checksum of 8 bytes, a sequence number.
pub(super) const SIGNATURE: usize = 16;

/// The length of a session key, in bytes.
const KEY: usize = 16;

/// The version of a signature.
const VERSION: [u8; 4] = 1u32.to_le_bytes();

/// The texts that make keys of one direction from the session key: that which signs, and that which encrypts.
const TO_SERVER: [&[u8]; 2] = [
    b"session key to client-to-server signing key magic constant\0",
    b"session key to client-to-server sealing key magic constant\0",
];
const TO_CLIENT: [&[u8]; 2] = [
    b"session key to server-to-client signing key magic constant\0",
    b"session key to server-to-client sealing key magic constant\0",
];

/// The protection of one side's messages in both directions, with extended session security, a key exchange and keys of 128
/// bits.
pub(super) struct Sealing {
    sending: Direction,
    receiving: Direction,
}

impl Sealing {
    /// Begins with the session key and the sequence number of the next message of either side. Returns `None` if the key
    /// is of another length.
    pub(super) fn new(session_key: &[u8], sequence: u32, is_client: bool) -> Option<Sealing> {
        if session_key.len() != KEY {
            return None;
        }
        let (sent, received) = if is_client { (TO_SERVER, TO_CLIENT) } else { (TO_CLIENT, TO_SERVER) };
        let sending = Direction::new(session_key, sent, sequence)?;
        Some(Sealing { sending, receiving: Direction::new(session_key, received, sequence)? })
    }

    /// Signs the bytes of a PDU and encrypts its stub. Returns `None` if the stub is outside.
    pub(super) fn seal(&mut self, bytes: &mut [u8], stub: Range<usize>) -> Option<[u8; SIGNATURE]> {
        self.sending.seal(bytes, stub)
    }

    /// Decrypts the stub of a PDU and checks its signature. Returns `None` if the peer has not made this PDU now.
    pub(super) fn unseal(&mut self, bytes: &mut [u8], stub: Range<usize>, signature: &[u8]) -> Option<()> {
        self.receiving.unseal(bytes, stub, signature)
    }
}

/// The keys of one direction.
struct Direction {
    /// The start of each checksum. A key that is set for each message is left on the stack each time.
    keyed: Hmac<Md5>,
    cipher: Rc4,
    sequence: u32,
}

impl Direction {
    fn new(session_key: &[u8], [signing, sealing]: [&[u8]; 2], sequence: u32) -> Option<Direction> {
        let cipher = Rc4::new_from_slice(&derived(session_key, sealing)?).ok()?;
        let keyed = Hmac::new_from_slice(&derived(session_key, signing)?).ok()?;
        Some(Direction { keyed, cipher, sequence })
    }

    fn seal(&mut self, bytes: &mut [u8], stub: Range<usize>) -> Option<[u8; SIGNATURE]> {
        let digest = self.digest(bytes).finalize().into_bytes();
        let stub = bytes.get_mut(stub)?;
        self.cipher.apply_keystream(stub);
        let mut signature = [0; SIGNATURE];
        let (version, rest) = signature.split_first_chunk_mut::<4>()?;
        let (checksum, sequence) = rest.split_first_chunk_mut::<8>()?;
        *version = VERSION;
        checksum.copy_from_slice(digest.get(..8)?);
        self.cipher.apply_keystream(checksum);
        sequence.copy_from_slice(&self.sequence.to_le_bytes());
        self.sequence = self.sequence.wrapping_add(1);
        Some(signature)
    }

    fn unseal(&mut self, bytes: &mut [u8], stub: Range<usize>, signature: &[u8]) -> Option<()> {
        let signature: [u8; SIGNATURE] = signature.try_into().ok()?;
        let (version, rest) = signature.split_first_chunk::<4>()?;
        let (checksum, sequence) = rest.split_first_chunk::<8>()?;
        if *version != VERSION || *sequence != self.sequence.to_le_bytes() {
            return None;
        }
        self.cipher.apply_keystream(bytes.get_mut(stub)?);
        let mut checksum = *checksum;
        self.cipher.apply_keystream(&mut checksum);
        self.digest(bytes).verify_truncated_left(&checksum).ok()?;
        self.sequence = self.sequence.wrapping_add(1);
        Some(())
    }

    /// Begins the checksum of the next message with these bytes.
    fn digest(&self, bytes: &[u8]) -> Hmac<Md5> {
        self.keyed.clone().chain_update(self.sequence.to_le_bytes()).chain_update(bytes)
    }
}

/// Makes a key from the session key and a text. Nothing that has a key is moved: a move leaves a copy on the stack.
fn derived(session_key: &[u8], text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut digest = Md5::new();
    digest.update(session_key);
    digest.update(text);
    let mut key = Zeroizing::new(vec![0; KEY]);
    digest.finalize_into_reset(key.as_mut_slice().try_into().ok()?);
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MS-NLMP section 4.2.4.4: a client encrypts a text that it signs.
    #[test]
    fn the_example_of_the_specification_is_made_and_is_read() {
        let plain: Vec<u8> = "Plaintext".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let sealed = *b"\x54\xe5\x01\x65\xbf\x19\x36\xdc\x99\x60\x20\xc1\x81\x1b\x0f\x06\xfb\x5f";
        let signature = *b"\x01\0\0\0\x7f\xb3\x8e\xc5\xc5\x5d\x49\x76\0\0\0\0";
        let mut client = Sealing::new(&[0x55; KEY], 0, true).unwrap();
        let mut bytes = plain.clone();
        assert_eq!(client.seal(&mut bytes, 0..18), Some(signature));
        assert_eq!(bytes, sealed);
        let mut server = Sealing::new(&[0x55; KEY], 0, false).unwrap();
        assert_eq!(server.unseal(&mut bytes, 0..18, &signature), Some(()));
        assert_eq!(bytes, plain);
    }

    #[test]
    fn a_pdu_that_the_client_has_not_made_now_is_refused() {
        let sealed = || {
            let mut bytes: Vec<u8> = (0..48).collect();
            let mut client = Direction::new(&[7; KEY], TO_SERVER, 1).unwrap();
            let signature = client.seal(&mut bytes, 24..40).unwrap();
            (bytes, signature)
        };
        let unseal = |bytes: &mut [u8], signature: &[u8]| {
            Sealing::new(&[7; KEY], 1, false).unwrap().unseal(bytes, 24..40, signature)
        };
        let (mut bytes, signature) = sealed();
        assert_eq!(unseal(&mut bytes, &signature), Some(()));
        assert_eq!(bytes, (0..48).collect::<Vec<u8>>());
        for bit in 0..48 * 8 {
            let (mut bytes, signature) = sealed();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(unseal(&mut bytes, &signature), None, "bit {bit} of the PDU");
        }
        for bit in 0..SIGNATURE * 8 {
            let (mut bytes, mut signature) = sealed();
            signature[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(unseal(&mut bytes, &signature), None, "bit {bit} of the signature");
        }
        for length in 0..SIGNATURE {
            let (mut bytes, signature) = sealed();
            assert_eq!(unseal(&mut bytes, &signature[..length]), None, "{length} bytes of a signature");
        }
        let (mut bytes, signature) = sealed();
        let mut server = Sealing::new(&[7; KEY], 1, false).unwrap();
        assert_eq!(server.unseal(&mut bytes, 24..40, &signature), Some(()));
        let (mut again, signature) = sealed();
        assert_eq!(server.unseal(&mut again, 24..40, &signature), None, "a second time");
        assert_eq!(server.unseal(&mut again, 24..49, &signature), None, "a stub that ends outside");
        assert!(server.seal(&mut again, 24..49).is_none());
        assert!(Sealing::new(&[7; KEY - 1], 0, false).is_none());
    }
}
