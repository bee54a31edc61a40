//! The server: its service, its handle, its totals and its tunnels.

use std::ptr::null_mut;
use std::time::Duration;

use mprapi_sim::{Fault, Router, Server, Service, Tunnel, Windows};
use mprapi_sys as sys;

use crate::call;
use crate::harness::{Open, company, connect, local, record, wide};

fn running(name: &str) -> bool {
    call!(MprAdminIsServiceRunning(wide(name).as_mut_ptr())) != 0
}

/// Asks whether a service is initialized. Returns the code and the answer, which was 7 before.
fn is_initialized(router: &Router) -> (u32, sys::WINBOOL) {
    let mut initialized = 7;
    let mut name = wide(router.name());
    let code = call!(MprAdminIsServiceInitialized(name.as_mut_ptr(), &raw mut initialized));
    (code, initialized)
}

#[test]
fn a_name_may_have_backslashes_and_any_case() {
    let simulation = Server::new("Case01").start();
    assert!(running("\\\\cASE01"));
    let handle = connect("\\\\case01").expect("connects");
    call!(MprAdminServerDisconnect(handle));
    assert_eq!(simulation.router("case01").calls("MprAdminServerConnect"), 1);
    assert!(simulation.router("case01").outstanding().is_nothing());
}

#[test]
fn a_null_name_is_the_local_company() {
    let _local = local();
    assert_eq!(call!(MprAdminIsServiceRunning(null_mut())), 1);
    let mut handle = null_mut();
    assert_eq!(call!(MprAdminServerConnect(null_mut(), &raw mut handle)), 0);
    let totals: sys::MPR_SERVER_0 =
        record(|buffer| call!(MprAdminServerGetInfo(handle, 0, buffer))).expect("totals");
    assert_eq!((totals.dwTotalPorts, totals.dwPortsInUse), (16, 7));
    call!(MprAdminServerDisconnect(handle));
}

#[test]
fn a_simulation_that_is_over_is_a_server_that_is_gone() {
    let simulation = Server::unique().start();
    let name = simulation.routers()[0].name().to_owned();
    let handle = connect(&name).expect("connects");
    drop(simulation);
    assert_eq!(connect(&name), Err(sys::RPC_S_SERVER_UNAVAILABLE));
    let totals = record::<sys::MPR_SERVER_0>(|buffer| call!(MprAdminServerGetInfo(handle, 0, buffer)));
    assert_eq!(totals.err(), Some(sys::RPC_S_SERVER_UNAVAILABLE));
    call!(MprAdminServerDisconnect(handle));
}

#[test]
fn a_service_that_starts_is_there_when_its_time_has_come() {
    let simulation = Server::unique().service(Service::Starting).starts_in(Duration::from_secs(90)).start();
    let router = &simulation.routers()[0];
    assert!(!running(router.name()));
    assert_eq!(connect(router.name()), Err(sys::RPC_S_SERVER_UNAVAILABLE));
    assert_eq!(is_initialized(router), (0, 0));
    router.advance(Duration::from_secs(90));
    assert!(running(router.name()));
    assert_eq!(is_initialized(router), (0, 1));
}

#[test]
fn MprAdminServerConnect_ERROR_ACCESS_DENIED() {
    let simulation = Server::unique().denies_access(true).start();
    let name = simulation.routers()[0].name();
    assert_eq!(connect(name), Err(sys::ERROR_ACCESS_DENIED));
    assert!(!running(name));
}

#[test]
fn MprAdminServerConnect_RPC_S_INVALID_BINDING() {
    assert_eq!(call!(MprAdminServerConnect(null_mut(), null_mut())), sys::RPC_S_INVALID_BINDING);
}

#[test]
fn MprAdminServerConnect_RPC_S_UNKNOWN_IF() {
    let simulation = Server::unique().service(Service::Stopped).start();
    assert_eq!(connect(simulation.routers()[0].name()), Err(sys::RPC_S_UNKNOWN_IF));
}

#[test]
fn an_unreachable_server_and_an_unknown_one_look_the_same() {
    let simulation = Server::unique().unreachable(true).start();
    assert_eq!(connect(simulation.routers()[0].name()), Err(sys::RPC_S_SERVER_UNAVAILABLE));
    assert_eq!(connect("no-such-server"), Err(sys::RPC_S_SERVER_UNAVAILABLE));
    assert!(!running("no-such-server"));
}

#[test]
fn MprAdminIsServiceInitialized_ERROR_INVALID_PARAMETER() {
    let code = call!(MprAdminIsServiceInitialized(null_mut(), null_mut()));
    assert_eq!(code, sys::ERROR_INVALID_PARAMETER);
}

#[test]
fn MprAdminIsServiceInitialized_ERROR_SERVICE_NOT_ACTIVE() {
    let simulation = Server::unique().service(Service::Stopped).start();
    assert_eq!(is_initialized(&simulation.routers()[0]), (sys::ERROR_SERVICE_NOT_ACTIVE, 0));
}

#[test]
fn MprAdminIsServiceInitialized_ERROR_ACCESS_DENIED() {
    let simulation = Server::unique().denies_access(true).start();
    assert_eq!(is_initialized(&simulation.routers()[0]), (sys::ERROR_ACCESS_DENIED, 0));
}

