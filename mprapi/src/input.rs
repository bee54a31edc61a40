//! Input text for the API: terminated, without a NUL in it, and no longer than it may be.

use std::cell::Cell;
use std::ptr;

use mprapi_sys as sys;
use zeroize::Zeroizing;

use crate::wide::end_list;
use crate::{Error, Result, Text};

/// Terminated UTF-16 of a text, or an error of the function: `terminated!(FUNCTION, name, "the name", 256)?`.
macro_rules! terminated {
    ($function:expr, $text:expr, $what:literal, $longest:literal) => {
        $crate::input::limit!($what, $longest)
            .encode($text)
            .map_err(|problem| $crate::Error::argument($function, problem))
    };
}

pub(crate) use terminated;

/// A server's name as the API wants it: null for this machine, else terminated UTF-16.
///
/// A DNS name has at most 255 characters, and two backslashes may stand before it.
///
/// The header lets the library write to what it is given, so the units are such as may be written to.
pub(crate) struct ServerName(Option<Box<[Cell<u16>]>>);

const BACKSLASH: u16 = b'\\' as u16;

impl ServerName {
    const LONGEST: usize = 257;

    /// `function` is the one that the name is for, to be named in the error.
    #[inline]
    pub(crate) fn new(function: &'static str, name: Option<&str>) -> Result<ServerName> {
        match name {
            None => Ok(ServerName(None)),
            Some(name) => ServerName::terminated(function, name),
        }
    }

    #[inline]
    fn terminated(function: &'static str, name: &str) -> Result<ServerName> {
        let units: Box<[Cell<u16>]> = name.encode_utf16().chain([0]).map(Cell::new).collect();
        // People write `//vpn01` too; to the API that would be another name.
        if name.starts_with("//") {
            units[..2].iter().for_each(|unit| unit.set(BACKSLASH));
        }
        if name.is_empty() {
            return Err(Error::argument(
                function,
                "the server name is empty; leave it out to mean this machine",
            ));
        }
        if name.contains('\0') {
            return Err(Error::argument(function, "the server name has a NUL character in it"));
        }
        if units.len() > ServerName::LONGEST + 1 {
            return Err(Error::argument(
                function,
                "the server name is longer than the 255 characters of a DNS name",
            ));
        }
        Ok(ServerName(Some(units)))
    }

    /// The name with the two backslashes before it that some functions want, which it may have already.
    #[inline]
    pub(crate) fn with_backslashes(self) -> ServerName {
        let before = [BACKSLASH; 2].map(Cell::new);
        ServerName(self.0.map(|units| {
            if units.starts_with(&before) { units } else { [&before[..], &units].concat().into() }
        }))
    }

    /// As the API takes it.
    #[inline]
    pub(crate) fn as_ptr(&self) -> sys::LPWSTR {
        self.0.as_ref().map_or(ptr::null_mut(), |units| units.as_ptr().cast_mut().cast())
    }
}

/// The address of bytes that the library only reads, whatever the header's type says.
///
/// The bytes are borrowed: to write to them would be undefined. So this is only for a call whose page has them as input that
/// is copied or sent; everything else that goes in is memory that may be written to. `tests/tests/only_read.rs` lists
/// the calls, each with its reason.
#[inline]
pub(crate) fn only_read(bytes: &[u8]) -> *mut u8 {
    bytes.as_ptr().cast_mut()
}

/// How long a text for the API may be, and what to say when it is not right. Made by [`limit!`].
pub(crate) struct Limit {
    pub(crate) longest: usize,
    pub(crate) has_nul: &'static str,
    pub(crate) too_long: &'static str,
}

/// A [`Limit`]: what the text is, and how many UTF-16 units it may have without its terminator.
macro_rules! limit {
    ($what:literal, $longest:literal) => {
        $crate::input::Limit {
            longest: $longest,
            has_nul: concat!($what, " has a NUL character in it"),
            too_long: concat!($what, " is longer than ", $longest, " UTF-16 units"),
        }
    };
}

pub(crate) use limit;

impl Limit {
    /// The text as terminated UTF-16, which is wiped when it is dropped; else what is wrong with it.
    #[inline]
    pub(crate) fn encode<T: Text + ?Sized>(
        &self,
        text: &T,
    ) -> std::result::Result<Zeroizing<Vec<u16>>, &'static str> {
        // Room for all of it at once: a vector that grows leaves copies behind.
        let mut units = Zeroizing::new(Vec::with_capacity(text.utf16_units().count() + 1));
        units.extend(text.utf16_units());
        if units.contains(&0) {
            return Err(self.has_nul);
        }
        if units.len() > self.longest {
            return Err(self.too_long);
        }
        units.push(0);
        Ok(units)
    }

    /// Writes the text into an array of a record and fills the rest with zeros; else says what is wrong with it.
    #[inline]
    pub(crate) fn write<T: Text + ?Sized>(
        &self,
        text: &T,
        array: &mut [u16],
    ) -> std::result::Result<(), &'static str> {
        let units = self.encode(text)?;
        // The arrays are as long as the header's constants say, which the limits repeat.
        array[units.len()..].fill(0);
        array[..units.len()].copy_from_slice(&units);
        Ok(())
    }

    /// The texts as a multi-string. An empty text would end it early and is an error.
    #[inline]
    pub(crate) fn encode_all<T: Text>(
        &self,
        texts: impl IntoIterator<Item = T>,
        empty: &'static str,
    ) -> std::result::Result<Vec<u16>, &'static str> {
        let mut units = Vec::new();
        for text in texts {
            let text = self.encode(&text)?;
            if text.len() == 1 {
                return Err(empty);
            }
            units.extend_from_slice(&text);
        }
        end_list(&mut units);
        Ok(units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_or_has_a_nul_says_so_and_how_long_it_may_be() {
        const NAME: Limit = limit!("the name", 3);
        assert_eq!(**NAME.encode("abc").unwrap(), [97, 98, 99, 0]);
        assert_eq!(NAME.encode("abcd").unwrap_err(), "the name is longer than 3 UTF-16 units");
        assert_eq!(NAME.encode("a🦀b").unwrap_err(), "the name is longer than 3 UTF-16 units");
        assert_eq!(NAME.encode("a\0").unwrap_err(), "the name has a NUL character in it");
        let mut array = [9; 6];
        NAME.write("ab", &mut array).unwrap();
        assert_eq!(array, [97, 98, 0, 0, 0, 0]);
        assert_eq!(NAME.encode_all(["a", "b"], "empty").unwrap(), [97, 0, 98, 0, 0]);
        assert_eq!(NAME.encode_all(["a", ""], "empty").unwrap_err(), "empty");
    }

    #[test]
    fn a_server_name_gets_two_backslashes_once_in_whichever_form_it_comes() {
        let units = |name: &ServerName| {
            let units: Vec<u16> = name.0.as_deref().expect("a name").iter().map(Cell::get).collect();
            String::from_utf16(&units).expect("text")
        };
        for (given, plain) in [("vpn01", "vpn01\0"), (r"\\vpn01", "\\\\vpn01\0"), ("//vpn01", "\\\\vpn01\0")]
        {
            let name = ServerName::new("F", Some(given)).expect("a name");
            assert_eq!(units(&name), plain, "{given}");
            assert_eq!(units(&name.with_backslashes()), "\\\\vpn01\0", "{given}");
        }
        assert!(ServerName::new("F", None).expect("this machine").with_backslashes().as_ptr().is_null());
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
