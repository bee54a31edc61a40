//! The reasons why a caller is not let in.

use crate::error_code::{Code, ERROR_RESTRICTED_LOGON_HOURS};

/// The reason why a user who calls is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refused {
    /// All ports of the tunnel are taken, it has none, or the service does not run.
    NoFreePort,
    /// The account may not dial in at this hour.
    OutsideHours,
}

impl Refused {
    /// Returns the code that the client is told, `ERROR_RESTRICTED_LOGON_HOURS` (646) outside the hours of the account. `None`
    /// for a client that nobody answers.
    pub fn code(self) -> Option<Code> {
        match self {
            Refused::NoFreePort => None,
            Refused::OutsideHours => Some(ERROR_RESTRICTED_LOGON_HOURS),
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refused::NoFreePort => "no port of this tunnel is free",
            Refused::OutsideHours => {
                "the account may not dial in at this hour (ERROR_RESTRICTED_LOGON_HOURS, 646)"
            }
        })
    }
}

impl std::error::Error for Refused {}
