//! The settings of the library: variables of the environment.

use std::env::{self, VarError};
use std::fs;
use std::io::ErrorKind;
use std::str::FromStr;
use std::sync::LazyLock;
use std::time::Duration;

use mprapi_rpc::network::{self, Options};
use mprapi_rpc::security::Account;
use zeroize::Zeroizing;

/// The outcome of the first look at the environment. Later changes of it make no difference.
static SET: LazyLock<Result<(), String>> =
    LazyLock::new(|| read().map(|options| network::set_options(None, options)));

/// Sets the options of the network, once.
///
/// # Errors
/// A text that names the variable, and what is wrong with it.
pub(crate) fn set() -> Result<(), &'static str> {
    SET.as_ref().copied().map_err(String::as_str)
}

/// Returns the text of a variable; an empty one is none.
fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(text) if text.is_empty() => Ok(None),
        Ok(text) => Ok(Some(text)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8")),
    }
}

/// Returns the number of a variable.
fn number<T: FromStr + PartialEq + Default>(name: &str) -> Result<Option<T>, String> {
    let Some(text) = variable(name)? else { return Ok(None) };
    match text.parse() {
        Ok(number) if number != T::default() => Ok(Some(number)),
        _ => Err(format!("{name} is {text:?}; it must be a whole number from 1")),
    }
}

fn read() -> Result<Options, String> {
    let mut options = Options::default();
    if let Some(port) = number("MPRAPI_PORT")? {
        options.port = port;
    }
    let seconds =
        |name| Ok::<_, String>(number(name)?.map(|seconds: u32| Duration::from_secs(seconds.into())));
    if let Some(limit) = seconds("MPRAPI_CALL_LIMIT")? {
        options.call_limit = limit;
    }
    if let Some(limit) = seconds("MPRAPI_CONNECT_LIMIT")? {
        options.connect_limit = limit;
    }
    if let Some(poll) = seconds("MPRAPI_POLL")? {
        options.poll = poll;
    }
    let ntlm = match variable("MPRAPI_NTLM")?.as_deref() {
        None | Some("0") => false,
        Some("1") => true,
        Some(text) => return Err(format!("MPRAPI_NTLM is {text:?}; it must be 0 or 1")),
    };
    options.account = match (variable("MPRAPI_USER")?, variable("MPRAPI_PASSWORD_FILE")?) {
        (Some(user), Some(file)) => Account::Password { user, password: password(&file)?, ntlm },
        (None, None) if !ntlm => Account::Ticket,
        _ => {
            return Err(
                "MPRAPI_USER and MPRAPI_PASSWORD_FILE need each other, and MPRAPI_NTLM needs both".to_owned()
            );
        }
    };
    Ok(options)
}

/// Reads the first line of a file.
fn password(file: &str) -> Result<Zeroizing<String>, String> {
    let text = fs::read_to_string(file).map(Zeroizing::new);
    let text = text.map_err(|error| match error.kind() {
        ErrorKind::InvalidData => {
            format!("{file}, which MPRAPI_PASSWORD_FILE names, is not UTF-8; save it in that encoding")
        }
        _ => format!("cannot read {file}, which MPRAPI_PASSWORD_FILE names: {error}"),
    })?;
    // Editors and shells of Windows begin a file with a mark of its encoding.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    if line.is_empty() {
        return Err(format!("the first line of {file}, which MPRAPI_PASSWORD_FILE names, is empty"));
    }
    Ok(Zeroizing::new(line.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8]) -> Result<String, String> {
        let file = env::temp_dir().join(format!("mprapi-{name}-{}", std::process::id()));
        fs::write(&file, bytes).unwrap();
        let read = password(file.to_str().unwrap());
        fs::remove_file(&file).unwrap();
        read.map(|password| password.as_str().to_owned())
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_password() {
        assert_eq!(read("mark", b"\xef\xbb\xbfSesame\r\n"), Ok("Sesame".to_owned()));
        assert_eq!(read("plain", b" Sesame \nmore"), Ok(" Sesame ".to_owned()));
        assert!(read("empty", b"\xef\xbb\xbf\n").unwrap_err().contains("is empty"));
    }

    #[test]
    fn a_file_in_utf_16_is_an_error_that_says_what_to_do() {
        let error = read("wide", b"\xff\xfeS\0e\0").unwrap_err();
        assert!(error.contains("UTF-8") && !error.contains("stream"), "{error}");
    }
}
