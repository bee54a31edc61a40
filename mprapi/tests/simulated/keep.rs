//! Answers that are kept with a share in their server, and what becomes of the server's handle.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::common::{assert_clean, mpr, said};
use mprapi::config::Stored;
use mprapi::sys::{MPR_INTERFACE_0, RAS_CONNECTION_0, RAS_PORT_0};
use mprapi::{
    Change, Configuration, Connecting, ConnectionId, ConnectionState, ErrorKind, HandleProblem, List,
    Notification, RouteUpdate, Server, Single, TransportId, Wake, disconnect,
};
use mprapi_sim::{Interface, InterfaceKind, Router, Session, Simulation, Tunnel};

const DISCONNECT: &str = "MprAdminServerDisconnect";
const LONG: Option<Duration> = Some(Duration::from_secs(30));

fn office() -> Simulation {
    let branch = Interface::new("branch", InterfaceKind::FullRouter).dial_takes(Duration::from_secs(5));
    mprapi_sim::Server::unique()
        .ports(Tunnel::Sstp, 8)
        .ports(Tunnel::Ikev2, 1)
        .interface(branch)
        .session(Session::new("alice", Tunnel::Sstp))
        .start()
}

fn connected(router: &Router) -> Arc<Server> {
    Arc::new(mpr().connect(Some(router.name())).unwrap())
}

/// All that a tool with many threads keeps of one server. Nothing in it has a lifetime.
struct Kept {
    server: Arc<Server>,
    connections: List<'static, RAS_CONNECTION_0>,
    port: Single<'static, RAS_PORT_0>,
    alice: ConnectionId,
    notification: Notification<'static>,
    connecting: Connecting<'static>,
}

fn kept(server: Arc<Server>) -> mprapi::Result<Kept> {
    let connections = server.connections()?.keep(&server)?;
    let alice = connections.iter().next().expect("alice").id();
    let port = server.ports_of(alice)?.iter().next().expect("a port").handle().info()?.keep(&server)?;
    let notification = server.watch()?.keep(&server)?;
    let connecting = server.find_interface("branch")?.connect_with_event()?.keep(&server)?;
    Ok(Kept { server, connections, port, alice, notification, connecting })
}

#[test]
fn a_struct_has_a_server_and_what_came_over_it_and_goes_to_another_thread() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let mut kept = kept(connected(router)).unwrap();
    thread::scope(|scope| {
        scope.spawn(|| {
            let Kept { server, connections, port, alice, notification, connecting } = &mut kept;
            let names: Vec<_> =
                connections.iter().map(|connection| connection.user_name().to_string()).collect();
            assert_eq!(names, ["alice"]);
            assert!(!port.get().name().to_string().is_empty());
            router.advance(Duration::from_secs(5));
            assert!(connecting.wait(LONG).unwrap());
            let state = connecting.interface().info().unwrap().get().connection_state();
            assert_eq!(state, ConnectionState::Connected);
            assert_eq!(notification.wait(LONG).unwrap(), Wake::Changed);
            notification.changes().unwrap();
            server.connection(*alice).unwrap().disconnect().unwrap();
            assert_eq!(notification.wait(LONG).unwrap(), Wake::Changed);
            let changes: Vec<Change<'static>> = notification.changes().unwrap();
            assert!(matches!(&changes[..], [Change::Went(alice)] if alice.get().user_name() == "alice"));
        });
    });
    drop(kept);
    assert_eq!(router.calls(DISCONNECT), 1);
    assert_clean(router);
}

#[test]
fn each_kept_answer_has_the_server_open_and_the_last_one_ends_it() {
    type Keep = fn(&Arc<Server>) -> Box<dyn std::any::Any>;
    let keep: [(&str, Keep); 6] = [
        ("list", |server| Box::new(server.connections().unwrap().keep(server).unwrap())),
        ("record", |server| {
            let branch = server.find_interface("branch").unwrap();
            Box::new(branch.info().unwrap().keep(server).unwrap())
        }),
        ("notification", |server| Box::new(server.watch().unwrap().keep(server).unwrap())),
        ("change", |server| {
            let mut notification = server.watch().unwrap().keep(server).unwrap();
            let alice = server.connections().unwrap().iter().next().unwrap().id();
            server.connection(alice).unwrap().disconnect().unwrap();
            Box::new(notification.changes().unwrap())
        }),
        ("attempt", |server| {
            let branch = server.find_interface("branch").unwrap();
            Box::new(branch.connect_with_event().unwrap().keep(server).unwrap())
        }),
        ("twice", |server| Box::new(server.ports().unwrap().keep(server).unwrap().keep(server).unwrap())),
    ];
    for (what, keep) in keep {
        let simulation = office();
        let router = &simulation.routers()[0];
        let server = connected(router);
        let kept = keep(&server);
        drop(server);
        assert_eq!(router.calls(DISCONNECT), 0, "{what}");
        drop(kept);
        assert_eq!(router.calls(DISCONNECT), 1, "{what}");
        router.advance(Duration::from_secs(5));
        assert_clean(router);
    }
}

