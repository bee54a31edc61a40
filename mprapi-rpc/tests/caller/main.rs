//! The client's half of RPC: against our own server, and against hostile ones.

mod hostile;
#[cfg(unix)]
mod ntlm;
mod pipe;
#[path = "../words/mod.rs"]
mod words;

use std::time::{Duration, Instant};

use mprapi_rpc::association::{self, Rules};
use mprapi_rpc::caller::{CallError, Caller, Limits};
use mprapi_rpc::pdu::{
    BindNak, Fault, Flags, Fragment, Header, Kind, Outcome, Request, Syntax, Verification, encode,
};
use mprapi_rpc::security::{Context, Error, Initiator, Service};
use mprapi_rpc::{Failure, Layer};
use pipe::{ANSWER, LONG, REVERSED, Served, Speaks, Told, bind, reversed, rules, soon};

#[test]
fn a_call_is_answered_after_an_authentication_of_any_length() {
    for word in [&b"anna"[..], b"anna?"] {
        let served = Served::new(rules(), association::Limits::default());
        let sent = served.sent.clone();
        let mut caller = Caller::bind(Box::new(served), &Speaks(word), "vpn01", soon()).unwrap();
        assert_eq!(caller.peer(), r"TEST\Anna");
        assert_eq!(caller.call(REVERSED, b"stub", soon()), Ok(b"buts".to_vec()));
        assert_eq!(caller.call(REVERSED, b"", soon()), Ok(Vec::new()));
        let kinds: Vec<Kind> = kinds(&sent.lock().unwrap());
        assert_eq!(kinds, [Kind::Bind, Kind::AlterContext, Kind::Request, Kind::Request]);
    }
}

fn kinds(sent: &[Vec<u8>]) -> Vec<Kind> {
    sent.iter().map(|message| Header::decode(message).unwrap().kind).collect()
}

#[test]
fn everything_is_sealed_and_each_request_repeats_its_header_under_the_seal() {
    let served = Served::new(rules(), association::Limits::default());
    let sent = served.sent.clone();
    let mut caller = bind(served).unwrap();
    let secret = b"Simul4ted password";
    caller.call(REVERSED, secret, soon()).unwrap();
    let sent = sent.lock().unwrap();
    for message in sent.iter() {
        assert!(!message.windows(secret.len()).any(|part| part == secret));
        let fragment = Fragment::decode(message).unwrap();
        let trailer = fragment.security.unwrap().trailer;
        assert_eq!((trailer.auth_type, trailer.auth_level), (9, 6));
        if fragment.header.kind == Kind::Bind {
            assert!(fragment.header.flags.contains(Flags::SUPPORT_HEADER_SIGN));
        }
    }
    // The encryption of the tests adds one.
    let mut request = Fragment::decode(&sent[2]).unwrap();
    let body: Vec<u8> =
        request.body.iter().enumerate().map(|(at, byte)| byte.wrapping_sub((at >= 8).into())).collect();
    request.body = &body;
    let stub = Request::decode(&request).unwrap().stub;
    let (end, trailer) = Verification::find(stub).unwrap();
    assert_eq!(&stub[..secret.len()], secret);
    assert_eq!(end, secret.len().next_multiple_of(4));
    assert_eq!(trailer.bitmask, Some(Verification::SUPPORTS_HEADER_SIGN));
    assert_eq!(trailer.interface, Some((Syntax::DIMSVC, Syntax::NDR32)));
    let header = trailer.header.unwrap();
    assert_eq!((header.call_id, header.opnum), (request.header.call_id, REVERSED));
    assert!(!format!("{caller:?}").contains("Simul4ted"));
}

