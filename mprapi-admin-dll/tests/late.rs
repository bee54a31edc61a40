//! A service that asks for addresses in a process where it has not initialised the DLL. Whether it does that is not documented.

mod common;

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::name;
use mprapi_admin_dll::{AddressRequest, AdminDll, Assignment, Code, Context, Ipv4Addresses, ReleasedAddress};
use mprapi_sys::*;

static STARTED: AtomicUsize = AtomicUsize::new(0);

struct Dll;

impl AdminDll for Dll {
    fn start(_: &Context) -> Result<Dll, Code> {
        STARTED.fetch_add(100, Ordering::Relaxed);
        Ok(Dll)
    }
}

struct Pool;

impl Ipv4Addresses for Pool {
    fn start(_: &Context) -> Result<Pool, Code> {
        STARTED.fetch_add(1, Ordering::Relaxed);
        Ok(Pool)
    }

    fn assign(&self, _: &AddressRequest<'_, Ipv4Addr>) -> Result<Assignment<Ipv4Addr>, Code> {
        Ok(Assignment::of(Ipv4Addr::new(10, 8, 0, 7)))
    }

    fn release(&self, _: &ReleasedAddress<'_, Ipv4Addr>) {}
}

mprapi_admin_dll::export_admin_dll!(Dll; ipv4 = Pool);

unsafe extern "system" {
    fn MprAdminInitializeDllEx(table: *mut MPRAPI_ADMIN_DLL_CALLBACKS) -> DWORD;
    fn MprAdminTerminateDll() -> DWORD;
    fn MprAdminGetIpAddressForUser(u: *mut WCHAR, p: *mut WCHAR, a: *mut DWORD, n: *mut BOOL) -> DWORD;
}

fn ask() -> DWORD {
    let (mut address, mut notify) = (0, 0);
    let (mut user, mut port) = (name("anna"), name("VPN1-1"));
    // SAFETY: the names end with a NUL, and the rest is ours.
    unsafe { MprAdminGetIpAddressForUser(user.as_mut_ptr(), port.as_mut_ptr(), &mut address, &mut notify) }
}

#[test]
fn the_first_question_starts_the_addresses_alone_and_after_the_stop_none_does() {
    assert_eq!(ask(), NO_ERROR);
    assert_eq!(STARTED.load(Ordering::Relaxed), 1, "the addresses, and nothing else");
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| assert_eq!(ask(), NO_ERROR));
        }
    });
    assert_eq!(STARTED.load(Ordering::Relaxed), 1, "each question has started them");
    let mut table = MPRAPI_ADMIN_DLL_CALLBACKS::default();
    // SAFETY: the table is ours.
    assert_eq!(unsafe { MprAdminInitializeDllEx(&mut table) }, NO_ERROR);
    assert_eq!(STARTED.load(Ordering::Relaxed), 101, "those that ran already go on");
    assert_eq!(ask(), NO_ERROR);
    // SAFETY: it takes nothing.
    assert_eq!(unsafe { MprAdminTerminateDll() }, NO_ERROR);
    assert_eq!(ask(), Code::NOT_ACTIVE.get());
    assert_eq!(STARTED.load(Ordering::Relaxed), 101);
}
