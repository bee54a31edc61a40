//! A server's information and settings, against a simulated router.

use std::time::Duration;

use crate::common::{assert_clean, mpr};
use mprapi::sys::{MPR_SERVER_1, MPR_SERVER_2, MPR_SERVER_EX0, MPR_SERVER_EX1};
use mprapi::{
    Encryption, ErrorKind, PortUsage, Ports, PreSharedKey, Server, TunnelConfiguration, TunnelLevel,
    TunnelPorts, TunnelProtocol,
};
use mprapi_sim::{Failure, Router, Simulation, Tunnel, Windows};

fn office() -> Simulation {
    mprapi_sim::Server::unique()
        .up_for(Duration::from_secs(3_600))
        .ports(Tunnel::Ikev2, 16)
        .ports(Tunnel::Sstp, 8)
        .ports(Tunnel::L2tp, 4)
        .ports(Tunnel::Pptp, 2)
        .start()
}

fn server(router: &Router) -> Server {
    mpr().connect(Some(router.name())).unwrap()
}

fn ports(count: u32) -> Ports {
    Ports { count, usage: PortUsage::REMOTE_ACCESS | PortUsage::ROUTING }
}

#[test]
fn every_level_tells_of_the_same_server() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let info = server.info().unwrap();
    assert_eq!((info.total_ports(), info.ports_in_use(), info.is_lan_only()), (30, 0, false));
    assert_eq!(info.up_time(), Duration::from_secs(3_600));
    let one = server.info_at::<MPR_SERVER_1>().unwrap();
    assert_eq!((one.pptp.unwrap().count, one.l2tp.unwrap().count, one.sstp), (2, 4, None));
    let two = server.info_at::<MPR_SERVER_2>().unwrap();
    assert_eq!((two.pptp, two.l2tp, two.sstp.unwrap().count), (one.pptp, one.l2tp, 8));
    let zero = server.info_at::<MPR_SERVER_EX0>().unwrap();
    let one = server.info_at::<MPR_SERVER_EX1>().unwrap();
    assert_eq!(zero.state.total_ports(), 30);
    assert_eq!(one.state.up_time(), info.up_time());
    assert_eq!(zero.tunnels.gre, None);
    assert_eq!(one.tunnels.gre.unwrap().count, 0);
    let mut without_gre = one.tunnels.clone();
    without_gre.gre = None;
    assert_eq!(zero.tunnels, without_gre);
    assert_eq!(one.tunnels.ikev2.unwrap().ports.unwrap().count, 16);
    drop(server);
    assert_clean(router);
}

fn of_windows(windows: Windows) -> mprapi_sim::Server {
    let server = mprapi_sim::Server::unique().windows(windows);
    server.ports(Tunnel::Ikev2, 16).ports(Tunnel::Sstp, 8).ports(Tunnel::L2tp, 4).ports(Tunnel::Pptp, 2)
}

#[test]
fn tunnels_are_read_from_the_newest_record_that_the_server_has() {
    use TunnelProtocol::{Gre, Ikev2, L2tp, Pptp, Sstp};
    let all = [(Ikev2, 16), (Sstp, 8), (L2tp, 4), (Pptp, 2), (Gre, 0)];
    // A server that refuses the newest record once has the one before it.
    let refusing = of_windows(Windows::Server2022)
        .failure("MprAdminServerGetInfoEx", Failure::code(87).at_call(1))
        .failure("MprConfigServerGetInfoEx", Failure::code(50).at_call(1));
    let cases = [
        (of_windows(Windows::Server2022), TunnelLevel::Revision5, &all[..], 1),
        (refusing, TunnelLevel::Revision4, &all[..4], 2),
        (of_windows(Windows::Server2008), TunnelLevel::Level2, &all[1..4], 1),
        (of_windows(Windows::Server2003), TunnelLevel::Level1, &all[2..4], 1),
    ];
    for (scenario, level, ports, asked) in cases {
        let simulation = scenario.start();
        let router = &simulation.routers()[0];
        let (server, stored) = (server(router), mpr().configuration(Some(router.name())).unwrap());
        for tunnels in [server.tunnels().unwrap(), stored.tunnels().unwrap()] {
            assert_eq!(tunnels.level, level);
            let counts = tunnels.configuration.ports().map(|(protocol, ports)| (protocol, ports.count));
            assert_eq!(counts.collect::<Vec<_>>(), ports);
        }
        assert_eq!(router.calls("MprAdminServerGetInfoEx"), asked, "{level}");
        drop((server, stored));
        assert_clean(router);
    }
}

#[test]
fn what_a_server_told_of_its_tunnels_is_set_by_the_same_record() {
    for windows in [Windows::Server2003, Windows::Server2008, Windows::Server2022] {
        let simulation = of_windows(windows).start();
        let router = &simulation.routers()[0];
        let (server, stored) = (server(router), mpr().configuration(Some(router.name())).unwrap());
        let mut tunnels = server.tunnels().unwrap();
        tunnels.configuration.ports_of_mut(TunnelProtocol::L2tp).unwrap().count = 3;
        server.set_tunnels_as(tunnels.level, &tunnels.configuration).unwrap();
        stored.set_tunnels_as(tunnels.level, &tunnels.configuration).unwrap();
        for now in [server.tunnels().unwrap(), stored.tunnels().unwrap()] {
            assert_eq!(now.configuration.ports_of(TunnelProtocol::L2tp).unwrap().count, 3, "{windows:?}");
        }
        // What the record does not have is refused before anything is called.
        let mut change = TunnelConfiguration::default();
        change.gre = Some(ports(1));
        let result = server.set_tunnels_as(TunnelLevel::Level2, &change);
        assert_eq!(result.unwrap_err().code(), None);
        assert!(stored.set_tunnels_as(TunnelLevel::Level2, &change).is_err());
        drop((server, stored));
        assert_clean(router);
    }
}

