//! Servers that are asked over the network, without Windows: their ports and accounts.
//!
//! Experimental: nothing of this has met a real Windows Server yet.

mod options;
mod plan;
pub(crate) mod wire;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use mprapi::Mpr;
use mprapi_rpc::security::Account;

pub(crate) use self::options::{Options, Over};
use self::plan::{Passwords, Route};
use crate::failure::Failure;
use crate::settings_file::SettingsFile;
use crate::target::Target;

/// Stands wherever the network is offered.
pub(crate) const EXPERIMENTAL: &str = "experimental: not yet tried against Windows Server";

/// The settings of a command that asks servers over the network.
pub(crate) struct Network {
    options: Options,
    settings: SettingsFile,
    passwords: Mutex<Passwords>,
    timeout: Duration,
}

impl Network {
    /// Takes the settings for servers that are [added](Network::add).
    pub(crate) fn new(options: Options, settings: SettingsFile, timeout: Duration) -> Network {
        Network { options, settings, passwords: Mutex::default(), timeout }
    }

    /// Plans how to ask each of the servers, and gets the passwords that this takes. All of them have names.
    ///
    /// # Errors
    /// A port or an account that cannot be used, a password that cannot be read.
    pub(crate) fn add(&self, targets: &[Target]) -> Result<(), Failure> {
        let route = |target: &Target| Route::plan(target.label(), &self.options, &self.settings);
        let routes = targets.iter().map(route).collect::<Result<Vec<_>, Failure>>()?;
        let mut passwords = self.passwords.lock().unwrap_or_else(PoisonError::into_inner);
        passwords.add(&routes, self.options.password_file.as_deref())?;
        for (target, route) in targets.iter().zip(&routes) {
            let password = route.user.as_deref().and_then(|user| passwords.of(user));
            let account = match (&route.user, password) {
                (Some(user), Some(password)) => {
                    Account::Password { user: user.clone(), password: password.clone(), ntlm: route.ntlm }
                }
                _ => Account::Ticket,
            };
            wire::set_options(target.label(), route.port, account, self.timeout);
        }
        Ok(())
    }

    /// Returns the API whose servers are those that were added.
    pub(crate) fn mpr() -> Mpr {
        // SAFETY: the table keeps the contract of `mprapi.h`; that is what it is for.
        unsafe { Mpr::from_table(wire::table()) }
    }
}
