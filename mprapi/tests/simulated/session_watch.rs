//! Watching sessions: what begins, changes and ends, whatever becomes of the server.

use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use mprapi::sys::RPC_S_INVALID_BINDING;
use mprapi::{
    EndReason, Ended, ErrorKind, Link, LinkError, QuarantineState, SessionEnd, SessionEvent, SessionTracker,
    SessionWatch,
};
use mprapi_sim::{Failure, Quarantine, Router, Session, Simulation, Tunnel};

use crate::common::{assert_clean, mpr};

const SECOND: Duration = Duration::from_secs(1);
/// Longer than any test takes, short enough that one that hangs ends.
const LONG: Duration = Duration::from_secs(30);

fn scenario() -> mprapi_sim::Server {
    let anna = Session::new("anna", Tunnel::Sstp).domain("CORP").connected_for(60 * SECOND).send_rate(100u64);
    mprapi_sim::Server::unique().up_for(1_000 * SECOND).ports(Tunnel::Sstp, 4).session(anna)
}

fn link(router: &Router) -> Arc<Link> {
    Arc::new(Link::new(&mpr(), Some(router.name())))
}

fn watch(router: &Router) -> SessionWatch {
    link(router).watch_sessions().unwrap().with_interval(Duration::from_millis(10))
}

fn come(router: &Router, user: &str) {
    router.connect(&Session::new(user, Tunnel::Sstp)).expect("a port is free");
}

/// In short: `+anna`, `-anna`, `~anna`, …
fn word(event: &SessionEvent) -> String {
    match event {
        SessionEvent::Started(session) => format!("+{}", session.user_name),
        SessionEvent::Changed { now, .. } => format!("~{}", now.user_name),
        SessionEvent::Ended(end) => format!("-{}", end.session.user_name),
        SessionEvent::Restarted => "restarted".to_owned(),
        SessionEvent::Lost(LinkError::Call(error)) => format!("lost {}", error.kind()),
        SessionEvent::Lost(LinkError::TimedOut { .. }) => "lost in time".to_owned(),
        SessionEvent::Regained => "regained".to_owned(),
        other => panic!("{other:?}"),
    }
}

/// The next events, and none after them.
fn words(watch: &mut SessionWatch, count: usize) -> Vec<String> {
    let mut next = || watch.next_within(LONG).unwrap().expect("in time");
    (0..count).map(|_| word(&next())).collect()
}

fn nothing_more(watch: &mut SessionWatch) {
    assert_eq!(watch.next_within(Duration::from_millis(30)).unwrap(), None);
}

fn next_end(watch: &mut SessionWatch) -> SessionEnd {
    match watch.next_within(LONG).unwrap() {
        Some(SessionEvent::Ended(end)) => end,
        other => panic!("{other:?}"),
    }
}

/// A server whose notifications are refused, as those of another machine are on Windows.
fn refuse(router: &Router) {
    router.fail("MprAdminRegisterConnectionNotification", Failure::code(50));
}

#[test]
fn those_who_are_there_are_known_and_those_who_come_and_go_are_told_once() {
    for notifies in [true, false] {
        let simulation = scenario().start();
        let router = &simulation.routers()[0];
        if !notifies {
            refuse(router);
        }
        let mut watch = watch(router);
        assert_eq!(watch.is_notified(), notifies);
        let there: Vec<_> = watch.sessions().iter().map(|session| session.user_name.to_string()).collect();
        assert_eq!(there, ["anna"]);
        nothing_more(&mut watch);
        come(router, "ben");
        assert_eq!(words(&mut watch, 1), ["+ben"]);
        assert!(router.drop_user("anna"));
        assert_eq!(words(&mut watch, 1), ["-anna"]);
        nothing_more(&mut watch);
        drop(watch);
        assert_clean(router);
        let registered = router.calls("MprAdminRegisterConnectionNotification");
        let ended = router.calls("MprAdminDeregisterConnectionNotification");
        assert_eq!((registered, ended), (1, notifies.into()));
    }
}

