//! Pipes without a network: to our own server, and to one whose every PDU a test has written.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use mprapi_rpc::association::{Association, Interface, Limits, Rules};
use mprapi_rpc::caller::Caller;
use mprapi_rpc::pdu::Fault;
use mprapi_rpc::pipe::Pipe;
use mprapi_rpc::security::{Context, Error, Initiator, Service};
use mprapi_rpc::{Failure, Layer};

use crate::words::{Spoken, Words};

/// A client's account: the word that it says when it is asked who it is.
pub(crate) struct Speaks(pub(crate) &'static [u8]);

impl Initiator for Speaks {
    fn initiate(&self, service: Service, host: &str) -> Result<Box<dyn Context>, Error> {
        match (service, host) {
            (Service::Host, "vpn01") => Ok(Box::new(Spoken::new(self.0))),
            _ => Err(Error { operation: "naming the server", text: "unknown".to_owned() }),
        }
    }
}

/// The operation that answers with the bytes of its stub in the other order.
pub(crate) const REVERSED: u16 = 3;
/// The operation that answers with as many bytes as its stub says.
pub(crate) const LONG: u16 = 4;

/// The operations of the tests.
pub(crate) struct Reverser;

impl Interface for Reverser {
    fn answer(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
        match opnum {
            REVERSED => Ok(stub.iter().rev().copied().collect()),
            LONG => Ok(vec![7; u32::from_le_bytes(stub.try_into().unwrap()) as usize]),
            _ => Err(Fault::OPERATION_UNKNOWN),
        }
    }
}

/// A change of what the server sends: the number of a PDU and the PDU become those that arrive.
pub(crate) type Change = Box<dyn FnMut(usize, Vec<u8>) -> Vec<Vec<u8>> + Send>;

/// The messages that the client has sent.
pub(crate) type Sent = Arc<Mutex<Vec<Vec<u8>>>>;

/// A pipe to our own server.
pub(crate) struct Served {
    association: Association,
    change: Change,
    received: VecDeque<Vec<u8>>,
    count: usize,
    is_closed: bool,
    pub(crate) sent: Sent,
}

/// The number of the first PDU that answers a call: the two before it answer a bind and an alter context.
pub(crate) const ANSWER: usize = 2;

/// Returns the answer of [`REVERSED`]: a client pads its stub to a multiple of 4 bytes before the verification trailer.
pub(crate) fn reversed(stub: &[u8]) -> Vec<u8> {
    let mut answer = stub.to_vec();
    answer.resize(stub.len().next_multiple_of(4), 0);
    answer.reverse();
    answer
}

/// Returns the rules of a server that wants privacy of an administrator.
pub(crate) fn rules() -> Rules {
    Rules { is_administrator: true, ..Rules::default() }
}

impl Served {
    pub(crate) fn new(rules: Rules, limits: Limits) -> Served {
        let association = Association::new(Arc::new(Reverser), limits, rules).with_provider(Arc::new(Words));
        Served::by(association)
    }

    pub(crate) fn by(association: Association) -> Served {
        let change: Change = Box::new(|_, pdu| vec![pdu]);
        let (received, sent) = (VecDeque::new(), Sent::default());
        Served { association, change, received, count: 0, is_closed: false, sent }
    }

    pub(crate) fn without_provider() -> Served {
        Served::by(Association::new(Arc::new(Reverser), Limits::default(), rules()))
    }

    /// Changes what the server sends.
    pub(crate) fn changed(change: impl FnMut(usize, Vec<u8>) -> Vec<Vec<u8>> + Send + 'static) -> Served {
        Served { change: Box::new(change), ..Served::new(rules(), Limits::default()) }
    }

    /// Changes the PDU of a number.
    pub(crate) fn with(number: usize, mut change: impl FnMut(&mut Vec<u8>) + Send + 'static) -> Served {
        Served::changed(move |count, mut pdu| {
            if count == number {
                change(&mut pdu);
            }
            vec![pdu]
        })
    }
}

impl Pipe for Served {
    fn write(&mut self, message: &[u8], _: Instant) -> Result<(), Failure> {
        if self.is_closed {
            return Err(gone());
        }
        self.sent.lock().unwrap().push(message.to_vec());
        let output = self.association.receive(message);
        for pdu in output.fragments {
            self.received.extend((self.change)(self.count, pdu));
            self.count += 1;
        }
        self.is_closed = output.closed.is_some();
        Ok(())
    }

    fn read(&mut self, most: usize, _: Instant) -> Result<Vec<u8>, Failure> {
        read(&mut self.received, most)
    }
}

/// A pipe to a server that says what it is told, whatever the client says.
pub(crate) struct Told {
    pub(crate) says: VecDeque<Vec<u8>>,
    /// The time that each read takes.
    pub(crate) slow: Duration,
    /// The last message, which is said without end.
    pub(crate) last: Option<Vec<u8>>,
}

impl Told {
    pub(crate) fn new(says: impl IntoIterator<Item = Vec<u8>>) -> Told {
        Told { says: says.into_iter().collect(), slow: Duration::ZERO, last: None }
    }
}

impl Pipe for Told {
    fn write(&mut self, _: &[u8], _: Instant) -> Result<(), Failure> {
        Ok(())
    }

    fn read(&mut self, most: usize, _: Instant) -> Result<Vec<u8>, Failure> {
        thread::sleep(self.slow);
        if self.says.is_empty() {
            self.says.extend(self.last.clone());
        }
        read(&mut self.says, most)
    }
}

/// Reads at most `most` bytes of the first message.
fn read(messages: &mut VecDeque<Vec<u8>>, most: usize) -> Result<Vec<u8>, Failure> {
    let mut message = messages.pop_front().ok_or_else(gone)?;
    if message.len() > most {
        messages.push_front(message.split_off(most));
    }
    Ok(message)
}

/// The failure of a pipe whose server is gone.
pub(crate) fn gone() -> Failure {
    Failure::new(Layer::Service, 1722, "the pipe is closed")
}

/// Returns a moment that is far enough.
pub(crate) fn soon() -> Instant {
    Instant::now() + Duration::from_secs(60)
}

/// Binds a pipe with an account of three tokens.
pub(crate) fn bind(pipe: impl Pipe + 'static) -> Result<Caller, Failure> {
    Caller::bind(Box::new(pipe), &Speaks(b"anna"), "vpn01", soon())
}
