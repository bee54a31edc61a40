//! A library that fills a record that its caller gives, as the page's "[out]" has it, with the longest one that it knows.
//! AddressSanitizer sees what does not fit.

use std::ptr;

use mprapi::sys::*;
use mprapi::{ErrorKind, Mpr};

unsafe extern "system" fn connect(_: LPWSTR, handle: *mut MPR_SERVER_HANDLE) -> u32 {
    // SAFETY: the caller wants the handle there.
    unsafe { *handle = ptr::without_provenance_mut(0x1000) };
    0
}

unsafe extern "system" fn open(_: LPWSTR, handle: *mut HANDLE) -> u32 {
    // SAFETY: the caller wants the handle there.
    unsafe { *handle = ptr::without_provenance_mut(0x1000) };
    0
}

unsafe extern "system" fn end(_: HANDLE) {}

/// Fills the whole of it; the header says what was asked for, where that is known, or what it is.
unsafe fn fill(record: *mut MPR_SERVER_EX1) -> u32 {
    // SAFETY: the caller's record begins with its header.
    let asked = unsafe { record.cast::<MPRAPI_OBJECT_HEADER>().read() };
    let own = MPRAPI_OBJECT_HEADER { size: size_of::<MPR_SERVER_EX1>() as u16, ..asked };
    let header = if usize::from(asked.size) == size_of::<MPR_SERVER_EX0>() { asked } else { own };
    // SAFETY: what the test is about.
    unsafe { record.write(MPR_SERVER_EX1 { Header: header, dwTotalPorts: 7, ..MPR_SERVER_EX1::default() }) };
    0
}

unsafe extern "system" fn info(_: MPR_SERVER_HANDLE, record: *mut MPR_SERVER_EX1) -> u32 {
    // SAFETY: passed on.
    unsafe { fill(record) }
}

#[test]
fn whichever_record_is_asked_for_there_is_room_for_the_longest() {
    let functions = Functions {
        MprAdminServerConnect: Some(connect),
        MprAdminServerDisconnect: Some(end),
        MprAdminServerGetInfoEx: Some(info),
        MprConfigServerConnect: Some(open),
        MprConfigServerDisconnect: Some(end),
        MprConfigServerGetInfoEx: Some(info),
        ..Functions::NONE
    };
    // SAFETY: the functions keep the contract of `mprapi.h`, as one may read it.
    let mpr = unsafe { Mpr::from_table(Mprapi::from_functions(functions)) };
    let server = mpr.connect(None).unwrap();
    assert_eq!(server.info_at::<MPR_SERVER_EX0>().unwrap().state.total_ports(), 7);
    assert_eq!(server.info_at::<MPR_SERVER_EX1>().unwrap().state.total_ports(), 7);
    let configuration = mpr.configuration(None).unwrap();
    assert_eq!(configuration.server_info_at::<MPR_SERVER_EX0>().unwrap().state.total_ports(), 7);
    assert_eq!(server.info().unwrap_err().kind(), ErrorKind::MissingFunction);
}
