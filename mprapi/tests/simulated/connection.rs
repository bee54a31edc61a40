//! Connections at every level and by handle, against a simulated router.

use std::time::Duration;

use crate::common::{assert_clean, mpr};
use mprapi::sys::{
    RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_4,
    RAS_CONNECTION_EX,
};
use mprapi::{
    Authentication, ChapAlgorithm, ConnectionFlags, ConnectionHandle, ErrorKind, InterfaceType,
    PppLinkOptions, Projection, QuarantineState, Server, TunnelType,
};
use mprapi_sim::{Quarantine, Router, Session, Simulation, Tunnel, Windows};

fn office() -> Simulation {
    let session = |user: &str, tunnel| Session::new(user, tunnel).domain("CONTOSO").computer("PC");
    mprapi_sim::Server::unique()
        .ports(Tunnel::Ikev2, 4)
        .ports(Tunnel::Sstp, 4)
        .session(session("alice", Tunnel::Ikev2).bytes_received(5_000u32).bytes_sent(7_000u32))
        .session(session("bob", Tunnel::Sstp).quarantine(Quarantine::Probation))
        .session(session("carol", Tunnel::Sstp).quarantine(Quarantine::Restricted))
        .start()
}

fn handle<'s>(server: &'s Server, user: &str) -> ConnectionHandle<'s> {
    let connections = server.connections().unwrap();
    let id = connections.iter().find(|connection| *connection.user_name() == *user).unwrap().id();
    server.connection(id).unwrap()
}

fn server(router: &Router) -> Server {
    mpr().connect(Some(router.name())).unwrap()
}

#[test]
fn one_connection_is_the_same_at_every_level() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let alice = handle(&server, "alice");
    let zero = alice.info().unwrap();
    let one = alice.info_at::<RAS_CONNECTION_1>().unwrap();
    let two = alice.info_at::<RAS_CONNECTION_2>().unwrap();
    let three = alice.info_at::<RAS_CONNECTION_3>().unwrap();
    let ex = alice.info_at::<RAS_CONNECTION_EX>().unwrap();
    assert_eq!(zero.get().id(), alice.id());
    assert_eq!(one.get().id(), alice.id());
    assert_eq!(two.get().id(), alice.id());
    assert_eq!(three.get().id(), alice.id());
    assert_eq!(ex.get().id(), alice.id());
    assert_eq!(zero.get().user_name(), ex.get().user_name());
    assert_eq!(zero.get().interface(), one.get().interface());
    assert_eq!(zero.get().interface(), ex.get().interface());
    assert_eq!(two.get().user_name(), three.get().user_name());
    assert_eq!(zero.get().interface_type(), InterfaceType::Client);
    assert_eq!(two.get().guid(), three.get().guid());
    assert_eq!(two.get().guid(), ex.get().guid());
    assert!(!ex.get().guid().is_nil());
    let address = router.address_of("alice");
    assert!(address.is_some());
    assert_eq!(one.get().client_address(), address);
    assert_eq!(two.get().client_address(), address);
    assert_eq!(three.get().client_address(), address);
    assert_eq!(ex.get().client_address(), address);
    assert_eq!(one.get().statistics(), ex.get().statistics());
    assert_eq!(ex.get().statistics().bytes_received, 5_000);
    assert_eq!(*ex.get().remote_computer(), *"PC");
    drop((zero, one, two, three, ex));
    drop(server);
    assert_clean(router);
}

#[test]
fn an_enumeration_and_a_question_about_one_connection_agree() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    for connection in &server.connections_at::<RAS_CONNECTION_3>().unwrap() {
        let again = connection.handle().info_at::<RAS_CONNECTION_3>().unwrap();
        assert_eq!(again.get().guid(), connection.guid());
        assert_eq!(again.get().quarantine_state(), connection.quarantine_state());
    }
    drop(server);
    assert_clean(router);
}

