//! The server's half over back ends that answer wrongly, and the requests of clients that would harm one.
#![expect(non_snake_case, reason = "the functions have the names of the header")]

use std::ptr::{null_mut, without_provenance_mut};

use mprapi_rpc::dimsvc::{
    Call, ConnectionEnumExRequest, ConnectionEnumRequest, InterfaceContainer, InterfaceCreateRequest,
    InterfaceGetCredentialsExRequest, InterfaceGetHandleRequest, InterfaceTransportAddRequest, Message,
    MibEntryContainer, MibEntryGetRequest, MibEntrySetRequest, ObjectHeader, PortGetInfoRequest,
    ServerSetConfigEx, ServerSetConfigEx3, ServerSetInfoExRequest, TransportSetGlobalInfoRequest,
    UpdateConnection, UpdateConnection1, UpdateConnectionRequest,
};
use mprapi_rpc::ndr::{Counted, Ndr, Source};
use mprapi_rpc::server::Server;
use mprapi_sys as sys;
use mprapi_sys::{DWORD, Functions, HANDLE, LPBYTE, LPDWORD, LPVOID, LPWSTR, Mprapi};

unsafe extern "system" fn MprAdminServerConnect(_: LPWSTR, handle: *mut HANDLE) -> DWORD {
    // SAFETY: the caller's promise.
    unsafe { handle.write(without_provenance_mut(16)) };
    0
}

unsafe extern "system" fn MprAdminServerDisconnect(_: HANDLE) {}

/// A back end that connects, and has one function more than `Functions::NONE`.
fn server(with: Functions) -> Server {
    let functions = Functions {
        MprAdminServerConnect: Some(MprAdminServerConnect),
        MprAdminServerDisconnect: Some(MprAdminServerDisconnect),
        MprAdminMIBServerConnect: Some(MprAdminServerConnect),
        MprAdminMIBServerDisconnect: Some(MprAdminServerDisconnect),
        ..with
    };
    Server::new(Mprapi::from_functions(functions), None)
}

/// Returns a code that no request here has if a pointer is null and its length is not 0.
fn wrong<const N: usize>(pointers: [(bool, u32); N]) -> DWORD {
    if pointers.iter().any(|(is_null, length)| *is_null && *length != 0) { 999 } else { 0 }
}

fn call<R: Call>(server: &Server, request: R) -> R::Answer {
    R::Answer::decode(&server.answer(R::OPNUM, &request.encode()).unwrap()).unwrap()
}

#[test]
fn a_count_of_records_that_are_not_there_is_invalid_data() {
    unsafe extern "system" fn MprAdminConnectionEnum(
        _: HANDLE,
        _: DWORD,
        _: *mut LPBYTE,
        _: DWORD,
        read: LPDWORD,
        _: LPDWORD,
        _: LPDWORD,
    ) -> DWORD {
        // SAFETY: the caller's promise.
        unsafe { read.write(5) };
        0
    }
    unsafe extern "system" fn MprAdminConnectionEnumEx(
        _: HANDLE,
        _: sys::PMPRAPI_OBJECT_HEADER,
        _: DWORD,
        read: LPDWORD,
        _: LPDWORD,
        _: *mut sys::PRAS_CONNECTION_EX,
        _: LPDWORD,
    ) -> DWORD {
        // SAFETY: the caller's promise.
        unsafe { read.write(5) };
        0
    }
    unsafe extern "system" fn MprAdminPortGetInfo(_: HANDLE, _: DWORD, _: HANDLE, _: *mut LPBYTE) -> DWORD {
        0
    }
    unsafe extern "system" fn MprAdminInterfaceGetCredentialsEx(
        _: HANDLE,
        _: HANDLE,
        _: DWORD,
        _: *mut LPBYTE,
    ) -> DWORD {
        0
    }
    let server = server(Functions {
        MprAdminConnectionEnum: Some(MprAdminConnectionEnum),
        MprAdminConnectionEnumEx: Some(MprAdminConnectionEnumEx),
        MprAdminPortGetInfo: Some(MprAdminPortGetInfo),
        MprAdminInterfaceGetCredentialsEx: Some(MprAdminInterfaceGetCredentialsEx),
        ..Functions::NONE
    });
    let request = ConnectionEnumRequest { level: 0, info: Counted::NULL, preferred_length: 9, resume: None };
    let answer = call(&server, request);
    assert_eq!((answer.code, answer.entries_read, answer.info), (13, 0, Counted::NULL));
    let header = ObjectHeader { revision: 1, kind: 1, size: 0 };
    let answer = call(&server, ConnectionEnumExRequest { header, preferred_length: 9, resume: None });
    assert_eq!((answer.code, answer.page.connections.count()), (13, 0));
    assert_eq!(call(&server, PortGetInfoRequest { level: 0, port: 16 }).code, 13);
    let request = InterfaceGetCredentialsExRequest { level: 0, info: Counted::NULL, interface: 16 };
    assert_eq!(call(&server, request).code, 13);
}

