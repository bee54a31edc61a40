//! The tables of interfaces, addresses and routes agree: with each other, and with what the rest of the API says.

use std::collections::{BTreeMap, HashSet};
use std::net::Ipv4Addr;
use std::ptr::null_mut;

use mprapi_sim::{Interface, InterfaceKind, Route, Router, Scenario, Server, Session, Tunnel};
use mprapi_sys as sys;
use proptest::prelude::*;

use crate::call;
use crate::harness::{Open, connections, narrow, wide};

/// The tables of a router: names of interfaces by index, addresses and routes.
struct Tables {
    interfaces: BTreeMap<u32, String>,
    addresses: Vec<[u32; 6]>,
    routes: Vec<[u32; 14]>,
}

fn mib(router: &Router) -> sys::HANDLE {
    let mut handle = null_mut();
    assert_eq!(call!(MprAdminMIBServerConnect(wide(router.name()).as_mut_ptr(), &raw mut handle)), 0);
    handle
}

fn table<const N: usize>(mib: sys::HANDLE, variable: u32) -> Vec<[u32; N]> {
    let (mut answer, mut size, mut query) = (null_mut(), 0, [variable]);
    let (query, out) = (query.as_mut_ptr().cast(), &raw mut answer);
    assert_eq!(call!(MprAdminMIBEntryGet(mib, sys::PID_IP, 10_000, query, 4, out, &raw mut size)), 0);
    // SAFETY: the call handed out so many bytes.
    let numbers = unsafe { std::slice::from_raw_parts(answer.cast::<u32>(), size as usize / 4) };
    let rows: Vec<[u32; N]> = numbers[3..].as_chunks().0.to_vec();
    assert_eq!(rows.len(), numbers[2] as usize);
    assert_eq!(call!(MprAdminMIBBufferFree(answer)), 0);
    rows
}

impl Tables {
    fn of(router: &Router) -> Tables {
        let mib = mib(router);
        let name = |row: &[u32; 215]| {
            let units: Vec<u16> =
                row[..128].iter().flat_map(|two| [*two as u16, (*two >> 16) as u16]).collect();
            (row[128], narrow(&units))
        };
        let tables = Tables {
            interfaces: table(mib, 1).iter().map(name).collect(),
            addresses: table(mib, 4),
            routes: table(mib, 7),
        };
        call!(MprAdminMIBServerDisconnect(mib));
        tables
    }

    fn interface(&self, address: [u8; 4]) -> Option<&str> {
        let row = self.routes.iter().find(|row| row[0] == u32::from_ne_bytes(address))?;
        self.interfaces.get(&row[4]).map(String::as_str)
    }
}

fn address(number: u32) -> Ipv4Addr {
    Ipv4Addr::from(number.to_ne_bytes())
}

/// Checks the rules that every router keeps at any time.
fn agree(open: &Open) {
    let tables = Tables::of(open.router());
    let mut seen = HashSet::new();
    for [own, index, mask, ..] in &tables.addresses {
        assert!(tables.interfaces.contains_key(index), "the address {} is of no interface", address(*own));
        assert!(seen.insert(*own), "the address {} is there twice", address(*own));
        let network = address(own & mask);
        let own_network =
            |row: &[u32; 14]| row[0] == u32::from_ne_bytes(network.octets()) && row[4] == *index;
        assert!(tables.routes.iter().any(own_network), "no route to {network}");
    }
    let mut keys = HashSet::new();
    for row in &tables.routes {
        let destination = address(row[0]);
        assert!(tables.interfaces.contains_key(&row[4]), "the route to {destination} is over no interface");
        assert!(keys.insert((row[0], row[6], row[2], row[3])), "the route to {destination} is there twice");
        assert_eq!(row[0] & row[1], row[0], "{destination}");
    }
    // Everybody who has an address has a route: over the link, or over the interface that clients share.
    let internal = crate::tables::named(open, sys::ROUTER_IF_TYPE_INTERNAL);
    for connection in connections(open.server) {
        let user = narrow(&connection.wszUserName);
        let Some(own) = open.router().address_of(&user) else { continue };
        let over = match connection.dwInterfaceType {
            sys::ROUTER_IF_TYPE_CLIENT => internal.first().cloned(),
            _ => Some(narrow(&connection.wszInterfaceName)),
        };
        let first =
            connections(open.server).iter().filter(|one| narrow(&one.wszUserName) == user).count() == 1;
        if first {
            assert_eq!(tables.interface(own.octets()), over.as_deref(), "{user}");
        }
    }
    // The interfaces are those that the rest of the API lists, but for the clients'.
    let listed: HashSet<String> = listed(open)
        .iter()
        .filter(|one| one.dwIfType != sys::ROUTER_IF_TYPE_CLIENT)
        .map(|one| narrow(&one.wszInterfaceName))
        .collect();
    assert_eq!(tables.interfaces.into_values().collect::<HashSet<_>>(), listed);
}

