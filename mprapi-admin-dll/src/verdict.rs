//! Answers to the service's questions.

use mprapi_sys::BOOL;

/// The answer to a question of the service: may this connection, or this link of one, go on? Every DLL must accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Lets it go on.
    Accept,
    /// Has the service end it.
    Reject,
}

impl Verdict {
    /// Returns `true` for [`Accept`](Verdict::Accept).
    pub fn is_accept(self) -> bool {
        self == Verdict::Accept
    }
}

/// `true` accepts.
impl From<bool> for Verdict {
    fn from(accepts: bool) -> Verdict {
        if accepts { Verdict::Accept } else { Verdict::Reject }
    }
}

impl From<Verdict> for BOOL {
    fn from(verdict: Verdict) -> BOOL {
        verdict.is_accept().into()
    }
}

/// The answer to the service if the DLL's [`start`](crate::AdminDll::start) fails or panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailedStart {
    /// The service gets the error code. It does not start, so nobody can connect.
    StopService,
    /// The service gets success and starts. The DLL accepts every connection and keeps the addresses that the service offers.
    AcceptAll,
}
