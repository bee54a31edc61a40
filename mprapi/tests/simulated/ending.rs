//! Ending sessions on a server that gives every handle to the next one at once.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, RwLock};
use std::thread;
use std::time::Duration;

use mprapi::{Ended, ErrorKind, Server};
use mprapi_sim::{Failure, Router, Session, Simulation, Tunnel};

use crate::common::{assert_clean, mpr};
use crate::interposed::{self, before};

/// A server with one user, whose handles and port the next user gets.
fn busy() -> Simulation {
    let anna = Session::new("anna", Tunnel::Sstp).domain("CORP").connected_for(Duration::from_secs(60));
    mprapi_sim::Server::unique()
        .reuse_handles(true)
        .up_for(Duration::from_secs(100_000))
        .ports(Tunnel::Sstp, 1)
        .session(anna)
        .start()
}

fn connect(router: &Router) -> Server {
    mpr().connect(Some(router.name())).unwrap()
}

/// The first user leaves, and another comes, who gets the handles.
fn swap(router: &Router, leaves: &str, comes: &str) {
    assert!(router.drop_user(leaves), "{leaves} was there");
    router.connect(&Session::new(comes, Tunnel::Sstp).domain("CORP")).expect("the port is free");
}

#[test]
fn a_session_that_is_there_is_ended_once_and_then_it_is_gone() {
    let simulation = busy();
    let router = &simulation.routers()[0];
    let server = connect(router);
    let anna = server.sessions().unwrap().remove(0);
    router.advance(Duration::from_secs(3_600));
    assert_eq!(server.connection_of(&anna).unwrap().map(|connection| connection.id()), Some(anna.id));
    assert_eq!(server.end(&anna).unwrap(), Ended::Now);
    assert_eq!(router.users(), [""; 0]);
    assert_eq!(server.end(&anna).unwrap(), Ended::AlreadyGone);
    assert!(server.connection_of(&anna).unwrap().is_none());
    drop(server);
    assert_clean(router);
}

#[test]
fn the_next_one_under_the_same_handle_is_left_alone() {
    let simulation = busy();
    let router = &simulation.routers()[0];
    let server = connect(router);
    let anna = server.sessions().unwrap().remove(0);
    for (comes, leaves) in [("ben", "anna"), ("anna", "ben"), ("cy", "anna")] {
        swap(router, leaves, comes);
        // Longer there than anna was, had the next one come at once.
        router.advance(Duration::from_secs(600));
        let next = server.sessions().unwrap().remove(0);
        assert_eq!((next.id, next.ports[0].id), (anna.id, anna.ports[0].id), "both handles are given again");
        assert_eq!(server.end(&anna).unwrap(), Ended::AlreadyGone, "{comes}");
        assert!(server.connection_of(&anna).unwrap().is_none(), "{comes}");
        assert_eq!(router.users(), [comes]);
    }
    // The handle alone cannot tell.
    server.connection(anna.id).unwrap().disconnect().unwrap();
    assert_eq!(router.users(), [""; 0]);
}

#[test]
fn a_domain_and_the_kind_of_the_connection_tell_sessions_apart() {
    let simulation = busy();
    let router = &simulation.routers()[0];
    let server = connect(router);
    let anna = server.sessions().unwrap().remove(0);
    let mut of_lab = anna.clone();
    of_lab.domain = "LAB".into();
    let mut of_site = anna.clone();
    of_site.interface_type = mprapi::InterfaceType::FullRouter;
    let mut longer = anna.clone();
    longer.duration += Duration::from_secs(5);
    for other in [of_lab, of_site, longer] {
        assert_eq!(server.end(&other).unwrap(), Ended::AlreadyGone, "{other:?}");
        assert_eq!(router.users(), ["anna"]);
    }
    assert_eq!(server.end(&anna).unwrap(), Ended::Now);
}

