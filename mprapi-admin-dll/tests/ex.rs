//! A DLL of the form `ex` in this process, called as the service would: by its table and by its exported names.
#![expect(clippy::multiple_unsafe_ops_per_block, reason = "the service makes one call after the other")]

mod common;

use std::net::Ipv4Addr;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex, MutexGuard, mpsc};
use std::time::Duration;

use common::{alone, ex, link, name, obey};
use mprapi::{Account, ErrorKind, Guid, Mpr};
use mprapi_admin_dll::{
    AddressRequest, AdminDll, Assignment, Code, Connection, Context, EndpointChanges, Ipv4Addresses,
    Ipv6Addresses, LaterError, Link, PreAuthenticated, PreAuthentication, ReleasedAddress, Sessions, Verdict,
};
use mprapi_sys::*;

struct Dll {
    sessions: Sessions<Account>,
    ended: AtomicUsize,
}

/// How the next start ends.
static START: AtomicU32 = AtomicU32::new(START_WELL);
const START_WELL: u32 = 0;
const START_PANICS: u32 = u32::MAX;

/// The states that are alive, of all kinds.
static ALIVE: AtomicUsize = AtomicUsize::new(0);
static STOP_PANICS: AtomicBool = AtomicBool::new(false);

fn start() -> Result<(), Code> {
    match START.load(Ordering::Relaxed) {
        START_WELL => {
            ALIVE.fetch_add(1, Ordering::Relaxed);
            Ok(())
        }
        START_PANICS => panic!("the test asks for it"),
        code => Err(Code::new(code)),
    }
}

impl Drop for Dll {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

impl AdminDll for Dll {
    fn start(context: &Context) -> Result<Dll, Code> {
        start()?;
        *CONTEXT.lock().expect("whole") = Some(context.clone());
        Ok(Dll { sessions: Sessions::new(), ended: AtomicUsize::new(0) })
    }

    fn accept(&self, connection: &Connection<'_>) -> Verdict {
        obey(connection.user_name());
        if connection.user_name() == "calls the api" {
            let error = api().and_then(|mpr| mpr.connect(Some("admin-dll-ex"))).map(drop).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InCallout, "{error}");
            return Verdict::Accept;
        }
        let user = connection.account();
        self.sessions.begin_if(connection.guid(), user.clone(), |others| !others.contains(&&user)).into()
    }

    fn accept_again(&self, connection: &Connection<'_>) -> Verdict {
        obey(connection.user_name());
        self.sessions.update(connection.guid(), |_| ()).is_some().into()
    }

