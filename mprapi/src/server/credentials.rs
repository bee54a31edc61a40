//! The server's pre-shared key.

use std::fmt;
use std::ptr;

use mprapi_sys::MPR_CREDENTIALSEX_1;
use zeroize::Zeroizing;

use crate::buffer::{self, Buffer, Family};
use crate::error::check;
use crate::{Error, Result, Server, Text};

/// The functions take no other level, and this record for it.
const LEVEL: u32 = 0;

/// More than any key: a guard against a length that is none.
const LONGEST: u32 = 1 << 16;

const SET: &str = "MprAdminServerSetCredentials";

impl Server {
    /// Reads the server's pre-shared key, one for all users. `None` where there is none.
    /// The C function is `MprAdminServerGetCredentials`.
    ///
    /// The copy that the API gave is overwritten before its memory goes back.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied).
    #[doc(alias = "MprAdminServerGetCredentials")]
    #[inline]
    pub fn pre_shared_key(&self) -> Result<Option<PreSharedKey>> {
        const FUNCTION: &str = "MprAdminServerGetCredentials";
        let table = self.table();
        let mut buffer = ptr::null_mut();
        check(
            FUNCTION,
            // SAFETY: the handle is open while `self` lives, and `buffer` takes what is written.
            unsafe { table.MprAdminServerGetCredentials(self.as_raw(), LEVEL, &mut buffer) },
            || self.name(),
        )?;
        // SAFETY: a successful call answers one record, which any bits make.
        let buffer: Buffer<'_, MPR_CREDENTIALSEX_1> =
            unsafe { Buffer::one(table, FUNCTION, Family::ADMIN, buffer.cast()) }?;
        let record = buffer.record();
        // SAFETY: the key lies in the record's own buffer, which is there until `buffer` is dropped, and ours alone.
        let key = unsafe { buffer::secret(FUNCTION, record.lpbCredentialsInfo, record.dwSize, LONGEST) }?;
        Ok((!key.is_empty()).then_some(PreSharedKey(key)))
    }

    /// Sets the server's pre-shared key, one for all users.
    /// The C function is `MprAdminServerSetCredentials`.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied), and
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument), before anything is called, for a key that is
    /// empty or longer than 65536 bytes.
    #[doc(alias = "MprAdminServerSetCredentials")]
    #[inline]
    pub fn set_pre_shared_key(&self, key: &PreSharedKey) -> Result<()> {
        let bytes = key.as_bytes();
        if bytes.is_empty() {
            return Err(Error::argument(SET, "the key is empty; `remove_pre_shared_key` removes a key"));
        }
        match u32::try_from(bytes.len()) {
            Ok(length) if length <= LONGEST => {
                // A copy, which is wiped: the header lets the library write to what it is given.
                let mut copy = key.0.clone();
                self.set_key(length, copy.as_mut_ptr())
            }
            _ => Err(Error::argument(SET, "the key is longer than 65536 bytes")),
        }
    }

    /// Removes the server's pre-shared key.
    /// The C function is `MprAdminServerSetCredentials`, with a size of zero.
    ///
    /// # Errors
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied).
    #[doc(alias = "MprAdminServerSetCredentials")]
    #[inline]
    pub fn remove_pre_shared_key(&self) -> Result<()> {
        self.set_key(0, ptr::null_mut())
    }

    #[inline]
    fn set_key(&self, size: u32, key: *mut u8) -> Result<()> {
        let mut record = MPR_CREDENTIALSEX_1 { dwSize: size, lpbCredentialsInfo: key };
        check(
            SET,
            // SAFETY: the handle is open while `self` lives; the record and the key in it live until the call is over and
            // are ours to be written to.
            unsafe {
                self.table().MprAdminServerSetCredentials(self.as_raw(), LEVEL, (&raw mut record).cast())
            },
            || self.name(),
        )
    }
}

/// A pre-shared key. It is overwritten when it is dropped, and never shown by `Debug`.
///
/// To the API it is bytes. Microsoft does not say how a key that is text is written as bytes;
/// [`from_text`](PreSharedKey::from_text) writes UTF-16, as all text of the API is.
#[doc(alias("MPR_CREDENTIALSEX_1"))]
pub struct PreSharedKey(Zeroizing<Vec<u8>>);

impl PreSharedKey {
    /// Creates a key of these bytes, which this value then owns.
    #[inline]
    pub fn new(bytes: Vec<u8>) -> PreSharedKey {
        PreSharedKey(Zeroizing::new(bytes))
    }

    /// Creates a key of the text's UTF-16 units in little-endian order, without a terminator.
    #[inline]
    pub fn from_text<T: Text + ?Sized>(text: &T) -> PreSharedKey {
        // All the room at once: a vector that grows would leave copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(2 * text.utf16_units().count()));
        for unit in text.utf16_units() {
            bytes.extend_from_slice(&unit.to_le_bytes());
        }
        PreSharedKey(bytes)
    }

    /// Returns the bytes.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for PreSharedKey {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PreSharedKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_text_is_utf_16_and_is_never_shown() {
        let key = PreSharedKey::from_text("aé");
        assert_eq!(key.as_bytes(), [b'a', 0, 0xE9, 0]);
        assert_eq!(format!("{key:?}"), "PreSharedKey(…)");
    }
}
