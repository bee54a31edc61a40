//! A server's information and settings, against a simulated router.

use std::time::Duration;

use crate::common::{assert_clean, mpr};
use mprapi::sys::{MPR_SERVER_1, MPR_SERVER_2, MPR_SERVER_EX0, MPR_SERVER_EX1};
use mprapi::{
    Encryption, ErrorKind, PortUsage, Ports, PreSharedKey, Server, TunnelConfiguration, TunnelPorts,
};
use mprapi_sim::{Router, Simulation, Tunnel, Windows};

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
