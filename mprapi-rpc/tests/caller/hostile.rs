//! Servers that lie.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use mprapi_rpc::caller::{CallError, Caller, Limits};
use mprapi_rpc::pdu::{
    BindAck, Fault, FaultBody, Flags, Fragment, Kind, Response, Secured, TRAILER_SIZE, encode,
};
use mprapi_rpc::security::{Context, Level, Message};
use proptest::prelude::*;

use crate::assert_useless;
use crate::pipe::{ANSWER, LONG, REVERSED, Served, Speaks, Told, bind, gone, reversed, soon};
use crate::words::Spoken;

/// Makes the PDU of a fault.
pub(crate) fn fault(call_id: u32, status: Fault) -> Vec<u8> {
    let body = FaultBody { context_id: 0, cancel_count: 0, status }.encode();
    encode(Kind::Fault, Flags::WHOLE, call_id, &body, None).unwrap()
}

/// Changes the answer to a bind.
pub(crate) fn reply(pdu: &mut Vec<u8>, change: impl FnOnce(&mut BindAck)) {
    let fragment = Fragment::decode(pdu).unwrap();
    let mut ack = BindAck::decode(fragment.body).unwrap();
    change(&mut ack);
    let security = fragment.security.unwrap();
    let (trailer, token) = (security.trailer, security.token.to_vec());
    let secured = Secured::token(&trailer, &token);
    *pdu = encode(fragment.header.kind, fragment.header.flags, 1, &ack.encode().unwrap(), Some(&secured))
        .unwrap();
}

/// Returns what our server answers to the ordinary bind, with its question who the client is, and to the client's name.
pub(crate) fn acks() -> [Vec<u8>; ANSWER] {
    let (sent, seen) = mpsc::channel();
    bind(Served::changed(move |_, pdu| {
        sent.send(pdu.clone()).unwrap();
        vec![pdu]
    }))
    .unwrap();
    seen.iter().collect::<Vec<_>>().try_into().unwrap()
}

/// Returns the same question as the answer to an alter context.
pub(crate) fn asking() -> Vec<u8> {
    let [pdu, _] = acks();
    let fragment = Fragment::decode(&pdu).unwrap();
    let security = fragment.security.unwrap();
    let secured = Secured::token(&security.trailer, security.token);
    encode(Kind::AlterContextResponse, Flags::WHOLE, 1, fragment.body, Some(&secured)).unwrap()
}

/// A server that protects what it sends, and sends what it should not.
struct Liar {
    words: Spoken,
}

impl Liar {
    fn new() -> Liar {
        Liar { words: Spoken::new(b"") }
    }

    /// Makes the PDU of one fragment of a response.
    fn response(&mut self, flags: Flags, call_id: u32, context_id: u16, stub: &[u8]) -> Vec<u8> {
        let body = Response { alloc_hint: u32::MAX, context_id, cancel_count: 0, stub }.encode();
        let token = &[0; 12];
        let secured = Secured { auth_type: 9, auth_level: 6, context_id: 1, token, align: 16, from: 24 };
        let mut bytes = encode(Kind::Response, flags, call_id, &body, Some(&secured)).unwrap();
        let end = bytes.len() - 12;
        let (before, token) = bytes.split_at_mut(end);
        let message = Message { bytes: before, stub: 24..end - TRAILER_SIZE, signs_header: true };
        token.copy_from_slice(&self.words.protect(Level::Privacy, message).unwrap());
        bytes
    }
}

/// Makes the first call, whose number is 2, of a server that says some PDUs after the bind.
fn told(pdus: impl IntoIterator<Item = Vec<u8>>) -> (Result<Vec<u8>, CallError>, Caller) {
    let mut caller = bind(Told::new(acks().into_iter().chain(pdus))).unwrap();
    (caller.call(REVERSED, b"abc", soon()), caller)
}

/// Checks that an answer is a failure, which ends the connection.
fn assert_refused(pdus: Vec<Vec<u8>>, text: &str) {
    let (answer, mut caller) = told(pdus);
    let error = answer.expect_err(text);
    assert!(error.was_sent() && error.to_string().contains(text), "{error}");
    assert_useless(&mut caller);
}

