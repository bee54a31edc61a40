//! The server's side of a connection: order, fragments, limits, protection.

mod client;
mod protection;
#[path = "../words/mod.rs"]
mod words;

use client::{Client, NDR32_OFFER, REVERSED};
use mprapi_rpc::association::{Closed, Interface, Limits, Rules};
use mprapi_rpc::pdu::{
    Bind, BindAck, Fault, Flags, Kind, Offer, Outcome, Request, Syntax, Verification, VerifiedHeader,
};
use mprapi_rpc::security::Level;
use proptest::prelude::*;

/// Rules under which calls need no protection.
fn open() -> Rules {
    Rules { minimum: Level::None, is_administrator: true, ..Rules::default() }
}

#[test]
fn a_call_is_answered_after_a_bind() {
    let mut client = Client::bound(open());
    assert_eq!(client.call(REVERSED, b"stub"), Ok(b"buts".to_vec()));
    assert_eq!(client.call(REVERSED, b""), Ok(Vec::new()));
    assert_eq!(client.call(99, b""), Err(Fault::OPERATION_UNKNOWN));
    assert_eq!(client.call(REVERSED, b"again"), Ok(b"niaga".to_vec()), "a fault of a call ends nothing");
}

#[test]
fn fragments_are_gathered_and_answers_are_split() {
    let mut client = Client::bound(open());
    for size in [1usize, 1407, 1408, 4240, 4241, 4256, 4257, 10_000, 100_000] {
        let stub: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
        let answer: Vec<u8> = stub.iter().rev().copied().collect();
        assert_eq!(client.call(REVERSED, &stub), Ok(answer), "{size} bytes");
        assert!(client.sizes.iter().all(|size| *size <= 4280), "{:?}", client.sizes);
        let blocks = size.div_ceil(4256);
        assert_eq!(client.sizes.len(), blocks, "{size} bytes need no more fragments");
    }
}

#[test]
fn fragments_are_never_larger_than_the_client_receives() {
    let mut client = Client::new(open());
    let offers = vec![NDR32_OFFER.with(|offer| offer.clone())];
    let bind = Bind { max_xmit_frag: 9000, max_recv_frag: 2000, assoc_group_id: 0, offers };
    let ack = client.bind(&bind).unwrap();
    assert_eq!((ack.max_xmit_frag, ack.max_recv_frag), (2000, 4280));
    assert_ne!(ack.assoc_group_id, 0);
    assert_eq!(ack.secondary_address, b"\\PIPE\\ROUTER\0");
    client.call(REVERSED, &[1; 10_000]).unwrap();
    assert!(client.sizes.iter().all(|size| *size <= 2000), "{:?}", client.sizes);
}

