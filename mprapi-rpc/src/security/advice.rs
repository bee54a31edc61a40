//! Advice to a user whose logon failed, in the words that all providers share.

use super::Error;

pub(super) const CLOCK: &str = "this machine's clock and the domain's are too far apart: set the clock";
pub(super) const UNKNOWN_SERVER: &str =
    "the domain does not know the server by this name: use its full DNS name, and no address or alias";
pub(super) const NO_CONTROLLER: &str = "no domain controller answers: see that one can be reached on port 88";
pub(super) const WRONG_PASSWORD: &str = "the password is wrong";

/// Returns `true` for an advised error of a wrong password.
pub(super) fn is_wrong_password(error: &Error) -> bool {
    error.text.ends_with(WRONG_PASSWORD)
}
