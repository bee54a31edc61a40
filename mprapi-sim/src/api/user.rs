//! Users' accounts: who may dial in.

use mprapi_sys as sys;

use crate::api::call::{Call, Function, on_machine};
use crate::api::param::{Out, record, text};
use crate::error_code::{Code, ERROR_INVALID_LEVEL, ERROR_INVALID_PARAMETER, ERROR_NO_SUCH_USER};
use crate::router::account::Account;
use crate::scenario::user::account_key;
use crate::wide;

/// Runs a call on an account.
///
/// # Safety
/// The names must be null or terminated texts.
unsafe fn on_account(
    function: &'static Function,
    server: *const u16,
    user: *const u16,
    body: impl FnOnce(&mut Account) -> Result<(), Code>,
) -> sys::DWORD {
    let find = |call: &Call| {
        // SAFETY: promised by the caller.
        let user = unsafe { text(user) }?.ok_or(ERROR_NO_SUCH_USER)?;
        body(call.state().accounts.get_mut(&account_key(&user)).ok_or(ERROR_NO_SUCH_USER)?)
    };
    // SAFETY: promised by the caller.
    unsafe { on_machine(function, server, find) }
}

const GET_INFO: Function = Function::named("MprAdminUserGetInfo").without_service();

pub(crate) unsafe extern "system" fn MprAdminUserGetInfo(
    lpszServer: *const sys::WCHAR,
    lpszUser: *const sys::WCHAR,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    let body = |account: &mut Account| {
        let number = wide::array(&account.number);
        match dwLevel {
            0 => {
                let pointer = lpbBuffer.cast::<sys::RAS_USER_0>();
                // SAFETY: the caller's promise, as the function's page asks.
                let record = unsafe { Out::new(pointer, ERROR_INVALID_PARAMETER) }?;
                record.set(sys::RAS_USER_0 { bfPrivilege: account.privilege, wszPhoneNumber: number });
            }
            1 => {
                let pointer = lpbBuffer.cast::<sys::RAS_USER_1>();
                // SAFETY: as above.
                let record = unsafe { Out::new(pointer, ERROR_INVALID_PARAMETER) }?;
                record.set(sys::RAS_USER_1 {
                    bfPrivilege: account.privilege,
                    wszPhoneNumber: number,
                    bfPrivilege2: account.by_policy,
                });
            }
            _ => return Err(ERROR_INVALID_LEVEL),
        }
        Ok(())
    };
    // SAFETY: as above.
    unsafe { on_account(&GET_INFO, lpszServer, lpszUser, body) }
}

const SET_INFO: Function = Function::named("MprAdminUserSetInfo").without_service().needs_memory();

/// Unknown privileges, and more than one kind of callback, are an invalid parameter.
pub(crate) unsafe extern "system" fn MprAdminUserSetInfo(
    lpszServer: *const sys::WCHAR,
    lpszUser: *const sys::WCHAR,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    let body = |account: &mut Account| {
        let (privilege, number, by_policy) = match dwLevel {
            0 => {
                // SAFETY: the caller's promise, as the function's page asks.
                let record: sys::RAS_USER_0 = unsafe { record(lpbBuffer) }?;
                (record.bfPrivilege, wide::given(&record.wszPhoneNumber)?, account.by_policy)
            }
            1 => {
                // SAFETY: as above.
                let record: sys::RAS_USER_1 = unsafe { record(lpbBuffer) }?;
                (record.bfPrivilege, wide::given(&record.wszPhoneNumber)?, record.bfPrivilege2)
            }
            _ => return Err(ERROR_INVALID_LEVEL),
        };
        account.set(privilege, by_policy, number)
    };
    // SAFETY: as above.
    unsafe { on_account(&SET_INFO, lpszServer, lpszUser, body) }
}