#[test]
fn MprAdminServerGetInfo_ERROR_ACCESS_DENIED() {
    let open = Open::company();
    open.router().set_denies_access(true);
    let totals = record::<sys::MPR_SERVER_0>(|buffer| call!(MprAdminServerGetInfo(open.server, 0, buffer)));
    assert_eq!(totals.err(), Some(sys::ERROR_ACCESS_DENIED));
}

#[test]
fn MprAdminServerGetInfo_ERROR_INVALID_PARAMETER() {
    let open = Open::company();
    let code = call!(MprAdminServerGetInfo(open.server, 0, null_mut()));
    assert_eq!(code, sys::ERROR_INVALID_PARAMETER);
}

#[test]
fn MprAdminServerGetInfo_RPC_S_INVALID_BINDING() {
    let totals = record::<sys::MPR_SERVER_0>(|buffer| call!(MprAdminServerGetInfo(null_mut(), 0, buffer)));
    assert_eq!(totals.err(), Some(sys::RPC_S_INVALID_BINDING));
}

#[test]
fn the_levels_of_the_server_agree_about_its_ports() {
    let open = Open::company();
    let one: sys::MPR_SERVER_1 =
        record(|buffer| call!(MprAdminServerGetInfo(open.server, 1, buffer))).expect("level 1");
    let two: sys::MPR_SERVER_2 =
        record(|buffer| call!(MprAdminServerGetInfo(open.server, 2, buffer))).expect("level 2");
    assert_eq!((one.dwNumPptpPorts, one.dwNumL2tpPorts), (3, 3));
    assert_eq!((two.dwNumPptpPorts, two.dwNumL2tpPorts, two.dwNumSstpPorts), (3, 3, 4));
    let three = record::<u32>(|buffer| call!(MprAdminServerGetInfo(open.server, 3, buffer)));
    assert_eq!(three, Err(sys::ERROR_INVALID_LEVEL));
}

#[test]
fn an_old_server_does_not_know_level_2() {
    let open = Open::new(company().windows(Windows::Server2003));
    let two = record::<sys::MPR_SERVER_2>(|buffer| call!(MprAdminServerGetInfo(open.server, 2, buffer)));
    assert_eq!(two.err(), Some(sys::ERROR_INVALID_LEVEL));
}

fn info_ex() -> sys::MPR_SERVER_EX {
    sys::MPR_SERVER_EX {
        Header: sys::MPRAPI_OBJECT_HEADER {
            revision: sys::MPRAPI_MPR_SERVER_OBJECT_REVISION_1 as u8,
            type_: sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT as u8,
            size: size_of::<sys::MPR_SERVER_EX>() as u16,
        },
        ..Default::default()
    }
}

#[test]
fn MprAdminServerGetInfoEx_fills_the_callers_record() {
    let open = Open::company();
    let mut info = info_ex();
    assert_eq!(call!(MprAdminServerGetInfoEx(open.server, &raw mut info)), 0);
    assert_eq!((info.dwTotalPorts, info.dwPortsInUse), (16, 7));
    assert_eq!(info.ConfigParams.IkeConfigParams.dwNumPorts, 5);
}

#[test]
fn MprAdminServerGetInfoEx_ERROR_PROC_NOT_FOUND() {
    let open = Open::new(company().windows(Windows::Server2008));
    assert_eq!(call!(MprAdminServerGetInfoEx(open.server, &mut info_ex())), 127);
}

#[test]
fn MprAdminServerGetInfoEx_ERROR_DDM_NOT_RUNNING() {
    let open = Open::new(company().lan_only(true));
    let code = call!(MprAdminServerGetInfoEx(open.server, &mut info_ex()));
    assert_eq!(code, sys::ERROR_DDM_NOT_RUNNING);
}

#[test]
fn MprAdminServerGetInfoEx_ERROR_ACCESS_DENIED() {
    let open = Open::company();
    open.router().set_denies_access(true);
    let code = call!(MprAdminServerGetInfoEx(open.server, &mut info_ex()));
    assert_eq!(code, sys::ERROR_ACCESS_DENIED);
}

#[test]
fn a_header_of_another_revision_is_refused() {
    let open = Open::company();
    let mut info = info_ex();
    info.Header.revision = 99;
    let code = call!(MprAdminServerGetInfoEx(open.server, &raw mut info));
    assert_eq!(code, sys::ERROR_INVALID_PARAMETER);
}

#[test]
fn a_server_disconnected_twice_is_a_violation_and_no_crash() {
    let simulation = Server::unique().ports(Tunnel::Sstp, 1).start();
    let router = &simulation.routers()[0];
    let handle = connect(router.name()).expect("connects");
    call!(MprAdminServerDisconnect(handle));
    call!(MprAdminServerDisconnect(handle));
    assert_eq!(router.calls("MprAdminServerDisconnect"), 2);
    let violations = router.violations();
    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].fault, Fault::ClosedHandle);
    assert_eq!(violations[0].value, handle.addr());
    let totals = record::<sys::MPR_SERVER_0>(|buffer| call!(MprAdminServerGetInfo(handle, 0, buffer)));
    assert_eq!(totals.err(), Some(sys::RPC_S_INVALID_BINDING));
    assert_eq!(router.violations().len(), 2);
}

#[test]
fn latency_is_spent_by_each_call() {
    let open = Open::company();
    open.router().set_latency(Duration::from_millis(30));
    let before = std::time::Instant::now();
    record::<sys::MPR_SERVER_0>(|buffer| call!(MprAdminServerGetInfo(open.server, 0, buffer)))
        .expect("totals");
    assert!(before.elapsed() >= Duration::from_millis(30));
}
