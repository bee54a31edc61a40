//! The server's side of one connection: PDUs go in, PDUs come out.

mod authentication;
mod closed;
mod gathered;
mod interfaces;
mod limits;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use authentication::Authentication;
pub use closed::Closed;
use gathered::{Gathered, gather};
use interfaces::Interfaces;
pub use limits::{Limits, Rules};
use mprapi_sys::ERROR_ACCESS_DENIED;
use zeroize::{Zeroize, Zeroizing};

use crate::dimsvc;
use crate::pdu::{
    self, Bind, BindAck, BindNak, Fault, FaultBody, Flags, Fragment, Header, Kind, Request, Response,
    Secured, Syntax, Trailer, Verification, VerifiedHeader,
};
use crate::protection;
use crate::secret::{self, Hidden};
use crate::security::Provider;

/// The operations that a server answers: MS-RRASM's, over any back end.
pub trait Interface: Send + Sync {
    /// Answers a call of the operation `opnum` with the request's stub.
    ///
    /// # Errors
    /// The fault that the client gets instead of an answer.
    fn answer(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault>;
}

/// Answers a call that the client may not make: with the code of the operation, as MS-RRASM says.
fn deny(opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
    // A stub that cannot be decoded tells a stranger nothing more.
    let request = dimsvc::Request::decode(opnum, stub).map_err(|_| Fault::ACCESS_DENIED)?;
    Ok(request.failed(ERROR_ACCESS_DENIED).encode())
}

/// The PDUs that a server sends after it has received bytes. `Debug` shows their lengths alone: they may have a password.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// The PDUs, in the order in which they are sent.
    pub fragments: Vec<Vec<u8>>,
    /// The reason why the connection ends after them, if it does.
    pub closed: Option<Closed>,
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fragments: Vec<_> = self.fragments.iter().map(|fragment| Hidden(fragment)).collect();
        f.debug_struct("Output").field("fragments", &fragments).field("closed", &self.closed).finish()
    }
}

/// The server's side of one connection.
///
/// It takes the bytes that a client sends, in pieces of any length, and gives the PDUs of the answers. Wrong order and
/// wrong bytes are a fault, or the end of the connection.
pub struct Association {
    interface: Arc<dyn Interface>,
    provider: Option<Arc<dyn Provider>>,
    limits: Limits,
    rules: Rules,
    /// The beginning of a PDU that is not complete. It may have a password.
    buffer: Zeroizing<Vec<u8>>,
    /// `None` before the bind.
    bound: Option<Bound>,
    authentication: Authentication,
    pending: Option<Gathered>,
    is_closed: bool,
}

/// The values that a bind has negotiated.
struct Bound {
    interfaces: Interfaces,
    max_xmit: u16,
    max_recv: u16,
    group: u32,
}

/// The last number of an association group.
static GROUP: AtomicU32 = AtomicU32::new(0);

impl Association {
    /// Makes an association that waits for a bind.
    pub fn new(interface: Arc<dyn Interface>, limits: Limits, rules: Rules) -> Association {
        Association {
            interface,
            provider: None,
            limits,
            rules,
            buffer: Zeroizing::default(),
            bound: None,
            authentication: Authentication::default(),
            pending: None,
            is_closed: false,
        }
    }

    /// Lets clients authenticate themselves with a security provider.
    #[must_use]
    pub fn with_provider(mut self, provider: Arc<dyn Provider>) -> Association {
        self.provider = Some(provider);
        self
    }

    /// Returns `true` if a client has sent a part of a PDU, of a request or of an authentication, and the rest is missing.
    pub fn is_waiting(&self) -> bool {
        !self.buffer.is_empty() || self.pending.is_some() || self.authentication.is_pending()
    }

