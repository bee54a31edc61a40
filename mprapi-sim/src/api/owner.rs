//! Answers in which the pages of the running router and those of the stored configuration differ throughout.

use mprapi_sys as sys;

use crate::error_code::{Code, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED};
use crate::router::handle::Handle;
use crate::router::owner::Owner;

impl Owner {
    /// Returns the handle behind a value; [`Handle::NONE`] for a value that never was one.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for null, from the stored configuration. To the running router it is one more value
    /// that never was a handle.
    pub(crate) fn handle(self, raw: sys::HANDLE) -> Result<Handle, Code> {
        if self == Owner::Stored && raw.is_null() {
            Err(ERROR_INVALID_PARAMETER)
        } else {
            Ok(Handle::of(raw))
        }
    }

    /// Returns the code for a level that does not exist.
    pub(crate) fn unknown_level(self) -> Code {
        match self {
            Owner::Running => ERROR_NOT_SUPPORTED,
            Owner::Stored => ERROR_INVALID_PARAMETER,
        }
    }
}
