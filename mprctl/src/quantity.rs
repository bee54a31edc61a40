//! Formatting and parsing of numbers with units.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

/// The two largest units: `12 d 4 h`, `3 h 05 min`, `42 s`; below a second `200 ms`.
pub(crate) fn duration(duration: Duration) -> String {
    let mut text = String::new();
    push_duration(&mut text, duration);
    text
}

/// Appends a time, as [`duration`] writes it.
pub(crate) fn push_duration(out: &mut String, duration: Duration) {
    let seconds = duration.as_secs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    let mut push = |number: u64, unit: &str| {
        push_number(out, number);
        out.push_str(unit);
    };
    if seconds == 0 && !duration.is_zero() {
        push(duration.subsec_millis().into(), " ms");
    } else if days > 0 {
        push(days, " d ");
        push(hours, " h");
    } else if hours > 0 {
        push(hours, if minutes < 10 { " h 0" } else { " h " });
        push(minutes, " min");
    } else if minutes > 0 {
        push(minutes, if seconds % 60 < 10 { " min 0" } else { " min " });
        push(seconds % 60, " s");
    } else {
        push(seconds, " s");
    }
}

/// Appends a whole number.
pub(crate) fn push_number(out: &mut String, number: u64) {
    out.push_str(itoa::Buffer::new().format(number));
}

/// Powers of 1000, three digits: `1.23 GB`, `45.6 MB`, `789 B`.
pub(crate) fn bytes(bytes: u64) -> String {
    let mut text = String::new();
    push_bytes(&mut text, bytes);
    text
}

/// Appends a number of bytes, as [`bytes`] writes it.
pub(crate) fn push_bytes(out: &mut String, bytes: u64) {
    if bytes < 1000 {
        push_number(out, bytes);
        return out.push_str(" B");
    }
    let (mut value, mut unit) = (bytes as f64 / 1000.0, "kB");
    for larger in ["MB", "GB", "TB"] {
        // Where rounding to three digits would print 1000.
        if value < 999.5 {
            break;
        }
        (value, unit) = (value / 1000.0, larger);
    }
    let decimals = match value {
        v if v < 9.995 => 2,
        v if v < 99.95 => 1,
        _ => 0,
    };
    let _ = write!(out, "{value:.decimals$} {unit}");
}

/// A thousand years. No clock can tell the end of the longest [`Duration`] from now.
const LONGEST: Duration = Duration::from_secs(1000 * 31_557_600);

/// `90s`, `30min`, `2h`, `1d`, also several: `1h30m`; a bare number is seconds.
pub(crate) fn parse_duration(text: &str) -> Result<Duration, String> {
    let time = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => humantime::parse_duration(text)
            .map_err(|_| format!("`{text}` is not a duration; use for example 45s, 30min, 2h or 1d"))?,
    };
    if time > LONGEST { Err(format!("`{text}` is longer than a thousand years")) } else { Ok(time) }
}

/// Parses a time limit, which must be longer than 0.
pub(crate) fn parse_limit(text: &str) -> Result<Duration, String> {
    match parse_duration(text)? {
        Duration::ZERO => Err("the time must be longer than 0, such as 10s or 2min".to_owned()),
        time => Ok(time),
    }
}

/// Parses an interval between two readings, which must not be so short that a server is asked all the time.
pub(crate) fn parse_interval(text: &str) -> Result<Duration, String> {
    match parse_duration(text)? {
        time if time < Duration::from_millis(100) => Err("the time must be at least 100ms".to_owned()),
        time => Ok(time),
    }
}

/// `10MB`, `1.5 GB`, in powers of 1000 as they are printed.
pub(crate) fn parse_bytes(text: &str) -> Option<u64> {
    parse_size::Config::new().with_decimal().parse_size(text).ok()
}

/// A duration in JSON: whole seconds.
pub(crate) fn seconds<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(duration.as_secs())
}

/// A duration in JSON that may not be there.
pub(crate) fn maybe_seconds<S: serde::Serializer>(
    duration: &Option<Duration>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match duration {
        Some(duration) => serializer.serialize_some(&duration.as_secs()),
        None => serializer.serialize_none(),
    }
}

/// `1 session`, `2 sessions`.
pub(crate) fn count(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// `c0a80001`, also with spaces, `:` or `-` between the bytes.
pub(crate) fn parse_hex(text: &str) -> Result<Arc<[u8]>, String> {
    let wrong = || format!("`{text}` is not hexadecimal; use two digits for each byte, as in 0a1b2c");
    let digits: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b' ' | b':' | b'-')).collect();
    let (pairs, rest) = digits.as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let byte = |&[high, low]: &[u8; 2]| Some(digit(high)? << 4 | digit(low)?);
    let bytes: Option<Arc<[u8]>> = pairs.iter().map(byte).collect();
    bytes.filter(|_| rest.is_empty()).ok_or_else(wrong)
}

/// `33`, `0x21`.
pub(crate) fn parse_number(text: &str) -> Option<u32> {
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// `c0a8 0001`, without the space.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The same of bytes that are there.
pub(crate) fn maybe_hex(bytes: &[u8]) -> Option<String> {
    (!bytes.is_empty()).then(|| hex(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_three_digits_and_never_a_thousand_of_a_unit() {
        let cases = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.00 kB"),
            (9_994, "9.99 kB"),
            (9_996, "10.0 kB"),
            (999_499, "999 kB"),
            (999_500, "1.00 MB"),
            (4_294_967_295, "4.29 GB"),
        ];
        for (count, text) in cases {
            assert_eq!(bytes(count), text);
        }
    }

    #[test]
    fn what_is_printed_can_be_given() {
        assert_eq!(parse_duration("2h"), Ok(Duration::from_secs(7200)));
        assert_eq!(parse_duration("1h 30min"), Ok(Duration::from_secs(5400)));
        assert_eq!(parse_duration("45"), Ok(Duration::from_secs(45)));
        assert!(parse_duration("soon").is_err());
        assert!(parse_duration("1000y").is_ok());
        assert!(parse_duration("18446744073709551615").is_err());
        assert_eq!(parse_bytes("1.5 MB"), Some(1_500_000));
        assert_eq!(parse_bytes("many"), None);
    }

    #[test]
    fn durations_show_their_two_largest_units() {
        let cases = [
            (0, "0 s"),
            (61, "1 min 01 s"),
            (119, "1 min 59 s"),
            (3_900, "1 h 05 min"),
            (7_140, "1 h 59 min"),
            (90_000, "1 d 1 h"),
        ];
        for (seconds, text) in cases {
            assert_eq!(duration(Duration::from_secs(seconds)), text);
        }
        assert_eq!(duration(Duration::from_millis(200)), "200 ms");
    }

    #[test]
    fn bytes_are_read_as_they_are_written_and_with_something_between_them() {
        let bytes = [0x0a, 0xff, 0x00];
        assert_eq!(hex(&bytes), "0aff00");
        for text in ["0aff00", "0A FF 00", "0a:ff:00", "0a-ff-00"] {
            assert_eq!(*parse_hex(text).unwrap(), bytes);
        }
        assert!(parse_hex("").unwrap().is_empty());
        for text in ["0af", "0x0a", "ÄÄ"] {
            assert!(parse_hex(text).is_err(), "{text}");
        }
    }
}