fn listed(open: &Open) -> Vec<sys::MPR_INTERFACE_0> {
    crate::harness::Records::of(|buffer, read, total| {
        call!(MprAdminInterfaceEnum(open.server, 0, buffer, u32::MAX, read, total, null_mut()))
    })
    .list()
}

fn named(open: &Open, kind: sys::ROUTER_INTERFACE_TYPE) -> Vec<String> {
    let of_kind = |one: &&sys::MPR_INTERFACE_0| one.dwIfType == kind;
    listed(open).iter().filter(of_kind).map(|one| narrow(&one.wszInterfaceName)).collect()
}

fn connect(open: &Open, name: &str) -> u32 {
    call!(MprAdminInterfaceConnect(open.server, handle(open, name), null_mut(), 1))
}

fn handle(open: &Open, name: &str) -> sys::HANDLE {
    let mut handle = null_mut();
    let code = call!(MprAdminInterfaceGetHandle(open.server, wide(name).as_mut_ptr(), &raw mut handle, 0));
    assert_eq!(code, 0, "{name}");
    handle
}

fn link(name: &str) -> Interface {
    Interface::new(name, InterfaceKind::FullRouter)
}

fn lan(name: &str, address: [u8; 4], prefix: u8) -> Interface {
    Interface::new(name, InterfaceKind::Dedicated).address((address.into(), prefix))
}

fn route(destination: [u8; 4], prefix: u8, next_hop: [u8; 4]) -> Route {
    Route { destination: destination.into(), prefix, next_hop: next_hop.into(), metric: 5 }
}

fn guid_of(open: &Open, friendly: &str) -> String {
    let mut config = null_mut();
    let mut name = wide(open.router().name());
    assert_eq!(call!(MprConfigServerConnect(name.as_mut_ptr(), &raw mut config)), 0);
    let mut guid = [0; 64];
    let mut friendly = wide(friendly);
    assert_eq!(call!(MprConfigGetGuidName(config, friendly.as_mut_ptr(), guid.as_mut_ptr(), 128)), 0);
    call!(MprConfigServerDisconnect(config));
    narrow(&guid)
}

#[test]
fn the_tables_of_every_sample_agree() {
    for text in [
        include_str!("../../scenarios/five-servers.toml"),
        include_str!("../../scenarios/everything.toml"),
        include_str!("../../../tests/scenarios/office.toml"),
    ] {
        for server in Scenario::from_toml(text).expect("right").into_servers() {
            let server = server.renamed(Server::unique().name());
            let simulation = server.start();
            let Ok(handle) = crate::harness::connect(simulation.routers()[0].name()) else { continue };
            let open = Open { simulation, server: handle };
            open.router().heal();
            agree(&open);
        }
    }
    let open = Open::company();
    agree(&open);
    assert_eq!(connect(&open, "Branch Lyon"), 0);
    agree(&open);
    open.router().restart_service();
    agree(&open);
}

