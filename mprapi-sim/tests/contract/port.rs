//! Ports.

use std::ptr::null_mut;
use std::time::Duration;

use mprapi_sim::{Interface, InterfaceKind, Refused, Server, Session, Tunnel};
use mprapi_sys as sys;

use crate::call;
use crate::harness::{
    EVERYTHING, Open, Records, company, connections, narrow, ports, ports_of, record, wide,
};

fn enumerate(open: &Open, level: u32, connection: sys::HANDLE) -> Records<sys::RAS_PORT_0> {
    Records::of(|buffer, read, total| {
        call!(MprAdminPortEnum(open.server, level, connection, buffer, EVERYTHING, read, total, null_mut()))
    })
}

#[test]
fn every_port_in_use_shows_its_connection_and_every_connection_its_port() {
    let open = Open::company();
    let ports = ports(open.server);
    assert_eq!(ports.len(), 16);
    let connections = connections(open.server);
    assert_eq!(connections.len(), 7);
    for connection in &connections {
        let own = ports_of(open.server, connection.hConnection).expect("ports of a connection");
        assert_eq!(own.len(), 1);
        assert_eq!(own[0].hConnection, connection.hConnection);
        assert_eq!(own[0].dwPortCondition, sys::RAS_PORT_AUTHENTICATED);
        assert_eq!(own[0].dwConnectDuration, connection.dwConnectDuration);
    }
    let in_use = ports.iter().filter(|port| !port.hConnection.is_null());
    assert_eq!(in_use.count(), 7);
    let first = &ports[0];
    assert_eq!(narrow(&first.wszPortName), "VPN1-0");
    assert_eq!(narrow(&first.wszDeviceName), "WAN Miniport (IKEv2)");
    assert_eq!(narrow(&first.wszDeviceType), "vpn");
}

#[test]
fn a_port_disconnected_ends_its_connection_everywhere() {
    let open = Open::company();
    let connection = connections(open.server)[2];
    let port = ports_of(open.server, connection.hConnection).expect("its port")[0];
    assert_eq!(call!(MprAdminPortDisconnect(open.server, port.hPort)), 0);
    assert_eq!(connections(open.server).len(), 6);
    let after = ports(open.server).into_iter().find(|known| known.hPort == port.hPort).expect("the port");
    assert_eq!(after.dwPortCondition, sys::RAS_PORT_LISTENING);
    assert!(after.hConnection.is_null());
    assert_eq!(ports_of(open.server, connection.hConnection).err(), Some(sys::ERROR_INVALID_HANDLE));
    let info = record::<sys::RAS_CONNECTION_0>(|buffer| {
        call!(MprAdminConnectionGetInfo(open.server, 0, connection.hConnection, buffer))
    });
    assert_eq!(info.err(), Some(sys::ERROR_INTERFACE_NOT_CONNECTED));
    assert!(!open.router().users().contains(&narrow(&connection.wszUserName)));
    let totals: sys::MPR_SERVER_0 =
        record(|buffer| call!(MprAdminServerGetInfo(open.server, 0, buffer))).expect("totals");
    assert_eq!(totals.dwPortsInUse, 6);
}

#[test]
fn a_port_disconnected_twice_is_an_error() {
    let open = Open::company();
    let port = ports(open.server)[0].hPort;
    assert_eq!(call!(MprAdminPortDisconnect(open.server, port)), 0);
    // raserror.h's ERROR_PORT_NOT_CONNECTED
    assert_eq!(call!(MprAdminPortDisconnect(open.server, port)), 606);
    assert_eq!(open.router().calls("MprAdminPortDisconnect"), 2);
}

