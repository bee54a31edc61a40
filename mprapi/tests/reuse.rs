//! A library that gives the number of a handle again as soon as it is free, as an allocator does with addresses.

use std::collections::VecDeque;
use std::ptr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use mprapi::sys::{Functions, HANDLE, LPWSTR, MPR_SERVER_HANDLE, Mprapi};
use mprapi::{HandleProblem, Mpr, RawHandle, Server, disconnect};

const THREADS: usize = 4;

/// The numbers that are free; the one that came last goes first.
static FREE: Mutex<Vec<usize>> = Mutex::new(Vec::new());
/// Calls that ended what was not open.
static WRONG: AtomicUsize = AtomicUsize::new(0);

unsafe extern "system" fn connect(_: LPWSTR, handle: *mut MPR_SERVER_HANDLE) -> u32 {
    let number = FREE.lock().unwrap().pop().expect("fewer are open than there are numbers");
    // SAFETY: the caller wants the handle there.
    unsafe { *handle = ptr::without_provenance_mut(number) };
    0
}

unsafe extern "system" fn end(handle: HANDLE) {
    let mut free = FREE.lock().unwrap();
    if free.contains(&handle.addr()) {
        WRONG.fetch_add(1, Ordering::Relaxed);
    } else {
        free.push(handle.addr());
    }
}

fn library() -> Mpr {
    *FREE.lock().unwrap() = (1..=THREADS).map(|number| number << 12).collect();
    let functions = Functions {
        MprAdminServerConnect: Some(connect),
        MprAdminServerDisconnect: Some(end),
        ..Functions::NONE
    };
    // SAFETY: the two functions keep the contract of `mprapi.h`.
    unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }
}

fn raw(mpr: &Mpr, server: &Server) -> RawHandle {
    // SAFETY: the value is that of a server that is open, which is only dropped once this was disconnected.
    unsafe { RawHandle::server(mpr, server.as_raw()) }
}

fn refused(stale: &RawHandle) -> HandleProblem {
    disconnect(stale.clone()).expect_err("the connection that it stands for is gone").problem()
}

// One test, since all of it shares the numbers.
#[test]
fn of_a_number_that_is_given_a_million_times_no_stale_copy_ends_a_later_connection() {
    let mpr = library();

    let first = mpr.connect(None).unwrap();
    let handle = raw(&mpr, &first);
    let copy = handle.clone();
    disconnect(handle).unwrap();
    drop(first);
    let second = mpr.connect(None).unwrap();
    assert_eq!(second.as_raw(), copy.as_raw(), "the number is given again");
    assert_eq!(refused(&copy), HandleProblem::AlreadyDisconnected);
    disconnect(second).unwrap();
    assert_eq!(refused(&copy), HandleProblem::AlreadyDisconnected);

    // SAFETY: nobody uses a server by this value; it is refused.
    let early = unsafe { RawHandle::server(&mpr, ptr::without_provenance_mut(77)) };
    FREE.lock().unwrap().push(77);
    let later = mpr.connect(None).unwrap();
    assert_eq!(later.as_raw(), early.as_raw());
    assert_eq!(refused(&early), HandleProblem::NotOpenedHere, "it was not open when this was made");
    disconnect(later).unwrap();
    FREE.lock().unwrap().retain(|number| *number != 77);

    let rounds = 1_000_000 / THREADS;
    let one = || {
        let mut stale: VecDeque<RawHandle> = VecDeque::new();
        for round in 0..rounds {
            let server = mpr.connect(None).unwrap();
            for copy in &stale {
                assert_eq!(refused(copy), HandleProblem::AlreadyDisconnected);
            }
            let handle = raw(&mpr, &server);
            stale.push_back(handle.clone());
            match round % 3 {
                0 => disconnect(server).unwrap(),
                1 => drop(server),
                // The handle's own disconnect is right as long as the connection is there.
                _ => disconnect(handle).unwrap(),
            }
            if stale.len() > 2 {
                stale.pop_front();
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(one);
        }
    });
    assert_eq!(WRONG.load(Ordering::Relaxed), 0);
    assert_eq!(FREE.lock().unwrap().len(), THREADS, "each connection was ended");
}
