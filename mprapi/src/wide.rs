//! UTF-16 text that the API answers, borrowed and owned.

use std::borrow::Borrow;
use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use crate::utf16::{ascii, before_nul};
use crate::{Error, Result};

/// Borrowed UTF-16 text, mostly in a buffer of the API. It compares with `str`, and `to_string` converts it.
///
/// It may hold anything that 16-bit units can, unpaired surrogates included. `Display` and
/// [`to_string_lossy`](WideStr::to_string_lossy) show those as U+FFFD.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct WideStr([u16]);

impl WideStr {
    /// Makes a text of `units`.
    #[inline]
    pub fn new(units: &[u16]) -> &WideStr {
        let units: *const [u16] = units;
        // SAFETY: `WideStr` is a transparent `[u16]`, and the lifetime is that of the parameter.
        unsafe { &*(units as *const WideStr) }
    }

    /// The text in an array of a record: up to its first NUL, or all of it where the library forgot that.
    #[inline]
    pub(crate) fn from_array(units: &[u16]) -> &WideStr {
        WideStr::new(&units[..before_nul(units)])
    }

    /// Returns the 16-bit units, without a terminator. On Windows `OsString::from_wide` makes a path of them, and
    /// `widestring::U16Str::from_slice` a text of that crate.
    #[inline]
    pub fn units(&self) -> &[u16] {
        &self.0
    }

    /// Returns the number of 16-bit units.
    #[inline]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns `true` if there is no text.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the text as the name of a file, with all of its units:
    /// [`Configuration::backup`](crate::Configuration::backup) takes it as it is. (On other systems than Windows an
    /// unpaired surrogate is three bytes, so it is no UTF-8 then.)
    #[inline]
    pub fn to_os_string(&self) -> std::ffi::OsString {
        os::to_os_string(&self.0)
    }

    /// Returns the text as a string, with U+FFFD for each unpaired surrogate.
    #[inline]
    pub fn to_string_lossy(&self) -> String {
        // Names are nearly always ASCII.
        ascii(&self.0).unwrap_or_else(|| String::from_utf16_lossy(&self.0))
    }
}

/// Between text of the API and names of files. On Windows those are UTF-16 units too. Elsewhere they are bytes, which here
/// are UTF-8, with three bytes for a surrogate that is unpaired, as its rule for longer characters would have it.
#[cfg(windows)]
mod os {
    use std::ffi::{OsStr, OsString};
    use std::os::windows::ffi::{OsStrExt as _, OsStringExt as _};

    #[inline]
    pub(super) fn to_os_string(units: &[u16]) -> OsString {
        OsString::from_wide(units)
    }

    #[inline]
    pub(super) fn units(text: &OsStr) -> Option<Vec<u16>> {
        Some(text.encode_wide().collect())
    }
}

#[cfg(unix)]
mod os {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};

    #[inline]
    pub(super) fn to_os_string(units: &[u16]) -> OsString {
        let mut bytes = Vec::with_capacity(units.len());
        for unit in char::decode_utf16(units.iter().copied()) {
            match unit {
                Ok(character) => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(error) => {
                    let unit = error.unpaired_surrogate();
                    let low = |shift: u16| 0x80 | (unit >> shift & 0x3F) as u8;
                    bytes.extend_from_slice(&[0xED, low(6), low(0)]);
                }
            }
        }
        OsString::from_vec(bytes)
    }

    /// `None` where the bytes are not such text.
    #[inline]
    pub(super) fn units(text: &OsStr) -> Option<Vec<u16>> {
        let mut units = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes();
        loop {
            let text = match std::str::from_utf8(rest) {
                Ok(text) => text,
                Err(error) => std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or_default(),
            };
            units.extend(text.encode_utf16());
            match &rest[text.len()..] {
                [] => return Some(units),
                [0xED, high @ 0xA0..=0xBF, low @ 0x80..=0xBF, behind @ ..] => {
                    units.push(0xD000 | u16::from(high & 0x3F) << 6 | u16::from(low & 0x3F));
                    rest = behind;
                }
                _ => return None,
            }
        }
    }
}

impl fmt::Display for WideStr {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&String::from_utf16_lossy(&self.0))
    }
}

impl fmt::Debug for WideStr {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string_lossy(), f)
    }
}

impl PartialEq<str> for WideStr {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        let mut units = self.0.iter();
        other.encode_utf16().all(|unit| units.next() == Some(&unit)) && units.next().is_none()
    }
}

impl PartialEq<&str> for WideStr {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq<String> for WideStr {
    #[inline]
    fn eq(&self, other: &String) -> bool {
        *self == **other
    }
}

impl PartialEq<WideString> for WideStr {
    #[inline]
    fn eq(&self, other: &WideString) -> bool {
        *self == **other
    }
}

impl PartialEq<WideStr> for str {
    #[inline]
    fn eq(&self, other: &WideStr) -> bool {
        *other == *self
    }
}

impl AsRef<WideStr> for WideStr {
    #[inline]
    fn as_ref(&self) -> &WideStr {
        self
    }
}

impl ToOwned for WideStr {
    type Owned = WideString;

