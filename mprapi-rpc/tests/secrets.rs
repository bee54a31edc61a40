//! Passwords and keys: memory that had one is overwritten before it is given back, and no text shows one.
#![expect(non_snake_case, reason = "the functions have the names of the header")]

mod looking;
#[path = "caller/pipe.rs"]
#[expect(dead_code, reason = "the tests of the caller use the rest")]
mod pipe;
mod words;

use std::cell::RefCell;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::Arc;

use mprapi_rpc::association::{Association, Interface, Limits, Output, Rules};
use mprapi_rpc::client::{self, Network, Purpose, Transport, TransportError};
use mprapi_rpc::dimsvc::{
    Call, InterfaceGetCredentialsExRequest, InterfaceGetCredentialsLocalRequest,
    InterfaceSetCredentialsExRequest, InterfaceSetCredentialsLocalRequest, Message,
};
use mprapi_rpc::ndr::{Counted, Decoder, Encoder, Password};
use mprapi_rpc::pdu::{Bind, Flags, Fragment, Kind, Offer, Request, Response, Syntax, encode};
use mprapi_rpc::record::credentials;
use mprapi_rpc::security::{self, Level};
use mprapi_rpc::server::Server;
use mprapi_sys as sys;
use mprapi_sys::{DWORD, Functions, HANDLE, LPBYTE, LPVOID, LPWSTR, Mprapi};

use looking::{found, has_mark};

/// A key, and as UTF-16 a password. No other bytes here are like it.
const SECRET: &[u8; 16] = b"xyzzy-PLUGH-9174";

/// A part of it, in bytes and in UTF-16: half a secret is too much.
const MARKS: [&[u8]; 2] = [b"PLUGH", b"P\0L\0U\0G\0H\0"];

fn units() -> [u16; 17] {
    std::array::from_fn(|at| SECRET.get(at).map_or(0, |byte| u16::from(*byte)))
}

fn password() -> Password {
    Password { text: std::str::from_utf8(SECRET).unwrap().into() }
}

/// A back end with secrets. Its own memory is static, so that nothing of it is given back.
fn back_end() -> Mprapi {
    static mut DATA: [u8; 16] = *SECRET;
    thread_local! {
        static RECORD: RefCell<sys::MPR_CREDENTIALSEX_1> = const {
            RefCell::new(sys::MPR_CREDENTIALSEX_1 { dwSize: 16, lpbCredentialsInfo: null_mut() })
        };
    }
    unsafe extern "system" fn MprAdminServerConnect(_: LPWSTR, handle: *mut HANDLE) -> DWORD {
        // SAFETY: the caller's promise.
        unsafe { handle.write(without_provenance_mut(16)) };
        0
    }
    unsafe extern "system" fn MprAdminServerDisconnect(_: HANDLE) {}
    unsafe extern "system" fn MprAdminBufferFree(_: LPVOID) -> DWORD {
        0
    }
    unsafe extern "system" fn MprAdminInterfaceSetCredentialsEx(
        _: HANDLE,
        _: HANDLE,
        _: DWORD,
        record: LPBYTE,
    ) -> DWORD {
        // SAFETY: the caller's promise.
        let record = unsafe { record.cast::<sys::MPR_CREDENTIALSEX_1>().read() };
        // SAFETY: as above.
        let is_there = unsafe { has_mark(record.lpbCredentialsInfo, record.dwSize as usize) };
        if is_there { 0 } else { 999 }
    }
    unsafe extern "system" fn MprAdminInterfaceGetCredentialsEx(
        _: HANDLE,
        _: HANDLE,
        _: DWORD,
        buffer: *mut LPBYTE,
    ) -> DWORD {
        RECORD.with_borrow_mut(|record| {
            record.lpbCredentialsInfo = (&raw mut DATA).cast();
            // SAFETY: the caller's promise. The record lasts as long as the thread.
            unsafe { buffer.write((&raw mut *record).cast()) };
        });
        0
    }
    unsafe extern "system" fn MprAdminInterfaceSetCredentials(
        _: LPWSTR,
        _: LPWSTR,
        _: LPWSTR,
        _: LPWSTR,
        password: LPWSTR,
    ) -> DWORD {
        // SAFETY: the caller's promise: the text has 16 units and a zero.
        if unsafe { has_mark(password.cast(), 32) } { 0 } else { 999 }
    }
    unsafe extern "system" fn MprAdminInterfaceGetCredentials(
        _: LPWSTR,
        _: LPWSTR,
        _: LPWSTR,
        password: LPWSTR,
        _: LPWSTR,
    ) -> DWORD {
        // SAFETY: the caller's promise: the array has 257 units.
        unsafe { password.copy_from_nonoverlapping(units().as_ptr(), 17) };
        0
    }
    Mprapi::from_functions(Functions {
        MprAdminServerConnect: Some(MprAdminServerConnect),
        MprAdminServerDisconnect: Some(MprAdminServerDisconnect),
        MprAdminBufferFree: Some(MprAdminBufferFree),
        MprAdminInterfaceSetCredentialsEx: Some(MprAdminInterfaceSetCredentialsEx),
        MprAdminInterfaceGetCredentialsEx: Some(MprAdminInterfaceGetCredentialsEx),
        MprAdminInterfaceSetCredentials: Some(MprAdminInterfaceSetCredentials),
        MprAdminInterfaceGetCredentials: Some(MprAdminInterfaceGetCredentials),
        ..Functions::NONE
    })
}

