//! The checked disconnect, against a simulated router which counts the calls it gets.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::{assert_clean, library, mpr};
use mprapi::sys::INVALID_HANDLE_VALUE;
use mprapi::{HandleProblem, Mpr, RawHandle, disconnect};
use mprapi_sim::Server;

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
