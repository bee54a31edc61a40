//! The module as a shared object. No service unloads one here, so a thread keeps it for the rest of the process.

use std::ffi::{CStr, CString, OsStr};
use std::io;
use std::mem::MaybeUninit;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::PathBuf;
use std::sync::Once;

use super::address;

pub(super) fn path() -> io::Result<PathBuf> {
    let mut info = MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: `dladdr` takes any address, and `info` takes what is written.
    let found = unsafe { libc::dladdr(address(), info.as_mut_ptr()) };
    // SAFETY: it is zeroed at least, which is valid for pointers.
    let info = unsafe { info.assume_init() };
    if found == 0 || info.dli_fname.is_null() {
        return Err(io::ErrorKind::NotFound.into());
    }
    // SAFETY: the loader's own text, which lives as long as the module.
    let name = unsafe { CStr::from_ptr(info.dli_fname) };
    std::path::absolute(OsStr::from_bytes(name.to_bytes()))
}

pub(super) fn spawn(name: &'static str, work: Box<dyn FnOnce() + Send>) -> io::Result<()> {
    static KEPT: Once = Once::new();
    KEPT.call_once(|| {
        if let Some(path) = path().ok().and_then(|path| CString::new(path.into_os_string().into_vec()).ok()) {
            // SAFETY: the path ends with a NUL. A module that is loaded already runs no code again. The handle is not closed;
            // that of a program, which is not found here, is not needed.
            let _ = unsafe {
                libc::dlopen(path.as_ptr(), libc::RTLD_LAZY | libc::RTLD_NOLOAD | libc::RTLD_NODELETE)
            };
        }
    });
    std::thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}
