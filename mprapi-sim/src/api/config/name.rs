//! The two names of an interface: people call that of a local network by its friendly name, the API by its GUID.
//! IP-in-IP tunnels have both too; other interfaces have no GUID name.

use mprapi_sys as sys;

use crate::api::call::{Function, on_router};
use crate::api::param::{put_text, text};
use crate::error_code::{ERROR_BUFFER_OVERFLOW, ERROR_INVALID_PARAMETER, ERROR_NOT_FOUND};
use crate::guid::Guid;
use crate::router::interface::Settings;
use crate::router::state::State;
use crate::wide::same_name;

/// Answers one name of an interface by the other. The size of the buffer is in bytes.
///
/// # Safety
/// The pointers must be null or what the function's page asks for.
unsafe fn translate(
    function: &'static Function,
    server: sys::HANDLE,
    name: sys::PWCHAR,
    buffer: sys::PWCHAR,
    bytes: u32,
    other: impl FnOnce(&State, &str) -> Option<String>,
) -> sys::DWORD {
    on_router(function, server, |call| {
        // SAFETY: promised by the caller.
        let name = unsafe { text(name) }?.ok_or(ERROR_INVALID_PARAMETER)?;
        if buffer.is_null() {
            return Err(ERROR_INVALID_PARAMETER);
        }
        let other = other(&call.state(), &name).ok_or(ERROR_NOT_FOUND)?;
        // SAFETY: promised by the caller.
        unsafe { put_text(buffer, bytes as usize / 2, &other, ERROR_BUFFER_OVERFLOW) }
    })
}

/// Finds a stored interface that has a GUID name.
fn find(state: &State, is_meant: impl Fn(&Settings) -> bool) -> Option<&Settings> {
    let mut interfaces = state.stored.interfaces.iter().map(|(_, settings)| &**settings);
    interfaces.find(|settings| settings.has_guid_name() && is_meant(settings))
}

const FRIENDLY_NAME: Function = Function::config("MprConfigGetFriendlyName");

pub(crate) unsafe extern "system" fn MprConfigGetFriendlyName(
    hMprConfig: sys::HANDLE,
    pszGuidName: sys::PWCHAR,
    pszBuffer: sys::PWCHAR,
    dwBufferSize: sys::DWORD,
) -> sys::DWORD {
    let friendly_name = |state: &State, name: &str| {
        let guid = Guid::in_name(name)?;
        let known = find(state, |settings| settings.guid == guid);
        known
            .map(|settings| &*settings.friendly_name)
            .or_else(|| state.ip_in_ip.name_of(guid))
            .map(str::to_owned)
    };
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { translate(&FRIENDLY_NAME, hMprConfig, pszGuidName, pszBuffer, dwBufferSize, friendly_name) }
}

const GUID_NAME: Function = Function::config("MprConfigGetGuidName");

pub(crate) unsafe extern "system" fn MprConfigGetGuidName(
    hMprConfig: sys::HANDLE,
    pszFriendlyName: sys::PWCHAR,
    pszBuffer: sys::PWCHAR,
    dwBufferSize: sys::DWORD,
) -> sys::DWORD {
    let guid_name = |state: &State, name: &str| {
        let known = find(state, |settings| same_name(&settings.friendly_name, name));
        let known = known.map(|settings| settings.name.clone());
        known.or_else(|| state.ip_in_ip.guid_of(name).map(|guid| guid.to_string()))
    };
    // SAFETY: the caller's promise, as the function's page asks.
    unsafe { translate(&GUID_NAME, hMprConfig, pszFriendlyName, pszBuffer, dwBufferSize, guid_name) }
}
