//! Handles end once, whatever is done with them and in whatever order; and however many there were, nothing of them stays.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::ptr;
use std::sync::{Mutex, PoisonError};

use mprapi::sys::{Functions, HANDLE, LPWSTR, Mprapi};
use mprapi::{Configuration, ErrorKind, HandleProblem, MibServer, Mpr, RawHandle, Server, disconnect};
use proptest::prelude::*;

/// Counts what a thread has allocated and not freed; what the test harness does meanwhile is on other threads.
struct Counting;

thread_local! {
    static ALLOCATED: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    ALLOCATED.set(ALLOCATED.get() + bytes);
}

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: passed on to the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: passed on to the caller.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The library is the whole process's, so the tests take turns.
fn turn() -> impl Drop {
    static TURN: Mutex<()> = Mutex::new(());
    // One that failed says so itself.
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The handles that the library has open. It gives the lowest that is free, so each comes again and again.
static OPEN: Mutex<BTreeSet<usize>> = Mutex::new(BTreeSet::new());

unsafe extern "system" fn connect(_: LPWSTR, handle: *mut HANDLE) -> u32 {
    let mut open = OPEN.lock().unwrap();
    let value = (1..).map(|number| number * 8).find(|value| !open.contains(value)).expect("a number");
    open.insert(value);
    // SAFETY: the caller's.
    unsafe { handle.write(ptr::without_provenance_mut(value)) };
    0
}

unsafe extern "system" fn close(handle: HANDLE) {
    // Closed twice, or never opened: a panic would not get out of here, but ends the process.
    assert!(OPEN.lock().unwrap().remove(&handle.addr()), "{handle:?} is not open");
}

fn mpr() -> Mpr {
    let functions = Functions {
        MprAdminServerConnect: Some(connect),
        MprAdminServerDisconnect: Some(close),
        MprConfigServerConnect: Some(connect),
        MprConfigServerDisconnect: Some(close),
        MprAdminMIBServerConnect: Some(connect),
        MprAdminMIBServerDisconnect: Some(close),
        ..Functions::NONE
    };
    // SAFETY: the functions keep the contract of their namesakes.
    unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }
}

fn raw(mpr: &Mpr, server: &Server) -> RawHandle {
    // SAFETY: the value is taken from its owner just now, and nobody uses it after.
    unsafe { RawHandle::server(mpr, server.as_raw()) }
}

/// One connection, ended in one of the ways that there are.
fn round(mpr: &Mpr, way: usize) {
    let server = mpr.connect(None).unwrap();
    match way % 5 {
        0 => disconnect(server).unwrap(),
        1 => drop(server),
        2 => {
            disconnect(raw(mpr, &server)).unwrap();
            let error = disconnect(server).unwrap_err();
            assert_eq!(error.problem(), HandleProblem::AlreadyDisconnected);
        }
        3 => {
            let handle = raw(mpr, &server);
            let configuration = mpr.configuration(None).unwrap();
            let mib = mpr.mib(None).unwrap();
            drop(server);
            assert_eq!(disconnect(handle).unwrap_err().problem(), HandleProblem::AlreadyDisconnected);
            disconnect(mib).unwrap();
            drop(configuration);
        }
        _ => {
            let handle = raw(mpr, &server);
            // Leaks the server's share of the table, which is counted, and not the handle.
            let server = std::mem::ManuallyDrop::new(server);
            disconnect(handle).unwrap();
            drop(std::mem::ManuallyDrop::into_inner(server));
        }
    }
}

#[test]
fn a_million_connections_leave_no_handle_open_and_not_one_byte_allocated() {
    const ROUNDS: usize = 1_000_000;
    let _turn = turn();
    let mpr = mpr();
    // What is allocated once: the registry's and the library's first nodes.
    (0..1_000).for_each(|way| round(&mpr, way));
    let before = ALLOCATED.get();
    for way in 0..ROUNDS {
        round(&mpr, way);
    }
    assert_eq!(ALLOCATED.get() - before, 0, "bytes that were not freed");
    assert_eq!(OPEN.lock().unwrap().len(), 0);
}

/// A value that can be open.
enum Open {
    Server(Server),
    Configuration(Configuration),
    Mib(MibServer),
}

fn open(mpr: &Mpr, kind: u8) -> Open {
    match kind % 3 {
        0 => Open::Server(mpr.connect(None).unwrap()),
        1 => Open::Configuration(mpr.configuration(None).unwrap()),
        _ => Open::Mib(mpr.mib(None).unwrap()),
    }
}

fn end(open: Open, checked: bool) {
    if !checked {
        return drop(open);
    }
    match open {
        Open::Server(server) => disconnect(server).unwrap(),
        Open::Configuration(configuration) => disconnect(configuration).unwrap(),
        Open::Mib(mib) => disconnect(mib).unwrap(),
    }
}

proptest! {
    /// Each step opens something or ends one of those that are open, wherever it stands among them.
    #[test]
    fn whatever_the_order_each_handle_ends_once(
        steps in prop::collection::vec((any::<bool>(), any::<u8>(), any::<prop::sample::Index>(), any::<bool>()), 0..80),
    ) {
        let _turn = turn();
        let mpr = mpr();
        let mut all = Vec::new();
        for (opens, kind, index, checked) in steps {
            if opens || all.is_empty() {
                all.push(open(&mpr, kind));
            } else {
                end(all.swap_remove(index.index(all.len())), checked);
            }
            prop_assert_eq!(OPEN.lock().unwrap().len(), all.len());
        }
        // The API first, then what came of it.
        drop(mpr);
        drop(all);
        prop_assert_eq!(OPEN.lock().unwrap().len(), 0);
    }
}

#[test]
fn several_threads_open_and_end_the_same_few_values_and_each_ends_once() {
    let _turn = turn();
    let mpr = mpr();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let mpr = &mpr;
            scope.spawn(move || (0..20_000).for_each(|way| round_on_its_own(mpr, way + thread)));
        }
    });
    assert_eq!(OPEN.lock().unwrap().len(), 0);
}

/// As [`round`], but with nothing that another thread may be given meanwhile: a copy of a handle that is disconnected is
/// not to be used when the value can be another's by now.
///
/// The library gives a value again as soon as it is closed. Then the registry must know already that it is: who takes it
/// out does so before the call.
fn round_on_its_own(mpr: &Mpr, way: usize) {
    let server = mpr.connect(None).unwrap();
    if way.is_multiple_of(3) {
        disconnect(raw(mpr, &server)).unwrap();
    } else if way.is_multiple_of(2) {
        disconnect(server).unwrap();
    }
}

#[test]
fn a_forgotten_server_stays_open_and_its_value_is_not_taken_for_another() {
    let _turn = turn();
    let mpr = mpr();
    let server = mpr.connect(None).unwrap();
    let handle = raw(&mpr, &server);
    std::mem::forget(server);
    // A library that closed it behind this crate's back and gives it again is not believed.
    OPEN.lock().unwrap().remove(&handle.as_raw().addr());
    let error = mpr.connect(None).unwrap_err();
    assert_eq!((error.kind(), error.function()), (ErrorKind::MalformedAnswer, "MprAdminServerConnect"));
    disconnect(handle).unwrap();
    assert_eq!(OPEN.lock().unwrap().len(), 0);
    drop(mpr.connect(None).unwrap());
}
