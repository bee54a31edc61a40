//! The headers of the `Ex` records: revision, type, size. A wrong one is an invalid parameter, as the one page that
//! speaks of it says (`MprConfigServerSetInfoEx`).

use mprapi_sys as sys;

use crate::api::param::Out;
use crate::error_code::{Code, ERROR_INVALID_PARAMETER};

/// Checks that a caller's header asks for the one record that is known.
///
/// # Safety
/// The pointer must be null or that of a header.
pub(crate) unsafe fn check(
    pointer: *mut sys::MPRAPI_OBJECT_HEADER,
    known: sys::MPRAPI_OBJECT_HEADER,
) -> Result<(), Code> {
    // SAFETY: promised by the caller.
    let asked = unsafe { read(pointer, known.type_) }?;
    if asked.revision == known.revision && asked.size >= known.size {
        Ok(())
    } else {
        Err(ERROR_INVALID_PARAMETER)
    }
}

/// Reads a caller's header of a given type.
///
/// # Safety
/// As [`check`].
pub(crate) unsafe fn read(
    pointer: *mut sys::MPRAPI_OBJECT_HEADER,
    kind: u8,
) -> Result<sys::MPRAPI_OBJECT_HEADER, Code> {
    // SAFETY: promised by the caller.
    let asked = unsafe { Out::new(pointer, ERROR_INVALID_PARAMETER) }?.get();
    if asked.type_ == kind { Ok(asked) } else { Err(ERROR_INVALID_PARAMETER) }
}
