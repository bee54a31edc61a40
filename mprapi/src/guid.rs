//! Globally unique identifiers.

use std::fmt;
use std::str::FromStr;

use mprapi_sys as sys;

/// A globally unique identifier, such as a connection's.
///
/// It is shown as Windows shows it: `{6b29fc40-ca47-1067-b31d-00dd010662da}`. It is read in that form in capital or small
/// letters, with the braces or without.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guid(u128);

impl Guid {
    /// Creates the identifier whose 16 bytes, in the order in which they are written, make this number.
    #[inline]
    pub const fn from_u128(number: u128) -> Guid {
        Guid(number)
    }

    /// Returns the 16 bytes as a number, in the order in which they are written.
    #[inline]
    pub const fn as_u128(self) -> u128 {
        self.0
    }

    /// Returns `true` if all bits are zero, which means that there is no GUID.
    #[inline]
    pub const fn is_nil(self) -> bool {
        self.0 == 0
    }
}

impl From<sys::GUID> for Guid {
    #[inline]
    fn from(raw: sys::GUID) -> Guid {
        let head = u128::from(raw.Data1) << 96 | u128::from(raw.Data2) << 80 | u128::from(raw.Data3) << 64;
        Guid(head | u128::from(u64::from_be_bytes(raw.Data4)))
    }
}

impl From<Guid> for sys::GUID {
    #[inline]
    fn from(guid: Guid) -> sys::GUID {
        sys::GUID {
            Data1: (guid.0 >> 96) as u32,
            Data2: (guid.0 >> 80) as u16,
            Data3: (guid.0 >> 64) as u16,
            Data4: (guid.0 as u64).to_be_bytes(),
        }
    }
}

impl fmt::Display for Guid {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sys::GUID { Data1: first, Data2: second, Data3: third, .. } = sys::GUID::from(*self);
        let (fourth, fifth) = (self.0 as u64 >> 48, self.0 as u64 & 0xFFFF_FFFF_FFFF);
        f.pad(&format!("{{{first:08x}-{second:04x}-{third:04x}-{fourth:04x}-{fifth:012x}}}"))
    }
}

impl fmt::Debug for Guid {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Guid {
    type Err = ParseGuidError;

    #[inline]
    fn from_str(text: &str) -> Result<Guid, ParseGuidError> {
        let bare = match text.strip_prefix('{') {
            Some(rest) => rest.strip_suffix('}').ok_or(ParseGuidError(()))?,
            None => text,
        };
        let groups: Vec<&str> = bare.split('-').collect();
        let digits = groups.concat();
        // (The number's own parser would take a sign.)
        let is_one = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
            && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !is_one {
            return Err(ParseGuidError(()));
        }
        u128::from_str_radix(&digits, 16).map(Guid).map_err(|_| ParseGuidError(()))
    }
}

/// A text that is no [`Guid`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseGuidError(());

impl fmt::Display for ParseGuidError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a GUID; use the form {6b29fc40-ca47-1067-b31d-00dd010662da}")
    }
}

impl std::error::Error for ParseGuidError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_shown_as_it_is_written_and_comes_back_whole() {
        let raw = sys::GUID {
            Data1: 0x6B29_FC40,
            Data2: 0xCA47,
            Data3: 0x1067,
            Data4: [0xB3, 0x1D, 0x00, 0xDD, 0x01, 0x06, 0x62, 0xDA],
        };
        let guid = Guid::from(raw);
        assert_eq!(guid.to_string(), "{6b29fc40-ca47-1067-b31d-00dd010662da}");
        assert_eq!(Guid::from(sys::GUID::from(guid)), guid);
        assert_eq!(Guid::from_u128(0x6B29FC40_CA47_1067_B31D_00DD010662DA), guid);
    }

    #[test]
    fn an_identifier_is_read_as_it_is_shown_without_braces_and_in_capitals() {
        let guid = Guid::from_u128(0x6B29FC40_CA47_1067_B31D_00DD010662DA);
        let shown = guid.to_string();
        for text in [shown.as_str(), &shown.to_uppercase(), shown.trim_matches(['{', '}'])] {
            assert_eq!(text.parse(), Ok(guid), "{text}");
        }
        assert!(Guid::default().is_nil());
    }

    #[test]
    fn what_is_no_identifier_is_an_error() {
        for text in [
            "",
            "{}",
            "Ethernet 2",
            "{6b29fc40-ca47-1067-b31d-00dd010662da",
            "6b29fc40-ca47-1067-b31d-00dd010662da}",
            "6b29fc40ca471067b31d00dd010662da",
            "6b29fc40-ca47-1067-b31d00dd-010662da",
            "6b29fc40-ca47-1067-b31d-00dd010662dg",
            "+b29fc40-ca47-1067-b31d-00dd010662da",
            "{{6b29fc40-ca47-1067-b31d-00dd010662da}}",
            "ü29fc40-ca47-1067-b31d-00dd010662da",
        ] {
            assert!(text.parse::<Guid>().is_err(), "{text}");
        }
    }
}
