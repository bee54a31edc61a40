//! Sessions: one model from each Windows, whatever it can tell.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use mprapi::{Authentication, ErrorKind, InterfaceType, Projection, QuarantineState, Server};
use mprapi_sim::{
    Failure, Interface, InterfaceKind, Quarantine, Router, Session, Simulation, Tunnel, Windows,
};

use crate::common::{EVERY_WINDOWS, assert_clean, mpr};
use crate::interposed::{self, before};

const ADDRESS: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 17);
const IPV6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xDB8, 7, 0, 0, 0, 0, 0x17);
const FROM: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 17));

fn office(windows: Windows) -> Simulation {
    let anna = Session::new("anna", Tunnel::Sstp)
        .domain("CORP")
        .computer("LT-0412")
        .address(ADDRESS)
        .ipv6(IPV6)
        .endpoint(FROM)
        .connected_for(Duration::from_secs(3_725))
        .bytes_received(1_000u64)
        .bytes_sent(5_000_000_000u64)
        .quarantine(Quarantine::Restricted)
        .has_messenger(true);
    mprapi_sim::Server::unique()
        .windows(windows)
        .up_for(Duration::from_secs(100_000))
        .ports(Tunnel::Sstp, 3)
        .ports(Tunnel::Modem, 1)
        .session(anna)
        .session(Session::new("ben", Tunnel::Modem))
        .start()
}

fn connect(router: &Router) -> Server {
    mpr().connect(Some(router.name())).unwrap()
}

#[test]
fn each_windows_tells_as_much_as_it_can_in_the_same_form() {
    for windows in EVERY_WINDOWS {
        let simulation = office(windows);
        let router = &simulation.routers()[0];
        let server = connect(router);
        let sessions = server.sessions().unwrap();
        let [anna, ben] = &sessions[..] else { panic!("{windows:?}: {sessions:?}") };
        let place = |windows: Windows| EVERY_WINDOWS.iter().position(|other| *other == windows);
        let since = |first: Windows| place(windows) >= place(first);

        assert_eq!(anna.id, server.connections().unwrap().iter().next().unwrap().id(), "{windows:?}");
        assert_eq!(
            (&*anna.user_name.to_string(), &*anna.domain.to_string()),
            ("anna", "CORP"),
            "{windows:?}"
        );
        assert_eq!(anna.computer, "LT-0412");
        assert_eq!(anna.interface_name, r"CORP\anna");
        assert_eq!(anna.interface_type, InterfaceType::Client);
        assert!(anna.is_client() && !anna.is_site());
        assert_eq!(anna.account(), r"corp\ANNA".into());
        assert_eq!(anna.duration, Duration::from_secs(3_725), "{windows:?}");
        assert_eq!(anna.ipv4, Some(ADDRESS), "{windows:?}");
        assert_eq!(anna.tunnel, "SSTP");
        assert_eq!(anna.ports.iter().map(|port| port.name.to_string()).collect::<Vec<_>>(), ["VPN0-0"]);
        assert!(server.port(anna.ports[0].id).is_ok_and(|port| port.info().is_ok()));
        assert_eq!(anna.statistics.bytes_received, 1_000, "{windows:?}");
        let is_wide = since(Windows::Server2012);
        assert_eq!(anna.has_wide_counters, is_wide, "{windows:?}");
        let sent = if is_wide { 5_000_000_000 } else { 5_000_000_000 % (1 << 32) };
        assert_eq!(anna.statistics.bytes_sent, sent, "{windows:?}");
        assert!(anna.flags.contains(mprapi::ConnectionFlags::MESSENGER));
        assert_eq!(
            anna.authentication(),
            Some(Authentication::Chap(mprapi::ChapAlgorithm::MsChapV2)),
            "{windows:?}"
        );
        assert!(anna.guid.is_some(), "{windows:?}");
        let Some(Projection::Ppp(ppp)) = anna.projection else { panic!("{windows:?}: {anna:?}") };
        assert_eq!(ppp.ipv4.unwrap().client, Some(ADDRESS), "{windows:?}");
        assert!(ppp.link.is_ok() && ppp.compression.is_ok(), "{windows:?}");

        let quarantine = since(Windows::Server2008).then_some(QuarantineState::Quarantine);
        assert_eq!(anna.quarantine_state, quarantine, "{windows:?}");
        assert_eq!(anna.ipv6, since(Windows::Server2008).then_some(IPV6), "{windows:?}");
        assert_eq!(anna.remote_endpoint, since(Windows::Server2008R2).then_some(FROM), "{windows:?}");
        assert_eq!(anna.local_endpoint.is_some(), since(Windows::Server2008R2), "{windows:?}");
        assert_eq!(anna.started_at.is_some(), is_wide, "{windows:?}");

        // A modem is no tunnel, and its port goes by the name of its medium.
        assert_eq!((&*ben.user_name.to_string(), &*ben.tunnel.to_string()), ("ben", "serial"), "{windows:?}");
        assert_eq!(ben.account().to_string(), "ben");
        drop(server);
        assert_clean(router);
    }
}