    fn ended(&self, connection: &Connection<'_>) {
        obey(connection.user_name());
        if self.sessions.end(connection.guid()).is_some() {
            self.ended.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn accept_link(&self, link: &Link<'_>) -> Verdict {
        obey(link.port_name());
        (link.tunnel() == "SSTP").into()
    }

    fn link_ended(&self, link: &Link<'_>) {
        obey(link.port_name());
    }

    fn stop(&self) {
        assert!(!STOP_PANICS.load(Ordering::Relaxed), "the test asks for it");
        LEFT.lock()
            .expect("no test panics with it")
            .push((self.sessions.len(), self.ended.load(Ordering::Relaxed)));
    }
}

/// For each stop: the sessions that were left, and how many had ended.
static LEFT: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

impl EndpointChanges for Dll {
    fn accept_endpoint_change(&self, connection: &Connection<'_>) -> Verdict {
        obey(connection.user_name());
        Verdict::Accept
    }
}

impl PreAuthentication for Dll {
    fn validate(&self, client: &PreAuthenticated<'_>) -> Result<(), Code> {
        obey(client.user_name());
        if client.data() == b"secret" { Ok(()) } else { Err(Code::new(5)) }
    }
}

struct Pool;

impl Ipv4Addresses for Pool {
    fn start(_: &Context) -> Result<Pool, Code> {
        Ok(Pool)
    }

    fn assign(&self, request: &AddressRequest<'_, Ipv4Addr>) -> Result<Assignment<Ipv4Addr>, Code> {
        obey(request.user());
        match &*request.user().to_string_lossy() {
            "keeper" => Ok(Assignment::keep()),
            "nobody" => Err(Code::NO_ADDRESSES),
            "zero" => Ok(Assignment::of(Ipv4Addr::UNSPECIFIED)),
            _ => Ok(Assignment::of(Ipv4Addr::new(10, 8, 0, 7)).tell_release()),
        }
    }

    fn release(&self, released: &ReleasedAddress<'_, Ipv4Addr>) {
        obey(released.user());
        RELEASED.lock().expect("no test panics with it").push(released.address());
    }
}

static RELEASED: Mutex<Vec<Ipv4Addr>> = Mutex::new(Vec::new());

impl Ipv6Addresses for Pool {
    fn start(_: &Context) -> Result<Pool, Code> {
        Ok(Pool)
    }

    fn assign(&self, request: &AddressRequest<'_, u64>) -> Result<Assignment<u64>, Code> {
        obey(request.user());
        Ok(request.offered().map_or(Assignment::of(7), |_| Assignment::keep()))
    }

    fn release(&self, released: &ReleasedAddress<'_, u64>) {
        obey(released.user());
    }
}

/// The simulator stands in for the system's library.
fn api() -> mprapi::Result<Mpr> {
    // SAFETY: the simulator keeps the contract of `mprapi.h`.
    Ok(unsafe { Mpr::from_table(mprapi_sim::table()) })
}

mprapi_admin_dll::export_admin_dll!(
    Dll;
    ipv4 = Pool,
    ipv6 = Pool,
    on_panic = reject,
    endpoint_change = asked,
    pre_authentication = asked,
    api = api,
);

unsafe extern "system" {
    fn MprAdminInitializeDllEx(table: *mut MPRAPI_ADMIN_DLL_CALLBACKS) -> DWORD;
    fn MprAdminTerminateDll() -> DWORD;
    fn MprAdminAcceptNewConnectionEx(record: *mut RAS_CONNECTION_EX) -> BOOL;
    fn MprAdminAcceptReauthenticationEx(record: *mut RAS_CONNECTION_EX) -> BOOL;
    fn MprAdminConnectionHangupNotificationEx(record: *mut RAS_CONNECTION_EX);
    fn MprAdminAcceptNewLink(port: *mut RAS_PORT_0, details: *mut RAS_PORT_1) -> BOOL;
    fn MprAdminLinkHangupNotification(port: *mut RAS_PORT_0, details: *mut RAS_PORT_1);
    fn MprAdminGetIpAddressForUser(u: *mut WCHAR, p: *mut WCHAR, a: *mut DWORD, n: *mut BOOL) -> DWORD;
    fn MprAdminReleaseIpAddress(u: *mut WCHAR, p: *mut WCHAR, a: *mut DWORD);
    fn MprAdminGetIpv6AddressForUser(u: *mut WCHAR, p: *mut WCHAR, a: *mut IN6_ADDR, n: *mut BOOL) -> DWORD;
    fn MprAdminReleaseIpv6AddressForUser(u: *mut WCHAR, p: *mut WCHAR, a: *mut IN6_ADDR);
}

/// The service, which has started the DLL.
struct Service {
    table: MPRAPI_ADMIN_DLL_CALLBACKS,
    _alone: MutexGuard<'static, ()>,
}

impl Service {
    fn start() -> Service {
        let alone = alone();
        START.store(START_WELL, Ordering::Relaxed);
        Service { table: initialize().expect("it starts"), _alone: alone }
    }

    fn accept(&self, number: u32, user: &str) -> bool {
        // SAFETY: the record is there during the call.
        unsafe {
            self.table.lpfnRasAdminAcceptNewConnectionEx.expect("it has one")(&mut ex(number, user)) != 0
        }
    }

    fn end(&self, number: u32, user: &str) {
        let function = self.table.lpfnRasAdminConnectionHangupNotificationEx.expect("it has one");
        // SAFETY: the record is there during the call.
        unsafe { function(&mut ex(number, user)) }
    }

    /// The code, the address and the notification, which begin as what is offered and 0x5555.
    fn address(&self, user: &str, offered: u32) -> (u32, u32, i32) {
        let (mut address, mut notify) = (offered, 0x5555);
        let function = self.table.lpfnMprAdminGetIpAddressForUser.expect("it has one");
        // SAFETY: the names end with a NUL, and the rest is ours.
        let code = unsafe {
            function(name(user).as_mut_ptr(), name("VPN2-1").as_mut_ptr(), &mut address, &mut notify)
        };
        (code, address, notify)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // SAFETY: it takes nothing.
        let code = unsafe { self.table.lpfnRasAdminTerminateDll.expect("it has one")() };
        if !std::thread::panicking() {
            assert_eq!(code, if STOP_PANICS.load(Ordering::Relaxed) { 1359 } else { NO_ERROR });
            assert_eq!(ALIVE.load(Ordering::Relaxed), 0, "a state is left");
        }
    }
}

fn initialize() -> Result<MPRAPI_ADMIN_DLL_CALLBACKS, u32> {
    let mut table = MPRAPI_ADMIN_DLL_CALLBACKS::default();
    // SAFETY: the table is ours.
    match unsafe { MprAdminInitializeDllEx(&mut table) } {
        NO_ERROR => Ok(table),
        code => {
            assert_eq!(table.revision, 0, "the table was written all the same");
            Err(code)
        }
    }
}

#[test]
fn the_table_has_revision_2_and_every_function() {
    let service = Service::start();
    let table = &service.table;
    assert_eq!(u32::from(table.revision), MPRAPI_ADMIN_DLL_VERSION_2);
    assert!(table.lpfnMprAdminGetIpAddressForUser.is_some());
    assert!(table.lpfnMprAdminReleaseIpAddress.is_some());
    assert!(table.lpfnMprAdminGetIpv6AddressForUser.is_some());
    assert!(table.lpfnMprAdminReleaseIpV6AddressForUser.is_some());
    assert!(table.lpfnRasAdminAcceptNewLink.is_some());
    assert!(table.lpfnRasAdminLinkHangupNotification.is_some());
    assert!(table.lpfnRasAdminTerminateDll.is_some());
    assert!(table.lpfnRasAdminAcceptNewConnectionEx.is_some());
    assert!(table.lpfnRasAdminAcceptEndpointChangeEx.is_some());
    assert!(table.lpfnRasAdminAcceptReauthenticationEx.is_some());
    assert!(table.lpfnRasAdminConnectionHangupNotificationEx.is_some());
    assert!(table.lpfnRASValidatePreAuthenticatedConnectionEx.is_some());
}

#[test]
fn a_second_session_is_refused_until_the_first_has_ended_also_if_the_end_of_the_refused_one_is_told() {
    let service = Service::start();
    assert!(service.accept(1, "anna"));
    assert!(!service.accept(2, "ANNA"));
    service.end(2, "ANNA");
    assert!(!service.accept(3, "anna"), "the end was that of a refused one");
    assert!(service.accept(4, "bob"));
    service.end(1, "anna");
    assert!(service.accept(5, "anna"));
}

#[test]
fn the_functions_can_be_called_by_their_names_too() {
    let service = Service::start();
    let (mut record, (mut port, mut details)) = (ex(1, "anna"), link(1, "VPN1-1"));
    let (mut user, mut place) = (name("anna"), name("VPN1-1"));
    let (mut address, mut notify, mut ipv6) = (0, 0, IN6_ADDR::default());
    // SAFETY: the records and names are there during the calls.
    unsafe {
        assert_eq!(MprAdminAcceptNewConnectionEx(&mut record), 1);
        assert_eq!(MprAdminAcceptReauthenticationEx(&mut record), 1);
        assert_eq!(MprAdminAcceptNewLink(&mut port, &mut details), 1);
        let (user, place) = (user.as_mut_ptr(), place.as_mut_ptr());
        assert_eq!(MprAdminGetIpAddressForUser(user, place, &mut address, &mut notify), NO_ERROR);
        assert_eq!((address.to_ne_bytes(), notify), ([10, 8, 0, 7], 1));
        MprAdminReleaseIpAddress(user, place, &mut address);
        assert_eq!(RELEASED.lock().expect("whole").pop(), Some(Ipv4Addr::new(10, 8, 0, 7)));
        assert_eq!(MprAdminGetIpv6AddressForUser(user, place, &mut ipv6, &mut notify), NO_ERROR);
        assert_eq!((ipv6.u.Byte, notify), ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7], 0));
        MprAdminReleaseIpv6AddressForUser(user, place, &mut ipv6);
        MprAdminLinkHangupNotification(&mut port, &mut details);
        MprAdminConnectionHangupNotificationEx(&mut record);
        assert_eq!(MprAdminAcceptReauthenticationEx(&mut record), 0, "it has ended");
    }
    drop(service);
}