#[test]
fn an_answer_of_another_call_or_interface_or_out_of_order_is_refused() {
    let (first, last, none) = (Flags::FIRST, Flags::LAST, Flags::default());
    let mut liar = Liar::new();
    let (answer, caller) = told([liar.response(first, 2, 0, b"ab"), liar.response(last, 2, 0, b"cd")]);
    assert_eq!(answer, Ok(b"abcd".to_vec()), "this one is right");
    assert!(caller.is_usable());
    let one = |flags, call_id, context_id| vec![Liar::new().response(flags, call_id, context_id, b"ab")];
    assert_refused(one(Flags::WHOLE, 3, 0), "the call 3");
    assert_refused(one(Flags::WHOLE, 1, 0), "the call 1");
    assert_refused(one(Flags::WHOLE, 2, 1), "the interface 1");
    assert_refused(one(last, 2, 0), "out of order");
    assert_refused(one(none, 2, 0), "out of order");
    assert_refused(one(first, 2, 0), "the pipe is closed");
    let mut liar = Liar::new();
    let twice = vec![liar.response(first, 2, 0, b"ab"), liar.response(first.with(last), 2, 0, b"cd")];
    assert_refused(twice, "out of order");
    let mut liar = Liar::new();
    let mixed = vec![liar.response(first, 2, 0, b"ab"), liar.response(last, 3, 0, b"cd")];
    assert_refused(mixed, "the call 3");
    let mut liar = Liar::new();
    let again = liar.response(first, 2, 0, b"ab");
    let replayed = vec![again.clone(), again];
    assert_refused(replayed, "out of order");
    let mut liar = Liar::new();
    let (begin, middle, end) = (
        liar.response(first, 2, 0, b"ab"),
        liar.response(none, 2, 0, b"cd"),
        liar.response(last, 2, 0, b"ef"),
    );
    assert_refused(vec![begin.clone(), end.clone(), middle.clone()], "wrong sum");
    assert_refused(vec![begin.clone(), end], "wrong sum");
    assert_refused(vec![begin, middle.clone(), middle], "wrong sum");
    // More than an answer in one message.
    let mut liar = Liar::new();
    let joined =
        [liar.response(Flags::WHOLE, 2, 0, b"ab"), liar.response(Flags::WHOLE, 3, 0, b"cd")].concat();
    assert_refused(vec![joined], "bytes follow an answer");
    // A fault of another call, kinds that answer no call, and a message of no bytes.
    assert_refused(vec![fault(3, Fault::ACCESS_DENIED)], "the call 3");
    let empty = |kind| encode(kind, Flags::WHOLE, 2, &[0; 8], None).unwrap();
    for kind in [Kind::Request, Kind::Bind, Kind::BindAck, Kind::BindNak, Kind::Auth3, Kind::Cancel] {
        assert_refused(vec![empty(kind)], "answers a call");
    }
    assert_refused(vec![Vec::new()], "brought 0");
}

#[test]
fn the_answer_of_an_earlier_call_is_no_answer_of_the_next() {
    let mut first = None;
    let served = Served::changed(move |count, pdu| match count {
        ANSWER => vec![first.insert(pdu).clone()],
        3 => vec![first.take().unwrap()],
        _ => vec![pdu],
    });
    let mut caller = bind(served).unwrap();
    assert_eq!(caller.call(REVERSED, b"ab", soon()), Ok(reversed(b"ab")));
    let error = caller.call(REVERSED, b"cd", soon()).unwrap_err();
    assert!(error.to_string().contains("the call 2"), "{error}");
    assert_useless(&mut caller);
}

#[test]
fn a_server_that_wants_to_shut_down_ends_the_connection_after_the_call() {
    let shutdown = || encode(Kind::Shutdown, Flags::WHOLE, 0, &[], None).unwrap();
    let (answer, mut caller) = told([shutdown(), Liar::new().response(Flags::WHOLE, 2, 0, b"ab")]);
    assert_eq!(answer, Ok(b"ab".to_vec()));
    assert_useless(&mut caller);
    let (answer, mut caller) = told([shutdown(), fault(2, Fault::ACCESS_DENIED)]);
    assert_eq!(answer, Err(CallError::Fault(Fault::ACCESS_DENIED)));
    assert_useless(&mut caller);
    assert_refused(vec![shutdown(), shutdown()], "Shutdown");
}

