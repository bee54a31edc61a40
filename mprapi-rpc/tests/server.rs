//! The server's half over the simulator: requests in, answers out, and nothing left behind.

use mprapi_rpc::dimsvc::{
    Answer, Call, ConnectionEnumAnswer, ConnectionEnumRequest, ConnectionGetInfoRequest,
    ConnectionNotificationRequest, InterfaceConnectRequest, InterfaceCreateRequest, InterfaceEnumRequest,
    InterfaceGetCredentialsLocalRequest, InterfaceGetHandleRequest, InterfaceGetInfoRequest,
    InterfaceSetCredentialsLocalRequest, Message, MibEntryContainer, MibEntryGetFirstRequest, OPERATIONS,
    PortDisconnectRequest, PortEnumRequest, PortGetInfoRequest, Request, SendUserMessageRequest,
    ServerGetInfoRequest,
};
use mprapi_rpc::ndr::{Counted, Source};
use mprapi_rpc::pdu::Fault;
use mprapi_rpc::record::{self, Held, Layout, write};
use mprapi_rpc::server::Server;
use mprapi_sim::{Interface, InterfaceKind, Router, Session, Simulation, Tunnel};
use mprapi_sys as sys;
use proptest::prelude::*;

fn office() -> Simulation {
    let mut server = mprapi_sim::Server::unique().ports(Tunnel::Ikev2, 4).ports(Tunnel::Sstp, 4);
    for user in ["alice", "bob", "carol"] {
        server = server.session(Session::new(user, Tunnel::Sstp).domain("CONTOSO"));
    }
    server.interface(Interface::new("Lyon", InterfaceKind::FullRouter)).start()
}

fn served(router: &Router) -> Server {
    let name: Vec<u16> = router.name().encode_utf16().collect();
    Server::new(mprapi_sim::table(), Some(&name))
}

fn call<R: Call>(server: &Server, request: R) -> R::Answer {
    let stub = server.answer(R::OPNUM, &request.encode()).unwrap();
    R::Answer::decode(&stub).unwrap()
}

fn assert_clean(server: Server, router: &Router) {
    drop(server);
    assert!(router.outstanding().is_nothing(), "outstanding: {:?}", router.outstanding());
    assert_eq!(router.violations(), []);
}

fn connections(level: u32, preferred_length: u32, resume: Option<u32>) -> ConnectionEnumRequest {
    ConnectionEnumRequest { level, info: Counted::NULL, preferred_length, resume }
}

fn ports(connection: u32) -> PortEnumRequest {
    PortEnumRequest { level: 0, connection, info: Counted::NULL, preferred_length: u32::MAX, resume: None }
}

#[test]
fn an_unknown_operation_and_a_wrong_stub_are_faults() {
    let server = Server::new(mprapi_sim::table(), None);
    assert_eq!(server.answer(53, &[]), Err(Fault::OPERATION_UNKNOWN));
    assert_eq!(server.answer(u16::MAX, &[0; 100]), Err(Fault::OPERATION_UNKNOWN));
    assert_eq!(server.answer(1, &[0; 3]), Err(Fault::BAD_STUB));
}

#[test]
fn connections_are_listed_at_each_level_in_the_layout_that_is_asked_for() {
    let simulation = office();
    let router = &simulation.routers()[0];
    for (layout, sizes) in
        [(Layout::IDL, [1116, 272, 828, 788, 1680]), (Layout::HEADER, [1116, 288, 844, 788, 1680])]
    {
        let server = served(router).with_layout(layout);
        for (level, size) in sizes.into_iter().enumerate() {
            let answer = call(&server, connections(level as u32, u32::MAX, Some(0)));
            assert_eq!((answer.code, answer.entries_read, answer.total_entries), (0, 3, 3));
            assert_eq!(answer.info.elements().len(), 3 * size, "level {level}");
            assert_eq!(answer.resume, Some(0));
        }
        let unknown = call(&server, connections(5, u32::MAX, None));
        assert_eq!((unknown.code, unknown.entries_read, unknown.info), (124, 0, Counted::NULL));
        assert_clean(server, router);
    }
}

fn read_users(answer: &ConnectionEnumAnswer) -> Vec<(u32, String)> {
    let read =
        record::read::<sys::RAS_CONNECTION_0>(answer.info.elements(), answer.entries_read as usize).unwrap();
    let user = |held: &Held<sys::RAS_CONNECTION_0>| {
        let name: Vec<u16> = held.record.wszUserName.into_iter().take_while(|unit| *unit != 0).collect();
        (held.record.hConnection.addr() as u32, String::from_utf16(&name).unwrap())
    };
    read.records.iter().map(user).collect()
}

