//! The selection of rows and columns of a list, and the order of its rows.

use std::cmp::Ordering;
use std::marker::PhantomData;
use std::time::Duration;

use clap::Args;

use super::condition::Condition;
use super::kind::KindOf;
use super::row::{AnyRow, Column, Place, Row};
use super::value::Value;
use crate::argument::Completed;
use crate::failure::Failure;
use crate::quantity;

/// The options of a command that lists rows of one kind, whose columns shells complete.
#[derive(Args)]
#[command(next_help_heading = "List options")]
pub(crate) struct Listing<R: Row> {
    #[command(flatten)]
    filter: Filter<R>,

    /// Sort by these columns; a leading `-` means descending (--sort=-bytes_out,user)
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', allow_hyphen_values = true)]
    #[arg(hide_possible_values = true, value_parser = Completed(|| names::<R>().map(str::to_owned).collect()))]
    sort: Vec<String>,

    /// Show these columns, or `all` [default: the most important ones in a table, all in CSV]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', hide_possible_values = true)]
    #[arg(value_parser = Completed(|| names::<R>().chain(["all"]).map(str::to_owned).collect()))]
    columns: Vec<String>,

    /// Show at most this number of rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,

    /// Print only the names of the rows, one per line, for `xargs`
    #[arg(long, short, conflicts_with = "columns")]
    quiet: bool,

    /// Leave out the line of headings, of a table or CSV
    #[arg(long)]
    no_headers: bool,

    /// List again and again, every 2 seconds or so often (--watch=10s), until Ctrl-C
    #[arg(long, short, value_name = "TIME", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "2s", value_parser = quantity::parse_interval)]
    watch: Option<Duration>,

    /// A column to show in addition to the default ones.
    #[arg(skip)]
    besides: Option<&'static str>,

    #[arg(skip)]
    of: PhantomData<fn() -> R>,
}

impl<R: Row> Default for Listing<R> {
    fn default() -> Listing<R> {
        Listing {
            filter: Filter::default(),
            sort: Vec::new(),
            columns: Vec::new(),
            limit: None,
            quiet: false,
            no_headers: false,
            watch: None,
            besides: None,
            of: PhantomData,
        }
    }
}

/// The conditions that rows must meet.
#[derive(Args)]
pub(crate) struct Filter<R: Row> {
    /// Filter rows: COLUMN=TEXT (`*` and `?` are wildcards, `anna,ben` is either, `10.20.0.0/16` a network), COLUMN!=TEXT,
    /// COLUMN>NUMBER (or >=, <, <=), longer-than=2h, shorter-than=5min; numbers may have units (10MB, 2h)
    #[arg(long = "where", value_name = "CONDITION", hide_possible_values = true)]
    #[arg(value_parser = Completed(|| names::<R>().map(|name| format!("{name}=")).collect()))]
    conditions: Vec<String>,

    #[arg(skip)]
    of: PhantomData<fn() -> R>,
}

impl<R: Row> Default for Filter<R> {
    fn default() -> Filter<R> {
        Filter { conditions: Vec::new(), of: PhantomData }
    }
}

impl<R: Row> Filter<R> {
    /// Returns `true` if there is no condition.
    pub(crate) fn is_empty(&self) -> bool {
        self.conditions.is_empty()
    }

    /// Parses the conditions.
    pub(super) fn parsed(&self) -> Result<Vec<Condition>, Failure> {
        let kind = KindOf { name: R::KIND, columns: R::COLUMNS };
        self.conditions.iter().map(|condition| Condition::parse(kind, condition)).collect()
    }

    /// Checks that the conditions are valid for rows of this kind.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.parsed().map(drop)
    }

    /// Keeps the rows that meet all conditions.
    pub(crate) fn retain(&self, rows: &mut Vec<R>) -> Result<(), Failure> {
        let conditions = self.parsed()?;
        let mut wrong = None;
        rows.retain(|row| {
            meets(row, &conditions).unwrap_or_else(|failure| {
                wrong = Some(failure);
                false
            })
        });
        wrong.map_or(Ok(()), Err)
    }
}

/// Returns `true` if the row meets all conditions.
fn meets(row: &dyn AnyRow, conditions: &[Condition]) -> Result<bool, Failure> {
    for condition in conditions {
        if !condition.holds(row)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The columns to show by default.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    /// The server of each row.
    pub(super) servers: bool,
    /// Also the columns that a table has only when asked for. Output for programs has all, whatever the number of servers.
    pub(super) asked: bool,
}

impl<R: Row> Listing<R> {
    /// Shows a column that is hidden by default.
    pub(crate) fn with_column(self, name: &'static str) -> Listing<R> {
        Listing { besides: Some(name), ..self }
    }

    /// Checks that the options are valid for rows of this kind.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.apply(&mut Vec::new(), Shown { servers: true, asked: true }).map(drop)
    }

    /// Filters and sorts `rows`, and returns the columns to show.
    pub(super) fn apply(&self, rows: &mut Vec<R>, shown: Shown) -> Result<Vec<&'static Column>, Failure> {
        let kind = KindOf { name: R::KIND, columns: R::COLUMNS };
        let conditions = self.filter.parsed()?;
        if !conditions.is_empty() || !self.sort.is_empty() {
            let order = select(kind, &any(rows), &conditions, &self.sort)?;
            let mut all: Vec<Option<R>> = rows.drain(..).map(Some).collect();
            rows.extend(order.into_iter().filter_map(|index| all[index].take()));
        }
        chosen(kind, &self.columns, self.besides, shown)
    }

    /// Returns the largest number of rows to print.
    pub(super) fn limit(&self) -> usize {
        self.limit.map_or(usize::MAX, |limit| limit as usize)
    }

    /// Returns `true` if only the names of the rows are printed.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Returns `true` if tables and CSV have no headings.
    pub(super) fn has_no_headers(&self) -> bool {
        self.no_headers
    }

    /// Returns the time between two lists, if they are listed again and again.
    pub(crate) fn interval(&self) -> Option<Duration> {
        self.watch
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
    conditions: &[Condition],
    sort: &[String],
) -> Result<Vec<usize>, Failure> {
    let mut selected = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        if meets(*row, conditions)? {
            selected.push(index);
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
                Place::Always | Place::IfRoom | Place::IfThere | Place::Instead => true,
                Place::Fleet => shown.servers,
                Place::Asked => shown.asked || besides == Some(column.name),
            })
            .collect()),
        [all] if all == "all" => Ok(kind.columns.iter().collect()),
        names => names.iter().map(|name| kind.find(name)).collect(),
    }
}
