//! The conditions of `--where`: a column, a sign, and one or more values.

use std::cmp::Ordering;
use std::net::IpAddr;

use ipnet::IpNet;
use wildmatch::WildMatchPattern;

use super::kind::{KindOf, plain};
use super::row::{AnyRow, Column};
use super::value::Value;
use crate::failure::Failure;
use crate::quantity;

/// The letters that signs are made of.
const SIGNS: [char; 4] = ['=', '!', '<', '>'];

/// A condition of `--where`.
pub(super) struct Condition {
    column: &'static Column,
    operator: Operator,
    /// At least one; any of them may hold.
    wanted: Vec<Wanted>,
}

/// A value to compare with.
struct Wanted {
    text: String,
    pattern: WildMatchPattern<'*', '?'>,
    /// The addresses that it stands for, if it is an address or a network.
    network: Option<IpNet>,
}

impl Wanted {
    fn parse(text: &str, condition: &str) -> Result<Wanted, Failure> {
        let network = match text.split_once('/') {
            None => text.parse().ok().map(|address: IpAddr| address.into()),
            Some((address, _)) if address.parse::<IpAddr>().is_ok() => Some(text.parse().map_err(|_| {
                Failure::usage(format!(
                    "`{text}` in `{condition}` is not a network; use for example 10.20.0.0/16"
                ))
            })?),
            Some(_) => None,
        };
        Ok(Wanted { pattern: WildMatchPattern::new(&text.to_lowercase()), text: text.to_owned(), network })
    }

    /// Returns `true` if it is a pattern, or empty and stands for no value.
    fn is_open(&self) -> bool {
        self.text.is_empty() || self.text.contains(['*', '?'])
    }

    fn is_like(&self, text: &str) -> bool {
        if self.pattern.matches(&text.to_lowercase()) {
            return true;
        }
        let Some(network) = &self.network else { return false };
        let address = text.parse().map(|address: IpAddr| network.contains(&address));
        address.or_else(|_| text.parse().map(|within: IpNet| network.contains(&within))).unwrap_or(false)
    }
}

/// One of the values behind a sign.
struct Part<'t> {
    text: &'t str,
    is_quoted: bool,
}

/// Splits a text at its commas. A value may be in quotes, and keeps its commas then.
fn values(text: &str) -> Vec<Part<'_>> {
    let (mut values, mut rest) = (Vec::new(), text);
    loop {
        let quoted = ['"', '\''].into_iter().find_map(|quote| {
            let (value, after) = rest.trim_start().strip_prefix(quote)?.split_once(quote)?;
            let after = after.trim_start();
            (after.is_empty() || after.starts_with(',')).then_some((value, after))
        });
        let (value, after) = quoted.unwrap_or_else(|| {
            let (value, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
            (value.trim(), after)
        });
        values.push(Part { text: value, is_quoted: quoted.is_some() });
        match after.strip_prefix(',') {
            Some(after) => rest = after,
            None => return values,
        }
    }
}

