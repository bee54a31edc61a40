//! Errors of a call.

use std::fmt;

use crate::failure::{Failure, Layer};
use crate::pdu::{self, Fault};
use crate::protection::Problem;

/// A call that has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// The server refused the call. Nothing protects a fault, so it is no proof that the server did nothing.
    Fault(Fault),
    /// The connection failed, and is useless.
    Failed {
        /// The failure.
        failure: Failure,
        /// `false` if not a byte of the request left this machine, so that it may be sent over another connection. The server
        /// may have executed any other.
        was_sent: bool,
    },
}

impl CallError {
    /// Returns `true` if the server may have executed the call.
    pub fn was_sent(&self) -> bool {
        matches!(self, CallError::Fault(_) | CallError::Failed { was_sent: true, .. })
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallError::Fault(fault) => write!(f, "the server refused the call: {fault}"),
            CallError::Failed { failure, was_sent: true } => failure.fmt(f),
            CallError::Failed { failure, was_sent: false } => write!(f, "{failure}; nothing was sent"),
        }
    }
}

impl std::error::Error for CallError {}

/// `RPC_S_SERVER_TOO_BUSY`.
pub(super) const TOO_BUSY: u32 = 1723;
/// `RPC_S_CALL_FAILED`.
pub(super) const CALL_FAILED: u32 = 1726;
/// `RPC_S_PROTOCOL_ERROR`.
pub(super) const PROTOCOL_ERROR: u32 = 1728;
/// `RPC_S_UNSUPPORTED_TRANS_SYN`.
pub(super) const UNSUPPORTED_TRANSFER_SYNTAX: u32 = 1730;
/// `RPC_S_UNKNOWN_AUTHN_SERVICE`.
pub(super) const UNKNOWN_AUTHENTICATION: u32 = 1747;
/// `RPC_X_BAD_STUB_DATA`.
pub(super) const BAD_STUB: u32 = 1783;
/// `RPC_S_UNSUPPORTED_AUTHN_LEVEL`.
pub(super) const UNSUPPORTED_LEVEL: u32 = 1821;
/// `RPC_S_SEC_PKG_ERROR`.
pub(super) const SECURITY_ERROR: u32 = 1825;

/// Makes the failure of a server that breaks the protocol.
pub(super) fn broken(text: impl fmt::Display) -> Failure {
    Failure::new(Layer::Call, PROTOCOL_ERROR, format!("the server breaks the protocol of RPC: {text}"))
}

impl From<pdu::Error> for Failure {
    fn from(error: pdu::Error) -> Failure {
        broken(format_args!("cannot read its message: {error}"))
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        match problem {
            Problem::Pdu(error) => error.into(),
            Problem::Security(error) => Failure::new(Layer::Call, SECURITY_ERROR, error.to_string()),
            Problem::Unprotected => Failure::new(Layer::Call, SECURITY_ERROR, "an answer is not protected"),
        }
    }
}