#[test]
fn level_4_tells_the_tunnel_the_start_and_bytes_in_64_bits() {
    let simulation = mprapi_sim::Server::unique()
        .ports(Tunnel::Ikev2, 1)
        .ports(Tunnel::L2tp, 1)
        .session(Session::new("alice", Tunnel::Ikev2).bytes_received(5_000_000_000u64))
        .session(Session::new("bob", Tunnel::L2tp).connected_for(Duration::from_secs(60)))
        .start();
    let router = &simulation.routers()[0];
    let server = server(router);
    let connections = server.connections_at::<RAS_CONNECTION_4>().unwrap();
    let tunnels: Vec<_> = connections.iter().map(|connection| connection.tunnel()).collect();
    assert_eq!(tunnels, [TunnelType::Ikev2, TunnelType::L2tp]);
    let (alice, bob) = (connections.iter().next().unwrap(), connections.iter().nth(1).unwrap());
    assert_eq!(alice.statistics().bytes_received, 5_000_000_000);
    assert_eq!(alice.client_address(), router.address_of("alice"));
    assert!(matches!(alice.projection(), Projection::Ikev2(_)));
    assert!(matches!(bob.projection(), Projection::Ppp(_)));
    let earlier = alice.started_at().unwrap().duration_since(bob.started_at().unwrap()).unwrap();
    assert_eq!(earlier, Duration::from_secs(60));
    let ex = alice.handle().info_at::<RAS_CONNECTION_EX>().unwrap();
    assert_eq!(alice.guid(), ex.get().guid());
    assert_eq!(alice.interface(), ex.get().interface());
    assert_eq!(alice.remote_endpoint(), ex.get().remote_endpoint());
    drop(ex);
    drop(connections);
    drop(server);
    assert_clean(router);
}

#[test]
fn clearing_the_counters_starts_them_again() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let alice = handle(&server, "alice");
    alice.clear_statistics().unwrap();
    let after = alice.info_at::<RAS_CONNECTION_1>().unwrap().get().statistics();
    assert_eq!((after.bytes_received, after.bytes_sent), (0, 0));
    drop(server);
    assert_clean(router);
}

#[test]
fn what_was_negotiated_is_told_by_protocol() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let (alice, bob) = (handle(&server, "alice"), handle(&server, "bob"));
    let ex = alice.info_at::<RAS_CONNECTION_EX>().unwrap();
    assert!(ex.get().flags().contains(ConnectionFlags::IKEV2));
    assert_eq!(ex.get().switch_overs(), Some(0));
    let Projection::Ikev2(ikev2) = ex.get().projection() else { panic!("{:?}", ex.get().projection()) };
    assert_eq!(ikev2.ipv4.unwrap().client, router.address_of("alice"));
    let bobs = bob.info_at::<RAS_CONNECTION_EX>().unwrap();
    assert!(bobs.get().flags().contains(ConnectionFlags::PPP));
    assert_eq!(bobs.get().switch_overs(), None);
    let Projection::Ppp(ppp) = bobs.get().projection() else { panic!("{:?}", bobs.get().projection()) };
    let ends = ppp.ipv4.unwrap();
    assert_eq!(ends.client, router.address_of("bob"));
    assert!(ends.server.is_some() && ends.server != ends.client);
    let link = ppp.link.unwrap();
    assert_eq!(link.authentication(), Authentication::Chap(ChapAlgorithm::MsChapV2));
    assert!(link.local.options.contains(PppLinkOptions::PROTOCOL_FIELD_COMPRESSION));
    let three = bob.info_at::<RAS_CONNECTION_3>().unwrap();
    assert_eq!(three.get().link().unwrap(), link);
    assert_eq!(three.get().compression().unwrap(), ppp.compression.unwrap());
    assert_eq!(three.get().ipv4().unwrap(), ends);
    drop((ex, bobs, three));
    drop(server);
    assert_clean(router);
}

#[test]
fn who_is_on_probation_is_told_until_when_and_others_are_not() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let expected = [QuarantineState::Normal, QuarantineState::Probation, QuarantineState::Quarantine];
    let connections = server.connections_at::<RAS_CONNECTION_EX>().unwrap();
    let states: Vec<_> = connections.iter().map(|connection| connection.quarantine_state()).collect();
    assert_eq!(states, expected);
    let ends: Vec<_> = connections.iter().map(|connection| connection.probation_ends().is_some()).collect();
    assert_eq!(ends, [false, true, false]);
    let at_3 = handle(&server, "bob").info_at::<RAS_CONNECTION_3>().unwrap();
    let bob = connections.iter().nth(1).unwrap();
    assert_eq!(at_3.get().probation_ends(), bob.probation_ends());
    assert!(bob.flags().contains(ConnectionFlags::QUARANTINE));
    drop((connections, at_3));
    drop(server);
    assert_clean(router);
}

#[test]
fn a_quarantine_is_lifted_by_connection_and_by_address_and_only_once() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let (bob, carol) = (handle(&server, "bob"), handle(&server, "carol"));
    bob.remove_quarantine().unwrap();
    let error = bob.remove_quarantine().unwrap_err();
    assert_eq!((error.kind(), error.function()), (ErrorKind::NotFound, "MprAdminConnectionRemoveQuarantine"));
    server.remove_quarantine(router.address_of("carol").unwrap()).unwrap();
    let state = |connection: ConnectionHandle<'_>| {
        connection.info_at::<RAS_CONNECTION_3>().unwrap().get().quarantine_state()
    };
    assert_eq!([state(bob), state(carol)], [QuarantineState::Normal; 2]);
    let error = server.remove_quarantine([10, 99, 99, 99].into()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    drop(server);
    assert_clean(router);
}

