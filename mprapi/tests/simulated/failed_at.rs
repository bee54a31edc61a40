//! The name of the server in an error: failures of two servers are told apart.

use std::time::Duration;

use crate::common::{assert_clean, mpr};
use mprapi::{Error, ErrorKind, Mpr, Result};
use mprapi_sim::{Failure, Garbage, Interface, InterfaceKind, Server, Session, Simulation, Tunnel};

/// `RPC_S_CALL_FAILED`.
const CODE: u32 = 1726;

fn office() -> Simulation {
    Server::unique()
        .ports(Tunnel::Sstp, 2)
        .session(Session::new("anna", Tunnel::Sstp))
        .interface(Interface::new("branch", InterfaceKind::FullRouter))
        .start()
}

/// The function that fails, and a way to call it on a server.
type Way = (&'static str, fn(&Mpr, Option<&str>) -> Result<()>);

const WAYS: [Way; 11] = [
    ("MprAdminServerConnect", |mpr, name| mpr.connect(name).map(drop)),
    ("MprAdminServerGetInfo", |mpr, name| mpr.connect(name)?.info().map(drop)),
    ("MprAdminPortEnum", |mpr, name| mpr.connect(name)?.ports().map(drop)),
    ("MprAdminPortReset", |mpr, name| {
        let server = mpr.connect(name)?;
        let ports = server.ports()?;
        ports.iter().try_for_each(|port| port.handle().reset())
    }),
    ("MprAdminConnectionGetInfo", |mpr, name| {
        let server = mpr.connect(name)?;
        let connections = server.connections()?;
        connections.iter().try_for_each(|connection| connection.handle().info().map(drop))
    }),
    ("MprAdminInterfaceGetInfo", |mpr, name| mpr.connect(name)?.find_interface("branch")?.info().map(drop)),
    ("MprConfigServerConnect", |mpr, name| mpr.configuration(name).map(drop)),
    ("MprConfigInterfaceGetInfo", |mpr, name| mpr.configuration(name)?.interface("branch")?.info().map(drop)),
    ("MprConfigServerBackup", |mpr, name| mpr.configuration(name)?.backup(r"\backup")),
    ("MprAdminMIBEntryGet", |mpr, name| mpr.mib(name)?.interfaces().map(drop)),
    ("MprAdminUserGetInfo", |mpr, name| mpr.user(name, "anna").map(drop)),
];

#[test]
fn the_same_failure_of_two_servers_is_told_apart_by_the_server() {
    let mpr = mpr();
    for (function, call) in WAYS {
        let [of_a, of_b] = [office(), office()].map(|simulation| {
            let router = &simulation.routers()[0];
            router.fail(function, Failure::code(CODE));
            let error = call(&mpr, Some(router.name())).unwrap_err();
            assert_eq!((error.function(), error.code()), (function, Some(CODE)));
            assert_eq!(error.server(), Some(router.name()), "{function}");
            assert_eq!(error.clone().server(), error.server());
            assert_clean(router);
            error
        });
        assert_ne!(of_a.server(), of_b.server(), "{function}");
        assert_eq!(of_a, Error::new(function, CODE), "the server is not compared");
        assert_eq!(of_a.to_string(), of_b.to_string(), "the text does not name the server");
    }
}

#[test]
fn an_error_of_this_machine_or_without_a_code_has_no_server() {
    assert_eq!(Error::new("MprAdminPortEnum", CODE).server(), None);
    let simulation = office();
    let router = &simulation.routers()[0];
    router.fail("MprAdminPortEnum", Failure::garbage(Garbage::NullWithSuccess));
    let server = mpr().connect(Some(router.name())).unwrap();
    let error = server.ports().unwrap_err();
    assert_eq!((error.kind(), error.server()), (ErrorKind::MalformedAnswer, None));
    let error = server.mpr().connect(Some("a\0b")).unwrap_err();
    assert_eq!((error.kind(), error.server()), (ErrorKind::InvalidArgument, None));
    let error = server.mpr().is_domain_ras_server("NOWHERE", "nobody").unwrap_err();
    assert!(error.code().is_some(), "{error}");
    assert_eq!(error.server(), None, "the function takes no server");
}

#[test]
fn the_reason_of_a_failed_attempt_to_connect_names_the_server() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let interface = server.find_interface("branch").unwrap();
    router.fail("MprAdminInterfaceConnect", Failure::code(CODE));
    let error = interface.connect().unwrap_err();
    assert_eq!(error.server(), Some(router.name()));
    let error = interface.connect_within(Duration::from_secs(1)).unwrap_err();
    assert_eq!(error.error().and_then(Error::server), Some(router.name()));
}

#[test]
fn an_error_stays_small() {
    assert!(size_of::<Error>() <= 5 * size_of::<usize>(), "{}", size_of::<Error>());
}
