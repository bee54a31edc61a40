//! Advice to a user whose logon failed.
//!
//! The library tells the reason by a text. Its numbers are those of SPNEGO, which are another each time.

use crate::security::Error;
use crate::security::advice::{CLOCK, NO_CONTROLLER, UNKNOWN_SERVER, WRONG_PASSWORD};

/// Advice, and parts of the texts that it is for, in small letters: those of MIT Kerberos first, then of Heimdal.
const ADVICE: [(&str, &[&str]); 11] = [
    (
        "get a ticket with `kinit user@REALM`, or name a user and give the password",
        &[
            "no kerberos credentials available",
            "no credentials cache found",
            "no credential cache found",
            "credential for asked mech-type",
        ],
    ),
    ("the ticket has expired: get a new one with `kinit`", &["ticket expired", "credentials have expired"]),
    (CLOCK, &["clock skew too great", "time skew"]),
    (UNKNOWN_SERVER, &["server not found in kerberos database", "server not found", "unknown server"]),
    (
        "the domain does not know the user: write the name as user@REALM",
        &["not found in kerberos database", "client unknown", "no such entry"],
    ),
    (WRONG_PASSWORD, &["preauthentication failed", "password incorrect", "decrypt integrity check failed"]),
    ("the password has expired: set a new one", &["password has expired", "key has expired"]),
    (
        "the account is disabled, locked or expired: ask the domain's administrator",
        &["credentials have been revoked", "client's entry in database has expired"],
    ),
    (
        "write the realm in capital letters, and see that DNS or krb5.conf names the domain's controllers",
        &["cannot find kdc for realm", "cannot resolve", "default realm", "unable to find realm"],
    ),
    (NO_CONTROLLER, &["cannot contact any kdc", "unable to reach any kdc"]),
    (
        "the server, the domain and this machine allow no common cipher: see `permitted_enctypes` in krb5.conf",
        &["encryption type", "etype"],
    ),
];

const NO_NTLM: &str = "this system has no NTLM: install it (Debian, Ubuntu: gss-ntlmssp; Fedora: gssntlmssp)";

/// Adds advice to the error of a logon.
pub(super) fn advised(error: Error, is_ntlm: bool) -> Error {
    const NO_MECHANISM: &str = "unsupported mechanism";
    let text = error.text.to_lowercase();
    let advice = match is_ntlm {
        true => text.contains(NO_MECHANISM).then_some(NO_NTLM),
        false => {
            let mut known = ADVICE.iter();
            known.find(|(_, parts)| parts.iter().any(|part| text.contains(part))).map(|(advice, _)| *advice)
        }
    };
    match advice {
        Some(advice) => Error::new(error.operation, format!("{}; {advice}", error.text)),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::advice::is_wrong_password;

    #[test]
    fn each_text_of_the_library_has_its_advice() {
        let advice = |text: &str, is_ntlm| {
            let error = advised(Error::new("logging on", text), is_ntlm);
            assert!(error.text.starts_with(text));
            error.text[text.len()..].trim_start_matches("; ").to_owned()
        };
        for (text, expected) in [
            ("No Kerberos credentials available (default cache: FILE:/tmp/krb5cc_0)", "`kinit user@REALM`"),
            ("Ticket expired (0xd0000, 0x186a1)", "has expired: get a new one"),
            ("Clock skew too great", "set the clock"),
            ("Server not found in Kerberos database", "full DNS name"),
            ("Client 'nobody@RRAS.TEST' not found in Kerberos database", "does not know the user"),
            ("Preauthentication failed", "the password is wrong"),
            ("Password has expired", "set a new one"),
            ("Client's credentials have been revoked", "disabled, locked or expired"),
            ("Cannot find KDC for realm \"rras.test\"", "in capital letters"),
            ("Cannot contact any KDC for realm 'RRAS.TEST'", "port 88"),
            ("KDC has no support for encryption type", "no common cipher"),
        ] {
            let advice = advice(text, false);
            assert!(advice.contains(expected), "{text}: {advice}");
        }
        assert_eq!(advice("An unsupported mechanism was requested", true), NO_NTLM);
        assert_eq!(advice("An unsupported mechanism was requested", false), "");
        assert_eq!(advice("Preauthentication failed", true), "");
        let wrong = advised(Error::new("logging on", "Preauthentication failed"), false);
        assert!(is_wrong_password(&wrong));
        assert!(!is_wrong_password(&Error::new("logging on", "Ticket expired")));
    }
}