#[test]
fn a_session_that_ended_has_the_bytes_and_the_duration_of_the_last_reading() {
    let simulation = scenario().start();
    let router = &simulation.routers()[0];
    let mut watch = watch(router);
    router.advance(40 * SECOND);
    // The counters grew, which is no change.
    while watch.sessions()[0].duration < 100 * SECOND {
        nothing_more(&mut watch);
    }
    router.advance(2 * SECOND);
    assert!(router.drop_user("anna"));
    let end = next_end(&mut watch);
    assert_eq!(end.session.account().to_string(), r"CORP\anna");
    assert_eq!((end.session.duration, end.session.statistics.bytes_sent), (100 * SECOND, 4_000));
    assert_eq!((end.unseen, end.reason), (Some(2 * SECOND), EndReason::NotTold));
    assert_eq!(end.session.ports.len(), 1, "with all that was known of it");
}

#[test]
fn a_server_that_notifies_is_read_at_once_and_one_that_does_not_at_its_interval() {
    let simulation = scenario().start();
    let router = &simulation.routers()[0];
    let mut watch = link(router).watch_sessions().unwrap().with_interval(3_600 * SECOND);
    assert_eq!(watch.interval(), 3_600 * SECOND);
    come(router, "ben");
    assert_eq!(words(&mut watch, 1), ["+ben"]);
    refuse(router);
    let mut watch = link(router).watch_sessions().unwrap().with_interval(3_600 * SECOND);
    come(router, "cy");
    nothing_more(&mut watch);
    // An interval of nothing would ask without a pause.
    watch = watch.with_interval(Duration::ZERO);
    assert_eq!(watch.interval(), Duration::from_millis(10));
    assert_eq!(words(&mut watch, 1), ["+cy"]);
}

#[test]
fn a_wait_has_its_limit_and_without_one_the_default_interval_is_five_seconds() {
    let simulation = scenario().start();
    let mut watch = link(&simulation.routers()[0]).watch_sessions().unwrap();
    assert_eq!(watch.interval(), 5 * SECOND);
    let (start, limit) = (Instant::now(), Duration::from_millis(120));
    assert_eq!(watch.next_within(limit).unwrap(), None);
    assert!((limit..5 * SECOND).contains(&start.elapsed()), "{:?}", start.elapsed());
    assert!(!watch.is_over());
}

#[test]
fn it_goes_to_another_thread_and_is_stopped_from_this_one() {
    fn assert_static<T: Send + Sync + 'static>(_: &T) {}
    for notifies in [true, false] {
        let simulation = scenario().start();
        let router = &simulation.routers()[0];
        if !notifies {
            refuse(router);
        }
        let link = link(router);
        let mut watch = link.watch_sessions().unwrap().with_interval(Duration::from_millis(20));
        assert_static(&watch);
        let stopper = watch.stopper();
        let (sender, told) = mpsc::channel();
        let watching = thread::spawn(move || {
            watch.by_ref().for_each(|event| sender.send(word(&event.unwrap())).unwrap());
            assert!(watch.is_over());
            assert_eq!(watch.next_within(LONG).unwrap(), None, "at once");
        });
        come(router, "ben");
        assert_eq!(told.recv_timeout(LONG).unwrap(), "+ben");
        stopper.stop();
        watching.join().unwrap();
        assert_eq!(told.try_iter().count(), 0);
        drop(link);
        assert_clean(router);
    }
}

#[test]
fn what_changes_about_a_session_is_told_with_what_was_before() {
    let ben = Session::new("ben", Tunnel::Sstp).quarantine(Quarantine::Restricted);
    let simulation = scenario().session(ben).start();
    let router = &simulation.routers()[0];
    let mut watch = watch(router);
    let ben = watch.sessions().iter().find(|session| session.user_name == "ben").unwrap().id;
    let server = mpr().connect(Some(router.name())).unwrap();
    let ids = server.sessions().unwrap();
    let same = ids.iter().find(|session| session.id.as_raw() == ben.as_raw()).unwrap();
    server.connection(same.id).unwrap().remove_quarantine().unwrap();
    match watch.next_within(LONG).unwrap() {
        Some(SessionEvent::Changed { before, now }) => {
            assert_eq!(before.quarantine_state, Some(QuarantineState::Quarantine));
            assert_eq!(now.quarantine_state, Some(QuarantineState::Normal));
            assert!(before.continues_as(&now));
        }
        other => panic!("{other:?}"),
    }
    nothing_more(&mut watch);
}

