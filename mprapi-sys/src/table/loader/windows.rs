//! A loaded library on Windows, by the system's own functions. Through `libloading` they would be 3 kB more of every
//! program: it takes names of all kinds, and keeps the errors of all of its functions in one type.

use std::ffi::{CStr, OsString, c_char, c_void};
use std::os::windows::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};
use std::ptr::{self, NonNull};

use crate::table::load_error::{Cause, LoadError, Reason};

/// The name of Windows' own library.
const LIBRARY: &str = "mprapi.dll";

unsafe extern "system" {
    fn GetLastError() -> u32;
    fn GetProcAddress(module: *mut c_void, name: *const c_char) -> *mut c_void;
    fn GetSystemDirectoryW(buffer: *mut u16, size: u32) -> u32;
    fn LoadLibraryExW(path: *const u16, reserved: *mut c_void, flags: u32) -> *mut c_void;
    fn SetThreadErrorMode(mode: u32, before: *mut u32) -> i32;
}

const LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR: u32 = 0x100;
const LOAD_LIBRARY_SEARCH_SYSTEM32: u32 = 0x800;
const SEM_FAILCRITICALERRORS: u32 = 1;

/// A loaded library. It is never unloaded: remote procedure calls may still have threads in it.
pub(in crate::table) struct Module(NonNull<c_void>);

// SAFETY: it names a library of the process, which any thread may ask for its exports.
unsafe impl Send for Module {}
// SAFETY: as above, several threads at once.
unsafe impl Sync for Module {}

impl Module {
    /// Loads Windows' own library.
    pub(super) fn of_windows() -> Result<Module, LoadError> {
        // MAX_PATH: the system directory's path is never longer.
        const LONGEST: usize = 260;
        // Behind the directory come a backslash, the name and a NUL.
        let mut path = [0_u16; LONGEST + LIBRARY.len() + 2];
        // SAFETY: the buffer has room for as many units as it is said to have, and takes what is written.
        let length = unsafe { GetSystemDirectoryW(path.as_mut_ptr(), LONGEST as u32) } as usize;
        if length == 0 || length > LONGEST {
            let path = PathBuf::from(LIBRARY);
            return Err(LoadError { path, reason: Reason::Path(Cause::Code(last_error())) });
        }
        path[length] = b'\\'.into();
        let end = length + 1 + LIBRARY.len();
        for (unit, byte) in path[length + 1..end].iter_mut().zip(LIBRARY.bytes()) {
            *unit = byte.into();
        }
        // SAFETY: the system's own library, whose initialisation is the system's affair and whose exports have the types
        // of its header. A NUL stands behind the path.
        let module = unsafe { Module::load(&path[..=end], LOAD_LIBRARY_SEARCH_SYSTEM32) };
        module.map_err(|cause| {
            let path = PathBuf::from(OsString::from_wide(&path[..end]));
            LoadError { path, reason: Reason::Library(cause) }
        })
    }

    /// # Safety
    /// As [`Mprapi::load_from`](crate::Mprapi::load_from).
    pub(super) unsafe fn open(path: &Path) -> Result<Module, Cause> {
        let mut units: Vec<u16> = path.as_os_str().encode_wide().collect();
        if units.contains(&0) {
            return Err(Cause::Nul);
        }
        units.push(0);
        // SAFETY: a NUL stands behind the path; the rest is passed on to the caller.
        unsafe { Module::load(&units, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32) }
    }

    /// # Safety
    /// As [`Mprapi::load_from`](crate::Mprapi::load_from); and the path must end with a NUL.
    unsafe fn load(path: &[u16], flags: u32) -> Result<Module, Cause> {
        let mut before = 0;
        // A library that is damaged is an error here, and no dialog that somebody has to close.
        // SAFETY: `before` takes what is written.
        let is_set = unsafe { SetThreadErrorMode(SEM_FAILCRITICALERRORS, &mut before) } != 0;
        // SAFETY: the path ends with a NUL and is only read; what loading does is the caller's promise.
        let module = unsafe { LoadLibraryExW(path.as_ptr(), ptr::null_mut(), flags) };
        let module = NonNull::new(module).ok_or_else(|| Cause::Code(last_error()));
        if is_set {
            // SAFETY: the mode that was before; null is for a caller who does not ask for the one that was.
            unsafe { SetThreadErrorMode(before, ptr::null_mut()) };
        }
        module.map(Module)
    }

    pub(in crate::table) fn get(&self, name: &CStr) -> Option<*mut c_void> {
        // SAFETY: a library that is loaded, and a name that ends with a NUL.
        let address = unsafe { GetProcAddress(self.0.as_ptr(), name.as_ptr()) };
        Some(address).filter(|address| !address.is_null())
    }
}

/// The system's code for the call before, which failed.
fn last_error() -> i32 {
    // SAFETY: it has no conditions.
    unsafe { GetLastError() }.cast_signed()
}
