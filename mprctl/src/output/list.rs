//! The selection of rows and columns of a list, and the order of its rows.

use std::cmp::Ordering;
use std::marker::PhantomData;

use clap::Args;
use wildmatch::WildMatchPattern;

use super::row::{AnyRow, Column, Place, Row};
use super::value::Value;
use crate::argument::Completed;
use crate::failure::Failure;
use crate::quantity;

/// The options of a command that lists rows of one kind, whose columns shells complete.
#[derive(Args)]
#[command(next_help_heading = "List options")]
pub(crate) struct Listing<R: Row> {
    /// Filter rows: COLUMN=TEXT (`*` and `?` are wildcards), COLUMN!=TEXT, COLUMN>NUMBER (or >=, <, <=), longer-than=2h,
    /// shorter-than=5min; numbers may have units (10MB, 2h)
    #[arg(long = "where", value_name = "CONDITION", hide_possible_values = true)]
    #[arg(value_parser = Completed(|| names::<R>().map(|name| format!("{name}=")).collect()))]
    conditions: Vec<String>,

    /// Sort by these columns; a leading `-` means descending (--sort=-bytes_out,user)
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', allow_hyphen_values = true)]
    #[arg(hide_possible_values = true, value_parser = Completed(|| names::<R>().map(str::to_owned).collect()))]
    sort: Vec<String>,

    /// Show these columns, or `all` [default: the most important ones in a table, all in CSV]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', hide_possible_values = true)]
    #[arg(value_parser = Completed(|| names::<R>().chain(["all"]).map(str::to_owned).collect()))]
    columns: Vec<String>,

    /// A column to show in addition to the default ones.
    #[arg(skip)]
    besides: Option<&'static str>,

    #[arg(skip)]
    of: PhantomData<fn() -> R>,
}

impl<R: Row> Default for Listing<R> {
    fn default() -> Listing<R> {
        Listing {
            conditions: Vec::new(),
            sort: Vec::new(),
            columns: Vec::new(),
            besides: None,
            of: PhantomData,
        }
    }
}

/// The columns to show by default.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Those of a table of one server.
    One,
    /// Those of a table of several servers.
    Fleet,
    /// All columns: output for programs does not depend on the number of servers.
    All,
}

impl<R: Row> Listing<R> {
    /// Shows a column that is hidden by default.
    pub(crate) fn with_column(self, name: &'static str) -> Listing<R> {
        Listing { besides: Some(name), ..self }
    }

    /// Checks that the options are valid for rows of this kind.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.apply(&mut Vec::new(), Shown::All).map(drop)
    }

    /// Filters and sorts `rows`, and returns the columns to show.
    pub(super) fn apply(&self, rows: &mut Vec<R>, shown: Shown) -> Result<Vec<&'static Column>, Failure> {
        let kind = KindOf { name: R::KIND, columns: R::COLUMNS };
        if !self.conditions.is_empty() || !self.sort.is_empty() {
            let order = select(kind, &any(rows), &self.conditions, &self.sort)?;
            let mut all: Vec<Option<R>> = rows.drain(..).map(Some).collect();
            rows.extend(order.into_iter().filter_map(|index| all[index].take()));
        }
        chosen(kind, &self.columns, self.besides, shown)
    }

    /// Returns `true` if `--columns` selects some columns, for output for programs too.
    pub(super) fn picks_columns(&self) -> bool {
        self.names_columns() && self.columns != ["all"]
    }

    /// Returns `true` if `--columns` is given, so that no column may be left out.
    pub(super) fn names_columns(&self) -> bool {
        !self.columns.is_empty()
    }
}

/// Returns a heading or a name in the form of a column's name: `connected_for` for `Connected for`.
pub(crate) fn plain(name: &str) -> String {
    let mut plain = name.to_lowercase().replace(|letter: char| !letter.is_alphanumeric(), "_");
    plain.truncate(plain.trim_end_matches('_').len());
    plain
}

/// Lists the names of the columns of a row.
fn names<R: Row>() -> impl Iterator<Item = &'static str> {
    R::COLUMNS.iter().map(|column| column.name)
}

