//! Records that the service lends to an administration DLL: views of raw records, checked.

use std::ptr;
use std::time::Duration;

use mprapi::sys::{
    MPRAPI_OBJECT_HEADER, RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3,
    RAS_CONNECTION_EX, RAS_PORT_0, RAS_PORT_1,
};
use mprapi::{Connection, ConnectionId, ConnectionRecord, ErrorKind, Lent, Mpr, Port, PortRecord, Result};

const FUNCTION: &str = "MprAdminAcceptNewConnectionEx";

/// The kind of the error for a pointer, which is not followed.
fn refused<R: ConnectionRecord>(record: *const R) -> Option<ErrorKind> {
    // SAFETY: the pointers of these tests are null, misaligned, or lead to a record of the test.
    unsafe { Connection::from_raw(FUNCTION, record) }.err().map(|error| error.kind())
}

fn refused_port<R: PortRecord>(record: *const R) -> Option<ErrorKind> {
    // SAFETY: as above.
    unsafe { Port::from_raw("MprAdminAcceptNewLink", record) }.err().map(|error| error.kind())
}

fn bad<R>() -> [*const R; 2] {
    [ptr::null(), ptr::without_provenance(align_of::<R>() + 1)]
}

#[test]
fn a_null_and_a_misaligned_pointer_are_errors_at_each_level() {
    let wrong = Some(ErrorKind::MalformedAnswer);
    assert_eq!(bad().map(refused::<RAS_CONNECTION_0>), [wrong; 2]);
    assert_eq!(bad().map(refused::<RAS_CONNECTION_1>), [wrong; 2]);
    assert_eq!(bad().map(refused::<RAS_CONNECTION_2>), [wrong; 2]);
    assert_eq!(bad().map(refused::<RAS_CONNECTION_3>), [wrong; 2]);
    assert_eq!(bad().map(refused::<RAS_CONNECTION_EX>), [wrong; 2]);
    assert_eq!(bad().map(refused_port::<RAS_PORT_0>), [wrong; 2]);
    assert_eq!(bad().map(refused_port::<RAS_PORT_1>), [wrong; 2]);
}

#[test]
fn a_record_with_another_header_is_an_error_and_one_without_passes() {
    let size = size_of::<RAS_CONNECTION_EX>() as u16;
    let cases = [
        (MPRAPI_OBJECT_HEADER { revision: 1, type_: 1, size }, None),
        (MPRAPI_OBJECT_HEADER { revision: 0, type_: 0, size: 0 }, None),
        (MPRAPI_OBJECT_HEADER { revision: 2, type_: 1, size }, Some(ErrorKind::MalformedAnswer)),
        (MPRAPI_OBJECT_HEADER { revision: 1, type_: 2, size }, Some(ErrorKind::MalformedAnswer)),
        (MPRAPI_OBJECT_HEADER { revision: 1, type_: 1, size: size - 8 }, Some(ErrorKind::MalformedAnswer)),
    ];
    for (header, expected) in cases {
        let record = RAS_CONNECTION_EX { Header: header, ..RAS_CONNECTION_EX::default() };
        assert_eq!(refused(&raw const record), expected);
    }
}

/// Only the header of a short record may be read.
#[test]
fn of_a_record_that_says_it_is_short_only_the_header_is_read() {
    let short = Box::new([MPRAPI_OBJECT_HEADER { revision: 1, type_: 1, size: 8 }; 2]);
    let record: *const RAS_CONNECTION_EX = (&raw const *short).cast();
    if record.is_aligned() {
        assert_eq!(refused(record), Some(ErrorKind::MalformedAnswer));
    }
}

#[test]
fn a_view_reads_the_record_and_its_id_is_of_no_server() -> Result<()> {
    let simulation = mprapi_sim::Server::new("lent").start();
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
    let mut record = RAS_CONNECTION_0 {
        hConnection: ptr::without_provenance_mut(0x1d5),
        dwConnectDuration: 7,
        ..RAS_CONNECTION_0::default()
    };
    record.wszUserName = [0x61; 257];
    // SAFETY: the record is there and stays as it is.
    let view = unsafe { Connection::from_raw("MprAdminAcceptNewConnection", &raw const record) }?;
    assert_eq!(view.duration(), Duration::from_secs(7));
    assert_eq!(view.user_name().len(), 257, "a name without an end ends with its array");
    assert_eq!(view.id(), "0x1d5".parse::<ConnectionId>().expect("an id"));
    let server = mpr.connect(Some("lent"))?;
    let error = server.connection(view.id()).map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    let copy: Connection<'_, RAS_CONNECTION_0, Lent> = view;
    assert!(format!("{copy:?}").contains("0x1d5"));
    drop(simulation);
    Ok(())
}

#[test]
fn an_error_says_which_function_got_the_record() {
    // SAFETY: a null pointer is not followed.
    let error =
        unsafe { Connection::<RAS_CONNECTION_EX, Lent>::from_raw(FUNCTION, ptr::null()) }.unwrap_err();
    assert_eq!(
        error.to_string(),
        "MprAdminAcceptNewConnectionEx: the library broke the API's rules: the record is null"
    );
}
