//! The client's half: over the simulator in memory, and over transports that answer what they like.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ptr::null_mut;
use std::sync::{Arc, Mutex};

use mprapi_rpc::client::{self, InMemory, Library, Network, Purpose, Transport, TransportError};
use mprapi_rpc::dimsvc::{
    Answer, ConnectionEnumAnswer, ConnectionEnumExAnswer, ConnectionEx, ConnectionEx1,
    ConnectionGetInfoExAnswer, ConnectionPage, InterfaceContainer, MibEntryContainer, MibEntryGetAnswer,
    OPERATIONS, ServerEx, ServerEx3, ServerGetInfoAnswer, ServerGetInfoExAnswer,
    TransportGetGlobalInfoAnswer,
};
use mprapi_rpc::ndr::{Counted, Ndr, Source};
use mprapi_rpc::pdu::Fault;
use mprapi_rpc::record::Layout;
use mprapi_rpc::server::Server;
use mprapi_sim::{Interface, InterfaceKind, Session, Simulation, Tunnel};
use mprapi_sys as sys;
use mprapi_sys::{Function, HANDLE, MPR_INTERFACE_0, MPR_INTERFACE_2, Mprapi, RAS_CONNECTION_0};
use proptest::prelude::*;

struct Simulator;

impl Library for Simulator {
    fn table() -> Mprapi {
        mprapi_sim::table()
    }
}

/// A network on which the next connection of this thread gets the transport that the test has put there.
struct Given;

thread_local! {
    static NEXT: RefCell<Option<Arc<dyn Transport>>> = const { RefCell::new(None) };
}

impl Network for Given {
    fn connect(_: Option<&[u16]>, _: Purpose) -> Result<Arc<dyn Transport>, u32> {
        NEXT.take().ok_or(1722)
    }
}

/// Connects to a transport.
fn given(transport: impl Transport + 'static) -> (Mprapi, HANDLE) {
    NEXT.set(Some(Arc::new(transport)));
    let (table, mut handle) = (client::table::<Given>(), null_mut());
    // SAFETY: the place takes what is written.
    assert_eq!(unsafe { table.MprAdminServerConnect(null_mut(), &mut handle) }, Ok(0));
    (table, handle)
}

fn close(table: &Mprapi, handle: HANDLE) {
    // SAFETY: any value is good.
    unsafe { table.MprAdminServerDisconnect(handle) }.unwrap();
}

fn served(simulation: &Simulation) -> Server {
    let name: Vec<u16> = simulation.routers()[0].name().encode_utf16().collect();
    Server::new(mprapi_sim::table(), Some(&name))
}

fn office() -> mprapi_sim::Server {
    mprapi_sim::Server::unique()
        .ports(Tunnel::Sstp, 4)
        .session(Session::new("alice", Tunnel::Sstp))
        .session(Session::new("bob", Tunnel::Sstp))
}

/// Reads a page of connections at level 0. Returns the code, the buffer and the number of records in it.
fn connections(table: &Mprapi, server: HANDLE) -> (u32, *mut u8, u32) {
    let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
    // SAFETY: the places take what is written.
    let code = unsafe {
        table.MprAdminConnectionEnum(server, 0, &mut buffer, u32::MAX, &mut read, &mut total, null_mut())
    };
    (code.unwrap(), buffer, read)
}

fn free(table: &Mprapi, buffer: *mut u8) -> u32 {
    // SAFETY: any pointer is good: the table knows its own.
    unsafe { table.MprAdminBufferFree(buffer.cast()) }.unwrap()
}

#[test]
fn a_buffer_is_freed_once_and_by_its_own_function() {
    let simulation = office().start();
    let (table, server) = given(served(&simulation));
    let (code, buffer, read) = connections(&table, server);
    assert_eq!((code, read), (0, 2));
    // SAFETY: there are two records.
    let first = unsafe { buffer.cast::<RAS_CONNECTION_0>().read() };
    assert!(first.wszUserName.starts_with(&"alice\0".encode_utf16().collect::<Vec<_>>()));
    // SAFETY: any pointer is good: the table knows its own.
    assert_eq!(unsafe { table.MprAdminMIBBufferFree(buffer.cast()) }, Ok(87));
    assert_eq!(free(&table, buffer.wrapping_add(8)), 87);
    assert_eq!(free(&table, buffer), 0);
    assert_eq!(free(&table, buffer), 87);
    let mut foreign = 0_u64;
    assert_eq!(free(&table, (&raw mut foreign).cast()), 87);
    close(&table, server);
    assert!(simulation.routers()[0].outstanding().is_nothing());
}

