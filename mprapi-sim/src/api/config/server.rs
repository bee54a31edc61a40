//! The stored configuration as a whole: installing it, backup and restore.

use std::io::ErrorKind;
use std::path::PathBuf;

use mprapi_sys as sys;

use crate::api::call::{Function, free, on_machine, on_router};
use crate::api::ledger::Family;
use crate::api::param::text;
use crate::error_code::{
    Code, ERROR_ACCESS_DENIED, ERROR_FILE_NOT_FOUND, ERROR_INVALID_DATA, ERROR_INVALID_PARAMETER,
    ERROR_PATH_NOT_FOUND, ERROR_WRITE_FAULT,
};
use crate::router::backup;
use crate::router::stored::Stored;

const INSTALL: Function = Function::named("MprConfigServerInstall").without_service();

pub(crate) unsafe extern "system" fn MprConfigServerInstall(
    dwLevel: sys::DWORD,
    pBuffer: sys::PVOID,
) -> sys::DWORD {
    if dwLevel != 0 || !pBuffer.is_null() {
        return ERROR_INVALID_PARAMETER;
    }
    // SAFETY: null is the local machine's name.
    unsafe {
        on_machine(&INSTALL, std::ptr::null(), |call| {
            let mut state = call.state();
            state.stored = Stored::default();
            state.is_domain_server = state.domain.is_some();
            Ok(())
        })
    }
}

const REFRESH: Function = Function::config("MprConfigServerRefresh");

/// Every handle sees the one stored configuration, always as it is; so nothing but the handle is checked.
pub(crate) unsafe extern "system" fn MprConfigServerRefresh(hMprConfig: sys::HANDLE) -> sys::DWORD {
    on_router(&REFRESH, hMprConfig, |_| Ok(()))
}

/// Null is an invalid parameter, as it is to the other families.
pub(crate) unsafe extern "system" fn MprConfigBufferFree(pBuffer: sys::LPVOID) -> sys::DWORD {
    free(pBuffer.cast(), Family::Config)
}

/// Returns the path of the file in the folder that a caller names.
///
/// # Safety
/// The path must be null or a terminated text.
unsafe fn backup_file(path: sys::LPWSTR) -> Result<PathBuf, Code> {
    // SAFETY: promised by the caller.
    let path = unsafe { text(path) }?.ok_or(ERROR_INVALID_PARAMETER)?;
    // The folder comes with a backslash behind it, which elsewhere would be a part of its name.
    let folder = path.strip_suffix('\\').unwrap_or(&path);
    if folder.is_empty() {
        Err(ERROR_INVALID_PARAMETER)
    } else {
        Ok(PathBuf::from(folder).join("router.mprsim"))
    }
}

/// Returns the code for an error of the file.
fn file_error(error: &std::io::Error, not_found: Code) -> Code {
    match error.kind() {
        ErrorKind::NotFound => not_found,
        ErrorKind::PermissionDenied => ERROR_ACCESS_DENIED,
        _ => ERROR_WRITE_FAULT,
    }
}

const BACKUP: Function = Function::config("MprConfigServerBackup").needs_memory();

/// Writes one file, `router.mprsim`, into the folder, which must be there.
pub(crate) unsafe extern "system" fn MprConfigServerBackup(
    hMprConfig: sys::HANDLE,
    lpwsPath: sys::LPWSTR,
) -> sys::DWORD {
    on_router(&BACKUP, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let file = unsafe { backup_file(lpwsPath) }?;
        let bytes = backup::to_bytes(&call.state().stored);
        std::fs::write(file, bytes).map_err(|error| file_error(&error, ERROR_PATH_NOT_FOUND))
    })
}

const RESTORE: Function = Function::config("MprConfigServerRestore").needs_memory();

/// A file that is not a backup is refused as invalid data, and nothing is changed. The handles of what was stored
/// before become invalid.
pub(crate) unsafe extern "system" fn MprConfigServerRestore(
    hMprConfig: sys::HANDLE,
    lpwsPath: sys::LPWSTR,
) -> sys::DWORD {
    on_router(&RESTORE, hMprConfig, |call| {
        // SAFETY: the caller's promise, as the function's page asks.
        let file = unsafe { backup_file(lpwsPath) }?;
        let bytes = std::fs::read(file).map_err(|error| file_error(&error, ERROR_FILE_NOT_FOUND))?;
        call.state().stored = backup::from_bytes(&bytes).ok_or(ERROR_INVALID_DATA)?;
        Ok(())
    })
}
