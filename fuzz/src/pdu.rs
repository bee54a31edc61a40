//! PDUs, connections and hand-overs of `mprapi-rpc`: bytes that can be decoded are encoded to the same values, and a
//! connection answers any bytes with PDUs that can be decoded and are no larger than was negotiated.

use std::sync::Arc;

use mprapi_rpc::association::{Association, Interface, Limits, Rules};
use mprapi_rpc::pdu::{
    Bind, BindAck, BindNak, Fault, FaultBody, Flags, Fragment, Kind, Request, Response, Verification, encode,
};
use mprapi_rpc::security::{Context, Error, Level, Message, Provider, Step};
use zeroize::Zeroizing;

/// Reads a PDU, and each kind of body.
pub fn run(bytes: &[u8]) {
    if let Ok(fragment) = Fragment::decode(bytes) {
        let kept = fragment.body.len() + fragment.padding.len();
        assert!(kept + fragment.security.map_or(0, |security| security.token.len()) <= bytes.len());
        if let Ok(request) = Request::decode(&fragment) {
            let flags = fragment.header.flags;
            let again = encode(Kind::Request, flags, fragment.header.call_id, &request.encode(), None)
                .expect("it is no longer");
            assert_eq!(Request::decode(&Fragment::decode(&again).expect("it is a PDU")), Ok(request));
        }
        body(fragment.body);
    }
    body(bytes);
}

fn body(bytes: &[u8]) {
    if let Ok(bind) = Bind::decode(bytes) {
        let again = bind.encode().expect("the counts are those of bytes");
        assert!(again.len() <= bytes.len());
        assert_eq!(Bind::decode(&again), Ok(bind));
        assert!(Bind::decode(&again[..again.len() - 1]).is_err());
    }
    if let Ok(ack) = BindAck::decode(bytes) {
        let again = ack.encode().expect("the counts are those of bytes");
        assert_eq!(again.len(), bytes.len());
        assert_eq!(BindAck::decode(&again), Ok(ack));
    }
    if let Ok(nak) = BindNak::decode(bytes) {
        assert_eq!(BindNak::decode(&nak.encode().expect("the count is that of a byte")), Ok(nak));
    }
    if let Ok(response) = Response::decode(bytes) {
        assert_eq!(Response::decode(&response.encode()), Ok(response));
    }
    if let Ok(fault) = FaultBody::decode(bytes) {
        assert_eq!(FaultBody::decode(&fault.encode()), Ok(fault));
    }
    if let Some((at, trailer)) = Verification::find(bytes) {
        assert_eq!(at % 4, 0);
        if trailer.bitmask.is_some() || trailer.interface.is_some() || trailer.header.is_some() {
            let mut again = bytes[..at].to_vec();
            trailer.append(&mut again);
            assert_eq!(Verification::find(&again), Some((at, trailer)));
        }
    }
}

/// Gives a server the bytes of a client. The first byte is the size of the pieces in which they arrive.
pub fn association(bytes: &[u8]) {
    let Some((size, bytes)) = bytes.split_first() else { return };
    let rules = Rules { minimum: Level::None, is_administrator: true, ..Rules::default() };
    let association = Association::new(Arc::new(Echo), Limits::default(), rules);
    let mut association = association.with_provider(Arc::new(Trusting));
    let (mut sent, mut is_closed) = (0, false);
    for piece in bytes.chunks(if *size == 0 { usize::MAX } else { usize::from(*size) }) {
        let output = association.receive(piece);
        assert!(!is_closed || output.fragments.is_empty(), "nothing is sent after the end");
        is_closed |= output.closed.is_some();
        for pdu in &output.fragments {
            assert!(
                pdu.len() <= 4280
                    || pdu[2] == Kind::BindAck as u8
                    || pdu[2] == Kind::AlterContextResponse as u8
            );
            let fragment = Fragment::decode(pdu).expect("what a server sends is a PDU");
            assert!(fragment.header.flags.contains(Flags::FIRST) || fragment.header.kind == Kind::Response);
            sent += pdu.len();
        }
    }
    // An acknowledgement has 24 bytes for an offer of 24; an answer is as long as its request.
    assert!(sent <= 16 * (bytes.len() + 64), "{sent} bytes for {}", bytes.len());
}

/// Reads a hand-over of smbd.
#[cfg(unix)]
pub fn handover(bytes: &[u8]) {
    use mprapi_rpc::samba::Caller;
    match Caller::decode(bytes) {
        Ok(caller) => assert!(caller.sids.len() <= bytes.len() / 8),
        Err(error) => assert!(error.offset <= bytes.len()),
    }
}

/// Answers with the stub of the request.
struct Echo;

impl Interface for Echo {
    fn answer(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
        if opnum < 53 { Ok(stub.to_vec()) } else { Err(Fault::OPERATION_UNKNOWN) }
    }
}

/// A provider that lets the peer's tokens say what happens.
pub(crate) struct Trusting;

impl Provider for Trusting {
    fn accept(&self, auth_type: u8) -> Option<Result<Box<dyn Context>, Error>> {
        (auth_type == 9).then(|| Ok(Box::new(Trusting) as Box<dyn Context>))
    }
}

impl Context for Trusting {
    fn step(&mut self, token: &[u8]) -> Result<Step, Error> {
        match token.first() {
            Some(0) => Err(Error { operation: "believing", text: "no".to_owned() }),
            Some(1) => Ok(Step { token: vec![1; 4], is_complete: false }),
            _ => Ok(Step { token: Vec::new(), is_complete: true }),
        }
    }

    fn peer(&self) -> Result<String, Error> {
        Ok("somebody".to_owned())
    }

    fn session_key(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        Ok(Zeroizing::new(vec![7; 16]))
    }

    fn token_length(&self, _level: Level, _stub: usize) -> Result<usize, Error> {
        Ok(16)
    }

    fn protect(&mut self, _level: Level, message: Message<'_>) -> Result<Vec<u8>, Error> {
        assert!(message.stub.end <= message.bytes.len());
        Ok(vec![7; 16])
    }

    fn unprotect(&mut self, _level: Level, message: Message<'_>, token: &[u8]) -> Result<(), Error> {
        assert!(message.stub.start <= message.stub.end && message.stub.end + 8 == message.bytes.len());
        match token.first() {
            Some(0) | None => Err(Error { operation: "believing", text: "no".to_owned() }),
            _ => Ok(()),
        }
    }
}