#[test]
fn a_handle_that_is_closed_or_of_another_kind_is_an_invalid_binding() {
    let simulation = office().start();
    let (table, server) = given(served(&simulation));
    // SAFETY: any handle is good, and so is a null place behind it.
    let not_mib = unsafe { table.MprAdminMIBEntrySet(server, 0x21, 10_000, null_mut(), 0) };
    assert_eq!(not_mib, Ok(1702));
    close(&table, server);
    close(&table, server);
    assert_eq!(connections(&table, server).0, 1702);
    assert_eq!(connections(&table, null_mut()).0, 1702);
    assert!(simulation.routers()[0].outstanding().is_nothing());
}

/// A server that does not say which layout it has, and whose requests are kept.
struct Hidden {
    server: Server,
    sent: Arc<Mutex<Vec<(u16, usize)>>>,
}

impl Transport for Hidden {
    fn call(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.sent.lock().unwrap().push((opnum, stub.len()));
        Ok(self.server.answer(opnum, stub)?)
    }
}

fn entry(name: &str) -> MPR_INTERFACE_2 {
    let mut record =
        MPR_INTERFACE_2 { dwIfType: sys::ROUTER_IF_TYPE_FULL_ROUTER, fEnabled: 1, ..Default::default() };
    let put = |place: &mut [u16], text: &str| {
        for (place, unit) in place.iter_mut().zip(text.encode_utf16()) {
            *place = unit;
        }
    };
    put(&mut record.wszInterfaceName, name);
    put(&mut record.szLocalPhoneNumber, "vpn.example.com");
    put(&mut record.szDeviceType, "vpn");
    (record.dwType, record.dwVpnStrategy) = (2, 7);
    record
}

fn create(table: &Mprapi, server: HANDLE, mut record: MPR_INTERFACE_2) -> u32 {
    let mut interface = null_mut();
    let record = (&raw mut record).cast();
    // SAFETY: the record is that of level 2, and the place takes what is written.
    unsafe { table.MprAdminInterfaceCreate(server, 2, record, &mut interface) }.unwrap()
}

const CREATE: u16 = 12;

#[test]
fn a_record_of_an_uncertain_layout_is_written_only_in_the_one_that_the_server_has_shown() {
    for (layout, size) in [(Layout::IDL, 2468), (Layout::WIDE, 2488)] {
        let simulation = office().start();
        let sent = Arc::<Mutex<Vec<_>>>::default();
        let hidden = || Hidden { server: served(&simulation).with_layout(layout), sent: sent.clone() };
        let (table, server) = given(hidden());
        assert_eq!(create(&table, server, entry("Oslo")), 50, "nothing has shown the layout");
        assert!(sent.lock().unwrap().iter().all(|(opnum, _)| *opnum != CREATE));
        // A record of level 0 has the same layout everywhere.
        let mut plain = MPR_INTERFACE_0 {
            wszInterfaceName: entry("Lyon").wszInterfaceName,
            dwIfType: sys::ROUTER_IF_TYPE_FULL_ROUTER,
            fEnabled: 1,
            ..Default::default()
        };
        let mut interface = null_mut();
        // SAFETY: the record is that of level 0, and the place takes what is written.
        let code =
            unsafe { table.MprAdminInterfaceCreate(server, 0, (&raw mut plain).cast(), &mut interface) };
        assert_eq!(code, Ok(0));
        close(&table, server);
        sent.lock().unwrap().clear();

        // Now there is an interface whose record shows it.
        let (table, server) = given(hidden());
        assert_eq!(create(&table, server, entry("Oslo")), 0);
        let (opnum, length) = *sent.lock().unwrap().last().unwrap();
        // Around the record: the level, the container's count and pointer, the array's count, the handle.
        assert_eq!((opnum, length), (CREATE, size + 20), "{layout:?}");
        let mut buffer = null_mut();
        let mut name = "Oslo\0".encode_utf16().collect::<Vec<_>>();
        let text = name.as_mut_ptr();
        // SAFETY: the name ends with a zero; the place takes what is written.
        let found = unsafe { table.MprAdminInterfaceGetHandle(server, text, &mut interface, 0) };
        assert_eq!(found, Ok(0));
        // SAFETY: the place takes what is written.
        assert_eq!(unsafe { table.MprAdminInterfaceGetInfo(server, interface, 2, &mut buffer) }, Ok(0));
        // SAFETY: the record of level 2 is there.
        assert_eq!(unsafe { buffer.cast::<MPR_INTERFACE_2>().read() }.dwVpnStrategy, 7);
        assert_eq!(free(&table, buffer), 0);
        close(&table, server);
    }
}

