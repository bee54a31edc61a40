//! The passwords that servers have tried by NTLM, and what became of them.
//!
//! With Kerberos this machine tries a password. With NTLM each server does, and all of them may ask the same domain, which locks
//! the account after some wrong ones. A fleet, a poll and a scrape would try the same one again and again, so:
//!
//! - a server that refused a password is not asked again until the [`Refusal`]'s time is over;
//! - what two servers refuse, and none accepts, is not tried at any other server for such a time;
//! - until a server has accepted it, one server tries it at a time.

use std::collections::{HashMap, HashSet};
use std::sync::{Condvar, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use mprapi_sys::RPC_S_SERVER_UNAVAILABLE;

use crate::failure::{Failure, Layer};
use crate::security::{Account, ERROR_LOGON_FAILURE, Refusal, digest};

/// The time for which a server's verdict is waited for before the next server tries the password, and for which an acceptance
/// lets others try it at once.
const TURN: Duration = Duration::from_secs(2);

/// The refusals after which no other server is asked. A first one may be of a server that does not know the account, which others
/// accept.
const ENOUGH: u32 = 2;

/// The passwords that this process has sent, by account. No password is kept, and there are as many as the user has given.
static PASSWORDS: LazyLock<Mutex<HashMap<Key, Password>>> = LazyLock::new(Mutex::default);

/// A verdict has come.
static CHANGED: Condvar = Condvar::new();

/// The digest of user and password, and the server, with its port, if the user is one of its own.
type Key = ([u8; 32], Option<String>);

/// The servers' verdicts on one password.
#[derive(Default)]
struct Password {
    /// The refusals in a row, whichever servers they are of, with the last text.
    refused: Option<(Refusal, String)>,
    refused_by: HashMap<String, (Refusal, String)>,
    accepted_by: HashSet<String>,
    accepted_at: Option<Instant>,
    /// The start of the try that is under way.
    trying: Option<Instant>,
}

impl Password {
    /// Returns why the server should not be asked, if that is so.
    fn objection(&self, server: &str, now: Instant) -> Option<String> {
        let elsewhere = self.refused.as_ref().filter(|(refusal, _)| refusal.count() >= ENOUGH);
        let mut refusals = self.refused_by.get(server).into_iter().chain(elsewhere);
        refusals.find(|(refusal, _)| refusal.holds(now)).map(|(refusal, text)| refusal.explain(text))
    }

    fn refuse(&mut self, server: &str, text: &str, now: Instant) {
        let after = |last: Option<&(Refusal, String)>| {
            (Refusal::after(last.map(|(refusal, _)| *refusal), now), text.to_owned())
        };
        let own = after(self.refused_by.get(server));
        self.refused_by.insert(server.to_owned(), own);
        // Of servers that never took it, some may take it; one that took it means that it was changed.
        if self.accepted_by.is_empty() || self.accepted_by.contains(server) {
            self.accepted_by.clear();
            self.accepted_at = None;
            self.refused = Some(after(self.refused.as_ref()));
        }
    }

    fn accept(&mut self, server: &str, now: Instant) {
        self.refused = None;
        self.refused_by.remove(server);
        self.accepted_by.insert(server.to_owned());
        self.accepted_at = Some(now);
    }

    /// Returns how long to wait for the verdict of another server.
    fn wait(&self, now: Instant) -> Option<Duration> {
        let left = |since: Option<Instant>| TURN.checked_sub(now.saturating_duration_since(since?));
        if left(self.accepted_at).is_some() { None } else { left(self.trying).filter(|left| !left.is_zero()) }
    }
}

/// Returns `true` if servers ask a domain for the user.
fn has_domain(user: &str) -> bool {
    user.contains('@') || user.split_once('\\').is_some_and(|(domain, _)| !matches!(domain, "" | "."))
}

/// Logs an account on to a server by `log_on`, unless its password was refused and must rest.
///
/// # Errors
/// As of `log_on`; the refusal, as long as the password rests.
pub(super) fn log_on<T>(
    account: &Account,
    server: &str,
    until: Instant,
    log_on: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let Account::Password { user, password, ntlm: true } = account else { return log_on() };
    let Some(digest) = digest(user, password) else { return log_on() };
    let server = server.to_ascii_lowercase();
    let key = (digest, (!has_domain(user)).then(|| server.clone()));

    // Nothing is half done in it.
    let mut passwords = PASSWORDS.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let now = Instant::now();
        let known = passwords.entry(key.clone()).or_default();
        if let Some(text) = known.objection(&server, now) {
            return Err(Failure::new(Layer::Logon, ERROR_LOGON_FAILURE, text));
        }
        let Some(wait) = known.wait(now) else {
            known.trying = Some(now);
            break;
        };
        let left = until.saturating_duration_since(now);
        if left.is_zero() {
            let text = "another server tried the same password until the time for the connection was over; try again";
            return Err(Failure::new(Layer::Logon, RPC_S_SERVER_UNAVAILABLE, text));
        }
        passwords = CHANGED.wait_timeout(passwords, wait.min(left)).unwrap_or_else(PoisonError::into_inner).0;
    }
    drop(passwords);

    let outcome = log_on();
    let mut passwords = PASSWORDS.lock().unwrap_or_else(PoisonError::into_inner);
    let known = passwords.entry(key).or_default();
    known.trying = None;
    match &outcome {
        Err(failure) if failure.refuses_account => known.refuse(&server, &failure.text, Instant::now()),
        // What follows the logon is no matter of the password.
        Err(failure) if failure.layer <= Layer::Logon => {}
        _ => known.accept(&server, Instant::now()),
    }
    drop(passwords);
    CHANGED.notify_all();
    outcome
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn account(user: &str, password: &str, ntlm: bool) -> Account {
        Account::Password { user: user.to_owned(), password: password.to_owned().into(), ntlm }
    }

    fn refused() -> Failure {
        let refused = Failure::new(Layer::Logon, ERROR_LOGON_FAILURE, "the password is wrong");
        Failure { refuses_account: true, ..refused }
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    #[test]
    fn forty_servers_of_a_domain_try_a_wrong_password_twice() {
        let (account, count) = (account(r"CORP\forty", "wrong", true), AtomicUsize::new(0));
        thread::scope(|scope| {
            for server in 0..40 {
                let (account, count) = (&account, &count);
                scope.spawn(move || {
                    let outcome = log_on(account, &format!("vpn{server}"), soon(), || {
                        count.fetch_add(1, Ordering::Relaxed);
                        Err::<(), _>(refused())
                    });
                    assert!(outcome.unwrap_err().text.starts_with("the password is wrong"));
                });
            }
        });
        assert_eq!(count.into_inner(), 2);
    }

    #[test]
    fn accounts_of_the_servers_themselves_are_no_matter_of_other_servers() {
        for user in ["admin", r".\admin"] {
            let account = account(user, "of a server", true);
            for server in ["a", "b", "c", "A", "B"] {
                let outcome = log_on(&account, server, soon(), || Err::<(), _>(refused()));
                let is_again = server.starts_with(char::is_uppercase);
                assert_eq!(outcome.unwrap_err().text.contains("again"), is_again, "{user} {server}");
            }
            assert_eq!(log_on(&account, "d", soon(), || Ok(1)), Ok(1));
        }
    }

    #[test]
    fn a_server_that_hangs_does_not_keep_the_others_and_other_failures_are_no_verdict() {
        let account = account("hangs@CORP.EXAMPLE", "right", true);
        let (begun, hang) = (std::sync::Barrier::new(2), std::sync::Barrier::new(2));
        thread::scope(|scope| {
            let hanging = scope.spawn(|| {
                log_on(&account, "hangs", soon(), || {
                    begun.wait();
                    hang.wait();
                    Err::<(), _>(Failure::new(Layer::Logon, RPC_S_SERVER_UNAVAILABLE, "no answer"))
                })
            });
            begun.wait();
            let late = log_on(&account, "late", Instant::now(), || Ok(())).unwrap_err();
            assert!(late.text.contains("try again"), "{late}");
            let start = Instant::now();
            assert_eq!(log_on(&account, "vpn01", soon(), || Ok(1)), Ok(1));
            assert!(start.elapsed() < 5 * TURN);
            let start = Instant::now();
            assert_eq!(log_on(&account, "vpn02", soon(), || Ok(2)), Ok(2));
            assert!(start.elapsed() < TURN, "it was accepted just now");
            hang.wait();
            assert_eq!(hanging.join().unwrap().unwrap_err().text, "no answer");
        });
        assert_eq!(log_on(&account, "hangs", soon(), || Ok(3)), Ok(3));
    }

    #[test]
    fn a_server_that_does_not_know_the_account_does_not_keep_it_from_the_others() {
        let (mut password, now) = (Password::default(), Instant::now());
        password.refuse("workgroup", "unknown", now);
        assert_eq!(password.objection("vpn01", now), None);
        password.accept("vpn01", now);
        for minute in 1..100 {
            let now = now + minute * MINUTE;
            if password.objection("workgroup", now).is_none() {
                password.refuse("workgroup", "unknown", now);
            }
            assert_eq!(password.objection("vpn01", now), None);
            assert_eq!(password.objection("vpn02", now), None);
        }
    }

    #[test]
    fn a_password_that_was_changed_in_the_domain_is_tried_twice_by_all_who_had_it_accepted() {
        let (mut password, now) = (Password::default(), Instant::now());
        let servers = ["a", "b", "c", "d"];
        servers.iter().for_each(|server| password.accept(server, now));
        let now = now + 60 * MINUTE;
        let mut tries = Vec::new();
        for server in servers {
            assert_eq!(password.wait(now), None);
            if password.objection(server, now).is_none() {
                password.refuse(server, "changed", now);
                tries.push(server);
            }
        }
        assert_eq!(tries, ["a", "b"]);
        assert!(password.objection("d", now + 9 * MINUTE).is_some_and(|text| text.contains("10 minutes")));
        // It was set back.
        assert_eq!(password.objection("d", now + 11 * MINUTE), None);
        password.accept("d", now + 11 * MINUTE);
        assert_eq!(password.objection("c", now + 11 * MINUTE), None);
    }

    #[test]
    fn other_ways_to_log_on_are_no_matter_of_it() {
        for account in [Account::Ticket, account("anna@CORP.EXAMPLE", "wrong", false)] {
            for _ in 0..3 {
                assert_eq!(log_on(&account, "vpn01", soon(), || Err::<(), _>(refused())), Err(refused()));
            }
        }
    }
}
