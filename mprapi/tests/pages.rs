//! Enumerations in pages: wherever the pages lie in memory, each is read and goes back once, and what lies in another is none.

use std::cell::{Cell, RefCell};
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

use mprapi::sys::{
    ERROR_MORE_DATA, Functions, HANDLE, LPBYTE, LPDWORD, LPVOID, LPWSTR, Mprapi, NO_ERROR, RAS_CONNECTION_0,
    RAS_PORT_0,
};
use mprapi::{ErrorKind, Mpr, Result};

/// How many records the library has memory for.
const RECORDS: usize = 4096;

thread_local! {
    static MEMORY: Vec<RAS_PORT_0> = vec![RAS_PORT_0::default(); RECORDS];
    /// The pages of the answer: the first record of each, and how many.
    static PAGES: RefCell<Vec<(usize, usize)>> = const { RefCell::new(Vec::new()) };
    /// The number of pages of connections that were given out.
    static GIVEN: Cell<usize> = const { Cell::new(0) };
    /// The first records of the pages that came back.
    static FREED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

unsafe extern "system" fn connect(_: LPWSTR, handle: *mut HANDLE) -> u32 {
    // A new one each time: the registry knows those of the whole process.
    static LAST: AtomicUsize = AtomicUsize::new(8);
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(LAST.fetch_add(8, Ordering::Relaxed))) };
    0
}

unsafe extern "system" fn disconnect(_: HANDLE) {}

unsafe extern "system" fn ports(
    _: HANDLE,
    _: u32,
    _: HANDLE,
    buffer: *mut LPBYTE,
    _: u32,
    read: LPDWORD,
    _: LPDWORD,
    resume: LPDWORD,
) -> u32 {
    // SAFETY: the caller's.
    let page = unsafe { resume.read() } as usize;
    let ((first, count), last) = PAGES.with_borrow(|pages| (pages[page], pages.len() - 1));
    let records = MEMORY.with(|memory| ptr::from_ref(&memory[first..][..count]).cast::<u8>());
    // SAFETY: the caller's.
    unsafe { buffer.write(records.cast_mut()) };
    // SAFETY: the caller's.
    unsafe { read.write(count as u32) };
    // SAFETY: the caller's.
    unsafe { resume.write(page as u32 + 1) };
    if page == last { NO_ERROR } else { ERROR_MORE_DATA }
}

unsafe extern "system" fn connections(
    server: HANDLE,
    level: u32,
    buffer: *mut LPBYTE,
    longest: u32,
    read: LPDWORD,
    total: LPDWORD,
    resume: LPDWORD,
) -> u32 {
    assert_eq!(
        GIVEN.get(),
        FREED.with_borrow(Vec::len),
        "each page goes back before the next one is asked for"
    );
    GIVEN.set(GIVEN.get() + 1);
    // Nobody looks at the records.
    // SAFETY: the caller's.
    unsafe { ports(server, level, ptr::null_mut(), buffer, longest, read, total, resume) }
}

unsafe extern "system" fn free(buffer: LPVOID) -> u32 {
    let begin = MEMORY.with(|memory| memory.as_ptr().addr());
    FREED.with_borrow_mut(|freed| freed.push((buffer.addr() - begin) / size_of::<RAS_PORT_0>()));
    0
}

fn api() -> Mpr {
    let functions = Functions {
        MprAdminServerConnect: Some(connect),
        MprAdminServerDisconnect: Some(disconnect),
        MprAdminConnectionEnum: Some(connections),
        MprAdminPortEnum: Some(ports),
        MprAdminBufferFree: Some(free),
        ..Functions::NONE
    };
    // SAFETY: the functions take what the header says; what they give is readable.
    unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }
}

/// How many ports are read where the answer has these pages, and which pages came back.
fn read(pages: &[(usize, usize)]) -> (Result<usize>, Vec<usize>) {
    PAGES.set(pages.to_vec());
    let server = api().connect(None).unwrap();
    let read = server.ports().map(|ports| {
        assert_eq!(ports.iter().count(), ports.len());
        ports.len()
    });
    mprapi::disconnect(server).unwrap();
    let mut freed = FREED.take();
    freed.sort_unstable();
    (read, freed)
}

#[test]
fn wherever_pages_lie_that_do_not_meet_they_are_all_read_and_all_go_back() {
    let (ports, freed) = read(&[(20, 10), (0, 10), (30, 1), (10, 10)]);
    assert_eq!((ports.unwrap(), freed), (31, vec![0, 10, 20, 30]));
    let many: Vec<_> = (0..4000).rev().map(|first| (first, 1)).collect();
    let (ports, freed) = read(&many);
    assert_eq!((ports.unwrap(), freed.len()), (4000, 4000));
}

#[test]
fn a_page_that_lies_in_one_before_it_or_reaches_into_one_is_refused_and_does_not_go_back() {
    for wrong in [(25, 2), (20, 10), (29, 5), (15, 6), (15, 40), (0, 11)] {
        let (ports, freed) = read(&[(20, 10), (0, 1), (10, 5), wrong]);
        assert_eq!(ports.unwrap_err().kind(), ErrorKind::MalformedAnswer, "{wrong:?}");
        assert_eq!(freed, [0, 10, 20], "{wrong:?}");
    }
}

#[test]
fn a_page_of_connections_goes_back_before_the_next_one_is_asked_for() {
    // A record of a connection is as long as several of a port.
    PAGES.set(vec![(0, 2), (100, 2), (0, 1)]);
    let server = api().connect(None).unwrap();
    let mut pages = server.connection_pages::<RAS_CONNECTION_0>();
    let mut lengths = Vec::new();
    while let Some(page) = pages.next_page().unwrap() {
        lengths.push(page.len());
    }
    assert_eq!(
        (lengths, FREED.take()),
        (vec![2, 2, 1], vec![0, 100, 0]),
        "one may lie where another one lay"
    );
    assert_eq!(GIVEN.get(), 3);
}
