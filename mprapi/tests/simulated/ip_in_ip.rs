//! The names of IP-in-IP tunnels, against a simulated router.

use crate::common::{assert_clean, mpr};
use mprapi::{ErrorKind, Guid};
use mprapi_sim::Server;

#[test]
fn a_tunnels_name_is_stored_listed_and_taken_away() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let (mpr, server) = (mpr(), Some(router.name()));
    let guid = Guid::from_u128(0x6B29FC40_CA47_1067_B31D_00DD010662DA);
    assert_eq!(mpr.ip_in_ip_names(server).unwrap(), []);
    mpr.add_ip_in_ip_name(server, "Tunnel to Bonn", guid).unwrap();
    assert_eq!(
        mpr.add_ip_in_ip_name(server, "Tunnel to Bonn", guid).unwrap_err().kind(),
        ErrorKind::AlreadyExists
    );
    let names = mpr.ip_in_ip_names(server).unwrap();
    assert_eq!(names.len(), 1);
    assert!(names[0].friendly_name == "Tunnel to Bonn");
    assert_eq!(names[0].guid, guid);
    let configuration = mpr.configuration(server).unwrap();
    assert!(configuration.friendly_name(&guid.to_string()).unwrap() == "Tunnel to Bonn");
    drop(configuration);
    mpr.remove_ip_in_ip_name(server, guid).unwrap();
    assert_eq!(mpr.ip_in_ip_names(server).unwrap(), []);
    assert!(mpr.remove_ip_in_ip_name(server, guid).is_err());
    let long = mpr.add_ip_in_ip_name(server, &"x".repeat(257), guid).unwrap_err();
    assert!(long.to_string().contains("256"), "{long}");
    assert_clean(router);
}
