//! Connecting interfaces within a limit, and the states in between.

use std::error::Error as _;
use std::io;
use std::thread;
use std::time::{Duration, Instant};

use mprapi::{ConnectionState, DialError, Error, ErrorKind, InterfaceHandle, Server, UnreachabilityReasons};
use mprapi_sim::{Clock, Failure, Interface, InterfaceKind, Router, Simulation, Tunnel};

use crate::common::{assert_clean, mpr, said};

const LINE_BUSY: u32 = 676;
const NOT_CONNECTED: u32 = 906;
const LONG: Duration = Duration::from_secs(30);
const SHORT: Duration = Duration::from_millis(60);

fn branch() -> Interface {
    Interface::new("branch", InterfaceKind::FullRouter)
}

/// A server whose clock runs, with one interface to dial.
fn office(branch: Interface) -> Simulation {
    mprapi_sim::Server::unique().clock(Clock::Real).ports(Tunnel::Ikev2, 1).interface(branch).start()
}

fn connect(router: &Router) -> Server {
    mpr().connect(Some(router.name())).unwrap()
}

fn state(interface: InterfaceHandle<'_>) -> ConnectionState {
    interface.info().unwrap().get().connection_state()
}

/// Dials the branch of an office, and looks at the state afterwards.
fn dial(simulation: &Simulation, limit: Duration) -> (Result<(), DialError>, ConnectionState) {
    let router = &simulation.routers()[0];
    let server = connect(router);
    let interface = server.find_interface("branch").unwrap();
    let result = interface.connect_within(limit);
    let state = state(interface);
    drop(server);
    assert_clean(router);
    (result, state)
}

#[test]
fn an_interface_that_comes_up_in_time_is_connected() {
    for takes in [0, 150] {
        let simulation = office(branch().dial_takes(Duration::from_millis(takes)));
        let start = Instant::now();
        assert_eq!(dial(&simulation, LONG), (Ok(()), ConnectionState::Connected));
        assert!(start.elapsed() < LONG / 2, "it does not wait for the limit: {:?}", start.elapsed());
        // Without an event, so that it works on another machine.
        let router = &simulation.routers()[0];
        assert_eq!(router.calls("MprAdminInterfaceConnect"), 1);
        assert_eq!(router.calls("MprAdminInterfaceDisconnect"), 0);
        // It is up, so nothing is dialled.
        assert_eq!(dial(&simulation, Duration::ZERO), (Ok(()), ConnectionState::Connected));
    }
}

#[test]
fn an_attempt_that_fails_tells_the_last_error_and_the_reasons_in_words() {
    let simulation = office(branch().dial_error(LINE_BUSY).dial_takes(Duration::from_millis(50)));
    let (result, state) = dial(&simulation, LONG);
    assert_eq!(state, ConnectionState::Unreachable);
    let error = result.unwrap_err();
    assert_eq!(error.code(), Some(LINE_BUSY));
    assert_eq!(error.error().unwrap().code(), Some(LINE_BUSY));
    assert_eq!(error.reasons(), UnreachabilityReasons::CONNECTION_FAILURE);
    let text = error.to_string();
    assert!(text.starts_with("cannot connect the interface: MprAdminInterfaceConnect: "), "{text}");
    assert!(text.ends_with(said("(ERROR_LINE_BUSY, 676)", "code 676 (0x2a4)")), "{text}");
    assert!(error.source().is_some());
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::NotConnected);
}

#[test]
fn at_the_limit_the_attempt_is_ended_and_the_interface_can_be_dialled_again() {
    let simulation = office(branch().dial_takes(LONG));
    let start = Instant::now();
    let (result, state) = dial(&simulation, SHORT);
    assert!((SHORT..LONG / 2).contains(&start.elapsed()), "{:?}", start.elapsed());
    assert_eq!(result, Err(DialError::TimedOut { limit: SHORT, is_aborted: true }));
    assert_eq!(state, ConnectionState::Disconnected);
    let error = result.unwrap_err();
    assert_eq!(error.to_string(), "cannot connect the interface within 60ms: the attempt was ended");
    assert_eq!((error.code(), error.reasons()), (None, UnreachabilityReasons::empty()));
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::TimedOut);
    assert!(matches!(dial(&simulation, Duration::ZERO).0, Err(DialError::TimedOut { is_aborted: true, .. })));
}

#[test]
fn a_server_that_does_not_end_an_attempt_has_it_go_on_and_that_is_told() {
    for code in [NOT_CONNECTED, 5] {
        let simulation = office(branch().dial_takes(LONG));
        simulation.routers()[0].fail("MprAdminInterfaceDisconnect", Failure::code(code));
        let (result, state) = dial(&simulation, SHORT);
        assert_eq!(result, Err(DialError::TimedOut { limit: SHORT, is_aborted: false }), "{code}");
        assert!(result.unwrap_err().to_string().ends_with("the attempt goes on"));
        assert_eq!(state, ConnectionState::Connecting, "{code}");
    }
}

