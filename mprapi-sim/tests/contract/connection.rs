//! Connections: enumerations, levels, what an administrator does to one.

use std::ptr::null_mut;
use std::time::Duration;

use mprapi_sim::{Quarantine, Server, Service, Session, Tunnel, Windows};
use mprapi_sys as sys;

use crate::call;
use crate::event::Event;
use crate::harness::{
    EVERYTHING, Open, Records, company, connect, connections, crowd, enumerate, narrow, record,
};

fn header() -> sys::MPRAPI_OBJECT_HEADER {
    sys::MPRAPI_OBJECT_HEADER {
        revision: sys::MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1 as u8,
        type_: sys::MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT as u8,
        size: size_of::<sys::RAS_CONNECTION_EX>() as u16,
    }
}

fn enumerate_ex(server: sys::HANDLE, resume: *mut u32, longest: u32) -> Records<sys::RAS_CONNECTION_EX> {
    Records::of(|buffer, read, total| {
        let mut header = header();
        call!(MprAdminConnectionEnumEx(server, &raw mut header, longest, read, total, buffer.cast(), resume))
    })
}

#[test]
fn all_levels_tell_of_the_same_connections() {
    let open = Open::company();
    let zero = connections(open.server);
    let one = enumerate::<sys::RAS_CONNECTION_1>(open.server, 1).list();
    let two = enumerate::<sys::RAS_CONNECTION_2>(open.server, 2).list();
    let three = enumerate::<sys::RAS_CONNECTION_3>(open.server, 3).list();
    let ex = enumerate_ex(open.server, null_mut(), EVERYTHING).list();
    assert_eq!((one.len(), two.len(), three.len(), ex.len()), (7, 7, 7, 7));
    for index in 0..7 {
        let handle = zero[index].hConnection;
        assert_eq!(one[index].hConnection, handle);
        assert_eq!(two[index].hConnection, handle);
        assert_eq!(three[index].hConnection, handle);
        assert_eq!(ex[index].hConnection, handle);
        let user = narrow(&zero[index].wszUserName);
        assert_eq!(narrow(&two[index].wszUserName), user);
        assert_eq!(narrow(&three[index].wszUserName), user);
        assert_eq!(narrow(&ex[index].wszUserName), user);
        assert_eq!(ex[index].dwBytesRcved, one[index].dwBytesRcved);
        let address = narrow(&one[index].PppInfo.ip.wszRemoteAddress);
        assert!(address.starts_with("10.20.0."), "{address}");
        assert_eq!(narrow(&two[index].PppInfo2.ip.wszRemoteAddress), address);
    }
    assert_eq!(narrow(&zero[0].wszInterfaceName), "CORP\\anna.lindqvist");
    assert_eq!(narrow(&zero[0].wszLogonDomain), "CORP");
    assert_eq!(narrow(&ex[1].wszRemoteEndpointAddress), "2001:db8:40:12::51");
    assert_eq!(three[3].rasQuarState, sys::RAS_QUAR_STATE_QUARANTINE);
    assert_eq!(zero[0].dwConnectionFlags, sys::RAS_FLAGS_IKEV2_CONNECTION);
    assert_eq!(zero[2].dwConnectionFlags, sys::RAS_FLAGS_PPP_CONNECTION);
}

#[test]
fn two_runs_of_the_company_look_the_same() {
    let (one, other) = (Open::company(), Open::company());
    let look = |open: &Open| {
        let connections = enumerate_ex(open.server, null_mut(), EVERYTHING).list().into_iter();
        connections
            .map(|c| (narrow(&c.wszUserName), c.dwConnectDuration, c.dwBytesRcved, c.dwBytesXmited))
            .collect::<Vec<_>>()
    };
    assert_eq!(look(&one), look(&other));
}

#[test]
fn durations_and_counters_stand_still_until_the_clock_is_advanced() {
    let open = Open::company();
    let before = connections(open.server)[0].dwConnectDuration;
    assert_eq!(connections(open.server)[0].dwConnectDuration, before);
    open.router().advance(Duration::from_secs(61));
    assert_eq!(connections(open.server)[0].dwConnectDuration, before + 61);
}

