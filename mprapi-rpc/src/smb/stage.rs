//! The stages of a connection, and the failures that each can have.

use std::io::{Error, ErrorKind};

use super::status;
use crate::failure::{Failure, Layer};

/// The code of a server that cannot be reached, or not safely.
pub(super) const SERVER_UNAVAILABLE: u32 = 1722;
/// The code of a call that failed half way.
pub(super) const CALL_FAILED: u32 = 1726;
/// The code of a logon that was refused.
pub(super) const LOGON_FAILURE: u32 = 1326;
/// The code of an operation that the caller may not do.
pub(super) const ACCESS_DENIED: u32 = 5;

/// A stage of a connection. They are in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Negotiate,
    Logon,
    Share,
    Open,
    Call,
}

impl Stage {
    /// Returns the layer to which the stage belongs.
    fn layer(self) -> Layer {
        match self {
            Stage::Negotiate | Stage::Share => Layer::Smb,
            Stage::Logon => Layer::Logon,
            Stage::Open => Layer::Service,
            Stage::Call => Layer::Call,
        }
    }

    /// Returns the code of a failure that has none of its own.
    fn code(self) -> u32 {
        if self == Stage::Call { CALL_FAILED } else { SERVER_UNAVAILABLE }
    }

    /// Returns the words for a text: "… while it …".
    fn words(self) -> &'static str {
        match self {
            Stage::Negotiate => "SMB was negotiated",
            Stage::Logon => "the account was logged on",
            Stage::Share => "the share IPC$ was connected",
            Stage::Open => "the pipe was opened",
            Stage::Call => "a call was under way",
        }
    }

    /// Makes the failure of a server that broke the rules of SMB, or would not follow ours.
    pub(super) fn broken(self, host: &str, reason: impl std::fmt::Display) -> Failure {
        Failure::new(Layer::Smb, self.code(), format!("{host}: {reason}"))
    }

    /// Makes the failure of a connection that ended, or whose time was over.
    pub(super) fn lost(self, host: &str, error: &Error) -> Failure {
        let while_ = self.words();
        let text = match error.kind() {
            ErrorKind::TimedOut if self == Stage::Negotiate => format!(
                "{host} did not answer in time while {while_}; see if the port is that of SMB, and if a firewall lets it through"
            ),
            ErrorKind::TimedOut => format!("{host} did not answer in time while {while_}"),
            ErrorKind::UnexpectedEof | ErrorKind::WriteZero => {
                format!("the connection to {host} was closed while {while_}")
            }
            _ => format!("the connection to {host} failed while {while_}: {error}"),
        };
        Failure::new(self.layer(), self.code(), text)
    }

    /// Makes the failure of a request that the server refused with a status that has no meaning of its own here.
    pub(super) fn refused(self, host: &str, status: u32) -> Failure {
        let while_ = self.words();
        let advice = if status::is_passing(status) { "; it cannot do it now, so try again" } else { "" };
        let text = format!("{host} answered with status {status:#010x} while {while_}{advice}");
        Failure::new(self.layer(), self.code(), text)
    }
}
