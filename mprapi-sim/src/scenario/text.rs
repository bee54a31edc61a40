//! Text as programs of Windows and Unix write it.

/// The byte order mark, which is U+FEFF in every encoding.
const MARK: char = '\u{FEFF}';

/// Decodes UTF-8, with or without a byte order mark, and UTF-16 with one.
///
/// # Errors
/// The reason, with the offset of the first byte that is wrong. A second byte order mark is wrong: two files were joined.
pub(super) fn decode(bytes: &[u8]) -> Result<String, String> {
    match bytes {
        [0xFF, 0xFE, units @ ..] => from_utf16(units, u16::from_le_bytes),
        [0xFE, 0xFF, units @ ..] => from_utf16(units, u16::from_be_bytes),
        _ => {
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            let mark = bytes.len() - text.len();
            let text = str::from_utf8(text).map_err(|error| {
                format!("neither UTF-8 nor UTF-16 at byte {}", mark + error.valid_up_to())
            })?;
            match text.find(MARK) {
                Some(offset) => Err(misplaced_mark(mark + offset)),
                None => Ok(text.to_owned()),
            }
        }
    }
}

fn misplaced_mark(offset: usize) -> String {
    format!("a misplaced byte order mark at byte {offset}")
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let (mut text, mut offset) = (String::new(), 2);
    for letter in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let letter = letter.map_err(|_| format!("half a character of UTF-16 at byte {offset}"))?;
        if letter == MARK {
            return Err(misplaced_mark(offset));
        }
        offset += 2 * letter.len_utf16();
        text.push(letter);
    }
    if rest.is_empty() { Ok(text) } else { Err(format!("half a character of UTF-16 at byte {offset}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_the_same_in_every_encoding() {
        let text = "name = \"Zürich 🗻\"\r\n";
        let marked = format!("\u{FEFF}{text}");
        let utf16 = |bytes: fn(u16) -> [u8; 2]| marked.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        for bytes in [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf16(u16::to_le_bytes),
            utf16(u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_not_text_says_where() {
        for (bytes, offset) in [
            (&b"a\xE9b"[..], 1),
            (b"\xEF\xBB\xBFa\xE9", 4),
            (b"\xFF\xFEa\0b", 4),
            (b"\xFE\xFF\xD8\0\0a", 2),
            (b"\xEF\xBB\xBFa\n\xEF\xBB\xBFb", 5),
            (b"\xFF\xFEa\0\xFF\xFE", 4),
        ] {
            let error = decode(bytes).expect_err("no text");
            assert!(error.ends_with(&format!("at byte {offset}")), "{error}");
        }
    }
}
