//! A service that asks for addresses in a process where it has not initialised the DLL, whose addresses cannot start.

mod common;

use std::net::Ipv4Addr;

use common::name;
use mprapi_admin_dll::{AddressRequest, AdminDll, Assignment, Code, Context, Ipv4Addresses, ReleasedAddress};
use mprapi_sys::*;

struct Dll;

impl AdminDll for Dll {
    fn start(_: &Context) -> Result<Dll, Code> {
        Ok(Dll)
    }
}

struct Pool;

impl Ipv4Addresses for Pool {
    fn start(_: &Context) -> Result<Pool, Code> {
        Err(Code::INVALID_DATA)
    }

    fn assign(&self, _: &AddressRequest<'_, Ipv4Addr>) -> Result<Assignment<Ipv4Addr>, Code> {
        unreachable!("the pool has not started")
    }

    fn release(&self, _: &ReleasedAddress<'_, Ipv4Addr>) {}
}

mprapi_admin_dll::export_admin_dll!(Dll; ipv4 = Pool, on_failed_start = accept_all);

unsafe extern "system" {
    fn MprAdminGetIpAddressForUser(u: *mut WCHAR, p: *mut WCHAR, a: *mut DWORD, n: *mut BOOL) -> DWORD;
}

#[test]
fn addresses_that_cannot_start_with_the_first_question_keep_what_is_offered_where_all_are_accepted() {
    for _ in 0..2 {
        let (mut address, mut notify) = (0x0100_140A, 1);
        let (mut user, mut port) = (name("anna"), name("VPN1-1"));
        // SAFETY: the names end with a NUL, and the rest is ours.
        let code = unsafe {
            MprAdminGetIpAddressForUser(user.as_mut_ptr(), port.as_mut_ptr(), &mut address, &mut notify)
        };
        assert_eq!((code, address, notify), (NO_ERROR, 0x0100_140A, 0));
    }
}