#[test]
fn rates_that_change_add_to_what_was_counted_before_on_the_connection_and_its_port() {
    let session = Session::new("anna", Tunnel::Sstp).bytes_sent(7u64).receive_rate(10u64).send_rate(100u64);
    let open = Open::new(Server::unique().ports(Tunnel::Sstp, 1).session(session));
    open.router().advance(Duration::from_secs(2));
    assert!(open.router().set_rates("anna", 1, 1000));
    open.router().advance(Duration::from_secs(3));
    let counted = |received, sent| {
        let connection = enumerate::<sys::RAS_CONNECTION_1>(open.server, 1).list()[0];
        assert_eq!((connection.dwBytesRcved, connection.dwBytesXmited), (received, sent));
        let ports: Records<sys::RAS_PORT_0> = Records::of(|buffer, read, total| {
            call!(MprAdminPortEnum(
                open.server,
                0,
                connection.hConnection,
                buffer,
                EVERYTHING,
                read,
                total,
                null_mut()
            ))
        });
        let port = ports.list()[0].hPort;
        let line =
            record::<sys::RAS_PORT_1>(|buffer| call!(MprAdminPortGetInfo(open.server, 1, port, buffer)))
                .expect("level 1");
        assert_eq!((line.dwBytesRcved, line.dwBytesXmited), (received, sent));
    };
    counted(20 + 3, 7 + 200 + 3000);
    assert!(open.router().set_rates("anna", 0, 0));
    open.router().advance(Duration::from_secs(60));
    counted(20 + 3, 7 + 200 + 3000);
    assert!(!open.router().set_rates("nobody", 1, 1));
}

#[test]
fn a_resume_handle_survives_the_end_of_connections_it_has_passed() {
    let open = Open::new(crowd(10));
    let mut resume = 0;
    let four = 4 * size_of::<sys::RAS_CONNECTION_EX>() as u32;
    let first = enumerate_ex(open.server, &raw mut resume, four);
    assert_eq!((first.code, first.read, first.total), (sys::ERROR_MORE_DATA, 4, 10));
    for user in ["user0", "user3", "user5"] {
        assert!(open.router().drop_user(user));
    }
    let rest = enumerate_ex(open.server, &raw mut resume, EVERYTHING);
    assert_eq!((rest.code, rest.read, rest.total, resume), (0, 5, 5, 0));
    let users: Vec<_> = rest.list().iter().map(|record| narrow(&record.wszUserName)).collect();
    assert_eq!(users, ["user4", "user6", "user7", "user8", "user9"]);
}

#[test]
fn no_connection_is_success_and_no_buffer() {
    let open = Open::new(crowd(0));
    let mut buffer = std::ptr::dangling_mut();
    let (mut read, mut total) = (7, 7);
    let code = call!(MprAdminConnectionEnum(
        open.server,
        0,
        &raw mut buffer,
        EVERYTHING,
        &raw mut read,
        &raw mut total,
        null_mut()
    ));
    assert_eq!((code, read, total), (0, 0, 0));
    assert!(buffer.is_null());
}

#[test]
fn users_come_and_go_by_the_clock() {
    let session = Session::new("late", Tunnel::Sstp)
        .arrives_in(Duration::from_secs(60))
        .stays_for(Duration::from_secs(600))
        .send_rate(10u64);
    let probation = Session::new("ill", Tunnel::Sstp)
        .quarantine(Quarantine::Probation)
        .probation(Duration::from_secs(100));
    let open = Open::new(Server::unique().ports(Tunnel::Sstp, 2).session(session).session(probation));
    assert_eq!(open.router().users(), ["ill"]);
    open.router().advance(Duration::from_secs(90));
    assert_eq!(open.router().users(), ["ill", "late"]);
    assert_eq!(connections(open.server)[1].dwConnectDuration, 30);
    assert_eq!(enumerate::<sys::RAS_CONNECTION_1>(open.server, 1).list()[1].dwBytesXmited, 300);
    open.router().advance(Duration::from_secs(10));
    assert_eq!(open.router().users(), ["late"]);
    open.router().advance(Duration::from_secs(560));
    assert!(open.router().users().is_empty());
}

#[test]
fn MprAdminConnectionEnum_ERROR_DDM_NOT_RUNNING() {
    let open = Open::new(company().lan_only(true));
    assert_eq!(enumerate::<u32>(open.server, 0).code, sys::ERROR_DDM_NOT_RUNNING);
}

#[test]
fn MprAdminConnectionEnum_ERROR_INVALID_LEVEL() {
    let open = Open::company();
    assert_eq!(enumerate::<u32>(open.server, 5).code, sys::ERROR_INVALID_LEVEL);
    // MS-RRASM has level 4, of Windows Server 2012 and for the enumeration alone.
    assert_eq!(enumerate::<sys::RAS_CONNECTION_4>(open.server, 4).code, 0);
    let older = Open::new(company().windows(Windows::Server2008R2));
    assert_eq!(enumerate::<u32>(older.server, 4).code, sys::ERROR_INVALID_LEVEL);
    let old = Open::new(company().windows(Windows::Server2003));
    assert_eq!(enumerate::<u32>(old.server, 3).code, sys::ERROR_INVALID_LEVEL);
}

