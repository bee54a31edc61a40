//! The security provider of Windows: SSPI.

mod client;
mod context;
mod credential;
mod identity;
mod protection;
mod request;
mod secur32;
mod status;
mod taken;
mod wine;

use client::Client;
pub(super) use credential::Credential;

use super::{Account, Initiator};

/// Windows' own authentication, by SSPI (`secur32.dll`).
///
/// **Experimental: tried under Wine with NTLM, and never on Windows.** Wine 8.0 does not tell the session key, which SMB needs.
#[derive(Clone, Copy, Debug)]
pub struct Sspi;

impl Sspi {
    /// Returns a client with an account. A ticket is that of the user who is logged on to Windows.
    ///
    /// Contexts are of SPNEGO (the package `Negotiate`), which may use Kerberos alone, or NTLM alone if the account asks for it.
    /// They authenticate both sides (NTLM cannot), encrypt, sign, and notice what is repeated or missing; one that comes without
    /// is refused. No credential is delegated.
    pub fn client(account: Account) -> impl Initiator + 'static {
        Client::new(account)
    }
}