#[test]
fn a_route_leads_over_the_interface_whose_network_has_the_next_hop() {
    let open = Open::new(
        Server::unique()
            .ports(Tunnel::Ikev2, 4)
            .interface(Interface::new("Internal", InterfaceKind::Internal))
            .interface(lan("Wide", [192, 0, 0, 1], 16))
            .interface(lan("Outside", [192, 0, 2, 10], 24))
            .interface(link("Depot").connected(true))
            .session(Session::new("kim", Tunnel::Ikev2).address(Ipv4Addr::new(10, 20, 7, 7)))
            .route(route([198, 51, 100, 0], 24, [192, 0, 2, 1]))
            .route(route([198, 18, 0, 0], 15, [192, 0, 7, 1]))
            .route(route([203, 0, 113, 0], 24, [10, 20, 7, 7])),
    );
    agree(&open);
    let tables = Tables::of(open.router());
    let far_end = open.router().address_of("Depot").expect("the other end");
    assert_eq!(tables.interface(far_end.octets()), Some("Depot"));
    assert_eq!(tables.interface([10, 20, 7, 7]), Some("Internal"));
    assert_eq!(tables.interface([198, 51, 100, 0]), Some(&*guid_of(&open, "Outside")));
    assert_eq!(tables.interface([198, 18, 0, 0]), Some(&*guid_of(&open, "Wide")));
    assert_eq!(tables.interface([203, 0, 113, 0]), Some("Internal"));
    // What the interface had goes with it, and comes back.
    let disable = |enabled| {
        let mut info =
            crate::lab::Lab::interface_record(&guid_of(&open, "Outside"), sys::ROUTER_IF_TYPE_DEDICATED);
        info.fEnabled = enabled;
        let outside = handle(&open, &guid_of(&open, "Outside"));
        assert_eq!(call!(MprAdminInterfaceSetInfo(open.server, outside, 0, (&raw mut info).cast())), 0);
    };
    disable(0);
    agree(&open);
    assert_eq!(Tables::of(open.router()).interface([192, 0, 2, 0]), None);
    disable(1);
    assert!(Tables::of(open.router()).interface([192, 0, 2, 0]).is_some());
}

/// A route of `MIB_IPFORWARDROW`.
fn row(destination: [u8; 4], mask: [u8; 4], next_hop: [u8; 4], index: u32) -> [u32; 14] {
    let number = u32::from_ne_bytes;
    [number(destination), number(mask), 0, number(next_hop), index, 4, 3, 0, 0, 7, 0, 0, 0, 0]
}

#[test]
fn a_route_over_an_interface_that_is_not_there_cannot_be_created() {
    let open = Open::company();
    let tables = Tables::of(open.router());
    let there = *tables.interfaces.keys().next().expect("an interface");
    let mib = mib(open.router());
    let create = |row: [u32; 14]| {
        let mut entry = [&[8, 0][..], &row].concat();
        let (entry, size) = (entry.as_mut_ptr().cast(), 64);
        call!(MprAdminMIBEntryCreate(mib, sys::PID_IP, 10_000, entry, size))
    };
    let to = |index, mask| row([198, 51, 100, 0], mask, [192, 0, 2, 1], index);
    for index in [0, u32::MAX, 424_242] {
        assert_eq!(create(to(index, [255, 255, 255, 0])), sys::ERROR_INVALID_PARAMETER, "{index}");
    }
    assert_eq!(create(to(there, [255, 0, 255, 0])), sys::ERROR_INVALID_PARAMETER, "that is no mask");
    assert_eq!(create(to(there, [255, 0, 0, 0])), sys::ERROR_INVALID_PARAMETER, "that is not its network");
    assert_eq!(create(to(there, [255, 255, 255, 0])), 0);
    call!(MprAdminMIBServerDisconnect(mib));
    agree(&open);
    assert!(Tables::of(open.router()).interface([198, 51, 100, 0]).is_some());
}

