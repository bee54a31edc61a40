//! Handles that the functions of the stored configuration take.

use mprapi_sys as sys;

use crate::error_code::{Code, ERROR_INVALID_PARAMETER};
use crate::router::handle::Handle;

/// Returns the handle behind a value, [`Handle::NONE`] if it never was one.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for null.
pub(crate) fn not_null(raw: sys::HANDLE) -> Result<Handle, Code> {
    if raw.is_null() { Err(ERROR_INVALID_PARAMETER) } else { Ok(Handle::of(raw)) }
}
