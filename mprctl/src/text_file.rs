//! Text as programs of Windows and Unix write it: UTF-8 with or without a byte order mark, and UTF-16 with one.
//!
//! Every text that comes from a file or a pipe is decoded here: lists of servers, configuration, scenarios, secrets.

use std::path::Path;
use std::{fmt, fs};

use crate::failure::Failure;

/// The reason why bytes are not text, with the offset of the first byte that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotText {
    offset: usize,
    reason: &'static str,
}

/// The advice for a file or a pipe that is not text.
pub(crate) const ADVICE: &str = "Save it as UTF-8. In PowerShell:\n  \
     Get-Content FILE | Set-Content -Encoding utf8 NEW-FILE\n\
     UTF-16 is read too, if it begins with a byte order mark.";

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.reason, self.offset)
    }
}

/// The byte order mark, which is U+FEFF in every encoding.
pub(crate) const MARK: char = '\u{FEFF}';

const MISPLACED_MARK: &str = "a misplaced byte order mark";

/// Decodes UTF-8 or, after its byte order mark, UTF-16. The mark is no part of the text; line ends stay as they are.
///
/// The text is allocated once, after all of `bytes` has been found to be valid: no copy of a secret stays behind.
///
/// # Errors
/// [`NotText`] for invalid UTF-8 or UTF-16, for a NUL byte or character, and for a second byte order mark: two files
/// were joined, or a pipe added a mark to one. It is not seen where the text is looked at, so nobody means it.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, NotText> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] => Err(NotText { offset: 0, reason: "unsupported UTF-32" }),
        [0xFF, 0xFE, units @ ..] => from_utf16(units, u16::from_le_bytes),
        [0xFE, 0xFF, units @ ..] => from_utf16(units, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, text @ ..] => from_utf8(text, 3),
        text => from_utf8(text, 0),
    }
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::unreadable(path, &error))?;
    of(&path.display().to_string(), &bytes)
}

/// Decodes bytes that were read from `source`; errors name the source.
pub(crate) fn of(source: &str, bytes: &[u8]) -> Result<String, Failure> {
    decode(bytes).map_err(|error| Failure::usage(format!("cannot read {source}: {error}")).advice(ADVICE))
}

fn from_utf8(bytes: &[u8], mark: usize) -> Result<String, NotText> {
    if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
        // Latin text in UTF-16 has a NUL in every other byte.
        let reason = match bytes {
            [0, _, ..] | [_, 0, ..] => "UTF-16 without a byte order mark",
            _ => "a NUL byte",
        };
        return Err(NotText { offset: mark + offset, reason });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        // Not UTF-8, so most likely saved by an old program in the code page of its machine.
        NotText { offset: mark + error.valid_up_to(), reason: "neither UTF-8 nor UTF-16" }
    })?;
    match text.find(MARK) {
        Some(offset) => Err(NotText { offset: mark + offset, reason: MISPLACED_MARK }),
        None => Ok(text.to_owned()),
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let characters = || char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let mut offset = 2;
    let mut length = 0;
    for character in characters() {
        let character = character.map_err(|_| NotText { offset, reason: "half a character of UTF-16" })?;
        if character == '\0' {
            return Err(NotText { offset, reason: "a NUL character" });
        }
        if character == MARK {
            return Err(NotText { offset, reason: MISPLACED_MARK });
        }
        offset += 2 * character.len_utf16();
        length += character.len_utf8();
    }
    if !rest.is_empty() {
        return Err(NotText { offset, reason: "half a character of UTF-16" });
    }
    let mut text = String::with_capacity(length);
    text.extend(characters().flatten());
    Ok(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let units = "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(bytes).collect()
    }

    proptest! {
        #[test]
        fn text_is_the_same_in_every_encoding(text in "[^\0\u{FEFF}]*") {
            let marked = format!("\u{FEFF}{text}");
            let little = utf16(&text, u16::to_le_bytes);
            let big = utf16(&text, u16::to_be_bytes);
            for bytes in [text.as_bytes(), marked.as_bytes(), &little, &big] {
                prop_assert_eq!(decode(bytes), Ok(text.clone()));
            }
        }

        #[test]
        fn any_bytes_are_text_without_a_nul_or_an_error_at_one_of_them(bytes: Vec<u8>) {
            match decode(&bytes) {
                Ok(text) => prop_assert!(!text.contains(['\0', MARK])),
                Err(error) => prop_assert!(error.offset < bytes.len(), "{}", error),
            }
        }

        #[test]
        fn text_is_allocated_once(text in "[^\0\u{FEFF}]*") {
            let decoded = decode(&utf16(&text, u16::to_le_bytes)).expect("text");
            prop_assert_eq!(decoded.capacity(), decoded.len());
        }
    }

    #[test]
    fn what_is_not_text_says_where() {
        let cases: [(&[u8], &str); 14] = [
            (b"vpn\xE901", "neither UTF-8 nor UTF-16 at byte 3"),
            (b"\xEF\xBB\xBFvpn\xE901", "neither UTF-8 nor UTF-16 at byte 6"),
            (b"v\0p\0n\0", "UTF-16 without a byte order mark at byte 1"),
            (b"\0v\0p\0n", "UTF-16 without a byte order mark at byte 0"),
            (b"vpn\0", "a NUL byte at byte 3"),
            (b"\xFF\xFEv\0\0\0", "a NUL character at byte 4"),
            (b"\xFF\xFEv\0p", "half a character of UTF-16 at byte 4"),
            (b"\xFF\xFEv\0\x00\xD8", "half a character of UTF-16 at byte 4"),
            (b"\xFF\xFE\0\0v\0\0\0", "unsupported UTF-32 at byte 0"),
            (b"\xEF\xBB\xBF\xEF\xBB\xBFv", "a misplaced byte order mark at byte 3"),
            (b"\xEF\xBB\xBFa\r\n\xEF\xBB\xBFb", "a misplaced byte order mark at byte 6"),
            (b"v\xEF\xBB\xBF", "a misplaced byte order mark at byte 1"),
            (b"\xFF\xFEv\0\xFF\xFE", "a misplaced byte order mark at byte 4"),
            (b"\xFE\xFF\xFE\xFF\0v", "a misplaced byte order mark at byte 2"),
        ];
        for (bytes, message) in cases {
            assert_eq!(decode(bytes).expect_err(message).to_string(), message);
        }
    }
}
