//! Enumerations: pages, totals and resume handles.

use mprapi_sys as sys;

use crate::api::call::Call;
use crate::api::param::Out;
use crate::api::record::Record;
use crate::error_code::{Code, ERROR_INVALID_PARAMETER, ERROR_MORE_DATA, ERROR_NO_MORE_ITEMS};
use crate::router::handle::Handle;
use crate::router::owner::Owner;
use crate::scenario::failure::Garbage;

/// The caller's places for one page, and the longest it may be.
pub(crate) struct Page {
    buffer: Out<sys::LPBYTE>,
    longest: u32,
    read: Out<u32>,
    total: Out<u32>,
    resume: Option<Out<u32>>,
}

impl Page {
    /// Takes the places of an enumeration whose one level is 0.
    ///
    /// # Errors
    /// As [`Page::new`], then [`Owner::unknown_level`].
    ///
    /// # Safety
    /// As [`Page::new`].
    pub(crate) unsafe fn of_level_0(
        owner: Owner,
        level: u32,
        buffer: *mut sys::LPBYTE,
        longest: u32,
        [read, total, resume]: [*mut u32; 3],
    ) -> Result<Page, Code> {
        // SAFETY: promised by the caller.
        let page = unsafe { Page::new(buffer, longest, read, total, resume) }?;
        if level == 0 { Ok(page) } else { Err(owner.unknown_level()) }
    }

    /// # Errors
    /// `ERROR_INVALID_PARAMETER` if a pointer other than `resume` is null.
    ///
    /// # Safety
    /// Each pointer must be null or valid for reads and writes until the call returns.
    pub(crate) unsafe fn new(
        buffer: *mut sys::LPBYTE,
        longest: u32,
        read: *mut u32,
        total: *mut u32,
        resume: *mut u32,
    ) -> Result<Page, Code> {
        let null = ERROR_INVALID_PARAMETER;
        Ok(Page {
            // SAFETY: promised by the caller.
            buffer: unsafe { Out::new(buffer, null) }?,
            longest,
            // SAFETY: as above.
            read: unsafe { Out::new(read, null) }?,
            // SAFETY: as above.
            total: unsafe { Out::new(total, null) }?,
            // SAFETY: as above.
            resume: unsafe { Out::optional(resume) },
        })
    }

    /// Returns the number of the last thing that the caller has. The page begins after it.
    pub(crate) fn position(&self) -> u32 {
        self.resume.as_ref().map_or(0, Out::get)
    }

    /// Hands out the records of the things from the position on, as many as fit and at least one.
    /// Nothing at all is a null buffer and two zeroes.
    ///
    /// # Errors
    /// `ERROR_MORE_DATA` if not all fit. From the stored configuration also `ERROR_INVALID_PARAMETER` if not one does,
    /// and `ERROR_NO_MORE_ITEMS` for nothing at all, as its pages say.
    pub(crate) fn hand_out<'a, T: 'a, R: Record>(
        &self,
        call: &Call,
        things: impl ExactSizeIterator<Item = (Handle, &'a T)>,
        record: impl Fn(Handle, &T) -> R,
    ) -> Result<(), Code> {
        self.hand_out_filled(call, things, |handle, thing, place| *place = record(handle, thing))
    }

    /// Hands out records as [`Page::hand_out`]. Each one is filled where it stays, in zeroed memory: long records
    /// are copied at a cost.
    ///
    /// # Errors
    /// As [`Page::hand_out`].
    pub(crate) fn hand_out_filled<'a, T: 'a, R: Record>(
        &self,
        call: &Call,
        things: impl ExactSizeIterator<Item = (Handle, &'a T)>,
        fill: impl Fn(Handle, &T, &mut R),
    ) -> Result<(), Code> {
        let total = things.len();
        if call.owner == Owner::Stored {
            if (self.longest as usize) < size_of::<R>() {
                return Err(ERROR_INVALID_PARAMETER);
            }
            if total == 0 {
                return Err(ERROR_NO_MORE_ITEMS);
            }
        }
        let fit = match self.longest {
            u32::MAX => total,
            bytes => (bytes as usize / size_of::<R>()).max(1).min(total),
        };
        let mut last = 0;
        let buffer = if fit == 0 || call.garbage == Some(Garbage::NullWithSuccess) {
            std::ptr::null_mut()
        } else {
            let memory = call.allocate::<R>(fit * size_of::<R>())?;
            for (index, (handle, thing)) in things.take(fit).enumerate() {
                // SAFETY: `index` is below `fit`, and the buffer has room for `fit` records.
                let mut place = unsafe { memory.cast::<R>().add(index) };
                // SAFETY: as above; the buffer is aligned for any record, zeroed, and nobody else has it yet.
                let record = unsafe { place.as_mut() };
                fill(handle, thing, record);
                if call.garbage == Some(Garbage::UnterminatedStrings) {
                    record.unterminate();
                }
                last = handle.number();
            }
            memory.as_ptr()
        };
        self.buffer.set(buffer);
        self.read.set(call.size_said(fit));
        self.total.set(call.size_said(total));
        let endless = call.garbage == Some(Garbage::EndlessResume);
        let more = fit < total || endless;
        if let Some(resume) = &self.resume {
            // The first of all handles: the same things will come again.
            let next = if endless { 1 } else { last };
            resume.set(if more { next } else { 0 });
        }
        if more { Err(ERROR_MORE_DATA) } else { Ok(()) }
    }
}
