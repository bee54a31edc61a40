//! The client's side of the provider: an account, and its credential.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::advice::is_wrong_password;
use super::context::Context;
use super::credential::Credential;
use super::library::Library;
use super::side::{Request, Side};
use crate::security::{self, Account, Error, Initiator, Service};

/// The time for which the tickets of a password are used for further connections. For as long, a password that was refused is
/// not tried again, since a domain locks accounts after some wrong ones.
const KEPT: Duration = Duration::from_secs(300);

/// An account, and the library that authenticates it.
pub(super) struct Client {
    library: Library,
    account: Account,
    kept: Mutex<Option<Kept>>,
}

/// The credential of a password, and the time when it was taken.
struct Kept {
    taken: Instant,
    credential: Result<Arc<Credential>, Error>,
}

impl Client {
    pub(super) fn new(library: Library, account: Account) -> Client {
        Client { library, account, kept: Mutex::default() }
    }

    /// Returns the account's credential. A ticket is looked for each time, since the user may get a new one.
    fn credential(&self) -> Result<Arc<Credential>, Error> {
        let acquire = || Credential::acquire(self.library, &self.account).map(Arc::new);
        if matches!(self.account, Account::Ticket) {
            return acquire();
        }
        // Others wait here, and use what the first one gets.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Kept { taken, credential }) = &*kept
            && taken.elapsed() < KEPT
        {
            return credential.clone();
        }
        let credential = acquire();
        let is_worth_it = credential.as_ref().err().is_none_or(is_wrong_password);
        *kept = is_worth_it.then(|| Kept { taken: Instant::now(), credential: credential.clone() });
        credential
    }
}

impl Initiator for Client {
    fn initiate(&self, service: Service, host: &str) -> Result<Box<dyn security::Context>, Error> {
        let request = Request::new(self.library, self.account.is_ntlm(), self.credential()?, service, host)?;
        Ok(Box::new(Context::new(self.library, Side::Initiating(Box::new(request)))))
    }
}
