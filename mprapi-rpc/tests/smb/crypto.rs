//! The server's half of the cryptography, written from MS-SMB2 a second time, over the same library's primitives.

use aes::{Aes128, Aes256};
use aes_gcm::aead::{AeadInOut, Key, KeyInit, Nonce};
use aes_gcm::{Aes128Gcm, Aes256Gcm};
use ccm::Ccm;
use ccm::consts::{U11, U16};
use cmac::Cmac;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256, Sha512};

/// The session key of the fake authentication: longer than 16 bytes, as Kerberos has it.
pub(crate) const SESSION_KEY: [u8; 32] = *b"xyzzy-PLUGH-9174-and-16-more....";

pub(crate) const GMAC: u16 = 2;

pub(crate) fn hash(messages: &[Vec<u8>]) -> [u8; 64] {
    messages.iter().fold([0; 64], |hash, message| Sha512::digest([&hash[..], message].concat()).into())
}

/// SP800-108 with a counter of 32 bits before the input and the length of 32 bits after it.
fn kdf(key: &[u8], label: &str, context: &[u8], length: usize) -> Vec<u8> {
    let input =
        [&[0, 0, 0, 1], label.as_bytes(), &[0, 0], context, &(length as u32 * 8).to_be_bytes()].concat();
    let mac = Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(input);
    mac.finalize().into_bytes()[..length].to_vec()
}

pub(crate) struct Keys {
    pub(crate) signing: Vec<u8>,
    pub(crate) from_client: Vec<u8>,
    pub(crate) to_client: Vec<u8>,
}

pub(crate) fn keys(dialect: u16, cipher: u16, hash: &[u8; 64]) -> Keys {
    let length = if cipher > 2 { 32 } else { 16 };
    let (short, whole) = (&SESSION_KEY[..16], &SESSION_KEY[..length]);
    if dialect == 0x0311 {
        Keys {
            signing: kdf(short, "SMBSigningKey", hash, 16),
            from_client: kdf(whole, "SMBC2SCipherKey", hash, length),
            to_client: kdf(whole, "SMBS2CCipherKey", hash, length),
        }
    } else {
        Keys {
            signing: kdf(short, "SMB2AESCMAC", b"SmbSign\0", 16),
            from_client: kdf(short, "SMB2AESCCM", b"ServerIn \0", 16),
            to_client: kdf(short, "SMB2AESCCM", b"ServerOut\0", 16),
        }
    }
}

/// Signs an answer in place: bytes 48 to 64 are its signature.
pub(crate) fn sign(signing: u16, key: &[u8], message: &mut [u8]) {
    message[48..64].fill(0);
    let signature: [u8; 16] = if signing == GMAC {
        let mut nonce = [0; 12];
        nonce[..8].copy_from_slice(&message[24..32]);
        nonce[8] = 1;
        seal::<Aes128Gcm>(key, &nonce, message, &mut [])
    } else {
        let mac = <Cmac<Aes128> as KeyInit>::new_from_slice(key).unwrap();
        mac.chain_update(&message).finalize().into_bytes().into()
    };
    message[48..64].copy_from_slice(&signature);
}

fn cipher<A: AeadInOut + KeyInit>(key: &[u8]) -> A {
    A::new(&Key::<A>::try_from(key).unwrap())
}

fn seal<A: AeadInOut + KeyInit>(key: &[u8], nonce: &[u8], covered: &[u8], bytes: &mut [u8]) -> [u8; 16] {
    let nonce = Nonce::<A>::try_from(nonce).unwrap();
    let tag = cipher::<A>(key).encrypt_inout_detached(&nonce, covered, bytes.into()).unwrap();
    tag.as_slice().try_into().unwrap()
}

fn open<A: AeadInOut + KeyInit>(key: &[u8], nonce: &[u8], covered: &[u8], bytes: &mut [u8], tag: &[u8]) {
    let nonce = Nonce::<A>::try_from(nonce).unwrap();
    let tag = tag.try_into().unwrap();
    let is_open = cipher::<A>(key).decrypt_inout_detached(&nonce, covered, bytes.into(), &tag);
    is_open.expect("the client has encrypted its message with the session's key");
}

/// Encrypts an answer.
pub(crate) fn encrypt(code: u16, key: &[u8], session: u64, nonce: u64, message: &[u8]) -> Vec<u8> {
    let mut header = b"\xfdSMB".to_vec();
    header.extend([0; 16]);
    header.extend(nonce.to_le_bytes());
    header.extend([0; 8]);
    header.extend((message.len() as u32).to_le_bytes());
    header.extend([0, 0, 1, 0]);
    header.extend(session.to_le_bytes());
    let mut bytes = message.to_vec();
    let covered = &header[20..];
    let tag = match code {
        1 => seal::<Ccm<Aes128, U16, U11>>(key, &header[20..31], covered, &mut bytes),
        2 => seal::<Aes128Gcm>(key, &header[20..32], covered, &mut bytes),
        3 => seal::<Ccm<Aes256, U16, U11>>(key, &header[20..31], covered, &mut bytes),
        _ => seal::<Aes256Gcm>(key, &header[20..32], covered, &mut bytes),
    };
    header[4..20].copy_from_slice(&tag);
    [header, bytes].concat()
}

/// Decrypts a request.
pub(crate) fn decrypt(code: u16, key: &[u8], sealed: &[u8]) -> Vec<u8> {
    let (header, bytes) = sealed.split_at(52);
    let mut bytes = bytes.to_vec();
    let (tag, covered) = (&header[4..20], &header[20..]);
    match code {
        1 => open::<Ccm<Aes128, U16, U11>>(key, &header[20..31], covered, &mut bytes, tag),
        2 => open::<Aes128Gcm>(key, &header[20..32], covered, &mut bytes, tag),
        3 => open::<Ccm<Aes256, U16, U11>>(key, &header[20..31], covered, &mut bytes, tag),
        _ => open::<Aes256Gcm>(key, &header[20..32], covered, &mut bytes, tag),
    }
    bytes
}
