//! The protection of messages.

use super::secur32::{Buffer, Buffers, DATA, Functions, Handle, SIGN_ONLY, TOKEN};
use super::status;
use crate::security::{Error, Message};

const PROTECTING: &str = "protecting a PDU";
const CHECKING: &str = "checking a PDU";

/// The quality of a message that was signed and not encrypted.
const NOT_ENCRYPTED: u32 = 0x8000_0001;

/// Points to bytes that SSPI may change, unless the kind says other. No PDU is as large as 4 GB.
fn buffer(kind: u32, bytes: &mut [u8]) -> Buffer {
    Buffer { length: bytes.len() as u32, kind, bytes: bytes.as_mut_ptr().cast() }
}

/// Splits a PDU into what is signed, what is encrypted as well, and the token, which is the last.
fn parts(operation: &'static str, message: Message<'_>, token: &mut [u8]) -> Result<Vec<Buffer>, Error> {
    let Message { bytes, stub, signs_header } = message;
    let split = bytes.split_at_mut_checked(stub.end).and_then(|(before, trailer)| {
        let (header, data) = before.split_at_mut_checked(stub.start)?;
        Some((header, data, trailer))
    });
    let Some((header, data, trailer)) = split else {
        return Err(Error::new(operation, "the stub is outside the PDU"));
    };
    let mut parts = Vec::with_capacity(4);
    if signs_header {
        parts.push(buffer(DATA | SIGN_ONLY, header));
    }
    parts.push(buffer(DATA, data));
    if signs_header {
        parts.push(buffer(DATA | SIGN_ONLY, trailer));
    }
    parts.push(buffer(TOKEN, token));
    Ok(parts)
}

/// Returns the bytes that a signature covers.
fn signed(message: Message<'_>) -> &mut [u8] {
    match message.signs_header {
        true => message.bytes,
        false => message.bytes.get_mut(message.stub).unwrap_or_default(),
    }
}

/// Cuts a token to the length that SSPI has made.
fn made(mut token: Vec<u8>, parts: &[Buffer], status: i32) -> Result<Vec<u8>, Error> {
    let length = parts.last().map_or(0, |part| part.length as usize);
    if status != 0 {
        return Err(status::error(PROTECTING, status));
    }
    token.truncate(length);
    Ok(token)
}

/// Signs a PDU and encrypts its stub. Returns the token, of at most `length` bytes.
pub(super) fn encrypt(
    functions: &Functions,
    handle: &Handle,
    message: Message<'_>,
    length: usize,
) -> Result<Vec<u8>, Error> {
    let mut token = vec![0; length];
    let mut parts = parts(PROTECTING, message, &mut token)?;
    let buffers = Buffers::new(&mut parts);
    // SAFETY: the context is complete; the parts are disjoint and borrowed for the call, and only the stub and the token are of
    // a kind that SSPI changes.
    let status = unsafe { (functions.encrypt_message)(handle, 0, &buffers, 0) };
    made(token, &parts, status)
}

/// Checks a PDU and decrypts its stub.
pub(super) fn decrypt(
    functions: &Functions,
    handle: &Handle,
    message: Message<'_>,
    token: &[u8],
) -> Result<(), Error> {
    // The token may be decrypted in place.
    let mut token = token.to_vec();
    let mut parts = parts(CHECKING, message, &mut token)?;
    let places =
        |parts: &[Buffer]| -> Vec<_> { parts.iter().map(|part| (part.bytes, part.length)).collect() };
    let before = places(&parts);
    let (buffers, mut quality) = (Buffers::new(&mut parts), 0);
    // SAFETY: as in `encrypt`.
    let status = unsafe { (functions.decrypt_message)(handle, &buffers, 0, &mut quality) };
    // Statuses besides errors say that a token is old or out of order.
    if status != 0 {
        return Err(status::error(CHECKING, status));
    }
    let stubs = |places: &[_]| places.len().checked_sub(1).map(|last| places[..last].to_vec());
    if quality == NOT_ENCRYPTED || stubs(&before) != stubs(&places(&parts)) {
        return Err(Error::new(CHECKING, "the stub was not encrypted in its place"));
    }
    Ok(())
}

/// Signs a PDU. Returns the token, of at most `length` bytes.
pub(super) fn sign(
    functions: &Functions,
    handle: &Handle,
    message: Message<'_>,
    length: usize,
) -> Result<Vec<u8>, Error> {
    let mut token = vec![0; length];
    let mut parts = [buffer(DATA, signed(message)), buffer(TOKEN, &mut token)];
    let buffers = Buffers::new(&mut parts);
    // SAFETY: the context is complete; both buffers are borrowed for the call, and SSPI changes only the token.
    let status = unsafe { (functions.make_signature)(handle, 0, &buffers, 0) };
    made(token, &parts, status)
}

/// Checks the signature of a PDU.
pub(super) fn verify(
    functions: &Functions,
    handle: &Handle,
    message: Message<'_>,
    token: &[u8],
) -> Result<(), Error> {
    let mut token = token.to_vec();
    let mut parts = [buffer(DATA, signed(message)), buffer(TOKEN, &mut token)];
    let (buffers, mut quality) = (Buffers::new(&mut parts), 0);
    // SAFETY: as in `sign`; SSPI changes neither.
    let status = unsafe { (functions.verify_signature)(handle, &buffers, 0, &mut quality) };
    if status == 0 { Ok(()) } else { Err(status::error(CHECKING, status)) }
}