/// Returns the column that stands before a sign within a value without quotes: it begins a condition of its own.
fn second<'t>(kind: KindOf, values: &[Part<'t>]) -> Option<&'t str> {
    let is_column =
        |word: &str| matches!(&*plain(word), "longer_than" | "shorter_than") || kind.find(word).is_ok();
    let is_within = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    values.iter().enumerate().filter(|(_, value)| !value.is_quoted).find_map(|(index, value)| {
        value.text.match_indices(SIGNS).find_map(|(place, _)| {
            let before = value.text[..place].trim_end();
            let word = &before[before.trim_end_matches(is_within).len()..];
            // The first value may begin so.
            let begins_another = index > 0 || word.len() < before.len();
            (begins_another && is_column(word)).then_some(word)
        })
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Is,
    IsNot,
    More,
    AtLeast,
    Less,
    AtMost,
}

impl Condition {
    pub(super) fn parse(kind: KindOf, condition: &str) -> Result<Condition, Failure> {
        let at = condition.find(SIGNS).ok_or_else(|| {
            Failure::usage(format!(
                "`{condition}` is not a condition; use COLUMN=TEXT, COLUMN!=TEXT, COLUMN>NUMBER (or >=, <, <=), \
                 longer-than=2h or shorter-than=5min"
            ))
        })?;
        let (name, rest) = condition.split_at(at);
        let name = name.trim();
        if name.is_empty() {
            return Err(Failure::usage(format!("`{condition}` has no column before `{}`", &rest[..1]))
                .advice("For example: --where user=anna"));
        }
        // No text of a column begins with a sign; a wildcard finds one that does.
        let text = rest.trim_start_matches(SIGNS);
        let sign = &rest[..rest.len() - text.len()];
        let text = text.trim();
        let operator = Operator::parse(sign).ok_or_else(|| {
            let meant = match sign {
                "=>" => ">=",
                "=<" => "<=",
                "!" | "<>" | "=!" | "!==" => "!=",
                _ => "=",
            };
            Failure::usage(format!(
                "`{sign}` in `{condition}` is not a sign; use `{name}{meant}{text}` (the signs are =, !=, >, >=, < and <=)"
            ))
        })?;
        let (column, operator) = match &*plain(name) {
            word @ ("longer_than" | "shorter_than") => {
                let column = kind.duration_column()?;
                if operator != Operator::Is {
                    let word = word.replace('_', "-");
                    return Err(Failure::usage(format!(
                        "`{word}` in `{condition}` takes only `=`; use {word}=2h, or compare {} with {sign}",
                        column.name
                    )));
                }
                let is_longer = word == "longer_than";
                (column, if is_longer { Operator::More } else { Operator::Less })
            }
            _ => (kind.find(name)?, operator),
        };
        let parts = values(text);
        if let Some(second) = second(kind, &parts) {
            return Err(Failure::usage(format!("`{condition}` has a second condition, of `{second}`"))
                .advice(
                    "Give each its own --where; all must hold: --where user=anna --where tunnel=SSTP\n\
                 Of several values one must hold: --where user=anna,ben\n\
                 If it is part of the value, put the value in quotes: --where 'user=\"a=b\"'",
                ));
        }
        if operator.is_of_size() {
            if Size::ALL.iter().all(|size| size.parse(text).is_none()) {
                return Err(Failure::usage(format!(
                    "`{text}` in `{condition}` is not a number; use for example 90, 10MB, 45s, 30min, 2h or 1d"
                )));
            }
            return Ok(Condition { column, operator, wanted: vec![Wanted::parse(text, condition)?] });
        }
        // An empty one would match rows without a value, which nobody asked for.
        if parts.len() > 1 && parts.iter().any(|part| part.text.is_empty()) {
            return Err(Failure::usage(format!("`{condition}` has a comma with no value beside it")).advice(
                "Commas separate values. A value with a comma stands in quotes: --where 'user=\"a,b\"'",
            ));
        }
        let wanted = parts.into_iter().map(|part| Wanted::parse(part.text, condition));
        Ok(Condition { column, operator, wanted: wanted.collect::<Result<_, _>>()? })
    }

    /// Returns `true` if the condition holds for `row`.
    ///
    /// # Errors
    /// The values of the column cannot be compared with the text of the condition.
    pub(super) fn holds(&self, row: &dyn AnyRow) -> Result<bool, Failure> {
        let value = self.column.value(row);
        let size = match value {
            Value::Count(_) | Value::Part { .. } => Some(Size::Count),
            Value::Bytes(_) => Some(Size::Bytes),
            Value::Time(_) => Some(Size::Time),
            Value::Nothing if self.operator.is_of_size() => return Ok(false),
            _ => None,
        };
        let compare = |wanted: &Wanted| {
            let wanted = size.and_then(|size| size.parse(&wanted.text));
            value.number().zip(wanted).map(|(value, wanted)| value.cmp(&wanted))
        };
        if self.operator.is_of_size() {
            let Some(wanted) = self.wanted.first() else { return Ok(false) };
            return match compare(wanted) {
                Some(ordering) => Ok(self.operator.allows(ordering)),
                None => Err(self.not_comparable(&wanted.text, size)),
            };
        }
        // A number that is not of the column's kind would match no row, and nobody would know why.
        if size.is_some()
            && let Some(wrong) =
                self.wanted.iter().find(|wanted| compare(wanted).is_none() && !wanted.is_open())
        {
            return Err(self.not_comparable(&wrong.text, size));
        }
        let mut texts = None;
        let is_any = self.wanted.iter().any(|wanted| match compare(wanted) {
            Some(ordering) => ordering.is_eq(),
            None => texts.get_or_insert_with(|| texts_of(&value)).iter().any(|text| wanted.is_like(text)),
        });
        Ok(is_any == (self.operator == Operator::Is))
    }

    fn not_comparable(&self, text: &str, size: Option<Size>) -> Failure {
        let name = self.column.name;
        let has = match size {
            Some(Size::Count) => "the column has numbers, such as 90",
            Some(Size::Bytes) => "the column has bytes, such as 90, 10MB or 1.5GB",
            Some(Size::Time) => "the column has times, such as 45s, 30min, 2h or 1d",
            None => "the column has text; use = or !=",
        };
        Failure::usage(format!("cannot compare {name} with `{text}`: {has}"))
    }
}

/// Returns the value as a table shows it, and a state also as programs get it.
fn texts_of(value: &Value<'_>) -> Vec<String> {
    let mut short = String::new();
    value.write_short(&mut short);
    let mut texts = vec![short];
    if let Value::Yes(_) | Value::Labelled { .. } = value {
        let mut exact = String::new();
        value.write_exact(&mut exact);
        texts.push(exact);
    }
    texts
}

impl Operator {
    fn parse(sign: &str) -> Option<Operator> {
        Some(match sign {
            "=" => Operator::Is,
            "!=" => Operator::IsNot,
            ">" => Operator::More,
            ">=" => Operator::AtLeast,
            "<" => Operator::Less,
            "<=" => Operator::AtMost,
            _ => return None,
        })
    }

    /// Returns `true` if a value that compares so with the wanted one is selected.
    fn allows(self, ordering: Ordering) -> bool {
        match self {
            Operator::Is => ordering.is_eq(),
            Operator::IsNot => ordering.is_ne(),
            Operator::More => ordering.is_gt(),
            Operator::AtLeast => ordering.is_ge(),
            Operator::Less => ordering.is_lt(),
            Operator::AtMost => ordering.is_le(),
        }
    }

    /// Returns `true` for the operators that compare sizes.
    fn is_of_size(self) -> bool {
        !matches!(self, Operator::Is | Operator::IsNot)
    }
}

/// A kind of value that can be compared by size.
#[derive(Clone, Copy)]
enum Size {
    Count,
    Bytes,
    Time,
}

impl Size {
    const ALL: [Size; 3] = [Size::Count, Size::Bytes, Size::Time];

    /// Parses a number, in the unit of [`Value::number`].
    fn parse(self, text: &str) -> Option<u128> {
        match self {
            Size::Count => text.parse().ok(),
            Size::Bytes => quantity::parse_bytes(text).map(u128::from),
            Size::Time => quantity::parse_duration(text).ok().map(|time| time.as_nanos()),
        }
    }
}
