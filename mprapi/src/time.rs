//! Times of the API as the standard library's.

use std::time::{Duration, SystemTime};

use mprapi_sys::FILETIME;

/// From 1601-01-01, where the API's times begin, to 1970-01-01.
const EPOCH_DIFFERENCE: Duration = Duration::from_secs(11_644_473_600);

/// The moment that `time` names: so many tenths of a microsecond since the year 1601 began, in UTC. Zero is no time,
/// and so is one that this system's clock cannot show.
#[inline]
pub(crate) fn system_time(time: FILETIME) -> Option<SystemTime> {
    let ticks = u64::from(time.dwHighDateTime) << 32 | u64::from(time.dwLowDateTime);
    if ticks == 0 {
        return None;
    }
    let since_1601 = Duration::new(ticks / 10_000_000, (ticks % 10_000_000) as u32 * 100);
    match since_1601.checked_sub(EPOCH_DIFFERENCE) {
        Some(after_1970) => SystemTime::UNIX_EPOCH.checked_add(after_1970),
        None => SystemTime::UNIX_EPOCH.checked_sub(EPOCH_DIFFERENCE - since_1601),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file_time(ticks: u64) -> FILETIME {
        FILETIME { dwLowDateTime: ticks as u32, dwHighDateTime: (ticks >> 32) as u32 }
    }

    #[test]
    fn the_epochs_and_a_day_between_them_are_where_they_belong() {
        assert_eq!(system_time(file_time(0)), None);
        assert_eq!(system_time(file_time(116_444_736_000_000_000)), Some(SystemTime::UNIX_EPOCH));
        // 2009-07-25 23:00:00 UTC.
        let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1_248_562_800);
        assert_eq!(system_time(file_time(128_930_364_000_000_000)), Some(moment));
        let first_tick = SystemTime::UNIX_EPOCH - (EPOCH_DIFFERENCE - Duration::from_nanos(100));
        assert_eq!(system_time(file_time(1)), Some(first_tick));
    }

    #[test]
    fn every_bit_pattern_is_a_time_or_none() {
        for shift in 0..64 {
            let _ = system_time(file_time(u64::MAX >> shift));
            let _ = system_time(file_time(1 << shift));
        }
    }
}