#[test]
fn routes_of_an_interface_are_there_while_it_is_connected_until_others_are_set() {
    let open = Open::new(
        Server::unique()
            .ports(Tunnel::Ikev2, 2)
            .interface(link("Depot"))
            .route_over("depot", route([203, 0, 113, 0], 24, [0, 0, 0, 0])),
    );
    // Of the older layout one route, of the newer two; the last has IPv6 and no row.
    let old = row([198, 51, 100, 0], [255, 255, 255, 0], [0; 4], 0).to_vec();
    let new = |v4: u32| {
        let old = row([192, 0, 2, 0], [255, 255, 255, 0], [0; 4], 0);
        let mut new = vec![old[0], old[1], 0, old[3], 0, 0, 9];
        new.resize(12, 0);
        new.extend([0, 4, 10_006, 0, 3, v4]);
        new
    };
    let depot = handle(&open, "Depot");
    let set = |items: &[Vec<u32>]| {
        let (size, count) = (4 * items[0].len() as u32, items.len() as u32);
        let mut block = vec![1, 32 + size * count, 1, 0xFFFF_0005, size, count, 32, 0];
        block.extend(items.concat());
        let (pointer, size) = (block.as_mut_ptr().cast(), block[1]);
        assert_eq!(
            call!(MprAdminInterfaceTransportSetInfo(open.server, depot, sys::PID_IP, pointer, size)),
            0
        );
    };
    let over = |destination| Tables::of(open.router()).interface(destination).map(str::to_owned);
    assert_eq!(over([203, 0, 113, 0]), None);
    assert_eq!(connect(&open, "Depot"), 0);
    assert_eq!(over([203, 0, 113, 0]).as_deref(), Some("Depot"));
    agree(&open);
    assert_eq!(call!(MprAdminInterfaceDisconnect(open.server, depot)), 0);
    for (items, destination) in [(vec![old], [198, 51, 100, 0]), (vec![new(1), new(0)], [192, 0, 2, 0])] {
        set(&items);
        assert_eq!((over(destination), over([203, 0, 113, 0])), (None, None));
        assert_eq!(connect(&open, "Depot"), 0);
        assert_eq!((over(destination).as_deref(), over([203, 0, 113, 0])), (Some("Depot"), None));
        agree(&open);
        assert_eq!(call!(MprAdminInterfaceDisconnect(open.server, depot)), 0);
        agree(&open);
    }
    assert_eq!(over([192, 0, 2, 0]), None);
}

