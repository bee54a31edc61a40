//! Credentials: of interfaces, and the server's pre-shared key.

use mprapi_sys as sys;

use crate::api::call::{Call, Function, on_machine, on_router};
use crate::api::param::{Out, given_bytes, put_text, record, text};
use crate::error_code::{
    Code, ERROR_INVALID_PARAMETER, ERROR_NO_INTERFACE_CREDENTIALS_SET, ERROR_NOT_SUPPORTED,
};
use crate::router::handle::Handle;
use crate::scenario::check::{DNLEN, PWLEN, UNLEN};

const GET: Function = Function::named("MprAdminInterfaceGetCredentials").without_service();

/// An interface for which none were set answers `ERROR_NO_INTERFACE_CREDENTIALS_SET`; the page does not say.
pub(crate) unsafe extern "system" fn MprAdminInterfaceGetCredentials(
    lpwsServer: sys::LPWSTR,
    lpwsInterfaceName: sys::LPWSTR,
    lpwsUserName: sys::LPWSTR,
    lpwsPassword: sys::LPWSTR,
    lpwsDomainName: sys::LPWSTR,
) -> sys::DWORD {
    let body = |call: &Call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let name = unsafe { text(lpwsInterfaceName) }?.ok_or(ERROR_INVALID_PARAMETER)?;
        if lpwsUserName.is_null() && lpwsPassword.is_null() && lpwsDomainName.is_null() {
            return Ok(());
        }
        let mut state = call.state();
        let credentials = state.dialling_named(&name)?.credentials.as_ref();
        let credentials = credentials.ok_or(ERROR_NO_INTERFACE_CREDENTIALS_SET)?;
        for (pointer, room, text) in [
            (lpwsUserName, UNLEN + 1, &credentials.user),
            (lpwsPassword, PWLEN + 1, &credentials.password),
            (lpwsDomainName, DNLEN + 1, &credentials.domain),
        ] {
            if !pointer.is_null() {
                // SAFETY: the page gives the arrays these sizes.
                unsafe { put_text(pointer, room, text, ERROR_INVALID_PARAMETER) }?;
            }
        }
        Ok(())
    };
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { on_machine(&GET, lpwsServer, body) }
}

const SET: Function = Function::named("MprAdminInterfaceSetCredentials").without_service().needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceSetCredentials(
    lpwsServer: sys::LPWSTR,
    lpwsInterfaceName: sys::LPWSTR,
    lpwsUserName: sys::LPWSTR,
    lpwsDomainName: sys::LPWSTR,
    lpwsPassword: sys::LPWSTR,
) -> sys::DWORD {
    let short = |pointer: sys::LPWSTR, longest: usize| {
        // SAFETY: the caller's promise, as the function's page asks.
        let text = unsafe { text(pointer) }?;
        match text {
            Some(text) if crate::wide::terminated(&text).len() > longest + 1 => Err(ERROR_INVALID_PARAMETER),
            text => Ok(text),
        }
    };
    let body = |call: &Call| {
        let longest = sys::MAX_INTERFACE_NAME_LEN as usize;
        let name = short(lpwsInterfaceName, longest)?.ok_or(ERROR_INVALID_PARAMETER)?;
        let user = short(lpwsUserName, UNLEN)?;
        let domain = short(lpwsDomainName, DNLEN)?;
        let password = short(lpwsPassword, PWLEN)?;
        let mut state = call.state();
        let dialling = state.dialling_named(&name)?;
        if user.is_none() && domain.is_none() && password.is_none() {
            dialling.credentials = None;
            return Ok(());
        }
        let known = dialling.credentials.get_or_insert_default();
        for (part, given) in
            [(&mut known.user, user), (&mut known.domain, domain), (&mut known.password, password)]
        {
            if let Some(given) = given {
                *part = given;
            }
        }
        Ok(())
    };
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { on_machine(&SET, lpwsServer, body) }
}

/// Reads a caller's data.
///
/// # Safety
/// The pointer must be null or that of the record, whose data must be readable.
unsafe fn data(buffer: sys::LPBYTE) -> Result<Vec<u8>, Code> {
    // SAFETY: promised by the caller; both levels' records are alike.
    let record: sys::MPR_CREDENTIALSEX_1 = unsafe { record(buffer) }?;
    // SAFETY: promised by the caller.
    unsafe { given_bytes(record.lpbCredentialsInfo, record.dwSize) }
}

impl Call {
    fn hand_out_data(&self, data: &[u8]) -> Result<*mut u8, Code> {
        let record = sys::MPR_CREDENTIALSEX_1 { dwSize: self.size_said(data.len()), ..Default::default() };
        self.hand_out_with(record, [data], |record, [data]| record.lpbCredentialsInfo = data)
    }
}

/// A pre-shared key as it is read: not as it was set. The page calls it encrypted; here each byte is turned over.
fn encrypted(key: &[u8]) -> Vec<u8> {
    key.iter().map(|byte| !byte).collect()
}

const GET_EX: Function = Function::admin("MprAdminInterfaceGetCredentialsEx").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceGetCredentialsEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_router(&GET_EX, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer, ERROR_INVALID_PARAMETER) }?;
        let mut state = call.state();
        let dialling = state.dialling(Handle::of(hInterface))?;
        buffer.set(match dwLevel {
            0 => call.hand_out_data(&dialling.eap)?,
            1 => call.hand_out_data(&encrypted(&dialling.key))?,
            _ => return Err(ERROR_NOT_SUPPORTED),
        });
        Ok(())
    })
}

const SET_EX: Function = Function::admin("MprAdminInterfaceSetCredentialsEx").needs_memory();

pub(crate) unsafe extern "system" fn MprAdminInterfaceSetCredentialsEx(
    hMprServer: sys::MPR_SERVER_HANDLE,
    hInterface: sys::HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_router(&SET_EX, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let data = unsafe { data(lpbBuffer) }?;
        let mut state = call.state();
        let dialling = state.dialling(Handle::of(hInterface))?;
        match dwLevel {
            0 => dialling.eap = data,
            1 => dialling.key = data,
            _ => return Err(ERROR_NOT_SUPPORTED),
        }
        Ok(())
    })
}

const SERVER_GET: Function = Function::admin("MprAdminServerGetCredentials");

pub(crate) unsafe extern "system" fn MprAdminServerGetCredentials(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lplpbBuffer: *mut sys::LPBYTE,
) -> sys::DWORD {
    on_router(&SERVER_GET, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let buffer = unsafe { Out::new(lplpbBuffer, ERROR_INVALID_PARAMETER) }?;
        if dwLevel != 0 {
            return Err(ERROR_NOT_SUPPORTED);
        }
        buffer.set(call.hand_out_data(&call.state().server_key)?);
        Ok(())
    })
}

const SERVER_SET: Function = Function::admin("MprAdminServerSetCredentials");

pub(crate) unsafe extern "system" fn MprAdminServerSetCredentials(
    hMprServer: sys::MPR_SERVER_HANDLE,
    dwLevel: sys::DWORD,
    lpbBuffer: sys::LPBYTE,
) -> sys::DWORD {
    on_router(&SERVER_SET, hMprServer, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let data = unsafe { data(lpbBuffer) }?;
        if dwLevel != 0 {
            return Err(ERROR_NOT_SUPPORTED);
        }
        call.state().server_key = data;
        Ok(())
    })
}