#[test]
fn interfaces_and_transfer_syntaxes_are_negotiated_one_by_one() {
    let offer = |context_id, interface, transfer_syntaxes: &[Syntax]| Offer {
        context_id,
        interface,
        transfer_syntaxes: transfer_syntaxes.to_vec(),
    };
    let other = Syntax { version: 1, ..Syntax::DIMSVC };
    let offers = vec![
        offer(0, Syntax::DIMSVC, &[Syntax::NDR64]),
        offer(1, other, &[Syntax::NDR32]),
        offer(2, Syntax::DIMSVC, &[Syntax::NDR64, Syntax::NDR32]),
        offer(3, Syntax::DIMSVC, &[Syntax::features(3)]),
        offer(4, Syntax::DIMSVC, &[]),
    ];
    let mut client = Client::new(open());
    let bind = Bind { max_xmit_frag: 4280, max_recv_frag: 4280, assoc_group_id: 7, offers };
    let ack = client.bind(&bind).unwrap();
    assert_eq!(ack.assoc_group_id, 7);
    let expected = [
        Outcome::rejected(Outcome::TRANSFER_SYNTAXES_UNKNOWN),
        Outcome::rejected(Outcome::INTERFACE_UNKNOWN),
        Outcome::accepted(Syntax::NDR32),
        Outcome::negotiated(0),
        Outcome::rejected(Outcome::TRANSFER_SYNTAXES_UNKNOWN),
    ];
    assert_eq!(ack.outcomes, expected);
    client.context_id = 2;
    assert_eq!(client.call(REVERSED, b"ab"), Ok(b"ba".to_vec()));
    for refused in [0, 1, 3, 4, 5] {
        client.context_id = refused;
        assert_eq!(client.call(REVERSED, b"ab"), Err(Fault::INTERFACE_UNKNOWN), "context {refused}");
    }

    // A further interface, and the limit of them.
    let offers = (10..60).map(|id| offer(id, Syntax::DIMSVC, &[Syntax::NDR32])).collect();
    let bind = Bind { max_xmit_frag: 4280, max_recv_frag: 4280, assoc_group_id: 7, offers };
    let (kind, body) = client.exchange(Kind::AlterContext, Flags::WHOLE, &bind.encode().unwrap());
    assert_eq!(kind, Kind::AlterContextResponse);
    let ack = BindAck::decode(&body).unwrap();
    assert_eq!(ack.secondary_address, b"");
    let accepted = ack.outcomes.iter().filter(|outcome| outcome.result == Outcome::ACCEPTANCE);
    assert_eq!(accepted.count(), 31, "32 with the one of the bind");
    assert_eq!(ack.outcomes[31], Outcome::rejected(Outcome::LOCAL_LIMIT_EXCEEDED));
    client.context_id = 40;
    assert_eq!(client.call(REVERSED, b"ab"), Ok(b"ba".to_vec()));
}

#[test]
fn a_wrong_order_ends_the_connection() {
    let request = Request { alloc_hint: 0, context_id: 0, opnum: 0, object: None, stub: &[] }.encode();
    let bind = client::bind().encode().unwrap();
    for (kind, body) in [
        (Kind::Request, &request),
        (Kind::AlterContext, &bind),
        (Kind::Auth3, &vec![0; 4]),
        (Kind::Cancel, &vec![]),
        (Kind::Orphaned, &vec![]),
        (Kind::Shutdown, &vec![]),
        (Kind::Response, &request),
        (Kind::Fault, &request),
        (Kind::BindAck, &bind),
        (Kind::BindNak, &bind),
        (Kind::AlterContextResponse, &bind),
    ] {
        let mut client = Client::new(open());
        let output = client.send(kind, Flags::WHOLE, body);
        assert_eq!(output.closed, Some(Closed::Order(kind)), "before the bind");
        let output = client.send(Kind::Bind, Flags::WHOLE, &bind);
        assert_eq!((output.fragments.len(), output.closed), (0, None), "nothing is taken any more");
    }
    for (kind, body) in [
        (Kind::Bind, &bind),
        (Kind::Auth3, &vec![0; 4]),
        (Kind::Shutdown, &vec![]),
        (Kind::Response, &request),
        (Kind::BindAck, &bind),
    ] {
        let output = Client::bound(open()).send(kind, Flags::WHOLE, body);
        assert_eq!(output.closed, Some(Closed::Order(kind)), "after the bind");
    }
}

