//! The security provider of Unix: the system's GSSAPI.

mod context;
mod library;
mod ntlm;

use context::Accepting;
use library::Library;

use super::{Context, Error, Provider};

/// The system's GSSAPI library (MIT Kerberos), loaded at run time.
///
/// It knows SPNEGO, Kerberos and, if the system has a mechanism for it (Debian's `gss-ntlmssp`), NTLM. Keys come from the
/// library's own places: `KRB5_KTNAME` names the keytab, `NTLM_USER_FILE` the file with NTLM's accounts. That mechanism
/// has no function for messages in parts: for privacy with NTLM it gives its session key, and PDUs are signed and encrypted
/// here as MS-NLMP says. That needs a client that negotiates a key exchange and keys of 128 bits.
#[derive(Clone)]
pub struct Gssapi {
    library: Library,
}

impl Gssapi {
    /// Loads the system's library.
    ///
    /// # Errors
    /// If the system does not have `libgssapi_krb5.so.2`.
    pub fn load() -> Result<Gssapi, Error> {
        Ok(Gssapi { library: Library::load()? })
    }
}

impl Provider for Gssapi {
    fn accept(&self, auth_type: u8) -> Option<Result<Box<dyn Context>, Error>> {
        const SPNEGO: u8 = 9;
        const NTLM: u8 = 10;
        const KERBEROS: u8 = 16;
        // The library finds the mechanism in the token.
        matches!(auth_type, SPNEGO | NTLM | KERBEROS)
            .then(|| Ok(Box::new(Accepting::new(self.library)) as Box<dyn Context>))
    }
}
