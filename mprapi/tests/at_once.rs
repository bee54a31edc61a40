//! A library that answers `NO_ERROR` to a call with an event: as Microsoft's page has it, the call returns at once, and the
//! library may signal the event afterwards.

use std::ptr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use mprapi::sys::*;
use mprapi::{DialError, ErrorKind, Mpr, Server, TransportId};

/// One test at a time: the library is one for all.
static TURN: Mutex<()> = Mutex::new(());
static EVENT: AtomicUsize = AtomicUsize::new(0);
static STATE: AtomicI32 = AtomicI32::new(0);
static RESULT: AtomicUsize = AtomicUsize::new(0);

unsafe extern "system" fn connect(_: LPWSTR, handle: *mut MPR_SERVER_HANDLE) -> u32 {
    static LAST: AtomicUsize = AtomicUsize::new(0x1000);
    // SAFETY: the caller wants the handle there.
    unsafe { *handle = ptr::without_provenance_mut(LAST.fetch_add(16, Ordering::Relaxed)) };
    0
}

unsafe extern "system" fn disconnect(_: MPR_SERVER_HANDLE) {}

unsafe extern "system" fn handle(_: MPR_SERVER_HANDLE, _: LPWSTR, handle: *mut HANDLE, _: BOOL) -> u32 {
    // SAFETY: the caller wants the handle there.
    unsafe { *handle = ptr::without_provenance_mut(2) };
    0
}

unsafe extern "system" fn dial(_: MPR_SERVER_HANDLE, _: HANDLE, event: HANDLE, _: BOOL) -> u32 {
    EVENT.store(event.addr(), Ordering::SeqCst);
    0
}

unsafe extern "system" fn update(_: MPR_SERVER_HANDLE, _: HANDLE, _: u32, event: HANDLE) -> u32 {
    EVENT.store(event.addr(), Ordering::SeqCst);
    0
}

unsafe extern "system" fn result(_: MPR_SERVER_HANDLE, _: HANDLE, _: u32, result: LPDWORD) -> u32 {
    // SAFETY: the caller wants the result there.
    unsafe { *result = RESULT.load(Ordering::SeqCst) as u32 };
    0
}

unsafe extern "system" fn info(_: MPR_SERVER_HANDLE, _: HANDLE, _: u32, buffer: *mut LPBYTE) -> u32 {
    let record = MPR_INTERFACE_0 { dwConnectionState: STATE.load(Ordering::SeqCst), ..Default::default() };
    // SAFETY: the caller wants the buffer there.
    unsafe { *buffer = Box::into_raw(Box::new(record)).cast() };
    0
}

unsafe extern "system" fn free(buffer: LPVOID) -> u32 {
    // SAFETY: a record of `info`.
    drop(unsafe { Box::from_raw(buffer.cast::<MPR_INTERFACE_0>()) });
    0
}

fn server() -> Server {
    let functions = Functions {
        MprAdminServerConnect: Some(connect),
        MprAdminServerDisconnect: Some(disconnect),
        MprAdminInterfaceGetHandle: Some(handle),
        MprAdminInterfaceConnect: Some(dial),
        MprAdminInterfaceUpdateRoutes: Some(update),
        MprAdminInterfaceQueryUpdateResult: Some(result),
        MprAdminInterfaceGetInfo: Some(info),
        MprAdminBufferFree: Some(free),
        ..Functions::NONE
    };
    // SAFETY: the functions keep the contract of `mprapi.h`.
    unsafe { Mpr::from_table(Mprapi::from_functions(functions)) }.connect(None).unwrap()
}

/// Signals the event as the library does; `false` if there is none under its handle any more.
#[cfg(unix)]
fn signal(event: usize) -> bool {
    use std::io::Write as _;
    use std::os::fd::BorrowedFd;
    // SAFETY: if the number is of nothing that is open, the next line says so.
    let borrowed = unsafe { BorrowedFd::borrow_raw(event as i32) };
    match borrowed.try_clone_to_owned() {
        Ok(owned) => std::fs::File::from(owned).write_all(&1_u64.to_ne_bytes()).is_ok(),
        Err(_) => false,
    }
}

#[cfg(windows)]
fn signal(event: usize) -> bool {
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn SetEvent(event: HANDLE) -> i32;
    }
    // SAFETY: it says whether there is an event under the handle.
    unsafe { SetEvent(ptr::without_provenance_mut(event)) != 0 }
}

