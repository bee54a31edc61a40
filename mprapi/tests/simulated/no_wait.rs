//! Nothing in a test with a simulated router waits: its time is the router's, and its events come at once.

use std::time::Duration;
use std::{fs, thread};

use crate::common::{assert_clean, mpr, wire};
use mprapi::{TransportId, Wake};
use mprapi_sim::{Interface, InterfaceKind, Server, Session, Tunnel};

/// How often this thread has given up the processor by itself: each time that it waited for something.
fn waits() -> u64 {
    let status = fs::read_to_string("/proc/thread-self/status").expect("Linux tells it");
    let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    count.and_then(|count| count.trim().parse().ok()).expect("a number")
}

fn waits_of(work: impl FnOnce()) -> u64 {
    let before = waits();
    work();
    waits() - before
}

/// Does as tests do: it starts a router, connects, has users and links come and go, and ends all of it.
fn story() {
    let far = Interface::new("far", InterfaceKind::FullRouter).dial_takes(Duration::from_secs(30));
    let near = Interface::new("near", InterfaceKind::FullRouter);
    let office = Server::unique().ports(Tunnel::Ikev2, 8).ports(Tunnel::Sstp, 8);
    let simulation = office.interface(far).interface(near).start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();

    let mut notification = server.watch().unwrap();
    router.connect(&Session::new("anna", Tunnel::Sstp)).unwrap();
    assert_eq!(notification.wait(None).unwrap(), Wake::Changed);
    let connections = server.connections().unwrap();
    connections.iter().next().unwrap().disconnect().unwrap();
    assert_eq!(notification.wait(None).unwrap(), Wake::Changed);
    drop((connections, notification));

    // Half a minute and a second, by the router's clock.
    let far = server.find_interface("far").unwrap();
    far.connect().unwrap();
    far.update_routes(TransportId::Ip).unwrap();
    far.disconnect().unwrap();
    let mut dialling = far.connect_with_event().unwrap();
    router.advance(Duration::from_secs(30));
    assert!(dialling.wait(None).unwrap());

    // An attempt that takes no time has ended when the call returns.
    let near = server.find_interface("near").unwrap();
    assert!(near.connect_with_event().unwrap().wait(None).unwrap());
    near.disconnect().unwrap();
    near.connect_within(Duration::from_secs(60)).unwrap();

    router.restart_service();
    router.stop_service();
    drop(server);
    assert_clean(router);
}

#[test]
fn a_test_that_starts_a_router_dials_hears_a_notification_and_stops_never_waits() {
    if wire::is_asked_for() {
        // The protocol has threads.
        return;
    }
    assert!(waits_of(|| thread::sleep(Duration::from_millis(1))) > 0, "a wait is seen");
    // Tests beside this one use the same locks, and a page of the program may be read from the disk, but not at every turn.
    let free = (0..2_000).map(|_| waits_of(story)).find(|waits| *waits == 0);
    assert!(free.is_some(), "it waits each time");
}