#[test]
fn requests_and_answers_of_any_size_travel_in_fragments_that_both_sides_allow() {
    for (ours, theirs) in [(5840, 4280), (4280, 5840), (1432, 1432), (9000, 2000), (0, 4280)] {
        let served = Served::new(rules(), association::Limits { fragment: theirs, ..Default::default() });
        let sent = served.sent.clone();
        let limits = Limits { fragment: ours, ..Limits::default() };
        let mut caller =
            Caller::bind_within(limits, Box::new(served), &Speaks(b"anna"), "vpn01", soon()).unwrap();
        assert_eq!(caller.fragment(), ours.clamp(1432, theirs));
        for size in [0usize, 1, 1300, 1340, 1400, 4200, 4280, 30_000, 300_000] {
            let stub: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
            assert_eq!(caller.call(REVERSED, &stub, soon()), Ok(reversed(&stub)), "{size} bytes");
        }
        let sent = sent.lock().unwrap();
        assert!(sent.iter().all(|message| message.len() <= usize::from(caller.fragment())));
        let whole = sent.iter().filter(|message| message.len() > usize::from(caller.fragment()) - 32).count();
        assert!(whole >= 300_000 / usize::from(caller.fragment()), "fragments are as long as they may be");
    }
}

#[test]
fn a_fault_is_the_answer_of_a_call_and_ends_nothing() {
    let mut caller = bind(Served::new(rules(), association::Limits::default())).unwrap();
    let error = caller.call(99, b"", soon()).unwrap_err();
    assert_eq!(error, CallError::Fault(Fault::OPERATION_UNKNOWN));
    assert!(error.was_sent() && caller.is_usable());
    assert_eq!(caller.call(REVERSED, b"again", soon()), Ok(reversed(b"again")));
    // One that says that the server's state is not ours.
    let served = Served::changed(|count, pdu| {
        let call_id = Header::decode(&pdu).unwrap().call_id;
        if count < ANSWER { vec![pdu] } else { vec![hostile::fault(call_id, Fault::PROTOCOL)] }
    });
    let mut caller = bind(served).unwrap();
    assert_eq!(caller.call(REVERSED, b"x", soon()), Err(CallError::Fault(Fault::PROTOCOL)));
    assert_useless(&mut caller);
}

/// Checks that a caller sends nothing any more.
fn assert_useless(caller: &mut Caller) {
    assert!(!caller.is_usable());
    let error = caller.call(REVERSED, b"x", soon()).unwrap_err();
    assert!(!error.was_sent(), "{error}");
    assert!(error.to_string().ends_with("nothing was sent"), "{error}");
}

/// Returns the failure of a bind.
fn refusal(served: Served) -> (Layer, u32) {
    let Failure { layer, code, text, .. } = bind(served).expect_err("it must be refused");
    assert!(!text.is_empty());
    (layer, code)
}

#[test]
fn a_server_that_will_not_do_privacy_is_refused() {
    assert_eq!(refusal(Served::without_provider()), (Layer::Interface, 1747));
    // The answer to the bind without a token, with another level, another provider, without signed headers.
    let stripped = |pdu: &mut Vec<u8>| {
        let fragment = Fragment::decode(pdu).unwrap();
        *pdu = encode(fragment.header.kind, fragment.header.flags, 1, fragment.body, None).unwrap();
    };
    assert_eq!(refusal(Served::with(0, stripped)), (Layer::Interface, 1821));
    // The trailer is before a token of three bytes.
    let place = |pdu: &Vec<u8>| pdu.len() - 3 - 8;
    for (field, value) in [(0, 10), (0, 16), (1, 5), (1, 2), (4, 2)] {
        let changed = move |pdu: &mut Vec<u8>| {
            let place = place(pdu) + field;
            pdu[place] = value;
        };
        assert_eq!(refusal(Served::with(0, changed)), (Layer::Interface, 1821), "{field} {value}");
    }
    assert_eq!(refusal(Served::with(0, |pdu| pdu[3] &= !4)), (Layer::Interface, 1821));
    // A complete authentication may have an answer without a token, and no other one.
    let served = Served::with(1, stripped);
    assert!(Caller::bind(Box::new(served), &Speaks(b"anna"), "vpn01", soon()).is_ok());
    let served = Served::with(1, stripped);
    let failure = Caller::bind(Box::new(served), &Speaks(b"anna?"), "vpn01", soon()).unwrap_err();
    assert_eq!((failure.layer, failure.code), (Layer::Interface, 1821), "{failure}");
    // A server that answers in the clear once privacy was agreed.
    let served = Served::with(ANSWER, |pdu| {
        let fragment = Fragment::decode(pdu).unwrap();
        let (flags, call_id) = (fragment.header.flags, fragment.header.call_id);
        *pdu = encode(Kind::Response, flags, call_id, fragment.body, None).unwrap();
    });
    let mut caller = bind(served).unwrap();
    let error = caller.call(REVERSED, b"abcd", soon()).unwrap_err();
    assert!(error.to_string().contains("not protected"), "{error}");
    assert_useless(&mut caller);
}