/// The layout is written by hand, from MS-RRASM 2.2.1.2.11.
#[test]
fn static_routes_are_in_the_settings_of_their_interface() {
    let open = Open::new(
        Server::unique()
            .ports(Tunnel::Ikev2, 2)
            .interface(lan("Wide", [192, 0, 0, 1], 16))
            .interface(lan("Outside", [192, 0, 2, 10], 24).disabled(true))
            .interface(link("Depot"))
            .route(route([198, 51, 100, 0], 24, [192, 0, 7, 1]))
            .route(route([198, 18, 0, 0], 15, [192, 0, 2, 1]))
            .route_over("depot", route([203, 0, 113, 0], 24, [0, 0, 0, 0])),
    );
    let info_of = |interface: &str| {
        let handle = handle(&open, interface);
        let (mut info, mut size) = (null_mut(), 0);
        let code = call!(MprAdminInterfaceTransportGetInfo(
            open.server,
            handle,
            sys::PID_IP,
            &raw mut info,
            &raw mut size
        ));
        assert_eq!(code, 0, "{interface}");
        // SAFETY: the call has left so many bytes.
        let bytes = unsafe { std::slice::from_raw_parts(info, size as usize) }.to_vec();
        assert_eq!(call!(MprAdminBufferFree(info.cast())), 0);
        let numbers = bytes.as_chunks::<4>().0.iter().map(|number| u32::from_ne_bytes(*number));
        numbers.collect::<Vec<u32>>()
    };
    let block = |fields: [u32; 18]| {
        let mut block = vec![1, 32 + 72, 1, 0xFFFF_0005, 72, 1, 32, 0];
        block.extend(fields);
        block
    };
    let number = u32::from_ne_bytes;
    const UNUSED: u32 = u32::MAX;
    let info = info_of("Depot");
    let (net, mask) = (number([203, 0, 113, 0]), number([255, 255, 255, 0]));
    let fields = [net, mask, 0, 0, 0, 0, 5, UNUSED, UNUSED, 0, 0, 0, info[20], 3, 10_006, 0, 3, 1];
    assert_eq!(info, block(fields));

    let info = info_of(&guid_of(&open, "Wide"));
    let (net, hop) = (number([198, 51, 100, 0]), number([192, 0, 7, 1]));
    let fields = [net, mask, 0, hop, 0, 0, 5, UNUSED, UNUSED, 0, 0, 0, info[20], 4, 10_006, 0, 3, 1];
    assert_eq!(info, block(fields));
    let tables = Tables::of(open.router());
    assert!(tables.interfaces.contains_key(&info[20]), "the index of the interface");
    assert_eq!(tables.interface([198, 18, 0, 0]), None, "its interface is disabled");

    // The functions of the MIB change the route where it is: its metric, and then everything.
    let mib = mib(open.router());
    let wide_index = info[20];
    let mut entry = [8, 0, net, mask, 0, hop, wide_index, 4, 10_006, 0, 0, 6, 0, 0, 0, 0];
    let pointer = entry.as_mut_ptr().cast();
    assert_eq!(call!(MprAdminMIBEntrySet(mib, sys::PID_IP, 10_000, pointer, 64)), 0);
    let info = info_of(&guid_of(&open, "Wide"));
    assert_eq!((info[8], info[14]), (net, 6));
    let mut query = [8, net, 10_006, 0, hop];
    let mut delete = || {
        let pointer = query.as_mut_ptr().cast();
        call!(MprAdminMIBEntryDelete(mib, sys::PID_IP, 10_000, pointer, 20))
    };
    assert_eq!((delete(), delete()), (0, sys::ERROR_NOT_FOUND));
    assert_eq!(info_of(&guid_of(&open, "Wide"))[..6], [1, 32, 1, 0xFFFF_0005, 72, 0]);
    call!(MprAdminMIBServerDisconnect(mib));
}

#[test]
fn an_address_is_given_to_one_client_at_a_time() {
    let open = Open::new(Server::unique().ports(Tunnel::Sstp, 5));
    let connect = |name: &str, wish: Option<[u8; 4]>| {
        let session = Session::new(name, Tunnel::Sstp).address(wish.map(Ipv4Addr::from));
        open.router().connect(&session).expect("a free port");
        open.router().address_of(name).expect("an address")
    };
    let (a, b) = (connect("a", None), connect("b", None));
    assert!(open.router().drop_user("a"));
    let c = connect("c", None);
    assert!(c != b, "{a} {b} {c}");
    let wished = connect("d", Some([10, 20, 0, 5]));
    assert!(![b, c, wished].contains(&connect("e", None)));
    agree(&open);
}

