//! A client that asks to skip PPP authentication.

use std::fmt;
use std::slice;

use mprapi::{Account, WideStr};
use mprapi_sys::{self as sys, AUTH_VALIDATION_EX, HANDLE};

use crate::code::Code;

/// A client that was authenticated beforehand and asks to skip PPP authentication over SSTP (`AUTH_VALIDATION_EX`). The record
/// is the service's, lent for the time of the call.
#[derive(Clone, Copy)]
pub struct PreAuthenticated<'a> {
    record: &'a AUTH_VALIDATION_EX,
    data: &'a [u8],
}

/// More bytes than this in [`PreAuthenticated::data`] are an error.
const MOST_DATA: u32 = 1 << 20;

impl<'a> PreAuthenticated<'a> {
    /// Checks the record's address, its header and the size of its data.
    ///
    /// # Safety
    /// A pointer that is neither null nor misaligned must lead to a record with as many bytes of data behind it as it says,
    /// which nothing writes to during `'a`.
    pub(crate) unsafe fn new(record: *const AUTH_VALIDATION_EX) -> Result<PreAuthenticated<'a>, Code> {
        if record.is_null() || !record.is_aligned() {
            return Err(Code::INVALID_PARAMETER);
        }
        // SAFETY: the address is not null and aligned; the caller answers for the rest. Any bits are a record of C.
        let view = unsafe { &*record };
        let is_other = i32::from(view.Header.type_) != sys::MPRAPI_OBJECT_TYPE_AUTH_VALIDATION_OBJECT;
        if is_other || view.AuthInfoSize > MOST_DATA {
            return Err(Code::INVALID_PARAMETER);
        }
        // SAFETY: the field is in the record. The place is not read through `view`, whose memory ends before that of the data.
        let data = unsafe { &raw const (*record).AuthInfo }.cast::<u8>();
        // SAFETY: the caller says that so many bytes are there.
        let data = unsafe { slice::from_raw_parts(data, view.AuthInfoSize as usize) };
        Ok(PreAuthenticated { record: view, data })
    }

    /// Returns the raw record.
    pub fn as_raw(&self) -> &'a AUTH_VALIDATION_EX {
        self.record
    }

    /// Returns the handle of the connection, a number of the service.
    pub fn connection(&self) -> HANDLE {
        self.record.hRasConnection
    }

    /// Returns the user and the domain, which compare as Windows compares names.
    pub fn account(&self) -> Account {
        Account::new(self.domain(), self.user_name())
    }

    /// Returns the user's name.
    pub fn user_name(&self) -> &'a WideStr {
        until_nul(&self.record.wszUserName)
    }

    /// Returns the user's domain.
    pub fn domain(&self) -> &'a WideStr {
        until_nul(&self.record.wszLogonDomain)
    }

    /// Returns the authentication data, whose form no page describes. It may be secret.
    pub fn data(&self) -> &'a [u8] {
        self.data
    }
}

fn until_nul(units: &[u16]) -> &WideStr {
    let length = units.iter().position(|unit| *unit == 0).unwrap_or(units.len());
    WideStr::new(&units[..length])
}

/// Leaves out the data.
impl fmt::Debug for PreAuthenticated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreAuthenticated")
            .field("user_name", &self.user_name())
            .field("domain", &self.domain())
            .finish_non_exhaustive()
    }
}