#[test]
fn the_next_one_under_the_same_handle_is_another_session() {
    let simulation = scenario().reuse_handles(true).start();
    let router = &simulation.routers()[0];
    let mut watch = watch(router);
    let anna = watch.sessions()[0].id;
    assert!(router.drop_user("anna"));
    come(router, "ben");
    assert_eq!(words(&mut watch, 2), ["-anna", "+ben"]);
    assert_eq!(watch.sessions()[0].id, anna);
    router.advance(60 * SECOND);
    // The same user, anew.
    assert!(router.drop_user("ben"));
    router.advance(10 * SECOND);
    come(router, "ben");
    assert_eq!(words(&mut watch, 2), ["-ben", "+ben"]);
}

#[test]
fn a_restart_ends_the_sessions_and_the_watch_is_notified_by_the_new_service() {
    let simulation = scenario().start();
    let router = &simulation.routers()[0];
    let mut watch = watch(router);
    router.restart_service();
    assert_eq!(words(&mut watch, 1), ["restarted"]);
    let end = next_end(&mut watch);
    assert_eq!((end.reason, end.unseen), (EndReason::ServiceRestarted, None));
    assert_eq!(router.calls("MprAdminRegisterConnectionNotification"), 2);
    watch = watch.with_interval(3_600 * SECOND);
    come(router, "anna");
    assert_eq!(words(&mut watch, 1), ["+anna"]);
    drop(watch);
    assert_clean(router);
}

#[test]
fn it_survives_a_restart_that_kills_its_handle() {
    let simulation = scenario().reuse_handles(true).restart_kills_bindings(true).start();
    let router = &simulation.routers()[0];
    let mut watch = watch(router);
    router.restart_service();
    come(router, "anna");
    // The link connects again by itself, so the server was never lost.
    assert_eq!(words(&mut watch, 3), ["restarted", "-anna", "+anna"]);
    assert!(watch.is_notified());
    watch = watch.with_interval(3_600 * SECOND);
    // Its sessions are of the new connection, so what is done with them works.
    let anna = watch.sessions()[0].clone();
    let ended = watch.link().once(move |server| server.end(&anna));
    assert_eq!(ended, Ok(Ended::Now));
    assert_eq!(words(&mut watch, 1), ["-anna"]);
    drop(watch);
    assert_clean(router);
}

#[test]
fn a_new_connection_without_a_restart_is_registered_anew() {
    let simulation = scenario().start();
    let router = &simulation.routers()[0];
    let mut watch = watch(router);
    // One call fails as on a dead connection, and the link makes another.
    router.fail("MprAdminConnectionEnumEx", Failure::code(RPC_S_INVALID_BINDING).at_call(1));
    router.fail("MprAdminConnectionEnum", Failure::code(RPC_S_INVALID_BINDING).at_call(1));
    while router.calls("MprAdminRegisterConnectionNotification") < 2 {
        nothing_more(&mut watch);
    }
    watch = watch.with_interval(3_600 * SECOND);
    come(router, "ben");
    assert_eq!(words(&mut watch, 1), ["+ben"]);
    drop(watch);
    assert_clean(router);
}

#[test]
fn a_server_that_is_away_is_told_once_and_asked_again_with_pauses_that_grow() {
    let simulation = scenario().start();
    let router = &simulation.routers()[0];
    let mut watch = watch(router);
    router.set_reachable(false);
    assert_eq!(words(&mut watch, 1), ["lost unreachable"]);
    let before = router.calls("MprAdminServerConnect");
    assert_eq!(watch.next_within(Duration::from_millis(3_600)).unwrap(), None);
    // After one second, and two more.
    assert_eq!(router.calls("MprAdminServerConnect") - before, 2);
    assert!(router.drop_user("anna"));
    come(router, "ben");
    router.set_reachable(true);
    assert_eq!(words(&mut watch, 3), ["regained", "-anna", "+ben"]);
    nothing_more(&mut watch);
    drop(watch);
    assert_clean(router);
}

#[test]
fn a_server_that_hangs_holds_it_up_for_the_limit_of_the_link_only() {
    let simulation = scenario().start();
    let router = &simulation.routers()[0];
    let link = Arc::new(Link::new(&mpr(), Some(router.name())).with_limit(Duration::from_millis(200)));
    let mut watch = link.watch_sessions().unwrap().with_interval(Duration::from_millis(10));
    router.set_latency(2 * SECOND);
    let start = Instant::now();
    assert_eq!(words(&mut watch, 1), ["lost in time"]);
    // The drop of its registration waits for the same limit.
    assert!(start.elapsed() < Duration::from_millis(1_500), "{:?}", start.elapsed());
    router.set_latency(Duration::ZERO);
    come(router, "ben");
    assert_eq!(words(&mut watch, 2), ["regained", "+ben"]);
    drop((watch, link));
    // The thread that still had the old registration.
    let end = Instant::now() + LONG;
    while !router.outstanding().is_nothing() && Instant::now() < end {
        thread::sleep(Duration::from_millis(10));
    }
    assert_clean(router);
}

