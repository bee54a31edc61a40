//! The settings of connections, per server.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::address;
use crate::security::Account;

/// The settings of the connections to a server. `Debug` does not show the password.
///
/// ```
/// use std::time::Duration;
///
/// use mprapi_rpc::network::{self, Options};
///
/// let mut options = Options::default();
/// options.call_limit = Duration::from_secs(10);
/// network::set_options(Some("vpn01"), options);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The TCP port of SMB, unless the server's name has another (`vpn01:4450`): 445.
    pub port: u16,
    /// The account that the server authenticates: the user's Kerberos ticket, unless another is set.
    pub account: Account,
    /// The longest time from a call to its answer, with the connection that it may need: 60 seconds. The connection ends with
    /// a call that has no answer by then.
    pub call_limit: Duration,
    /// The longest time from the server's name to a bound interface: 15 seconds. The system's resolver, which finds the address,
    /// and its security provider have limits of their own, which may be longer.
    pub connect_limit: Duration,
    /// The time from one look at the server's connections to the next, while a program is registered for notifications:
    /// 5 seconds. Nothing looks while none is.
    pub poll: Duration,
    /// The time without a call after which a connection is tried with a read before a change goes over it: 60 seconds. A
    /// firewall may have forgotten it, and then nobody could say if the change has arrived.
    pub quiet: Duration,
    /// The largest number of connections of one handle, 4. A second one is opened when two threads call at once; further
    /// calls wait for one that is free.
    pub connections: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            port: 445,
            account: Account::Ticket,
            call_limit: Duration::from_secs(60),
            connect_limit: Duration::from_secs(15),
            poll: Duration::from_secs(5),
            quiet: Duration::from_secs(60),
            connections: 4,
        }
    }
}

/// A limit for which nobody waits, if one has no end: the clock has one.
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Returns the moment when a limit is over.
pub(super) fn end_of(limit: Duration) -> Instant {
    Instant::now() + limit.min(YEAR)
}

/// The settings of this process.
#[derive(Default)]
struct Settings {
    default: Options,
    named: HashMap<String, Options>,
}

static SETTINGS: LazyLock<Mutex<Settings>> = LazyLock::new(Mutex::default);

fn settings() -> MutexGuard<'static, Settings> {
    // Nothing is half done in them.
    SETTINGS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sets the options of a server, or with `None` those of every server that has none of its own.
///
/// They hold for handles that are opened afterwards. A name is that of [`MprAdminServerConnect`][c]: two backslashes before it
/// and the case of ASCII letters make no difference. Options for `vpn01` hold for `vpn01:4450` too, unless that has its own.
///
/// [c]: https://learn.microsoft.com/windows/win32/api/mprapi/nf-mprapi-mpradminserverconnect
pub fn set_options(server: Option<&str>, options: Options) {
    let mut settings = settings();
    match server {
        Some(name) => {
            settings.named.insert(address::key(Some(name)), options);
        }
        None => settings.default = options,
    }
}

/// Returns the options of a server: its own, or the default.
pub fn options(server: Option<&str>) -> Options {
    let settings = settings();
    let found = settings.named.get(&address::key(server));
    let of_host = || address::host_key(server).and_then(|host| settings.named.get(&host));
    found.or_else(of_host).unwrap_or(&settings.default).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_has_its_own_options_by_any_form_of_its_name_and_otherwise_the_default() {
        let own = |port| Options { port, ..Options::default() };
        set_options(Some(r"\\Branch"), own(1));
        set_options(Some("branch:77"), own(2));
        assert_eq!(options(Some("BRANCH")).port, 1);
        assert_eq!(options(Some("branch:76")).port, 1);
        assert_eq!(options(Some(r"\\branch:77")).port, 2);
        assert_eq!(options(Some("branch.example")).port, 445);
        assert_eq!(options(None).port, 445);
    }

    #[test]
    fn a_limit_without_an_end_is_no_reason_to_panic() {
        assert!(end_of(Duration::MAX) > Instant::now());
    }

    #[test]
    fn no_password_is_in_debug() {
        let account = Account::Password {
            user: "anna".to_owned(),
            password: zeroize::Zeroizing::new("Sesame".to_owned()),
            ntlm: true,
        };
        let shown = format!("{:?}", Options { account, ..Options::default() });
        assert!(shown.contains("anna") && !shown.contains("Sesame"), "{shown}");
    }
}
