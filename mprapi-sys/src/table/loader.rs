//! Filling the table from a library at run time.

use std::path::Path;

use super::load_error::{Cause, LoadError, Reason};
use super::{Functions, Mprapi};

#[cfg(unix)]
#[path = "loader/unix.rs"]
mod system;
#[cfg(windows)]
#[path = "loader/windows.rs"]
mod system;

pub(super) use system::Module;

impl Mprapi {
    /// Loads Windows' own `Mprapi.dll` from the system directory and from nowhere else, by its full path. A library of
    /// that name in the current folder, beside the program or on `PATH`, or one that was loaded before, makes no
    /// difference.
    ///
    /// # Errors
    /// [`LoadError`] when it is not there (as on a Windows without the remote access components), and always
    /// on other systems.
    pub fn load() -> Result<Mprapi, LoadError> {
        #[cfg(windows)]
        {
            Module::of_windows().map(Mprapi::of)
        }
        #[cfg(not(windows))]
        Err(LoadError { path: "mprapi.dll".into(), reason: Reason::NotWindows })
    }

    /// Loads the library at `path`. A relative path is one in the current folder, never a name to search for.
    ///
    /// # Errors
    /// [`LoadError`] when there is no library.
    ///
    /// # Safety
    /// Loading a library runs code of it, and each of its exports that has the name of a function of
    /// `mprapi.h` must have that function's type and keep its contract.
    pub unsafe fn load_from(path: impl AsRef<Path>) -> Result<Mprapi, LoadError> {
        let path = path.as_ref();
        let path = std::path::absolute(path).map_err(|error| LoadError {
            path: path.to_owned(),
            reason: Reason::Path(error.raw_os_error().map_or(Cause::Empty, Cause::Code)),
        })?;
        // SAFETY: passed on to the caller.
        let module = unsafe { Module::open(&path) };
        module.map(Mprapi::of).map_err(|cause| LoadError { path, reason: Reason::Library(cause) })
    }

    fn of(module: Module) -> Mprapi {
        let mut table = Mprapi::from_functions(Functions::NONE);
        table.library = Some(module);
        table
    }
}