    #[inline]
    fn to_owned(&self) -> WideString {
        WideString::new(&self.0)
    }
}

/// Owned UTF-16 text. It compares with `str`, and `to_string` converts it.
///
/// Up to 23 units are in the value itself. Most names are no longer, so copies of records need no further memory for them.
#[derive(Clone)]
pub struct WideString(Held);

#[derive(Clone)]
enum Held {
    Short { length: u8, units: [u16; WideString::SHORT] },
    Long(Box<[u16]>),
}

impl WideString {
    const SHORT: usize = 23;

    #[inline]
    fn new(units: &[u16]) -> WideString {
        let length = units.len();
        if length > WideString::SHORT {
            return WideString(Held::Long(units.into()));
        }
        let mut short = [0; WideString::SHORT];
        short[..length].copy_from_slice(units);
        WideString(Held::Short { length: length as u8, units: short })
    }
}

impl WideString {
    /// The units of a file's name; `None` where it is no text.
    #[inline]
    pub(crate) fn from_os_str(text: &std::ffi::OsStr) -> Option<WideString> {
        os::units(text).map(|units| WideString::new(&units))
    }
}

impl Default for WideString {
    #[inline]
    fn default() -> WideString {
        WideString::new(&[])
    }
}

impl Deref for WideString {
    type Target = WideStr;