    /// Takes bytes of the client. After a [`Closed`], nothing is taken any more.
    pub fn receive(&mut self, bytes: &[u8]) -> Output {
        let mut output = Output::default();
        if self.is_closed {
            return output;
        }
        secret::append(&mut self.buffer, bytes);
        let mut buffer = std::mem::take(&mut self.buffer);
        let mut taken = 0;
        let result = loop {
            let rest = buffer.get(taken..).unwrap_or_default();
            if rest.len() < Header::SIZE {
                break Ok(());
            }
            let header = match self.header(rest) {
                Ok(header) => header,
                Err(closed) => break Err(closed),
            };
            let length = usize::from(header.frag_length);
            let Some(fragment) = buffer.get_mut(taken..taken + length) else { break Ok(()) };
            if let Err(closed) = self.fragment(&header, fragment, &mut output.fragments) {
                break Err(closed);
            }
            // What follows moves here, and the end of the buffer may be used for long.
            fragment.zeroize();
            taken += length;
        };
        match result {
            Ok(()) => {
                buffer.drain(..taken);
                self.buffer = buffer;
            }
            Err(closed) => {
                self.is_closed = true;
                self.pending = None;
                output.closed = Some(closed);
            }
        }
        output
    }

    /// Reads the header of the next PDU, and checks that its length is allowed before the rest arrives.
    fn header(&self, bytes: &[u8]) -> Result<Header, Closed> {
        let header = Header::decode(bytes).map_err(Closed::Pdu)?;
        // Tokens of the other kinds may be as long as the length can say.
        let limit = match header.kind {
            Kind::Request => self.bound.as_ref().map_or(Limits::MUST_RECEIVE, |bound| bound.max_recv),
            _ => u16::MAX,
        };
        if header.frag_length > limit {
            return Err(Closed::Fragment { length: header.frag_length, limit });
        }
        Ok(header)
    }

    /// Takes one PDU.
    fn fragment(&mut self, header: &Header, bytes: &mut [u8], out: &mut Vec<Vec<u8>>) -> Result<(), Closed> {
        let is_bound = self.bound.is_some();
        match header.kind {
            Kind::Bind if !is_bound => self.bind(bytes, out),
            Kind::AlterContext if is_bound => self.alter_context(bytes, out),
            Kind::Auth3 if self.authentication.is_pending() => self.auth3(bytes),
            Kind::Request if is_bound => self.request(header, bytes, out),
            // A call is answered before the next PDU is read, so there is nothing to cancel.
            Kind::Cancel if is_bound => Ok(()),
            Kind::Orphaned if is_bound => {
                self.pending.take_if(|pending| pending.call_id == header.call_id);
                Ok(())
            }
            kind => {
                if kind == Kind::Request || kind == Kind::Bind {
                    out.extend(fault(header, 0, Fault::PROTOCOL));
                }
                Err(Closed::Order(kind))
            }
        }
    }

    fn bind(&mut self, bytes: &[u8], out: &mut Vec<Vec<u8>>) -> Result<(), Closed> {
        let fragment = Fragment::decode(bytes).map_err(Closed::Pdu)?;
        let header = fragment.header;
        let refuse = |out: &mut Vec<Vec<u8>>, closed| {
            let reason = match closed {
                Closed::Provider { .. } => BindNak::AUTHENTICATION_TYPE_NOT_RECOGNIZED,
                Closed::Security(_) | Closed::Account(_) => BindNak::INVALID_CHECKSUM,
                _ => BindNak::REASON_NOT_SPECIFIED,
            };
            let body = BindNak::new(reason).encode().unwrap_or_default();
            out.extend(pdu::encode(Kind::BindNak, Flags::WHOLE, header.call_id, &body, None));
            Err(closed)
        };
        let bind = match whole(&fragment).and_then(|()| Bind::decode(fragment.body).map_err(Closed::Pdu)) {
            Ok(bind) => bind,
            Err(closed) => return refuse(out, closed),
        };
        let mut token = None;
        if let Some(security) = &fragment.security {
            let provider = self.provider.as_deref();
            let begun = self.authentication.begin(provider, security, header.flags);
            match begun.and_then(|()| self.authentication.step(security, &self.rules, &self.limits)) {
                Ok(answer) => token = answer,
                Err(closed) => return refuse(out, closed),
            }
        }
        // Smaller fragments than everyone must take are not negotiated.
        let most = self.limits.fragment.max(Limits::MUST_RECEIVE);
        let bound = Bound {
            interfaces: Interfaces::default(),
            max_xmit: bind.max_recv_frag.clamp(Limits::MUST_RECEIVE, most),
            max_recv: bind.max_xmit_frag.clamp(Limits::MUST_RECEIVE, most),
            group: match bind.assoc_group_id {
                0 => GROUP.fetch_add(1, Ordering::Relaxed).wrapping_add(1).max(1),
                group => group,
            },
        };
        self.bound = Some(bound);
        let mut address = self.rules.secondary_address.clone().into_bytes();
        address.push(0);
        self.acknowledge(Kind::BindAck, &header, &bind, address, token, out)
    }

