//! The hours during which an interface may dial out, and a user dial in.

use std::ops::Range;
use std::time::Duration;

use crate::wide;

const DAY: u32 = 24 * 60;

/// Reads a day and its hours, as the record of an interface has them: `2 09:00-12:00 13:00-17:30`. Sunday is 0. `None`
/// for a text of another form. The hours are minutes of the week.
pub(crate) fn of_day(text: &str) -> Option<Vec<Range<u32>>> {
    let mut words = text.split(' ');
    let day: u32 = number(words.next()?, 1).filter(|day| *day < 7)?;
    let ranges: Vec<_> = words.map(|word| of_range(word, day * DAY)).collect::<Option<_>>()?;
    if ranges.is_empty() { None } else { Some(ranges) }
}

fn of_range(word: &str, day: u32) -> Option<Range<u32>> {
    let (from, to) = word.split_once('-')?;
    let range = day + time(from)?..day + time(to)?;
    if range.is_empty() { None } else { Some(range) }
}

/// Returns the minute of the day of `17:30`. A day ends at `24:00`.
fn time(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let minute = number(hour, 2)? * 60 + number(minute, 2).filter(|minute| *minute < 60)?;
    if minute <= DAY { Some(minute) } else { None }
}

fn number(digits: &str, length: usize) -> Option<u32> {
    let is_number = digits.len() == length && digits.bytes().all(|digit| digit.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

/// Reads all hours of texts one after the other, as records have them. `None` if a text has another form.
pub(crate) fn of_week(texts: &[u16]) -> Option<Vec<Range<u32>>> {
    let texts = texts.split(|unit| *unit == 0).filter(|text| !text.is_empty());
    let days: Option<Vec<_>> = texts.map(|text| of_day(&wide::string(text))).collect();
    days.map(|days| days.concat())
}

/// Returns `true` if dialling out is allowed at this moment, a time since 1970. Without any hours it always is.
pub(crate) fn allow(texts: &[u16], now: Duration) -> bool {
    of_week(texts).is_none_or(|hours| include(&hours, now))
}

/// Returns `true` if the hours include this moment, a time since 1970. Without any hours they always do.
pub(crate) fn include(hours: &[Range<u32>], now: Duration) -> bool {
    // 1 January 1970 was a Thursday.
    let minute = ((now.as_secs() / 60 + u64::from(4 * DAY)) % u64::from(7 * DAY)) as u32;
    hours.is_empty() || hours.iter().any(|range| range.contains(&minute))
}

/// Returns the first moment from `now` on that the hours do not include. `None` if they never end.
pub(crate) fn end(hours: &[Range<u32>], now: Duration) -> Option<Duration> {
    let this_minute = now.as_secs() / 60;
    let mut minutes = (0..u64::from(7 * DAY)).map(|minute| Duration::from_secs(60 * (this_minute + minute)));
    minutes.find(|minute| !include(hours, *minute)).map(|minute| minute.max(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_its_hours_and_nothing_else() {
        assert_eq!(of_day("2 09:00-12:00 13:00-17:30"), Some(vec![3420..3600, 3660..3930]));
        assert_eq!(of_day("6 00:00-24:00 00:00-00:01"), Some(vec![8640..10_080, 8640..8641]));
        let wrong = [
            "",
            "2",
            "2 ",
            "7 09:00-12:00",
            "2  09:00-12:00",
            "2 9:00-12:00",
            "2 12:00-09:00",
            "2 09:00-09:00",
            "2 09:00-24:01",
            "2 09:60-12:00",
            "2 +9:00-12:00",
            "Tuesday 09:00-12:00",
            "2 09:00",
            "22 09:00-12:00",
        ];
        for text in wrong {
            assert_eq!(of_day(text), None, "{text}");
        }
    }

    #[test]
    fn the_hours_are_those_of_the_week() {
        // Monday, 2 March 2026, 09:00.
        let now = |minutes: u64| Duration::from_secs(1_772_442_000 + 60 * minutes);
        let hours: Vec<u16> = "1 08:00-09:30|0 23:00-24:00||".replace("|", "\0").encode_utf16().collect();
        assert!(allow(&hours, now(0)) && allow(&hours, now(29)));
        assert!(!allow(&hours, now(30)) && !allow(&hours, now(24 * 60)));
        assert!(allow(&hours, now(7 * 24 * 60)) && allow(&hours, now(6 * 24 * 60 + 14 * 60)));
        assert!(allow(&[], now(0)));
    }

    #[test]
    fn hours_end_where_none_follow_and_not_at_midnight() {
        let now = |seconds: u64| Duration::from_secs(1_772_442_000 + seconds);
        let hours: Vec<_> = ["1 08:00-09:30 09:30-10:00", "2 22:00-24:00", "3 00:00-01:00"]
            .iter()
            .filter_map(|text| of_day(text))
            .flatten()
            .collect();
        assert_eq!(end(&hours, now(30)), Some(now(3600)));
        assert_eq!(end(&hours, now(3605)), Some(now(3605)), "they are over");
        assert_eq!(end(&hours, now(38 * 3600)), Some(now(40 * 3600)));
        assert_eq!(end(&[], now(0)), None);
        let always: Vec<_> = (0..7).flat_map(|day| of_day(&format!("{day} 00:00-24:00")).unwrap()).collect();
        assert_eq!(end(&always, now(0)), None);
    }
}
