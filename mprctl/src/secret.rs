//! Secrets: read without echo or from the standard input, never from an argument, and wiped after use.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::failure::{Failure, Kind};
use crate::terminal::{self, visible};
use crate::text_file;

/// No password or key is longer.
const LONGEST: usize = 64 * 1024;

/// The characters that end a line somewhere. None can be typed into a field for a password.
const LINE_BREAKS: [char; 7] = ['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Reads a secret: with `flag` from the standard input to its end, otherwise twice from the terminal. A line break at
/// its end is not part of it.
///
/// (Every user of the machine can see the arguments of a program.)
pub(crate) fn read(what: &str, from_stdin: bool, flag: &str) -> Result<Zeroizing<String>, Failure> {
    match from_stdin {
        true => read_from(standard_input()?, what),
        false if io::stdin().is_terminal() => ask(what),
        false => Err(Failure::usage(format!(
            "cannot ask for the {what} because standard input is not a terminal; to read it from there, use {flag}"
        ))),
    }
}

/// Reads a secret from a file, or from the standard input if `path` is `-`. A line break at its end is not part of it.
///
/// # Errors
/// Among others, on Unix, a file of this user that others may read. A file of someone else is that one's business, as it is
/// for `ssh`: containers mount secrets as files of root.
pub(crate) fn from_file(path: &Path, what: &str) -> Result<Zeroizing<String>, Failure> {
    if path == Path::new("-") {
        return read_from(standard_input()?, what);
    }
    let unreadable = |error| Failure::unreadable(path, &error);
    let file = File::open(path).map_err(unreadable)?;
    // Of the open file: another may stand in its place by now.
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(Failure::usage(format!("cannot read {}: it is a folder", path.display())));
    }
    #[cfg(unix)]
    if metadata.is_file() {
        use std::os::unix::fs::MetadataExt as _;
        let is_own = metadata.uid() == rustix::process::geteuid().as_raw();
        if is_own && metadata.mode() & 0o077 != 0 {
            let (path, mode) = (path.display(), metadata.mode() & 0o777);
            let message =
                format!("others may read or write {path} (mode {mode:04o}); it is not used for the {what}");
            return Err(
                Failure::usage(message).advice(format!("Let only yourself read it:\n  chmod 600 {path}"))
            );
        }
    }
    read_from(file, what)
}

/// Asks for a secret on the terminal, once: one that is wrong does no harm.
///
/// # Errors
/// Among others, where no person is: neither standard input nor standard error is a terminal. Then `flag` is the way.
pub(crate) fn ask_once(what: &str, flag: &str) -> Result<Zeroizing<String>, Failure> {
    if !io::stdin().is_terminal() && !terminal::is_error_shown() {
        return Err(Failure::usage(format!(
            "cannot ask for the {what} because there is no terminal; to read it from a file, use {flag}"
        )));
    }
    one_line(prompt(what, &format!("The {}: ", visible(what)))?, what)
}

fn prompt(what: &str, question: &str) -> Result<Zeroizing<String>, Failure> {
    let answer = rpassword::prompt_password(question);
    answer.map(Zeroizing::new).map_err(|error| {
        Failure::new(Kind::Failed, format!("cannot read the {what} from the terminal: {error}"))
    })
}

/// Opens the standard input once more: that of [`io::stdin`] reads into a buffer that is never wiped.
fn standard_input() -> io::Result<File> {
    #[cfg(unix)]
    let own = std::os::fd::AsFd::as_fd(&io::stdin()).try_clone_to_owned();
    #[cfg(windows)]
    let own = std::os::windows::io::AsHandle::as_handle(&io::stdin()).try_clone_to_owned();
    own.map(File::from)
}

/// Reads one line of text to its end. The end of the line is not part of the secret, nor is a byte order mark.
fn read_from(input: impl Read, what: &str) -> Result<Zeroizing<String>, Failure> {
    let wrong = |why: &str| Failure::new(Kind::Failed, format!("cannot read the {what}: {why}"));
    // With room for all of it, so that it never moves and leaves a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 1));
    let read = input.take(LONGEST as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| wrong(&error.to_string()))?;
    if bytes.len() > LONGEST {
        return Err(wrong("the text is longer than 64 KiB"));
    }
    let text = text_file::decode(&bytes).map_err(|error| {
        Failure::usage(format!("cannot read the {what}: {error}")).advice(text_file::ADVICE)
    })?;
    let mut text = Zeroizing::new(text);
    let line =
        text.strip_suffix('\n').map_or(text.len(), |line| line.strip_suffix('\r').unwrap_or(line).len());
    text.truncate(line);
    one_line(text, what)
}