#[test]
fn fragments_of_two_calls_do_not_mix() {
    let part = |opnum, stub: &'static [u8]| {
        Request { alloc_hint: u32::MAX, context_id: 0, opnum, object: None, stub }.encode()
    };
    let begun = || {
        let mut client = Client::bound(open());
        let output = client.send(Kind::Request, Flags::FIRST, &part(REVERSED, b"ab"));
        assert_eq!((output.fragments.len(), output.closed), (0, None));
        client
    };
    // The next fragment continues it.
    let output = begun().send(Kind::Request, Flags::LAST, &part(REVERSED, b"cd"));
    assert_eq!(client::stub(&output), b"dcba");
    // Another operation, another call, another first fragment, a last one without a first.
    let other_call = {
        let mut client = begun();
        client.call_id += 1;
        client.send(Kind::Request, Flags::LAST, &part(REVERSED, b""))
    };
    for output in [
        begun().send(Kind::Request, Flags::LAST, &part(REVERSED + 1, b"")),
        begun().send(Kind::Request, Flags::FIRST, &part(REVERSED, b"")),
        Client::bound(open()).send(Kind::Request, Flags::LAST, &part(REVERSED, b"")),
        other_call,
    ] {
        assert_eq!(client::fault(&output), Fault::PROTOCOL);
        assert_eq!(output.closed, Some(Closed::Mixed));
    }
    // A cancel changes nothing; after orphaned, the call is forgotten.
    let mut client = begun();
    assert_eq!(client.send(Kind::Cancel, Flags::WHOLE, &[]).closed, None);
    assert_eq!(client::stub(&client.send(Kind::Request, Flags::LAST, &part(REVERSED, b"c"))), b"cba");
    let mut client = begun();
    assert_eq!(client.send(Kind::Orphaned, Flags::WHOLE, &[]).closed, None);
    assert_eq!(client::stub(&client.send(Kind::Request, Flags::WHOLE, &part(REVERSED, b"xy"))), b"yx");
}

#[test]
fn the_hint_is_not_trusted_and_the_size_is_bounded() {
    let limits = Limits { request: 5000, fragments: 8, ..Limits::default() };
    let mut client = Client::with_limits(open(), limits);
    client.bind(&client::bind()).unwrap();
    let part =
        |stub| Request { alloc_hint: u32::MAX, context_id: 0, opnum: REVERSED, object: None, stub }.encode();
    assert_eq!(client.send(Kind::Request, Flags::FIRST, &part(&[1; 4000])).closed, None);
    assert_eq!(client.send(Kind::Request, Flags::default(), &part(&[1; 1000])).closed, None);
    let output = client.send(Kind::Request, Flags::LAST, &part(&[1]));
    assert_eq!(client::fault(&output), Fault::NO_MEMORY);
    assert_eq!(output.closed, Some(Closed::Request));

    // Empty fragments without end.
    let mut client = Client::with_limits(open(), limits);
    client.bind(&client::bind()).unwrap();
    assert_eq!(client.send(Kind::Request, Flags::FIRST, &part(&[])).closed, None);
    for _ in 1..8 {
        assert_eq!(client.send(Kind::Request, Flags::default(), &part(&[])).closed, None);
    }
    assert_eq!(client.send(Kind::Request, Flags::default(), &part(&[])).closed, Some(Closed::Request));

    // A fragment that is larger than was negotiated is refused by its header alone.
    let mut client = Client::bound(open());
    let header = [5, 0, 0, 3, 0x10, 0, 0, 0, 0xb9, 0x10, 0, 0, 1, 0, 0, 0];
    let output = client.association.receive(&header);
    assert_eq!(output.closed, Some(Closed::Fragment { length: 4281, limit: 4280 }));
}

#[test]
fn only_administrators_call() {
    let mut client = Client::bound(Rules { is_administrator: false, ..open() });
    assert_eq!(client.call(REVERSED, b"ab"), Err(Fault::ACCESS_DENIED));
    // ERROR_ACCESS_DENIED is the code of the operation if the request can be read: here, the handle of a connection.
    assert_eq!(client.call(REVERSED, &[7, 0, 0, 0]), Ok(vec![5, 0, 0, 0]));
    let mut client = Client::bound(Rules { minimum: Level::Connect, ..open() });
    assert_eq!(client.call(REVERSED, b"ab"), Err(Fault::ACCESS_DENIED), "nobody is authenticated");
    let mut client = Client::bound(Rules { is_administrator: true, ..Rules::default() });
    assert_eq!(client.call(REVERSED, b"ab"), Err(Fault::ACCESS_DENIED), "privacy is the default");
}