#[test]
fn an_address_is_kept_replaced_or_refused_and_what_is_refused_is_not_written() {
    let service = Service::start();
    let network = |address: [u8; 4]| u32::from_ne_bytes(address);
    assert_eq!(service.address("keeper", network([10, 0, 0, 9])), (0, network([10, 0, 0, 9]), 0));
    assert_eq!(service.address("keeper", 0), (Code::NO_ADDRESS_ASSIGNED.get(), 0, 0x5555));
    assert_eq!(service.address("anna", network([10, 0, 0, 9])), (0, network([10, 8, 0, 7]), 1));
    assert_eq!(service.address("nobody", 1), (717, 1, 0x5555));
    assert_eq!(service.address("zero", 1), (738, 1, 0x5555));
}

#[test]
fn a_panic_at_each_function_ends_there_and_the_next_call_is_answered() {
    let service = Service::start();
    let table = &service.table;
    let (mut record, (mut port, mut details)) = (ex(1, "panic"), link(1, "panic"));
    let (mut user, mut place) = (name("panic"), name("VPN1-1"));
    let (user, place) = (user.as_mut_ptr(), place.as_mut_ptr());
    let mut validation = Box::new(validation("panic", b""));
    let (mut address, mut ipv6, mut notify) = (0xAAAA_AAAA, IN6_ADDR::default(), 0x5555);
    ipv6.u.Byte = [0xAA; 16];
    // SAFETY: the records and names are there during the calls.
    unsafe {
        assert_eq!(table.lpfnRasAdminAcceptNewConnectionEx.expect("one")(&mut record), 0);
        assert_eq!(table.lpfnRasAdminAcceptReauthenticationEx.expect("one")(&mut record), 0);
        assert_eq!(table.lpfnRasAdminAcceptEndpointChangeEx.expect("one")(&mut record), 0);
        table.lpfnRasAdminConnectionHangupNotificationEx.expect("one")(&mut record);
        assert_eq!(table.lpfnRasAdminAcceptNewLink.expect("one")(&mut port, &mut details), 0);
        table.lpfnRasAdminLinkHangupNotification.expect("one")(&mut port, &mut details);
        let get = table.lpfnMprAdminGetIpAddressForUser.expect("one");
        assert_eq!(get(user, place, &mut address, &mut notify), 1359);
        table.lpfnMprAdminReleaseIpAddress.expect("one")(user, place, &mut address);
        let get = table.lpfnMprAdminGetIpv6AddressForUser.expect("one");
        assert_eq!(get(user, place, &mut ipv6, &mut notify), 1359);
        table.lpfnMprAdminReleaseIpV6AddressForUser.expect("one")(user, place, &mut ipv6);
        let validate = table.lpfnRASValidatePreAuthenticatedConnectionEx.expect("one");
        assert_eq!(validate((&raw mut *validation).cast()), 1359);
        assert_eq!((address, ipv6.u.Byte, notify), (0xAAAA_AAAA, [0xAA; 16], 0x5555), "they were written");
    }
    assert!(service.accept(2, "anna"));
}