/// The functions that a call makes, but for those that give memory back.
fn functions(act: impl FnOnce()) -> Vec<String> {
    let called = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&called);
    before(move |function| seen.borrow_mut().push(function.to_owned()), act);
    called.take().into_iter().filter(|function| function != "MprAdminBufferFree").collect()
}

#[test]
fn a_session_that_comes_during_the_call_stays_until_the_last_comparison() {
    let ending = {
        let simulation = busy();
        let server = interposed::mpr().connect(Some(simulation.routers()[0].name())).unwrap();
        let anna = server.sessions().unwrap().remove(0);
        functions(|| assert_eq!(server.end(&anna).unwrap(), Ended::Now))
    };
    let compares = ending.iter().position(|function| function == "MprAdminConnectionGetInfo").unwrap();
    assert_eq!(ending[compares + 1], "MprAdminPortDisconnect", "nothing is between the two: {ending:?}");
    for (moment, call) in ending.iter().enumerate().take(compares + 1) {
        let simulation = busy();
        let router = simulation.routers()[0].clone();
        let server = interposed::mpr().connect(Some(router.name())).unwrap();
        let anna = server.sessions().unwrap().remove(0);
        let mut calls = 0;
        let changes = router.clone();
        let happens = move |function: &str| {
            if function != "MprAdminBufferFree" {
                calls += 1;
                if calls == moment + 1 {
                    swap(&changes, "anna", "ben");
                }
            }
        };
        let ended = before(happens, || server.end(&anna).unwrap());
        assert_eq!((ended, router.users()), (Ended::AlreadyGone, vec!["ben".to_owned()]), "before {}", call);
        drop(server);
        assert_clean(&router);
    }
}

#[test]
fn a_session_that_leaves_during_the_call_is_gone_and_that_is_no_error() {
    for moment in 0..4 {
        let simulation = busy();
        let router = simulation.routers()[0].clone();
        let server = interposed::mpr().connect(Some(router.name())).unwrap();
        let anna = server.sessions().unwrap().remove(0);
        let (mut calls, changes) = (0, router.clone());
        let happens = move |function: &str| {
            if function != "MprAdminBufferFree" {
                calls += 1;
                if calls == moment + 1 {
                    assert!(changes.drop_user("anna"));
                }
            }
        };
        let ended = before(happens, || server.end(&anna));
        assert_eq!(ended.unwrap(), Ended::AlreadyGone, "before call {moment}");
        drop(server);
        assert_clean(&router);
    }
}

#[test]
fn a_message_goes_to_the_session_that_was_meant_or_to_nobody() {
    let simulation = busy();
    let router = &simulation.routers()[0];
    let server = connect(router);
    let anna = server.sessions().unwrap().remove(0);
    server.connection_of(&anna).unwrap().expect("she is there").send_message("hello").unwrap();
    assert_eq!(router.messages_to("anna"), ["hello"]);
    swap(router, "anna", "ben");
    assert!(server.connection_of(&anna).unwrap().is_none());
    assert_eq!(router.messages_to("ben"), [""; 0]);
}

#[test]
fn what_fails_for_another_reason_is_an_error_and_not_a_session_that_is_gone() {
    let simulation = busy();
    let router = &simulation.routers()[0];
    let server = connect(router);
    let anna = server.sessions().unwrap().remove(0);
    for (function, codes) in [
        ("MprAdminPortEnum", &[5, 6, 87, 1702, 1722, 1717][..]),
        ("MprAdminConnectionGetInfo", &[5, 6, 1702, 1722, 1717, 8]),
        ("MprAdminPortDisconnect", &[5, 6, 87, 601, 606, 1702, 1722]),
    ] {
        for code in codes {
            router.fail(function, Failure::code(*code));
            let error = server.end(&anna).expect_err(function);
            assert_eq!((error.function(), error.code()), (function, Some(*code)));
            router.heal();
        }
    }
    assert_eq!(router.users(), ["anna"]);
    // What the documentation names for a connection that is gone.
    for code in [87, 906] {
        router.fail("MprAdminConnectionGetInfo", Failure::code(code));
        assert_eq!(server.end(&anna).unwrap(), Ended::AlreadyGone, "{code}");
        router.heal();
    }
    // A server that does not tell how long its service has been up tells less, and enough.
    router.fail("MprAdminServerGetInfo", Failure::code(5));
    assert_eq!(server.end(&anna).unwrap(), Ended::Now);
}

