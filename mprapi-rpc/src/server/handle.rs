//! Handles of the back end, which travel as 32-bit numbers.

use std::sync::OnceLock;

use mprapi_sys as sys;
use mprapi_sys::{ERROR_INVALID_DATA, HANDLE, INVALID_HANDLE_VALUE};

use crate::record::{Fields, Held, Reason, Record, Visit};

/// The upper half of the back end's handles, as soon as one was seen.
#[derive(Debug, Default)]
pub(super) struct Handles {
    upper: OnceLock<usize>,
}

const HALF: u32 = 32;

/// The number of no handle.
const NONE: u32 = 0;

/// The number of `INVALID_HANDLE_VALUE`: all ports, for example.
const ALL: u32 = u32::MAX;

impl Handles {
    /// Returns the number that a handle travels as: null is 0, and `INVALID_HANDLE_VALUE` the largest.
    ///
    /// # Errors
    /// `ERROR_INVALID_DATA` if its upper half is not that of the other handles, or its lower half is 0 or the largest number:
    /// a client would take it for the server, or for all ports.
    pub(super) fn narrow(&self, handle: HANDLE) -> Result<u32, u32> {
        if handle.is_null() {
            return Ok(NONE);
        }
        if handle == INVALID_HANDLE_VALUE {
            return Ok(ALL);
        }
        let number = handle.addr() as u32;
        if number == NONE || number == ALL {
            return Err(ERROR_INVALID_DATA);
        }
        let upper = handle.addr().checked_shr(HALF).unwrap_or(0);
        if *self.upper.get_or_init(|| upper) == upper { Ok(number) } else { Err(ERROR_INVALID_DATA) }
    }

    /// Returns the handle that a number stands for: 0 is null, and the largest `INVALID_HANDLE_VALUE`.
    pub(super) fn widen(&self, number: u32) -> HANDLE {
        match number {
            NONE => return std::ptr::null_mut(),
            ALL => return INVALID_HANDLE_VALUE,
            _ => {}
        }
        let upper = self.upper.get().copied().unwrap_or(0).checked_shl(HALF).unwrap_or(0);
        std::ptr::without_provenance_mut(upper | number as usize)
    }

    /// Replaces each handle of a record by the number that it travels as.
    ///
    /// # Errors
    /// As [`Handles::narrow`].
    pub(super) fn narrow_all<R: Record>(&self, held: &mut Held<R>) -> Result<(), u32> {
        struct Narrow<'a>(&'a Handles);
        impl Fields for Narrow<'_> {
            fn handle(&mut self, field: &'static str, value: &mut sys::HANDLE) -> Visit {
                let fault = "has another upper half than the other handles";
                let number = self.0.narrow(*value).map_err(|_| Reason::Field { field, offset: 0, fault })?;
                *value = std::ptr::without_provenance_mut(number as usize);
                Ok(())
            }
        }
        held.record.fields(&mut held.behind, &mut Narrow(self)).map_err(|_| ERROR_INVALID_DATA)
    }

    /// Replaces each number of a record by the handle that it stands for.
    pub(super) fn widen_all<R: Record>(&self, held: &mut Held<R>) {
        struct Widen<'a>(&'a Handles);
        impl Fields for Widen<'_> {
            fn handle(&mut self, _: &'static str, value: &mut sys::HANDLE) -> Visit {
                *value = self.0.widen(value.addr() as u32);
                Ok(())
            }
        }
        let outcome = held.record.fields(&mut held.behind, &mut Widen(self));
        debug_assert_eq!(outcome, Ok(()), "widening has no errors");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_comes_back_as_it_was() {
        let handles = Handles::default();
        // The first one that is seen says nothing about the others.
        assert_eq!(handles.narrow(INVALID_HANDLE_VALUE), Ok(u32::MAX));
        for address in [0x1D5_0000_0010_u64, 0x1D5_FFFF_FFFE] {
            let Ok(address) = usize::try_from(address) else { return };
            let handle = std::ptr::without_provenance_mut(address);
            assert_eq!(handles.widen(handles.narrow(handle).unwrap()), handle);
        }
        assert_eq!(handles.narrow(std::ptr::null_mut()), Ok(0));
        assert!(handles.widen(0).is_null());
        assert_eq!(handles.widen(u32::MAX), INVALID_HANDLE_VALUE);
    }

    #[test]
    fn a_handle_with_the_number_of_none_or_of_all_is_refused() {
        for address in [0x1D5_0000_0000_u64, 0x1D5_FFFF_FFFF] {
            let Ok(address) = usize::try_from(address) else { return };
            let handle = std::ptr::without_provenance_mut(address);
            assert_eq!(Handles::default().narrow(handle), Err(ERROR_INVALID_DATA));
        }
    }

    #[test]
    fn a_handle_with_another_upper_half_is_refused() {
        let handles = Handles::default();
        let (Ok(one), Ok(other)) = (usize::try_from(0x1_0000_0001_u64), usize::try_from(0x2_0000_0001_u64))
        else {
            return;
        };
        assert_eq!(handles.narrow(std::ptr::without_provenance_mut(one)), Ok(1));
        assert_eq!(handles.narrow(std::ptr::without_provenance_mut(other)), Err(ERROR_INVALID_DATA));
    }
}
