//! Moments as C has them.

use std::time::Duration;

/// Returns a moment, a time since 1970, as a `FILETIME`: tenths of microseconds since 1601.
pub(crate) fn file_time(moment: Duration) -> mprapi_sys::FILETIME {
    const FROM_1601_TO_1970: u64 = 11_644_473_600 * 10_000_000;
    let ticks = FROM_1601_TO_1970 + u64::try_from(moment.as_nanos() / 100).unwrap_or(0);
    mprapi_sys::FILETIME { dwLowDateTime: ticks as u32, dwHighDateTime: (ticks >> 32) as u32 }
}