    fn alter_context(&mut self, bytes: &[u8], out: &mut Vec<Vec<u8>>) -> Result<(), Closed> {
        let fragment = Fragment::decode(bytes).map_err(Closed::Pdu)?;
        let header = fragment.header;
        let refuse = |out: &mut Vec<Vec<u8>>, closed| {
            let status = match closed {
                Closed::Security(_) | Closed::Account(_) | Closed::Unprotected => Fault::ACCESS_DENIED,
                _ => Fault::PROTOCOL,
            };
            out.extend(fault(&header, 0, status));
            Err(closed)
        };
        let bind = match whole(&fragment).and_then(|()| Bind::decode(fragment.body).map_err(Closed::Pdu)) {
            Ok(bind) => bind,
            Err(closed) => return refuse(out, closed),
        };
        let token = match &fragment.security {
            Some(security) => match self.authentication.step(security, &self.rules, &self.limits) {
                Ok(token) => token,
                Err(closed) => return refuse(out, closed),
            },
            None => None,
        };
        self.acknowledge(Kind::AlterContextResponse, &header, &bind, Vec::new(), token, out)
    }

    /// Answers the offers of a bind or an alter context.
    fn acknowledge(
        &mut self,
        kind: Kind,
        header: &Header,
        bind: &Bind,
        secondary_address: Vec<u8>,
        token: Option<(Trailer, Vec<u8>)>,
        out: &mut Vec<Vec<u8>>,
    ) -> Result<(), Closed> {
        let Some(bound) = &mut self.bound else { return Err(Closed::Order(header.kind)) };
        let limit = self.limits.interfaces;
        let body = BindAck {
            max_xmit_frag: bound.max_xmit,
            max_recv_frag: bound.max_recv,
            assoc_group_id: bound.group,
            secondary_address,
            outcomes: bind.offers.iter().map(|offer| bound.interfaces.answer(offer, limit)).collect(),
        };
        let body = body.encode().map_err(Closed::Pdu)?;
        let signs = self.authentication.signs_header() && header.flags.contains(Flags::SUPPORT_HEADER_SIGN);
        let flags = if signs { Flags::WHOLE.with(Flags::SUPPORT_HEADER_SIGN) } else { Flags::WHOLE };
        let secured = token.as_ref().map(|(trailer, token)| Secured::token(trailer, token));
        out.push(pdu::encode(kind, flags, header.call_id, &body, secured.as_ref()).map_err(Closed::Pdu)?);
        Ok(())
    }

    /// Takes the last token of an authentication, to which there is no answer.
    fn auth3(&mut self, bytes: &[u8]) -> Result<(), Closed> {
        let fragment = Fragment::decode(bytes).map_err(Closed::Pdu)?;
        let security = fragment.security.ok_or(Closed::Unprotected)?;
        self.authentication.step(&security, &self.rules, &self.limits)?;
        // A further token of ours has no PDU to travel in.
        if self.authentication.is_pending() { Err(Closed::Unprotected) } else { Ok(()) }
    }

