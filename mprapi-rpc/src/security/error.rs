//! The errors of security providers.

use std::fmt;

use mprapi_sys::RPC_S_SERVER_UNAVAILABLE;

use crate::failure::{Failure, Layer};

/// The code that callers of `mprapi.h` know for a logon that failed.
pub(crate) const ERROR_LOGON_FAILURE: u32 = 1326;

/// An error of a security provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The operation that failed.
    pub operation: &'static str,
    /// The provider's text.
    pub text: String,
}

impl Error {
    pub(crate) fn new(operation: &'static str, text: impl Into<String>) -> Error {
        Error { operation, text: text.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed: {}", self.operation, self.text)
    }
}

impl std::error::Error for Error {}

/// Makes the failure of a logon that the provider, which may ask domain controllers, had no part of in time. The server has not
/// kept anybody waiting.
pub(crate) fn late() -> Failure {
    const TEXT: &str = "this machine's security provider took until the time for the connection was over; see if the domain controllers answer, or allow more time";
    Failure::new(Layer::Logon, RPC_S_SERVER_UNAVAILABLE, TEXT)
}

/// A logon that failed. A context that fails later, while it protects, is another failure.
impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::new(Layer::Logon, ERROR_LOGON_FAILURE, error.to_string())
    }
}
