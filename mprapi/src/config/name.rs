//! The name of an adapter as a person sees it, and as the system knows it.

use mprapi_sys as sys;

use super::Configuration;
use crate::error::check;
use crate::input::terminated;
use crate::library::Library;
use crate::{Result, Text, WideStr, WideString};

const BUFFER_OVERFLOW: u32 = 111;

/// How many units a first try has room for: an interface's name and its terminator.
const FIRST_TRY: usize = sys::MAX_INTERFACE_NAME_LEN as usize + 1;

/// No name of the system's is longer than a path.
const LAST_TRY: usize = 1 << 15;

impl Configuration {
    /// Finds the name that a person sees (`Ethernet 2`) of the interface with this GUID name (`{…}`).
    ///
    /// It works on every Windows, also where there is no router.
    /// The C function is `MprConfigGetFriendlyName`.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is no such interface,
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for a name that has a NUL in it or more than
    /// 256 characters.
    #[doc(alias = "MprConfigGetFriendlyName")]
    #[inline]
    pub fn friendly_name<N: Text + ?Sized>(&self, guid_name: &N) -> Result<WideString> {
        const FUNCTION: &str = "MprConfigGetFriendlyName";
        let mut name = terminated!(FUNCTION, guid_name, "the GUID name", 256)?;
        self.look_up(FUNCTION, |table, buffer, bytes| {
            // SAFETY: the handle is open while `self` lives, the name is terminated and only read, and the buffer has
            // `bytes` bytes.
            unsafe {
                table.MprConfigGetFriendlyName(self.as_raw(), name.as_mut_ptr(), buffer.as_mut_ptr(), bytes)
            }
        })
    }

    /// Finds the GUID name (`{…}`) of the interface that a person sees under this name; the opposite of
    /// [`friendly_name`](Configuration::friendly_name).
    /// The C function is `MprConfigGetGuidName`.
    ///
    /// # Errors
    /// As [`friendly_name`](Configuration::friendly_name).
    #[doc(alias = "MprConfigGetGuidName")]
    #[inline]
    pub fn guid_name<N: Text + ?Sized>(&self, friendly_name: &N) -> Result<WideString> {
        const FUNCTION: &str = "MprConfigGetGuidName";
        let mut name = terminated!(FUNCTION, friendly_name, "the friendly name", 256)?;
        self.look_up(FUNCTION, |table, buffer, bytes| {
            // SAFETY: as in `friendly_name`.
            unsafe {
                table.MprConfigGetGuidName(self.as_raw(), name.as_mut_ptr(), buffer.as_mut_ptr(), bytes)
            }
        })
    }

    /// Calls with a buffer, and with larger ones when it was too small. Its size is counted in bytes.
    #[inline]
    fn look_up(
        &self,
        function: &'static str,
        mut call: impl FnMut(&Library, &mut [u16], u32) -> std::result::Result<u32, sys::MissingFunction>,
    ) -> Result<WideString> {
        let mut buffer = vec![0; FIRST_TRY];
        loop {
            let bytes = size_of_val(&*buffer) as u32;
            let answer = call(self.table(), &mut buffer, bytes);
            if answer == Ok(BUFFER_OVERFLOW) && buffer.len() < LAST_TRY {
                let next = (buffer.len() * 2).min(LAST_TRY);
                buffer = vec![0; next];
                continue;
            }
            check(function, answer, || self.name())?;
            return Ok(WideStr::from_array(&buffer).to_owned());
        }
    }
}
