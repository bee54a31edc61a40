//! The size of the ledger under a program that makes endless errors. A test program of its own, since the ledger is
//! shared by the whole process.

use std::ptr::null_mut;

use mprapi_sim::{Fault, Server};
use mprapi_sys as sys;

/// More than the ledger keeps, of violations and of freed buffers.
const MANY: usize = 70_000;

#[test]
fn a_program_that_errs_for_ever_does_not_fill_the_ledger() {
    let simulation = Server::unique().start();
    let router = &simulation.routers()[0];
    let table = mprapi_sim::table();
    let mut name: Vec<u16> = router.name().encode_utf16().chain([0]).collect();
    let mut server = null_mut();
    // SAFETY: a terminated name, and a place for the handle.
    assert_eq!(unsafe { table.MprAdminServerConnect(name.as_mut_ptr(), &mut server) }, Ok(0));

    let mut buffers = Vec::new();
    for _ in 0..MANY {
        let mut buffer = null_mut();
        // SAFETY: the server is connected, and there is a place for the buffer.
        assert_eq!(unsafe { table.MprAdminServerGetInfo(server, 0, &mut buffer) }, Ok(0));
        buffers.push(buffer);
    }
    // SAFETY: the simulator refuses whatever is no live buffer.
    let free = |buffer: sys::LPBYTE| unsafe { table.MprAdminBufferFree(buffer.cast()) };
    for buffer in &buffers {
        assert_eq!(free(*buffer), Ok(0));
    }
    assert!(router.outstanding().buffers == 0 && router.violations().is_empty());

    for (buffer, fault) in [(buffers[0], Fault::UnknownPointer), (buffers[MANY - 1], Fault::DoubleFree)] {
        assert_eq!(free(buffer), Ok(sys::ERROR_INVALID_PARAMETER));
        let last = mprapi_sim::violations().pop().expect("it is recorded");
        assert_eq!((last.value, last.fault), (buffer.addr(), fault));
    }
    for _ in 0..MANY {
        assert_eq!(free(buffers[MANY - 1]), Ok(sys::ERROR_INVALID_PARAMETER));
    }
    let violations = mprapi_sim::violations();
    assert_eq!(violations.len(), 1 << 16, "no more are kept");
    assert_eq!(violations[0].fault, Fault::UnknownPointer, "the first ones are");
    // SAFETY: connected above, and not disconnected since.
    unsafe { table.MprAdminServerDisconnect(server) }.unwrap();
    assert_eq!(router.outstanding().handles, 0);
}
