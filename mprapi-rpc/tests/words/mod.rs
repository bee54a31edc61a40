//! A security provider of the tests: its tokens are words, its encryption adds one.

use mprapi_rpc::security::{Context, Error, Level, Message, Provider, Step};
use zeroize::Zeroizing;

/// The server's provider.
pub(crate) struct Words;

impl Provider for Words {
    fn accept(&self, auth_type: u8) -> Option<Result<Box<dyn Context>, Error>> {
        (auth_type == 9).then(|| Ok(Box::new(Spoken::new(b"")) as Box<dyn Context>))
    }
}

/// A context of either side. A client's says a name when it is asked who it is: `anna` is its last word, after `anna?` it waits
/// for another. No word of one is a word of the other.
pub(crate) struct Spoken {
    name: &'static [u8],
    is_complete: bool,
    sent: u8,
    seen: u8,
}

impl Spoken {
    pub(crate) fn new(name: &'static [u8]) -> Spoken {
        Spoken { name, is_complete: false, sent: 0, seen: 0 }
    }
}

fn error(text: &str) -> Error {
    Error { operation: "checking words", text: text.to_owned() }
}

/// A sum of the bytes that are signed, and the number of the message.
fn sum(message: &Message<'_>, number: u8) -> Vec<u8> {
    let signed = if message.signs_header { &message.bytes[..] } else { &message.bytes[message.stub.clone()] };
    let sum: u64 = signed.iter().zip(1u64..).map(|(byte, place)| place * u64::from(*byte)).sum();
    [&sum.to_le_bytes()[..], &[number; 4]].concat()
}

impl Context for Spoken {
    fn step(&mut self, token: &[u8]) -> Result<Step, Error> {
        let (token, is_complete) = match token {
            b"hello" => (b"who".to_vec(), false),
            b"anna" => (Vec::new(), true),
            b"anna?" => (b"yes".to_vec(), true),
            b"" => (b"hello".to_vec(), false),
            b"who" => (self.name.to_vec(), self.name != b"anna?"),
            b"yes" => (Vec::new(), true),
            _ => return Err(error("unknown word")),
        };
        self.is_complete = is_complete;
        Ok(Step { token, is_complete })
    }

    fn peer(&self) -> Result<String, Error> {
        if self.is_complete { Ok("TEST\\Anna".to_owned()) } else { Err(error("nobody yet")) }
    }

    fn session_key(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        Err(error("no key"))
    }

    fn token_length(&self, _level: Level, _stub: usize) -> Result<usize, Error> {
        Ok(12)
    }

    fn protect(&mut self, level: Level, message: Message<'_>) -> Result<Vec<u8>, Error> {
        self.sent = self.sent.wrapping_add(1);
        let token = sum(&message, self.sent);
        if level == Level::Privacy {
            message.bytes[message.stub].iter_mut().for_each(|byte| *byte = byte.wrapping_add(1));
        }
        Ok(token)
    }

    fn unprotect(&mut self, level: Level, message: Message<'_>, token: &[u8]) -> Result<(), Error> {
        self.seen = self.seen.wrapping_add(1);
        let Message { bytes, stub, signs_header } = message;
        if level == Level::Privacy {
            bytes[stub.clone()].iter_mut().for_each(|byte| *byte = byte.wrapping_sub(1));
        }
        match sum(&Message { bytes, stub, signs_header }, self.seen) == token {
            true => Ok(()),
            false => Err(error("wrong sum")),
        }
    }
}
