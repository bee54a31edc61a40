//! The kinds of error that the documentation names for a code are those that the code has.

use std::fs;

use mprapi::{Error, ErrorKind};

use crate::common::sources;

/// The pieces of documentation: each run of `///` or `//!` lines in one line.
fn documentation() -> Vec<(String, String)> {
    let mut pieces = Vec::new();
    for path in sources() {
        let name = path.display().to_string();
        let mut piece = String::new();
        for line in fs::read_to_string(&path).expect("a source").lines() {
            let line = line.trim_start();
            match line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) {
                Some(text) => {
                    piece.push(' ');
                    piece.push_str(text.trim());
                }
                None if !piece.is_empty() => pieces.push((name.clone(), std::mem::take(&mut piece))),
                None => {}
            }
        }
    }
    pieces
}

/// Lists the parts in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Each kind that a clause names, with the codes named after it in the same clause.
fn promises(text: &str) -> Vec<(String, Vec<String>)> {
    let mut promises: Vec<(String, Vec<String>)> = Vec::new();
    for clause in text.split(". ").flat_map(|sentence| sentence.split(';')) {
        let mut kind: Option<String> = None;
        for word in quoted(clause) {
            if let Some(name) = word.strip_prefix("ErrorKind::") {
                kind = Some(name.to_owned());
                promises.push((name.to_owned(), Vec::new()));
            } else if word.starts_with("Error::") {
                kind = None;
            } else if kind.is_some() && Error::code_named(word).is_some() {
                promises.last_mut().expect("one was named").1.push(word.to_owned());
            }
        }
    }
    promises
}

#[test]
#[cfg_attr(not(feature = "messages"), ignore = "asks for the names of errors")]
fn the_kind_that_the_documentation_names_for_a_code_is_the_kind_of_that_code() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (path, text) in documentation() {
        for (kind, codes) in promises(&text) {
            for name in codes {
                seen += 1;
                let code = Error::code_named(&name).expect("a known name");
                let is = format!("{:?}", Error::new("F", code).kind());
                if is != kind {
                    wrong.push(format!("{path}: {name} is {is}, not {kind}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen >= 20, "only {seen} promises were found: are they written otherwise now?");
}

#[test]
#[cfg_attr(not(feature = "messages"), ignore = "asks for the names of errors")]
fn every_code_that_the_documentation_names_is_one_and_has_that_number() {
    let mut numbers = 0;
    for (path, text) in documentation() {
        for word in quoted(&text) {
            let is_code = ["ERROR_", "RPC_S_", "NERR_"].iter().any(|prefix| word.starts_with(prefix));
            let is_name = word.chars().all(|character| character.is_ascii_alphanumeric() || character == '_');
            if is_code && is_name {
                assert!(Error::code_named(word).is_some(), "{path}: there is no {word}");
            }
        }
        // As in `Error::code` 2351 (`NERR_InvalidComputer`), or the other way round.
        for (number, name) in pairs(&text) {
            assert_eq!(Error::code_named(&name), Some(number), "{path}: {name}");
            numbers += 1;
        }
    }
    assert!(numbers >= 3, "only {numbers} numbers were found");
}

/// A number with a name in parentheses behind it, and a name with a number.
fn pairs(text: &str) -> Vec<(u32, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare =
        |word: &str| word.trim_matches(|character: char| !character.is_ascii_alphanumeric()).to_owned();
    let mut pairs = Vec::new();
    for two in words.windows(2) {
        let (first, second) = (bare(two[0]), bare(two[1]));
        if !two[1].starts_with('(') {
            continue;
        }
        if let (Ok(number), Some(_)) = (first.parse(), Error::code_named(&second)) {
            pairs.push((number, second));
        } else if let (Some(_), Ok(number)) = (Error::code_named(&first), second.parse()) {
            pairs.push((number, first));
        }
    }
    pairs
}

#[test]
#[cfg_attr(not(feature = "messages"), ignore = "asks for the names of errors")]
fn the_parser_reads_promises_as_they_are_written() {
    let text = "[`ErrorKind::NotFound`](crate::ErrorKind::NotFound) for a port, [`ErrorKind::Other`](x) with the \
                codes `ERROR_ALREADY_CONNECTING` or `ERROR_INTERFACE_DISABLED`; [`Error::code`](x) 2351 \
                (`NERR_InvalidComputer`). `ERROR_ACCESS_DENIED` too.";
    let found = promises(text);
    assert_eq!(found[0], ("NotFound".to_owned(), Vec::new()));
    assert_eq!(found[1].1, ["ERROR_ALREADY_CONNECTING", "ERROR_INTERFACE_DISABLED"]);
    assert_eq!(found.len(), 2);
    assert_eq!(pairs(text), [(2351, "NERR_InvalidComputer".to_owned())]);
}

#[test]
fn an_invalid_argument_has_a_code_only_if_a_function_was_called() {
    assert_eq!(Error::new("F", 87).kind(), ErrorKind::InvalidArgument);
    assert_eq!(Error::new("F", 87).code(), Some(87));
    let mpr = {
        // SAFETY: there is no function in it.
        unsafe { mprapi::Mpr::from_table(mprapi::sys::Mprapi::from_functions(mprapi::sys::Functions::NONE)) }
    };
    let error = mpr.is_service_running(Some("a\0b")).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::InvalidArgument, None));
}