    fn request(&mut self, header: &Header, bytes: &mut [u8], out: &mut Vec<Vec<u8>>) -> Result<(), Closed> {
        if let Err(closed) = self.authentication.unprotect(bytes, header, pdu::before_stub(header.flags)) {
            let status = match closed {
                Closed::Security(_) => Fault::SECURITY,
                _ => Fault::ACCESS_DENIED,
            };
            out.extend(fault(header, 0, status));
            return Err(closed);
        }
        // A stranger's request is decoded too, so that its answer can be one of the operation.
        let longest = match self.may_call() {
            true => self.limits.request,
            false => self.limits.request.min(Limits::DENIED),
        };
        let part = Fragment::decode(bytes).and_then(|fragment| Request::decode(&fragment));
        let gathered = part.map_err(Closed::Pdu).and_then(|part| {
            gather(&mut self.pending, header.flags, header.call_id, &part, &self.limits, longest)
        });
        let request = match gathered {
            Ok(Some(request)) => request,
            Ok(None) => return Ok(()),
            Err(closed) => {
                let status = match closed {
                    Closed::Request => Fault::NO_MEMORY,
                    _ => Fault::PROTOCOL,
                };
                out.extend(fault(header, 0, status));
                return Err(closed);
            }
        };
        match self.call(&request) {
            Ok(stub) => self.respond(&request, &Zeroizing::new(stub), out),
            Err(status) => {
                out.extend(fault(header, request.context_id, status));
                Ok(())
            }
        }
    }

    /// Returns `true` if the client may make calls.
    fn may_call(&self) -> bool {
        self.rules.is_administrator && self.authentication.level() >= self.rules.minimum
    }

    /// Makes the call of a whole request.
    fn call(&self, request: &Gathered) -> Result<Vec<u8>, Fault> {
        let is_known = self.bound.as_ref().is_some_and(|bound| bound.interfaces.contains(request.context_id));
        if !is_known {
            return Err(Fault::INTERFACE_UNKNOWN);
        }
        let mut stub = request.stub.bytes();
        if let Some((end, trailer)) = Verification::find(stub) {
            if !self.is_verified(&trailer, request) {
                return Err(Fault::ACCESS_DENIED);
            }
            stub = stub.get(..end).unwrap_or_default();
        }
        match self.may_call() {
            true => self.interface.answer(request.opnum, stub),
            false => deny(request.opnum, stub),
        }
    }

    /// Returns `true` if a verification trailer says the same as the request and the bind.
    fn is_verified(&self, trailer: &Verification, request: &Gathered) -> bool {
        let Gathered { call_id, context_id, opnum, .. } = *request;
        let signs = trailer.bitmask.is_some_and(|bits| bits & Verification::SUPPORTS_HEADER_SIGN != 0);
        // Somebody has taken the bit out of the bind if the client knows of it, and the server does not.
        let header_signing =
            !signs || !self.authentication.level().protects() || self.authentication.signs_header();
        let expected = VerifiedHeader::of_request(call_id, context_id, opnum);
        header_signing
            && trailer.unknown.is_none()
            && trailer.interface.is_none_or(|named| named == (Syntax::DIMSVC, Syntax::NDR32))
            && trailer.header.is_none_or(|header| header == expected)
    }

    /// Sends an answer in as many fragments as it needs.
    fn respond(&mut self, request: &Gathered, stub: &[u8], out: &mut Vec<Vec<u8>>) -> Result<(), Closed> {
        let max_xmit = self.bound.as_ref().map_or(Limits::MUST_RECEIVE, |bound| bound.max_xmit);
        let room = protection::room(max_xmit, self.authentication.overhead(max_xmit.into())?);
        for pdu::Part { flags, alloc_hint, stub } in pdu::parts(stub, room) {
            let response = Response { alloc_hint, context_id: request.context_id, cancel_count: 0, stub };
            out.push(self.authentication.response(flags, request.call_id, &response)?);
        }
        Ok(())
    }
}

/// Checks that a PDU that cannot be fragmented is whole.
fn whole(fragment: &Fragment<'_>) -> Result<(), Closed> {
    match fragment.header.flags.contains(Flags::WHOLE) {
        true => Ok(()),
        false => Err(Closed::Mixed),
    }
}

/// Makes the PDU of a fault. It is not protected: clients read its status in the clear.
fn fault(header: &Header, context_id: u16, status: Fault) -> pdu::Result<Vec<u8>> {
    let body = FaultBody { context_id, cancel_count: 0, status }.encode();
    pdu::encode(Kind::Fault, Flags::WHOLE, header.call_id, &body, None)
}
