//! A client of the tests, which needs no network.

use std::sync::Arc;

use mprapi_rpc::association::{Association, Limits, Output, Rules};
use mprapi_rpc::pdu::{
    Bind, BindAck, BindNak, Fault, FaultBody, Flags, Fragment, Kind, Offer, Request, Response, Syntax, encode,
};

use crate::Reverser;

/// The operation that answers with the bytes of its stub in the other order.
pub(crate) const REVERSED: u16 = 3;

thread_local! {
    /// The offer of the interface with its transfer syntax.
    pub(crate) static NDR32_OFFER: Offer =
        Offer { context_id: 0, interface: Syntax::DIMSVC, transfer_syntaxes: vec![Syntax::NDR32] };
}

/// Makes the ordinary bind.
pub(crate) fn bind() -> Bind {
    let offers = vec![NDR32_OFFER.with(Clone::clone)];
    Bind { max_xmit_frag: 4280, max_recv_frag: 4280, assoc_group_id: 0, offers }
}

/// Makes the PDU of the ordinary bind.
pub(crate) fn bind_pdu() -> Vec<u8> {
    encode(Kind::Bind, Flags::WHOLE, 1, &bind().encode().unwrap(), None).unwrap()
}

/// Returns the fault that is all of an output.
pub(crate) fn fault(output: &Output) -> Fault {
    let [bytes] = &output.fragments[..] else { panic!("{output:?}") };
    let fragment = Fragment::decode(bytes).unwrap();
    assert_eq!(fragment.header.kind, Kind::Fault);
    FaultBody::decode(fragment.body).unwrap().status
}

/// Returns the stub of the response that is all of an output.
pub(crate) fn stub(output: &Output) -> Vec<u8> {
    let [bytes] = &output.fragments[..] else { panic!("{output:?}") };
    let fragment = Fragment::decode(bytes).unwrap();
    assert_eq!(fragment.header.kind, Kind::Response);
    Response::decode(fragment.body).unwrap().stub.to_vec()
}

pub(crate) struct Client {
    pub(crate) association: Association,
    pub(crate) call_id: u32,
    pub(crate) context_id: u16,
    /// The PDUs that were received and not read.
    pub(crate) received: Vec<Vec<u8>>,
    /// The sizes of the PDUs of the last answer.
    pub(crate) sizes: Vec<usize>,
}

impl Client {
    pub(crate) fn new(rules: Rules) -> Client {
        Client::with_limits(rules, Limits::default())
    }

    pub(crate) fn with_limits(rules: Rules, limits: Limits) -> Client {
        let association = Association::new(Arc::new(Reverser), limits, rules);
        Client { association, call_id: 2, context_id: 0, received: Vec::new(), sizes: Vec::new() }
    }

    pub(crate) fn bound(rules: Rules) -> Client {
        let mut client = Client::new(rules);
        client.bind(&bind()).unwrap();
        client
    }

    /// Sends one PDU.
    pub(crate) fn send(&mut self, kind: Kind, flags: Flags, body: &[u8]) -> Output {
        self.association.receive(&encode(kind, flags, self.call_id, body, None).unwrap())
    }

    /// Sends one PDU, and returns the kind and the body of the one that answers.
    pub(crate) fn exchange(&mut self, kind: Kind, flags: Flags, body: &[u8]) -> (Kind, Vec<u8>) {
        let output = self.send(kind, flags, body);
        let [bytes] = &output.fragments[..] else { panic!("{output:?}") };
        let fragment = Fragment::decode(bytes).unwrap();
        assert_eq!(fragment.header.call_id, self.call_id);
        (fragment.header.kind, fragment.body.to_vec())
    }

    pub(crate) fn bind(&mut self, bind: &Bind) -> Result<BindAck, BindNak> {
        match self.exchange(Kind::Bind, Flags::WHOLE, &bind.encode().unwrap()) {
            (Kind::BindAck, body) => Ok(BindAck::decode(&body).unwrap()),
            (Kind::BindNak, body) => Err(BindNak::decode(&body).unwrap()),
            (kind, _) => panic!("{kind:?}"),
        }
    }

    /// Makes the PDUs of a call.
    pub(crate) fn request(&mut self, opnum: u16, stub: &[u8]) -> Vec<Vec<u8>> {
        self.call_id += 1;
        let mut parts: Vec<&[u8]> = stub.chunks(4000).collect();
        if parts.is_empty() {
            parts.push(&[]);
        }
        let last = parts.len() - 1;
        let pdu = |(index, stub): (usize, &&[u8])| {
            let first = if index == 0 { Flags::FIRST } else { Flags::default() };
            let flags = if index == last { first.with(Flags::LAST) } else { first };
            let (alloc_hint, context_id) = (0, self.context_id);
            let body = Request { alloc_hint, context_id, opnum, object: None, stub }.encode();
            encode(Kind::Request, flags, self.call_id, &body, None).unwrap()
        };
        parts.iter().enumerate().map(pdu).collect()
    }

    /// Reads the answer that was received.
    pub(crate) fn answer(&mut self) -> Result<Vec<u8>, Fault> {
        let received = std::mem::take(&mut self.received);
        self.sizes = received.iter().map(Vec::len).collect();
        let mut stub = Vec::new();
        let last = received.len() - 1;
        for (index, bytes) in received.iter().enumerate() {
            let fragment = Fragment::decode(bytes).unwrap();
            if fragment.header.kind == Kind::Fault {
                return Err(FaultBody::decode(fragment.body).unwrap().status);
            }
            assert_eq!(fragment.header.flags.contains(Flags::FIRST), index == 0);
            assert_eq!(fragment.header.flags.contains(Flags::LAST), index == last);
            let response = Response::decode(fragment.body).unwrap();
            assert_eq!(response.context_id, self.context_id);
            stub.extend(response.stub);
        }
        Ok(stub)
    }

    /// Makes a call.
    pub(crate) fn call(&mut self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
        self.call_id -= 1;
        for bytes in self.request(opnum, stub) {
            let output = self.association.receive(&bytes);
            assert_eq!(output.closed, None);
            self.received.extend(output.fragments);
        }
        self.answer()
    }
}
