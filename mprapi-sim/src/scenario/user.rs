//! Users' accounts.

use mprapi_sys as sys;

use super::setters::setters;

/// The settings of an account for remote access.
#[derive(Clone, Debug)]
pub struct User {
    pub(crate) name: String,
    pub(crate) may_dial_in: bool,
    pub(crate) by_policy: bool,
    pub(crate) callback: Callback,
    pub(crate) number: String,
    pub(crate) hours: Vec<String>,
}

impl User {
    /// Creates an account that may dial in and is not called back.
    pub fn new(name: impl Into<String>) -> User {
        User {
            name: name.into(),
            may_dial_in: true,
            by_policy: false,
            callback: Callback::None,
            number: String::new(),
            hours: Vec::new(),
        }
    }

    setters! {
        /// Sets whether the user may dial in.
        may_dial_in: bool;
        /// Sets whether the policies decide instead.
        by_policy: bool;
        /// Sets whether the user is called back.
        callback: Callback;
        /// Sets the number to call back.
        number: String;
        /// Sets the hours at which the user may dial in, a text for each day: `2 09:00-12:00 13:00-17:30` is Tuesday. The
        /// hours are UTC, by the server's clock. Default: at all hours.
        ///
        /// Outside of them a call is refused. A session that is up goes on when they end, unless
        /// [`Server::force_logoff`](crate::Server::force_logoff) says otherwise.
        hours: Vec<String>;
    }
}

/// Returns the key that an account is found by: `CORP\anna` and `ANNA` are one account.
pub(crate) fn account_key(user: &str) -> String {
    user.rsplit('\\').next().unwrap_or(user).to_lowercase()
}

/// The number at which a user who dials in is called back. `RASPRIV_CallbackType` has these three and room for no more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "scenario", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Callback {
    /// The user is not called back.
    #[default]
    None,
    /// The number that the administrator set.
    Administrator,
    /// The number that the user gives.
    Caller,
}

impl Callback {
    pub(crate) fn code(self) -> u32 {
        match self {
            Callback::None => sys::RASPRIV_NoCallback,
            Callback::Administrator => sys::RASPRIV_AdminSetCallback,
            Callback::Caller => sys::RASPRIV_CallerSetCallback,
        }
    }
}
