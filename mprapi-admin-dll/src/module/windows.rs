//! The module as a DLL of Windows.

use std::ffi::{OsString, c_void};
use std::io;
use std::os::windows::ffi::OsStringExt as _;
use std::path::PathBuf;
use std::ptr;

use windows_sys::Win32::Foundation::{CloseHandle, FreeLibrary, HMODULE};
use windows_sys::Win32::System::LibraryLoader::{
    FreeLibraryAndExitThread, GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
    GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, GetModuleFileNameW, GetModuleHandleExW,
};
use windows_sys::Win32::System::Threading::CreateThread;

use super::address;

/// Finds this module; with no other flags the handle counts as one more load.
fn module(flags: u32) -> io::Result<HMODULE> {
    let mut module: HMODULE = ptr::null_mut();
    // SAFETY: with this flag the second parameter is any address and is not read; `module` is ours.
    let found = unsafe {
        GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | flags, address().cast(), &mut module)
    };
    if found == 0 { Err(io::Error::last_os_error()) } else { Ok(module) }
}

pub(super) fn path() -> io::Result<PathBuf> {
    let module = module(GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT)?;
    // The longest path that Windows knows.
    let mut name = vec![0_u16; 1 << 15];
    // SAFETY: `name` has that many units.
    let length = unsafe { GetModuleFileNameW(module, name.as_mut_ptr(), name.len() as u32) } as usize;
    match name.get(..length) {
        Some(name) if length > 0 => Ok(PathBuf::from(OsString::from_wide(name))),
        _ => Err(io::Error::last_os_error()),
    }
}

/// The work of a thread, and the load of the module that the thread gives back when it ends.
struct Start {
    work: Box<dyn FnOnce() + Send>,
    module: HMODULE,
}

pub(super) fn spawn(_name: &'static str, work: Box<dyn FnOnce() + Send>) -> io::Result<()> {
    let start = Box::into_raw(Box::new(Start { work, module: module(0)? }));
    // SAFETY: `run` takes the start, which is a box of that type. All other parameters may be null or 0.
    let thread = unsafe { CreateThread(ptr::null(), 0, Some(run), start.cast(), 0, ptr::null_mut()) };
    if thread.is_null() {
        let error = io::Error::last_os_error();
        // SAFETY: the thread was not made, so the box is ours still.
        let start = unsafe { Box::from_raw(start) };
        // SAFETY: the load was counted above, and is given back once.
        unsafe { FreeLibrary(start.module) };
        return Err(error);
    }
    // SAFETY: the handle is open and not used again; the thread goes on without it.
    unsafe { CloseHandle(thread) };
    Ok(())
}

/// Runs the work. Returning would lead back into code that may be unloaded by then, so the system unloads and ends the thread
/// in one call.
unsafe extern "system" fn run(start: *mut c_void) -> u32 {
    // SAFETY: `spawn` gave it, and nobody else has it.
    let start = unsafe { Box::from_raw(start.cast::<Start>()) };
    let Start { work, module } = *start;
    work();
    // SAFETY: the load was counted in `spawn`, and is given back once. Nothing on this stack needs to be dropped.
    unsafe { FreeLibraryAndExitThread(module, 0) }
}
