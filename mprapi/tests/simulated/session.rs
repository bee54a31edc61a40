//! Connecting, looking at who is connected, and ending a session, against a simulated router.

use std::time::Duration;

use crate::common::{assert_clean, mpr, said};
use mprapi::sys::{RAS_CONNECTION_1, RAS_CONNECTION_EX, RAS_PORT_1};
use mprapi::{ErrorKind, Mpr, PortCondition};
use mprapi_sim::{Server, Session, Simulation, Tunnel};

fn office() -> Simulation {
    let session = |user: &str, tunnel| Session::new(user, tunnel).domain("CONTOSO");
    Server::unique()
        .ports(Tunnel::Ikev2, 4)
        .ports(Tunnel::Sstp, 4)
        .session(
            session("alice", Tunnel::Ikev2)
                .connected_for(Duration::from_secs(3_725))
                .bytes_received(1_000u64),
        )
        .session(session("jürgen", Tunnel::Sstp))
        .start()
}

#[test]
fn who_is_connected_is_read_in_place() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let connections = server.connections().unwrap();
    let users: Vec<String> = connections.iter().map(|c| c.user_name().to_string()).collect();
    assert_eq!(users, ["alice", "jürgen"]);
    assert!(connections.iter().all(|connection| *connection.domain() == *"CONTOSO"));
    assert_eq!(connections.iter().next().unwrap().duration(), Duration::from_secs(3_725));
    assert_eq!(router.outstanding().buffers, 1, "one buffer, borrowed");
    drop(connections);
    mprapi::disconnect(server).unwrap();
    assert_clean(router);
}

#[test]
fn each_level_names_the_same_connections() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let ids: Vec<_> = server.connections().unwrap().iter().map(|c| c.id()).collect();
    let ids_at_1: Vec<_> =
        server.connections_at::<RAS_CONNECTION_1>().unwrap().iter().map(|c| c.id()).collect();
    let everything = server.connections_at::<RAS_CONNECTION_EX>().unwrap();
    assert_eq!(ids, ids_at_1);
    assert_eq!(ids, everything.iter().map(|c| c.id()).collect::<Vec<_>>());
    let first = everything.iter().next().unwrap();
    assert_eq!(first.statistics().bytes_received, 1_000);
    assert_eq!(first.client_address(), router.address_of("alice"));
    drop(everything);
    drop(server);
    assert_clean(router);
}

#[test]
fn ending_a_port_ends_its_session() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let alice = server.connections().unwrap().iter().find(|c| *c.user_name() == *"alice").unwrap().id();
    let ports = server.ports().unwrap();
    assert_eq!(ports.len(), 8);
    let port = ports.iter().find(|port| port.connection() == Some(alice)).unwrap();
    assert_eq!(port.condition(), PortCondition::Authenticated);
    port.handle().disconnect().unwrap();
    assert_eq!(router.users(), ["jürgen"]);
    assert_eq!(server.connections().unwrap().len(), 1);
    assert_eq!(server.info().unwrap().ports_in_use(), 1);
    let error = port.handle().disconnect().unwrap_err();
    assert_eq!(error.function(), "MprAdminPortDisconnect");
    drop(ports);
    drop(server);
    assert_clean(router);
}

#[test]
fn the_ports_of_one_connection_are_its_own() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = mpr().connect(Some(router.name())).unwrap();
    let alice = server.connections().unwrap().iter().next().unwrap().id();
    let ports = server.ports_of(alice).unwrap();
    assert_eq!(ports.len(), 1);
    let port = ports.iter().next().unwrap().handle();
    let info = port.info_at::<RAS_PORT_1>().unwrap();
    assert_eq!(info.get().connection(), Some(alice));
    assert_eq!(info.get().statistics().bytes_received, 1_000);
    port.clear_statistics().unwrap();
    let again = port.info_at::<RAS_PORT_1>().unwrap();
    assert_eq!(again.get().statistics().bytes_received, 0);
    drop((info, again));
    drop(ports);
    drop(server);
    assert_clean(router);
}