#[test]
fn a_start_that_fails_or_panics_gives_its_code_and_the_next_one_starts() {
    let service = alone();
    for (how, code) in [(5, 5), (START_PANICS, 1359)] {
        START.store(how, Ordering::Relaxed);
        assert_eq!(initialize().map(drop), Err(code));
        assert_eq!(ALIVE.load(Ordering::Relaxed), 0);
    }
    drop(service);
    assert!(Service::start().accept(1, "anna"));
}

#[test]
fn a_stop_that_panics_is_told_as_an_internal_error() {
    let service = Service::start();
    STOP_PANICS.store(true, Ordering::Relaxed);
    drop(service);
    STOP_PANICS.store(false, Ordering::Relaxed);
    assert!(Service::start().accept(1, "anna"));
}

#[test]
fn records_that_cannot_be_read_are_refused_and_never_looked_at() {
    let service = Service::start();
    let table = &service.table;
    let (mut port, mut details) = link(1, "VPN1-1");
    let accept = table.lpfnRasAdminAcceptNewConnectionEx.expect("one");
    let accept_link = table.lpfnRasAdminAcceptNewLink.expect("one");
    let get = table.lpfnMprAdminGetIpAddressForUser.expect("one");
    let misaligned = |address: usize| ptr::without_provenance_mut::<u8>(address + 1);
    let (mut user, mut place, mut address, mut notify) = (name("anna"), name("VPN1-1"), 7, 0x5555);
    let (user, place) = (user.as_mut_ptr(), place.as_mut_ptr());
    let mut endless = vec![u16::from(b'a'); 1025];
    // SAFETY: what is not there is null or misaligned, which the functions must not follow.
    unsafe {
        assert_eq!(accept(ptr::null_mut()), 0);
        assert_eq!(accept(misaligned(0x1000).cast()), 0);
        for (revision, kind, size) in [(2, 1, 0), (1, 2, 0), (1, 1, 1)] {
            let mut record = ex(1, "anna");
            record.Header.revision = revision;
            record.Header.type_ = kind;
            record.Header.size += size;
            assert_eq!(accept(&mut record), 0, "{revision} {kind} {size}");
        }
        table.lpfnRasAdminConnectionHangupNotificationEx.expect("one")(ptr::null_mut());
        assert_eq!(accept_link(ptr::null_mut(), &mut details), 0);
        assert_eq!(accept_link(&mut port, ptr::null_mut()), 0);
        assert_eq!(accept_link(misaligned(0x1000).cast(), &mut details), 0);
        assert_eq!(get(ptr::null_mut(), place, &mut address, &mut notify), 87);
        assert_eq!(get(user, misaligned(0x1000).cast(), &mut address, &mut notify), 87);
        assert_eq!(get(user, place, ptr::null_mut(), &mut notify), 87);
        assert_eq!(get(user, place, &mut address, ptr::null_mut()), 87);
        assert_eq!(get(endless.as_mut_ptr(), place, &mut address, &mut notify), 87, "a name without an end");
        table.lpfnMprAdminReleaseIpAddress.expect("one")(user, place, ptr::null_mut());
        let validate = table.lpfnRASValidatePreAuthenticatedConnectionEx.expect("one");
        assert_eq!(validate(ptr::null_mut()), 87);
        assert_eq!(MprAdminInitializeDllEx(ptr::null_mut()), 87);
    }
    assert_eq!((address, notify), (7, 0x5555));
}

