//! Authentication and protection at the level of RPC, by a security provider of the system.
//!
//! A server's side needs a [`Provider`], a client's an [`Initiator`]; both make a [`Context`]. On Unix, `Gssapi` is the system's
//! own; on Windows, `Sspi` is, for clients.

mod account;
mod advice;
mod error;
mod flags;
#[cfg(unix)]
mod gssapi;
mod level;
mod refusal;
#[cfg(windows)]
mod sspi;
mod tried;

pub use account::{Account, Service};
pub use error::Error;
pub(crate) use error::{ERROR_LOGON_FAILURE, late};
#[cfg(unix)]
use gssapi::Credential;
#[cfg(unix)]
pub use gssapi::Gssapi;
pub use level::Level;
pub(crate) use refusal::Refusal;
#[cfg(windows)]
use sspi::Credential;
#[cfg(windows)]
pub use sspi::Sspi;
pub(crate) use tried::digest;

use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

use crate::secret::Hidden;

/// A maker of security contexts.
pub trait Provider: Send + Sync {
    /// Starts a context of a server. Returns `None` if the provider does not know the `auth_type` of a security trailer.
    ///
    /// # Errors
    /// If the provider has no credentials.
    fn accept(&self, auth_type: u8) -> Option<Result<Box<dyn Context>, Error>>;
}

/// A maker of security contexts for clients: an account, and a way to show that one is it.
pub trait Initiator: Send + Sync {
    /// Starts a context of a client, for a service of the server `host`. A first [`step`](Context::step) with an empty token
    /// makes the first token.
    ///
    /// # Errors
    /// If the account has no ticket or its password is wrong, or the system has no provider. The text says what to do. The
    /// provider may wait for a domain controller, here and in the context's first step, for as long as it likes: MIT Kerberos
    /// gives up one that does not answer after half a minute.
    fn initiate(&self, service: Service, host: &str) -> Result<Box<dyn Context>, Error>;
}

/// The result of one step of an authentication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The token for the peer. It may be empty.
    pub token: Vec<u8>,
    /// `true` if this side needs no further token.
    pub is_complete: bool,
}

/// A PDU that is protected, without the token at its end. `Debug` does not show the bytes, which may have a password.
pub struct Message<'a> {
    /// The PDU up to its security trailer, this included.
    pub bytes: &'a mut [u8],
    /// The place of the stub and its padding in `bytes`: the part that privacy encrypts.
    pub stub: Range<usize>,
    /// `true` if both sides sign the header and the trailer too.
    pub signs_header: bool,
}

impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Message { bytes, stub, signs_header } = self;
        let mut shown = f.debug_struct("Message");
        shown.field("bytes", &Hidden(bytes)).field("stub", stub).field("signs_header", signs_header).finish()
    }
}

/// A security context: an authentication that is under way or complete.
pub trait Context: Send {
    /// Takes a token of the peer. A context that is complete takes none.
    ///
    /// # Errors
    /// If the provider refuses the token. The context is useless then.
    fn step(&mut self, token: &[u8]) -> Result<Step, Error>;

    /// Returns the name of the peer, as the provider shows it (`Administrator@EXAMPLE.COM`, `DOMAIN\user`).
    ///
    /// # Errors
    /// If the context is not complete, or the name is unknown.
    fn peer(&self) -> Result<String, Error>;

    /// Returns the session key, as long as the mechanism's cipher has it: 16 bytes with NTLM, 16 or 32 with Kerberos. SMB
    /// takes the first 16 bytes, and the whole key for a cipher of 256 bits.
    ///
    /// # Errors
    /// If the context is not complete, or the provider does not tell the key.
    fn session_key(&self) -> Result<Zeroizing<Vec<u8>>, Error>;

    /// Returns the length of the token that [`protect`](Context::protect) will make for a stub of `stub` bytes.
    ///
    /// # Errors
    /// If the provider has no protection of this level.
    fn token_length(&self, level: Level, stub: usize) -> Result<usize, Error>;

    /// Protects a PDU. Encrypts the stub in place if `level` is privacy. Returns the token.
    ///
    /// # Errors
    /// If the provider has no protection of this level.
    fn protect(&mut self, level: Level, message: Message<'_>) -> Result<Vec<u8>, Error>;

    /// Checks the token of a PDU. Decrypts the stub in place if `level` is privacy.
    ///
    /// # Errors
    /// If the PDU is not as the peer made it, or out of order. The bytes of the stub are worthless then.
    fn unprotect(&mut self, level: Level, message: Message<'_>, token: &[u8]) -> Result<(), Error>;
}