#[test]
fn a_server_is_asked_once_for_each_thing_and_at_no_level_that_it_need_not_be() {
    for (windows, enumerations, ex) in [
        (Windows::Server2022, 1, 0),
        (Windows::Server2008R2, 1, 1),
        // Levels 4, 3, 1 and 0.
        (Windows::Server2008, 4, 1),
        // And 2 for 3.
        (Windows::Server2003, 5, 1),
    ] {
        let simulation = office(windows);
        let router = &simulation.routers()[0];
        let server = connect(router);
        server.sessions().unwrap();
        let calls = [
            "MprAdminServerGetInfo",
            "MprAdminPortEnum",
            "MprAdminConnectionEnum",
            "MprAdminConnectionEnumEx",
        ];
        assert_eq!(calls.map(|function| router.calls(function)), [1, 1, enumerations, ex], "{windows:?}");
        let ports = server.ports().unwrap();
        assert_eq!(server.sessions_on(&ports).unwrap(), server.sessions().unwrap());
        assert_eq!(router.calls("MprAdminPortEnum"), 3, "the list that was given is not read again");
    }
}

#[test]
fn a_link_to_another_site_is_no_client() {
    let simulation = mprapi_sim::Server::unique()
        .ports(Tunnel::Ikev2, 2)
        .interface(Interface::new("Branch Lyon", InterfaceKind::FullRouter))
        .start();
    let server = connect(&simulation.routers()[0]);
    server.find_interface("Branch Lyon").unwrap().connect().unwrap();
    let sessions = server.sessions().unwrap();
    let [lyon] = &sessions[..] else { panic!("{sessions:?}") };
    assert!(lyon.is_site() && !lyon.is_client());
    assert_eq!(lyon.interface_name, "Branch Lyon");
    assert_eq!(lyon.interface, server.find_interface("Branch Lyon").unwrap().id());
}

#[test]
fn a_refusal_of_the_newest_level_leads_to_the_next_and_one_of_everything_is_the_error() {
    let simulation = office(Windows::Server2022);
    let router = &simulation.routers()[0];
    let server = connect(router);
    let newest = server.sessions().unwrap().remove(0);
    // No page says which code it is.
    for code in [50, 87, 124, 1745, 1783, 13] {
        router.fail("MprAdminConnectionEnum", Failure::code(code));
        let older = server.sessions().unwrap().remove(0);
        assert!(!older.has_wide_counters, "{code}");
        assert_eq!(
            (older.id, older.guid, older.projection.is_some()),
            (newest.id, newest.guid, true),
            "{code}"
        );
        router.heal();
    }
    for (code, kind) in [
        (5, ErrorKind::AccessDenied),
        (1722, ErrorKind::Unreachable),
        (1717, ErrorKind::NotRunning),
        (1702, ErrorKind::InvalidHandle),
    ] {
        router.fail("MprAdminConnectionEnum", Failure::code(code));
        let before = router.calls("MprAdminConnectionEnumEx");
        assert_eq!(server.sessions().unwrap_err().kind(), kind, "{code}");
        assert_eq!(router.calls("MprAdminConnectionEnumEx"), before, "asking on is of no use: {code}");
        router.heal();
    }
    router.fail("MprAdminPortEnum", Failure::code(5));
    assert_eq!(server.sessions().unwrap_err().function(), "MprAdminPortEnum");
}

