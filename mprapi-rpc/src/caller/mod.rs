//! The client's half of RPC: calls of one server over a pipe.
//!
//! A [`Caller`] speaks the transfer syntax NDR32 with SPNEGO and packet privacy; there is no way to have less. Each request has
//! a verification trailer. Whatever a server sends may be hostile: its sizes and counts are bounded, an answer that is not
//! protected, that is another call's or out of order is a failure, and after a failure the caller is useless.

mod bind;
mod error;
mod limits;
mod stream;

use std::fmt;
use std::time::Instant;

use bind::INTERFACE;
pub use error::CallError;
use error::{BAD_STUB, CALL_FAILED, broken};
pub use limits::Limits;
use stream::{Pdu, Stream};
use zeroize::Zeroizing;

use crate::failure::{Failure, Layer};
use crate::pdu::{
    self, Fault, FaultBody, Flags, Fragment, Gathered, Kind, Part, Request, Response, Syntax, Verification,
    VerifiedHeader,
};
use crate::pipe::Pipe;
use crate::protection::{self, BEFORE_STUB, Protection};
use crate::security::{Initiator, Service};

/// The client's side of one connection, bound to the interface of MS-RRASM.
pub struct Caller {
    stream: Stream,
    protection: Protection,
    limits: Limits,
    /// The largest fragment that the server receives, in bytes.
    fragment: u16,
    call_id: u32,
    peer: String,
    /// The failure that made this caller useless.
    ended: Option<Failure>,
}

/// The most bytes of a verification trailer with the padding before it: a signature, and commands of 4, 40 and 16 bytes.
const VERIFICATION: usize = 3 + 8 + (4 + 4) + (4 + 40) + (4 + 16);

/// The end of a call.
enum Ended {
    Fault(Fault),
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for Ended {
    fn from(error: E) -> Ended {
        Ended::Failure(error.into())
    }
}

impl Caller {
    /// Binds a pipe to the interface of MS-RRASM and authenticates the account to the server `host`, and the server to it.
    ///
    /// # Errors
    /// [`Failure`] of the layer logon if the account or this machine's provider is refused, interface if the server does not
    /// know the interface, packet privacy or signed headers, call if it breaks the protocol; and as of the pipe.
    pub fn bind(
        pipe: Box<dyn Pipe>,
        initiator: &dyn Initiator,
        host: &str,
        until: Instant,
    ) -> Result<Caller, Failure> {
        Caller::bind_within(Limits::default(), pipe, initiator, host, until)
    }

    /// Binds a pipe as [`bind`](Caller::bind), with limits of its own.
    ///
    /// # Errors
    /// As of [`bind`](Caller::bind).
    pub fn bind_within(
        limits: Limits,
        pipe: Box<dyn Pipe>,
        initiator: &dyn Initiator,
        host: &str,
        until: Instant,
    ) -> Result<Caller, Failure> {
        let context = initiator.initiate(Service::Host, host)?;
        let mut stream = Stream::new(pipe, limits.fragment.max(pdu::MUST_RECEIVE));
        let bound = bind::bind(&mut stream, context, &limits, until)?;
        if stream.has_more() {
            return Err(unasked());
        }
        let peer = bound.protection.context.peer()?;
        let (protection, fragment) = (bound.protection, bound.fragment);
        Ok(Caller { stream, protection, limits, fragment, call_id: bind::CALL, peer, ended: None })
    }

    /// Returns the server's name, as the security provider shows it (`host/vpn01.example.com@EXAMPLE.COM`).
    pub fn peer(&self) -> &str {
        &self.peer
    }

    /// Returns the largest fragment of a request, in bytes: as large as the server receives.
    pub fn fragment(&self) -> u16 {
        self.fragment
    }

    /// Returns `true` if a further call can be made.
    pub fn is_usable(&self) -> bool {
        self.ended.is_none()
    }

    /// Calls the operation `opnum` with the request's stub, and returns the answer's, which may have a password.
    ///
    /// # Errors
    /// [`CallError::Fault`] if the server refuses the call, and [`CallError::Failed`] if there is no answer. After the second,
    /// and after a fault that says that the server cannot go on, each further call fails.
    pub fn call(&mut self, opnum: u16, stub: &[u8], until: Instant) -> Result<Vec<u8>, CallError> {
        let mut was_sent = false;
        if let Some(first) = &self.ended {
            let text = format!("the connection has ended: {}", first.text);
            let failure = Failure::new(first.layer, first.code, text);
            return Err(CallError::Failed { failure, was_sent });
        }
        match self.exchange(opnum, stub, until, &mut was_sent) {
            Ok(answer) => Ok(answer),
            Err(Ended::Fault(fault)) => {
                if matches!(fault, Fault::SECURITY | Fault::PROTOCOL) {
                    let text = format!("the server refused a call: {fault}");
                    self.ended = Some(Failure::new(Layer::Call, CALL_FAILED, text));
                }
                Err(CallError::Fault(fault))
            }
            Err(Ended::Failure(failure)) => {
                self.ended = Some(failure.clone());
                Err(CallError::Failed { failure, was_sent })
            }
        }
    }

