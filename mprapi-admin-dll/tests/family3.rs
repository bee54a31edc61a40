//! A DLL of family 3 that accepts where it cannot decide, called by its exported names.
#![expect(clippy::multiple_unsafe_ops_per_block, reason = "the service makes one call after the other")]

mod common;

use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering};

use common::{Family3, alone, link, obey};
use mprapi_admin_dll::{AdminDll, Code, Connection, Context, Records, Sessions, Verdict};
use mprapi_sys::*;

struct Dll(Sessions<()>);

static FAILS: AtomicBool = AtomicBool::new(false);

impl AdminDll for Dll {
    fn start(_: &Context) -> Result<Dll, Code> {
        if FAILS.load(Ordering::Relaxed) { Err(Code::INVALID_DATA) } else { Ok(Dll(Sessions::new())) }
    }

    fn accept(&self, connection: &Connection<'_>) -> Verdict {
        obey(connection.user_name());
        let Records::Family3 { level_3, .. } = connection.records() else { return Verdict::Reject };
        assert_eq!(level_3.user_name(), connection.user_name());
        self.0.begin_if(connection.guid(), (), |others| others.is_empty()).into()
    }

    fn accept_again(&self, connection: &Connection<'_>) -> Verdict {
        self.0.update(connection.guid(), |()| ()).is_some().into()
    }

    fn ended(&self, connection: &Connection<'_>) {
        self.0.end(connection.guid());
    }
}

mprapi_admin_dll::export_admin_dll!(Dll; on_panic = accept, on_failed_start = accept_all, form = family3);

type Function = unsafe extern "system" fn(
    *mut RAS_CONNECTION_0,
    *mut RAS_CONNECTION_1,
    *mut RAS_CONNECTION_2,
    *mut RAS_CONNECTION_3,
) -> BOOL;

unsafe extern "system" {
    fn MprAdminInitializeDll() -> DWORD;
    fn MprAdminTerminateDll() -> DWORD;
    fn MprAdminAcceptNewConnection3(
        a: *mut RAS_CONNECTION_0,
        b: *mut RAS_CONNECTION_1,
        c: *mut RAS_CONNECTION_2,
        d: *mut RAS_CONNECTION_3,
    ) -> BOOL;
    fn MprAdminAcceptReauthentication(
        a: *mut RAS_CONNECTION_0,
        b: *mut RAS_CONNECTION_1,
        c: *mut RAS_CONNECTION_2,
        d: *mut RAS_CONNECTION_3,
    ) -> BOOL;
    fn MprAdminConnectionHangupNotification3(
        a: *mut RAS_CONNECTION_0,
        b: *mut RAS_CONNECTION_1,
        c: *mut RAS_CONNECTION_2,
        d: *mut RAS_CONNECTION_3,
    );
    fn MprAdminAcceptNewLink(port: *mut RAS_PORT_0, details: *mut RAS_PORT_1) -> BOOL;
    fn MprAdminLinkHangupNotification(port: *mut RAS_PORT_0, details: *mut RAS_PORT_1);
}

fn call(function: Function, number: u32, user: &str) -> bool {
    let mut records = Family3::new(number, user);
    let Family3 { level_0, level_1, level_2, level_3 } = &mut *records;
    // SAFETY: the records are there during the call.
    unsafe { function(level_0, level_1, level_2, level_3) != 0 }
}

fn end(number: u32) {
    let mut records = Family3::new(number, "anna");
    let Family3 { level_0, level_1, level_2, level_3 } = &mut *records;
    // SAFETY: the records are there during the call.
    unsafe { MprAdminConnectionHangupNotification3(level_0, level_1, level_2, level_3) };
}

#[test]
fn one_connection_after_the_other_is_accepted_and_a_panic_accepts() {
    let _alone = alone();
    // SAFETY: it takes nothing.
    assert_eq!(unsafe { MprAdminInitializeDll() }, NO_ERROR);
    assert!(call(MprAdminAcceptNewConnection3, 1, "anna"));
    assert!(call(MprAdminAcceptReauthentication, 1, "anna"));
    assert!(!call(MprAdminAcceptReauthentication, 2, "bob"));
    assert!(!call(MprAdminAcceptNewConnection3, 2, "bob"));
    assert!(call(MprAdminAcceptNewConnection3, 2, "panic"), "the macro says `accept`");
    end(1);
    assert!(call(MprAdminAcceptNewConnection3, 2, "bob"));
    let (mut port, mut details) = link(2, "VPN1-1");
    // SAFETY: the records are there during the calls.
    unsafe {
        assert_eq!(MprAdminAcceptNewLink(&mut port, &mut details), 1, "the default of the trait");
        MprAdminLinkHangupNotification(&mut port, &mut details);
        assert_eq!(MprAdminTerminateDll(), NO_ERROR);
    }
}

#[test]
fn one_record_of_the_four_that_is_null_is_enough_to_answer_as_after_a_panic() {
    let _alone = alone();
    // SAFETY: it takes nothing.
    assert_eq!(unsafe { MprAdminInitializeDll() }, NO_ERROR);
    let mut records = Family3::new(1, "anna");
    let Family3 { level_0, level_1, level_2, level_3 } = &mut *records;
    let (a, b, c, d): (*mut _, *mut _, *mut _, *mut _) = (level_0, level_1, level_2, level_3);
    // SAFETY: the records are there during the calls, or null.
    unsafe {
        assert_eq!(MprAdminAcceptNewConnection3(null_mut(), b, c, d), 1);
        assert_eq!(MprAdminAcceptNewConnection3(a, null_mut(), c, d), 1);
        assert_eq!(MprAdminAcceptNewConnection3(a, b, null_mut(), d), 1);
        assert_eq!(MprAdminAcceptNewConnection3(a, b, c, null_mut()), 1);
        MprAdminConnectionHangupNotification3(a, b, c, null_mut());
        assert_eq!(MprAdminTerminateDll(), NO_ERROR);
    }
}

#[test]
fn a_dll_that_cannot_start_accepts_everyone_if_the_macro_says_so() {
    let _alone = alone();
    FAILS.store(true, Ordering::Relaxed);
    // SAFETY: it takes nothing.
    assert_eq!(unsafe { MprAdminInitializeDll() }, NO_ERROR);
    assert!(call(MprAdminAcceptNewConnection3, 1, "anna"));
    assert!(call(MprAdminAcceptNewConnection3, 2, "bob"));
    end(1);
    // SAFETY: it takes nothing.
    assert_eq!(unsafe { MprAdminTerminateDll() }, NO_ERROR);
    FAILS.store(false, Ordering::Relaxed);
    // SAFETY: it takes nothing.
    assert_eq!(unsafe { MprAdminInitializeDll() }, NO_ERROR);
    assert!(call(MprAdminAcceptNewConnection3, 1, "anna"));
    assert!(!call(MprAdminAcceptNewConnection3, 2, "bob"), "it works again");
    // SAFETY: it takes nothing.
    assert_eq!(unsafe { MprAdminTerminateDll() }, NO_ERROR);
}
