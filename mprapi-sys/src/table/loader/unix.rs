//! A loaded library, elsewhere than on Windows.

use std::ffi::{CStr, c_void};
use std::mem::ManuallyDrop;
use std::path::Path;

use libloading::os::unix::{Library, RTLD_LAZY, RTLD_LOCAL};

use crate::table::load_error::Cause;

/// A loaded library. It is never unloaded: remote procedure calls may still have threads in it.
pub(in crate::table) struct Module(ManuallyDrop<Library>);

impl Module {
    /// # Safety
    /// As [`Mprapi::load_from`](crate::Mprapi::load_from).
    pub(super) unsafe fn open(path: &Path) -> Result<Module, Cause> {
        // SAFETY: passed on to the caller.
        let library = unsafe { Library::open(Some(path), RTLD_LAZY | RTLD_LOCAL) };
        match library {
            Ok(library) => Ok(Module(ManuallyDrop::new(library))),
            Err(libloading::Error::InteriorZeroElements) => Err(Cause::Nul),
            Err(error) => Err(Cause::Said(error)),
        }
    }

    pub(in crate::table) fn get(&self, name: &CStr) -> Option<*mut c_void> {
        // SAFETY: the symbol is only taken as an address here; its type is given at the call.
        let symbol = unsafe { self.0.get::<*mut c_void>(name) };
        Some(symbol.ok()?.as_raw_ptr()).filter(|address| !address.is_null())
    }
}
