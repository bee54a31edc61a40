//! A change in which nothing is said changes nothing: what it leaves out stays as it is, on the running server and stored.

use std::time::Duration;

use crate::common::{assert_clean, mpr};
use mprapi::sys::{MPR_SERVER_2, MPR_SERVER_EX1};
use mprapi::{
    Configuration, ErrorKind, Ikev2Configuration, InfoBlockBuf, InterfaceCredentials, L2tpConfiguration,
    PortUsage, Ports, Server, SstpConfiguration, TransportId, TransportSettings, TunnelConfiguration,
    TunnelPorts,
};
use mprapi_sim::{Interface, InterfaceKind, Router, Tunnel};

fn office() -> mprapi_sim::Simulation {
    mprapi_sim::Server::unique()
        .ports(Tunnel::Ikev2, 16)
        .ports(Tunnel::Sstp, 8)
        .ports(Tunnel::L2tp, 4)
        .ports(Tunnel::Pptp, 2)
        .interface(Interface::new("branch", InterfaceKind::FullRouter))
        .start()
}

/// All that is stored, as the bytes of a backup.
fn stored(configuration: &Configuration, router: &Router) -> Vec<u8> {
    let folder =
        std::env::temp_dir().join(format!("mprapi-unchanged-{}-{}", std::process::id(), router.name()));
    std::fs::create_dir_all(&folder).unwrap();
    configuration.backup(&folder).unwrap();
    let bytes = std::fs::read(folder.join("router.mprsim")).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    bytes
}

/// Returns all that the server has of its tunnels.
fn tunnels_of(server: &Server) -> (String, String) {
    let details = server.info_at::<MPR_SERVER_EX1>().unwrap();
    (format!("{details:?}"), format!("{:?}", server.info_at::<MPR_SERVER_2>().unwrap()))
}

/// Changes made of nothing but defaults.
fn nothing() -> Vec<TunnelConfiguration> {
    let change = |set: fn(&mut TunnelConfiguration)| {
        let mut change = TunnelConfiguration::default();
        set(&mut change);
        change
    };
    vec![
        change(|_| {}),
        change(|change| change.ikev2 = Some(Ikev2Configuration::default())),
        change(|change| change.l2tp = Some(L2tpConfiguration::default())),
        change(|change| change.sstp = Some(SstpConfiguration::default())),
    ]
}

#[test]
fn a_change_of_tunnels_made_of_defaults_changes_nothing() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    let before = (tunnels_of(&server), stored(&configuration, router));
    for change in nothing() {
        server.set_tunnels(&change).unwrap();
        configuration.set_tunnels(&change).unwrap();
        assert_eq!((tunnels_of(&server), stored(&configuration, router)), before, "{change:?}");
    }
    server.set_ports(&TunnelPorts::default()).unwrap();
    configuration.set_ports(&TunnelPorts::default()).unwrap();
    assert_eq!((tunnels_of(&server), stored(&configuration, router)), before);
    drop((server, configuration));
    assert_clean(router);
}

