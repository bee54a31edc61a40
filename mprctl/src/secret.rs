//! Secrets: read without echo or from the standard input, never from an argument, and wiped after use.

use std::io::{self, IsTerminal as _, Read};

use zeroize::Zeroizing;

use crate::failure::{Failure, Kind};

/// No password or key is longer.
const LONGEST: usize = 64 * 1024;

/// Reads a secret: the standard input to its end if that is said (by `flag`), else twice from the terminal. The end of
/// its line is not part of it.
///
/// (An argument is seen by every user of the machine.)
pub(crate) fn read(what: &str, from_stdin: bool, flag: &str) -> Result<Zeroizing<String>, Failure> {
    let secret = match from_stdin {
        true => read_from(io::stdin().lock(), what)?,
        false if io::stdin().is_terminal() => ask(what)?,
        false => {
            return Err(Failure::usage(format!(
                "nobody is there to type the {what}; with {flag} it is read from the standard input"
            )));
        }
    };
    if secret.is_empty() { Err(Failure::usage(format!("the {what} is empty"))) } else { Ok(secret) }
}

fn read_from(input: impl Read, what: &str) -> Result<Zeroizing<String>, Failure> {
    let wrong = |why: &str| Failure::new(Kind::Failed, format!("cannot read the {what}: {why}"));
    // With room for all of it, so that it never moves and leaves a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(LONGEST + 1));
    let read = input.take(LONGEST as u64 + 1).read_to_string(&mut text);
    read.map_err(|error| wrong(&error.to_string()))?;
    if text.len() > LONGEST {
        return Err(wrong("it is longer than 64 KiB"));
    }
    let length = text.trim_end_matches(['\r', '\n']).len();
    text.truncate(length);
    Ok(text)
}

fn ask(what: &str) -> Result<Zeroizing<String>, Failure> {
    let prompt = |prompt: String| {
        let answer = rpassword::prompt_password(prompt);
        answer.map(Zeroizing::new).map_err(|error| {
            Failure::new(Kind::Failed, format!("cannot read the {what} from the terminal: {error}"))
        })
    };
    let secret = prompt(format!("The {what}: "))?;
    if secret != prompt(format!("The {what} again: "))? {
        return Err(Failure::usage(format!("that was not the same {what}; nothing was done")));
    }
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_line_is_no_part_of_a_secret_and_the_rest_is() {
        for (input, secret) in
            [("open sesame\n", "open sesame"), (" a\r\n", " a"), ("ä\nb", "ä\nb"), ("\n", "")]
        {
            assert_eq!(*read_from(input.as_bytes(), "key").unwrap(), secret);
        }
        assert!(read_from(&[0xff, 0xfe][..], "key").is_err(), "no text");
        assert!(read_from("x".repeat(LONGEST).as_bytes(), "key").is_ok());
        assert!(read_from("x".repeat(LONGEST + 1).as_bytes(), "key").is_err());
    }
}