    #[inline]
    fn deref(&self) -> &WideStr {
        WideStr::new(match &self.0 {
            Held::Short { length, units } => &units[..usize::from(*length)],
            Held::Long(units) => units,
        })
    }
}

impl PartialEq for WideString {
    #[inline]
    fn eq(&self, other: &WideString) -> bool {
        **self == **other
    }
}

impl Eq for WideString {}

impl PartialOrd for WideString {
    #[inline]
    fn partial_cmp(&self, other: &WideString) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for WideString {
    #[inline]
    fn cmp(&self, other: &WideString) -> std::cmp::Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for WideString {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl From<&str> for WideString {
    #[inline]
    fn from(text: &str) -> WideString {
        let units: Vec<u16> = text.encode_utf16().collect();
        WideString::new(&units)
    }
}

impl From<String> for WideString {
    #[inline]
    fn from(text: String) -> WideString {
        WideString::from(text.as_str())
    }
}

impl From<&WideStr> for WideString {
    #[inline]
    fn from(text: &WideStr) -> WideString {
        text.to_owned()
    }
}

/// As [`WideStr::to_string_lossy`].
impl From<&WideStr> for String {
    #[inline]
    fn from(text: &WideStr) -> String {
        text.to_string_lossy()
    }
}

/// As [`WideStr::to_string_lossy`].
impl From<&WideString> for String {
    #[inline]
    fn from(text: &WideString) -> String {
        text.to_string_lossy()
    }
}

/// As [`WideStr::to_string_lossy`].
impl From<WideString> for String {
    #[inline]
    fn from(text: WideString) -> String {
        text.to_string_lossy()
    }
}

impl FromStr for WideString {
    type Err = Infallible;

    #[inline]
    fn from_str(text: &str) -> std::result::Result<WideString, Infallible> {
        Ok(WideString::from(text))
    }
}

impl AsRef<WideStr> for WideString {
    #[inline]
    fn as_ref(&self) -> &WideStr {
        self
    }
}

impl Borrow<WideStr> for WideString {
    #[inline]
    fn borrow(&self) -> &WideStr {
        self
    }
}

impl fmt::Display for WideString {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl fmt::Debug for WideString {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl PartialEq<str> for WideString {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for WideString {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl PartialEq<String> for WideString {
    #[inline]
    fn eq(&self, other: &String) -> bool {
        **self == **other
    }
}

impl PartialEq<WideStr> for WideString {
    #[inline]
    fn eq(&self, other: &WideStr) -> bool {
        **self == *other
    }
}

impl PartialEq<WideString> for str {
    #[inline]
    fn eq(&self, other: &WideString) -> bool {
        **other == *self
    }
}

/// Several texts, one after the other, in a buffer of the API (a "multi-string").
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct WideStrings<'l>(&'l [u16]);

impl<'l> WideStrings<'l> {
    /// How far a multi-string without an end is followed; the longest that the API has (two days' worth of hours,
    /// a list of telephone numbers) is far shorter.
    const LONGEST: usize = 1 << 16;

    /// The texts at `first`; null is none. `function` is the one that answered the pointer.
    ///
    /// # Safety
    /// `first` must be null or point to texts, each ended by a NUL and the whole by a second one, that nobody
    /// writes to or frees during `'l`. What is misaligned or has no end within reach is an error.
    #[inline]
    pub(crate) unsafe fn from_ptr(function: &'static str, first: *const u16) -> Result<WideStrings<'l>> {
        if first.is_null() {
            return Ok(WideStrings(&[]));
        }
        if !first.is_aligned() {
            return Err(Error::answer(function, "a list of texts in the record is not aligned"));
        }
        let mut last = 0;
        for length in 0..WideStrings::LONGEST {
            // SAFETY: no end was found before this unit, so it belongs to the list.
            let place = unsafe { first.add(length) };
            // SAFETY: as above; aligned like `first`.
            let unit = unsafe { place.read() };
            if unit == 0 && last == 0 {
                // SAFETY: each of these units was read above, and the caller answers for `'l`.
                return Ok(WideStrings(unsafe { std::slice::from_raw_parts(first, length) }));
            }
            last = unit;
        }
        Err(Error::answer(function, "a list of texts in the record has no end"))
    }

    /// Returns an iterator over the texts.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = &'l WideStr> + use<'l> {
        self.0.split(|unit| *unit == 0).filter(|text| !text.is_empty()).map(WideStr::new)
    }

    /// Returns `true` if there are no strings.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A copy, ended as the API wants it.
    #[inline]
    pub(crate) fn to_units(self) -> Vec<u16> {
        let mut units = self.0.to_vec();
        end_list(&mut units);
        units
    }
}

/// Ends a multi-string: with a NUL after the last text's, or with two where there is no text.
#[inline]
pub(crate) fn end_list(units: &mut Vec<u16>) {
    let ends = if units.is_empty() { 2 } else { 1 };
    units.resize(units.len() + ends, 0);
}

impl fmt::Debug for WideStrings<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::ptr;

    use super::*;

    #[test]
    fn a_text_becomes_a_string_with_a_mark_for_what_is_no_letter() {
        let text = WideStr::new(&[0x5A, 0xFC, 0xD800, 0x72]);
        assert_eq!(String::from(text), "Zü\u{FFFD}r");
        let owned = text.to_owned();
        assert_eq!((String::from(&owned), String::from(owned)), ("Zü\u{FFFD}r".into(), text.to_string()));
    }

    #[test]
    fn a_multi_string_is_read_to_its_second_nul() {
        let units: Vec<u16> = "2 09:00-12:00\u{0}5 08:00-10:00\u{0}\u{0}rest".encode_utf16().collect();
        // SAFETY: the units live until the end of the test and end in two zeros.
        let texts = unsafe { WideStrings::from_ptr("F", units.as_ptr()) }.unwrap();
        let texts: Vec<String> = texts.iter().map(WideStr::to_string_lossy).collect();
        assert_eq!(texts, ["2 09:00-12:00", "5 08:00-10:00"]);
        // SAFETY: null is allowed.
        assert!(unsafe { WideStrings::from_ptr("F", ptr::null()) }.unwrap().is_empty());
        // SAFETY: one zero is an empty list.
        assert!(unsafe { WideStrings::from_ptr("F", [0].as_ptr()) }.unwrap().is_empty());
    }

    #[test]
    fn a_multi_string_without_an_end_is_an_error() {
        let units = vec![b'x'.into(); WideStrings::LONGEST];
        // SAFETY: no more units than there are here are read.
        let error = unsafe { WideStrings::from_ptr("F", units.as_ptr()) }.unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::MalformedAnswer);
    }

    #[test]
    fn a_misaligned_multi_string_is_an_error() {
        let units = [0_u32; 2];
        // SAFETY: nothing is read.
        let error =
            unsafe { WideStrings::from_ptr("F", units.as_ptr().wrapping_byte_add(1).cast()) }.unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::MalformedAnswer);
    }

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
    fn an_owned_text_of_any_length_has_the_units_it_was_made_of() {
        let units: Vec<u16> = (1..=60).collect();
        for length in 0..units.len() {
            let text = WideStr::new(&units[..length]);
            let copy = text.to_owned();
            assert_eq!(*copy, *text);
            assert_eq!(copy.clone(), copy);
            assert_eq!(copy.cmp(&WideStr::new(&units).to_owned()), std::cmp::Ordering::Less);
        }
    }

    #[test]
    fn text_is_compared_with_str_without_conversion() {
        let name: Vec<u16> = "Jürgen 🦀".encode_utf16().collect();
        assert_eq!(WideStr::new(&name), "Jürgen 🦀");
        assert!(*WideStr::new(&name) != *"Jürgen");
    }

    #[test]
    fn text_of_its_own_is_made_of_and_compared_with_the_standard_librarys() {
        let name: WideString = "Jürgen".parse().unwrap();
        assert_eq!(name, WideString::from("Jürgen".to_owned()));
        assert_eq!(name, WideString::from(&*name));
        let (text, owned, borrowed) = ("Jürgen", String::from("Jürgen"), &*name);
        assert_eq!(name, *text);
        assert_eq!(*text, name);
        assert_eq!(*text, *borrowed);
        assert_eq!(name, owned);
        assert_eq!(name, *borrowed);
        assert_ne!(*borrowed, WideString::default());
        assert!(WideString::default().is_empty());
    }
}