/// A transport that has one answer to everything.
struct Always(Result<Vec<u8>, TransportError>);

impl Transport for Always {
    fn call(&self, _: u16, _: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.0.clone()
    }
}

#[test]
fn a_transport_that_fails_is_the_code_that_callers_know() {
    let failed = TransportError::Failed { code: 1722, text: "no route to the server".into() };
    assert_eq!(failed.to_string(), "no route to the server (error 1722)");
    let known = [
        (failed, 1722),
        (Fault::ACCESS_DENIED.into(), 5),
        (Fault::BAD_STUB.into(), 1783),
        (Fault::OPERATION_UNKNOWN.into(), 1745),
        (Fault::INTERFACE_UNKNOWN.into(), 1717),
        (Fault(0x1234).into(), 1726),
    ];
    for (error, code) in known {
        let (table, server) = given(Always(Err(error)));
        assert_eq!(connections(&table, server).0, code);
        close(&table, server);
    }
}

#[test]
fn an_answer_that_is_none_and_a_record_of_an_unknown_size_are_errors() {
    let (table, server) = given(Always(Ok(vec![1, 2, 3])));
    assert_eq!(connections(&table, server).0, 1783);
    close(&table, server);
    let answer = mprapi_rpc::dimsvc::ConnectionEnumAnswer {
        info: vec![0; 1117].into(),
        entries_read: 1,
        total_entries: 1,
        resume: None,
        code: 0,
    };
    let (table, server) = given(Always(Ok(Answer::from(answer).encode())));
    assert_eq!(connections(&table, server), (13, null_mut(), 0));
    close(&table, server);
}

/// Connects to a server that has one answer to everything.
fn answering(answer: impl Into<Answer>) -> (Mprapi, HANDLE) {
    given(Always(Ok(answer.into().encode())))
}

#[test]
fn a_count_of_records_that_are_not_there_is_an_error() {
    let answer = ConnectionEnumAnswer {
        info: Counted::NULL,
        entries_read: 5,
        total_entries: 5,
        resume: None,
        code: 0,
    };
    let (table, server) = answering(answer);
    assert_eq!(connections(&table, server), (13, null_mut(), 0));
    close(&table, server);

    let (table, server) = answering(ServerGetInfoAnswer { info: Counted::NULL, code: 0 });
    let mut buffer = null_mut();
    // SAFETY: the place takes what is written.
    assert_eq!(unsafe { table.MprAdminServerGetInfo(server, 0, &mut buffer) }, Ok(13));
    close(&table, server);

    let page = ConnectionPage { total: 5, connections: Counted::Null(5) };
    let (table, server) = answering(ConnectionEnumExAnswer { page, resume: None, code: 0 });
    let mut header =
        sys::MPRAPI_OBJECT_HEADER { revision: 1, type_: 1, size: size_of::<sys::RAS_CONNECTION_EX>() as u16 };
    let (mut records, mut read, mut total) = (null_mut(), 0, 0);
    // SAFETY: the header says how long records are, and the places take what is written.
    let code = unsafe {
        table.MprAdminConnectionEnumEx(
            server,
            &mut header,
            99,
            &mut read,
            &mut total,
            &mut records,
            null_mut(),
        )
    };
    assert_eq!((code, read), (Ok(13), 0));
    close(&table, server);
}

