//! Failures that a scenario asks for.

use std::ptr::null_mut;

use mprapi_sim::{Failure, Garbage};
use mprapi_sys as sys;

use crate::call;
use crate::harness::{EVERYTHING, Open, Records, company, connections, ports, record};

fn enumerate(open: &Open, longest: u32, resume: &mut u32) -> Records<sys::RAS_PORT_0> {
    Records::of(|buffer, read, total| {
        let all = sys::INVALID_HANDLE_VALUE;
        call!(MprAdminPortEnum(open.server, 0, all, buffer, longest, read, total, resume))
    })
}

#[test]
fn a_function_can_fail_always_or_at_one_call() {
    let open = Open::new(
        company()
            .failure("MprAdminServerGetInfo", Failure::code(1726).at_call(2))
            .failure("MprAdminPortEnum", Failure::code(5)),
    );
    let totals =
        || record::<sys::MPR_SERVER_0>(|buffer| call!(MprAdminServerGetInfo(open.server, 0, buffer)));
    assert_eq!(totals().map(|totals| totals.dwTotalPorts), Ok(16));
    assert_eq!(totals().err(), Some(1726));
    assert_eq!(totals().map(|totals| totals.dwTotalPorts), Ok(16));
    for _ in 0..3 {
        assert_eq!(enumerate(&open, EVERYTHING, &mut 0).code, 5);
    }
    open.router().heal();
    assert_eq!(enumerate(&open, EVERYTHING, &mut 0).code, 0);
}

#[test]
fn connecting_can_fail_too() {
    let simulation = company().failure("MprAdminServerConnect", Failure::code(1722).at_call(1)).start();
    let name = simulation.routers()[0].name();
    assert_eq!(crate::harness::connect(name), Err(1722));
    let handle = crate::harness::connect(name).expect("the second time");
    call!(MprAdminServerDisconnect(handle));
}

#[test]
#[should_panic(expected = "cannot be made to fail")]
fn what_frees_cannot_be_made_to_fail() {
    let _ = company().failure("MprAdminBufferFree", Failure::code(5));
}

#[test]
fn null_with_success_says_that_there_are_records() {
    let open = Open::company();
    open.router().fail("MprAdminPortEnum", Failure::garbage(Garbage::NullWithSuccess));
    open.router().fail("MprAdminServerGetInfo", Failure::garbage(Garbage::NullWithSuccess));
    let page = enumerate(&open, EVERYTHING, &mut 0);
    assert_eq!((page.code, page.read, page.list().len()), (0, 16, 0));
    let mut buffer = std::ptr::dangling_mut();
    assert_eq!(call!(MprAdminServerGetInfo(open.server, 0, &raw mut buffer)), 0);
    assert!(buffer.is_null());
}

#[test]
fn a_count_too_large_exceeds_the_buffer() {
    let open = Open::company();
    open.router().fail("MprAdminPortEnum", Failure::garbage(Garbage::CountTooLarge));
    let (mut buffer, mut read, mut total) = (null_mut(), 0, 0);
    let (read, total, all) = (&raw mut read, &raw mut total, sys::INVALID_HANDLE_VALUE);
    let before = open.router().outstanding().bytes;
    let code =
        call!(MprAdminPortEnum(open.server, 0, all, &raw mut buffer, EVERYTHING, read, total, null_mut()));
    // SAFETY: our own number.
    let read = unsafe { *read } as usize;
    assert_eq!(code, 0);
    let bytes = open.router().outstanding().bytes - before;
    assert!(read * size_of::<sys::RAS_PORT_0>() > bytes);
    // The lie can be read to its end.
    for byte in bytes..read * size_of::<sys::RAS_PORT_0>() {
        // SAFETY: the simulator says that zeroed memory is there.
        let behind = unsafe { buffer.add(byte) };
        // SAFETY: as above.
        assert_eq!(unsafe { behind.read() }, 0);
    }
    assert_eq!(call!(MprAdminBufferFree(buffer.cast())), 0);
}

#[test]
fn unterminated_strings_fill_their_arrays() {
    let open = Open::company();
    open.router().fail("MprAdminConnectionEnum", Failure::garbage(Garbage::UnterminatedStrings));
    let first = connections(open.server)[0];
    assert!(first.wszUserName.iter().all(|unit| *unit != 0));
    assert!(!first.hConnection.is_null());
}

#[test]
fn a_panic_is_an_answer_and_the_router_goes_on() {
    let open = Open::company();
    open.router().fail("MprAdminPortEnum", Failure::garbage(Garbage::Panic).at_call(2));
    assert_eq!(ports(open.server).len(), 16);
    assert_eq!(enumerate(&open, EVERYTHING, &mut 0).code, sys::ERROR_INTERNAL_ERROR);
    assert_eq!(ports(open.server).len(), 16);
    open.router().fail("MprAdminIsServiceRunning", Failure::garbage(Garbage::Panic));
    let mut name = crate::harness::wide(open.router().name());
    assert_eq!(call!(MprAdminIsServiceRunning(name.as_mut_ptr())), 0);
    assert!(open.router().users().contains(&"anna.lindqvist".to_owned()));
}

#[test]
fn an_endless_enumeration_comes_back_to_the_same_page() {
    let open = Open::company();
    open.router().fail("MprAdminPortEnum", Failure::garbage(Garbage::EndlessResume));
    let mut resume = 0;
    for _ in 0..50 {
        let page = enumerate(&open, EVERYTHING, &mut resume);
        assert_eq!((page.code, page.read), (sys::ERROR_MORE_DATA, 16));
        assert_ne!(resume, 0);
    }
    open.router().heal();
    assert_eq!(ports(open.server).len(), 16);
}