    /// Sends a request in as many fragments as it needs, and receives the answer.
    fn exchange(
        &mut self,
        opnum: u16,
        stub: &[u8],
        until: Instant,
        was_sent: &mut bool,
    ) -> Result<Vec<u8>, Ended> {
        if Instant::now() >= until {
            return Err(Failure::new(Layer::Call, CALL_FAILED, "the time of the call is over").into());
        }
        if stub.len() > self.limits.request {
            let text = format!("a request of {} bytes is larger than the limit", stub.len());
            return Err(Failure::new(Layer::Call, BAD_STUB, text).into());
        }
        self.call_id = self.call_id.wrapping_add(1).max(bind::CALL + 1);
        let call_id = self.call_id;
        // It never grows, so no copy is left behind.
        let mut whole = Zeroizing::new(Vec::with_capacity(stub.len() + VERIFICATION));
        whole.extend_from_slice(stub);
        let header = VerifiedHeader::of_request(call_id, INTERFACE, opnum);
        Verification::new(Verification::SUPPORTS_HEADER_SIGN, Syntax::DIMSVC, header).append(&mut whole);
        let room = protection::room(self.fragment, self.protection.overhead(self.fragment.into())?);
        for Part { flags, alloc_hint, stub } in pdu::parts(&whole, room) {
            let request = Request { alloc_hint, context_id: INTERFACE, opnum, object: None, stub };
            let body = Zeroizing::new(request.encode());
            let fragment = self.protection.protect(Kind::Request, flags, call_id, &body)?;
            *was_sent = true;
            if flags.contains(Flags::LAST) {
                let first = self.stream.exchange(&fragment, until)?;
                return self.receive(first, until);
            }
            self.stream.send(&fragment, until)?;
        }
        Err(broken("a request has no last fragment").into())
    }

    /// Receives the answer of the last call, whose first PDU is there.
    fn receive(&mut self, first: Pdu, until: Instant) -> Result<Vec<u8>, Ended> {
        let mut gathered = Gathered::default();
        let (mut pdu, mut is_shut_down) = (first, false);
        let answer = loop {
            match pdu.header.kind {
                Kind::Response => {
                    if self.response(&mut pdu, &mut gathered)? {
                        break Ok(gathered.into_bytes());
                    }
                }
                Kind::Fault => {
                    self.is_of_call(&pdu)?;
                    break Err(FaultBody::decode(Fragment::decode(&pdu.bytes)?.body)?.status);
                }
                // The server wants to end the connection when the call is done.
                Kind::Shutdown if !is_shut_down => is_shut_down = true,
                kind => {
                    return Err(broken(format_args!("a PDU of the kind {kind:?} answers a call")).into());
                }
            }
            pdu = self.stream.next(until)?;
        };
        if self.stream.has_more() {
            return Err(unasked().into());
        }
        if is_shut_down {
            let text = "the server asked for the end of the connection";
            self.ended = Some(Failure::new(Layer::Call, CALL_FAILED, text));
        }
        answer.map_err(Ended::Fault)
    }

    /// Takes a fragment of a response. Returns `true` if it is the last.
    fn response(&mut self, pdu: &mut Pdu, gathered: &mut Gathered) -> Result<bool, Failure> {
        self.is_of_call(pdu)?;
        let flags = pdu.header.flags;
        if flags.contains(Flags::FIRST) != gathered.is_new() {
            return Err(broken("the fragments of an answer are out of order"));
        }
        self.protection.unprotect(&mut pdu.bytes, &pdu.header, BEFORE_STUB)?;
        let part = Response::decode(Fragment::decode(&pdu.bytes)?.body)?;
        if part.context_id != INTERFACE {
            return Err(broken(format_args!(
                "an answer of the interface {} answers a call",
                part.context_id
            )));
        }
        let Limits { answer, fragments, .. } = self.limits;
        let large = |_| {
            let text =
                format!("an answer is larger than the limit of {answer} bytes in {fragments} fragments");
            Failure::new(Layer::Call, CALL_FAILED, text)
        };
        gathered.append(part.stub, answer, fragments).map_err(large)?;
        Ok(flags.contains(Flags::LAST))
    }

    /// Checks that a PDU is of the last call.
    fn is_of_call(&self, pdu: &Pdu) -> Result<(), Failure> {
        match pdu.header.call_id {
            id if id == self.call_id => Ok(()),
            id => Err(broken(format_args!("an answer to the call {id} answers the call {}", self.call_id))),
        }
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Caller { fragment, call_id, peer, ended, .. } = self;
        let mut shown = f.debug_struct("Caller");
        shown.field("peer", peer).field("fragment", fragment).field("call_id", call_id);
        shown.field("ended", ended).finish_non_exhaustive()
    }
}

/// Describes bytes that follow an answer.
fn unasked() -> Failure {
    broken("bytes follow an answer")
}
