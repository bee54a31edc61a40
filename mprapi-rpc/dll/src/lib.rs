//! `mprapi.dll`'s functions as a C library for other systems: they administer servers on the network.
//!
//! It has one export for each function of the API, and one for the text of a failure. `include/mprapi_network.h` has that and
//! the variables of the environment that set the account and the limits.

#![expect(non_snake_case, reason = "the names are the header's")]

#[path = "../../../mprapi-sim/dll/src/export.rs"]
pub mod export;
mod settings;

use std::panic::catch_unwind;
use std::sync::Arc;

use mprapi_rpc::Failure;
use mprapi_rpc::client::{self, Network, Purpose, Transport};
use mprapi_rpc::network::{self, OverSmb};
use mprapi_sys::{ERROR_INTERNAL_ERROR, ERROR_INVALID_PARAMETER, Functions, NO_ERROR};

/// The network with the settings of the environment.
struct Configured;

impl Network for Configured {
    fn connect(server: Option<&[u16]>, purpose: Purpose) -> Result<Arc<dyn Transport>, u32> {
        settings::set().map_err(|_| ERROR_INVALID_PARAMETER)?;
        OverSmb::connect(server, purpose)
    }
}

const FUNCTIONS: Functions = client::functions::<Configured>();

/// Writes the last failure of a server into the text, in UTF-8 with a terminating zero, as much as fits; the text may be null.
/// A null name is this machine, as for `MprAdminServerConnect`.
///
/// Returns the code of the failure, 0 if there is none, or 1359 (`ERROR_INTERNAL_ERROR`). If the environment is wrong, that is
/// the failure of every server, with 87 (`ERROR_INVALID_PARAMETER`). In C it is declared by `include/mprapi_network.h`.
///
/// # Safety
/// `pwszServer` must be null or a terminated text, and `pszText` null or valid for writes of `cbText` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn MprNetworkFailure(
    pwszServer: *const u16,
    pszText: *mut u8,
    cbText: u32,
) -> u32 {
    // SAFETY: promised by the caller.
    let name = unsafe { text(pwszServer) };
    // Nothing that panics may leave a function that C calls.
    let Ok((code, text)) = catch_unwind(|| failure(name.as_deref())) else { return ERROR_INTERNAL_ERROR };
    if pszText.is_null() || cbText == 0 {
        return code;
    }
    // A character is not cut in half.
    let mut length = text.len().min(cbText as usize - 1);
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    // SAFETY: as many bytes fit, and the text is our own.
    unsafe { pszText.copy_from_nonoverlapping(text.as_ptr(), length) };
    // SAFETY: there is one more byte of room.
    let end = unsafe { pszText.add(length) };
    // SAFETY: as above.
    unsafe { end.write(0) };
    code
}

/// Returns the code and the text of a server's last failure.
fn failure(name: Option<&str>) -> (u32, String) {
    match (settings::set(), network::failure(name)) {
        (Err(wrong), _) => (ERROR_INVALID_PARAMETER, wrong.to_owned()),
        (Ok(()), Some(Failure { layer, code, text, .. })) => (code, format!("{layer}: {text}")),
        (Ok(()), None) => (NO_ERROR, String::new()),
    }
}

/// Reads a text up to its zero; `None` for null.
///
/// # Safety
/// The pointer must be null or point to units that are readable up to and including the first zero.
unsafe fn text(pointer: *const u16) -> Option<String> {
    if pointer.is_null() {
        return None;
    }
    let mut units = Vec::new();
    loop {
        // SAFETY: the units before this one are not zero, so it still belongs to the text.
        let place = unsafe { pointer.add(units.len()) };
        // SAFETY: as above.
        match unsafe { place.read_unaligned() } {
            0 => return Some(String::from_utf16_lossy(&units)),
            unit => units.push(unit),
        }
    }
}
