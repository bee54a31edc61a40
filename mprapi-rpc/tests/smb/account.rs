//! An authentication of two tokens on each side, which believes everything.

use mprapi_rpc::security::{Context, Error, Initiator, Level, Message, Service, Step};
use zeroize::Zeroizing;

use crate::crypto::SESSION_KEY;

pub(crate) struct Fake {
    /// The number of the client's tokens that are needed.
    pub(crate) tokens: usize,
}

impl Initiator for Fake {
    fn initiate(&self, service: Service, host: &str) -> Result<Box<dyn Context>, Error> {
        assert_eq!((service, host), (Service::Cifs, "server"));
        Ok(Box::new(Authentication { sent: 0, needed: self.tokens }))
    }
}

struct Authentication {
    sent: usize,
    needed: usize,
}

impl Context for Authentication {
    fn step(&mut self, token: &[u8]) -> Result<Step, Error> {
        let expected = if self.sent == 0 { String::new() } else { format!("server's token {}", self.sent) };
        if token != expected.as_bytes() {
            return Err(Error { operation: "believing", text: "the token is another".to_owned() });
        }
        // The last token of the server completes the context, and has no answer.
        if self.sent == self.needed {
            return Ok(Step { token: Vec::new(), is_complete: true });
        }
        self.sent += 1;
        Ok(Step { token: format!("client's token {}", self.sent).into_bytes(), is_complete: false })
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
