//! The security provider of Unix: the system's GSSAPI.

mod advice;
mod client;
mod context;
mod credential;
mod library;
mod name;
mod ntlm;
mod oid;
mod side;

use client::Client;
use context::Context;
pub(super) use credential::Credential;
use library::Library;
use side::Side;

use super::{Account, Error, Initiator, Provider};

/// The system's GSSAPI library (MIT Kerberos, or Heimdal on macOS), loaded at run time.
///
/// It knows SPNEGO, Kerberos and, if the system has a mechanism for it (Debian's `gss-ntlmssp`), NTLM. A server's keys come from
/// the library's own places: `KRB5_KTNAME` names the keytab, `NTLM_USER_FILE` the file with NTLM's accounts. NTLM's mechanism
/// has no function for messages in parts: for privacy with NTLM it gives its session key, and PDUs are signed and encrypted
/// here as MS-NLMP says. That needs a peer that negotiates a key exchange and keys of 128 bits.
///
/// Heimdal, and with it macOS, is written after its headers, and was never tried.
#[derive(Clone)]
pub struct Gssapi {
    library: Library,
}

impl Gssapi {
    /// Loads the system's library.
    ///
    /// # Errors
    /// If the system does not have it.
    pub fn load() -> Result<Gssapi, Error> {
        Ok(Gssapi { library: Library::load()? })
    }

    /// Loads the system's library for a client with an account.
    ///
    /// Contexts are of SPNEGO, which may negotiate Kerberos alone, or NTLM alone if the account asks for it. They authenticate
    /// both sides (NTLM cannot), encrypt, sign, and notice what is repeated or missing; one that comes without is refused. No
    /// credential is delegated.
    ///
    /// # Errors
    /// If the system does not have it.
    pub fn client(account: Account) -> Result<impl Initiator + 'static, Error> {
        Ok(Client::new(Library::load()?, account))
    }
}

impl Provider for Gssapi {
    fn accept(&self, auth_type: u8) -> Option<Result<Box<dyn super::Context>, Error>> {
        const SPNEGO: u8 = 9;
        const NTLM: u8 = 10;
        const KERBEROS: u8 = 16;
        // The library finds the mechanism in the token.
        matches!(auth_type, SPNEGO | NTLM | KERBEROS)
            .then(|| Ok(Box::new(Context::new(self.library, Side::Accepting)) as Box<dyn super::Context>))
    }
}
