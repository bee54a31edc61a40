//! The error of a library that could not be loaded.

use std::fmt;
use std::path::{Path, PathBuf};

/// A library could not be loaded.
#[derive(Debug)]
pub struct LoadError {
    pub(super) path: PathBuf,
    pub(super) reason: Reason,
}

#[derive(Debug)]
pub(super) enum Reason {
    #[cfg(not(windows))]
    NotWindows,
    Path(Cause),
    Library(Cause),
}

/// Why a library could not be loaded. A type of its own, since the `Debug` of the system's errors is 7 kB of a program.
pub(super) enum Cause {
    /// An empty path.
    Empty,
    /// A path with a NUL character in it.
    Nul,
    /// The system's code.
    Code(i32),
    /// The loader's own error.
    #[cfg(unix)]
    Said(libloading::Error),
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Of the cause and not of a reference to it, for which the text would be made by a copy of its code.
        write!(f, "{}", *self)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Empty => f.write_str("the path is empty"),
            Cause::Nul => f.write_str("the path has a NUL character in it"),
            Cause::Code(code) => std::io::Error::from_raw_os_error(*code).fmt(f),
            #[cfg(unix)]
            Cause::Said(libloading::Error::DlOpen { source }) => source.fmt(f),
            #[cfg(unix)]
            Cause::Said(_) => f.write_str("the system gives no reason"),
        }
    }
}

impl std::error::Error for Cause {}

impl LoadError {
    /// Returns the path of the library that could not be loaded.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As `Path::display` shows it, but by code that is in every program for the names in a panic's backtrace.
        let path = String::from_utf8_lossy(self.path.as_os_str().as_encoded_bytes());
        let what = match &self.reason {
            #[cfg(not(windows))]
            Reason::NotWindows => {
                return f.write_str("Mprapi.dll is part of Windows, and this system is not Windows");
            }
            Reason::Path(_) => "cannot find the path of",
            Reason::Library(_) => "cannot load",
        };
        write!(f, "{what} {path}")
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.reason {
            #[cfg(not(windows))]
            Reason::NotWindows => None,
            Reason::Path(cause) | Reason::Library(cause) => Some(cause),
        }
    }
}