#[test]
fn an_id_of_another_server_is_refused_before_anything_is_called() {
    let (one, two) = (office(), office());
    let (one, two) = (&one.routers()[0], &two.routers()[0]);
    let mpr = mpr();
    let (here, there) = (mpr.connect(Some(one.name())).unwrap(), mpr.connect(Some(two.name())).unwrap());
    let port = there.ports().unwrap().iter().next().unwrap().id();
    assert_eq!(here.port(port).unwrap_err().kind(), ErrorKind::InvalidArgument);
    let connection = there.connections().unwrap().iter().next().unwrap().id();
    let error = here.ports_of(connection).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert_eq!(one.calls("MprAdminPortEnum"), 0);
    drop((here, there));
    assert_clean(one);
    assert_clean(two);
}

#[test]
fn a_service_runs_or_does_not() {
    let simulation = office();
    let router = &simulation.routers()[0];
    assert!(mpr().is_service_running(Some(router.name())).unwrap());
    router.stop_service();
    assert!(!mpr().is_service_running(Some(router.name())).unwrap());
}

#[test]
fn a_server_that_refuses_or_is_away_says_so_and_leaks_nothing() {
    let simulation = office();
    let router = &simulation.routers()[0];
    router.set_denies_access(true);
    let error = mpr().connect(Some(router.name())).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::AccessDenied, Some(mprapi::sys::ERROR_ACCESS_DENIED))
    );
    let reason = said("access is denied", "the library answered code 5 (");
    assert!(error.to_string().starts_with(&format!("MprAdminServerConnect: {reason}")), "{error}");
    router.set_denies_access(false);
    router.set_reachable(false);
    assert_eq!(mpr().connect(Some(router.name())).unwrap_err().kind(), ErrorKind::Unreachable);
    assert_eq!(mpr().connect(Some("no-such-server.example")).unwrap_err().kind(), ErrorKind::Unreachable);
    assert_clean(router);
}

#[test]
fn a_bad_server_name_is_refused_before_anything_is_called() {
    for bad in ["", "vpn\0one", &"v".repeat(300)] {
        let error = mpr().connect(Some(bad)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert_eq!(error.function(), "MprAdminServerConnect");
        assert!(error.to_string().contains("server name"), "{error}");
        assert!(format!("{error:?}").contains(&error.to_string()), "{error:?}");
        assert_eq!(mpr().is_service_running(Some(bad)).unwrap_err().kind(), ErrorKind::InvalidArgument);
    }
}

#[test]
fn a_path_that_is_no_library_is_an_error_that_names_it() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    // SAFETY: nothing is loaded.
    let error = unsafe { Mpr::load_from(path) }.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoLibrary);
    assert_eq!(error.function(), if cfg!(windows) { "LoadLibraryExW" } else { "dlopen" });
    let printed = format!("{error:?}");
    assert!(printed.contains("NoLibrary") && printed.contains("Cargo.toml"), "what `main` prints: {printed}");
    assert!(error.to_string().contains("Cargo.toml"), "{error}");
}

#[test]
fn a_library_without_the_functions_is_an_error_of_the_call_that_needed_one() {
    let system = if cfg!(windows) { r"C:\windows\system32\kernel32.dll" } else { "libm.so.6" };
    let path = if cfg!(windows) { system.into() } else { find(system) };
    // SAFETY: the system's own library; the test calls nothing in it.
    let mpr = unsafe { Mpr::load_from(path) }.unwrap();
    let error = mpr.connect(None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingFunction);
    let text = error.to_string();
    assert!(text.contains("MprAdminServerDisconnect") && text.contains("Windows 2000"), "{text}");
}

/// Where the loader of this system has a library.
fn find(library: &str) -> std::path::PathBuf {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
    let folder = maps.lines().find_map(|line| {
        line.split_once("/libc.so").and_then(|(path, _)| path.find('/').map(|at| &path[at..]))
    });
    std::path::Path::new(folder.unwrap_or("/lib/x86_64-linux-gnu")).join(library)
}
