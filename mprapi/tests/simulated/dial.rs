//! Connecting interfaces with completion signalled, against the simulator.

use std::time::Duration;

use crate::common::{assert_clean, mpr};
use mprapi::{ConnectionState, ErrorKind, TransportId};
use mprapi_sim::{Clock, Interface, InterfaceKind, Server, Tunnel};

const LINE_BUSY: u32 = 676;

fn office(branch: Interface) -> Server {
    Server::unique().ports(Tunnel::Ikev2, 1).interface(branch)
}

fn branch() -> Interface {
    Interface::new("branch", InterfaceKind::FullRouter)
}

#[test]
fn a_connect_with_an_event_goes_on_until_it_is_signalled() {
    let simulation = office(branch().dial_takes(Duration::from_secs(5))).start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let interface = server.find_interface("branch").unwrap();
    let mut connecting = interface.connect_with_event().unwrap();
    assert!(!connecting.wait(Some(Duration::from_millis(10))).unwrap());
    let info = interface.info().unwrap();
    assert_eq!(info.get().connection_state(), ConnectionState::Connecting);
    assert_eq!(interface.connect().unwrap_err().code(), Some(mprapi::sys::ERROR_ALREADY_CONNECTING));
    router.advance(Duration::from_secs(5));
    assert!(connecting.wait(Some(Duration::from_secs(60))).unwrap());
    assert!(connecting.wait(None).unwrap(), "what is over stays over");
    drop(info);
    drop(server);
    assert_clean(router);
}

#[test]
fn a_wait_blocks_until_another_thread_or_the_clock_lets_it_go() {
    let takes = Duration::from_millis(50);
    let simulation = office(branch().dial_takes(takes)).clock(Clock::Real).start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let mut connecting = server.find_interface("branch").unwrap().connect_with_event().unwrap();
    assert!(connecting.wait(None).unwrap());
    assert_eq!(router.users(), ["branch"]);
    drop(server);
    assert_clean(router);
}

#[test]
fn an_attempt_that_fails_is_an_error_of_the_wait_and_of_the_call_that_waits() {
    let simulation = office(branch().dial_error(LINE_BUSY)).start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let interface = server.find_interface("branch").unwrap();
    assert_eq!(interface.connect().unwrap_err().code(), Some(LINE_BUSY));
    let mut connecting = interface.connect_with_event().unwrap();
    router.advance(Duration::ZERO);
    assert_eq!(connecting.wait(Some(Duration::from_secs(60))).unwrap_err().code(), Some(LINE_BUSY));
    let info = interface.info().unwrap();
    assert_eq!(info.get().connection_state(), ConnectionState::Unreachable);
    assert_eq!(info.get().last_error().unwrap().code(), Some(676), "ERROR_LINE_BUSY");
    drop(info);
    drop(server);
    assert_clean(router);
}

#[test]
fn an_attempt_that_is_given_up_by_someone_is_not_a_connection() {
    let simulation = office(branch().dial_takes(Duration::from_secs(5))).start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let interface = server.find_interface("branch").unwrap();
    let mut connecting = interface.connect_with_event().unwrap();
    interface.disconnect().unwrap();
    let error = connecting.wait(Some(Duration::from_secs(60))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotConnected);
    drop(server);
    assert_clean(router);
}

#[test]
fn a_dropped_attempt_goes_on() {
    let simulation = office(branch().dial_takes(Duration::from_secs(5))).start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let interface = server.find_interface("branch").unwrap();
    drop(interface.connect_with_event().unwrap());
    router.advance(Duration::from_secs(5));
    let info = interface.info().unwrap();
    assert_eq!(info.get().connection_state(), ConnectionState::Connected);
    drop(info);
    drop(server);
    assert_clean(router);
}

#[test]
fn a_connect_that_is_begun_without_an_event_is_followed_by_its_state() {
    let simulation = office(branch().dial_takes(Duration::from_secs(5))).start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let interface = server.find_interface("branch").unwrap();
    let state = || interface.info().unwrap().get().connection_state();
    interface.begin_connect().unwrap();
    assert_eq!(state(), ConnectionState::Connecting);
    router.advance(Duration::from_secs(5));
    assert_eq!(state(), ConnectionState::Connected);
    drop(server);
    assert_clean(router);
}

#[test]
fn an_update_of_routes_goes_on_until_it_is_signalled() {
    let simulation = office(branch()).start();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let interface = server.find_interface("branch").unwrap();
    let error = interface.update_routes_with_event(TransportId::Ip).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotConnected);
    interface.connect().unwrap();
    let mut update = interface.update_routes_with_event(TransportId::Ip).unwrap();
    assert!(!update.wait(Some(Duration::from_millis(10))).unwrap());
    let error = interface.update_routes(TransportId::Ip).unwrap_err();
    assert_eq!(error.code(), Some(mprapi::sys::ERROR_UPDATE_IN_PROGRESS));
    router.advance(Duration::from_secs(60));
    assert!(update.wait(Some(Duration::from_secs(60))).unwrap());
    drop(server);
    assert_clean(router);
}