/// Refuses text that nobody could type as a secret at the other end.
fn one_line(text: Zeroizing<String>, what: &str) -> Result<Zeroizing<String>, Failure> {
    if text.is_empty() {
        return Err(Failure::usage(format!("the {what} is empty")));
    }
    if text.contains(LINE_BREAKS) {
        return Err(Failure::usage(format!("cannot use the {what}: there is more than one line"))
            .advice("A secret is a single line; a line break at its end is ignored."));
    }
    // The first one is told alone, which is no part of what is secret.
    if let Some(hidden) = text.chars().find(|letter| letter.is_control() || *letter == text_file::MARK) {
        let hidden = u32::from(hidden);
        return Err(Failure::usage(format!(
            "cannot use the {what}: it has a character that cannot be typed (U+{hidden:04X})"
        ))
        .advice(
            "An old editor ends a file with U+001A, and a byte order mark is U+FEFF: save it without them.",
        ));
    }
    Ok(text)
}

fn ask(what: &str) -> Result<Zeroizing<String>, Failure> {
    let secret = prompt(what, &format!("The {what}: "))?;
    if secret != prompt(what, &format!("The {what} again: "))? {
        return Err(Failure::usage(format!("the two entries of the {what} differ; nothing was done")));
    }
    one_line(secret, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn message(input: &[u8]) -> String {
        let failure = read_from(input, "key").expect_err("refused");
        assert_eq!(failure.kind, if input.len() > LONGEST { Kind::Failed } else { Kind::Usage });
        failure.message
    }

    #[test]
    fn the_end_of_the_line_is_no_part_of_a_secret_and_the_rest_is() {
        for (input, secret) in [("open sesame\n", "open sesame"), (" a\r\n", " a"), ("äb ", "äb ")] {
            assert_eq!(*read_from(input.as_bytes(), "key").unwrap(), secret);
        }
        assert!(read_from("x".repeat(LONGEST).as_bytes(), "key").is_ok());
        assert_eq!(
            message("x".repeat(LONGEST + 1).as_bytes()),
            "cannot read the key: the text is longer than 64 KiB"
        );
    }

    #[test]
    fn a_secret_is_the_same_however_it_is_encoded() {
        let marked = "\u{FEFF}Kä3y\r\n";
        for input in [marked.as_bytes(), &utf16(marked, u16::to_le_bytes), &utf16(marked, u16::to_be_bytes)] {
            assert_eq!(*read_from(input, "key").unwrap(), "Kä3y");
        }
    }

    #[test]
    fn nothing_but_one_line_of_text_is_a_secret() {
        let several = "cannot use the key: there is more than one line";
        for input in ["ä\nb", "a\rb", "a\n\n", "a\r", "a\u{2028}b", "\n\n"] {
            assert_eq!(message(input.as_bytes()), several, "{input:?}");
        }
        for input in ["", "\n", "\r\n", "\u{FEFF}", "\u{FEFF}\r\n"] {
            assert_eq!(message(input.as_bytes()), "the key is empty", "{input:?}");
        }
        assert_eq!(message(b"K\xE43y"), "cannot read the key: neither UTF-8 nor UTF-16 at byte 1");
        assert_eq!(
            message(&utf16("K3y", u16::to_le_bytes)),
            "cannot read the key: UTF-16 without a byte order mark at byte 1"
        );
        assert_eq!(message(b"K3\0y"), "cannot read the key: a NUL byte at byte 2");
        for input in ["\u{FEFF}\u{FEFF}K3y", "\u{FEFF}K3y\u{FEFF}\n"] {
            let error = message(input.as_bytes());
            assert!(
                error.starts_with("cannot read the key: a misplaced byte order mark at byte "),
                "{error}"
            );
        }
    }

    #[test]
    fn what_nobody_can_type_is_no_part_of_a_secret() {
        for (input, hidden) in
            [("K3y\u{1A}\r\n", "1A"), ("K3y\t\n", "09"), ("K\u{1B}[31m3y", "1B"), ("K3y\u{9B}", "9B")]
        {
            assert_eq!(
                message(input.as_bytes()),
                format!("cannot use the key: it has a character that cannot be typed (U+00{hidden})")
            );
        }
    }

    #[test]
    fn a_line_that_was_typed_is_held_to_the_same() {
        for typed in ["", "a\u{85}b", "a\0b", "a\tb", "a\u{FEFF}"] {
            assert!(one_line(Zeroizing::new(typed.to_owned()), "key").is_err(), "{typed:?}");
        }
    }
}