#[test]
fn a_session_of_elsewhere_is_refused_before_anything_is_called() {
    let (here, there) = (busy(), busy());
    let (here, there) = (&here.routers()[0], &there.routers()[0]);
    let server = connect(here);
    let of_other_server = connect(there).sessions().unwrap().remove(0);
    let of_other_connection = connect(here).sessions().unwrap().remove(0);
    let mut made = mprapi::Session::default();
    made.user_name = "anna".into();
    let calls = ["MprAdminPortEnum", "MprAdminConnectionGetInfo"];
    let before = calls.map(|function| here.calls(function));
    for session in [of_other_server, of_other_connection.clone(), made] {
        let ended = server.end(&session).expect_err("it is not of this connection");
        let looked_up = server.connection_of(&session).expect_err("it is not of this connection");
        assert_eq!([ended.kind(), looked_up.kind()], [ErrorKind::InvalidArgument; 2]);
        assert_eq!(ended.code(), None);
    }
    assert_eq!(calls.map(|function| here.calls(function)), before);
    let sessions = server.sessions().unwrap();
    let anna = sessions.iter().find(|now| of_other_connection.continues_as(now)).expect("she is there still");
    assert_eq!(server.end(anna).unwrap(), Ended::Now);
}

/// Servers whose list of a connection's ports is not what it should be.
mod odd {
    use std::cell::Cell;
    use std::sync::LazyLock;

    use mprapi::Mpr;
    use mprapi::sys::*;

    thread_local! {
        /// `true` if a connection has all ports of the server.
        pub(super) static ALL_PORTS: Cell<bool> = const { Cell::new(false) };
        /// How many disconnects of ports succeed without an effect.
        pub(super) static WITHOUT_EFFECT: Cell<u32> = const { Cell::new(0) };
        pub(super) static DISCONNECTS: Cell<u32> = const { Cell::new(0) };
    }

    static SIMULATOR: LazyLock<Mprapi> = LazyLock::new(crate::common::table);

    unsafe extern "system" fn connect(name: LPWSTR, handle: *mut MPR_SERVER_HANDLE) -> DWORD {
        // SAFETY: passed on to the caller; so below.
        unsafe { SIMULATOR.MprAdminServerConnect(name, handle) }.unwrap()
    }

    unsafe extern "system" fn close(server: MPR_SERVER_HANDLE) {
        // SAFETY: as above.
        unsafe { SIMULATOR.MprAdminServerDisconnect(server) }.unwrap();
    }

    unsafe extern "system" fn free(buffer: LPVOID) -> DWORD {
        // SAFETY: as above.
        unsafe { SIMULATOR.MprAdminBufferFree(buffer) }.unwrap()
    }

    unsafe extern "system" fn info(server: MPR_SERVER_HANDLE, level: DWORD, buffer: *mut LPBYTE) -> DWORD {
        // SAFETY: as above.
        unsafe { SIMULATOR.MprAdminServerGetInfo(server, level, buffer) }.unwrap()
    }

    unsafe extern "system" fn connections(
        server: RAS_SERVER_HANDLE,
        level: DWORD,
        buffer: *mut LPBYTE,
        longest: DWORD,
        read: LPDWORD,
        total: LPDWORD,
        resume: LPDWORD,
    ) -> DWORD {
        // SAFETY: as above.
        unsafe { SIMULATOR.MprAdminConnectionEnum(server, level, buffer, longest, read, total, resume) }
            .unwrap()
    }