/// A client would take 0 for no interface, and set the server's key in its place.
#[test]
fn an_interface_without_a_number_is_invalid_data() {
    unsafe extern "system" fn MprAdminInterfaceGetHandle(
        _: HANDLE,
        name: LPWSTR,
        interface: *mut HANDLE,
        _: sys::BOOL,
    ) -> DWORD {
        // SAFETY: the caller's promise.
        let kind = unsafe { name.read() };
        let handle: HANDLE = match kind {
            0x61 => null_mut(),
            _ => usize::try_from(0x7_0000_0000_u64).map_or(null_mut(), without_provenance_mut),
        };
        // SAFETY: as above.
        unsafe { interface.write(handle) };
        0
    }
    let server =
        server(Functions { MprAdminInterfaceGetHandle: Some(MprAdminInterfaceGetHandle), ..Functions::NONE });
    for name in ["a", "b"] {
        let answer =
            call(&server, InterfaceGetHandleRequest { name: name.into(), interface: 0, include_clients: 0 });
        assert_eq!((answer.code, answer.interface), (13, 0), "{name}");
    }
}

#[test]
fn a_length_without_bytes_never_reaches_the_back_end() {
    unsafe extern "system" fn MprAdminMIBEntrySet(
        _: HANDLE,
        _: DWORD,
        _: DWORD,
        entry: LPVOID,
        size: DWORD,
    ) -> DWORD {
        wrong([(entry.is_null(), size)])
    }
    unsafe extern "system" fn MprAdminMIBEntryGet(
        _: HANDLE,
        _: DWORD,
        _: DWORD,
        entry: LPVOID,
        size: DWORD,
        _: *mut LPVOID,
        _: LPDWORD,
    ) -> DWORD {
        wrong([(entry.is_null(), size)])
    }
    unsafe extern "system" fn MprAdminTransportSetInfo(
        _: HANDLE,
        _: DWORD,
        global: LPBYTE,
        global_size: DWORD,
        client: LPBYTE,
        client_size: DWORD,
    ) -> DWORD {
        wrong([(global.is_null(), global_size), (client.is_null(), client_size)])
    }
    unsafe extern "system" fn MprAdminInterfaceTransportAdd(
        _: HANDLE,
        _: HANDLE,
        _: DWORD,
        info: LPBYTE,
        size: DWORD,
    ) -> DWORD {
        wrong([(info.is_null(), size)])
    }
    unsafe extern "system" fn MprAdminServerGetInfoEx(_: HANDLE, _: *mut sys::MPR_SERVER_EX1) -> DWORD {
        0
    }
    unsafe extern "system" fn MprAdminServerSetInfoEx(
        _: HANDLE,
        record: *mut sys::MPR_SERVER_SET_CONFIG_EX1,
    ) -> DWORD {
        // SAFETY: the shorter record is there, as its header says.
        let record = unsafe { record.cast::<sys::MPR_SERVER_SET_CONFIG_EX0>().read() };
        let tunnel = &record.ConfigParams.IkeConfigParams.TunnelConfigParams;
        wrong([
            (tunnel.certificateNames.is_null(), tunnel.dwTotalCertificates),
            (tunnel.certificateEKUs.is_null(), tunnel.dwTotalEkus),
            (tunnel.machineCertificateName.pbData.is_null(), tunnel.machineCertificateName.cbData),
        ])
    }
    let server = server(Functions {
        MprAdminMIBEntrySet: Some(MprAdminMIBEntrySet),
        MprAdminMIBEntryGet: Some(MprAdminMIBEntryGet),
        MprAdminTransportSetInfo: Some(MprAdminTransportSetInfo),
        MprAdminInterfaceTransportAdd: Some(MprAdminInterfaceTransportAdd),
        MprAdminServerGetInfoEx: Some(MprAdminServerGetInfoEx),
        MprAdminServerSetInfoEx: Some(MprAdminServerSetInfoEx),
        ..Functions::NONE
    });
    let entry = |entry_in| MibEntryContainer { entry_in, entry_out: Counted::NULL };
    for (entry_in, code) in [(Counted::Null(99), 87), (Counted::Null(0), 0), (vec![7; 3].into(), 0)] {
        let request = MibEntrySetRequest { protocol: 1, routing_protocol: 1, entry: entry(entry_in.clone()) };
        assert_eq!(call(&server, request).code, code);
        let request = MibEntryGetRequest { protocol: 1, routing_protocol: 1, entry: entry(entry_in) };
        assert_eq!(call(&server, request).code, code);
    }
    let blocks: [(Counted<u8>, u32); 3] =
        [(Counted::Null(99), 87), (Counted::Null(0), 0), (vec![7; 3].into(), 0)];
    for (block, code) in blocks {
        let info = InterfaceContainer { global: block.clone(), ..Default::default() };
        assert_eq!(call(&server, TransportSetGlobalInfoRequest { transport: 1, info }).code, code);
        let info = InterfaceContainer { interface: block, ..Default::default() };
        let request = TransportSetGlobalInfoRequest { transport: 1, info: info.clone() };
        assert_eq!(call(&server, request).code, code);
        let request = InterfaceTransportAddRequest { interface: 16, transport: 1, info };
        assert_eq!(call(&server, request).code, code);
    }
    let mut set = ServerSetConfigEx3::default();
    set.config.ikev2.tunnel.certificates = Counted::Null(7);
    set.config.ikev2.tunnel.ekus = Counted::Null(7);
    set.config.ikev2.tunnel.machine_certificate_name = Counted::Null(7);
    let config = ServerSetConfigEx::Revision3(Box::new(set));
    assert_eq!(call(&server, ServerSetInfoExRequest { config }).code, 0);
}