#[test]
fn a_client_may_have_ipv6_alone() {
    let text = "[[server]]\nname = \"v6\"\ntransports = [\"ip\", \"ipv6\"]\n\
        [[server.ports]]\ntunnel = \"sstp\"\ncount = 2\n\
        [[server.interface]]\nname = \"Internal\"\nkind = \"internal\"\n\
        [[server.session]]\nuser = \"six\"\ntunnel = \"sstp\"\nipv6 = \"2001:db8::6\"\nwithout-ipv4 = true\n\
        [[server.session]]\nuser = \"both\"\ntunnel = \"sstp\"\nipv6 = \"2001:db8::7\"\n";
    let server = Scenario::from_toml(text).expect("right").into_servers().remove(0);
    let open = Open::new(server.renamed(Server::unique().name()));
    assert_eq!(open.router().address_of("six"), None);
    assert!(open.router().address_of("both").is_some());
    agree(&open);
    let of = |connection| {
        crate::harness::record::<sys::RAS_CONNECTION_3>(|buffer| {
            call!(MprAdminConnectionGetInfo(open.server, 3, connection, buffer))
        })
        .expect("it is there")
        .PppInfo3
    };
    let [six, both] = connections(open.server)[..] else { panic!("two") };
    let (six, both) = (of(six.hConnection), of(both.hConnection));
    assert_eq!((six.ip.dwError, narrow(&six.ip.wszRemoteAddress)), (720, String::new()));
    assert_eq!(six.ipv6.bRemoteInterfaceIdentifier, [0, 0, 0, 0, 0, 0, 0, 6]);
    assert_eq!(both.ip.dwError, 0);
    let without = text.replace("ipv6 = \"2001:db8::6\"\n", "");
    let error = Scenario::from_toml(&without).expect_err("no address at all");
    assert_eq!(error.line(), Some(10), "{error}");
}

fn any_server() -> impl Strategy<Value = Server> {
    let interfaces = proptest::collection::vec((0..4_u8, 0..40_u8, 8..=30_u8, any::<bool>()), 0..6);
    let sessions = proptest::collection::vec((0..40_u8, any::<bool>(), any::<bool>()), 0..6);
    let routes = proptest::collection::vec((0..40_u8, 0..40_u8, 0..=32_u8), 0..6);
    (interfaces, sessions, routes, any::<bool>()).prop_map(|(interfaces, sessions, routes, reuses)| {
        let mut server = Server::unique().ports(Tunnel::Ikev2, 20).reuse_handles(reuses);
        for (number, (kind, last, prefix, up)) in interfaces.into_iter().enumerate() {
            let name = format!("if{number}");
            server = server.interface(match kind {
                0 => Interface::new(name, InterfaceKind::Internal),
                1 => link(&name).connected(up),
                2 => link(&name).connected(up).address((Ipv4Addr::new(10, 9, 0, last), 32)),
                _ => lan(&name, [10, 8, last, 1], prefix).disabled(!up),
            });
        }
        for (number, (last, has_address, without)) in sessions.into_iter().enumerate() {
            let session = Session::new(format!("user{number}"), Tunnel::Ikev2)
                .address(has_address.then(|| Ipv4Addr::new(10, 20, 0, last)))
                .ipv6(without.then_some(std::net::Ipv6Addr::LOCALHOST))
                .without_ipv4(without && !has_address);
            server = server.session(session);
        }
        for (to, hop, prefix) in routes {
            server = server.route(route([172, 16, to, 9], prefix, [10, 8, hop, 7]));
        }
        server
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_tables_of_any_router_that_starts_agree(server in any_server(), steps in proptest::collection::vec(any::<u8>(), 0..12)) {
        let Ok(simulation) = Scenario::new().server(server).try_start() else { return Ok(()) };
        let handle = crate::harness::connect(simulation.routers()[0].name()).expect("answers");
        let open = Open { simulation, server: handle };
        agree(&open);
        for step in steps {
            let name = format!("if{}", step % 6);
            let mut handle = null_mut();
            let found = call!(MprAdminInterfaceGetHandle(open.server, wide(&name).as_mut_ptr(), &raw mut handle, 0)) == 0;
            match step / 6 % 5 {
                0 if found => drop(call!(MprAdminInterfaceConnect(open.server, handle, null_mut(), 1))),
                1 if found => drop(call!(MprAdminInterfaceDisconnect(open.server, handle))),
                2 if found => drop(call!(MprAdminInterfaceDelete(open.server, handle))),
                3 => drop(open.router().drop_user(&format!("user{}", step % 6))),
                _ => drop(open.router().connect(&Session::new(format!("new{step}"), Tunnel::Ikev2))),
            }
            agree(&open);
        }
        open.router().restart_service();
        agree(&open);
    }
}
