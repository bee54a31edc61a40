//! The value of a cell, which can be written for people, written exactly, or compared for sorting.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::time::Duration;

use crate::{order, quantity};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'r> {
    /// Absent or unknown.
    Nothing,
    Text(Cow<'r, str>),
    /// Several lines of text by mprctl itself.
    Lines(&'r str),
    /// A word for a state, and its colour.
    State(Cow<'r, str>, Mood),
    /// A state with one text for programs (`exact`) and another for people (`short`).
    Labelled {
        exact: &'static str,
        short: &'static str,
        mood: Mood,
    },
    Count(u64),
    /// A part of a number. Programs have the whole in another column.
    Part {
        part: u64,
        whole: u64,
    },
    Bytes(u64),
    Time(Duration),
    Address(IpAddr),
    Yes(bool),
}

/// The look of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Good,
    Warn,
    Bad,
    Quiet,
}

impl<'r> Value<'r> {
    pub(crate) fn text(text: &'r str) -> Value<'r> {
        if text.is_empty() { Value::Nothing } else { Value::Text(Cow::Borrowed(text)) }
    }

    pub(crate) fn owned(text: String) -> Value<'r> {
        if text.is_empty() { Value::Nothing } else { Value::Text(Cow::Owned(text)) }
    }

    pub(crate) fn maybe<T>(value: Option<T>, make: impl FnOnce(T) -> Value<'r>) -> Value<'r> {
        value.map_or(Value::Nothing, make)
    }

    /// Returns `true` for numbers, which are aligned to the right.
    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Value::Count(_) | Value::Part { .. } | Value::Bytes(_) | Value::Time(_))
    }

    pub(crate) fn mood(&self) -> Option<Mood> {
        match self {
            Value::State(_, mood) | Value::Labelled { mood, .. } => Some(*mood),
            _ => None,
        }
    }

    /// Writes the value for people, with units.
    pub(crate) fn write_short(&self, out: &mut String) {
        match self {
            Value::Nothing => {}
            Value::Text(text) | Value::State(text, _) => out.push_str(text),
            Value::Lines(lines) => out.push_str(lines),
            Value::Labelled { short, .. } => out.push_str(short),
            Value::Count(count) => quantity::push_number(out, *count),
            Value::Part { part, whole } => {
                quantity::push_number(out, *part);
                out.push('/');
                quantity::push_number(out, *whole);
            }
            Value::Bytes(bytes) => quantity::push_bytes(out, *bytes),
            Value::Time(time) => quantity::push_duration(out, *time),
            Value::Address(address) => push_address(out, *address),
            Value::Yes(yes) => out.push_str(if *yes { "yes" } else { "no" }),
        }
    }

    /// Writes the value for programs, without units: bytes, whole seconds, `true`.
    pub(crate) fn write_exact(&self, out: &mut String) {
        let _ = match self {
            Value::Bytes(number) | Value::Part { part: number, .. } => write!(out, "{number}"),
            Value::Time(time) => write!(out, "{}", time.as_secs()),
            Value::Yes(yes) => write!(out, "{yes}"),
            Value::Labelled { exact, .. } => write!(out, "{exact}"),
            _ => return self.write_short(out),
        };
    }

    /// Writes the value as [`write_exact`](Value::write_exact), for CSV: after a `'` if it is a text that a spreadsheet would
    /// calculate. A client tells the name of its computer itself.
    pub(crate) fn write_csv(&self, out: &mut String) {
        if let Value::Text(text) = self
            && is_formula(text)
        {
            out.push('\'');
        }
        self.write_exact(out);
    }

    /// Compares numbers by size and text in its [natural](order::natural) order; absent values come last.
    pub(crate) fn compare(&self, other: &Value<'_>) -> Ordering {
        match (self, other) {
            (Value::Nothing, Value::Nothing) => Ordering::Equal,
            (Value::Nothing, _) => Ordering::Greater,
            (_, Value::Nothing) => Ordering::Less,
            _ => match (self.number(), other.number()) {
                (Some(one), Some(two)) => one.cmp(&two),
                _ => {
                    let (mut one, mut two) = (String::new(), String::new());
                    self.write_short(&mut one);
                    other.write_short(&mut two);
                    order::natural(&one, &two)
                }
            },
        }
    }

    pub(crate) fn number(&self) -> Option<u128> {
        match self {
            Value::Count(number) | Value::Bytes(number) | Value::Part { part: number, .. } => {
                Some((*number).into())
            }
            Value::Time(time) => Some(time.as_nanos()),
            _ => None,
        }
    }
}

/// Returns `true` for a text that a spreadsheet calculates to something else. The number of a telephone is none, nor is a name
/// that begins with a dash.
fn is_formula(text: &str) -> bool {
    let is_of_number = |letter: char| letter.is_ascii_digit() || " ()-./".contains(letter);
    match text.strip_prefix(['+', '-']) {
        Some(rest) => !rest.chars().all(is_of_number) && rest.contains(['(', '|', '!', '=']),
        None => text.starts_with(['=', '@', '\t', '\r']),
    }
}

/// Appends an address, as its `Display` writes it.
fn push_address(out: &mut String, address: IpAddr) {
    match address {
        IpAddr::V4(address) => {
            for (index, number) in address.octets().into_iter().enumerate() {
                if index > 0 {
                    out.push('.');
                }
                quantity::push_number(out, number.into());
            }
        }
        IpAddr::V6(address) => {
            let _ = write!(out, "{address}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_spreadsheet_would_calculate_is_told_from_a_number_and_a_name() {
        let formulas =
            ["=1+1", "=cmd|'/c calc'!A0", "@SUM(1)", "+cmd|' /c calc'!A0", "-2+3+cmd|'x'!A", "\t=1", "\r=1"];
        for text in formulas {
            assert!(is_formula(text), "{text:?}");
        }
        for text in ["", "anna", "-", "-5", "--parallel", "- a", "+46 (8) 123-45", "CORP\\anna", "a=b", "2+2"]
        {
            assert!(!is_formula(text), "{text:?}");
        }
    }

    #[test]
    fn an_address_is_written_as_its_display_writes_it() {
        for text in
            ["0.0.0.0", "10.20.30.40", "255.255.255.255", "::", "::1", "2001:db8::5", "::ffff:10.0.0.1"]
        {
            let mut written = String::new();
            Value::Address(text.parse().expect("an address")).write_short(&mut written);
            assert_eq!(written, text);
        }
    }
}
