//! The errors of security providers.

use std::fmt;

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

/// A logon that failed. A context that fails later, while it protects, is another failure.
impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::new(Layer::Logon, ERROR_LOGON_FAILURE, error.to_string())
    }
}
