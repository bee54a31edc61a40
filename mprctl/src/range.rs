//! The ranges that the protocol allows for settings of tunnels (MS-RRASM 2.2.1.2.136 and 2.2.1.2.270, and Microsoft's
//! pages of `MPR_SERVER_1` and `MPR_SERVER_2` for ports): one table, for what is read and for what is advised.

use std::fmt;
use std::time::Duration;

use crate::quantity;

/// The values that a setting can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    least: u32,
    most: u32,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Seconds,
    Kilobytes,
    Ports,
}

impl Range {
    /// The time without traffic after which a connection ends.
    pub(crate) const IDLE_TIMEOUT: Range = Range::seconds(300, 17_279_999);
    /// The lifetime of a security association.
    pub(crate) const LIFETIME: Range = Range::seconds(300, 17_279_999);
    /// The lifetime of a security association of main mode, for which no range is documented.
    pub(crate) const MAIN_MODE_LIFETIME: Range = Range::seconds(0, u32::MAX);
    /// The time that a client may be out of reach.
    pub(crate) const NETWORK_OUTAGE: Range = Range::seconds(120, u32::MAX);
    /// The traffic after which a security association is negotiated anew.
    pub(crate) const RENEW_AFTER: Range = Range { least: 1024, most: u32::MAX, unit: Unit::Kilobytes };
    pub(crate) const PPTP_PORTS: Range = Range { least: 1, most: 16_384, unit: Unit::Ports };
    pub(crate) const L2TP_OR_SSTP_PORTS: Range = Range { least: 0, most: 30_000, unit: Unit::Ports };
    /// The ports of the other tunnels, for which no limit is documented.
    pub(crate) const PORTS: Range = Range { least: 0, most: u32::MAX, unit: Unit::Ports };

    const fn seconds(least: u32, most: u32) -> Range {
        Range { least, most, unit: Unit::Seconds }
    }

    /// Parses a time such as `8h`: whole seconds in the range.
    pub(crate) fn time(self, text: &str) -> Result<Duration, String> {
        let time = quantity::parse_duration(text)?;
        if time.subsec_nanos() != 0 {
            return Err(format!("`{text}` has a fraction of a second; use whole seconds"));
        }
        self.check(text, Some(time.as_secs())).map(|seconds| Duration::from_secs(seconds.into()))
    }

    /// Parses a number such as `64`.
    pub(crate) fn count(self, text: &str) -> Result<u32, String> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits {
            return Err(format!("`{text}` is not a number; use {self}"));
        }
        self.check(text, text.parse().ok())
    }

    /// Parses an amount of data such as `50MB` into kilobytes. A number without a unit is in units of `bytes` bytes.
    pub(crate) fn kilobytes(self, text: &str, bytes: u64) -> Result<u32, String> {
        let whole = match text.parse::<u64>() {
            Ok(number) => number.checked_mul(bytes),
            Err(_) => quantity::parse_bytes(text),
        };
        let whole = whole
            .ok_or_else(|| format!("`{text}` is not an amount of data; use for example 50MB or 1GiB"))?;
        self.check(text, Some(whole / 1024))
    }

    /// Returns `value` if it is in the range. `None` stands for a number too large for its type.
    fn check(self, text: &str, value: Option<u64>) -> Result<u32, String> {
        let value = value.and_then(|value| u32::try_from(value).ok());
        value
            .filter(|value| (self.least..=self.most).contains(value))
            .ok_or_else(|| format!("`{text}` is out of range; use {self}"))
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (grouped(self.least), grouped(self.most));
        let unit = match self.unit {
            Unit::Seconds => "seconds",
            Unit::Kilobytes => "kilobytes",
            Unit::Ports => "ports",
        };
        match self.most {
            u32::MAX => write!(f, "at least {least} {unit}"),
            _ => write!(f, "{least} to {most} {unit}"),
        }
    }
}

/// `17,279,999`.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_whole_seconds_of_the_range() {
        for text in ["5min", "300", "300s", "17279999", "199d"] {
            assert!(Range::IDLE_TIMEOUT.time(text).is_ok(), "{text}");
        }
        let out = "out of range; use 300 to 17,279,999 seconds";
        for text in ["0", "0s", "60s", "299", "4min 59s", "17280000", "200d", "1000years"] {
            let problem = Range::IDLE_TIMEOUT.time(text).unwrap_err();
            assert_eq!(problem, format!("`{text}` is {out}"));
        }
        for text in ["300s 1ms", "300500ms", "5min 1ns"] {
            assert!(Range::LIFETIME.time(text).unwrap_err().contains("whole seconds"), "{text}");
        }
        assert!(Range::LIFETIME.time("soon").unwrap_err().contains("not a duration"));
        assert_eq!(
            Range::NETWORK_OUTAGE.time("1min").unwrap_err(),
            "`1min` is out of range; use at least 120 seconds"
        );
    }

    #[test]
    fn traffic_is_given_in_kilobytes_or_with_its_unit() {
        for (text, kilobytes) in [("1024", 1024), ("1MiB", 1024), ("50MB", 48_828), ("4294967295", u32::MAX)]
        {
            assert_eq!(Range::RENEW_AFTER.kilobytes(text, 1024), Ok(kilobytes), "{text}");
        }
        for text in ["0", "1023", "1MB", "1023KiB", "4294967296", "18446744073709551615"] {
            assert!(Range::RENEW_AFTER.kilobytes(text, 1024).is_err(), "{text}");
        }
        assert_eq!(Range::RENEW_AFTER.kilobytes("1048576", 1), Ok(1024));
        assert!(Range::RENEW_AFTER.kilobytes("1048575", 1).is_err());
        assert!(Range::RENEW_AFTER.kilobytes("much", 1).unwrap_err().contains("50MB"));
    }

    #[test]
    fn ports_are_counted_and_pptp_has_one() {
        assert_eq!(Range::PPTP_PORTS.count("0").unwrap_err(), "`0` is out of range; use 1 to 16,384 ports");
        assert_eq!(Range::L2TP_OR_SSTP_PORTS.count("30000"), Ok(30_000));
        assert!(Range::L2TP_OR_SSTP_PORTS.count("30001").is_err());
        for text in ["", "-1", "+1", "1.5", "ten", "0x10"] {
            assert!(Range::PORTS.count(text).unwrap_err().contains("not a number"), "{text}");
        }
        assert!(Range::PORTS.count("4294967296").unwrap_err().contains("out of range"));
    }
}