#[test]
fn a_free_port_can_be_taken_again_and_counts_its_calls() {
    let open = Open::new(Server::unique().ports(Tunnel::Sstp, 1).session(Session::new("a", Tunnel::Sstp)));
    let port = ports(open.server)[0];
    assert_eq!(port.dwTotalNumberOfCalls, 1);
    assert!(open.router().connect(&Session::new("b", Tunnel::Sstp)).is_err());
    assert!(open.router().drop_user("a"));
    open.router().connect(&Session::new("b", Tunnel::Sstp)).expect("the port is free");
    let port = ports(open.server)[0];
    assert_eq!(port.dwTotalNumberOfCalls, 2);
    assert_eq!(narrow(&connections(open.server)[0].wszUserName), "b");
}

#[test]
fn ports_take_clients_and_links_only_if_they_are_for_them() {
    let link = Interface::new("Link", InterfaceKind::FullRouter).tunnel(Tunnel::Pptp);
    let here = Session::new("here", Tunnel::Pptp);
    let server =
        Server::unique().ports(Tunnel::Pptp, 4).ports(Tunnel::Modem, 1).interface(link).session(here);
    let open = Open::new(server);
    let set_usage = |usage: u32| {
        let mut ports =
            record::<sys::MPR_SERVER_1>(|buffer| call!(MprAdminServerGetInfo(open.server, 1, buffer)))
                .expect("the ports");
        ports.dwPptpPortFlags = usage;
        assert_eq!(call!(MprAdminServerSetInfo(open.server, 1, (&raw mut ports).cast())), 0);
    };
    let mut handle = null_mut();
    let mut name = wide("Link");
    assert_eq!(call!(MprAdminInterfaceGetHandle(open.server, name.as_mut_ptr(), &raw mut handle, 0)), 0);
    let dial = || call!(MprAdminInterfaceConnect(open.server, handle, null_mut(), 1));
    let come = |user: &str| open.router().connect(&Session::new(user, Tunnel::Pptp));

    set_usage(sys::MPR_ENABLE_ROUTING_ON_DEVICE);
    assert_eq!(come("ben"), Err(Refused::NoFreePort));
    assert_eq!(open.router().users(), ["here"], "who is connected stays");
    open.router().connect(&Session::new("modem", Tunnel::Modem)).expect("modems have no such setting");
    assert_eq!(dial(), 0);

    set_usage(sys::MPR_ENABLE_RAS_ON_DEVICE);
    assert_eq!(call!(MprAdminInterfaceDisconnect(open.server, handle)), 0);
    assert_eq!(dial(), sys::ERROR_INTERFACE_HAS_NO_DEVICES);
    come("cy").expect("a port for clients");

    set_usage(0);
    open.router().restart_service();
    assert_eq!(come("dee"), Err(Refused::NoFreePort), "the setting is stored");
}

#[test]
fn pages_follow_the_resume_handle_to_the_end() {
    let open = Open::company();
    let (mut resume, mut seen, mut totals) = (0, Vec::new(), Vec::new());
    let longest = 5 * size_of::<sys::RAS_PORT_0>() as u32 + 17;
    loop {
        let page: Records<sys::RAS_PORT_0> = Records::of(|buffer, read, total| {
            let all = sys::INVALID_HANDLE_VALUE;
            call!(MprAdminPortEnum(open.server, 0, all, buffer, longest, read, total, &raw mut resume))
        });
        seen.extend(page.list().iter().map(|port| port.hPort));
        totals.push(page.total);
        match page.code {
            0 => break,
            code => assert_eq!(code, sys::ERROR_MORE_DATA),
        }
    }
    assert_eq!(resume, 0);
    assert_eq!(totals, [16, 11, 6, 1]);
    let all: Vec<_> = ports(open.server).iter().map(|port| port.hPort).collect();
    assert_eq!(seen, all);
}

