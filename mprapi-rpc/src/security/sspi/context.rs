//! One security context of a client.

use std::ptr::null;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::credential::Credential;
use super::protection;
use super::request::{Request, ours};
use super::secur32::{Buffer, Buffers, Functions, Handle, Sizes, TOKEN};
use super::status::{self, CONTINUE_NEEDED};
use super::taken::{self, LARGEST, Made};
use crate::security::{self, Error, Level, Message, Step, flags};

/// The step as errors name it.
const OPERATION: &str = "logging on";

/// The start of each message of NTLM.
const NTLM_MESSAGE: &[u8] = b"NTLMSSP\0";

/// The length of a signature of NTLM, in bytes.
const NTLM_SIGNATURE: usize = 16;

/// A context of Windows.
pub(super) struct Context {
    credential: Arc<Credential>,
    request: Request,
    /// None before the first step.
    handle: Option<Handle>,
    /// The lengths of tokens, once the context is complete.
    sizes: Option<Sizes>,
    flags: u32,
}

impl Context {
    pub(super) fn new(credential: Arc<Credential>, request: Request) -> Context {
        Context { credential, request, handle: None, sizes: None, flags: 0 }
    }

    fn functions(&self) -> &Functions {
        self.credential.functions()
    }

    /// Reads the mechanism and the services of a complete context, and checks them.
    fn inquire(&mut self, handle: Handle, returned: u32) -> Result<(), Error> {
        let wanted = if self.request.is_ntlm { "NTLM" } else { "Kerberos" };
        let package = taken::package(self.functions(), &handle)?;
        if package != wanted {
            let text =
                format!("another mechanism was negotiated than was asked for: {package:?}, not {wanted}");
            return Err(Error::new(OPERATION, text));
        }
        // Wine tells the services only when it is asked for them.
        self.flags = ours(returned | taken::services(self.functions(), &handle).unwrap_or(0));
        flags::check(OPERATION, self.flags, self.request.needed())?;
        self.sizes = Some(taken::sizes(self.functions(), &handle)?);
        Ok(())
    }

    /// Returns the handle and the lengths of tokens of a context that is complete and has what a level of protection needs.
    fn ready(&self, operation: &'static str, level: Level) -> Result<(&Handle, Sizes), Error> {
        match (&self.handle, self.sizes) {
            (Some(handle), Some(sizes)) => {
                flags::check(operation, self.flags, flags::of_level(level, self.request.is_ntlm))?;
                Ok((handle, sizes))
            }
            _ => Err(Error::new(operation, "the authentication is not complete")),
        }
    }

    /// Returns a message whose header is signed if it must be. NTLM always signs the whole PDU.
    fn whole<'a>(&self, message: Message<'a>) -> Message<'a> {
        Message { signs_header: message.signs_header || self.request.is_ntlm, ..message }
    }
}

impl security::Context for Context {
    fn step(&mut self, token: &[u8]) -> Result<Step, Error> {
        // Only the first step has nothing to take.
        let is_expected =
            self.sizes.is_none() && token.len() <= LARGEST && token.is_empty() == self.handle.is_none();
        if !is_expected {
            return Err(Error::new(OPERATION, "the token is not expected"));
        }
        // SSPI declares the input as changeable.
        let mut token = token.to_vec();
        let mut input =
            [Buffer { length: token.len() as u32, kind: TOKEN, bytes: token.as_mut_ptr().cast() }];
        let functions = *self.functions();
        let mut made = Made::new(&functions);
        let (input, mut output) =
            (Buffers::new(&mut input), Buffers::new(std::slice::from_mut(&mut made.buffer)));
        let mut handle = self.handle.unwrap_or_default();
        let old = self.handle;
        let (mut returned, mut expiry) = (0, 0);
        // SAFETY: the credential and the principal live as long as this context; the handle is null or that of the last
        // step; the input is only read, and the output becomes SSPI's own buffer, which `made` frees.
        let status = unsafe {
            (functions.initialize_security_context)(
                self.credential.handle(),
                old.as_ref().map_or(null(), |old| old),
                self.request.target.as_ptr(),
                self.request.asked(),
                0,
                0,
                if old.is_some() { &raw const input } else { null() },
                0,
                &mut handle,
                &mut output,
                &mut returned,
                &mut expiry,
            )
        };
        if status != 0 && status != CONTINUE_NEEDED {
            return Err(status::logon(OPERATION, status, self.request.is_ntlm));
        }
        self.handle = Some(handle);
        let token = made.token().ok_or_else(|| Error::new(OPERATION, "the token is too large"))?;
        // No answer to a challenge leaves this machine unless it was asked for, whatever Windows makes of the list of packages.
        if !self.request.is_ntlm && token.windows(NTLM_MESSAGE.len()).any(|part| part == NTLM_MESSAGE) {
            const TEXT: &str = "Windows would use NTLM, which was not asked for: see that the server's name is its full DNS name and that a domain controller answers, or ask for NTLM";
            return Err(Error::new(OPERATION, TEXT));
        }
        if status == 0 {
            self.inquire(handle, returned)?;
        }
        Ok(Step { token, is_complete: status == 0 })
    }

    fn peer(&self) -> Result<String, Error> {
        self.ready("asking for the peer", Level::None)?;
        Ok(self.request.principal.clone())
    }

    fn session_key(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        const OPERATION: &str = "asking for the session key";
        let (handle, _) = self.ready(OPERATION, Level::None)?;
        taken::session_key(OPERATION, self.functions(), handle)
    }

    fn token_length(&self, level: Level, _: usize) -> Result<usize, Error> {
        const OPERATION: &str = "measuring a token";
        let (_, sizes) = self.ready(OPERATION, level)?;
        let length = if level == Level::Privacy { sizes.trailer } else { sizes.signature } as usize;
        match length {
            1..=LARGEST => Ok(length),
            _ => Err(Error::new(OPERATION, format!("the provider has no token, or one of {length} bytes"))),
        }
    }

    fn protect(&mut self, level: Level, message: Message<'_>) -> Result<Vec<u8>, Error> {
        let length = self.token_length(level, message.stub.len())?;
        let (handle, _) = self.ready("protecting a PDU", level)?;
        let message = self.whole(message);
        match level {
            Level::Privacy => protection::encrypt(self.functions(), handle, message, length),
            _ => protection::sign(self.functions(), handle, message, length),
        }
    }

    fn unprotect(&mut self, level: Level, message: Message<'_>, token: &[u8]) -> Result<(), Error> {
        const OPERATION: &str = "checking a PDU";
        let (handle, _) = self.ready(OPERATION, level)?;
        // Wine reads as many bytes as a signature has.
        if self.request.is_ntlm && token.len() != NTLM_SIGNATURE {
            return Err(Error::new(OPERATION, "the token is no signature of NTLM"));
        }
        let message = self.whole(message);
        match level {
            Level::Privacy => protection::decrypt(self.functions(), handle, message, token),
            _ => protection::verify(self.functions(), handle, message, token),
        }
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        if let Some(handle) = &self.handle {
            // SAFETY: the handle is this value's, and deleted once.
            unsafe { (self.functions().delete_security_context)(handle) };
        }
    }
}
