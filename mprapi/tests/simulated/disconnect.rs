//! The checked disconnect, against a simulated router which counts the calls it gets.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::{assert_clean, library, mpr};
use mprapi::sys::INVALID_HANDLE_VALUE;
use mprapi::{ErrorKind, HandleProblem, Mpr, RawHandle, disconnect};
use mprapi_sim::{Server, Session, Tunnel};

const DISCONNECT: &str = "MprAdminServerDisconnect";

fn problem(handle: RawHandle) -> HandleProblem {
    let given = handle.as_raw();
    let error = disconnect(handle).expect_err("refused");
    let problem = error.problem();
    assert!(error.to_string().starts_with("not disconnected: "));
    assert_eq!(error.into_handle().as_raw(), given, "the error gives the handle back");
    problem
}

fn raw(mpr: &Mpr, handle: mprapi::sys::HANDLE) -> RawHandle {
    // SAFETY: no test here keeps a copy of a value that the simulator gives again; it gives none twice.
    unsafe { RawHandle::server(mpr, handle) }
}

#[test]
fn a_server_is_disconnected_exactly_once() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    disconnect(server).unwrap();
    assert_eq!(router.calls(DISCONNECT), 1);
    assert_clean(router);
}

#[test]
fn a_dropped_server_is_disconnected_exactly_once() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    drop(mpr().connect(Some(router.name())).unwrap());
    assert_eq!(router.calls(DISCONNECT), 1);
    assert_clean(router);
}

#[test]
fn null_is_refused_and_nothing_is_called() {
    assert_eq!(problem(raw(&mpr(), std::ptr::null_mut())), HandleProblem::Null);
}

#[test]
fn the_invalid_handle_value_is_refused_and_nothing_is_called() {
    assert_eq!(problem(raw(&mpr(), INVALID_HANDLE_VALUE)), HandleProblem::InvalidHandleValue);
}

#[test]
fn a_handle_that_this_library_never_opened_is_refused() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    // Opened behind this crate's back, so that it does not know it.
    let mut name: Vec<u16> = router.name().encode_utf16().chain([0]).collect();
    let mut handle = std::ptr::null_mut();
    let mpr = mpr();
    // SAFETY: `name` is terminated and `handle` takes what is written.
    let code = unsafe { mpr.table().MprAdminServerConnect(name.as_mut_ptr(), &mut handle) };
    assert_eq!(code, Ok(0));
    assert_eq!(problem(raw(&mpr, handle)), HandleProblem::NotOpenedHere);
    assert_eq!(router.calls(DISCONNECT), 0);
    // SAFETY: opened above, and not closed.
    unsafe { mpr.table().MprAdminServerDisconnect(handle) }.unwrap();
    assert_clean(router);
}

#[test]
fn a_handle_is_refused_the_second_time() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let mpr = mpr();
    let server = mpr.connect(Some(router.name())).unwrap();
    let handle = server.as_raw();
    disconnect(raw(&mpr, handle)).unwrap();
    assert_eq!(problem(raw(&mpr, handle)), HandleProblem::AlreadyDisconnected);
    let error = disconnect(server).expect_err("its handle is gone");
    assert_eq!(error.problem(), HandleProblem::AlreadyDisconnected);
    drop(error.into_handle());
    assert_eq!(router.calls(DISCONNECT), 1);
    assert_clean(router);
}

#[test]
fn a_server_that_was_forgotten_can_be_disconnected_by_its_raw_handle() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let mpr = mpr();
    let server = mpr.connect(Some(router.name())).unwrap();
    let handle = server.as_raw();
    std::mem::forget(server);
    disconnect(raw(&mpr, handle)).unwrap();
    assert_eq!(router.calls(DISCONNECT), 1);
    assert_clean(router);
}

#[test]
fn a_handle_of_another_loaded_library_is_refused_by_this_one() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let other = library::other();
    assert_eq!(problem(raw(&other, server.as_raw())), HandleProblem::OtherLibrary);
    assert_eq!(library::disconnects(), 0, "the other library was not called");
    disconnect(server).unwrap();
    assert_clean(router);
}

#[test]
fn a_server_handle_is_no_configuration_handle() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let mpr = mpr();
    let server = mpr.connect(Some(router.name())).unwrap();
    // SAFETY: the value is only looked at, and found to be of another kind.
    let claimed = unsafe { RawHandle::configuration(&mpr, server.as_raw()) };
    assert_eq!(problem(claimed), HandleProblem::OtherKind);
    disconnect(server).unwrap();
    assert_clean(router);
}

