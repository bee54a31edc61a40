//! An authentication of two tokens on each side, which believes everything.

use std::time::Duration;

use mprapi_rpc::security::{Context, Error, Initiator, Level, Message, Service, Step};
use zeroize::Zeroizing;

use crate::crypto::SESSION_KEY;

#[derive(Clone, Copy)]
pub(crate) struct Fake {
    /// The number of the client's tokens that are needed.
    pub(crate) tokens: usize,
    /// The length to which a token is filled up.
    pub(crate) length: usize,
    /// The time that it takes to find the account.
    pub(crate) pause: Duration,
}

impl Fake {
    /// The account that the server knows.
    pub(crate) const USUAL: Fake = Fake { tokens: 2, length: 0, pause: Duration::ZERO };
}

impl Initiator for Fake {
    fn initiate(&self, service: Service, host: &str) -> Result<Box<dyn Context>, Error> {
        assert_eq!((service, host), (Service::Cifs, "server"));
        std::thread::sleep(self.pause);
        Ok(Box::new(Authentication { sent: 0, account: *self }))
    }
}

struct Authentication {
    sent: usize,
    account: Fake,
}

impl Context for Authentication {
    fn step(&mut self, token: &[u8]) -> Result<Step, Error> {
        let expected = if self.sent == 0 { String::new() } else { format!("server's token {}", self.sent) };
        if token != expected.as_bytes() {
            return Err(Error { operation: "believing", text: "the token is another".to_owned() });
        }
        // The last token of the server completes the context, and has no answer.
        if self.sent == self.account.tokens {
            return Ok(Step { token: Vec::new(), is_complete: true });
        }
        self.sent += 1;
        let mut token = format!("client's token {}", self.sent).into_bytes();
        token.resize(token.len().max(self.account.length), 0);
        Ok(Step { token, is_complete: false })
    }

    fn session_key(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        Ok(Zeroizing::new(SESSION_KEY.to_vec()))
    }

    fn peer(&self) -> Result<String, Error> {
        unreachable!("SMB does not ask for the peer")
    }

    fn token_length(&self, _level: Level, _stub: usize) -> Result<usize, Error> {
        unreachable!("SMB has its own protection")
    }

    fn protect(&mut self, _level: Level, _message: Message<'_>) -> Result<Vec<u8>, Error> {
        unreachable!("SMB has its own protection")
    }

    fn unprotect(&mut self, _level: Level, _message: Message<'_>, _token: &[u8]) -> Result<(), Error> {
        unreachable!("SMB has its own protection")
    }
}
