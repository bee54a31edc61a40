//! Notifications of connections that begin and end, against a simulated router.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::common::{assert_clean, mpr};
use mprapi::{Change, ErrorKind, Notification, Wake};
use mprapi_sim::{Router, Server, Session, Simulation, Tunnel};

/// Longer than any test takes, short enough that one that hangs ends.
const LONG: Option<Duration> = Some(Duration::from_secs(30));

fn office() -> Simulation {
    Server::unique().ports(Tunnel::Sstp, 8).session(Session::new("alice", Tunnel::Sstp)).start()
}

fn come(router: &Router, user: &str) {
    router.connect(&Session::new(user, Tunnel::Sstp)).unwrap();
}

fn text(change: &Change<'_>) -> String {
    match change {
        Change::Came(connection) => format!("+{}", connection.get().user_name()),
        Change::Went(connection) => format!("-{}", connection.get().user_name()),
    }
}

fn texts(changes: &[Change<'_>]) -> Vec<String> {
    changes.iter().map(text).collect()
}

#[test]
fn who_comes_and_who_goes_is_told_once() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let mut notification = server.watch().unwrap();
    assert_eq!(notification.wait(Some(Duration::ZERO)).unwrap(), Wake::TimedOut);
    come(router, "bob");
    come(router, "carol");
    assert!(router.drop_user("alice"));
    assert_eq!(notification.wait(LONG).unwrap(), Wake::Changed);
    assert_eq!(texts(&notification.changes().unwrap()), ["-alice", "+bob", "+carol"]);
    assert_eq!(texts(&notification.changes().unwrap()), [""; 0]);
    drop(notification);
    drop(server);
    assert_clean(router);
}

#[test]
fn nothing_that_happens_between_registering_and_the_first_look_is_lost() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let mut notification = server.watch().unwrap();
    assert_eq!(router.calls("MprAdminRegisterConnectionNotification"), 1);
    assert_eq!(router.calls("MprAdminConnectionEnum"), 1, "the list is read after that");
    come(router, "bob");
    assert_eq!(texts(&notification.changes().unwrap()), ["+bob"]);
    drop(notification);
    drop(server);
    assert_clean(router);
}

#[test]
fn waiting_ends_when_the_time_is_over_and_not_before() {
    let simulation = office();
    let server = mpr().connect(Some(simulation.routers()[0].name())).unwrap();
    let mut notification = server.watch().unwrap();
    let (start, time) = (Instant::now(), Duration::from_millis(120));
    assert_eq!(notification.wait(Some(time)).unwrap(), Wake::TimedOut);
    assert!(start.elapsed() >= time, "{:?}", start.elapsed());
}

#[test]
fn an_iterator_yields_what_changes_while_it_waits() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let notification = server.watch().unwrap();
    let stopper = notification.stopper();
    // Each step is taken when the one before was seen: two at once might be told the other way round.
    let (next, steps) = mpsc::channel();
    next.send(()).unwrap();
    let seen: Vec<String> = thread::scope(|scope| {
        scope.spawn(move || {
            for (step, ()) in (0..3).zip(steps) {
                thread::sleep(Duration::from_millis(20));
                match step {
                    0 => come(router, "bob"),
                    1 => come(router, "carol"),
                    _ => assert!(router.drop_user("bob")),
                }
            }
        });
        let mut seen = Vec::new();
        for change in notification {
            seen.push(text(&change.unwrap()));
            if seen.len() == 3 {
                stopper.stop();
            }
            let _ = next.send(());
        }
        seen
    });
    assert_eq!(seen, ["+bob", "+carol", "-bob"]);
    assert_eq!(router.calls("MprAdminDeregisterConnectionNotification"), 1);
    drop(server);
    assert_clean(router);
}

#[test]
fn a_thread_that_waits_is_woken_by_a_stop_and_the_registration_ends() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let mut notification = server.watch().unwrap();
    let stopper = notification.stopper();
    thread::scope(|scope| {
        let waiting = scope.spawn(move || {
            let wake = notification.wait(None).unwrap();
            (wake, notification.wait(None).unwrap(), notification.next().is_none())
        });
        thread::sleep(Duration::from_millis(50));
        stopper.stop();
        assert_eq!(waiting.join().unwrap(), (Wake::Stopped, Wake::Stopped, true));
    });
    assert_eq!(router.calls("MprAdminDeregisterConnectionNotification"), 1);
    // Who stops what has ended does no harm.
    stopper.stop();
    come(router, "bob");
    drop(server);
    assert_clean(router);
}

#[test]
fn a_stop_before_the_waiting_is_not_forgotten() {
    let simulation = office();
    let server = mpr().connect(Some(simulation.routers()[0].name())).unwrap();
    let mut notification = server.watch().unwrap();
    notification.stopper().stop();
    assert_eq!(notification.wait(None).unwrap(), Wake::Stopped);
}

#[test]
fn a_thousand_changes_that_nobody_waits_for_hold_nobody_up() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let mut notification = server.watch().unwrap();
    for _ in 0..1_000 {
        come(router, "bob");
        assert!(router.drop_user("bob"));
    }
    come(router, "carol");
    assert_eq!(notification.wait(LONG).unwrap(), Wake::Changed);
    assert_eq!(texts(&notification.changes().unwrap()), ["+carol"]);
    drop(notification);
    drop(server);
    assert_clean(router);
}

#[test]
fn two_watch_one_server_and_both_are_told() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let (mut one, mut two) = (server.watch().unwrap(), server.watch().unwrap());
    come(router, "bob");
    for notification in [&mut one, &mut two] {
        assert_eq!(notification.wait(LONG).unwrap(), Wake::Changed);
        assert_eq!(texts(&notification.changes().unwrap()), ["+bob"]);
    }
    drop(one);
    come(router, "carol");
    assert_eq!(two.wait(LONG).unwrap(), Wake::Changed, "the other one's end is not this one's");
    drop(two);
    drop(server);
    assert_clean(router);
}

#[test]
fn a_service_that_is_stopped_is_an_error_of_the_look_and_the_watching_goes_on_after_it() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let mut notification: Notification<'_> = server.watch().unwrap();
    router.stop_service();
    assert_eq!(notification.changes().unwrap_err().kind(), ErrorKind::NotRunning);
    assert_eq!(server.watch().unwrap_err().kind(), ErrorKind::NotRunning);
    router.start_service();
    come(router, "bob");
    // A stopped service ends its connections.
    assert_eq!(texts(&notification.changes().unwrap()), ["-alice", "+bob"]);
    drop(notification);
    drop(server);
    assert_clean(router);
}
