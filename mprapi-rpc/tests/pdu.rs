//! PDUs are encoded and decoded without a loss; whatever else arrives is an error with a field and an offset.

use mprapi_rpc::pdu::{
    Bind, BindAck, BindNak, Error, Fault, FaultBody, Flags, Fragment, Header, Kind, Offer, Outcome, Problem,
    Request, Response, Secured, Syntax, Uuid, Verification, VerifiedHeader, encode,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn syntax() -> impl Strategy<Value = Syntax> {
    (any::<[u8; 16]>(), any::<u32>()).prop_map(|(uuid, version)| Syntax { uuid: Uuid(uuid), version })
}

fn offer() -> impl Strategy<Value = Offer> {
    (any::<u16>(), syntax(), vec(syntax(), 0..4)).prop_map(|(context_id, interface, transfer_syntaxes)| {
        Offer { context_id, interface, transfer_syntaxes }
    })
}

fn bind() -> impl Strategy<Value = Bind> {
    (any::<u16>(), any::<u16>(), any::<u32>(), vec(offer(), 0..5)).prop_map(
        |(max_xmit_frag, max_recv_frag, assoc_group_id, offers)| Bind {
            max_xmit_frag,
            max_recv_frag,
            assoc_group_id,
            offers,
        },
    )
}

fn outcome() -> impl Strategy<Value = Outcome> {
    (any::<u16>(), any::<u16>(), syntax()).prop_map(|(result, reason, transfer_syntax)| Outcome {
        result,
        reason,
        transfer_syntax,
    })
}

fn bind_ack() -> impl Strategy<Value = BindAck> {
    (any::<[u16; 2]>(), any::<u32>(), vec(any::<u8>(), 0..20), vec(outcome(), 0..5)).prop_map(
        |([max_xmit_frag, max_recv_frag], assoc_group_id, secondary_address, outcomes)| BindAck {
            max_xmit_frag,
            max_recv_frag,
            assoc_group_id,
            secondary_address,
            outcomes,
        },
    )
}

fn verification() -> impl Strategy<Value = Verification> {
    let header = (any::<u8>(), any::<[u8; 4]>(), any::<u32>(), any::<[u16; 2]>()).prop_map(
        |(ptype, representation, call_id, [context_id, opnum])| VerifiedHeader {
            ptype,
            representation,
            call_id,
            context_id,
            opnum,
        },
    );
    (any::<u32>(), option::of((syntax(), syntax())), option::of(header), option::of(4u16..0x4000)).prop_map(
        |(bitmask, interface, header, unknown)| Verification {
            bitmask: Some(bitmask),
            interface,
            header,
            unknown,
        },
    )
}

/// Each prefix of an encoded body is an error.
fn prefixes_are_errors<T>(body: &[u8], decode: impl Fn(&[u8]) -> Result<T, Error>) {
    for length in 0..body.len() {
        assert!(decode(&body[..length]).is_err(), "{length} bytes of {}", body.len());
    }
}

proptest! {
    #[test]
    fn a_bind_survives(bind in bind()) {
        let body = bind.encode().unwrap();
        prop_assert_eq!(Bind::decode(&body), Ok(bind));
        prefixes_are_errors(&body, Bind::decode);
    }

    #[test]
    fn an_acknowledgement_survives(ack in bind_ack()) {
        let body = ack.encode().unwrap();
        prop_assert_eq!(BindAck::decode(&body), Ok(ack));
        prefixes_are_errors(&body, BindAck::decode);
    }

    #[test]
    fn a_refusal_survives(reason: u16, versions in vec(any::<(u8, u8)>(), 0..9)) {
        let nak = BindNak { reason, versions };
        let body = nak.encode().unwrap();
        prop_assert_eq!(BindNak::decode(&body), Ok(nak));
        prefixes_are_errors(&body, BindNak::decode);
    }

    #[test]
    fn a_request_survives_in_its_pdu(
        alloc_hint: u32,
        ids: [u16; 2],
        call_id: u32,
        object in option::of(any::<[u8; 16]>()),
        stub in vec(any::<u8>(), 0..300),
        token in vec(any::<u8>(), 1..40),
    ) {
        let [context_id, opnum] = ids;
        let object = object.map(Uuid);
        let request = Request { alloc_hint, context_id, opnum, object, stub: &stub };
        let flags = if object.is_some() { Flags::WHOLE.with(Flags::OBJECT_UUID) } else { Flags::FIRST };
        let secured =
            Secured { auth_type: 9, auth_level: 6, context_id: 79231, token: &token, align: 16, from: 24 };
        for security in [None, Some(&secured)] {
            let pdu = encode(Kind::Request, flags, call_id, &request.encode(), security).unwrap();
            let fragment = Fragment::decode(&pdu).unwrap();
            prop_assert_eq!(fragment.header.call_id, call_id);
            prop_assert_eq!(fragment.header.flags, flags);
            prop_assert_eq!(usize::from(fragment.header.frag_length), pdu.len());
            prop_assert_eq!(Request::decode(&fragment), Ok(request));
            prop_assert_eq!(fragment.security.map(|found| found.token), security.map(|_| &token[..]));
            if security.is_some() {
                prop_assert_eq!((pdu.len() - token.len() - 8 - 24) % 16, 0);
            }
            prefixes_are_errors(&pdu, |part| Fragment::decode(part).map(|_| ()));
            let mut longer = pdu.clone();
            longer.push(0);
            let trailing = Error { field: "frag_length", offset: 8, problem: Problem::Trailing { left: 1 } };
            prop_assert_eq!(Fragment::decode(&longer), Err(trailing));
        }
    }

    #[test]
    fn a_response_and_a_fault_survive(
        alloc_hint: u32, context_id: u16, cancel_count: u8, status: u32, stub in vec(any::<u8>(), 0..99),
    ) {
        let response = Response { alloc_hint, context_id, cancel_count, stub: &stub };
        let body = response.encode();
        prop_assert_eq!(Response::decode(&body), Ok(response));
        prefixes_are_errors(&body[..8], |part| Response::decode(part).map(|_| ()));
        let fault = FaultBody { context_id, cancel_count, status: Fault(status) };
        prop_assert_eq!(FaultBody::decode(&fault.encode()), Ok(fault));
        prefixes_are_errors(&fault.encode(), FaultBody::decode);
    }

    #[test]
    fn a_verification_trailer_is_found_behind_any_stub(
        trailer in verification(), stub in vec(any::<u8>(), 0..2000),
    ) {
        let mut whole = stub.clone();
        trailer.append(&mut whole);
        let at = stub.len().next_multiple_of(4);
        prop_assert_eq!(Verification::find(&whole), Some((at, trailer)));
        prefixes_are_errors(&whole[at..], |part| Verification::decode(part, 0));
        // Without its end, or with more behind it, it is a part of the stub.
        prop_assert_eq!(Verification::find(&whole[..whole.len() - 1]), None);
        whole.extend([0; 4]);
        prop_assert_eq!(Verification::find(&whole), None);
    }

    #[test]
    fn any_bytes_are_a_value_or_an_error_within_them(bytes in vec(any::<u8>(), 0..400)) {
        let within = |result: Result<(), Error>| result.err().is_none_or(|error| error.offset <= 16 + bytes.len());
        prop_assert!(within(Header::decode(&bytes).map(drop)));
        prop_assert!(within(Fragment::decode(&bytes).map(drop)));
        prop_assert!(within(Bind::decode(&bytes).map(drop)));
        prop_assert!(within(BindAck::decode(&bytes).map(drop)));
        prop_assert!(within(BindNak::decode(&bytes).map(drop)));
        prop_assert!(within(Response::decode(&bytes).map(drop)));
        prop_assert!(within(FaultBody::decode(&bytes).map(drop)));
        prop_assert_eq!(Verification::find(&bytes), None);
    }
}

#[test]
fn identifiers_have_the_texts_of_the_specification() {
    assert_eq!(Syntax::DIMSVC.to_string(), "8f09f000-b7ed-11ce-bbd2-00001a181cad 0.0");
    assert_eq!(Syntax::NDR32.to_string(), "8a885d04-1ceb-11c9-9fe8-08002b104860 2.0");
    assert_eq!(Syntax::NDR64.to_string(), "71710533-beba-4937-8319-b5dbef9ccc36 1.0");
    assert_eq!(Syntax::features(3).to_string(), "6cb71c2c-9812-4540-0300-000000000000 1.0");
    assert_eq!(Syntax::features(3).offered_features(), Some(3));
    assert_eq!(Syntax::NDR64.offered_features(), None);
}

#[test]
fn an_error_names_the_field_and_its_offset() {
    // The bind of impacket 0.13.1.
    let bind = "05000b03100000004800000001000000b810b81000000000010000000000010000f0098fedb7ce11bbd200001a181cad\
                00000000045d888aeb1cc9119fe808002b10486002000000";
    let digits: Vec<u32> = bind.chars().map(|digit| digit.to_digit(16).unwrap()).collect();
    let bytes: Vec<u8> = digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect();
    let offered = Bind::decode(Fragment::decode(&bytes).unwrap().body).unwrap();
    assert_eq!(offered.offers.len(), 1);
    assert_eq!(offered.offers[0].interface, Syntax::DIMSVC);
    assert_eq!(offered.offers[0].transfer_syntaxes, [Syntax::NDR32]);

    let changed = |offset: usize, to: u8| {
        let mut bytes = bytes.clone();
        bytes[offset] = to;
        let result = Fragment::decode(&bytes).and_then(|fragment| Bind::decode(fragment.body));
        result.expect_err("a change that matters").to_string()
    };
    assert_eq!(changed(0, 4), "rpc_vers at offset 0: the value 0x4 is not allowed here");
    assert_eq!(changed(1, 9), "rpc_vers_minor at offset 1: the value 0x9 is not allowed here");
    assert_eq!(changed(2, 1), "PTYPE at offset 2: the value 0x1 is not allowed here");
    assert_eq!(changed(4, 0), "packed_drep at offset 4: the value 0x0 is not allowed here");
    assert_eq!(changed(8, 8), "frag_length at offset 8: the value 0x8 is not allowed here");
    assert_eq!(changed(8, 71), "frag_length at offset 8: 1 bytes follow the end");
    assert_eq!(changed(8, 73), "frag_length at offset 8: needs 73 bytes, but 72 are left");
    assert_eq!(changed(10, 49), "auth_length at offset 10: the value 0x31 is not allowed here");
    assert_eq!(changed(24, 255), "n_context_elem at offset 24: 255 is more than the limit of 1");
    assert_eq!(changed(30, 3), "n_transfer_syn at offset 30: 3 is more than the limit of 2");
    assert_eq!(changed(30, 2), "transfer_syntax at offset 72: needs 16 bytes, but 0 are left");
}

#[test]
fn a_padding_longer_than_the_body_is_an_error() {
    let secured =
        Secured { auth_type: 9, auth_level: 6, context_id: 1, token: &[7; 16], align: 16, from: 24 };
    let mut pdu = encode(Kind::Response, Flags::WHOLE, 1, &[0; 9], Some(&secured)).unwrap();
    let at = pdu.len() - 16 - 8 + 2;
    assert_eq!(pdu[at], 15);
    pdu[at] = 25;
    let error = Fragment::decode(&pdu).unwrap_err();
    assert_eq!(error.to_string(), "auth_pad_length at offset 42: 25 is more than the limit of 24");
}

#[test]
fn what_has_no_room_in_a_pdu_is_an_error() {
    let error = encode(Kind::Request, Flags::WHOLE, 1, &vec![0; 65_520], None).unwrap_err();
    assert_eq!(error.to_string(), "frag_length at offset 8: 65536 is more than the limit of 65535");
    assert!(encode(Kind::Request, Flags::WHOLE, 1, &vec![0; 65_519], None).is_ok());
    let offer =
        Offer { context_id: 0, interface: Syntax::DIMSVC, transfer_syntaxes: vec![Syntax::NDR32; 256] };
    let bind = Bind { max_xmit_frag: 0, max_recv_frag: 0, assoc_group_id: 0, offers: vec![offer] };
    let error = bind.encode().unwrap_err();
    assert_eq!(error.to_string(), "n_transfer_syn at offset 30: 256 is more than the limit of 255");
}
