//! Calls with an event whose end nobody waits for, and which do not end. In a program of its own: the events are kept for
//! the whole process.

mod common;

use std::time::Duration;

use common::{assert_clean, mpr, open_files, open_files_soon};
use mprapi::{ErrorKind, Server};
use mprapi_sim::{Interface, InterfaceKind, Tunnel};

/// How many events are kept at most.
const MOST: usize = 128;

#[test]
fn ends_that_nobody_waits_for_are_not_more_and_more() {
    let takes = Duration::from_secs(5);
    let mut office = mprapi_sim::Server::unique().ports(Tunnel::Ikev2, MOST as u32 + 1);
    for number in 0..=MOST {
        let branch = Interface::new(format!("branch{number}"), InterfaceKind::FullRouter);
        office = office.interface(branch.dial_takes(takes));
    }
    let simulation = office.start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let give_up = |server: &Server, number: usize| {
        server.find_interface(&format!("branch{number}"))?.connect_with_event().map(drop)
    };
    let before = open_files();
    for number in 0..MOST {
        give_up(&server, number).unwrap();
    }
    // One more is refused, and the library is not asked.
    let calls = router.calls("MprAdminInterfaceConnect");
    let error = give_up(&server, MOST).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Other, None));
    assert_eq!(error.function(), "MprAdminInterfaceConnect");
    assert!(error.to_string().contains("128"), "{error}");
    assert_eq!(router.calls("MprAdminInterfaceConnect"), calls);
    // An event has two ends where it is none of Windows', and the simulator has a copy of one.
    let after = open_files();
    assert!(after <= before + 3 * MOST, "{before} files were open, and {after} are");

    router.advance(takes);
    give_up(&server, MOST).unwrap();
    let after = open_files_soon(before + 3);
    assert!(after <= before + 3, "those that were signalled are closed: {before} were open, and {after} are");
    router.advance(takes);
    drop(server);
    assert_clean(router);
}
