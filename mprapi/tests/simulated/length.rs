//! The preferred length of pages: every enumeration asks with it, and still gives everything.

use mprapi::sys::{MPR_INTERFACE_0, RAS_CONNECTION_0, RAS_CONNECTION_EX, RAS_PORT_0};
use mprapi_sim::{Interface, InterfaceKind, Server, Session, Simulation, Tunnel};

use crate::common::{assert_clean, mpr};

const SESSIONS: u64 = 7;

fn busy() -> Simulation {
    let mut server = Server::unique().ports(Tunnel::Ikev2, 10);
    for number in 0..SESSIONS {
        server = server.session(Session::new(format!("user{number}"), Tunnel::Ikev2));
    }
    for name in ["Lyon", "Oslo", "Rome"] {
        server = server.interface(Interface::new(name, InterfaceKind::FullRouter));
    }
    server.start()
}

/// Returns the number of calls that reading in pages of `records` takes.
fn pages(things: u64, records: u64) -> u64 {
    things.div_ceil(records)
}

#[test]
fn a_running_server_is_read_in_pages_of_the_preferred_length() {
    for records in [1, 2, 3, 100] {
        let simulation = busy();
        let router = &simulation.routers()[0];
        let bytes = |size: usize| (size * records as usize) as u32;
        let connect = |length| mpr().connect(Some(router.name())).unwrap().with_preferred_length(length);

        let server = connect(bytes(size_of::<RAS_CONNECTION_0>()));
        assert_eq!(server.connections().unwrap().len() as u64, SESSIONS);
        assert_eq!(router.calls("MprAdminConnectionEnum"), pages(SESSIONS, records));
        drop(server);
        let server = connect(bytes(size_of::<RAS_CONNECTION_EX>()));
        assert_eq!(server.connections_at::<RAS_CONNECTION_EX>().unwrap().len() as u64, SESSIONS);
        assert_eq!(router.calls("MprAdminConnectionEnumEx"), pages(SESSIONS, records));
        drop(server);
        let server = connect(bytes(size_of::<RAS_PORT_0>()));
        assert_eq!(server.ports().unwrap().len(), 10);
        assert_eq!(router.calls("MprAdminPortEnum"), pages(10, records));
        drop(server);
        let server = connect(bytes(size_of::<MPR_INTERFACE_0>()));
        let interfaces = server.interfaces().unwrap().len() as u64;
        assert_eq!(interfaces, SESSIONS + 3);
        assert_eq!(router.calls("MprAdminInterfaceEnum"), pages(interfaces, records));
        drop(server);
        assert_clean(router);
    }
}

#[test]
fn a_stored_configuration_is_read_in_pages_of_the_preferred_length() {
    let simulation = busy();
    let router = &simulation.routers()[0];
    let configuration = mpr().configuration(Some(router.name())).unwrap();
    let all = configuration.interfaces().unwrap().len();
    assert!(all >= 3);
    assert_eq!(router.calls("MprConfigInterfaceEnum"), 1, "everything is asked for at once by default");
    let configuration = configuration.with_preferred_length(size_of::<MPR_INTERFACE_0>() as u32);
    assert_eq!(configuration.interfaces().unwrap().len(), all);
    assert!(router.calls("MprConfigInterfaceEnum") > all as u64);
    assert_eq!(configuration.transports().unwrap().len(), 1);
    drop(configuration);
    assert_clean(router);
}

#[test]
fn a_length_of_nothing_is_one_record_a_page() {
    let simulation = busy();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap().with_preferred_length(0);
    assert_eq!(server.ports().unwrap().len(), 10);
    assert_eq!(router.calls("MprAdminPortEnum"), 10);
}

#[test]
fn connections_come_a_page_at_a_time() {
    let simulation = busy();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let server = server.with_preferred_length(3 * size_of::<RAS_CONNECTION_EX>() as u32);
    let mut pages = server.connection_pages::<RAS_CONNECTION_EX>();
    assert_eq!(router.calls("MprAdminConnectionEnumEx"), 0, "nothing is asked for in advance");
    let mut users = Vec::new();
    let mut lengths = Vec::new();
    while let Some(page) = pages.next_page().unwrap() {
        lengths.push(page.len());
        users.extend(page.iter().map(|connection| connection.user_name().to_string()));
    }
    assert_eq!(lengths, [3, 3, 1]);
    users.sort();
    assert_eq!(users, (0..SESSIONS).map(|number| format!("user{number}")).collect::<Vec<_>>());
    assert!(pages.next_page().unwrap().is_none(), "behind the last page there is none");
    assert_eq!(router.calls("MprAdminConnectionEnumEx"), 3);
    drop(pages);
    drop(server);
    assert_clean(router);
}

#[test]
fn behind_a_page_that_failed_there_is_none() {
    let simulation = busy();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let server = server.with_preferred_length(size_of::<RAS_CONNECTION_0>() as u32);
    let mut pages = server.connection_pages::<RAS_CONNECTION_0>();
    assert_eq!(pages.next_page().unwrap().unwrap().len(), 1);
    router.set_denies_access(true);
    assert_eq!(pages.next_page().unwrap_err().kind(), mprapi::ErrorKind::AccessDenied);
    router.set_denies_access(false);
    assert!(pages.next_page().unwrap().is_none());
    assert_eq!(router.calls("MprAdminConnectionEnum"), 2);
}
