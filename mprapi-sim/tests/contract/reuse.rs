//! A server that gives the handle of what has ended to what comes next.

use std::ptr::null_mut;
use std::time::Duration;

use mprapi_sim::{Scenario, Server, Session, Tunnel};
use mprapi_sys as sys;

use crate::call;
use crate::harness::{Open, connections, narrow, ports, record};

fn server() -> Server {
    Server::unique().ports(Tunnel::Ikev2, 2).reuse_handles(true)
}

fn anna() -> Session {
    Session::new("anna", Tunnel::Ikev2)
}

#[test]
fn the_next_connection_gets_the_handle_of_the_one_that_ended() {
    let open = Open::new(server().session(anna().stays_for(Duration::from_secs(60))));
    let before = connections(open.server)[0];
    let guid = |connection| {
        record::<sys::RAS_CONNECTION_2>(|buffer| {
            call!(MprAdminConnectionGetInfo(open.server, 2, connection, buffer))
        })
        .expect("it is there")
        .guid
    };
    let guid_before = guid(before.hConnection);
    assert!(open.router().drop_user("anna"));
    open.router().connect(&Session::new("ben", Tunnel::Ikev2)).expect("a free port");
    let after = connections(open.server)[0];
    assert_eq!(narrow(&after.wszUserName), "ben");
    assert_eq!((after.hConnection, after.hInterface), (before.hConnection, before.hInterface));
    assert_ne!(guid(after.hConnection).Data1, guid_before.Data1, "the GUID is its own");
    // What was to happen to the one does not happen to the other.
    open.router().advance(Duration::from_secs(600));
    assert_eq!(open.router().users(), ["ben"]);
}

#[test]
fn probation_ends_with_its_connection() {
    let session = anna().quarantine(mprapi_sim::Quarantine::Probation).probation(Duration::from_secs(60));
    let open = Open::new(server().session(session.clone()));
    assert!(open.router().drop_user("anna"));
    open.router().advance(Duration::from_secs(30));
    open.router().connect(&session).expect("a free port");
    open.router().advance(Duration::from_secs(59));
    assert_eq!(open.router().users(), ["anna"]);
    open.router().advance(Duration::from_secs(1));
    assert!(open.router().users().is_empty());
}

#[test]
fn a_handle_is_one_things_at_a_time() {
    let open = Open::new(server().ports(Tunnel::Sstp, 30));
    for round in 0..10 {
        for name in ["a", "b", "c"] {
            open.router().connect(&Session::new(name, Tunnel::Sstp)).expect("a free port");
        }
        let all = connections(open.server);
        let handles: std::collections::HashSet<_> =
            all.iter().flat_map(|one| [one.hConnection, one.hInterface]).collect();
        assert_eq!((all.len(), handles.len()), (round + 3, 2 * (round + 3)));
        assert!(["a", "c"].iter().all(|name| open.router().drop_user(name)));
    }
}

#[test]
fn ports_that_were_taken_away_give_their_handles_to_new_ones() {
    let open = Open::new(server().ports(Tunnel::Pptp, 4));
    let set = |pptp: u32| {
        let mut record = sys::MPR_SERVER_1 { dwNumPptpPorts: pptp, dwPptpPortFlags: 3, ..Default::default() };
        assert_eq!(call!(MprAdminServerSetInfo(open.server, 1, (&raw mut record).cast())), 0);
    };
    let handles = |open: &Open| ports(open.server).iter().map(|port| port.hPort).collect::<Vec<_>>();
    let before = handles(&open);
    set(2);
    assert_eq!(ports(open.server).len(), 4);
    set(4);
    assert_eq!(handles(&open), before);
}

#[test]
fn without_the_option_no_handle_is_given_twice() {
    let open = Open::new(server().reuse_handles(false).session(anna()));
    let before = connections(open.server)[0];
    assert!(open.router().drop_user("anna"));
    open.router().connect(&anna()).expect("a free port");
    let after = connections(open.server)[0];
    assert_ne!(after.hConnection, before.hConnection);
    assert_ne!(after.hInterface, before.hInterface);
    let code = call!(MprAdminConnectionClearStats(open.server, before.hConnection));
    assert_eq!(code, sys::ERROR_INVALID_PARAMETER);
}

#[test]
fn a_file_asks_for_it_too() {
    let text = "[[server]]\nname = \"again\"\nreuse-handles = true\n[[server.ports]]\ntunnel = \"sstp\"\ncount = 1\n";
    let server = Scenario::from_toml(text).expect("right").into_servers().remove(0);
    let open = Open::new(server.renamed(Server::unique().name()));
    let mut handles = std::collections::HashSet::new();
    for _ in 0..3 {
        open.router().connect(&Session::new("anna", Tunnel::Sstp)).expect("a free port");
        handles.insert(connections(open.server)[0].hConnection);
        assert!(open.router().drop_user("anna"));
    }
    assert_eq!(handles.len(), 1);
    assert!(!handles.contains(&null_mut()));
}

#[test]
fn the_next_interface_gets_the_handle_of_the_one_that_was_deleted() {
    let open = Open::new(server());
    let create = |name: &str| {
        let mut info = sys::MPR_INTERFACE_0 {
            fEnabled: 1,
            dwIfType: sys::ROUTER_IF_TYPE_FULL_ROUTER,
            ..Default::default()
        };
        let units = crate::harness::wide(name);
        info.wszInterfaceName[..units.len()].copy_from_slice(&units);
        let mut handle = null_mut();
        let code = call!(MprAdminInterfaceCreate(open.server, 0, (&raw mut info).cast(), &raw mut handle));
        assert_eq!(code, 0, "{name}");
        handle
    };
    let first = create("branch-1");
    assert_eq!(call!(MprAdminInterfaceDelete(open.server, first)), 0);
    assert_eq!(create("branch-2"), first);
    // A client's interface is one of them.
    assert_eq!(call!(MprAdminInterfaceDelete(open.server, first)), 0);
    open.router().connect(&anna()).expect("a free port");
    assert_eq!(connections(open.server)[0].hInterface, first);
}
