//! The side of an authentication: one that accepts a client, or the client. The two differ in the function that takes a token.

use std::ptr::null_mut;
use std::sync::Arc;

use super::advice::advised;
use super::credential::Credential;
use super::library::{Buffer, ContextHandle, Library};
use super::name::Name;
use super::oid::{SERVICE_OF_HOST, SPNEGO};
use crate::security::flags::{CONFIDENTIALITY, DCE_STYLE, INTEGRITY, MUTUAL, REPLAY, SEQUENCE};
use crate::security::{Error, Service};

/// The side of an authentication.
pub(super) enum Side {
    /// A server's, with the default credentials.
    Accepting,
    /// A client's.
    Initiating(Box<Request>),
}

/// The wish of a client.
pub(super) struct Request {
    is_ntlm: bool,
    credential: Arc<Credential>,
    service: Name,
    flags: u32,
}

/// The statuses and the token of one step.
pub(super) struct Taken {
    pub(super) major: u32,
    pub(super) minor: u32,
    pub(super) token: Vec<u8>,
}

impl Request {
    /// Prepares an authentication with a credential to a service of a host.
    ///
    /// # Errors
    /// If the host's name is none.
    pub(super) fn new(
        library: Library,
        is_ntlm: bool,
        credential: Arc<Credential>,
        service: Service,
        host: &str,
    ) -> Result<Request, Error> {
        let text = service.principal(host, '@')?;
        let name = Name::import(library, "naming the server", &text, &SERVICE_OF_HOST)?;
        let in_parts = if service == Service::Host { DCE_STYLE } else { 0 };
        Ok(Request {
            is_ntlm,
            credential,
            service: name,
            flags: MUTUAL | REPLAY | SEQUENCE | CONFIDENTIALITY | INTEGRITY | in_parts,
        })
    }
}

impl Side {
    /// The step as errors name it.
    pub(super) fn operation(&self) -> &'static str {
        match self {
            Side::Accepting => "accepting the client",
            Side::Initiating(_) => "logging on",
        }
    }

    /// Returns `true` for the client's side.
    pub(super) fn is_client(&self) -> bool {
        matches!(self, Side::Initiating(_))
    }

    /// Returns `true` if the account is to use NTLM; for a server, the client's mechanism says so.
    pub(super) fn is_ntlm(&self, found: bool) -> Result<bool, Error> {
        match self {
            Side::Accepting => Ok(found),
            Side::Initiating(request) => {
                let other =
                    || Error::new(self.operation(), "another mechanism was negotiated than was asked for");
                if request.is_ntlm == found { Ok(found) } else { Err(other()) }
            }
        }
    }

    /// Returns the services that a complete context must have, whatever it is used for.
    pub(super) fn needed(&self, is_ntlm: bool) -> u32 {
        match self {
            Side::Accepting => 0,
            // NTLM does not authenticate the server, which proves only that it can ask its domain. Nor does it know of parts.
            Side::Initiating(_) if is_ntlm => CONFIDENTIALITY | INTEGRITY,
            Side::Initiating(request) => request.flags,
        }
    }

    /// Takes the peer's token.
    pub(super) fn take(&self, library: &Library, handle: &mut ContextHandle, token: &[u8]) -> Taken {
        let (mut minor, mut input, mut output) = (0, Buffer::reading(token), Buffer::EMPTY);
        let major = match self {
            Side::Accepting => {
                let accept = library.accept_sec_context;
                // SAFETY: the handle is null or the library's own of the last step; `input` is borrowed for the call and
                // only read; null stands for the default credentials, no channel bindings, and values that are not wanted.
                unsafe {
                    accept(
                        &mut minor,
                        handle,
                        null_mut(),
                        &mut input,
                        null_mut(),
                        null_mut(),
                        null_mut(),
                        &mut output,
                        null_mut(),
                        null_mut(),
                        null_mut(),
                    )
                }
            }
            Side::Initiating(request) => {
                let init = library.init_sec_context;
                // SAFETY: as above; the credential and the name live as long as this side; the lifetime is the default.
                unsafe {
                    init(
                        &mut minor,
                        request.credential.handle(),
                        handle,
                        request.service.handle(),
                        &SPNEGO,
                        request.flags,
                        0,
                        null_mut(),
                        &mut input,
                        null_mut(),
                        &mut output,
                        null_mut(),
                        null_mut(),
                    )
                }
            }
        };
        Taken { major, minor, token: library.take(&mut output) }
    }

    /// Makes the error of a step that failed.
    pub(super) fn error(&self, library: &Library, taken: &Taken) -> Error {
        let error = library.error(self.operation(), taken.major, taken.minor);
        match self {
            Side::Accepting => error,
            Side::Initiating(request) => advised(error, request.is_ntlm),
        }
    }
}