#[test]
fn a_kept_list_is_read_and_freed_after_all_others_let_go_of_the_server() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = connected(router);
    let connections = server.connections().unwrap().keep(&server).unwrap();
    drop(server);
    assert_eq!(connections.len(), 1);
    let alice = connections.iter().next().unwrap();
    assert_eq!(alice.handle().info().unwrap().get().user_name(), "alice", "the server is asked through it");
    assert_eq!(router.calls("MprAdminBufferFree"), 1, "of that one record");
    drop(connections);
    assert_eq!(router.calls("MprAdminBufferFree"), 2);
    assert_eq!(router.calls(DISCONNECT), 1);
    assert_clean(router);
}

#[test]
fn a_kept_update_of_routes_is_waited_for() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = connected(router);
    let branch = server.find_interface("branch").unwrap();
    let mut connecting = branch.connect_with_event().unwrap();
    router.advance(Duration::from_secs(5));
    assert!(connecting.wait(LONG).unwrap());
    drop(connecting);
    let update = branch.update_routes_with_event(TransportId::Ip).unwrap();
    let mut update: RouteUpdate<'static> = update.keep(&server).unwrap();
    drop(server);
    router.advance(Duration::from_secs(60));
    assert!(update.wait(LONG).unwrap());
    drop(update);
    assert_eq!(router.calls(DISCONNECT), 1);
    assert_clean(router);
}

#[test]
fn an_answer_of_one_connection_is_not_kept_by_another_one_even_to_the_same_server() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let (server, other) = (connected(router), connected(router));
    let branch = server.find_interface("branch").unwrap();
    let errors = [
        server.connections().unwrap().keep(&other).unwrap_err(),
        branch.info().unwrap().keep(&other).unwrap_err(),
        server.watch().unwrap().keep(&other).unwrap_err(),
        branch.connect_with_event().unwrap().keep(&other).unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
        assert_eq!(error.function(), "MprAdminServerConnect");
    }
    assert_eq!(router.calls("MprAdminDeregisterConnectionNotification"), 1, "what is not kept is dropped");
    router.advance(Duration::from_secs(5));
    drop((server, other));
    assert_eq!(router.calls(DISCONNECT), 2);
    assert_clean(router);
}

#[test]
fn a_list_of_a_configuration_is_kept_by_the_configuration() {
    let simulation = office();
    let router = &simulation.routers()[0];
    #[expect(clippy::arc_with_non_send_sync, reason = "a share may be wanted within one thread too")]
    let configuration: Arc<Configuration> = Arc::new(mpr().configuration(Some(router.name())).unwrap());
    let interfaces: List<'static, Stored<MPR_INTERFACE_0>> =
        configuration.interfaces().unwrap().keep(&configuration).unwrap();
    drop(configuration);
    assert!(interfaces.iter().any(|interface| interface.name() == "branch"));
    drop(interfaces);
    assert_eq!(router.calls("MprConfigServerDisconnect"), 1);
    assert_clean(router);
}

#[test]
fn a_server_that_others_have_a_share_in_is_not_disconnected_and_given_back() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = connected(router);
    let connections = server.connections().unwrap().keep(&server).unwrap();
    let error = disconnect(server).expect_err("the list has a share");
    assert_eq!(error.problem(), HandleProblem::Shared);
    assert!(error.to_string().contains(said("share", "Shared")), "{error}");
    let server = error.into_handle();
    assert_eq!(router.calls(DISCONNECT), 0);
    assert_eq!(server.connections().unwrap().len(), 1, "it goes on");
    drop(connections);
    // A weak reference is no share.
    let weak = Arc::downgrade(&server);
    disconnect(server).unwrap();
    assert!(weak.upgrade().is_none());
    assert_eq!(router.calls(DISCONNECT), 1);
    assert_clean(router);
}

#[test]
fn the_last_share_may_be_taken_out_and_disconnected_by_the_method() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = connected(router);
    let notification = server.watch().unwrap().keep(&server).unwrap();
    let server = Arc::try_unwrap(server).expect_err("the notification has a share");
    drop(notification);
    Arc::try_unwrap(server).expect("the last one").disconnect().unwrap();
    assert_eq!(router.calls(DISCONNECT), 1);
    assert_clean(router);
}

#[test]
fn a_share_whose_handle_was_ended_by_its_raw_value_is_an_error_and_given_back() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let mpr = mpr();
    let server = connected(router);
    // SAFETY: the value is not stale, and nobody uses the connection after it.
    disconnect(unsafe { mprapi::RawHandle::server(&mpr, server.as_raw()) }).unwrap();
    let error = disconnect(server).expect_err("it is gone");
    assert_eq!(error.problem(), HandleProblem::AlreadyDisconnected);
    drop(error.into_handle());
    assert_eq!(router.calls(DISCONNECT), 1);
    assert_clean(router);
}

#[test]
fn of_many_threads_with_a_share_the_connection_ends_once() {
    let simulation = office();
    let router = &simulation.routers()[0];
    for _ in 0..200 {
        let server = connected(router);
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let server = Arc::clone(&server);
                thread::spawn(move || {
                    let ports = server.ports().unwrap().keep(&server).unwrap();
                    let ended = disconnect(server);
                    assert_eq!(ended.map_err(|error| error.problem()), Err(HandleProblem::Shared));
                    ports.len()
                })
            })
            .collect();
        drop(server);
        for thread in threads {
            assert_eq!(thread.join().unwrap(), 9);
        }
    }
    assert_eq!(router.calls(DISCONNECT), 200);
    assert_clean(router);
}
