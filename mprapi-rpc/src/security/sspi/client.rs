//! The client's side: an account, and its credential.

use std::sync::{Arc, Mutex, PoisonError};

use super::context::Context;
use super::credential::Credential;
use super::request::Request;
use crate::security::tried::{Tried, tried};
use crate::security::{self, Account, Context as _, Error, Initiator, Service};

/// An account that Windows authenticates.
pub(super) struct Client {
    account: Account,
    /// The outcome of a password of Kerberos, which all clients of this process with the same one share.
    tried: Option<Arc<Tried<Credential>>>,
    /// The credential that it got last, so that it lives as long as this client.
    last: Mutex<Option<Arc<Credential>>>,
}

impl Client {
    pub(super) fn new(account: Account) -> Client {
        let tried = match &account {
            Account::Password { user, password, ntlm: false } => Some(tried(user, password)),
            _ => None,
        };
        Client { account, tried, last: Mutex::default() }
    }

    /// Returns the account's credential.
    fn credential(&self, request: &Request) -> Result<Arc<Credential>, Error> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let credential = match &self.tried {
            // Windows asks the domain at the first step, and keeps the tickets with the credential.
            Some(tried) => tried.credential(|| {
                let credential = Arc::new(Credential::acquire(&self.account)?);
                Context::new(Arc::clone(&credential), request.clone()).step(&[])?;
                let alone = || Error::new("logging on", "the credential is still in use");
                Arc::into_inner(credential).ok_or_else(alone)
            })?,
            None => Arc::new(Credential::acquire(&self.account)?),
        };
        *last = Some(Arc::clone(&credential));
        Ok(credential)
    }
}

impl Initiator for Client {
    fn initiate(&self, service: Service, host: &str) -> Result<Box<dyn security::Context>, Error> {
        let request = Request::new(self.account.is_ntlm(), service, host)?;
        let credential = self.credential(&request)?;
        Ok(Box::new(Context::new(credential, request)))
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    fn initiate(account: Account) -> Result<(Box<dyn security::Context>, Vec<u8>), Error> {
        let mut context = Client::new(account).initiate(Service::Host, "vpn01.corp.example")?;
        let step = context.step(&[])?;
        assert!(!step.is_complete);
        Ok((context, step.token))
    }

    fn password(user: &str, ntlm: bool) -> Account {
        Account::Password { user: user.to_owned(), password: Zeroizing::new("x".to_owned()), ntlm }
    }

    fn is_ntlm(token: &[u8]) -> bool {
        token.windows(8).any(|part| part == b"NTLMSSP\0")
    }

    /// The text of a status has its name; Wine without Samba's ntlm_auth has no package for NTLM.
    fn is_in_words(error: &Error) -> bool {
        error.text.contains("SEC_E_") || error.text.contains("status 0x")
    }

    #[test]
    fn the_first_token_of_ntlm_is_made_or_the_error_is_in_words() {
        match initiate(password(r"CORP\anna", true)) {
            // SPNEGO, or bare NTLM under Wine.
            Ok((mut context, token)) => {
                assert!(token.first() == Some(&0x60) || token.starts_with(b"NTLMSSP\0"), "{token:02x?}");
                for early in [context.session_key().map(|_| ()), context.peer().map(|_| ())] {
                    assert_eq!(early.unwrap_err().text, "the authentication is not complete");
                }
                assert_eq!(context.step(&[]).unwrap_err().text, "the token is not expected");
                assert!(is_in_words(&context.step(b"no token").unwrap_err()));
            }
            Err(error) => assert!(is_in_words(&error), "{error}"),
        }
    }

    #[test]
    fn an_account_of_kerberos_sends_no_token_of_ntlm() {
        for account in [Account::Ticket, password("anna@CORP.EXAMPLE", false)] {
            match initiate(account) {
                Ok((_, token)) => assert!(!is_ntlm(&token), "{token:02x?}"),
                Err(error) => {
                    assert!(
                        is_in_words(&error) || error.text.starts_with("Windows would use NTLM"),
                        "{error}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_package_that_is_not_there_is_an_error_in_words() {
        let error = Credential::of_package("No such package", &password("anna", true)).err().unwrap();
        assert!(
            error.text.starts_with("the security package does not exist (SEC_E_SECPKG_NOT_FOUND"),
            "{error}"
        );
        assert!(error.text.contains("this system has no such security package"), "{error}");
    }
}