/// A client with its data behind it. The record's own room for data has one byte, at the end of what C counts.
#[repr(C)]
struct Validation {
    record: AUTH_VALIDATION_EX,
    more: [u8; 64],
}

fn validation(user: &str, data: &[u8]) -> Validation {
    let mut record = AUTH_VALIDATION_EX { AuthInfoSize: data.len() as u32, ..AUTH_VALIDATION_EX::default() };
    record.Header.type_ = MPRAPI_OBJECT_TYPE_AUTH_VALIDATION_OBJECT as u8;
    common::put(&mut record.wszUserName, user);
    let mut validation = Validation { record, more: [0; 64] };
    for (index, byte) in data.iter().enumerate() {
        // SAFETY: the data is in the record and in what follows, and all of that is ours.
        unsafe { (&raw mut validation.record.AuthInfo).cast::<u8>().add(index).write(*byte) };
    }
    validation
}

#[test]
fn a_client_that_skips_authentication_is_checked_by_its_data() {
    let service = Service::start();
    let validate = service.table.lpfnRASValidatePreAuthenticatedConnectionEx.expect("one");
    let call = |validation: Validation| {
        let mut validation = Box::new(validation);
        // SAFETY: as many bytes as it says follow the record.
        unsafe { validate((&raw mut *validation).cast()) }
    };
    assert_eq!(call(validation("anna", b"secret")), 0);
    assert_eq!(call(validation("anna", b"guess")), 5);
    assert_eq!(call(validation("anna", b"")), 5);
    let mut huge = validation("anna", b"secret");
    huge.record.AuthInfoSize = u32::MAX;
    assert_eq!(call(huge), 87);
    let mut other = validation("anna", b"secret");
    other.record.Header.type_ = MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT as u8;
    assert_eq!(call(other), 87);
}

