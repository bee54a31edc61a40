//! The statuses of SSPI: names, and advice to a user whose logon failed.

use crate::security::Error;
use crate::security::advice::{CLOCK, NO_CONTROLLER, UNKNOWN_SERVER, WRONG_PASSWORD};

/// The status of an authentication that needs a further token.
pub(super) const CONTINUE_NEEDED: i32 = 0x0009_0312;

/// The status of an account or a password that is refused.
const LOGON_DENIED: u32 = 0x8009_030c;

const NO_PACKAGE: &str = "this system has no such security package; Windows has it, Wine needs Samba's ntlm_auth for NTLM (Debian, Ubuntu: winbind)";

/// Names of statuses, their meanings, and what to do.
const KNOWN: [(u32, &str, &str, Option<&str>); 24] = [
    (0x8009_0300, "SEC_E_INSUFFICIENT_MEMORY", "there is not enough memory", None),
    (0x8009_0301, "SEC_E_INVALID_HANDLE", "the handle is not valid", None),
    (0x8009_0302, "SEC_E_UNSUPPORTED_FUNCTION", "the function is not supported", None),
    (0x8009_0303, "SEC_E_TARGET_UNKNOWN", "the server is unknown", Some(UNKNOWN_SERVER)),
    (0x8009_0304, "SEC_E_INTERNAL_ERROR", "the Local Security Authority failed", None),
    (0x8009_0305, "SEC_E_SECPKG_NOT_FOUND", "the security package does not exist", Some(NO_PACKAGE)),
    (0x8009_0307, "SEC_E_CANNOT_INSTALL", "the security package cannot start", Some(NO_PACKAGE)),
    (0x8009_0308, "SEC_E_INVALID_TOKEN", "the server's token is not valid", None),
    (LOGON_DENIED, "SEC_E_LOGON_DENIED", "the logon is denied", None),
    (
        0x8009_030d,
        "SEC_E_UNKNOWN_CREDENTIALS",
        "the credentials are not recognized",
        Some("write the name as user@REALM"),
    ),
    (
        0x8009_030e,
        "SEC_E_NO_CREDENTIALS",
        "there are no credentials",
        Some("log on to Windows with an account of the domain, or name a user and give the password"),
    ),
    (0x8009_030f, "SEC_E_MESSAGE_ALTERED", "the message was changed on its way", None),
    (0x8009_0310, "SEC_E_OUT_OF_SEQUENCE", "the message is out of order", None),
    (
        0x8009_0311,
        "SEC_E_NO_AUTHENTICATING_AUTHORITY",
        "no authority could be contacted",
        Some(NO_CONTROLLER),
    ),
    (0x8009_0317, "SEC_E_CONTEXT_EXPIRED", "the context has expired", Some("connect again")),
    (0x8009_0318, "SEC_E_INCOMPLETE_MESSAGE", "the message is not complete", None),
    (0x8009_0321, "SEC_E_BUFFER_TOO_SMALL", "the buffer is too small", None),
    (0x8009_0322, "SEC_E_WRONG_PRINCIPAL", "the server has another name", Some(UNKNOWN_SERVER)),
    (0x8009_0324, "SEC_E_TIME_SKEW", "the clocks differ", Some(CLOCK)),
    (0x8009_0329, "SEC_E_ENCRYPT_FAILURE", "the message could not be encrypted", None),
    (0x8009_0330, "SEC_E_DECRYPT_FAILURE", "the message could not be decrypted", None),
    (
        0x8009_0342,
        "SEC_E_KDC_UNKNOWN_ETYPE",
        "the domain controller does not know the cipher",
        Some("the server, the domain and this machine allow no common cipher: see the policy for Kerberos"),
    ),
    (0x8009_0350, "SEC_E_DOWNGRADE_DETECTED", "somebody may weaken the authentication", Some(NO_CONTROLLER)),
    (0x8009_0363, "SEC_E_MUTUAL_AUTH_FAILED", "the server did not authenticate itself", Some(UNKNOWN_SERVER)),
];

/// Makes an error of a status.
pub(super) fn error(operation: &'static str, status: i32) -> Error {
    let (code, known) = found(status);
    let text = match known {
        Some((_, name, meaning, _)) => format!("{meaning} ({name}, {code:#010x})"),
        None => format!("status {code:#010x}"),
    };
    Error::new(operation, text)
}

/// Makes an error of a logon's status, with advice.
pub(super) fn logon(operation: &'static str, status: i32, is_ntlm: bool) -> Error {
    let error = error(operation, status);
    let advice = match found(status) {
        // With NTLM it is the server that tries the password.
        (LOGON_DENIED, _) if !is_ntlm => {
            format!("the domain does not know the user (write the name as user@REALM), or {WRONG_PASSWORD}")
        }
        (_, Some((.., Some(advice)))) => (*advice).to_owned(),
        _ => return error,
    };
    Error::new(operation, format!("{}; {advice}", error.text))
}

type Known = &'static (u32, &'static str, &'static str, Option<&'static str>);

fn found(status: i32) -> (u32, Option<Known>) {
    let code = status.cast_unsigned();
    (code, KNOWN.iter().find(|(known, ..)| *known == code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::advice::is_wrong_password;

    #[test]
    fn a_status_is_told_by_its_name_and_with_advice() {
        let denied = LOGON_DENIED.cast_signed();
        let error = logon("logging on", denied, false);
        assert!(error.text.starts_with("the logon is denied (SEC_E_LOGON_DENIED, 0x8009030c); "));
        assert!(is_wrong_password(&error));
        assert!(!is_wrong_password(&logon("logging on", denied, true)));
        assert!(logon("x", 0x8009_0303_u32.cast_signed(), false).text.contains("full DNS name"));
        assert_eq!(super::error("x", 0x8009_9999_u32.cast_signed()).text, "status 0x80099999");
    }

    #[test]
    fn no_status_is_listed_twice() {
        assert!(KNOWN.is_sorted_by(|a, b| a.0 < b.0));
    }
}