    unsafe extern "system" fn connection(
        server: RAS_SERVER_HANDLE,
        level: DWORD,
        connection: HANDLE,
        buffer: *mut LPBYTE,
    ) -> DWORD {
        // SAFETY: as above.
        unsafe { SIMULATOR.MprAdminConnectionGetInfo(server, level, connection, buffer) }.unwrap()
    }

    unsafe extern "system" fn ports(
        server: RAS_SERVER_HANDLE,
        level: DWORD,
        connection: HANDLE,
        buffer: *mut LPBYTE,
        longest: DWORD,
        read: LPDWORD,
        total: LPDWORD,
        resume: LPDWORD,
    ) -> DWORD {
        let connection = if ALL_PORTS.get() { INVALID_HANDLE_VALUE } else { connection };
        // SAFETY: as above.
        unsafe { SIMULATOR.MprAdminPortEnum(server, level, connection, buffer, longest, read, total, resume) }
            .unwrap()
    }

    unsafe extern "system" fn disconnect(server: RAS_SERVER_HANDLE, port: HANDLE) -> DWORD {
        DISCONNECTS.set(DISCONNECTS.get() + 1);
        if let Some(left) = WITHOUT_EFFECT.get().checked_sub(1) {
            WITHOUT_EFFECT.set(left);
            return 0;
        }
        // SAFETY: as above.
        unsafe { SIMULATOR.MprAdminPortDisconnect(server, port) }.unwrap()
    }

    pub(super) fn mpr() -> Mpr {
        let functions = Functions {
            MprAdminServerConnect: Some(connect),
            MprAdminServerDisconnect: Some(close),
            MprAdminBufferFree: Some(free),
            MprAdminServerGetInfo: Some(info),
            MprAdminConnectionEnum: Some(connections),
            MprAdminConnectionGetInfo: Some(connection),
            MprAdminPortEnum: Some(ports),
            MprAdminPortDisconnect: Some(disconnect),
            ..Functions::NONE
        };
        // SAFETY: the simulator keeps the contract of `mprapi.h`, and nothing here breaks it.
        unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }
    }
}

fn two() -> Simulation {
    let session = |user: &str| Session::new(user, Tunnel::Sstp);
    mprapi_sim::Server::unique()
        .ports(Tunnel::Sstp, 3)
        .session(session("anna"))
        .session(session("ben"))
        .start()
}

#[test]
fn the_session_is_compared_again_before_each_further_port() {
    let simulation = two();
    let router = &simulation.routers()[0];
    let server = odd::mpr().connect(Some(router.name())).unwrap();
    let anna = server.sessions().unwrap().remove(0);
    // As if each of these ports were a link of hers.
    odd::ALL_PORTS.set(true);
    assert_eq!(server.end(&anna).unwrap(), Ended::Now);
    assert_eq!(router.users(), ["ben"], "she went with her first port, so the others are not hers any more");

    // Her first link goes, and she is there still by the next.
    let ben = server.sessions().unwrap().remove(0);
    odd::WITHOUT_EFFECT.set(1);
    odd::DISCONNECTS.set(0);
    assert_eq!(server.end(&ben).unwrap(), Ended::Now);
    assert_eq!((router.users(), odd::DISCONNECTS.get()), (vec![], 2), "the next port is another one");
}

#[test]
fn a_server_that_takes_its_time_to_forget_a_session_is_told_once_for_each_port() {
    let simulation = two();
    let router = &simulation.routers()[0];
    let server = odd::mpr().connect(Some(router.name())).unwrap();
    let anna = server.sessions().unwrap().remove(0);
    odd::WITHOUT_EFFECT.set(u32::MAX);
    odd::DISCONNECTS.set(0);
    odd::ALL_PORTS.set(false);
    assert_eq!(server.end(&anna).unwrap(), Ended::Now);
    assert_eq!(odd::DISCONNECTS.get(), 1);
    odd::ALL_PORTS.set(true);
    assert_eq!(server.end(&anna).unwrap(), Ended::Now);
    assert_eq!(odd::DISCONNECTS.get(), 1 + 3);
}