#[test]
fn an_error_that_is_about_the_server_ends_the_search_for_a_record_and_a_stopped_one_tells_stored_ports() {
    for code in [5, 1702, 1722, 1753] {
        let simulation = office();
        let router = &simulation.routers()[0];
        router.fail("MprAdminServerGetInfoEx", Failure::code(code));
        let server = server(router);
        assert_eq!(server.tunnels().unwrap_err().code(), Some(code));
        assert_eq!(router.calls("MprAdminServerGetInfoEx"), 1);
        drop(server);
    }
    let simulation = office();
    let router = &simulation.routers()[0];
    router.stop_service();
    let stored = mpr().configuration(Some(router.name())).unwrap();
    let tunnels = stored.tunnels().unwrap();
    assert_eq!((tunnels.level, tunnels.configuration.ikev2), (TunnelLevel::Level2, None));
    assert_eq!(tunnels.configuration.sstp.unwrap().ports.unwrap().count, 8);
    drop(stored);
    assert_clean(router);
}

#[test]
fn numbers_of_ports_are_set_on_the_running_server() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let mut change = TunnelPorts::default();
    (change.pptp, change.l2tp) = (Some(ports(3)), Some(ports(5)));
    server.set_ports(&change).unwrap();
    let after = server.info_at::<MPR_SERVER_2>().unwrap();
    assert_eq!((after.pptp.unwrap().count, after.l2tp.unwrap().count, after.sstp.unwrap().count), (3, 5, 8));
    let mut change = after;
    change.sstp = Some(ports(9));
    server.set_ports(&change).unwrap();
    assert_eq!(server.info_at::<MPR_SERVER_2>().unwrap().sstp.unwrap().count, 9);
    assert_eq!(server.ports().unwrap().len(), 3 + 5 + 9 + 16);
    drop(server);
    assert_clean(router);
}

#[test]
fn no_pptp_ports_at_all_is_an_invalid_argument() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let mut change = TunnelPorts::default();
    change.pptp = Some(ports(0));
    let error = server.set_ports(&change).unwrap_err();
    assert_eq!((error.kind(), error.function()), (ErrorKind::InvalidArgument, "MprAdminServerSetInfo"));
    drop(server);
    assert_clean(router);
}

#[test]
fn what_is_set_for_one_tunnel_leaves_the_others_as_they_are() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let before = server.info_at::<MPR_SERVER_EX1>().unwrap().tunnels;
    let mut ikev2 = before.ikev2.clone().unwrap();
    ikev2.ports.as_mut().unwrap().count = 20;
    let tunnel = ikev2.tunnel.as_mut().expect("the simulator tells IKEv2's lifetimes");
    tunnel.idle_timeout = Duration::from_secs(900);
    tunnel.encryption = Some(Encryption::Required);
    let mut change = TunnelConfiguration::default();
    change.ikev2 = Some(ikev2.clone());
    server.set_tunnels(&change).unwrap();
    let after = server.info_at::<MPR_SERVER_EX1>().unwrap().tunnels;
    let mut expected = before;
    expected.ikev2 = Some(ikev2);
    assert_eq!(after, expected);
    let mut change = TunnelConfiguration::default();
    change.gre = Some(ports(2));
    server.set_tunnels(&change).unwrap();
    let gre = server.info_at::<MPR_SERVER_EX1>().unwrap().tunnels.gre;
    assert_eq!(gre, Some(ports(2)));
    drop(server);
    assert_clean(router);
}

#[test]
fn a_pre_shared_key_is_set_read_and_removed() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    assert!(server.pre_shared_key().unwrap().is_none());
    let key = PreSharedKey::from_text("correct horse battery staple");
    server.set_pre_shared_key(&key).unwrap();
    assert_eq!(server.pre_shared_key().unwrap().unwrap().as_bytes(), key.as_bytes());
    server.remove_pre_shared_key().unwrap();
    assert!(server.pre_shared_key().unwrap().is_none());
    drop(server);
    assert_clean(router);
}

#[test]
fn what_an_old_server_lacks_is_unsupported() {
    let simulation = mprapi_sim::Server::unique().windows(Windows::Server2003).ports(Tunnel::Pptp, 1).start();
    let router = &simulation.routers()[0];
    let server = server(router);
    assert!(server.info_at::<MPR_SERVER_1>().is_ok());
    assert_eq!(server.info_at::<MPR_SERVER_2>().unwrap_err().kind(), ErrorKind::Unsupported);
    assert_eq!(server.info_at::<MPR_SERVER_EX1>().unwrap_err().kind(), ErrorKind::Unsupported);
    let mut change = TunnelConfiguration::default();
    change.pptp = Some(ports(2));
    assert_eq!(server.set_tunnels(&change).unwrap_err().kind(), ErrorKind::Unsupported);
    drop(server);
    assert_clean(router);
}