#[test]
fn a_text_without_an_end_never_reaches_the_back_end() {
    unsafe extern "system" fn MprAdminInterfaceCreate(
        _: HANDLE,
        _: DWORD,
        _: LPBYTE,
        _: *mut HANDLE,
    ) -> DWORD {
        999
    }
    unsafe extern "system" fn MprAdminConnectionGetInfoEx(
        _: HANDLE,
        _: HANDLE,
        _: sys::PRAS_CONNECTION_EX,
    ) -> DWORD {
        0
    }
    unsafe extern "system" fn MprAdminUpdateConnection(
        _: HANDLE,
        _: HANDLE,
        _: *mut sys::RAS_UPDATE_CONNECTION,
    ) -> DWORD {
        999
    }
    let server = server(Functions {
        MprAdminInterfaceCreate: Some(MprAdminInterfaceCreate),
        MprAdminConnectionGetInfoEx: Some(MprAdminConnectionGetInfoEx),
        MprAdminUpdateConnection: Some(MprAdminUpdateConnection),
        ..Functions::NONE
    });
    let info = vec![0x41; 540].into();
    assert_eq!(call(&server, InterfaceCreateRequest { level: 0, info, interface: 0 }).code, 87);
    let mut update = UpdateConnection1::fill(&mut Source::default());
    update.remote_endpoint = [0x41; 65];
    let update = UpdateConnection::Revision1(Box::new(update));
    assert_eq!(call(&server, UpdateConnectionRequest { connection: 16, update }).code, 87);
}