fn set_ex() -> InterfaceSetCredentialsExRequest {
    let info = Counted::Elements(credentials::write(SECRET).unwrap());
    InterfaceSetCredentialsExRequest { level: 1, info, interface: 16 }
}

fn get_ex() -> InterfaceGetCredentialsExRequest {
    InterfaceGetCredentialsExRequest { level: 1, info: Counted::NULL, interface: 16 }
}

fn set_local() -> InterfaceSetCredentialsLocalRequest {
    let (interface, user_name, domain) = ("Lyon".into(), "anna".into(), "PARIS".into());
    InterfaceSetCredentialsLocalRequest { interface, user_name, domain, password: password() }
}

fn get_local() -> InterfaceGetCredentialsLocalRequest {
    InterfaceGetCredentialsLocalRequest { interface: "Lyon".into() }
}

#[test]
fn the_memory_of_messages_is_overwritten() {
    assert_eq!(found(|| drop(Vec::from(*SECRET))).0, 1, "it is found");
    let (count, ()) = found(|| {
        drop(set_ex());
        drop(set_ex().clone());
        drop(set_local());
    });
    assert_eq!(count, 0, "dropped requests");
    // What is encoded is the caller's. It grows on the way.
    let (count, stubs) = found(|| [set_ex().encode(), set_local().encode()]);
    assert_eq!(count, 0, "encoding");
    let [ex, local] = &stubs;
    let (count, ()) = found(|| {
        drop(InterfaceSetCredentialsExRequest::decode(ex).unwrap());
        drop(InterfaceSetCredentialsLocalRequest::decode(local).unwrap());
        // The password is not terminated: the last unit is not zero.
        let mut unending = zeroize::Zeroizing::new(local.clone());
        let end = unending.len() - 2;
        unending[end] = 7;
        assert!(InterfaceSetCredentialsLocalRequest::decode(&unending).is_err());
    });
    assert_eq!(count, 0, "decoding");
}

fn answer_all(answer: &dyn Fn(u16, &[u8]) -> Vec<u8>) {
    let stubs = [
        (InterfaceSetCredentialsExRequest::OPNUM, set_ex().encode()),
        (InterfaceGetCredentialsExRequest::OPNUM, get_ex().encode()),
        (InterfaceSetCredentialsLocalRequest::OPNUM, set_local().encode()),
        (InterfaceGetCredentialsLocalRequest::OPNUM, get_local().encode()),
    ];
    for (opnum, stub) in stubs {
        let (count, answer) = found(|| answer(opnum, &stub));
        assert_eq!(count, 0, "operation {opnum}");
        assert_eq!(answer[answer.len() - 4..], [0; 4], "operation {opnum}");
    }
}

#[test]
fn the_server_overwrites_what_it_had() {
    let server = Server::new(back_end(), None);
    answer_all(&|opnum, stub| server.answer(opnum, stub).unwrap());
}

#[test]
fn a_connection_overwrites_what_it_had() {
    let server: Arc<dyn Interface> = Arc::new(Server::new(back_end(), None));
    let offers =
        vec![Offer { context_id: 0, interface: Syntax::DIMSVC, transfer_syntaxes: vec![Syntax::NDR32] }];
    let bind = Bind { max_xmit_frag: 4280, max_recv_frag: 4280, assoc_group_id: 0, offers };
    let bind = encode(Kind::Bind, Flags::WHOLE, 1, &bind.encode().unwrap(), None).unwrap();
    for piece in [1, 7, 5000] {
        answer_all(&|opnum, stub| {
            let part = |flags, stub| {
                let body = Request { alloc_hint: 0, context_id: 0, opnum, object: None, stub }.encode();
                let pdu = encode(Kind::Request, flags, 2, &body, None).unwrap();
                // The client's own memory.
                std::mem::forget(body);
                pdu
            };
            let (first, last) = stub.split_at(stub.len() - 3);
            let pdus = [part(Flags::FIRST, first), part(Flags::LAST, last)];
            let rules = Rules { minimum: Level::None, is_administrator: true, ..Rules::default() };
            let mut association = Association::new(server.clone(), Limits::default(), rules);
            association.receive(&bind);
            let mut answer = Vec::new();
            for piece in pdus.iter().flat_map(|pdu| pdu.chunks(piece)) {
                let output = association.receive(piece);
                assert_eq!(output.closed, None);
                for fragment in &output.fragments {
                    answer =
                        Response::decode(Fragment::decode(fragment).unwrap().body).unwrap().stub.to_vec();
                }
                // What is sent is the caller's.
                std::mem::forget(output);
            }
            std::mem::forget(pdus);
            answer
        });
    }
}