#[test]
fn ports_are_found_in_whatever_order_the_server_lists_them() {
    let simulation = mprapi_sim::Server::unique().ports(Tunnel::Sstp, 3).ports(Tunnel::Ikev2, 2).start();
    let router = &simulation.routers()[0];
    for (user, tunnel) in
        [("a", Tunnel::Ikev2), ("b", Tunnel::Sstp), ("c", Tunnel::Ikev2), ("d", Tunnel::Sstp)]
    {
        router.connect(&Session::new(user, tunnel)).unwrap();
    }
    // Her port goes to one who is listed behind all others.
    assert!(router.drop_user("b"));
    router.connect(&Session::new("e", Tunnel::Sstp)).unwrap();
    let server = connect(router);
    for session in server.sessions().unwrap() {
        let user = session.user_name.to_string();
        let tunnel = if matches!(&*user, "a" | "c") { "IKEv2" } else { "SSTP" };
        assert_eq!(session.tunnel, tunnel, "{user}");
        let ports = server.ports_of(session.id).unwrap();
        let ports: Vec<_> = ports.iter().map(|port| (port.id(), port.name().to_owned())).collect();
        let read: Vec<_> = session.ports.iter().map(|port| (port.id, port.name.clone())).collect();
        assert_eq!(read, ports, "{user}");
    }
}

#[test]
fn one_who_comes_between_the_calls_is_told_with_what_is_known_and_never_with_anothers() {
    let simulation = mprapi_sim::Server::unique()
        .windows(Windows::Server2008)
        .reuse_handles(true)
        .ports(Tunnel::Sstp, 2)
        .session(Session::new("anna", Tunnel::Sstp).bytes_sent(7_000u64).ipv6(IPV6))
        .start();
    let router = simulation.routers()[0].clone();
    let server = interposed::mpr().connect(Some(router.name())).unwrap();
    // Levels 4, 3, 1, 0: before the last anna leaves, and ben gets her handle.
    let mut calls = 0;
    let swap = move |function: &str| {
        calls += usize::from(function == "MprAdminConnectionEnum");
        if function == "MprAdminConnectionEnum" && calls == 4 {
            assert!(router.drop_user("anna"));
            router.connect(&Session::new("ben", Tunnel::Sstp)).unwrap();
            router.connect(&Session::new("cy", Tunnel::Sstp)).unwrap();
        }
    };
    let sessions = before(swap, || server.sessions().unwrap());
    let [ben, cy] = &sessions[..] else { panic!("{sessions:?}") };
    assert_eq!((&*ben.user_name.to_string(), &*cy.user_name.to_string()), ("ben", "cy"));
    assert_eq!((ben.ipv6, ben.guid, ben.projection), (None, None, None), "those were anna's");
    assert_eq!((cy.statistics, &cy.ports[..], cy.ipv4), (mprapi::Statistics::default(), &[][..], None));
    assert_eq!(cy.tunnel, "");
}

#[test]
fn a_session_of_which_no_port_is_known_has_the_tunnel_that_its_record_tells() {
    let simulation = mprapi_sim::Server::unique().ports(Tunnel::Sstp, 1).start();
    let router = simulation.routers()[0].clone();
    let server = interposed::mpr().connect(Some(router.name())).unwrap();
    let come = move |function: &str| {
        if function == "MprAdminConnectionEnum" {
            let _ = router.connect(&Session::new("anna", Tunnel::Sstp));
        }
    };
    let session = before(come, || server.sessions().unwrap()).remove(0);
    assert_eq!((&*session.tunnel.to_string(), session.ports.len()), ("SSTP", 0));
}

#[test]
fn a_session_goes_on_from_one_look_to_the_next_over_another_connection_and_not_as_another() {
    for windows in EVERY_WINDOWS {
        let simulation = mprapi_sim::Server::unique()
            .windows(windows)
            .reuse_handles(true)
            .up_for(Duration::from_secs(1_000))
            .ports(Tunnel::Sstp, 1)
            .session(Session::new("anna", Tunnel::Sstp))
            .start();
        let router = &simulation.routers()[0];
        let look = || connect(router).sessions().unwrap().remove(0);
        let first = look();
        router.advance(Duration::from_secs(60));
        let second = look();
        assert!(first.continues_as(&second), "{windows:?}");
        assert!(!second.continues_as(&first), "time goes on: {windows:?}");
        assert!(router.drop_user("anna"));
        router.advance(Duration::from_secs(5));
        router.connect(&Session::new("anna", Tunnel::Sstp)).unwrap();
        router.advance(Duration::from_secs(600));
        let third = look();
        assert_eq!(third.id.as_raw(), first.id.as_raw(), "her handle is given again");
        assert!(!first.continues_as(&third) && !second.continues_as(&third), "{windows:?}");
    }
}