#[test]
fn fragments_without_end_do_not_take_memory_or_time_without_end() {
    let limits = Limits { fragments: 50, answer: 5000, ..Limits::default() };
    for stub in [&[][..], &[1; 1000]] {
        let mut liar = Liar::new();
        let mut says = acks().to_vec();
        says.push(liar.response(Flags::FIRST, 2, 0, stub));
        says.extend((0..60).map(|_| liar.response(Flags::default(), 2, 0, stub)));
        let pipe = Box::new(Told::new(says));
        let mut caller = Caller::bind_within(limits, pipe, &Speaks(b"anna"), "vpn01", soon()).unwrap();
        let error = caller.call(REVERSED, b"x", soon()).unwrap_err();
        assert!(error.to_string().contains("5000 bytes in 50 fragments"), "{error}");
    }
    // A fragment that is larger than was offered is refused by its header alone.
    let header = [5, 0, 2, 3, 0x10, 0, 0, 0, 0xd1, 0x16, 0, 0, 2, 0, 0, 0];
    assert_refused(vec![header.to_vec()], "5841 bytes is larger than the limit of 5840");
    // One byte at a time, slowly, and without end.
    let mut slow = Told::new(acks());
    slow.last = Some(vec![5]);
    let mut caller = bind(slow).unwrap();
    assert!(caller.call(REVERSED, b"x", soon()).is_err(), "no header has these bytes");
    let long = Liar::new().response(Flags::WHOLE, 2, 0, &[1; 4000]);
    let mut slow = Told::new(acks().into_iter().chain(long.iter().map(|byte| vec![*byte])));
    let mut caller = {
        slow.slow = Duration::from_millis(2);
        bind(slow).unwrap()
    };
    let start = Instant::now();
    let error = caller.call(REVERSED, b"x", start + Duration::from_millis(100)).unwrap_err();
    assert!(error.to_string().contains("in time"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_useless(&mut caller);
}

#[test]
fn an_answer_that_is_cut_at_any_byte_is_a_failure() {
    let whole = {
        let (sent, seen) = mpsc::channel();
        let served = Served::changed(move |_, pdu| {
            sent.send(pdu.clone()).unwrap();
            vec![pdu]
        });
        bind(served).unwrap().call(LONG, &6000u32.to_le_bytes(), soon()).unwrap();
        seen.iter().skip(ANSWER).collect::<Vec<_>>()
    };
    assert_eq!(whole.len(), 2, "fragments");
    let length = whole.iter().map(Vec::len).sum::<usize>();
    for cut in (0..length).filter(|cut| *cut < 100 || *cut > length - 100 || cut % 61 == 0) {
        let mut left = cut;
        let served = Served::changed(move |count, mut pdu| {
            if count >= ANSWER {
                pdu.truncate(left);
                left -= pdu.len();
            }
            if pdu.is_empty() { Vec::new() } else { vec![pdu] }
        });
        let mut caller = bind(served).unwrap();
        let error = caller.call(LONG, &6000u32.to_le_bytes(), soon()).unwrap_err();
        assert_eq!(error, CallError::Failed { failure: gone(), was_sent: true }, "{cut} bytes");
        assert_useless(&mut caller);
    }
    let whole = acks()[0].clone();
    for cut in 0..whole.len() {
        let says = if cut == 0 { Vec::new() } else { vec![whole[..cut].to_vec()] };
        assert_eq!(bind(Told::new(says)).expect_err("it is cut"), gone(), "{cut} bytes");
    }
}

#[test]
fn an_answer_with_any_bit_changed_is_no_answer() {
    let length = {
        let mut length = 0;
        let (sent, seen) = mpsc::channel();
        bind(Served::changed(move |_, pdu| {
            sent.send(pdu.len()).unwrap();
            vec![pdu]
        }))
        .unwrap()
        .call(REVERSED, b"some stub", soon())
        .unwrap();
        seen.iter().for_each(|last| length = last);
        length
    };
    for bit in 0..length * 8 {
        let mut caller = bind(Served::with(ANSWER, move |pdu| pdu[bit / 8] ^= 1 << (bit % 8))).unwrap();
        let answer = caller.call(REVERSED, b"some stub", soon());
        // A fault is read in the clear: a response that became one is refused as far as it can be read.
        assert!(answer.is_err(), "bit {bit}: {answer:?}");
    }
    let whole = acks()[0].clone();
    for bit in 0..whole.len() * 8 {
        // Some fields say nothing that is used. None of them is a panic.
        if let Ok(mut caller) = bind(Served::with(0, move |pdu| pdu[bit / 8] ^= 1 << (bit % 8))) {
            assert_eq!(caller.call(REVERSED, b"ab", soon()), Ok(reversed(b"ab")), "bit {bit}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_an_error(messages in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..200), 0..6)) {
        prop_assert!(bind(Told::new(messages.clone())).is_err());
        let (answer, mut caller) = told(messages);
        prop_assert!(answer.is_err());
        if let Err(CallError::Failed { .. }) = answer {
            assert_useless(&mut caller);
        }
    }

    #[test]
    fn answers_in_pieces_of_any_size_are_the_same(size in 0usize..20_000, piece in 1usize..6000) {
        let served = Served::changed(move |_, pdu| pdu.chunks(piece).map(<[u8]>::to_vec).collect());
        let mut caller = bind(served).unwrap();
        let stub: Vec<u8> = (0..size).map(|at| (at % 253) as u8).collect();
        prop_assert_eq!(caller.call(REVERSED, &stub, soon()), Ok(reversed(&stub)));
    }

    #[test]
    fn a_changed_byte_anywhere_is_never_another_answer(at in 0usize..20_000, change in 1u8..) {
        let mut left = at;
        let served = Served::changed(move |count, mut pdu| {
            if count >= ANSWER {
                if let Some(byte) = pdu.get_mut(left) {
                    *byte ^= change;
                    left = usize::MAX;
                } else {
                    left = left.saturating_sub(pdu.len());
                }
            }
            vec![pdu]
        });
        let mut caller = bind(served).unwrap();
        if let Ok(answer) = caller.call(LONG, &16_000u32.to_le_bytes(), soon()) {
            prop_assert!(answer == vec![7; 16_000]);
        }
    }
}