#[test]
fn a_size_of_bytes_that_are_not_there_is_zero() {
    let info = InterfaceContainer { global: Counted::Null(99), ..Default::default() };
    let (table, server) = answering(TransportGetGlobalInfoAnswer { info, code: 0 });
    let (mut block, mut size) = (null_mut(), 7);
    // SAFETY: the places take what is written, or are null.
    let code = unsafe {
        table.MprAdminTransportGetInfo(server, 0x21, &mut block, &mut size, null_mut(), null_mut())
    };
    assert_eq!((code, block, size), (Ok(0), null_mut(), 0));
    close(&table, server);

    let entry = MibEntryContainer { entry_in: Counted::NULL, entry_out: Counted::Null(99) };
    NEXT.set(Some(Arc::new(Always(Ok(Answer::from(MibEntryGetAnswer { entry, code: 0 }).encode())))));
    let (mut server, mut answer) = (null_mut(), null_mut());
    // SAFETY: the place takes what is written.
    assert_eq!(unsafe { table.MprAdminMIBServerConnect(null_mut(), &mut server) }, Ok(0));
    // SAFETY: there is no entry, and the places take what is written.
    let code =
        unsafe { table.MprAdminMIBEntryGet(server, 0x21, 10_000, null_mut(), 0, &mut answer, &mut size) };
    assert_eq!((code, answer, size), (Ok(0), null_mut(), 0));
    // SAFETY: any value is good.
    unsafe { table.MprAdminMIBServerDisconnect(server) }.unwrap();
}

#[test]
fn a_count_of_certificates_that_are_not_there_is_zero() {
    let mut config = ServerEx3::default();
    config.config.ikev2.tunnel.certificates = Counted::Null(7);
    config.config.ikev2.tunnel.ekus = Counted::Null(7);
    config.config.ikev2.tunnel.machine_certificate_name = Counted::Null(7);
    let config = ServerEx::Revision3(Box::new(config));
    let (table, server) = answering(ServerGetInfoExAnswer { config, code: 0 });
    let mut all = sys::MPR_SERVER_EX1 {
        Header: sys::MPRAPI_OBJECT_HEADER {
            revision: 5,
            type_: sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT as u8,
            size: size_of::<sys::MPR_SERVER_EX1>() as u16,
        },
        ..Default::default()
    };
    // SAFETY: the record has the size that its header says.
    assert_eq!(unsafe { table.MprAdminServerGetInfoEx(server, &mut all) }, Ok(0));
    let tunnel = &all.ConfigParams.IkeConfigParams.TunnelConfigParams;
    assert_eq!(tunnel.dwTotalCertificates, 0);
    assert_eq!(tunnel.dwTotalEkus, 0);
    assert_eq!(tunnel.machineCertificateName.cbData, 0);
    close(&table, server);
}

#[test]
fn a_text_that_does_not_end_is_an_error() {
    let info = vec![0x41; 1116].into();
    let answer = ConnectionEnumAnswer { info, entries_read: 1, total_entries: 1, resume: None, code: 0 };
    let (table, server) = answering(answer);
    assert_eq!(connections(&table, server), (13, null_mut(), 0));
    close(&table, server);

    let mut connection = ConnectionEx1::fill(&mut Source::default());
    connection.user_name = [0x41; 257];
    let info = ConnectionEx::Revision1(Box::new(connection));
    let (table, server) = answering(ConnectionGetInfoExAnswer { info, code: 0 });
    let mut record = sys::RAS_CONNECTION_EX::default();
    record.Header.size = size_of::<sys::RAS_CONNECTION_EX>() as u16;
    let connection = std::ptr::without_provenance_mut(16);
    // SAFETY: the record has the size that its header says; the connection's handle is a number.
    assert_eq!(unsafe { table.MprAdminConnectionGetInfoEx(server, connection, &mut record) }, Ok(13));
    close(&table, server);
}

