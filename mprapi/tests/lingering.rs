//! An event whose registration could not be ended. In a program of its own: the event serves the next watcher,
//! and may be signalled for the watcher that it served before.

mod common;

use std::time::Duration;

use common::{assert_clean, mpr, open_files, open_files_soon};
use mprapi::Wake;
use mprapi_sim::{Failure, Server, Session, Tunnel};

#[test]
fn the_event_of_a_deregistration_that_failed_serves_again_and_none_pile_up() {
    let simulation = Server::unique().ports(Tunnel::Sstp, 8).start();
    let router = &simulation.routers()[0];
    router.fail("MprAdminDeregisterConnectionNotification", Failure::code(1726));
    let before = open_files();
    for round in 0..200 {
        let server = mpr().connect(Some(router.name())).unwrap();
        let mut notification = server.watch().unwrap();
        // Changes told to the watcher before are not told again, nor that it was stopped.
        assert_eq!(notification.wait(Some(Duration::ZERO)).unwrap(), Wake::TimedOut, "round {round}");
        router.connect(&Session::new("bob", Tunnel::Sstp)).unwrap();
        assert_eq!(notification.wait(Some(Duration::from_secs(30))).unwrap(), Wake::Changed);
        notification.stopper().stop();
        drop(notification);
        assert!(router.drop_user("bob"));
    }
    // One event, which has two ends.
    let after = open_files_soon(before + 2);
    assert!(after <= before + 2, "{before} files were open, and {after} are");
    assert_clean(router);
}