#[test]
fn of_two_threads_that_disconnect_one_handle_exactly_one_wins() {
    const ROUNDS: usize = 2_000;
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let mpr = mpr();
    for round in 1..=ROUNDS {
        let server = mpr.connect(Some(router.name())).unwrap();
        let handle = raw(&mpr, server.as_raw());
        let (start, wins) = (Barrier::new(2), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let handle = handle.clone();
                    start.wait();
                    match disconnect(handle) {
                        Ok(()) => _ = wins.fetch_add(1, Ordering::Relaxed),
                        Err(error) => assert_eq!(error.problem(), HandleProblem::AlreadyDisconnected),
                    }
                });
            }
        });
        assert_eq!(wins.into_inner(), 1, "in round {round}");
    }
    assert_eq!(router.calls(DISCONNECT), ROUNDS as u64);
    assert_clean(router);
}

/// The method `disconnect` of each type that owns a handle: it consumes the value and calls its C function once; where the
/// handle was ended before, the error gives the value back, and neither it nor the drop calls again.
macro_rules! ends_once {
    ($($name:ident: $open:ident, $raw:ident => $function:literal;)+) => {
        $(
            #[test]
            fn $name() {
                let simulation = Server::unique().start();
                let router = &simulation.routers()[0];
                let mpr = mpr();
                let open = || mpr.$open(Some(router.name())).unwrap();
                open().disconnect().unwrap();
                assert_eq!(router.calls($function), 1);
                assert_clean(router);

                let value = open();
                let handle = value.as_raw();
                // SAFETY: the value is not stale, and nobody uses the connection after this.
                disconnect(unsafe { RawHandle::$raw(&mpr, handle) }).unwrap();
                assert_eq!(router.calls($function), 2);
                let error = value.disconnect().expect_err("its handle is ended");
                assert_eq!(error.problem(), HandleProblem::AlreadyDisconnected);
                let value = error.into_handle();
                assert_eq!(value.as_raw(), handle, "it is given back");
                let error = value.disconnect().expect_err("it stays ended");
                drop(error.into_handle());
                assert_eq!(router.calls($function), 2, "nothing was called for what was ended");
                assert_clean(router);
            }
        )+
    };
}

ends_once! {
    a_server_ends_once_by_its_method: connect, server => "MprAdminServerDisconnect";
    a_configuration_ends_once_by_its_method: configuration, configuration => "MprConfigServerDisconnect";
    a_mib_server_ends_once_by_its_method: mib, mib_server => "MprAdminMIBServerDisconnect";
}

const PORT_DISCONNECT: &str = "MprAdminPortDisconnect";

fn with_users() -> mprapi_sim::Simulation {
    let office = Server::unique().ports(Tunnel::Sstp, 4);
    office.session(Session::new("alice", Tunnel::Sstp)).session(Session::new("bob", Tunnel::Sstp)).start()
}

#[test]
fn a_connection_ends_once_by_its_record_and_a_second_time_is_an_error() {
    let simulation = with_users();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let connections = server.connections().unwrap();
    let alice = connections.iter().find(|connection| connection.user_name() == "alice").unwrap();
    alice.disconnect().unwrap();
    assert_eq!((router.users(), router.calls(PORT_DISCONNECT)), (vec!["bob".to_owned()], 1));
    assert_eq!(alice.disconnect().unwrap_err().kind(), ErrorKind::InvalidHandle);
    assert_eq!((router.users().len(), router.calls(PORT_DISCONNECT)), (1, 1), "bob stays");
    drop(connections);
    drop(server);
    assert_clean(router);
}

#[test]
fn a_connection_ends_once_by_its_handle_and_a_second_time_is_an_error() {
    let simulation = with_users();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let bob = {
        let connections = server.connections().unwrap();
        let bob = connections.iter().find(|connection| connection.user_name() == "bob").unwrap().id();
        server.connection(bob).unwrap()
    };
    bob.disconnect().unwrap();
    assert_eq!((router.users(), router.calls(PORT_DISCONNECT)), (vec!["alice".to_owned()], 1));
    assert_eq!(bob.disconnect().unwrap_err().kind(), ErrorKind::InvalidHandle);
    assert_eq!((router.users().len(), router.calls(PORT_DISCONNECT)), (1, 1), "alice stays");
    drop(server);
    assert_clean(router);
}

#[test]
fn a_port_is_disconnected_once_and_a_second_time_is_an_error() {
    let simulation = with_users();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let id = server.connections().unwrap().iter().next().unwrap().id();
    let port = server.ports_of(id).unwrap().iter().next().unwrap().id();
    let port = server.port(port).unwrap();
    port.disconnect().unwrap();
    assert_eq!((router.users().len(), router.calls(PORT_DISCONNECT)), (1, 1));
    assert_eq!(port.disconnect().unwrap_err().kind(), ErrorKind::NotConnected);
    assert_eq!((router.users().len(), router.calls(PORT_DISCONNECT)), (1, 2), "the server says so");
    drop(server);
    assert_clean(router);
}