/// On the wire, the server's own key is the key of no interface.
#[test]
fn the_credentials_of_no_interface_are_not_the_servers_key() {
    let simulation = office().start();
    let mut key = *b"a key";
    let mut record =
        sys::MPR_CREDENTIALSEX_1 { dwSize: key.len() as u32, lpbCredentialsInfo: key.as_mut_ptr() };
    let (far, over) = given(served(&simulation));
    let near = mprapi_sim::table();
    let mut name: Vec<u16> = simulation.routers()[0].name().encode_utf16().chain([0]).collect();
    let mut here = null_mut();
    // SAFETY: the name ends with a zero, and the place takes what is written.
    assert_eq!(unsafe { near.MprAdminServerConnect(name.as_mut_ptr(), &mut here) }, Ok(0));
    for level in 0..4 {
        let info = (&raw mut record).cast();
        // SAFETY: the record is that of every level.
        let expected = unsafe { near.MprAdminInterfaceSetCredentialsEx(here, null_mut(), level, info) };
        // SAFETY: as above.
        let code = unsafe { far.MprAdminInterfaceSetCredentialsEx(over, null_mut(), level, info) };
        assert_eq!(code, expected, "level {level}");
        assert_ne!(code, Ok(0));
        let mut buffer = null_mut();
        // SAFETY: the place takes what is written.
        let expected =
            unsafe { near.MprAdminInterfaceGetCredentialsEx(here, null_mut(), level, &mut buffer) };
        // SAFETY: as above.
        let code = unsafe { far.MprAdminInterfaceGetCredentialsEx(over, null_mut(), level, &mut buffer) };
        assert_eq!(code, expected, "level {level}");
        assert_ne!(code, Ok(0));
    }
    close(&near, here);
    close(&far, over);
}

#[test]
fn events_and_revisions_that_the_protocol_lacks_are_not_supported() {
    let simulation = office().interface(Interface::new("Lyon", InterfaceKind::FullRouter)).start();
    let (table, server) = given(served(&simulation));
    let event = std::ptr::without_provenance_mut(8);
    // SAFETY: handles are numbers that are checked.
    assert_eq!(unsafe { table.MprAdminInterfaceConnect(server, event, event, 0) }, Ok(50));
    let mut custom = sys::MPR_IF_CUSTOMINFOEX2 {
        Header: sys::MPRAPI_OBJECT_HEADER {
            revision: 3,
            type_: sys::MPRAPI_OBJECT_TYPE_IF_CUSTOM_CONFIG_OBJECT as u8,
            size: size_of::<sys::MPR_IF_CUSTOMINFOEX2>() as u16,
        },
        ..Default::default()
    };
    // SAFETY: the record has the size that its header says.
    assert_eq!(unsafe { table.MprAdminInterfaceGetCustomInfoEx(server, event, &mut custom) }, Ok(50));
    close(&table, server);
}

/// Every function is a call over the network, or has a line with the reason in the list.
#[test]
fn what_does_not_go_over_the_wire_is_listed() {
    let page = include_str!("../docs/not-over-the-wire.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `Mpr"));
    let mut listed = BTreeSet::new();
    for row in rows {
        let (name, reason) = row.split_once("` | ").expect("a function and a reason");
        assert!(reason.len() > 10, "{row}");
        assert!(listed.insert(format!("Mpr{name}")), "{row} is there twice");
    }
    let refused = Function::ALL.iter().filter(|function| client::refuses::<InMemory<Simulator>>(**function));
    let refused: BTreeSet<&str> = refused.map(|function| function.name()).collect();
    assert_eq!(listed.iter().map(String::as_str).collect::<BTreeSet<_>>(), refused);
    // Every operation has a function that calls it, or its only ones are listed.
    for operation in &OPERATIONS {
        let wired = operation.functions.iter().any(|function| !refused.contains(function.name()));
        assert!(wired || operation.opnum == 33 || operation.opnum == 34, "{}", operation.name);
    }
}

