//! The simulator as a library that takes the place of `mprapi.dll`: one export for each function of the API, and one
//! for the ledger's report.

#![expect(non_snake_case, reason = "the names are the header's")]

use std::panic::catch_unwind;

pub mod export;

const FUNCTIONS: mprapi_sys::Functions = sim::functions();

/// The number of buffers and handles that were handed out and not given back, and the number of violations.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
pub struct MPRSIM_REPORT {
    /// Buffers not freed.
    pub dwBuffers: u32,
    /// Server handles not closed.
    pub dwHandles: u32,
    /// Double frees, uses of closed handles and the like.
    pub dwViolations: u32,
}

/// Fills the report, and writes a line of UTF-8 for each violation, oldest first, into the text: as much as fits, and a
/// terminating zero. The text may be null.
///
/// Returns 0, 87 (`ERROR_INVALID_PARAMETER`) when `pReport` is null, or 1359 (`ERROR_INTERNAL_ERROR`). In C it is
/// declared by `include/mprapi_sim.h`.
///
/// # Safety
/// `pReport` must be null or valid for writes, and so must `pszText` be, of `cbText` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn MprSimReport(
    pReport: *mut MPRSIM_REPORT,
    pszText: *mut u8,
    cbText: u32,
) -> u32 {
    if pReport.is_null() {
        return mprapi_sys::ERROR_INVALID_PARAMETER;
    }
    // Nothing that panics may leave a function that C calls.
    let Ok((report, mut text)) = catch_unwind(report) else {
        return mprapi_sys::ERROR_INTERNAL_ERROR;
    };
    // SAFETY: not null, so valid for writes, which the caller promised.
    unsafe { pReport.write(report) };
    if !pszText.is_null() && cbText > 0 {
        text.truncate(cbText as usize - 1);
        // SAFETY: the text fits, which was just seen to, and is our own.
        unsafe { pszText.copy_from_nonoverlapping(text.as_ptr(), text.len()) };
        // SAFETY: there is one more byte of room.
        let end = unsafe { pszText.add(text.len()) };
        // SAFETY: as above.
        unsafe { end.write(0) };
    }
    mprapi_sys::NO_ERROR
}

/// Returns the report, and the lines of the violations, which are ASCII: no character can be cut in half.
fn report() -> (MPRSIM_REPORT, Vec<u8>) {
    let outstanding = sim::outstanding();
    let violations = sim::violations();
    let report = MPRSIM_REPORT {
        dwBuffers: outstanding.buffers as u32,
        dwHandles: outstanding.handles as u32,
        dwViolations: violations.len() as u32,
    };
    let text: String = violations.iter().map(|violation| format!("{violation}\n")).collect();
    (report, text.into_bytes())
}
