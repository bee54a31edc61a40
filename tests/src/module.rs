//! Finds the library of this process that something is in.

use std::ffi::{OsString, c_void};
use std::os::windows::ffi::OsStringExt as _;
use std::path::PathBuf;
use std::ptr;

use windows_sys::Win32::Foundation::{HMODULE, MAX_PATH};
use windows_sys::Win32::System::LibraryLoader::{
    GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, GetModuleFileNameW,
    GetModuleHandleExW, LOAD_LIBRARY_SEARCH_SYSTEM32, LoadLibraryExW, LoadLibraryW,
};

/// The file of the library that has this address.
pub fn path(address: *const c_void) -> Option<PathBuf> {
    let flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    let mut module: HMODULE = ptr::null_mut();
    // SAFETY: with these flags the second parameter is any address and is not read; `module` is ours.
    let found = unsafe { GetModuleHandleExW(flags, address.cast(), &mut module) };
    (found != 0).then(|| file_name(module))
}

/// Loads a library as careless programs do, by its bare name, and says which file that was.
pub fn load_by_name(name: &str) -> Option<PathBuf> {
    let name: Vec<u16> = name.encode_utf16().chain([0]).collect();
    // SAFETY: `name` ends with a null. The tests know what they have planted.
    let module = unsafe { LoadLibraryW(name.as_ptr()) };
    (!module.is_null()).then(|| file_name(module))
}

/// Loads a library by its bare name from System32 only, as careful programs do.
pub fn load_from_system32(name: &str) -> Option<PathBuf> {
    let name: Vec<u16> = name.encode_utf16().chain([0]).collect();
    // SAFETY: as in `load_by_name`; the second parameter is reserved and null.
    let module = unsafe { LoadLibraryExW(name.as_ptr(), ptr::null_mut(), LOAD_LIBRARY_SEARCH_SYSTEM32) };
    (!module.is_null()).then(|| file_name(module))
}

fn file_name(module: HMODULE) -> PathBuf {
    let mut name = [0; MAX_PATH as usize];
    // SAFETY: `name` has that many units.
    let length = unsafe { GetModuleFileNameW(module, name.as_mut_ptr(), MAX_PATH) };
    PathBuf::from(OsString::from_wide(&name[..length as usize]))
}