#[test]
fn an_interface_that_comes_up_just_when_the_limit_is_over_stays_connected() {
    // The limit is over at the first look. Disconnecting takes a second then, as it seems, and the attempt less.
    let simulation = office(branch().dial_takes(Duration::from_millis(40)));
    let router = &simulation.routers()[0];
    router.set_latency(Duration::from_millis(30));
    router.fail("MprAdminInterfaceDisconnect", Failure::code(NOT_CONNECTED));
    assert_eq!(dial(&simulation, Duration::ZERO), (Ok(()), ConnectionState::Connected));
}

#[test]
fn an_attempt_of_somebody_else_is_waited_for_and_left_alone() {
    let simulation = office(branch().dial_takes(Duration::from_millis(1_500)));
    let router = &simulation.routers()[0];
    let server = connect(router);
    let interface = server.find_interface("branch").unwrap();
    interface.begin_connect().unwrap();
    assert_eq!(state(interface), ConnectionState::Connecting, "as soon as it has begun");
    assert_eq!(
        interface.connect_within(Duration::from_millis(10)),
        Err(DialError::TimedOut { limit: Duration::from_millis(10), is_aborted: false })
    );
    assert_eq!(interface.connect_within(LONG), Ok(()));
    assert_eq!(state(interface), ConnectionState::Connected);
    assert_eq!(router.calls("MprAdminInterfaceDisconnect"), 0);
    drop(server);
    assert_clean(router);
}

#[test]
fn an_attempt_that_somebody_ends_is_no_connection() {
    let simulation = office(branch().dial_takes(LONG));
    let router = simulation.routers()[0].clone();
    let ending = thread::spawn(move || {
        let server = connect(&router);
        let interface = server.find_interface("branch").unwrap();
        while interface.disconnect().is_err() {
            thread::sleep(Duration::from_millis(5));
        }
    });
    let (result, state) = dial(&simulation, LONG);
    ending.join().unwrap();
    assert_eq!(result, Err(DialError::Failed { error: None, reasons: UnreachabilityReasons::empty() }));
    assert_eq!(state, ConnectionState::Disconnected);
    let text = result.unwrap_err().to_string();
    assert_eq!(text, "cannot connect the interface: the attempt ended without an error");
}

#[test]
fn an_attempt_that_does_not_begin_is_the_error_of_the_call() {
    for (interface, code) in [
        (branch().disabled(true), mprapi::sys::ERROR_INTERFACE_DISABLED),
        (branch().without_devices(true), mprapi::sys::ERROR_INTERFACE_HAS_NO_DEVICES),
        (branch().hours([String::from("2 09:00-17:00")]), mprapi::sys::ERROR_DIALOUT_HOURS_RESTRICTION),
    ] {
        // Its clock stands still, on a Monday.
        let server = mprapi_sim::Server::unique().ports(Tunnel::Ikev2, 1).interface(interface);
        let (result, _) = dial(&server.start(), LONG);
        let Err(DialError::Call(error)) = result else { panic!("{code}: {result:?}") };
        assert_eq!(error.code(), Some(code));
        let error = DialError::from(error);
        assert_eq!(error.to_string(), error.error().unwrap().to_string());
    }
}

#[test]
fn a_server_that_goes_away_meanwhile_is_the_error_of_the_call() {
    let simulation = office(branch().dial_takes(LONG));
    let router = simulation.routers()[0].clone();
    let leaving = thread::spawn(move || {
        while router.calls("MprAdminInterfaceGetInfo") == 0 {
            thread::sleep(Duration::from_millis(5));
        }
        router.set_reachable(false);
    });
    let router = &simulation.routers()[0];
    let server = connect(router);
    let error = server.find_interface("branch").unwrap().connect_within(LONG).unwrap_err();
    leaving.join().unwrap();
    assert_eq!(error.error().map(Error::kind), Some(ErrorKind::Unreachable));
    assert_eq!(io::Error::from(error).kind(), io::ErrorKind::HostUnreachable);
    drop(server);
    assert_clean(router);
}

#[test]
fn reasons_without_an_error_are_told_in_words() {
    let failed = |error, reasons| DialError::Failed { error, reasons }.to_string();
    let hours = UnreachabilityReasons::DIALOUT_HOURS_RESTRICTION;
    let failure = UnreachabilityReasons::CONNECTION_FAILURE;
    assert_eq!(failed(None, hours), "cannot connect the interface: not at this hour");
    assert_eq!(failed(None, failure), "cannot connect the interface: the last attempt failed");
    let both = failed(Some(Error::new("MprAdminInterfaceConnect", LINE_BUSY)), hours | failure);
    assert!(both.starts_with("cannot connect the interface: not at this hour: MprAdmin"), "{both}");
}
