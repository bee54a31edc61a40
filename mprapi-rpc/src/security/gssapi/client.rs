//! The client's side of the provider: an account, and its credential.

use std::sync::{Arc, Mutex, PoisonError};

use super::context::Context;
use super::credential::Credential;
use super::library::Library;
use super::side::{Request, Side};
use crate::security::tried::{Tried, tried};
use crate::security::{self, Account, Error, Initiator, Service};

/// An account, and the library that authenticates it.
pub(super) struct Client {
    library: Library,
    account: Account,
    /// The outcome of a password of Kerberos, which all clients of this process with the same one share.
    tried: Option<Arc<Tried<Credential>>>,
    /// The credential that it got last, so that it lives as long as this client.
    last: Mutex<Option<Arc<Credential>>>,
}

impl Client {
    pub(super) fn new(library: Library, account: Account) -> Client {
        let tried = match &account {
            Account::Password { user, password, ntlm: false } => Some(tried(user, password)),
            _ => None,
        };
        Client { library, account, tried, last: Mutex::default() }
    }

    /// Returns the account's credential. A ticket is looked for each time, since the user may get a new one.
    fn credential(&self) -> Result<Arc<Credential>, Error> {
        let acquire = || Credential::acquire(self.library, &self.account);
        if self.account == Account::Ticket {
            return acquire().map(Arc::new);
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let credential = match (&self.tried, &*last) {
            (Some(tried), _) => tried.credential(acquire)?,
            // With NTLM it is the server that tries a password. gss-ntlmssp 1.2.0 never frees 6 kB of what a credential takes, so
            // SMB and RPC share one.
            (None, Some(credential)) => credential.clone(),
            (None, None) => Arc::new(acquire()?),
        };
        *last = Some(credential.clone());
        Ok(credential)
    }
}

impl Initiator for Client {
    fn initiate(&self, service: Service, host: &str) -> Result<Box<dyn security::Context>, Error> {
        let request = Request::new(self.library, self.account.is_ntlm(), self.credential()?, service, host)?;
        Ok(Box::new(Context::new(self.library, Side::Initiating(Box::new(request)))))
    }
}
