//! An account as SSPI takes it.

use std::ptr::null;

use zeroize::Zeroizing;

use super::secur32::{OldIdentity, RawIdentity};
use crate::security::{Account, Error};

/// The version of the structure that has a list of packages.
const VERSION: u32 = 0x200;

/// The texts of the structure are of UTF-16.
const UNICODE: u32 = 2;

/// An account's name, password, and the packages that may authenticate it. All is overwritten at the end.
pub(super) struct Identity {
    /// The user, the domain and the password, if the account is not the one that is logged on to Windows.
    named: Option<[Zeroizing<Vec<u16>>; 3]>,
    packages: Zeroizing<Vec<u16>>,
}

impl Identity {
    /// Reads an account.
    ///
    /// # Errors
    /// If a text has a zero.
    pub(super) fn new(account: &Account) -> Result<Identity, Error> {
        // Negotiate would take NTLM for an account that Kerberos does not know, or the other way round.
        let packages = wide(if account.is_ntlm() { "NTLM" } else { "!ntlm" })?;
        let named = match account {
            Account::Ticket => None,
            Account::Password { user, password, ntlm } => {
                let (domain, user) = split(user, *ntlm);
                Some([wide(user)?, wide(domain)?, wide(password)?])
            }
        };
        Ok(Identity { named, packages })
    }

    /// Returns the structure. It points into this value.
    pub(super) fn raw(&self) -> RawIdentity {
        let text = |at: usize| match &self.named {
            Some(texts) => (texts[at].as_ptr(), length(&texts[at])),
            // The account that is logged on.
            None => (null(), 0),
        };
        let ((user, user_length), (domain, domain_length), (password, password_length)) =
            (text(0), text(1), text(2));
        RawIdentity {
            version: VERSION,
            size: size_of::<RawIdentity>() as u32,
            user,
            user_length,
            domain,
            domain_length,
            password,
            password_length,
            flags: UNICODE,
            packages: self.packages.as_ptr(),
            packages_length: length(&self.packages),
        }
    }
}

/// Returns the older structure, which points to the same texts. Returns `None` for the account that is logged on.
pub(super) fn old(raw: &RawIdentity) -> Option<OldIdentity> {
    let &RawIdentity { user, user_length, domain, domain_length, password, password_length, flags, .. } = raw;
    (!user.is_null()).then_some(OldIdentity {
        user,
        user_length,
        domain,
        domain_length,
        password,
        password_length,
        flags,
    })
}

/// Splits a name into domain and user. Kerberos keeps `user@REALM` whole, as Windows has it.
fn split(name: &str, is_ntlm: bool) -> (&str, &str) {
    if let Some(parts) = name.split_once('\\') {
        return parts;
    }
    match name.rsplit_once('@') {
        Some((user, domain)) if is_ntlm => (domain, user),
        _ => ("", name),
    }
}

/// Returns the length of a text without its terminating zero. `wide` has made sure that it fits.
fn length(text: &[u16]) -> u32 {
    text.len().saturating_sub(1) as u32
}

/// The longest text, in bytes. Windows' own limits are smaller.
const LONGEST: usize = u16::MAX as usize;

/// Makes a text of UTF-16 with a terminating zero.
///
/// # Errors
/// If it has a zero, or is too long.
pub(super) fn wide(text: &str) -> Result<Zeroizing<Vec<u16>>, Error> {
    if text.len() > LONGEST || text.contains('\0') {
        return Err(Error::new("naming the account", "a name or password has a zero, or is too long"));
    }
    // There are never more units than bytes. A buffer that grows would leave a copy.
    let mut units = Zeroizing::new(Vec::with_capacity(text.len() + 1));
    units.extend(text.encode_utf16().chain([0]));
    Ok(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_split_as_the_mechanism_wants_it() {
        assert_eq!(split(r"CORP\anna", true), ("CORP", "anna"));
        assert_eq!(split("anna@corp.example", true), ("corp.example", "anna"));
        assert_eq!(split("anna@CORP.EXAMPLE", false), ("", "anna@CORP.EXAMPLE"));
        assert_eq!(split("anna", false), ("", "anna"));
    }

    #[test]
    fn a_text_with_a_zero_is_no_account() {
        let account = |password: &str| Account::Password {
            user: "anna".to_owned(),
            password: Zeroizing::new(password.to_owned()),
            ntlm: false,
        };
        assert!(Identity::new(&account("a\0b")).is_err());
        let identity = Identity::new(&account("pä𐐷")).unwrap();
        let raw = identity.raw();
        assert_eq!((raw.user_length, raw.domain_length, raw.password_length), (4, 0, 4));
        let own = Identity::new(&Account::Ticket).unwrap();
        assert!(own.raw().user.is_null() && own.raw().packages_length == 5);
    }
}