#[test]
fn a_server_that_cannot_be_read_is_not_watched() {
    let simulation = scenario().start();
    let router = &simulation.routers()[0];
    let link = link(router);
    router.stop_service();
    let error = link.watch_sessions().unwrap_err();
    assert_eq!(error.error().map(mprapi::Error::kind), Some(ErrorKind::NotRunning), "{error}");
    drop(link);
    assert_clean(router);
}

/// Users by the handles of their sessions, as events tell.
#[derive(Default)]
struct Replay(HashMap<String, String>);

impl Replay {
    fn add(&mut self, event: SessionEvent) {
        match event {
            SessionEvent::Ended(SessionEnd { session, .. }) => {
                let user = self.0.remove(&session.id.to_string());
                assert_eq!(user, Some(session.user_name.to_string()), "who went had come");
            }
            SessionEvent::Started(session) => {
                let before = self.0.insert(session.id.to_string(), session.user_name.to_string());
                assert_eq!(before, None, "{} came", session.user_name);
            }
            other => panic!("{other:?}"),
        }
    }

    fn assert_is(&self, users: Vec<String>) {
        let (mut told, mut users): (Vec<&String>, Vec<&String>) =
            (self.0.values().collect(), users.iter().collect());
        told.sort();
        users.sort();
        assert_eq!(told, users);
    }
}

/// A server that gives each handle again at once, and a thousand users who come and go, some of them again and again. `look`
/// runs after each change.
fn a_thousand_users(look: impl Fn(&Simulation) -> Box<dyn FnMut(&mut Replay)>) {
    const PORTS: usize = 8;
    let server = mprapi_sim::Server::unique().reuse_handles(true).up_for(1_000 * SECOND);
    let simulation = server.ports(Tunnel::Sstp, PORTS as u32).start();
    let router = &simulation.routers()[0];
    let mut look = look(&simulation);
    let mut replay = Replay::default();
    let (mut came, mut number) = (0, 7_usize);
    let mut random = |below: usize| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (number >> 33) % below
    };
    let (mut reused, mut before) = (0, HashMap::new());
    while came < 1_000 {
        router.advance(Duration::from_secs(10 + random(10) as u64));
        for _ in 0..=random(3) {
            let users = router.users();
            if let Some(user) = users.get(random(users.len().max(1))) {
                assert!(router.drop_user(user));
            }
        }
        while router.users().len() < PORTS {
            let user = match random(4) {
                0 => format!("regular{}", random(20)),
                _ => format!("user{came}"),
            };
            if !router.users().contains(&user) {
                came += 1;
                come(router, &user);
            }
        }
        look(&mut replay);
        replay.assert_is(router.users());
        let is_anothers =
            |(handle, user): &(&String, &String)| before.get(*handle).is_some_and(|other| other != *user);
        reused += replay.0.iter().filter(is_anothers).count();
        before = replay.0.clone();
    }
    assert!(reused > 800, "only {reused} handles were another's");
}

#[test]
fn a_thousand_users_under_the_same_handles_come_and_go_by_their_own_names() {
    a_thousand_users(|simulation| {
        let mut watch = link(&simulation.routers()[0]).watch_sessions().unwrap();
        watch = watch.with_interval(3_600 * SECOND);
        Box::new(move |replay| {
            while let Some(event) = watch.next_within(Duration::ZERO).unwrap() {
                replay.add(event);
            }
        })
    });
    a_thousand_users(|simulation| {
        let server = mpr().connect(Some(simulation.routers()[0].name())).unwrap();
        let mut tracker = SessionTracker::new();
        tracker.update(server.info().unwrap().up_time(), Vec::new());
        Box::new(move |replay| {
            let up_time = server.info().unwrap().up_time();
            tracker
                .update(up_time, server.sessions().unwrap())
                .into_iter()
                .for_each(|event| replay.add(event));
        })
    });
}
