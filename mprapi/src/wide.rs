//! UTF-16 in and out.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::ptr;

use mprapi_sys as sys;

use crate::{Error, Result};

/// UTF-16 text in a buffer of the API: borrowed, and converted only when asked.
///
/// It may hold anything that 16-bit units can, unpaired surrogates included. `Display` and
/// [`to_string_lossy`](WideStr::to_string_lossy) show those as U+FFFD.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct WideStr([u16]);

impl WideStr {
    /// The text in `units`.
    pub fn new(units: &[u16]) -> &WideStr {
        let units: *const [u16] = units;
        // SAFETY: `WideStr` is a transparent `[u16]`, and the lifetime is that of the parameter.
        unsafe { &*(units as *const WideStr) }
    }

    /// The text in an array of a record: up to its first NUL, or all of it where the library forgot that.
    pub(crate) fn from_array(units: &[u16]) -> &WideStr {
        let length = units.iter().position(|unit| *unit == 0).unwrap_or(units.len());
        WideStr::new(&units[..length])
    }

    /// The 16-bit units, without a terminator.
    pub fn units(&self) -> &[u16] {
        &self.0
    }

    /// How many 16-bit units there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text as a string, with U+FFFD for each unpaired surrogate.
    pub fn to_string_lossy(&self) -> String {
        // Names are nearly always ASCII, and then the units are the bytes; both loops become vector instructions.
        if self.0.iter().fold(0, |all, unit| all | unit) < 0x80 {
            let bytes = self.0.iter().map(|unit| *unit as u8).collect();
            if let Ok(text) = String::from_utf8(bytes) {
                return text;
            }
        }
        String::from_utf16_lossy(&self.0)
    }

    /// For interchange with code that uses the `widestring` crate.
    pub fn as_u16_str(&self) -> &widestring::U16Str {
        widestring::U16Str::from_slice(&self.0)
    }
}

impl fmt::Display for WideStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.width().is_some() || f.precision().is_some() {
            return f.pad(&self.to_string_lossy());
        }
        fmt::Display::fmt(&self.as_u16_str().display(), f)
    }
}

impl fmt::Debug for WideStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string_lossy(), f)
    }
}

impl PartialEq<str> for WideStr {
    fn eq(&self, other: &str) -> bool {
        other.encode_utf16().eq(self.0.iter().copied())
    }
}

impl PartialEq<&str> for WideStr {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl ToOwned for WideStr {
    type Owned = WideString;

    fn to_owned(&self) -> WideString {
        WideString(self.0.into())
    }
}

/// UTF-16 text of its own: what a call wrote into a buffer of ours.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WideString(Box<[u16]>);

impl Deref for WideString {
    type Target = WideStr;

    fn deref(&self) -> &WideStr {
        WideStr::new(&self.0)
    }
}

impl From<&str> for WideString {
    fn from(text: &str) -> WideString {
        WideString(text.encode_utf16().collect())
    }
}

impl Borrow<WideStr> for WideString {
    fn borrow(&self) -> &WideStr {
        self
    }
}

impl fmt::Display for WideString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl fmt::Debug for WideString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl PartialEq<str> for WideString {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for WideString {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

/// Text as the API takes it, for `terminated!`, which makes the two sentences.
pub(crate) fn checked_units(
    function: &'static str,
    text: impl Iterator<Item = u16>,
    longest: usize,
    has_nul: &'static str,
    too_long: &'static str,
) -> Result<Vec<u16>> {
    let mut units: Vec<u16> = text.take(longest + 1).collect();
    if units.contains(&0) {
        return Err(Error::argument(function, has_nul));
    }
    if units.len() > longest {
        return Err(Error::argument(function, too_long));
    }
    units.push(0);
    Ok(units)
}

/// Terminated UTF-16 of a `&str` that may have `longest` 16-bit units: `terminated!(FUNCTION, name, "name", 256)?`.
macro_rules! terminated {
    ($function:expr, $text:expr, $what:literal, $longest:literal) => {
        $crate::wide::checked_units(
            $function,
            str::encode_utf16($text),
            $longest,
            concat!("the ", $what, " has a NUL character in it"),
            concat!("the ", $what, " is longer than ", $longest, " characters"),
        )
    };
}

pub(crate) use terminated;

/// A server's name as the API wants it: null for this machine, else terminated UTF-16.
///
/// A DNS name has at most 255 characters, and two backslashes may stand before it.
pub(crate) struct ServerName {
    units: [u16; ServerName::LONGEST + 1],
    local: bool,
}

impl ServerName {
    const LONGEST: usize = 257;

    /// `function` is the one that the name is for, to be named in the error.
    pub(crate) fn new(function: &'static str, name: Option<&str>) -> Result<ServerName> {
        let mut units = [0; ServerName::LONGEST + 1];
        let Some(name) = name else { return Ok(ServerName { units, local: true }) };
        if name.is_empty() {
            return Err(Error::argument(
                function,
                "the server name is empty; leave it out to mean this machine",
            ));
        }
        for (index, unit) in name.encode_utf16().enumerate() {
            if unit == 0 {
                return Err(Error::argument(function, "the server name has a NUL character in it"));
            }
            if index == ServerName::LONGEST {
                return Err(Error::argument(
                    function,
                    "the server name is longer than the 255 characters of a DNS name",
                ));
            }
            units[index] = unit;
        }
        Ok(ServerName { units, local: false })
    }

    /// As the API takes it. The library only reads, whatever the header's type says.
    pub(crate) fn as_ptr(&self) -> sys::LPWSTR {
        if self.local { ptr::null_mut() } else { self.units.as_ptr().cast_mut() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_without_a_terminator_is_read_to_its_end_and_no_further() {
        assert_eq!(WideStr::from_array(&[b'a'.into(), b'b'.into()]), "ab");
        assert_eq!(WideStr::from_array(&[b'a'.into(), 0, b'b'.into()]), "a");
    }

    #[test]
    fn an_unpaired_surrogate_is_shown_as_a_replacement_and_kept_in_the_units() {
        let text = WideStr::new(&[0xD800, 0x41]);
        assert_eq!(text.to_string(), "\u{FFFD}A");
        assert_eq!(format!("{text:>4}"), "  \u{FFFD}A");
        assert_eq!(text.units(), [0xD800, 0x41]);
    }

    #[test]
    fn text_is_compared_with_str_without_conversion() {
        let name: Vec<u16> = "Jürgen 🦀".encode_utf16().collect();
        assert_eq!(WideStr::new(&name), "Jürgen 🦀");
        assert!(*WideStr::new(&name) != *"Jürgen");
    }

    #[test]
    fn a_server_name_that_is_empty_too_long_or_holds_a_nul_is_refused() {
        for bad in ["", "vpn\0one", &"x".repeat(258)] {
            let error = ServerName::new("F", Some(bad)).err().expect("refused");
            assert_eq!(error.kind(), crate::ErrorKind::InvalidArgument);
        }
        assert!(ServerName::new("F", Some(&format!(r"\\{}", "x".repeat(255)))).is_ok());
    }
}