#[test]
fn a_call_of_the_api_is_an_error_in_a_callout_and_works_later() {
    let simulation = mprapi_sim::Server::new("admin-dll-ex").start();
    let service = Service::start();
    assert!(service.accept(1, "calls the api"), "see `accept`");
    let context = current();
    let (sender, receiver) = mpsc::channel();
    context
        .later(move |mpr| {
            let server = mpr.and_then(|mpr| mpr.connect(Some("admin-dll-ex")));
            sender.send(server.map(drop)).expect("the test waits");
        })
        .expect("it is taken");
    assert_eq!(receiver.recv_timeout(Duration::from_secs(20)), Ok(Ok(())));
    drop(simulation);
}

/// The context of the DLL that runs, or ran last.
fn current() -> Context {
    CONTEXT.lock().expect("whole").clone().expect("one was started")
}

static CONTEXT: Mutex<Option<Context>> = Mutex::new(None);

#[test]
fn work_for_later_is_done_in_its_order_and_a_panic_ends_one_piece() {
    let service = Service::start();
    let context = current();
    let (sender, receiver) = mpsc::channel();
    for piece in 0..100 {
        let sender = sender.clone();
        let work = move |_| {
            assert!(piece % 10 != 0, "the test asks for it");
            sender.send(piece).expect("the test waits");
        };
        context.later(work).expect("it is taken");
    }
    drop(sender);
    let done: Vec<u32> = receiver.iter().collect();
    assert_eq!(done, (0..100).filter(|piece| piece % 10 != 0).collect::<Vec<_>>());
    drop(service);
}

#[test]
fn more_work_than_can_wait_is_refused_and_what_waits_is_dropped_when_the_service_stops() {
    let service = Service::start();
    let context = current();
    let (gate, begun) = (std::sync::Arc::new(Barrier::new(2)), std::sync::Arc::new(Barrier::new(2)));
    let (held, reached) = (std::sync::Arc::clone(&gate), std::sync::Arc::clone(&begun));
    context
        .later(move |_| {
            reached.wait();
            held.wait();
        })
        .expect("it is taken");
    begun.wait();
    let (sender, receiver) = mpsc::channel::<()>();
    let push = || {
        let sender = sender.clone();
        context.later(move |_| sender.send(()).expect("it is not run"))
    };
    assert_eq!((0..1024).map(|_| push()).filter(Result::is_ok).count(), 1024);
    assert_eq!(push(), Err(LaterError::Full));
    // The service does not wait for the work that runs.
    drop(service);
    assert_eq!(push(), Err(LaterError::Stopped));
    drop(sender);
    assert!(receiver.recv().is_err(), "what waited was run");
    gate.wait();
}