#[test]
fn pages_go_on_with_the_resume_handle_until_all_is_told() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = served(router);
    let (mut users, mut resume, mut codes) = (Vec::new(), Some(0), Vec::new());
    loop {
        let answer = call(&server, connections(0, 1, resume));
        assert_eq!(answer.entries_read, 1);
        users.extend(read_users(&answer));
        codes.push(answer.code);
        resume = answer.resume;
        if answer.code != 234 {
            break;
        }
    }
    assert_eq!(codes, [234, 234, 0]);
    assert_eq!(users.iter().map(|(_, user)| user.as_str()).collect::<Vec<_>>(), ["alice", "bob", "carol"]);
    for (connection, user) in users {
        let answer = call(&server, ConnectionGetInfoRequest { level: 2, connection });
        let read = record::read::<sys::RAS_CONNECTION_2>(answer.info.elements(), 1).unwrap();
        assert!(read.records[0].record.wszUserName.starts_with(&user.encode_utf16().collect::<Vec<_>>()));
        let message = "go home".into();
        assert_eq!(call(&server, SendUserMessageRequest { connection, message }).code, 0);
        assert_eq!(router.messages_to(&user), ["go home"]);
    }
    assert_clean(server, router);
}

#[test]
fn a_port_is_disconnected_by_the_handle_that_a_list_has() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = served(router);
    let all = call(&server, ports(u32::MAX));
    assert_eq!(all.entries_read, 8);
    let (bob, _) = read_users(&call(&server, connections(0, u32::MAX, None)))[1];
    let answer = call(&server, ports(bob));
    let port = record::read::<sys::RAS_PORT_0>(answer.info.elements(), 1).unwrap().records[0].record;
    assert_eq!(port.hConnection.addr(), bob as usize);
    let port = port.hPort.addr() as u32;
    let info = call(&server, PortGetInfoRequest { level: 1, port });
    assert_eq!((info.code, info.info.elements().len()), (0, 64));
    assert_eq!(call(&server, PortDisconnectRequest { port }).code, 0);
    assert_eq!(router.users(), ["alice", "carol"]);
    assert_ne!(call(&server, PortDisconnectRequest { port }).code, 0);
    assert_clean(server, router);
}

#[test]
fn an_interface_is_created_in_either_layout_and_read_again() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = served(router);
    for (layout, name) in [(Layout::IDL, "Oslo"), (Layout::WIDE, "Rome")] {
        let mut held = Held::<sys::MPR_INTERFACE_0>::default();
        for (unit, place) in name.encode_utf16().zip(&mut held.record.wszInterfaceName) {
            *place = unit;
        }
        held.record.dwIfType = sys::ROUTER_IF_TYPE_FULL_ROUTER;
        held.record.fEnabled = 1;
        let info = write(&[held], layout).unwrap().into();
        let created = call(&server, InterfaceCreateRequest { level: 0, info, interface: 0 });
        assert_eq!(created.code, 0);
        let interface = created.interface;
        let found =
            call(&server, InterfaceGetHandleRequest { name: name.into(), interface: 0, include_clients: 0 });
        assert_eq!((found.code, found.interface), (0, interface));
        let got = call(&server, InterfaceGetInfoRequest { level: 2, info: Counted::NULL, interface });
        let mut read = record::read::<sys::MPR_INTERFACE_2>(got.info.elements(), 1).unwrap();
        assert_eq!(read.layout, Layout::IDL);
        // A client that writes in another layout is understood too.
        read.records[0].record.ipaddr = 7;
        read.records[0].behind.alternates = Some("10\x0020\0\0".encode_utf16().collect());
        let info = write(&read.records, layout).unwrap().into();
        let request = mprapi_rpc::dimsvc::InterfaceSetInfoRequest { level: 2, info, interface };
        assert_eq!(call(&server, request).code, 0);
        let got = call(&server, InterfaceGetInfoRequest { level: 2, info: Counted::NULL, interface });
        let again = record::read::<sys::MPR_INTERFACE_2>(got.info.elements(), 1).unwrap();
        assert_eq!(again.records[0].record.ipaddr, 7);
        assert_eq!(again.records[0].behind, read.records[0].behind);
    }
    let answer = call(
        &server,
        InterfaceEnumRequest { level: 0, info: Counted::NULL, preferred_length: u32::MAX, resume: None },
    );
    assert_eq!(answer.info.elements().len(), 540 * answer.entries_read as usize);
    let wrong = InterfaceCreateRequest { level: 0, info: vec![0; 541].into(), interface: 0 };
    assert_eq!(call(&server, wrong).code, 87);
    assert_clean(server, router);
}