/// Calls every function that reads, and frees what it returns.
fn read_everything(table: &Mprapi, server: HANDLE) {
    let free = |buffer: *mut u8| {
        if !buffer.is_null() {
            assert_eq!(free(table, buffer), 0);
        }
    };
    let thing: HANDLE = std::ptr::without_provenance_mut(16);
    let (mut read, mut total, mut resume) = (0, 0, 0);
    for level in 0..6 {
        let mut buffers = [null_mut(); 8];
        let [one, two, three, four, five, six, seven, eight] = &mut buffers;
        // SAFETY: the places take what is written; handles are numbers that are checked.
        let _ = unsafe {
            table.MprAdminConnectionEnum(server, level, one, 7, &mut read, &mut total, &mut resume)
        };
        // SAFETY: as above; so below.
        let _ = unsafe { table.MprAdminConnectionGetInfo(server, level, thing, two) };
        // SAFETY: as above.
        let _ = unsafe {
            table.MprAdminPortEnum(server, level, thing, three, 7, &mut read, &mut total, &mut resume)
        };
        // SAFETY: as above.
        let _ = unsafe { table.MprAdminPortGetInfo(server, level, thing, four) };
        // SAFETY: as above.
        let _ = unsafe { table.MprAdminInterfaceGetInfo(server, thing, level, five) };
        // SAFETY: as above.
        let _ = unsafe { table.MprAdminServerGetInfo(server, level, six) };
        // SAFETY: as above.
        let _ = unsafe { table.MprAdminInterfaceDeviceGetInfo(server, thing, 1, level, seven) };
        // SAFETY: as above.
        let _ = unsafe { table.MprAdminInterfaceGetCredentialsEx(server, thing, level, eight) };
        buffers.into_iter().for_each(free);
    }
    let mut all = sys::MPR_SERVER_EX1 {
        Header: sys::MPRAPI_OBJECT_HEADER {
            revision: 5,
            type_: sys::MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT as u8,
            size: size_of::<sys::MPR_SERVER_EX1>() as u16,
        },
        ..Default::default()
    };
    // SAFETY: the record has the size that its header says.
    if unsafe { table.MprAdminServerGetInfoEx(server, &mut all) } == Ok(0) {
        let params = &all.ConfigParams;
        let tunnel = &params.IkeConfigParams.TunnelConfigParams;
        if !tunnel.certificateNames.is_null() {
            // SAFETY: there are as many as the record says, until they are freed.
            let names = unsafe {
                std::slice::from_raw_parts(tunnel.certificateNames, tunnel.dwTotalCertificates as usize)
            };
            names.iter().for_each(|name| free(name.pbData));
        }
        if !tunnel.certificateEKUs.is_null() {
            // SAFETY: as above.
            let usages =
                unsafe { std::slice::from_raw_parts(tunnel.certificateEKUs, tunnel.dwTotalEkus as usize) };
            usages.iter().for_each(|usage| free(usage.pwszEKU.cast()));
        }
        free(tunnel.certificateNames.cast());
        free(tunnel.certificateEKUs.cast());
        free(tunnel.machineCertificateName.pbData);
        free(tunnel.machineCertificateHash.pbData);
        free(tunnel.customPolicy.cast());
        free(params.L2tpConfigParams.TunnelConfigParams.customPolicy.cast());
        free(params.SstpConfigParams.sstpCertDetails.certBlob.pbData);
    }
}

/// A transport that answers each operation with fields of arbitrary bytes, or with the bytes themselves.
struct Arbitrary {
    bytes: Vec<u8>,
    is_raw: bool,
}

impl Transport for Arbitrary {
    fn call(&self, opnum: u16, _: &[u8]) -> Result<Vec<u8>, TransportError> {
        if self.is_raw {
            return Ok(self.bytes.clone());
        }
        Ok(Answer::fill(opnum, &mut Source::new(&self.bytes)).unwrap().encode())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Checks that no answer of a server can do more than be an error.
    #[test]
    fn any_answer_is_an_error_or_a_record_that_is_freed(
        bytes in proptest::collection::vec(any::<u8>(), 0..3000), is_raw: bool,
    ) {
        let (table, server) = given(Arbitrary { bytes, is_raw });
        read_everything(&table, server);
        close(&table, server);
    }
}
