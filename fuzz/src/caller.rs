//! The client's half of RPC: whatever a server says is an error, or an answer that it has said. A failure ends the connection.

use std::time::{Duration, Instant};

use mprapi_rpc::caller::{CallError, Caller};
use mprapi_rpc::pdu::{
    BindAck, Fault, FaultBody, Flags, Kind, Outcome, Response, Secured, Syntax, Trailer, encode,
};
use mprapi_rpc::pipe::Pipe;
use mprapi_rpc::security::{Context, Error, Initiator, Level, Message, Service, Step};
use mprapi_rpc::{Failure, Layer};
use zeroize::Zeroizing;

use crate::pdu::Trusting;

/// Gives a client the bytes of a server. The first byte is the size of the pieces in which they arrive.
pub fn run(bytes: &[u8]) {
    let Some((size, bytes)) = bytes.split_first() else { return };
    let until = Instant::now() + Duration::from_secs(3600);
    let pipe =
        Says { bytes: bytes.to_vec(), at: 0, size: if *size == 0 { usize::MAX } else { (*size).into() } };
    let mut caller = match Caller::bind(Box::new(pipe), &Account, "vpn01", until) {
        Ok(caller) => caller,
        Err(failure) => return assert!(!failure.text.is_empty()),
    };
    assert!((1432..=5840).contains(&caller.fragment()));
    let mut answered = 0;
    for opnum in 0..4 {
        let is_usable = caller.is_usable();
        match caller.call(opnum, &[1; 6000], until) {
            Ok(answer) => answered += answer.len(),
            Err(CallError::Fault(_)) => {}
            Err(CallError::Failed { was_sent, .. }) => {
                assert_eq!(was_sent, is_usable);
                let again = caller.call(opnum, &[], until).expect_err("it is useless");
                assert!(!again.was_sent() && !caller.is_usable());
                break;
            }
        }
    }
    assert!(answered <= bytes.len(), "{answered} bytes of {}", bytes.len());
}

/// Returns what a server says to a client that binds and calls: answers in one fragment and in two, faults, and an end.
pub fn seeds() -> Vec<Vec<u8>> {
    let trailer = Trailer { auth_type: 9, auth_level: 6, pad_length: 0, context_id: 1 };
    let bound = |kind, token: &[u8]| {
        let ack = BindAck {
            max_xmit_frag: 4280,
            max_recv_frag: 4280,
            assoc_group_id: 1,
            secondary_address: b"\\PIPE\\ROUTER\0".to_vec(),
            outcomes: vec![Outcome::accepted(Syntax::NDR32)],
        };
        let flags = Flags::WHOLE.with(Flags::SUPPORT_HEADER_SIGN);
        let secured = Secured::token(&trailer, token);
        encode(kind, flags, 1, &ack.encode().expect("small"), Some(&secured)).expect("small")
    };
    let response = |flags, call_id, length| {
        let stub = vec![call_id as u8; length];
        let body = Response { alloc_hint: 0, context_id: 0, cancel_count: 0, stub: &stub }.encode();
        let token = &[7; 16];
        let secured = Secured { auth_type: 9, auth_level: 6, context_id: 1, token, align: 16, from: 24 };
        encode(Kind::Response, flags, call_id, &body, Some(&secured)).expect("small")
    };
    let fault = FaultBody { context_id: 0, cancel_count: 0, status: Fault::OPERATION_UNKNOWN }.encode();
    let says = [
        // The first byte of a token says how it goes on: 1 is another, 2 the last.
        bound(Kind::BindAck, &[1; 9]),
        bound(Kind::AlterContextResponse, &[2; 9]),
        response(Flags::WHOLE, 2, 20),
        response(Flags::FIRST, 3, 2000),
        response(Flags::default(), 3, 0),
        response(Flags::LAST, 3, 100),
        encode(Kind::Fault, Flags::WHOLE, 4, &fault, None).expect("small"),
        encode(Kind::Shutdown, Flags::WHOLE, 0, &[], None).expect("small"),
        response(Flags::WHOLE, 5, 1),
    ]
    .concat();
    [0, 1, 100].map(|size| [&[size][..], &says].concat()).into()
}

/// A pipe that says bytes, whatever it is told: a PDU in each message, in pieces.
struct Says {
    bytes: Vec<u8>,
    at: usize,
    size: usize,
}

impl Pipe for Says {
    fn write(&mut self, message: &[u8], _: Instant) -> Result<(), Failure> {
        assert!(message.len() <= 5840, "{} bytes", message.len());
        Ok(())
    }

    fn read(&mut self, most: usize, _: Instant) -> Result<Vec<u8>, Failure> {
        let left = self.bytes.get(self.at..).unwrap_or_default();
        let piece = left.get(..self.next(left).min(most).min(self.size)).unwrap_or(left).to_vec();
        self.at += piece.len();
        match piece.is_empty() {
            true => Err(Failure::new(Layer::Service, 1722, "the pipe is closed")),
            false => Ok(piece),
        }
    }
}

impl Says {
    /// Returns the length of the next message: a PDU, as far as its header says so.
    fn next(&self, left: &[u8]) -> usize {
        match left {
            [_, _, _, _, _, _, _, _, low, high, ..] => u16::from_le_bytes([*low, *high]).max(1).into(),
            _ => left.len().max(1),
        }
    }
}

/// The account of a client whose tokens say nothing. The server's tokens say what happens.
struct Account;

impl Initiator for Account {
    fn initiate(&self, _: Service, _: &str) -> Result<Box<dyn Context>, Error> {
        Ok(Box::new(Client { has_begun: false }))
    }
}

struct Client {
    has_begun: bool,
}

impl Context for Client {
    fn step(&mut self, token: &[u8]) -> Result<Step, Error> {
        if !std::mem::replace(&mut self.has_begun, true) {
            return Ok(Step { token: vec![1; 9], is_complete: false });
        }
        Trusting.step(token)
    }

    fn peer(&self) -> Result<String, Error> {
        Trusting.peer()
    }

    fn session_key(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        Trusting.session_key()
    }

    fn token_length(&self, level: Level, stub: usize) -> Result<usize, Error> {
        assert_eq!(level, Level::Privacy);
        Trusting.token_length(level, stub)
    }

    fn protect(&mut self, level: Level, message: Message<'_>) -> Result<Vec<u8>, Error> {
        assert!(message.signs_header);
        Trusting.protect(level, message)
    }

    fn unprotect(&mut self, level: Level, message: Message<'_>, token: &[u8]) -> Result<(), Error> {
        assert!(message.signs_header);
        Trusting.unprotect(level, message, token)
    }
}