#[test]
fn a_stranger_has_no_memory_for_a_long_request() {
    for rules in [Rules { is_administrator: false, ..open() }, Rules { minimum: Level::Connect, ..open() }] {
        let mut client = Client::bound(rules);
        let pdus = client.request(REVERSED, &[7; 200_000]);
        let output = client.association.receive(&pdus.concat());
        assert_eq!(client::fault(&output), Fault::NO_MEMORY);
        assert_eq!(output.closed, Some(Closed::Request));
    }
}

#[test]
fn a_verification_trailer_is_checked_and_is_not_a_part_of_the_stub() {
    let trailed = |change: fn(&mut Verification)| {
        let mut client = Client::bound(open());
        let header = VerifiedHeader::of_request(client.call_id, 0, REVERSED);
        let mut trailer = Verification::new(0, Syntax::DIMSVC, header);
        change(&mut trailer);
        let mut stub = b"abcd".to_vec();
        trailer.append(&mut stub);
        client.call(REVERSED, &stub)
    };
    assert_eq!(trailed(|_| ()), Ok(b"dcba".to_vec()));
    assert_eq!(trailed(|trailer| trailer.header = None), Ok(b"dcba".to_vec()));
    let change: [fn(&mut Verification); 7] = [
        |trailer| trailer.header.as_mut().unwrap().opnum = 1,
        |trailer| trailer.header.as_mut().unwrap().call_id = 9,
        |trailer| trailer.header.as_mut().unwrap().context_id = 9,
        |trailer| trailer.header.as_mut().unwrap().ptype = 2,
        |trailer| trailer.interface = Some((Syntax::NDR32, Syntax::NDR32)),
        |trailer| trailer.interface = Some((Syntax::DIMSVC, Syntax::NDR64)),
        |trailer| trailer.unknown = Some(77),
    ];
    for change in change {
        assert_eq!(trailed(change), Err(Fault::ACCESS_DENIED));
    }
}

#[test]
fn bytes_may_arrive_in_any_pieces() {
    let mut whole = Client::bound(open());
    let mut pieces = Client::bound(open());
    let stub = [7; 5000];
    for bytes in whole.request(REVERSED, &stub).concat().chunks(1) {
        let output = pieces.association.receive(bytes);
        assert_eq!(output.closed, None);
        pieces.received.extend(output.fragments);
    }
    assert_eq!(pieces.answer(), Ok(stub.to_vec()));
    // All at once: two calls in one piece.
    let calls = [whole.request(REVERSED, b"ab"), whole.request(REVERSED, b"cd")].concat().concat();
    let output = whole.association.receive(&calls);
    assert_eq!((output.fragments.len(), output.closed), (2, None));
    assert!(!whole.association.is_waiting());
    whole.association.receive(&calls[..20]);
    assert!(whole.association.is_waiting());
}

proptest! {
    #[test]
    fn any_bytes_are_answered_or_end_the_connection(
        pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..8),
    ) {
        let mut client = Client::bound(open());
        for piece in pieces {
            client.association.receive(&piece);
        }
    }

    #[test]
    fn any_changed_byte_of_a_conversation_is_answered_or_ends_it(place in 0usize..10_000, to: u8) {
        let mut script = [client::bind_pdu(), Client::bound(open()).request(REVERSED, &[3; 9000]).concat()].concat();
        let place = place % script.len();
        script[place] = to;
        let mut client = Client::new(open());
        let output = client.association.receive(&script);
        let most = script.len() + 2000;
        prop_assert!(output.fragments.iter().map(Vec::len).sum::<usize>() <= most);
    }
}

/// The interface of these tests.
struct Reverser;

impl Interface for Reverser {
    fn answer(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
        match opnum {
            REVERSED => Ok(stub.iter().rev().copied().collect()),
            _ => Err(Fault::OPERATION_UNKNOWN),
        }
    }
}
