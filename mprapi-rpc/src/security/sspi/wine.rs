//! Wine, whose SSPI knows only the older structure of an account.

use std::ffi::{CStr, c_char, c_void};

#[link(name = "kernel32")]
unsafe extern "system" {
    fn GetModuleHandleW(name: *const u16) -> *mut c_void;
    fn GetProcAddress(module: *mut c_void, name: *const c_char) -> *mut c_void;
}

/// Returns `true` if this is Wine. Wine 8.0 reads the structure that has a list of packages as the older one, and crashes.
pub(super) fn is_here() -> bool {
    const NAME: &CStr = c"wine_get_version";
    const NTDLL: [u16; 10] = {
        let (name, mut units, mut at) = (b"ntdll.dll\0", [0; 10], 0);
        while at < name.len() {
            units[at] = name[at] as u16;
            at += 1;
        }
        units
    };
    // SAFETY: the name ends with a zero; this library is in every process.
    let ntdll = unsafe { GetModuleHandleW(NTDLL.as_ptr()) };
    // SAFETY: the library is null or loaded, and the name ends with a zero.
    !ntdll.is_null() && !unsafe { GetProcAddress(ntdll, NAME.as_ptr()) }.is_null()
}
