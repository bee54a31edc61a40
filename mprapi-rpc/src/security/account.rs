//! The account with which a client authenticates itself.

use std::fmt;

use zeroize::Zeroizing;

use super::Error;

/// The account with which a client authenticates itself. `Debug` does not show the password, which is overwritten before its
/// memory is given back.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Account {
    /// The user's Kerberos ticket: the one that `kinit` got, in the credential cache that `KRB5CCNAME` names or in the
    /// system's own place.
    #[default]
    Ticket,
    /// A name and a password.
    Password {
        /// The name: `user@REALM` or `user` for Kerberos, `DOMAIN\user` or `user@DOMAIN` for NTLM.
        user: String,
        /// The password.
        password: Zeroizing<String>,
        /// `true` for NTLM instead of Kerberos. Neither is ever tried in place of the other.
        ntlm: bool,
    },
}

impl Account {
    /// Returns `true` if the account uses NTLM.
    pub const fn is_ntlm(&self) -> bool {
        matches!(self, Account::Password { ntlm: true, .. })
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Account::Ticket => f.write_str("Ticket"),
            Account::Password { user, password: _, ntlm } => {
                f.debug_struct("Password").field("user", user).field("ntlm", ntlm).finish_non_exhaustive()
            }
        }
    }
}

/// A service of a server, for which a client authenticates itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// SMB: the principal `cifs/HOST`.
    Cifs,
    /// RPC: the principal `host/HOST`. Its PDUs are protected in parts, and Kerberos takes one token more (`DCE_STYLE`).
    Host,
}

impl Service {
    /// Returns the first part of the service's principal.
    pub const fn name(self) -> &'static str {
        match self {
            Service::Cifs => "cifs",
            Service::Host => "host",
        }
    }

    /// Returns the principal of the service on a host, in a provider's form: with `/`, or with `@`.
    ///
    /// # Errors
    /// If the host's name is none.
    pub(super) fn principal(self, host: &str, separator: char) -> Result<String, Error> {
        // In a principal, these would begin another part.
        let is_other = |c: char| c.is_control() || c.is_whitespace() || "@/\\".contains(c);
        if host.is_empty() || host.contains(is_other) {
            return Err(Error::new("naming the server", format!("{host:?} is no name of a host")));
        }
        Ok(format!("{}{separator}{host}", self.name()))
    }
}