#[test]
fn counters_grow_with_the_clock_and_are_cleared() {
    let session = Session::new("a", Tunnel::L2tp).bytes_received(1000u64).send_rate(50u64);
    let open = Open::new(Server::unique().ports(Tunnel::L2tp, 1).session(session));
    let port = ports(open.server)[0].hPort;
    let read = || -> sys::RAS_PORT_1 {
        record(|buffer| call!(MprAdminPortGetInfo(open.server, 1, port, buffer))).expect("level 1")
    };
    open.router().advance(Duration::from_secs(10));
    assert_eq!((read().dwBytesRcved, read().dwBytesXmited), (1000, 500));
    assert_eq!(ports(open.server)[0].dwConnectDuration, 10);
    assert_eq!(call!(MprAdminPortClearStats(open.server, port)), 0);
    assert_eq!((read().dwBytesRcved, read().dwBytesXmited), (0, 0));
    open.router().advance(Duration::from_secs(2));
    assert_eq!(read().dwBytesXmited, 100);
}

#[test]
fn MprAdminPortEnum_ERROR_ACCESS_DENIED() {
    let open = Open::company();
    open.router().set_denies_access(true);
    assert_eq!(enumerate(&open, 0, sys::INVALID_HANDLE_VALUE).code, sys::ERROR_ACCESS_DENIED);
}

#[test]
fn MprAdminPortEnum_ERROR_DDM_NOT_RUNNING() {
    let open = Open::new(company().lan_only(true));
    assert_eq!(enumerate(&open, 0, sys::INVALID_HANDLE_VALUE).code, sys::ERROR_DDM_NOT_RUNNING);
}

#[test]
fn MprAdminPortEnum_ERROR_INVALID_PARAMETER() {
    let open = Open::company();
    let all = sys::INVALID_HANDLE_VALUE;
    let (mut buffer, mut number, null) = (null_mut(), 0, null_mut());
    let (buffer, number) = (&raw mut buffer, &raw mut number);
    for (buffer, read, total) in
        [(null_mut(), number, number), (buffer, null, number), (buffer, number, null)]
    {
        let code = call!(MprAdminPortEnum(open.server, 0, all, buffer, EVERYTHING, read, total, null));
        assert_eq!(code, sys::ERROR_INVALID_PARAMETER);
    }
}

#[test]
fn MprAdminPortEnum_ERROR_MORE_DATA() {
    let open = Open::company();
    let page: Records<sys::RAS_PORT_0> = Records::of(|buffer, read, total| {
        let all = sys::INVALID_HANDLE_VALUE;
        // Less than one record, and no resume handle: one record comes, and the word that there are more.
        call!(MprAdminPortEnum(open.server, 0, all, buffer, 1, read, total, null_mut()))
    });
    assert_eq!((page.code, page.read, page.total), (sys::ERROR_MORE_DATA, 1, 16));
}

#[test]
fn MprAdminPortEnum_ERROR_NOT_SUPPORTED() {
    let open = Open::company();
    assert_eq!(enumerate(&open, 1, sys::INVALID_HANDLE_VALUE).code, sys::ERROR_NOT_SUPPORTED);
}

#[test]
fn MprAdminPortEnum_ERROR_INVALID_HANDLE() {
    let open = Open::company();
    assert_eq!(enumerate(&open, 0, null_mut()).code, sys::ERROR_INVALID_HANDLE);
    // A port's handle is no connection's.
    let port = ports(open.server)[0].hPort;
    assert_eq!(enumerate(&open, 0, port).code, sys::ERROR_INVALID_HANDLE);
}

#[test]
fn MprAdminPortGetInfo_ERROR_ACCESS_DENIED() {
    let open = Open::company();
    let port = ports(open.server)[0].hPort;
    open.router().set_denies_access(true);
    let info = record::<sys::RAS_PORT_0>(|buffer| call!(MprAdminPortGetInfo(open.server, 0, port, buffer)));
    assert_eq!(info.err(), Some(sys::ERROR_ACCESS_DENIED));
}

#[test]
fn MprAdminPortGetInfo_ERROR_DDM_NOT_RUNNING() {
    let open = Open::new(company().lan_only(true));
    let info =
        record::<sys::RAS_PORT_0>(|buffer| call!(MprAdminPortGetInfo(open.server, 0, null_mut(), buffer)));
    assert_eq!(info.err(), Some(sys::ERROR_DDM_NOT_RUNNING));
}

