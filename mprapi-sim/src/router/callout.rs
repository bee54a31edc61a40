//! Callouts: the calls of administration DLLs, as they are recorded.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// A call that the simulated service made of an administration DLL, or could not make.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Callout {
    /// The time since 1970, by the server's clock.
    pub at: Duration,
    /// The file of the DLL, as the scenario has it.
    pub dll: PathBuf,
    /// The function of the header: `MprAdminAcceptNewConnectionEx` also for the callback of this name.
    pub function: &'static str,
    /// `true` for a call in the separate process of the address functions.
    pub in_ip_process: bool,
    /// The user of the connection; empty for `MprAdminInitializeDll` and `MprAdminTerminateDll`.
    pub user: String,
    /// The GUID of the connection, as the callouts have it, so that a start and an end are known to belong together. Zero
    /// where a function has no connection.
    pub guid: u128,
    /// The outcome of the call. A call that called the API from inside has one more record for each such call, before its
    /// own.
    pub outcome: CalloutOutcome,
}

/// The outcome of a callout.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CalloutOutcome {
    /// The function returned; its answer is none, or success.
    Done,
    /// The DLL lets the user or the link in.
    Accepted,
    /// The DLL does not let the user or the link in.
    Refused,
    /// The DLL keeps the address that it was offered, or has chosen this one.
    Address(IpAddr),
    /// The DLL was offered no address, and chose none.
    NoAddress,
    /// The DLL chose an address that someone else has.
    AddressTaken(IpAddr),
    /// The DLL chose an address that no client can have, such as a loopback address.
    AddressUnusable(IpAddr),
    /// The function called this function of the API, which on a real server never returns.
    CalledBack(&'static str),
    /// The function answered this error.
    Failed(u32),
    /// The function did not return within the limit.
    Hangs,
    /// The function was not called, because another of its group hangs.
    NotCalled,
}

impl CalloutOutcome {
    /// Returns `true` if the outcome keeps a client out, or the service from starting, or is a fault of the DLL.
    pub fn is_bad(&self) -> bool {
        !matches!(self, CalloutOutcome::Done | CalloutOutcome::Accepted | CalloutOutcome::Address(_))
    }
}

impl fmt::Display for CalloutOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CalloutOutcome::Done => f.write_str("returned"),
            CalloutOutcome::Accepted => f.write_str("accepted"),
            CalloutOutcome::Refused => f.write_str("refused"),
            CalloutOutcome::Address(address) => write!(f, "gave {address}"),
            CalloutOutcome::NoAddress => f.write_str("chose no address and was offered none"),
            CalloutOutcome::AddressTaken(address) => write!(f, "chose {address}, which is taken"),
            CalloutOutcome::AddressUnusable(address) => {
                write!(f, "chose {address}, which no client can have")
            }
            CalloutOutcome::CalledBack(function) => write!(f, "called {function} from inside the callout"),
            CalloutOutcome::Failed(code) => write!(f, "answered error {code}"),
            CalloutOutcome::Hangs => f.write_str("did not return within the limit"),
            CalloutOutcome::NotCalled => f.write_str("was not called, because a callout of its group hangs"),
        }
    }
}

/// The reason why a service with administration DLLs did not start.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StartFailure {
    /// The file of the DLL, as the scenario has it.
    pub dll: PathBuf,
    /// The reason: a missing export by its name, a function that failed, or why the file could not be loaded.
    pub reason: String,
}

impl fmt::Display for StartFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.dll.display(), self.reason)
    }
}

impl std::error::Error for StartFailure {}
