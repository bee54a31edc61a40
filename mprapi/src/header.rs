//! The header that the `Ex` calls put before their records: revision, type and size of what follows.

use mprapi_sys::MPRAPI_OBJECT_HEADER;

use crate::{Error, Result};

/// The header that asks for a record `R`.
#[inline]
pub(crate) const fn asking_for<R>(kind: i32, revision: u32) -> MPRAPI_OBJECT_HEADER {
    MPRAPI_OBJECT_HEADER { revision: revision as u8, type_: kind as u8, size: size_of::<R>() as u16 }
}

/// Checks that the returned header is the requested one. A header of zeros says nothing, and passes.
///
/// Records of another revision may have another size, so this comes before anything behind the header is believed.
#[inline]
pub(crate) fn check(
    function: &'static str,
    asked: MPRAPI_OBJECT_HEADER,
    answered: MPRAPI_OBJECT_HEADER,
) -> Result<()> {
    match (answered.revision, answered.type_, answered.size) {
        (0, 0, 0) => Ok(()),
        answer if answer == (asked.revision, asked.type_, asked.size) => Ok(()),
        _ => Err(Error::answer(function, "the record has another revision, type or size than requested")),
    }
}
