//! Tokens, keys and descriptions that SSPI gives out, and takes back.

use std::ffi::c_void;

use zeroize::{Zeroize as _, Zeroizing};

use super::secur32::{
    Buffer, FLAGS, Functions, Handle, NEGOTIATED, Negotiated, SESSION_KEY, SIZES, SessionKey, Sizes, TOKEN,
};
use super::status;
use crate::security::Error;

/// The largest token or key, in bytes: as much as a PDU has.
pub(super) const LARGEST: usize = u16::MAX as usize;

/// The longest name of a package, in units of 16 bits.
const LONGEST_NAME: usize = 64;

/// A token that SSPI makes and this value frees.
pub(super) struct Made<'f> {
    functions: &'f Functions,
    pub(super) buffer: Buffer,
}

impl Made<'_> {
    pub(super) fn new(functions: &Functions) -> Made<'_> {
        Made { functions, buffer: Buffer { length: 0, kind: TOKEN, bytes: std::ptr::null_mut() } }
    }

    /// Copies the token. Returns `None` if it is too large.
    pub(super) fn token(&self) -> Option<Vec<u8>> {
        let length = self.buffer.length as usize;
        if self.buffer.bytes.is_null() || length == 0 {
            return Some(Vec::new());
        }
        // SAFETY: SSPI has made a buffer of `length` bytes, which lives until this value ends.
        let bytes = || unsafe { std::slice::from_raw_parts(self.buffer.bytes.cast::<u8>(), length) };
        (length <= LARGEST).then(|| bytes().to_vec())
    }
}

impl Drop for Made<'_> {
    fn drop(&mut self) {
        free(self.functions, self.buffer.bytes);
    }
}

fn free(functions: &Functions, bytes: *mut c_void) {
    if !bytes.is_null() {
        // SAFETY: the callers give what SSPI has allocated, and forget it.
        unsafe { (functions.free_context_buffer)(bytes) };
    }
}

/// Asks a context for an attribute.
///
/// # Safety
/// `T` is the attribute's structure.
unsafe fn query<T>(
    operation: &'static str,
    functions: &Functions,
    handle: &Handle,
    attribute: u32,
    value: &mut T,
) -> Result<(), Error> {
    // SAFETY: the handle is a context's, and the caller has seen to the structure.
    let status = unsafe { (functions.query_context_attributes)(handle, attribute, (&raw mut *value).cast()) };
    if status == 0 { Ok(()) } else { Err(status::error(operation, status)) }
}

/// Reads the lengths of tokens.
pub(super) fn sizes(functions: &Functions, handle: &Handle) -> Result<Sizes, Error> {
    let mut sizes = Sizes::default();
    // SAFETY: the structure is the attribute's.
    unsafe { query("measuring tokens", functions, handle, SIZES, &mut sizes) }?;
    Ok(sizes)
}

/// Reads the services of a context, in SSPI's bits.
pub(super) fn services(functions: &Functions, handle: &Handle) -> Result<u32, Error> {
    let mut flags = 0u32;
    // SAFETY: the structure has one member, which is a `u32`.
    unsafe { query("asking for the services", functions, handle, FLAGS, &mut flags) }?;
    Ok(flags)
}

/// Reads the name of the package that was negotiated.
pub(super) fn package(functions: &Functions, handle: &Handle) -> Result<String, Error> {
    let mut negotiated = Negotiated { package: std::ptr::null_mut(), state: 0 };
    // SAFETY: the structure is the attribute's.
    unsafe { query("asking for the mechanism", functions, handle, NEGOTIATED, &mut negotiated) }?;
    // SAFETY: SSPI has left null or made the description of a package, which is freed below.
    let name = unsafe { negotiated.package.as_ref() }.map(|package| package.name);
    let text = name.filter(|name| !name.is_null()).map(text);
    free(functions, negotiated.package.cast());
    Ok(text.unwrap_or_default())
}

/// Reads a text of the system that ends with a zero.
fn text(first: *const u16) -> String {
    let mut units = Vec::new();
    while units.len() < LONGEST_NAME {
        // SAFETY: the text goes on to its zero, which was not there yet.
        let place = unsafe { first.add(units.len()) };
        // SAFETY: as above.
        let unit = unsafe { place.read() };
        if unit == 0 {
            break;
        }
        units.push(unit);
    }
    String::from_utf16_lossy(&units)
}

/// Reads the session key, and overwrites SSPI's copy.
pub(super) fn session_key(
    operation: &'static str,
    functions: &Functions,
    handle: &Handle,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut given = SessionKey { length: 0, bytes: std::ptr::null_mut() };
    // SAFETY: the structure is the attribute's.
    unsafe { query(operation, functions, handle, SESSION_KEY, &mut given) }?;
    let length = given.length as usize;
    let mut key = Zeroizing::default();
    if !given.bytes.is_null() && length <= LARGEST {
        // SAFETY: SSPI has made a buffer of `length` bytes for the caller, who frees it below.
        let bytes = unsafe { std::slice::from_raw_parts_mut(given.bytes, length) };
        key = Zeroizing::new(bytes.to_vec());
        bytes.zeroize();
    }
    free(functions, given.bytes.cast());
    if key.is_empty() { Err(Error::new(operation, "the provider does not tell it")) } else { Ok(key) }
}
