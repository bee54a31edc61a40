//! The file with the limits.

use std::fs;

use mprapi_admin_dll::mprapi::Account;
use mprapi_admin_dll::{Code, Context, LogOptions};
use serde::Deserialize;

/// How many sessions a user may have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limits {
    /// For users of no group.
    sessions: usize,
    #[serde(default)]
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    users: Vec<User>,
    sessions: usize,
}

#[derive(Deserialize)]
#[serde(from = "String")]
struct User(Account);

impl From<String> for User {
    fn from(name: String) -> User {
        User(name.as_str().into())
    }
}

impl Limits {
    /// Reads `session-limit.toml` beside the DLL. A file that cannot be read or has an error keeps the service from starting;
    /// `session-limit.log` says why.
    pub(crate) fn read(context: &Context) -> Result<Limits, Code> {
        let path = context.folder().join("session-limit.toml");
        let read = fs::read_to_string(&path).map_err(|error| (error.to_string(), Code::from(error)));
        let limits = read.and_then(|text| Limits::parse(&text).map_err(|error| (error, Code::INVALID_DATA)));
        limits.map_err(|(error, code)| {
            if let Ok(log) = context.log("session-limit.log", LogOptions::default()) {
                log.line(format!("{}: {error}", path.display()));
            }
            code
        })
    }

    fn parse(text: &str) -> Result<Limits, String> {
        toml::from_str(text).map_err(|error: toml::de::Error| error.to_string())
    }

    /// Returns the limit of the first group that the user is in. A name without a domain means users of each domain.
    pub(crate) fn of(&self, account: &Account) -> usize {
        let is_in = |group: &&Group| group.users.iter().any(|User(name)| account.is_meant_by(name));
        self.group.iter().find(is_in).map_or(self.sessions, |group| group.sessions)
    }
}
