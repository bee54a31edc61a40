//! The name and the meaning of each error code of the API.

use std::cmp::Ordering;

/// A line for each code, in order: the code, its symbolic name, a sentence.
///
/// Where two headers give a code two names, the name is that of `raserror.h` (600 to 877) and
/// `mprerror.h` (900 to 956), since this is the API that answered. The sentences are this project's
/// own; each is made to follow `"<function> failed: "`.
///
/// As one text, because every program that shows an error has it: a table of strings takes as much again for where each of
/// them is. Without the feature `messages` it has no line.
static CODES: &str = if cfg!(feature = "messages") { include_str!("codes.txt") } else { "" };

/// The symbolic name of `code` and a sentence for the administrator, if it has a line.
#[inline]
pub(crate) fn find(code: u32) -> Option<(&'static str, &'static str)> {
    // Said to the compiler, which else keeps the search for what is never found.
    if cfg!(not(feature = "messages")) {
        return None;
    }
    let mut lines = CODES;
    loop {
        let before = lines.as_bytes().get(..lines.len() / 2)?;
        let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let (this, name, sentence, behind) = entry(lines.get(begin..)?)?;
        match code.cmp(&this) {
            Ordering::Less => lines = lines.get(..begin)?,
            Ordering::Equal => return Some((name, sentence)),
            Ordering::Greater => lines = behind,
        }
    }
}

/// The code that has this symbolic name, in capitals or not.
#[inline]
pub(crate) fn named(name: &str) -> Option<u32> {
    entries().find(|entry| entry.1.eq_ignore_ascii_case(name)).map(|entry| entry.0)
}

#[inline]
fn entries() -> impl Iterator<Item = (u32, &'static str, &'static str)> {
    let mut lines = CODES;
    std::iter::from_fn(move || {
        let (code, name, sentence, behind) = entry(lines)?;
        lines = behind;
        Some((code, name, sentence))
    })
}

/// Splits the first line into the code, its name and the sentence, and the lines from those behind it.
#[inline]
fn entry(lines: &'static str) -> Option<(u32, &'static str, &'static str, &'static str)> {
    let (code, rest) = split(lines, b' ')?;
    let (name, rest) = split(rest, b' ')?;
    let (sentence, behind) = split(rest, b'\n')?;
    let code = code.bytes().fold(0, |code, digit| 10 * code + u32::from(digit - b'0'));
    Some((code, name, sentence.trim_ascii_end(), behind))
}

/// Splits a text at the first `byte`. Once in a program and by bytes: `str::split_once` is 1 kB each time.
#[inline(never)]
fn split(text: &'static str, byte: u8) -> Option<(&'static str, &'static str)> {
    let place = text.bytes().position(|other| other == byte)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

#[cfg(all(test, feature = "messages"))]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_none_is_listed_twice() {
        assert!(entries().map(|entry| entry.0).is_sorted_by(|code, next| code < next));
    }

    #[test]
    fn every_line_is_a_code_that_is_found() {
        assert_eq!(entries().count(), CODES.lines().count());
        for (code, name, sentence) in entries() {
            assert_eq!(find(code), Some((name, sentence)));
            assert_eq!(named(&name.to_lowercase()), Some(code));
            assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "{name}");
        }
    }

    #[test]
    fn codes_of_each_header_have_the_names_of_that_header() {
        let name = |code| find(code).map(|(name, _)| name);
        assert_eq!(name(5), Some("ERROR_ACCESS_DENIED"));
        assert_eq!(name(740), Some("ERROR_TAPI_CONFIGURATION"));
        assert_eq!(name(900), Some("ERROR_ROUTER_STOPPED"));
        assert_eq!(name(1722), Some("RPC_S_SERVER_UNAVAILABLE"));
        assert_eq!(name(2221), Some("NERR_UserNotFound"));
    }

    #[test]
    fn success_and_unlisted_codes_are_not_found() {
        for code in [0, 947, 2999, u32::MAX] {
            assert_eq!(find(code), None, "{code}");
        }
    }

    #[test]
    fn every_sentence_starts_in_lower_case_and_has_no_full_stop() {
        for (code, _, sentence) in entries() {
            assert!(sentence.starts_with(char::is_lowercase), "{code}: {sentence}");
            assert!(!sentence.ends_with('.'), "{code}: {sentence}");
        }
    }
}