#[test]
fn what_a_change_leaves_out_of_a_tunnel_stays_and_what_it_says_is_set() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    let before = server.info_at::<MPR_SERVER_EX1>().unwrap().tunnels;
    let mut expected = before.clone();
    expected.ikev2.as_mut().unwrap().tunnel.as_mut().unwrap().idle_timeout = Duration::from_secs(900);
    expected.l2tp.as_mut().unwrap().tunnel.as_mut().unwrap().idle_timeout = Duration::from_secs(600);
    expected.sstp.as_mut().unwrap().https = Some(false);
    let mut change = TunnelConfiguration::default();
    change.ikev2.insert(Ikev2Configuration::default()).tunnel =
        expected.ikev2.as_ref().unwrap().tunnel.clone();
    change.l2tp.insert(L2tpConfiguration::default()).tunnel = expected.l2tp.as_ref().unwrap().tunnel;
    change.sstp.insert(SstpConfiguration::default()).https = Some(false);
    let ikev2 = change.ikev2.as_mut().unwrap().tunnel.as_mut().unwrap();
    (ikev2.main_mode_lifetime, ikev2.encryption) = (None, None);
    let l2tp = change.l2tp.as_mut().unwrap().tunnel.as_mut().unwrap();
    (l2tp.main_mode_lifetime, l2tp.encryption) = (None, None);
    server.set_tunnels(&change).unwrap();
    assert_eq!(server.info_at::<MPR_SERVER_EX1>().unwrap().tunnels, expected);
    configuration.set_tunnels(&change).unwrap();
    assert_eq!(configuration.server_info_at::<MPR_SERVER_EX1>().unwrap().tunnels, expected);

    let some = Ports { count: 3, usage: PortUsage::REMOTE_ACCESS };
    let mut ports = TunnelPorts::default();
    ports.l2tp = Some(some);
    server.set_ports(&ports).unwrap();
    expected.l2tp.as_mut().unwrap().ports = Some(some);
    assert_eq!(server.info_at::<MPR_SERVER_EX1>().unwrap().tunnels, expected);
    let mut ports = TunnelPorts::default();
    ports.sstp = Some(some);
    server.set_ports(&ports).unwrap();
    expected.sstp.as_mut().unwrap().ports = Some(some);
    assert_eq!(server.info_at::<MPR_SERVER_EX1>().unwrap().tunnels, expected);
    drop((server, configuration));
    assert_clean(router);
}

#[test]
fn settings_of_a_transport_made_of_defaults_change_nothing() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    let nothing = TransportSettings::default();
    configuration.transport(TransportId::Ip).unwrap().set_info(&nothing).unwrap();
    let before = stored(&configuration, router);
    let transport = configuration.transport(TransportId::Ip).unwrap();
    transport.set_info(&nothing).unwrap();
    assert_eq!(stored(&configuration, router), before);
    configuration.create_transport(TransportId::Ip, None::<&str>, &nothing).unwrap();
    assert_eq!(stored(&configuration, router), before, "it is there already");
    let new = configuration.create_transport(TransportId::Nbf, None::<&str>, &nothing).unwrap();
    assert_eq!(new.info().unwrap().global, Some(InfoBlockBuf::new()), "a new one has a block");
    drop(configuration);
    let server = mpr().connect(Some(router.name())).unwrap();
    let error = server.set_transport_info(TransportId::Ip, &nothing).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    drop(server);
    assert_clean(router);
}

#[test]
fn credentials_in_which_nothing_is_said_remove_none() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let (mpr, name) = (mpr(), Some(router.name()));
    let credentials = InterfaceCredentials::new().with_user_name("dialer").with_password("pa55");
    mpr.set_interface_credentials(name, "branch", &credentials).unwrap();
    let error = mpr.set_interface_credentials(name, "branch", &InterfaceCredentials::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    // What was read without the password leaves the password alone.
    let read = mpr.interface_credentials(name, "branch").unwrap();
    assert!(read.password().is_none() && read.domain().is_none());
    mpr.set_interface_credentials(name, "branch", &read).unwrap();
    let all = mpr.interface_credentials_with_password(name, "branch").unwrap();
    assert!(all.user_name().is_some_and(|name| *name == *"dialer"));
    assert!(all.password().is_some_and(|password| *password == *"pa55"));
    assert_clean(router);
}

#[test]
fn settings_that_were_read_and_written_back_change_nothing() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let branch = server.find_interface("branch").unwrap();
    let snapshot =
        || format!("{:?}", branch.info_at::<mprapi::sys::MPR_INTERFACE_3>().unwrap().get().snapshot());
    let before = snapshot();
    let settings = branch.info_at::<mprapi::sys::MPR_INTERFACE_3>().unwrap().get().to_settings().unwrap();
    branch.set_info(&settings).unwrap();
    assert_eq!(snapshot(), before);
    let settings = branch.info().unwrap().get().to_settings().unwrap();
    branch.set_info(&settings).unwrap();
    assert_eq!(snapshot(), before);
    drop(server);
    assert_clean(router);
}