#[test]
fn the_event_is_there_as_long_as_the_library_may_signal_it() {
    let _turn = TURN.lock().unwrap();
    STATE.store(ROUTER_IF_STATE_CONNECTING, Ordering::SeqCst);
    let server = server();
    let connecting = server.find_interface("branch").unwrap().connect_with_event().unwrap();
    let event = EVENT.load(Ordering::SeqCst);
    assert!(signal(event), "while it is waited for");
    drop(connecting);
    assert!(signal(event), "after the wait was given up");
}

#[test]
fn a_wait_ends_when_the_attempt_has_whether_the_event_is_signalled_or_not() {
    let _turn = TURN.lock().unwrap();
    STATE.store(ROUTER_IF_STATE_CONNECTING, Ordering::SeqCst);
    let server = server();
    let branch = server.find_interface("branch").unwrap();
    let mut connecting = branch.connect_with_event().unwrap();
    assert!(!connecting.wait(Some(Duration::ZERO)).unwrap(), "the attempt goes on");
    let start = Instant::now();
    assert!(!connecting.wait(Some(Duration::from_millis(300))).unwrap());
    assert!(start.elapsed() >= Duration::from_millis(300));
    // A signal alone ends nothing: it may be of an attempt that was given up.
    assert!(signal(EVENT.load(Ordering::SeqCst)));
    assert!(!connecting.wait(Some(Duration::from_millis(20))).unwrap());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(50));
            STATE.store(ROUTER_IF_STATE_CONNECTED, Ordering::SeqCst);
            signal(EVENT.load(Ordering::SeqCst));
        });
        assert!(connecting.wait(None).unwrap());
    });
    assert!(connecting.wait(None).unwrap(), "what is over stays over");
    // Connected already: no signal comes.
    assert!(branch.connect_with_event().unwrap().wait(None).unwrap());
    STATE.store(ROUTER_IF_STATE_DISCONNECTED, Ordering::SeqCst);
    let error = branch.connect_with_event().unwrap().wait(None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotConnected);
}

#[test]
fn an_attempt_within_a_limit_may_show_in_the_state_a_moment_later() {
    let _turn = TURN.lock().unwrap();
    STATE.store(ROUTER_IF_STATE_DISCONNECTED, Ordering::SeqCst);
    let server = server();
    let branch = server.find_interface("branch").unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(50));
            STATE.store(ROUTER_IF_STATE_CONNECTING, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(50));
            STATE.store(ROUTER_IF_STATE_CONNECTED, Ordering::SeqCst);
        });
        assert_eq!(branch.connect_within(Duration::from_secs(30)), Ok(()));
    });
    // One that stays as it was has failed.
    STATE.store(ROUTER_IF_STATE_DISCONNECTED, Ordering::SeqCst);
    let start = Instant::now();
    let error = branch.connect_within(Duration::from_secs(30)).unwrap_err();
    assert!(matches!(error, DialError::Failed { .. }), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
}

#[test]
fn however_many_attempts_are_over_at_once_no_events_pile_up_and_none_is_refused() {
    let _turn = TURN.lock().unwrap();
    STATE.store(ROUTER_IF_STATE_CONNECTED, Ordering::SeqCst);
    let server = server();
    let branch = server.find_interface("branch").unwrap();
    let mut events = std::collections::BTreeSet::new();
    for round in 0..500 {
        let mut connecting = branch.connect_with_event().unwrap();
        events.insert(EVENT.load(Ordering::SeqCst));
        if round % 2 == 0 {
            assert!(connecting.wait(None).unwrap());
        }
    }
    assert_eq!(events.len(), 1);
}

#[test]
fn an_update_of_routes_that_was_begun_is_over_when_its_result_says_so() {
    let _turn = TURN.lock().unwrap();
    const PENDING: usize = 600;
    RESULT.store(PENDING, Ordering::SeqCst);
    let server = server();
    let branch = server.find_interface("branch").unwrap();
    let mut updating = branch.update_routes_with_event(TransportId::Ip).unwrap();
    assert!(!updating.wait(Some(Duration::from_millis(20))).unwrap());
    RESULT.store(0, Ordering::SeqCst);
    assert!(updating.wait(None).unwrap());
}