#[test]
fn a_caller_overwrites_what_it_had() {
    // In the first fragment, over the border of two, and in the last.
    let places = [10, 4190, 8000];
    let mut stub = vec![7; 9000];
    places.iter().for_each(|place| stub[*place..place + SECRET.len()].copy_from_slice(SECRET));
    let backwards: Vec<u8> = stub.iter().rev().copied().collect();
    for piece in [1, 100, 5000] {
        let (count, answers) = found(|| {
            let served = pipe::Served::changed(move |_, pdu| pdu.chunks(piece).map(<[u8]>::to_vec).collect());
            let mut caller = pipe::bind(served).unwrap();
            [&stub, &backwards].map(|stub| caller.call(pipe::REVERSED, stub, pipe::soon()).unwrap())
        });
        assert_eq!(answers, [backwards.clone(), stub.clone()]);
        assert_eq!(count, 0, "pieces of {piece} bytes");
    }
}

/// A network of one server, over [`back_end`].
struct Near;

struct ToServer(Server);

impl Transport for ToServer {
    fn call(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, TransportError> {
        Ok(self.0.answer(opnum, stub)?)
    }
}

impl Network for Near {
    fn connect(_: Option<&[u16]>, _: Purpose) -> Result<Arc<dyn Transport>, u32> {
        Ok(Arc::new(ToServer(Server::new(back_end(), None))))
    }
}

#[test]
fn the_client_overwrites_what_it_had() {
    let (table, mut server) = (client::table::<Near>(), null_mut());
    // SAFETY: the place takes what is written.
    assert_eq!(unsafe { table.MprAdminServerConnect(null_mut(), &mut server) }, Ok(0));
    let interface: HANDLE = without_provenance_mut(16);
    let mut data = *SECRET;
    let mut record = sys::MPR_CREDENTIALSEX_1 { dwSize: 16, lpbCredentialsInfo: data.as_mut_ptr() };
    let too_long = usize::try_from(1_u64 << 40).map_or(interface, without_provenance_mut);
    let mut lyon: Vec<u16> = "Lyon\0".encode_utf16().collect();
    let name = lyon.as_mut_ptr();
    let mut password = units();
    let (count, ()) = found(|| {
        let info = (&raw mut record).cast();
        // SAFETY: the record and its data are there.
        let code = unsafe { table.MprAdminInterfaceSetCredentialsEx(server, interface, 1, info) };
        assert_eq!(code, Ok(0));
        // SAFETY: as above. No request is made for this handle.
        let code = unsafe { table.MprAdminInterfaceSetCredentialsEx(server, too_long, 1, info) };
        assert_ne!(code, Ok(0));
        let mut buffer = null_mut();
        // SAFETY: the place takes what is written.
        let code = unsafe { table.MprAdminInterfaceGetCredentialsEx(server, interface, 1, &mut buffer) };
        assert_eq!(code, Ok(0));
        // SAFETY: the call has returned the buffer.
        assert_eq!(unsafe { table.MprAdminBufferFree(buffer.cast()) }, Ok(0));
        let word = password.as_mut_ptr();
        // SAFETY: every text ends with a zero.
        let code = unsafe { table.MprAdminInterfaceSetCredentials(null_mut(), name, name, name, word) };
        assert_eq!(code, Ok(0));
        let (mut user, mut word, mut domain) = ([0; 257], [0; 257], [0; 16]);
        let (user, word, domain) = (user.as_mut_ptr(), word.as_mut_ptr(), domain.as_mut_ptr());
        // SAFETY: the name ends with a zero, and the arrays are as long as the page asks.
        let code = unsafe { table.MprAdminInterfaceGetCredentials(null_mut(), name, user, word, domain) };
        assert_eq!(code, Ok(0));
    });
    assert_eq!(count, 0);
    // SAFETY: any value is good.
    unsafe { table.MprAdminServerDisconnect(server) }.unwrap();
}

#[test]
fn no_debug_text_shows_a_stub() {
    let stub = &SECRET[..];
    let request = Request { alloc_hint: 0, context_id: 0, opnum: 40, object: None, stub };
    let response = Response { alloc_hint: 0, context_id: 0, cancel_count: 0, stub };
    let pdu = encode(Kind::Request, Flags::WHOLE, 1, &request.encode(), None).unwrap();
    let mut encoder = Encoder::default();
    encoder.put(stub);
    let mut bytes = pdu.clone();
    let message = security::Message { bytes: &mut bytes, stub: 24..40, signs_header: true };
    let texts = [
        format!("{request:?}"),
        format!("{response:?}"),
        format!("{:?}", Fragment::decode(&pdu).unwrap()),
        format!("{:?}", Output { fragments: vec![pdu.clone()], closed: None }),
        format!("{message:?}"),
        format!("{encoder:?}"),
        format!("{:?}", Decoder::new(stub)),
        format!("{:?}", set_ex()),
        format!("{:?}", set_local()),
    ];
    for text in texts {
        // The letters of the mark, as numbers in a list and as text.
        assert!(!text.contains("80, 76, 85") && !text.contains("PLUGH"), "{text}");
    }
}
