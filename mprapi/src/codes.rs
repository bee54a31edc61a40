//! The name and the meaning of each error code of the API.

use std::cmp::Ordering;
use std::fmt::{self, Write as _};

/// The texts as a program has them: `codes.txt`, whose sentences are made shorter by characters that none of them has. Each
/// stands for a pair of others, which may be such characters too. The first line says which: a character, its pair, and so on.
///
/// `codes.txt` has a line for each code, in order: the code, its symbolic name, a sentence. Where two headers give a code two
/// names, the name is that of `raserror.h` (600 to 877) and `mprerror.h` (900 to 956), since this is the API that answered.
/// The sentences are this project's own; each is made to follow `"<function> failed: "`.
///
/// It is one text, because every program that shows an error has it: a table of strings takes as much again for where each of
/// them is. Without the feature `messages` it has no line.
static PACKED: &str = if cfg!(feature = "messages") { include_str!("codes.packed") } else { "" };

/// The symbolic name of `code` and a sentence for the administrator, if it has a line.
#[inline]
pub(crate) fn find(code: u32) -> Option<(&'static str, Sentence)> {
    // Said to the compiler, which else keeps the search for what is never found.
    if cfg!(not(feature = "messages")) {
        return None;
    }
    let (_, mut lines) = split(PACKED, b'\n')?;
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
fn entries() -> impl Iterator<Item = (u32, &'static str, Sentence)> {
    let mut lines = split(PACKED, b'\n').map_or("", |(_, lines)| lines);
    std::iter::from_fn(move || {
        let (code, name, sentence, behind) = entry(lines)?;
        lines = behind;
        Some((code, name, sentence))
    })
}

/// Splits the first line into the code, its name and the sentence, and the lines from those behind it.
#[inline]
fn entry(lines: &'static str) -> Option<(u32, &'static str, Sentence, &'static str)> {
    let (code, rest) = split(lines, b' ')?;
    let (name, rest) = split(rest, b' ')?;
    let (sentence, behind) = split(rest, b'\n')?;
    let code = code.bytes().fold(0, |code, digit| 10 * code + u32::from(digit - b'0'));
    Some((code, name, Sentence(sentence.trim_ascii_end()), behind))
}

/// Splits a text at the first `byte`. Once in a program and by bytes: `str::split_once` is 1 kB each time.
#[inline(never)]
fn split(text: &'static str, byte: u8) -> Option<(&'static str, &'static str)> {
    let place = text.bytes().position(|other| other == byte)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// A sentence of [`PACKED`]. Shown, it is that of `codes.txt`.
#[derive(Clone, Copy)]
pub(crate) struct Sentence(&'static str);

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.bytes().try_for_each(|byte| unpack(byte, f))
    }
}

/// Writes what a character of a sentence stands for: itself, or its pair.
fn unpack(byte: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (pairs, _) = PACKED.as_bytes().as_chunks::<3>();
    let pair = pairs.iter().take_while(|pair| pair[0] > b' ').find(|pair| pair[0] == byte);
    match pair {
        Some([_, first, second]) => {
            unpack(*first, f)?;
            unpack(*second, f)
        }
        None => f.write_char(byte.into()),
    }
}

#[cfg(all(test, feature = "messages"))]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn codes_are_sorted_and_none_is_listed_twice() {
        assert!(entries().map(|entry| entry.0).is_sorted_by(|code, next| code < next));
    }

    /// The lines of `codes.txt`: a code, its name, a sentence.
    fn lines() -> Vec<(u32, &'static str, &'static str)> {
        let parts = |line: &'static str| {
            let (code, rest) = line.split_once(' ')?;
            let (name, sentence) = rest.split_once(' ')?;
            Some((code.parse().ok()?, name, sentence))
        };
        let lines = include_str!("codes.txt").lines();
        lines
            .map(|line| parts(line).unwrap_or_else(|| panic!("a code, a name, a sentence: {line}")))
            .collect()
    }

    /// Makes `codes.packed`: each character that is free stands for the pair that is there most often by then.
    fn packed() -> String {
        let mut sentences: Vec<String> = lines().iter().map(|line| line.2.to_owned()).collect();
        let free = ('!'..='~').filter(|short| !lines().iter().any(|line| line.2.contains(*short)));
        let mut pairs = String::new();
        for short in free {
            let mut counts = BTreeMap::new();
            for pair in sentences.iter().flat_map(|sentence| sentence.as_bytes().windows(2)) {
                *counts.entry(pair).or_insert(0) += 1;
            }
            let most = counts.iter().max_by_key(|(_, count)| **count).map(|(pair, _)| pair.to_vec());
            let pair =
                String::from_utf8(most.expect("there are sentences")).expect("the sentences are ASCII");
            sentences.iter_mut().for_each(|sentence| *sentence = sentence.replace(&pair, &short.to_string()));
            pairs = format!("{pairs}{short}{pair}");
        }
        let lines = lines().into_iter().zip(sentences);
        let lines: String =
            lines.map(|((code, name, _), sentence)| format!("{code} {name} {sentence}\n")).collect();
        format!("{pairs}\n{lines}")
    }

    #[test]
    fn the_packed_texts_are_those_of_today() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/codes.packed");
        if std::env::var_os("UPDATE_CODES").is_some() {
            std::fs::write(path, packed()).expect("it can be written");
        }
        let known = std::fs::read_to_string(path).expect("it is there");
        assert!(
            known.lines().eq(packed().lines()),
            "src/codes.packed is not made of src/codes.txt: UPDATE_CODES=1 cargo test -p mprapi --lib codes"
        );
    }

    #[test]
    fn every_line_is_a_code_that_is_found() {
        assert_eq!(entries().count(), lines().len());
        for (code, name, sentence) in lines() {
            let found = find(code).map(|(name, sentence)| (name, sentence.to_string()));
            assert_eq!(found, Some((name, sentence.to_owned())));
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
            assert!(find(code).is_none(), "{code}");
        }
    }

    #[test]
    fn every_sentence_starts_in_lower_case_and_has_no_full_stop() {
        for (code, _, sentence) in lines() {
            assert!(sentence.starts_with(char::is_lowercase), "{code}: {sentence}");
            assert!(!sentence.ends_with('.'), "{code}: {sentence}");
        }
    }
}