#[test]
fn MprAdminConnectionEnum_ERROR_INVALID_PARAMETER() {
    let open = Open::company();
    let (mut buffer, mut number, null) = (null_mut(), 0, null_mut());
    let (buffer, number) = (&raw mut buffer, &raw mut number);
    for (buffer, read, total) in
        [(null_mut(), number, number), (buffer, null, number), (buffer, number, null)]
    {
        let code = call!(MprAdminConnectionEnum(open.server, 0, buffer, EVERYTHING, read, total, null));
        assert_eq!(code, sys::ERROR_INVALID_PARAMETER);
    }
}

#[test]
fn MprAdminConnectionEnum_ERROR_MORE_DATA() {
    let open = Open::company();
    let page: Records<sys::RAS_CONNECTION_0> = Records::of(|buffer, read, total| {
        call!(MprAdminConnectionEnum(open.server, 0, buffer, 3 * 1128, read, total, null_mut()))
    });
    assert_eq!((page.code, page.read, page.total), (sys::ERROR_MORE_DATA, 3, 7));
}

#[test]
fn MprAdminConnectionEnum_RPC_S_INVALID_BINDING() {
    assert_eq!(enumerate::<u32>(null_mut(), 0).code, sys::RPC_S_INVALID_BINDING);
    assert_eq!(enumerate::<u32>(sys::INVALID_HANDLE_VALUE, 0).code, sys::RPC_S_INVALID_BINDING);
}

#[test]
fn MprAdminConnectionEnumEx_ERROR_ACCESS_DENIED() {
    let open = Open::company();
    open.router().set_denies_access(true);
    assert_eq!(enumerate_ex(open.server, null_mut(), EVERYTHING).code, sys::ERROR_ACCESS_DENIED);
}

#[test]
fn MprAdminConnectionEnumEx_ERROR_DDM_NOT_RUNNING() {
    let open = Open::company();
    open.router().stop_service();
    assert_eq!(enumerate_ex(open.server, null_mut(), EVERYTHING).code, sys::ERROR_DDM_NOT_RUNNING);
}

#[test]
fn MprAdminConnectionEnumEx_ERROR_MORE_DATA() {
    let open = Open::company();
    let page = enumerate_ex(open.server, null_mut(), 1);
    assert_eq!((page.code, page.read, page.total), (sys::ERROR_MORE_DATA, 1, 7));
}

#[test]
fn MprAdminConnectionEnumEx_ERROR_PROC_NOT_FOUND() {
    let open = Open::new(company().windows(Windows::Server2008));
    assert_eq!(enumerate_ex(open.server, null_mut(), EVERYTHING).code, 127);
}

fn info(server: sys::HANDLE, level: u32, connection: sys::HANDLE) -> Result<sys::RAS_CONNECTION_0, u32> {
    record(|buffer| call!(MprAdminConnectionGetInfo(server, level, connection, buffer)))
}

#[test]
fn MprAdminConnectionGetInfo_ERROR_INVALID_PARAMETER() {
    let open = Open::company();
    let connection = connections(open.server)[0].hConnection;
    assert_eq!(info(null_mut(), 0, connection).err(), Some(sys::ERROR_INVALID_PARAMETER));
    assert_eq!(info(open.server, 0, null_mut()).err(), Some(sys::ERROR_INVALID_PARAMETER));
}

#[test]
fn MprAdminConnectionGetInfo_ERROR_INVALID_LEVEL() {
    let open = Open::company();
    let connection = connections(open.server)[0].hConnection;
    assert_eq!(info(open.server, 4, connection).err(), Some(sys::ERROR_INVALID_LEVEL));
}

#[test]
fn MprAdminConnectionGetInfo_ERROR_INTERFACE_NOT_CONNECTED() {
    let open = Open::company();
    assert_eq!(info(open.server, 0, open.server).err(), Some(sys::ERROR_INTERFACE_NOT_CONNECTED));
}

#[test]
fn MprAdminConnectionGetInfo_RPC_S_INVALID_BINDING() {
    let open = Open::company();
    let connection = connections(open.server)[0].hConnection;
    assert_eq!(info(connection, 0, connection).err(), Some(sys::RPC_S_INVALID_BINDING));
}

#[test]
fn a_connection_of_another_server_is_not_known() {
    let (one, other) = (Open::company(), Open::company());
    let theirs = connections(other.server)[0].hConnection;
    assert_eq!(info(one.server, 0, theirs).err(), Some(sys::ERROR_INTERFACE_NOT_CONNECTED));
}

fn info_ex(server: sys::HANDLE, connection: sys::HANDLE) -> Result<sys::RAS_CONNECTION_EX, u32> {
    let mut record = sys::RAS_CONNECTION_EX { Header: header(), ..Default::default() };
    match call!(MprAdminConnectionGetInfoEx(server, connection, &raw mut record)) {
        0 => Ok(record),
        code => Err(code),
    }
}

#[test]
fn MprAdminConnectionGetInfoEx_fills_the_callers_record() {
    let open = Open::company();
    let connection = connections(open.server)[4];
    let record = info_ex(open.server, connection.hConnection).expect("the record");
    assert_eq!(narrow(&record.wszUserName), "l.moreau");
    assert_eq!(record.dwConnectDuration, connection.dwConnectDuration);
}

