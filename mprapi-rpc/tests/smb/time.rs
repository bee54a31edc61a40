//! Time: limits, slow servers, cut messages, and the end by another thread.

use std::net::Shutdown;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use mprapi_rpc::pipe::Pipe as _;
use mprapi_rpc::{Failure, Layer};

use crate::server::{CONTROL, Delivery, Plan};
use crate::{assert_failure, lengths, open, open_until, soon};

/// A limit that is waited for.
const SHORT: Duration = Duration::from_millis(250);

/// The time that a busy machine may take beyond a limit.
const SLACK: Duration = Duration::from_millis(1_500);

/// Opens a pipe and makes a call; one of both fails. Returns the failure.
fn use_pipe(plan: Plan, limit: Duration) -> Failure {
    let until = Instant::now() + limit;
    let (_server, pipe) = open_until(plan, until);
    let mut pipe = match pipe {
        Ok(pipe) => pipe,
        Err(failure) => return failure,
    };
    pipe.transact(b"hello", 100, until).expect_err("an answer is not whole")
}

#[test]
fn an_answer_cut_at_any_byte_ends_the_connection_at_once() {
    let lengths = lengths();
    assert_eq!(lengths.len(), 6);
    let start = Instant::now();
    let mut cuts = 0;
    for (index, length) in lengths.into_iter().enumerate() {
        for cut in 0..length {
            let failure = use_pipe(
                Plan::usual().rewriting(move |wire| {
                    if wire.index == index { Delivery::Cut(cut) } else { Delivery::Whole }
                }),
                crate::LIMIT,
            );
            let code = if index == 5 { 1726 } else { 1722 };
            assert_eq!(failure.code, code, "answer {index} cut at {cut}: {failure}");
            assert!(failure.text.contains("was closed"), "answer {index} cut at {cut}: {failure}");
            cuts += 1;
        }
    }
    assert!(cuts > 700 && start.elapsed() < crate::LIMIT, "{cuts} cuts in {:?}", start.elapsed());
}

/// Checks that a call whose answer number `index` is delivered so takes as long as its limit, and no longer.
fn waits(index: usize, delivery: impl Fn() -> Delivery + Send + 'static) {
    let start = Instant::now();
    let plan =
        Plan::usual().rewriting(move |wire| if wire.index == index { delivery() } else { Delivery::Whole });
    let failure = use_pipe(plan, SHORT);
    assert!(failure.text.contains("in time"), "{failure}");
    let took = start.elapsed();
    assert!(took >= SHORT && took < SHORT + SLACK, "answer {index}: {took:?}");
}

#[test]
fn each_wait_ends_by_its_limit() {
    std::thread::scope(|scope| {
        for (index, length) in lengths().into_iter().enumerate() {
            for sent in [0, 3, length - 1] {
                scope.spawn(move || waits(index, move || Delivery::Hang(sent)));
            }
        }
    });
}

#[test]
fn bytes_that_drip_in_do_not_extend_the_limit() {
    std::thread::scope(|scope| {
        for index in 0..6 {
            scope.spawn(move || waits(index, || Delivery::Drip(SHORT / 20)));
        }
    });
}

#[test]
fn a_length_that_cannot_be_is_refused_before_a_byte_of_it_comes() {
    for (index, head) in
        [(0, [0, 0xff, 0xff, 0xff]), (1, [0x85, 0, 0, 0]), (3, [0, 2, 0, 0]), (5, [1, 0, 0, 9])]
    {
        let start = Instant::now();
        let failure = use_pipe(
            Plan::usual().rewriting(move |wire| {
                if wire.index == index {
                    wire.bytes[..4].copy_from_slice(&head);
                    return Delivery::Hang(4);
                }
                Delivery::Whole
            }),
            crate::LIMIT,
        );
        assert_failure(&failure, Layer::Smb, if index == 5 { 1726 } else { 1722 }, "longer than any");
        assert!(start.elapsed() < SLACK, "{:?}", start.elapsed());
    }
}

#[test]
fn short_messages_are_refused() {
    for (index, length) in [(0, 0), (0, 63), (0, 64), (1, 5), (2, 71), (3, 0), (3, 51), (3, 52), (5, 100)] {
        let failure = use_pipe(
            Plan::usual().rewriting(move |wire| {
                if wire.index == index {
                    wire.bytes.truncate(4 + length);
                    wire.bytes[2..4].copy_from_slice(&(length as u16).to_be_bytes());
                }
                Delivery::Whole
            }),
            crate::LIMIT,
        );
        assert_eq!(failure.layer, Layer::Smb, "answer {index} of {length} bytes: {failure}");
    }
}

#[test]
fn a_limit_that_is_over_fails_without_waiting() {
    let start = Instant::now();
    let (_server, opened) = open_until(Plan::usual(), Instant::now());
    assert_failure(&opened.map(drop).unwrap_err(), Layer::Smb, 1722, "in time");
    let (_server, pipe) = open(Plan::usual());
    let mut pipe = pipe.unwrap();
    assert_failure(&pipe.read(10, Instant::now()).unwrap_err(), Layer::Call, 1726, "in time");
    assert!(start.elapsed() < SLACK);
}

#[test]
fn another_thread_ends_a_wait_at_once() {
    let (server, pipe) = open(
        Plan::usual()
            .rewriting(|wire| if wire.command == CONTROL { Delivery::Hang(0) } else { Delivery::Whole }),
    );
    let clone = server.stream.try_clone().unwrap();
    let mut pipe = pipe.unwrap();
    let (sender, result) = channel();
    let waiting = std::thread::spawn(move || sender.send(pipe.transact(b"hello", 100, soon())));
    assert!(result.recv_timeout(SHORT).is_err(), "it waits");
    let start = Instant::now();
    clone.shutdown(Shutdown::Both).unwrap();
    let failure = result.recv_timeout(SLACK).expect("it waits no longer").unwrap_err();
    assert_failure(&failure, Layer::Call, 1726, "was closed");
    assert!(start.elapsed() < SLACK);
    waiting.join().unwrap().unwrap();
}

#[test]
fn dropping_a_pipe_does_not_wait_for_a_server_that_hangs() {
    let (server, pipe) = open(
        Plan::usual().rewriting(|wire| if wire.index == 5 { Delivery::Hang(0) } else { Delivery::Whole }),
    );
    let pipe = pipe.unwrap();
    // The connection ends although the socket is held elsewhere.
    let _clone = server.stream.try_clone().unwrap();
    let start = Instant::now();
    drop(pipe);
    assert!(start.elapsed() < Duration::from_millis(500) + SLACK, "{:?}", start.elapsed());
    server.commands();
}