/// Returns rows of one kind as rows of any.
pub(super) fn any<R: Row>(rows: &[R]) -> Vec<&dyn AnyRow> {
    rows.iter().map(|row| row as &dyn AnyRow).collect()
}

/// Selects the rows that meet the conditions, and returns their indices in the order that `sort` asks for.
fn select(
    kind: KindOf,
    rows: &[&dyn AnyRow],
    conditions: &[String],
    sort: &[String],
) -> Result<Vec<usize>, Failure> {
    let mut selected: Vec<usize> = (0..rows.len()).collect();
    for condition in conditions {
        let condition = Condition::parse(kind, condition)?;
        let mut wrong = None;
        selected.retain(|row| {
            condition.holds(rows[*row]).unwrap_or_else(|failure| {
                wrong = Some(failure);
                false
            })
        });
        if let Some(failure) = wrong {
            return Err(failure);
        }
    }
    let keys = sort.iter().map(|name| match name.strip_prefix('-') {
        Some(name) => Ok((kind.find(name)?, true)),
        None => Ok((kind.find(name)?, false)),
    });
    let keys = keys.collect::<Result<Vec<_>, Failure>>()?;
    if !keys.is_empty() {
        selected.sort_by(|one, two| {
            let orders = keys.iter().map(|(column, is_reversed)| {
                let (one, two) = (column.value(rows[*one]), column.value(rows[*two]));
                let is_there = one != Value::Nothing && two != Value::Nothing;
                let order = one.compare(&two);
                // Absent values come last in both directions.
                if *is_reversed && is_there { order.reverse() } else { order }
            });
            orders.fold(Ordering::Equal, Ordering::then)
        });
    }
    Ok(selected)
}

/// Returns the columns that `--columns` names, or without it those to show by default, and `besides`.
fn chosen(
    kind: KindOf,
    names: &[String],
    besides: Option<&str>,
    shown: Shown,
) -> Result<Vec<&'static Column>, Failure> {
    match names {
        [] => Ok(kind
            .columns
            .iter()
            .filter(|column| match column.place {
                Place::Always | Place::IfRoom | Place::IfThere => true,
                Place::Fleet => shown != Shown::One,
                Place::Asked => shown == Shown::All || besides == Some(column.name),
            })
            .collect()),
        [all] if all == "all" => Ok(kind.columns.iter().collect()),
        names => names.iter().map(|name| kind.find(name)).collect(),
    }
}

/// A kind of row: its name, and its columns.
#[derive(Clone, Copy)]
struct KindOf {
    name: &'static str,
    columns: &'static [Column],
}

impl KindOf {
    /// Finds a column by its name, or by its heading in a table.
    fn find(self, name: &str) -> Result<&'static Column, Failure> {
        let wanted = plain(name);
        let named = self.columns.iter().find(|column| column.name == wanted);
        named.or_else(|| self.columns.iter().find(|column| plain(column.title) == wanted)).ok_or_else(|| {
            let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
            Failure::usage(format!("{} has no column `{name}`; use one of {}", self.name, names.join(", ")))
        })
    }

    /// Returns the column that `longer-than` and `shorter-than` compare.
    fn duration_column(self) -> Result<&'static Column, Failure> {
        let named = |column: &&Column| matches!(column.name, "connected_for" | "up_for");
        self.columns.iter().find(named).ok_or_else(|| {
            Failure::usage(format!(
                "{} has no duration to compare, so longer-than and shorter-than do not apply",
                self.name
            ))
        })
    }
}