#[test]
fn of_a_thousand_users_who_come_and_go_none_is_ended_in_anothers_place() {
    const USERS: usize = 1_000;
    const PORTS: usize = 40;
    let simulation = mprapi_sim::Server::unique()
        .reuse_handles(true)
        .up_for(Duration::from_secs(100_000))
        .ports(Tunnel::Sstp, PORTS as u32)
        .start();
    let router = &simulation.routers()[0];
    let server = connect(router);
    // Nobody comes or goes while a call is under way: the gap between a comparison and a disconnect is the API's.
    let turn = RwLock::new(());
    let (left, ended) = (Mutex::new(BTreeSet::new()), Mutex::new(BTreeSet::new()));
    let gone = Mutex::new(0);
    let is_over = AtomicBool::new(false);

    let come_and_go = || {
        let mut there: VecDeque<String> = VecDeque::new();
        // Those who end may be slow, on a busy machine or over the wire: users come until enough of both has happened.
        let is_enough = || ended.lock().unwrap().len() > 20 && *gone.lock().unwrap() > 20;
        let mut number = 0;
        while number < USERS || !is_enough() && number < 100 * USERS {
            let user = format!("user{number}");
            let turn = turn.write().unwrap();
            // The one who came first leaves by itself, unless it was ended.
            while there.len() >= PORTS || router.users().len() >= PORTS {
                let first = there.pop_front().expect("there are as many as ports");
                if router.drop_user(&first) {
                    left.lock().unwrap().insert(first);
                }
            }
            router.connect(&Session::new(user.as_str(), Tunnel::Sstp)).expect("a port is free");
            there.push_back(user);
            router.advance(Duration::from_secs(1));
            drop(turn);
            thread::yield_now();
            number += 1;
        }
        is_over.store(true, Ordering::Release);
        number
    };
    let end_some = |step: usize| {
        let mut kept: VecDeque<mprapi::Session> = VecDeque::new();
        while !is_over.load(Ordering::Acquire) {
            kept.extend(server.sessions().unwrap().into_iter().skip(step).step_by(7));
            // It waits: most of them are gone by then, and their handles others'.
            while kept.len() > 30 {
                let session = kept.pop_front().expect("there are many");
                let turn = turn.read().unwrap();
                let outcome = server.end(&session).unwrap();
                drop(turn);
                match outcome {
                    Ended::Now => {
                        let is_new = ended.lock().unwrap().insert(session.user_name.to_string());
                        assert!(is_new, "{} was ended twice", session.user_name);
                    }
                    Ended::AlreadyGone => *gone.lock().unwrap() += 1,
                }
            }
        }
    };
    let users = thread::scope(|scope| {
        let enders: Vec<_> = (0..3).map(|step| scope.spawn(move || end_some(step))).collect();
        let users = scope.spawn(come_and_go).join().unwrap();
        enders.into_iter().for_each(|ender| ender.join().unwrap());
        users
    });

    let (left, ended) = (left.into_inner().unwrap(), ended.into_inner().unwrap());
    assert!(left.is_disjoint(&ended), "nobody leaves twice");
    let there: BTreeSet<String> = router.users().into_iter().collect();
    let all: BTreeSet<String> = (0..users).map(|number| format!("user{number}")).collect();
    let accounted_for: BTreeSet<String> = left.union(&ended).chain(&there).cloned().collect();
    assert_eq!(accounted_for, all, "each missing session left by itself, or was ended by name");
    assert_eq!(left.len() + ended.len() + there.len(), users);
    assert!(
        ended.len() > 20 && *gone.lock().unwrap() > 20,
        "{} were ended, {:?} were gone",
        ended.len(),
        gone
    );
    drop(server);
    assert_clean(router);
}