#[test]
fn a_hundred_threads_in_both_groups_leave_no_session() {
    let service = Service::start();
    let all = Barrier::new(100);
    std::thread::scope(|scope| {
        for thread in 0..100_u32 {
            let (service, all) = (&service, &all);
            scope.spawn(move || {
                all.wait();
                for round in 0..50 {
                    if thread % 2 == 0 {
                        let (number, user) = (thread * 1000 + round + 1, format!("user-{}", thread % 10));
                        let is_accepted = service.accept(number, &user);
                        let (mut port, mut details) = link(number, "VPN1-1");
                        // SAFETY: the records are there during the calls.
                        unsafe { MprAdminAcceptNewLink(&mut port, &mut details) };
                        if round % 7 == 0 {
                            assert!(!service.accept(number + 500, "panic"));
                        }
                        // SAFETY: as above.
                        unsafe { MprAdminLinkHangupNotification(&mut port, &mut details) };
                        service.end(number, &user);
                        assert!(is_accepted || user.starts_with("user-"));
                    } else {
                        let (code, address, _) = service.address("anna", 1);
                        assert_eq!((code, address.to_ne_bytes()), (0, [10, 8, 0, 7]));
                        assert_eq!(service.address("panic", 1), (1359, 1, 0x5555));
                    }
                }
            });
        }
    });
    LEFT.lock().expect("whole").clear();
    drop(service);
    // Other tests may have had the DLL since.
    let left = LEFT.lock().expect("whole").first().copied();
    assert!(matches!(left, Some((0, ended)) if ended >= 50), "{left:?}");
}

#[test]
fn a_service_that_starts_a_hundred_times_in_one_process_gets_a_new_state_each_time() {
    for _ in 0..100 {
        let service = Service::start();
        assert!(service.accept(1, "anna"), "the session of the last run is still there");
        assert!(!service.accept(2, "anna"));
    }
    let before = current().start_number();
    let _service = Service::start();
    assert_eq!(current().start_number(), before + 1);
}

#[test]
fn a_dll_that_is_initialised_twice_keeps_its_state_until_it_is_terminated_twice() {
    let service = Service::start();
    assert!(service.accept(1, "anna"));
    let again = initialize().expect("it runs already");
    assert!(!service.accept(2, "anna"), "the session is still there");
    // SAFETY: it takes nothing.
    assert_eq!(unsafe { again.lpfnRasAdminTerminateDll.expect("one")() }, NO_ERROR);
    assert!(!service.accept(2, "anna"), "one use of it is left");
}

#[test]
fn a_call_before_the_start_or_after_the_stop_is_refused_and_harms_nothing() {
    drop(Service::start());
    let alone = alone();
    // SAFETY: the records are there during the calls.
    unsafe {
        assert_eq!(MprAdminAcceptNewConnectionEx(&mut ex(1, "anna")), 0);
        MprAdminConnectionHangupNotificationEx(&mut ex(1, "anna"));
        let (mut address, mut notify) = (7, 0x5555);
        let (mut user, mut place) = (name("anna"), name("VPN1-1"));
        let code =
            MprAdminGetIpAddressForUser(user.as_mut_ptr(), place.as_mut_ptr(), &mut address, &mut notify);
        assert_eq!((code, address, notify), (Code::NOT_ACTIVE.get(), 7, 0x5555));
        assert_eq!(MprAdminTerminateDll(), NO_ERROR);
        assert_eq!(MprAdminTerminateDll(), NO_ERROR);
    }
    drop(alone);
}

#[test]
fn a_static_outlives_the_stop_of_the_service() {
    static SEEN: Sessions<()> = Sessions::new();
    drop(Service::start());
    SEEN.begin(Guid::from(common::guid(1)), ());
    drop(Service::start());
    assert_eq!(SEEN.drain().len(), 1);
}