/// A condition of `--where`.
struct Condition {
    column: &'static Column,
    operator: Operator,
    text: String,
    pattern: WildMatchPattern<'*', '?'>,
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
    fn parse(kind: KindOf, condition: &str) -> Result<Condition, Failure> {
        let at = condition.find(['=', '!', '<', '>']).ok_or_else(|| {
            Failure::usage(format!(
                "`{condition}` is not a condition; use COLUMN=TEXT, COLUMN!=TEXT, COLUMN>NUMBER (or >=, <, <=), \
                 longer-than=2h or shorter-than=5min"
            ))
        })?;
        let (name, rest) = condition.split_at(at);
        if name.is_empty() {
            return Err(Failure::usage(format!("`{condition}` has no column before `{}`", &rest[..1]))
                .advice("For example: --where user=anna"));
        }
        // No text of a column begins with a sign; a wildcard finds one that does.
        let text = rest.trim_start_matches(['=', '!', '<', '>']);
        let sign = &rest[..rest.len() - text.len()];
        let operator = Operator::parse(sign).ok_or_else(|| {
            let meant = match sign {
                "=>" => ">=",
                "=<" => "<=",
                "!" | "<>" => "!=",
                _ => "=",
            };
            Failure::usage(format!(
                "`{sign}` in `{condition}` is not a sign; use `{name}{meant}{text}` (the signs are =, !=, >, >=, < and <=)"
            ))
        })?;
        let (column, operator) = match (name, operator) {
            ("longer-than", Operator::Is) => (kind.duration_column()?, Operator::More),
            ("shorter-than", Operator::Is) => (kind.duration_column()?, Operator::Less),
            _ => (kind.find(name)?, operator),
        };
        if operator.is_of_size() && Size::ALL.iter().all(|size| size.parse(text).is_none()) {
            return Err(Failure::usage(format!(
                "`{text}` in `{condition}` is not a number; use for example 90, 10MB, 45s, 30min, 2h or 1d"
            )));
        }
        let pattern = WildMatchPattern::new(&text.to_lowercase());
        Ok(Condition { column, operator, text: text.to_owned(), pattern })
    }

    /// Returns `true` if the condition holds for `row`.
    ///
    /// # Errors
    /// The values of the column cannot be compared with the text of the condition.
    fn holds(&self, row: &dyn AnyRow) -> Result<bool, Failure> {
        let value = self.column.value(row);
        let size = match value {
            Value::Count(_) => Some(Size::Count),
            Value::Bytes(_) => Some(Size::Bytes),
            Value::Time(_) => Some(Size::Time),
            Value::Nothing if self.operator.is_of_size() => return Ok(false),
            _ => None,
        };
        let wanted = size.and_then(|size| size.parse(&self.text));
        let ordering = value.number().zip(wanted).map(|(value, wanted)| value.cmp(&wanted));
        match (self.operator, ordering) {
            (Operator::More, Some(ordering)) => Ok(ordering.is_gt()),
            (Operator::AtLeast, Some(ordering)) => Ok(ordering.is_ge()),
            (Operator::Less, Some(ordering)) => Ok(ordering.is_lt()),
            (Operator::AtMost, Some(ordering)) => Ok(ordering.is_le()),
            (Operator::Is, Some(ordering)) => Ok(ordering.is_eq()),
            (Operator::IsNot, Some(ordering)) => Ok(ordering.is_ne()),
            (Operator::Is, None) => Ok(self.is_like(&value)),
            (Operator::IsNot, None) => Ok(!self.is_like(&value)),
            (_, None) => {
                let (name, text) = (self.column.name, &self.text);
                let has = match size {
                    Some(Size::Count) => "the column has numbers, such as 90",
                    Some(Size::Bytes) => "the column has bytes, such as 90, 10MB or 1.5GB",
                    Some(Size::Time) => "the column has times, such as 45s, 30min, 2h or 1d",
                    None => "the column has text; use = or !=",
                };
                Err(Failure::usage(format!("cannot compare {name} with `{text}`: {has}")))
            }
        }
    }

    /// Returns `true` if the text of the condition matches the value as a table shows it, or a state as programs get it.
    fn is_like(&self, value: &Value<'_>) -> bool {
        let (mut short, mut exact) = (String::new(), String::new());
        value.write_short(&mut short);
        if let Value::Yes(_) | Value::Labelled { .. } = value {
            value.write_exact(&mut exact);
        }
        let is_match = |text: &str| self.pattern.matches(&text.to_lowercase());
        is_match(&short) || !exact.is_empty() && is_match(&exact)
    }
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