#[test]
fn a_refused_bind_says_why() {
    let nak = |reason| {
        Served::with(0, move |pdu| {
            let body = BindNak::new(reason).encode().unwrap();
            *pdu = encode(Kind::BindNak, Flags::WHOLE, 1, &body, None).unwrap();
        })
    };
    for (reason, expected) in [
        (BindNak::REASON_NOT_SPECIFIED, (Layer::Interface, 1728)),
        (BindNak::TEMPORARY_CONGESTION, (Layer::Interface, 1723)),
        (BindNak::LOCAL_LIMIT_EXCEEDED, (Layer::Interface, 1723)),
        (BindNak::PROTOCOL_VERSION_NOT_SUPPORTED, (Layer::Interface, 1728)),
        (BindNak::AUTHENTICATION_TYPE_NOT_RECOGNIZED, (Layer::Interface, 1747)),
        (BindNak::INVALID_CHECKSUM, (Layer::Logon, 1326)),
        (77, (Layer::Interface, 1728)),
    ] {
        assert_eq!(refusal(nak(reason)), expected, "reason {reason}");
    }
    for (status, expected) in
        [(Fault::ACCESS_DENIED, (Layer::Logon, 5)), (Fault::PROTOCOL, (Layer::Interface, 1728))]
    {
        assert_eq!(refusal(Served::with(0, move |pdu| *pdu = hostile::fault(1, status))), expected);
    }
    for (outcome, expected) in [
        (Outcome::rejected(Outcome::INTERFACE_UNKNOWN), (Layer::Interface, 1717)),
        (Outcome::rejected(Outcome::TRANSFER_SYNTAXES_UNKNOWN), (Layer::Interface, 1730)),
        (Outcome::rejected(Outcome::LOCAL_LIMIT_EXCEEDED), (Layer::Interface, 1723)),
        (Outcome::rejected(9), (Layer::Interface, 1717)),
        (Outcome::negotiated(0), (Layer::Interface, 1717)),
        (Outcome::accepted(Syntax::NDR64), (Layer::Call, 1728)),
    ] {
        let served = Served::with(0, move |pdu| hostile::reply(pdu, |ack| ack.outcomes = vec![outcome]));
        assert_eq!(refusal(served), expected, "{outcome:?}");
    }
    for count in [0, 2] {
        let outcomes = vec![Outcome::accepted(Syntax::NDR32); count];
        let served = Served::with(0, move |pdu| hostile::reply(pdu, |ack| ack.outcomes = outcomes.clone()));
        assert_eq!(refusal(served), (Layer::Call, 1728));
    }
    let served = Served::with(0, |pdu| hostile::reply(pdu, |ack| ack.max_recv_frag = 1431));
    assert_eq!(refusal(served), (Layer::Call, 1728), "fragments that are too small");
}