#[test]
fn a_tunnel_that_moves_says_so() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let alice = handle(&server, "alice");
    let before = alice.info_at::<RAS_CONNECTION_EX>().unwrap();
    assert!(before.get().remote_endpoint().is_some() && before.get().local_endpoint().is_some());
    alice.update(3, "192.0.2.77".parse().unwrap(), "2001:db8::77".parse().unwrap()).unwrap();
    let after = alice.info_at::<RAS_CONNECTION_EX>().unwrap();
    assert_eq!(after.get().local_endpoint(), Some("192.0.2.77".parse().unwrap()));
    assert_eq!(after.get().remote_endpoint(), Some("2001:db8::77".parse().unwrap()));
    assert_eq!(after.get().switch_overs(), Some(1));
    drop((before, after));
    drop(server);
    assert_clean(router);
}

#[test]
fn a_message_is_sent_to_who_is_there() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let alice = handle(&server, "alice");
    alice.send_message("The server restarts at noon. Grüße").unwrap();
    assert!(router.drop_user("alice"));
    assert_eq!(alice.send_message("Anyone?").unwrap_err().kind(), ErrorKind::NotConnected);
    drop(server);
    assert_clean(router);
}

#[test]
fn a_connection_that_is_gone_is_an_error_of_whatever_is_asked() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = server(router);
    let alice = handle(&server, "alice");
    assert!(router.drop_user("alice"));
    let gone = |kind| matches!(kind, ErrorKind::NotConnected | ErrorKind::InvalidArgument);
    assert!(gone(alice.info().unwrap_err().kind()));
    assert!(gone(alice.info_at::<RAS_CONNECTION_EX>().unwrap_err().kind()));
    assert!(gone(alice.clear_statistics().unwrap_err().kind()));
    drop(server);
    assert_clean(router);
}

#[test]
fn a_connection_of_another_server_is_refused_before_anything_is_called() {
    let (one, two) = (office(), office());
    let (here, there) = (server(&one.routers()[0]), server(&two.routers()[0]));
    let id = handle(&there, "alice").id();
    assert_eq!(here.connection(id).unwrap_err().kind(), ErrorKind::InvalidArgument);
    assert_eq!(one.routers()[0].calls("MprAdminConnectionGetInfo"), 0);
}

#[test]
fn a_level_that_an_old_server_lacks_is_unsupported() {
    let simulation = mprapi_sim::Server::unique()
        .windows(Windows::Server2003)
        .ports(Tunnel::Pptp, 2)
        .session(Session::new("alice", Tunnel::Pptp).connected_for(Duration::from_secs(5)))
        .start();
    let router = &simulation.routers()[0];
    let server = server(router);
    let alice = handle(&server, "alice");
    assert!(alice.info_at::<RAS_CONNECTION_0>().is_ok());
    assert!(alice.info_at::<RAS_CONNECTION_2>().is_ok());
    assert_eq!(alice.info_at::<RAS_CONNECTION_3>().unwrap_err().kind(), ErrorKind::Unsupported);
    assert_eq!(alice.info_at::<RAS_CONNECTION_EX>().unwrap_err().kind(), ErrorKind::Unsupported);
    let error = server.connections_at::<RAS_CONNECTION_EX>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    let error = server.connections_at::<RAS_CONNECTION_4>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    drop(server);
    assert_clean(router);
}

#[test]
fn each_record_that_has_ipv6_tells_the_clients_address() {
    let address = "2001:db8:20::5".parse().unwrap();
    for tunnel in [Tunnel::Sstp, Tunnel::Ikev2] {
        let simulation = mprapi_sim::Server::unique()
            .ports(tunnel, 1)
            .session(Session::new("anna", tunnel).ipv6(address))
            .start();
        let server = mpr().connect(Some(simulation.routers()[0].name())).unwrap();
        let ex = server.connections_at::<RAS_CONNECTION_EX>().unwrap();
        assert_eq!(ex.iter().next().unwrap().client_ipv6(), Some(address));
        let four = server.connections_at::<RAS_CONNECTION_4>().unwrap();
        assert_eq!(four.iter().next().unwrap().client_ipv6(), Some(address));
        let three = server.connections_at::<RAS_CONNECTION_3>().unwrap();
        assert_eq!(three.iter().next().unwrap().client_ipv6(), Some(address));
        assert_eq!(server.sessions().unwrap()[0].ipv6, Some(address));
    }
}
