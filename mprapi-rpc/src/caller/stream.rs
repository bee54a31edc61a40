//! The PDUs of a server, as a pipe brings them.

use std::time::Instant;

use zeroize::{Zeroize, Zeroizing};

use super::error::{CALL_FAILED, broken};
use crate::failure::{Failure, Layer};
use crate::pdu::{Header, Kind};
use crate::pipe::Pipe;
use crate::secret;

/// A PDU that was received whole.
pub(super) struct Pdu {
    pub(super) header: Header,
    /// All its bytes. They may have a password.
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

/// A pipe, and the beginning of a PDU that is not complete.
pub(super) struct Stream {
    pipe: Box<dyn Pipe>,
    buffer: Zeroizing<Vec<u8>>,
    /// The largest fragment of an answer.
    fragment: u16,
}

impl Stream {
    pub(super) fn new(pipe: Box<dyn Pipe>, fragment: u16) -> Stream {
        Stream { pipe, buffer: Zeroizing::default(), fragment }
    }

    /// Returns `true` if bytes were received that nobody has asked for.
    pub(super) fn has_more(&self) -> bool {
        !self.buffer.is_empty()
    }

    /// Sends a PDU that has no answer.
    pub(super) fn send(&mut self, pdu: &[u8], until: Instant) -> Result<(), Failure> {
        self.pipe.write(pdu, until)
    }

    /// Sends a PDU, and returns the one that answers it.
    pub(super) fn exchange(&mut self, pdu: &[u8], until: Instant) -> Result<Pdu, Failure> {
        let most = usize::from(self.fragment);
        let received = self.pipe.transact(pdu, most, until)?;
        self.keep(received, most)?;
        self.next(until)
    }

    /// Returns the next PDU.
    pub(super) fn next(&mut self, until: Instant) -> Result<Pdu, Failure> {
        while self.buffer.len() < Header::SIZE {
            self.read(self.fragment.into(), until)?;
        }
        let header = Header::decode(&self.buffer)?;
        // Tokens of the other kinds may be as long as the length can say.
        let limit = match header.kind {
            Kind::Response | Kind::Fault => self.fragment,
            _ => u16::MAX,
        };
        if header.frag_length > limit {
            let length = header.frag_length;
            return Err(broken(format_args!(
                "a fragment of {length} bytes is larger than the limit of {limit}"
            )));
        }
        let length = usize::from(header.frag_length);
        while self.buffer.len() < length {
            self.read(length - self.buffer.len(), until)?;
        }
        let mut bytes = std::mem::take(&mut self.buffer);
        if bytes.len() > length {
            self.buffer.extend_from_slice(bytes.get(length..).unwrap_or_default());
            bytes.truncate(length);
        }
        Ok(Pdu { header, bytes })
    }

    /// Reads at most `most` bytes.
    fn read(&mut self, most: usize, until: Instant) -> Result<(), Failure> {
        if Instant::now() >= until {
            return Err(Failure::new(Layer::Call, CALL_FAILED, "the server did not answer in time"));
        }
        let received = self.pipe.read(most, until)?;
        self.keep(received, most)
    }

    /// Appends received bytes to the buffer.
    fn keep(&mut self, mut received: Vec<u8>, most: usize) -> Result<(), Failure> {
        let length = received.len();
        if length == 0 || length > most {
            received.zeroize();
            return Err(broken(format_args!("a read of at most {most} bytes brought {length}")));
        }
        if self.buffer.is_empty() {
            *self.buffer = received;
            return Ok(());
        }
        secret::append(&mut self.buffer, &received);
        received.zeroize();
        Ok(())
    }
}