#[test]
fn MprAdminConnectionGetInfoEx_ERROR_ACCESS_DENIED() {
    let open = Open::company();
    open.router().set_denies_access(true);
    assert_eq!(info_ex(open.server, null_mut()).err(), Some(sys::ERROR_ACCESS_DENIED));
}

#[test]
fn MprAdminConnectionGetInfoEx_ERROR_DDM_NOT_RUNNING() {
    let open = Open::new(company().lan_only(true));
    assert_eq!(info_ex(open.server, null_mut()).err(), Some(sys::ERROR_DDM_NOT_RUNNING));
}

#[test]
fn MprAdminConnectionGetInfoEx_ERROR_PROC_NOT_FOUND() {
    let open = Open::new(company().windows(Windows::Server2008));
    assert_eq!(info_ex(open.server, null_mut()).err(), Some(127));
}

#[test]
fn MprAdminConnectionClearStats_clears_the_connection_and_not_the_port() {
    let open = Open::company();
    let connection = connections(open.server)[0].hConnection;
    let port = crate::harness::ports_of(open.server, connection).expect("its port")[0].hPort;
    assert_eq!(call!(MprAdminConnectionClearStats(open.server, connection)), 0);
    let one: sys::RAS_CONNECTION_1 =
        record(|buffer| call!(MprAdminConnectionGetInfo(open.server, 1, connection, buffer)))
            .expect("level 1");
    assert_eq!((one.dwBytesRcved, one.dwBytesXmited), (0, 0));
    let line: sys::RAS_PORT_1 =
        record(|buffer| call!(MprAdminPortGetInfo(open.server, 1, port, buffer))).expect("level 1");
    assert!(line.dwBytesRcved > 0);
}

#[test]
fn MprAdminConnectionClearStats_ERROR_ACCESS_DENIED() {
    let open = Open::company();
    open.router().set_denies_access(true);
    let code = call!(MprAdminConnectionClearStats(open.server, null_mut()));
    assert_eq!(code, sys::ERROR_ACCESS_DENIED);
}

#[test]
fn MprAdminConnectionClearStats_ERROR_DDM_NOT_RUNNING() {
    let open = Open::new(company().lan_only(true));
    let code = call!(MprAdminConnectionClearStats(open.server, null_mut()));
    assert_eq!(code, sys::ERROR_DDM_NOT_RUNNING);
}

#[test]
fn MprAdminConnectionClearStats_ERROR_INVALID_PARAMETER() {
    let open = Open::company();
    let code = call!(MprAdminConnectionClearStats(open.server, null_mut()));
    assert_eq!(code, sys::ERROR_INVALID_PARAMETER);
}

#[test]
fn MprAdminConnectionClearStats_RPC_S_INVALID_BINDING() {
    let code = call!(MprAdminConnectionClearStats(null_mut(), null_mut()));
    assert_eq!(code, sys::RPC_S_INVALID_BINDING);
}

#[test]
fn a_registration_ends_with_the_handle_it_was_asked_for_on_and_with_the_service() {
    let open = Open::company();
    let (kept, closed) = (Event::new(), Event::new());
    let other = connect(open.router().name()).expect("connects");
    assert_eq!(call!(MprAdminRegisterConnectionNotification(other, closed.raw())), 0);
    assert_eq!(call!(MprAdminRegisterConnectionNotification(open.server, kept.raw())), 0);
    call!(MprAdminServerDisconnect(other));
    open.router().connect(&Session::new("late", Tunnel::Sstp)).expect("a free port");
    assert!(kept.is_signalled() && !closed.is_signalled());
    open.router().restart_service();
    let code = call!(MprAdminDeregisterConnectionNotification(open.server, kept.raw()));
    assert_eq!(code, sys::ERROR_INVALID_PARAMETER);
}

#[test]
fn nobody_is_let_in_by_a_service_that_does_not_run() {
    let late = Session::new("late", Tunnel::Sstp).arrives_in(Duration::from_secs(60));
    let stopped = Server::unique().service(Service::Starting).starts_in(Duration::from_secs(90));
    let simulation = stopped.ports(Tunnel::Sstp, 4).session(late).start();
    let router = &simulation.routers()[0];
    assert!(router.connect(&Session::new("early", Tunnel::Sstp)).is_err());
    router.advance(Duration::from_secs(90));
    assert!(router.users().is_empty(), "{:?}", router.users());
    router.connect(&Session::new("anna", Tunnel::Sstp)).unwrap();
    router.stop_service();
    assert!(router.connect(&Session::new("anna", Tunnel::Sstp)).is_err());
    router.start_service();
    assert!(router.users().is_empty());
}
