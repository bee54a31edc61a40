//! Requests of MS-RRASM to the server's half over a simulated router: every one has an answer or a fault, and nothing is
//! left behind.
//!
//! The first byte is the operation, the rest is the stub.

use mprapi_rpc::dimsvc::Answer;
use mprapi_rpc::server::Server;
use mprapi_sim::{Interface, InterfaceKind, Quarantine, Session, Tunnel};

/// Connecting an interface and updating its routes wait for an attempt, in the router's time.
const WAITS: [u16; 2] = [21, 23];

pub fn run(bytes: &[u8]) {
    let Some((opnum, stub)) = bytes.split_first() else { return };
    let opnum = u16::from(*opnum);
    if WAITS.contains(&opnum) {
        return;
    }
    let simulation = mprapi_sim::Server::unique()
        .ports(Tunnel::Ikev2, 2)
        .ports(Tunnel::Sstp, 2)
        .session(Session::new("anna", Tunnel::Ikev2))
        .session(Session::new("ben", Tunnel::Sstp).quarantine(Quarantine::Probation))
        .interface(Interface::new("Lyon", InterfaceKind::FullRouter))
        .start();
    let router = &simulation.routers()[0];
    let name: Vec<u16> = router.name().encode_utf16().collect();
    let server = Server::new(mprapi_sim::table(), Some(&name));
    // Handles are known as soon as one was told.
    let list = [1, 0, 0, 0].map(u32::to_le_bytes).concat();
    let _ = server.answer(1, &list);
    for _ in 0..2 {
        if let Ok(answer) = server.answer(opnum, stub) {
            let answer = Answer::decode(opnum, &answer).expect("an answer");
            assert_eq!(answer.opnum(), opnum);
        }
    }
    drop(server);
    assert!(router.outstanding().is_nothing(), "{:?}", router.outstanding());
    assert_eq!(router.violations(), []);
}
