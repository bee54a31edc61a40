//! The client of SMB 3 against a server on this machine's loopback interface that shares no code with it.

mod account;
mod calls;
mod crypto;
mod decode;
mod downgrade;
mod logon;
#[path = "../looking/mod.rs"]
mod looking;
mod secrets;
mod server;
mod time;
mod tries;

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use mprapi_rpc::pipe::Pipe as _;
use mprapi_rpc::smb::SmbPipe;
use mprapi_rpc::{Failure, Layer};

use account::Fake;
use server::{Delivery, Plan, Server};

/// Parts of the session key, and of the keys that SMB 3.0 makes from it: half a secret is too much.
const MARKS: [&[u8]; 4] = [
    b"PLUGH",
    &0xe73b416389c9a9bc_u64.to_be_bytes(),
    &0x5dcd767bc87f5d46_u64.to_be_bytes(),
    &0x61bc175a250a00ae_u64.to_be_bytes(),
];

/// The limit of an operation that is expected to end much earlier.
const LIMIT: Duration = Duration::from_secs(20);

fn soon() -> Instant {
    Instant::now() + LIMIT
}

/// Opens the pipe of a server that follows a plan.
fn open(plan: Plan) -> (Server, Result<SmbPipe, Failure>) {
    open_until(plan, soon())
}

fn open_until(plan: Plan, until: Instant) -> (Server, Result<SmbPipe, Failure>) {
    open_as(plan, Fake::USUAL, until)
}

fn open_as(plan: Plan, account: Fake, until: Instant) -> (Server, Result<SmbPipe, Failure>) {
    let server = Server::start(plan);
    let stream = server.stream.try_clone().unwrap();
    let opened = SmbPipe::open(stream, "server", "ROUTER", &account, until);
    (server, opened)
}

/// Opens the pipe of a server that follows a plan and cannot be used. Returns the failure and the commands that the server
/// saw.
fn refused(plan: Plan) -> (Failure, Vec<u16>) {
    let start = Instant::now();
    let (server, opened) = open(plan);
    let failure = opened.map(drop).expect_err("the plan is refused");
    assert!(start.elapsed() < LIMIT / 2, "{failure}");
    (failure, server.commands())
}

#[track_caller]
fn assert_failure(failure: &Failure, layer: Layer, code: u32, part: &str) {
    assert_eq!((failure.layer, failure.code), (layer, code), "{failure}");
    assert!(failure.text.contains(part), "{failure}");
}

/// The lengths of the answers with which a pipe is opened and one call is made.
fn lengths() -> Vec<usize> {
    let (sender, lengths) = channel();
    let (_server, pipe) = open(Plan::usual().rewriting(move |wire| {
        let _ = sender.send(wire.bytes.len());
        Delivery::Whole
    }));
    pipe.unwrap().transact(b"hello", 100, soon()).unwrap();
    lengths.try_iter().take(6).collect()
}