#[test]
fn a_refused_account_is_a_failure_of_the_logon() {
    let refused = |word: &'static [u8], host| {
        let served = Served::new(rules(), association::Limits::default());
        Caller::bind(Box::new(served), &Speaks(word), host, soon())
    };
    let failure = refused(b"anna", "other").unwrap_err();
    assert_eq!((failure.layer, failure.code), (Layer::Logon, 1326));
    let failure = refused(b"bob", "vpn01").unwrap_err();
    assert_eq!((failure.layer, failure.code), (Layer::Logon, 5));
    let other = Rules { account: Some("bob".to_owned()), ..rules() };
    let served = Served::new(other, association::Limits::default());
    let failure = Caller::bind(Box::new(served), &Speaks(b"anna?"), "vpn01", soon()).unwrap_err();
    assert_eq!((failure.layer, failure.code), (Layer::Logon, 5));
    // A server that asks without end.
    let mut asking = Told::new(hostile::acks().into_iter().take(1));
    asking.last = Some(hostile::asking());
    let limits = Limits { tokens: 3, ..Limits::default() };
    let failure =
        Caller::bind_within(limits, Box::new(asking), &Speaks(b"anna?"), "vpn01", soon()).unwrap_err();
    assert_eq!((failure.layer, failure.code), (Layer::Logon, 1326), "{failure}");
    assert!(failure.text.contains("without end"), "{failure}");
}

#[test]
fn a_call_whose_time_is_over_or_whose_request_is_too_large_is_not_sent() {
    let served = Served::new(rules(), association::Limits::default());
    let sent = served.sent.clone();
    let limits = Limits { request: 100, ..Limits::default() };
    let begin =
        |served| Caller::bind_within(limits, Box::new(served), &Speaks(b"anna"), "vpn01", soon()).unwrap();
    let mut caller = begin(served);
    assert!(!caller.call(REVERSED, b"x", Instant::now()).unwrap_err().was_sent());
    assert_useless(&mut caller);
    assert_eq!(sent.lock().unwrap().len(), 2, "the bind and the last token");
    let mut caller = begin(Served::new(rules(), association::Limits::default()));
    assert_eq!(caller.call(REVERSED, &[1; 100], soon()), Ok(vec![1; 100]));
    assert!(!caller.call(REVERSED, &[1; 101], soon()).unwrap_err().was_sent());
}

#[test]
fn an_answer_that_is_too_large_ends_the_connection() {
    let limits = Limits { answer: 10_000, ..Limits::default() };
    for limits in [limits, Limits { fragments: 2, ..Limits::default() }] {
        let served = Served::new(rules(), association::Limits::default());
        let mut caller =
            Caller::bind_within(limits, Box::new(served), &Speaks(b"anna"), "vpn01", soon()).unwrap();
        assert_eq!(caller.call(LONG, &8000u32.to_le_bytes(), soon()).map(|answer| answer.len()), Ok(8000));
        let error = caller.call(LONG, &20_000u32.to_le_bytes(), soon()).unwrap_err();
        assert!(error.was_sent() && error.to_string().contains("larger than the limit"), "{error}");
        assert_useless(&mut caller);
    }
}

#[test]
fn a_domain_controller_that_answers_too_late_is_not_told_of_the_server() {
    struct Late;
    impl Initiator for Late {
        fn initiate(&self, service: Service, host: &str) -> Result<Box<dyn Context>, Error> {
            std::thread::sleep(Duration::from_millis(60));
            Speaks(b"anna").initiate(service, host)
        }
    }
    let served = Served::new(rules(), association::Limits::default());
    let sent = served.sent.clone();
    let until = Instant::now() + Duration::from_millis(50);
    let failure = Caller::bind(Box::new(served), &Late, "vpn01", until).unwrap_err();
    assert_eq!((failure.layer, failure.code), (Layer::Logon, 1722));
    assert!(failure.text.contains("domain controller"), "{failure}");
    assert!(sent.lock().unwrap().is_empty());
}
