//! The ledger's reports on correct and wrong use of buffers and handles.

use std::ptr::null_mut;

use mprapi_sim::{Fault, Server};
use mprapi_sys as sys;

use crate::call;
use crate::harness::{Open, connect, enumerate, local, narrow};

#[test]
fn a_buffer_freed_twice_is_refused_and_recorded() {
    let open = Open::company();
    let mut buffer = null_mut();
    assert_eq!(call!(MprAdminServerGetInfo(open.server, 0, &raw mut buffer)), 0);
    assert_eq!(open.router().outstanding().buffers, 1);
    assert_eq!(call!(MprAdminBufferFree(buffer.cast())), 0);
    assert_eq!(call!(MprAdminBufferFree(buffer.cast())), sys::ERROR_INVALID_PARAMETER);
    let violations = open.router().violations();
    assert_eq!(violations.len(), 1);
    assert_eq!((violations[0].fault, violations[0].value), (Fault::DoubleFree, buffer.addr()));
    assert_eq!(open.router().calls("MprAdminBufferFree"), 2);
}

#[test]
fn a_pointer_that_never_was_a_buffer_is_refused_and_recorded() {
    let mut mine = 0u64;
    let pointer = &raw mut mine;
    assert_eq!(call!(MprAdminBufferFree(pointer.cast())), sys::ERROR_INVALID_PARAMETER);
    let known = mprapi_sim::violations();
    let recorded = known.iter().find(|violation| violation.value == pointer.addr()).expect("recorded");
    assert_eq!((recorded.function, recorded.fault), ("MprAdminBufferFree", Fault::UnknownPointer));
}

#[test]
fn a_freed_buffer_reads_as_filling() {
    let open = Open::company();
    let mut buffer = null_mut();
    assert_eq!(call!(MprAdminServerGetInfo(open.server, 0, &raw mut buffer)), 0);
    assert_eq!(call!(MprAdminBufferFree(buffer.cast())), 0);
    // SAFETY: freed memory is kept for a while, which is what is tested here.
    assert_eq!(unsafe { buffer.read_volatile() }, 0xDD);
}

#[test]
fn the_outstanding_bytes_are_those_of_the_records() {
    let open = Open::company();
    let records = enumerate::<sys::RAS_CONNECTION_0>(open.server, 0);
    assert_eq!(records.code, 0);
    let outstanding = open.router().outstanding();
    assert_eq!(outstanding.bytes, 7 * size_of::<sys::RAS_CONNECTION_0>());
    assert_eq!((outstanding.buffers, outstanding.handles), (1, 1));
    drop(records);
    assert_eq!(open.router().outstanding().buffers, 0);
}

#[test]
fn MprAdminBufferFree_ERROR_INVALID_PARAMETER() {
    assert_eq!(call!(MprAdminBufferFree(null_mut())), sys::ERROR_INVALID_PARAMETER);
}

#[test]
fn MprAdminGetErrorString_gives_a_sentence_to_be_freed() {
    let _local = local();
    let mut text = null_mut();
    assert_eq!(call!(MprAdminGetErrorString(sys::ERROR_NO_SUCH_INTERFACE, &raw mut text)), 0);
    // SAFETY: the text is a buffer that is longer than this and alive.
    let units = unsafe { std::slice::from_raw_parts(text, 28) };
    assert_eq!(narrow(units), "There is no such interface.");
    assert_eq!(call!(MprAdminBufferFree(text.cast())), 0);
}

#[test]
fn MprAdminGetErrorString_ERROR_MR_MID_NOT_FOUND() {
    let _local = local();
    let mut text = null_mut();
    assert_eq!(call!(MprAdminGetErrorString(1, &raw mut text)), 317);
    assert!(text.is_null());
}

#[test]
#[ignore = "keeps a handle on purpose: the test below runs it"]
fn a_program_that_keeps_a_handle() {
    mprapi_sim::fail_at_exit_if_outstanding();
    let simulation = Server::unique().start();
    let _kept = connect(simulation.routers()[0].name()).expect("a fresh server answers");
}

#[test]
fn a_program_of_tests_that_keeps_a_handle_fails_at_its_end() {
    let this = std::env::current_exe().expect("a path");
    let run = std::process::Command::new(this)
        .args(["--ignored", "--exact", "ledger::a_program_that_keeps_a_handle"])
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(101), "{said}");
    assert!(said.contains("handles: 1"), "{said}");
}

#[test]
fn a_closed_handle_is_remembered_though_many_are_closed_after_it_and_not_for_ever() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let fault_after = |rounds: usize| {
        let handle = connect(router.name()).expect("connects");
        call!(MprAdminServerDisconnect(handle));
        for _ in 0..rounds {
            call!(MprAdminServerDisconnect(connect(router.name()).expect("connects")));
        }
        call!(MprAdminServerDisconnect(handle));
        assert!(router.outstanding().is_nothing());
        let violations = mprapi_sim::violations();
        let mine = violations.iter().find(|violation| violation.value == handle.addr());
        mine.expect("recorded").fault
    };
    assert_eq!(fault_after(1_000), Fault::ClosedHandle);
    assert_eq!(fault_after(10_000), Fault::WrongHandle);
}