#[test]
fn an_event_is_an_invalid_handle() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = served(router);
    assert_eq!(call(&server, ConnectionNotificationRequest { register: 1, process: 4, event: 8 }).code, 6);
    let connect = InterfaceConnectRequest { interface: 1, event: 8, blocking: 0, process: 4 };
    assert_eq!(call(&server, connect).code, 6);
    assert_clean(server, router);
}

#[test]
fn credentials_of_an_interface_come_back() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = served(router);
    let set = InterfaceSetCredentialsLocalRequest {
        interface: "Lyon".into(),
        user_name: "hub".into(),
        domain: "CONTOSO".into(),
        password: mprapi_rpc::ndr::Password { text: "secret".into() },
    };
    assert_eq!(call(&server, set).code, 0);
    let got = call(&server, InterfaceGetCredentialsLocalRequest { interface: "Lyon".into() });
    assert_eq!(got.code, 0);
    assert_eq!((got.user_name, got.domain), (Some("hub".into()), Some("CONTOSO".into())));
    assert_eq!(got.password.unwrap().text, "secret".into());
    let unknown = call(&server, InterfaceGetCredentialsLocalRequest { interface: "Rome".into() });
    assert_ne!(unknown.code, 0);
    assert_eq!(unknown.user_name, None);
    assert_clean(server, router);
}

#[test]
fn a_management_variable_is_read_and_its_buffer_goes_back() {
    let simulation = office();
    let router = &simulation.routers()[0];
    let server = served(router);
    // The number of interfaces (IF_NUMBER) of the IP router manager.
    let entry = MibEntryContainer { entry_in: 0_u32.to_ne_bytes().to_vec().into(), entry_out: Counted::NULL };
    let request = MibEntryGetFirstRequest { protocol: 0x21, routing_protocol: 10_000, entry };
    let answer = call(&server, request.clone());
    assert_eq!(answer.code, 0);
    assert_eq!(answer.entry.entry_out.elements().len(), 12);
    let wrong = call(&server, MibEntryGetFirstRequest { protocol: 0x77, ..request });
    assert_ne!(wrong.code, 0);
    assert_eq!(wrong.entry.entry_out, Counted::NULL);
    assert_clean(server, router);
}

#[test]
fn a_server_that_cannot_be_reached_is_the_code_of_each_operation() {
    let simulation = office();
    let router = &simulation.routers()[0];
    router.set_reachable(false);
    let server = served(router);
    assert_eq!(server.connect(), Err(1722));
    assert_eq!(call(&server, ServerGetInfoRequest { level: 0 }).code, 1722);
    router.set_reachable(true);
    assert_eq!(call(&server, ServerGetInfoRequest { level: 0 }).code, 0);
    assert_clean(server, router);
}

#[test]
fn a_function_that_the_back_end_lacks_is_not_implemented() {
    let server = Server::new(sys::Mprapi::from_functions(sys::Functions::NONE), None);
    assert_eq!(call(&server, ServerGetInfoRequest { level: 0 }).code, 120);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Sends each operation a request of arbitrary fields, and the stub of one cut off.
    #[test]
    fn any_request_of_any_operation_has_an_answer_and_leaves_nothing(
        bytes in proptest::collection::vec(any::<u8>(), 0..2000), cut in any::<u16>(),
    ) {
        let simulation = office();
        let router = &simulation.routers()[0];
        let server = served(router);
        for operation in &OPERATIONS {
            // Connecting waits for an attempt that nobody ends.
            if operation.opnum == 21 || operation.opnum == 23 {
                continue;
            }
            let request = Request::fill(operation.opnum, &mut Source::new(&bytes)).unwrap();
            let stub = request.encode();
            let answer = server.answer(operation.opnum, &stub).unwrap();
            let answer = Answer::decode(operation.opnum, &answer).unwrap();
            prop_assert_eq!(answer.opnum(), operation.opnum);
            let _ = server.answer(operation.opnum, &stub[..usize::from(cut) % (stub.len() + 1)]);
        }
        assert_clean(server, router);
    }
}