#[test]
fn MprAdminPortGetInfo_ERROR_INVALID_PARAMETER() {
    let open = Open::company();
    let port = ports(open.server)[0].hPort;
    let code = call!(MprAdminPortGetInfo(open.server, 0, port, null_mut()));
    assert_eq!(code, sys::ERROR_INVALID_PARAMETER);
}

#[test]
fn MprAdminPortGetInfo_ERROR_INVALID_PORT_HANDLE() {
    let open = Open::company();
    let info =
        record::<sys::RAS_PORT_0>(|buffer| call!(MprAdminPortGetInfo(open.server, 0, open.server, buffer)));
    assert_eq!(info.err(), Some(601));
}

#[test]
fn MprAdminPortGetInfo_ERROR_NOT_SUPPORTED() {
    let open = Open::company();
    let port = ports(open.server)[0].hPort;
    let info = record::<u32>(|buffer| call!(MprAdminPortGetInfo(open.server, 2, port, buffer)));
    assert_eq!(info, Err(sys::ERROR_NOT_SUPPORTED));
}

#[test]
fn MprAdminPortClearStats_RPC_S_INVALID_BINDING() {
    let open = Open::company();
    assert_eq!(call!(MprAdminPortClearStats(null_mut(), null_mut())), sys::RPC_S_INVALID_BINDING);
    assert_eq!(call!(MprAdminPortClearStats(open.server, null_mut())), sys::RPC_S_INVALID_BINDING);
}

macro_rules! on_a_port {
    ($($denied:ident $stopped:ident $function:ident;)+) => {
        $(
            #[test]
            fn $denied() {
                let open = Open::company();
                let port = ports(open.server)[0].hPort;
                open.router().set_denies_access(true);
                assert_eq!(call!($function(open.server, port)), sys::ERROR_ACCESS_DENIED);
            }

            #[test]
            fn $stopped() {
                let open = Open::company();
                let port = ports(open.server)[0].hPort;
                open.router().stop_service();
                assert_eq!(call!($function(open.server, port)), sys::ERROR_DDM_NOT_RUNNING);
            }
        )+
    };
}

on_a_port! {
    MprAdminPortClearStats_ERROR_ACCESS_DENIED MprAdminPortClearStats_ERROR_DDM_NOT_RUNNING MprAdminPortClearStats;
    MprAdminPortDisconnect_ERROR_ACCESS_DENIED MprAdminPortDisconnect_ERROR_DDM_NOT_RUNNING MprAdminPortDisconnect;
    MprAdminPortReset_ERROR_ACCESS_DENIED MprAdminPortReset_ERROR_DDM_NOT_RUNNING MprAdminPortReset;
}

#[test]
fn MprAdminPortDisconnect_ERROR_INVALID_PARAMETER() {
    let open = Open::company();
    assert_eq!(call!(MprAdminPortDisconnect(null_mut(), null_mut())), sys::ERROR_INVALID_PARAMETER);
    assert_eq!(call!(MprAdminPortDisconnect(open.server, null_mut())), sys::ERROR_INVALID_PARAMETER);
}

#[test]
fn MprAdminPortReset_ERROR_INVALID_PARAMETER() {
    let open = Open::company();
    assert_eq!(call!(MprAdminPortReset(null_mut(), null_mut())), sys::ERROR_INVALID_PARAMETER);
    assert_eq!(call!(MprAdminPortReset(open.server, null_mut())), sys::ERROR_INVALID_PARAMETER);
}

#[test]
fn a_port_reset_hangs_up_and_can_be_reset_again() {
    let open = Open::company();
    let port = ports(open.server)[0].hPort;
    assert_eq!(call!(MprAdminPortReset(open.server, port)), 0);
    assert_eq!(connections(open.server).len(), 6);
    assert_eq!(call!(MprAdminPortReset(open.server, port)), 0);
}
