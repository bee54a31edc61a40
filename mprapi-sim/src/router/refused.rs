//! The reasons why a caller is not let in.

use crate::error_code::{Code, ERROR_RESTRICTED_LOGON_HOURS};

/// The reason why a user who calls is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refused {
    /// All ports of the tunnel are taken, it has none, its ports are not for clients (`MPR_ENABLE_RAS_ON_DEVICE` is not set), or
    /// the service does not run.
    NoFreePort,
    /// The account may not dial in at this hour.
    OutsideHours,
    /// An administration DLL does not let the user or the link in.
    ByAdminDll,
    /// An administration DLL answered an error, or chose no address or one that cannot be.
    NoAddress,
    /// An administration DLL did not answer within the limit.
    NoAnswer,
    /// The user hung up, or the service stopped, before it was decided.
    Gone,
}

impl Refused {
    /// Returns the code that the client is told, `ERROR_RESTRICTED_LOGON_HOURS` (646) outside the hours of the account. `None`
    /// for a client that nobody answers, and where no page names a code.
    pub fn code(self) -> Option<Code> {
        match self {
            Refused::NoFreePort
            | Refused::ByAdminDll
            | Refused::NoAddress
            | Refused::NoAnswer
            | Refused::Gone => None,
            Refused::OutsideHours => Some(ERROR_RESTRICTED_LOGON_HOURS),
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refused::NoFreePort => "no port of this tunnel is free for a client",
            Refused::OutsideHours => {
                "the account may not dial in at this hour (ERROR_RESTRICTED_LOGON_HOURS, 646)"
            }
            Refused::ByAdminDll => "an administration DLL refused the connection",
            Refused::NoAddress => "an administration DLL gave no address that can be used",
            Refused::NoAnswer => "an administration DLL did not answer within the limit",
            Refused::Gone => "the connection ended before the administration DLLs had answered",
        })
    }
}

impl std::error::Error for Refused {}
