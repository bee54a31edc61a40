//! The service before one is connected: is it up, when is it, what do its errors say.

use std::thread;
use std::time::{Duration, Instant};

use crate::common::{assert_clean, mpr};
use mprapi::ErrorKind;
use mprapi::sys::{RPC_S_SERVER_UNAVAILABLE, RPC_S_UNKNOWN_IF};
use mprapi_sim::{Failure, Server, Service};

#[test]
fn a_running_service_has_initialised_and_a_stopped_one_says_why_not() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    assert!(mpr().is_service_initialized(Some(router.name())).unwrap());
    router.stop_service();
    let stopped = mpr().is_service_initialized(Some(router.name()));
    assert_eq!(stopped.unwrap_err().kind(), ErrorKind::NotRunning);
    router.set_reachable(false);
    assert!(mpr().is_service_initialized(Some(router.name())).is_err());
    assert_clean(router);
}

#[test]
fn a_service_that_is_up_is_ready_at_once() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let server = mpr().wait_until_ready(Some(router.name()), Duration::ZERO).unwrap();
    assert_eq!(router.calls("MprAdminServerGetInfo"), 1);
    drop(server);
    assert_clean(router);
}

#[test]
fn a_service_that_still_starts_is_waited_for() {
    for service in [Service::Starting, Service::Stopped] {
        let simulation = Server::unique().service(service).starts_in(Duration::from_secs(60)).start();
        let router = simulation.routers()[0].clone();
        let starter = {
            let router = router.clone();
            thread::spawn(move || {
                // It was asked at least once in vain.
                while router.calls("MprAdminServerConnect") == 0 {
                    thread::yield_now();
                }
                router.start_service();
            })
        };
        let server = mpr().wait_until_ready(Some(router.name()), Duration::from_secs(60)).unwrap();
        starter.join().unwrap();
        assert!(server.info().is_ok());
        drop(server);
        assert_clean(&router);
    }
}

#[test]
fn what_a_starting_service_answers_is_waited_through_whichever_call_answers_it() {
    // Among them EPT_S_NOT_REGISTERED, a call that broke off, and a demand-dial manager that is not up yet.
    for code in [RPC_S_UNKNOWN_IF, RPC_S_SERVER_UNAVAILABLE, 1723, 1726, 1727, 1753, 900, 903, 1062, 53] {
        for function in ["MprAdminServerConnect", "MprAdminServerGetInfo"] {
            let simulation = Server::unique().failure(function, Failure::code(code).at_call(1)).start();
            let router = &simulation.routers()[0];
            let server = mpr().wait_until_ready(Some(router.name()), Duration::from_secs(60));
            drop(server.unwrap_or_else(|error| panic!("{code} of {function}: {error}")));
            assert_eq!(router.calls(function), 2, "{code} of {function}");
            assert_clean(router);
        }
    }
}

#[test]
fn a_service_that_does_not_start_is_waited_for_no_longer_than_said() {
    let simulation = Server::unique().service(Service::Starting).starts_in(Duration::from_secs(60)).start();
    let router = &simulation.routers()[0];
    let start = Instant::now();
    let error = mpr().wait_until_ready(Some(router.name()), Duration::from_millis(400)).unwrap_err();
    assert!(start.elapsed() >= Duration::from_millis(400));
    assert!(matches!(error.code(), Some(RPC_S_UNKNOWN_IF | RPC_S_SERVER_UNAVAILABLE)), "{error}");
    assert!(router.calls("MprAdminServerConnect") > 1);
    assert_clean(router);
}

#[test]
fn another_error_ends_the_wait_at_once() {
    let simulation = Server::unique().denies_access(true).start();
    let router = &simulation.routers()[0];
    let error = mpr().wait_until_ready(Some(router.name()), Duration::from_secs(60)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AccessDenied);
    assert_eq!(router.calls("MprAdminServerConnect"), 1);
    let error = mpr().wait_until_ready(Some("a\0b"), Duration::from_secs(60)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert_clean(router);
}

#[test]
fn the_librarys_text_for_a_code_is_read_and_given_back() {
    for _ in 0..100 {
        let text = mpr().error_text(mprapi::sys::ERROR_NO_SUCH_INTERFACE).unwrap();
        assert!(!text.is_empty());
        assert!(!text.units().contains(&0));
    }
    assert_eq!(mpr().error_text(0xDEAD_BEEF).unwrap_err().code(), Some(317));
    // The strings belong to no router; the other tests of this file hold a few buffers at the same time.
    assert!(mprapi_sim::outstanding().buffers < 50);
}
