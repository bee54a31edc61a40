//! The passwords that this process has tried with Kerberos, and what became of them.
//!
//! A domain locks an account after some wrong passwords, and a fleet, a poll or a connection that is made anew would all try the
//! same one. So a password that was refused is not tried again for some time, and one that was accepted is asked for once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::advice::is_wrong_password;
use super::refusal::Refusal;
use super::{Credential, Error};

/// The time for which a password that was accepted is not tried again.
const HOLDS: Duration = Duration::from_secs(300);

/// The outcome of one password. `T` is the credential that it got.
pub(super) struct Tried<T> {
    outcome: Mutex<Outcome<T>>,
}

enum Outcome<T> {
    Unknown,
    /// The domain refused the password.
    Refused(Refusal, Error),
    /// The password could not be tried: that was the end of the try, and the reason.
    Untried(Instant, Error),
    /// The credential, if somebody still has it: it has the password, so it lives no longer than that.
    Accepted(Instant, Weak<T>),
}

impl<T> Default for Tried<T> {
    fn default() -> Tried<T> {
        Tried { outcome: Mutex::new(Outcome::Unknown) }
    }
}

impl<T> Tried<T> {
    /// Returns the credential of the password. Threads that want the same one wait here for the first of them.
    ///
    /// # Errors
    /// As of `acquire`; the same again for a password that was refused a short time ago, and for those who waited while it could
    /// not be tried: a domain that does not answer takes half a minute, and not half a minute for each of them.
    pub(super) fn credential(&self, acquire: impl FnOnce() -> Result<T, Error>) -> Result<Arc<T>, Error> {
        let since = Instant::now();
        let mut outcome = locked(&self.outcome);
        match &*outcome {
            Outcome::Refused(refusal, error) if refusal.holds(since) => {
                return Err(Error::new(error.operation, refusal.explain(&error.text)));
            }
            Outcome::Untried(at, error) if *at >= since => return Err(error.clone()),
            Outcome::Accepted(at, credential) if at.elapsed() < HOLDS => {
                if let Some(credential) = credential.upgrade() {
                    return Ok(credential);
                }
            }
            _ => {}
        }
        let acquired = acquire().map(Arc::new);
        *outcome = match &acquired {
            Ok(credential) => Outcome::Accepted(Instant::now(), Arc::downgrade(credential)),
            Err(error) if is_wrong_password(error) => {
                let last = match &*outcome {
                    Outcome::Refused(refusal, _) => Some(*refusal),
                    _ => None,
                };
                Outcome::Refused(Refusal::after(last, Instant::now()), error.clone())
            }
            Err(error) => Outcome::Untried(Instant::now(), error.clone()),
        };
        acquired
    }

    /// Returns `true` if the password was refused when it was tried last.
    fn is_refused(&self) -> bool {
        matches!(&*locked(&self.outcome), Outcome::Refused(..))
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing is half done in it.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The passwords of this process, by a digest under a key that is this process's alone: no password is kept.
static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

type Known = HashMap<[u8; 32], Arc<Tried<Credential>>>;

/// The key of the digests, if the system has random numbers.
static KEY: LazyLock<Option<[u8; 32]>> = LazyLock::new(|| {
    let mut key = [0; 32];
    getrandom::fill(&mut key).ok().map(|()| key)
});

/// Returns what is known of a user's password.
pub(super) fn tried(user: &str, password: &str) -> Arc<Tried<Credential>> {
    let Some(digest) = digest(user, password) else { return Arc::default() };
    let mut known = locked(&KNOWN);
    // One that nobody uses is as good as unknown, unless it was refused. None of these is locked.
    known.retain(|_, tried| Arc::strong_count(tried) > 1 || tried.is_refused());
    known.entry(digest).or_default().clone()
}

/// Returns the digest of a user's password, or `None` if the system has no random numbers.
pub(crate) fn digest(user: &str, password: &str) -> Option<[u8; 32]> {
    let key = KEY.as_ref()?;
    let length = Zeroizing::new((user.len() as u64).to_le_bytes());
    let digest = Hmac::<Sha256>::new_from_slice(key).ok()?.chain_update(*length);
    Some(digest.chain_update(user).chain_update(password).finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    fn wrong() -> Error {
        Error::new(
            "logging on",
            format!("Preauthentication failed; {}", super::super::advice::WRONG_PASSWORD),
        )
    }

    #[test]
    fn forty_threads_try_a_wrong_password_once() {
        let (tried, count) = (Tried::<u8>::default(), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..40 {
                scope.spawn(|| {
                    let refused = tried.credential(|| {
                        count.fetch_add(1, Ordering::Relaxed);
                        Err(wrong())
                    });
                    assert!(refused.unwrap_err().text.contains("the password is wrong"));
                });
            }
        });
        assert_eq!(count.into_inner(), 1);
        assert!(tried.is_refused());
        let again = tried.credential(|| Ok(1)).unwrap_err().text;
        assert!(again.contains("not tried again for 5 minutes"), "{again}");
    }

    #[test]
    fn threads_that_wait_for_a_try_that_fails_do_not_try_again_one_after_the_other() {
        const THREADS: usize = 8;
        let (tried, waiting, count) = (Tried::<u8>::default(), AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    waiting.fetch_add(1, Ordering::Relaxed);
                    let gone = tried.credential(|| {
                        count.fetch_add(1, Ordering::Relaxed);
                        while waiting.load(Ordering::Relaxed) < THREADS {
                            thread::yield_now();
                        }
                        thread::sleep(Duration::from_millis(300));
                        Err(Error::new("logging on", "Cannot contact any KDC"))
                    });
                    assert!(gone.unwrap_err().text.contains("any KDC"));
                });
            }
        });
        // A busy machine may have held back one of them for so long.
        assert!(count.load(Ordering::Relaxed) <= 2, "{count:?} tries");
        // Who comes later tries anew.
        assert_eq!(tried.credential(|| Ok(1)).as_deref(), Ok(&1));
    }

    #[test]
    fn a_credential_is_shared_while_somebody_has_it_and_another_error_is_forgotten() {
        let tried = Tried::default();
        let gone = || Err(Error::new("logging on", "Cannot contact any KDC"));
        assert!(tried.credential(gone).is_err() && !tried.is_refused());
        let first = tried.credential(|| Ok(1)).unwrap();
        assert_eq!(tried.credential(|| Ok(2)).as_deref(), Ok(&1));
        drop(first);
        assert_eq!(tried.credential(|| Ok(3)).as_deref(), Ok(&3));
    }

    #[test]
    fn accounts_are_told_apart_and_a_password_that_nobody_uses_is_forgotten() {
        let (anna, same) = (tried("anna", "secret"), tried("anna", "secret"));
        assert!(Arc::ptr_eq(&anna, &same));
        for (user, password) in
            [("anna", "secre"), ("annas", "ecret"), ("ann", "asecret"), ("", "annasecret")]
        {
            assert!(!Arc::ptr_eq(&anna, &tried(user, password)), "{user} {password}");
        }
        drop((anna, same));
        drop(tried("bob", "x"));
        assert!(!locked(&KNOWN).contains_key(&digest("anna", "secret").unwrap()));
    }
}
