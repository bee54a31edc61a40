//! The output of commands: rows, as a table for people or as JSON, CSV or NDJSON for programs.

mod condition;
mod kind;
mod list;
mod row;
mod style;
mod table;
mod value;

use std::collections::HashSet;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

#[cfg(test)]
pub(crate) use kind::plain;
pub(crate) use list::{Filter, Listing};
use list::{Shown, any};
pub(crate) use row::{AnyRow, Column, Columns, Field, Place, Row, ServerName, State, bytes, row};
pub(crate) use style::{Color, Format, Style};
pub(crate) use table::{shorten, wrap};
pub(crate) use value::{Mood, Value};

use crate::failure::{Failure, Kind};
use crate::fleet::Answer;
use crate::quantity;
use crate::target::LOCAL;
use crate::terminal::{self, Content, defuse};

/// The version of the JSON, CSV and NDJSON formats. It changes when a member is renamed or removed.
const VERSION: u32 = 1;

/// One server's success or failure, in JSON.
#[derive(Debug, Serialize, JsonSchema)]
struct ServerOutcome<'a> {
    /// The name of the server; `local` is this machine.
    server: &'a str,
    /// `true` if the server answered.
    ok: bool,
    /// The reason why the server did not answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

/// A whole answer as one JSON document.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DocumentOf{R}")]
pub(crate) struct Document<'a, R> {
    /// The version of this format. It changes when a member is renamed or removed.
    version: u32,
    /// The kind of the rows, such as `session`.
    kind: &'static str,
    /// The servers that were asked.
    servers: Vec<ServerOutcome<'a>>,
    /// The rows. With `--columns`, each row has just these members.
    rows: &'a [R],
    /// The named objects that do not exist, if others do.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    missing: &'a [FailureLine<'a>],
}

/// A row with just the columns of `--columns`, in their order.
struct Picked<'a> {
    whole: Box<dyn Fn() -> serde_json::Result<serde_json::Value> + 'a>,
    row: &'a dyn AnyRow,
    columns: &'a [&'static Column],
}

impl<'a> Picked<'a> {
    fn new<R: Row>(row: &'a R, columns: &'a [&'static Column]) -> Picked<'a> {
        Picked { whole: Box::new(move || serde_json::to_value(row)), row, columns }
    }
}

impl Serialize for Picked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let whole = (self.whole)().map_err(serde::ser::Error::custom)?;
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for column in self.columns {
            match whole.get(column.name) {
                // A member that is an object, such as an error, is a sentence in its column.
                Some(member) if !member.is_object() => map.serialize_entry(column.name, member)?,
                _ => {
                    let (value, mut text) = (column.value(self.row), String::new());
                    value.write_exact(&mut text);
                    map.serialize_entry(column.name, &(value != Value::Nothing).then_some(text))?;
                }
            }
        }
        map.end()
    }
}

/// A failure as a line of NDJSON, among the rows.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FailureLine<'a> {
    /// The server that failed or lacks the named object. Absent if that is true of all servers.
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<&'a str>,
    /// The reason.
    error: &'a Failure,
}

/// The JSON document of a command that failed before it asked a server.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FailureDocument<'a> {
    /// The version of this format. It changes when a member is renamed or removed.
    version: u32,
    /// `failure`.
    kind: &'static str,
    /// The failure.
    error: &'a Failure,
}

/// Prints a failure for programs, if no answer contains it.
pub(crate) fn print_failure(format: Format, error: &Failure) -> io::Result<()> {
    let mut out = terminal::output(format.content());
    match format {
        Format::Json => {
            let document = FailureDocument { version: VERSION, kind: "failure", error };
            serde_json::to_writer_pretty(&mut out, &document)?;
        }
        Format::Yaml => {
            let document = FailureDocument { version: VERSION, kind: "failure", error };
            write_yaml(&mut out, &document)?;
            return out.flush();
        }
        Format::Ndjson => serde_json::to_writer(&mut out, &FailureLine { server: None, error })?,
        Format::Table | Format::Wide | Format::Csv => return Ok(()),
    }
    writeln!(out)?;
    out.flush()
}

/// Calls `find` for each name. With several names, one that is not found or does not suit fails by itself; any other
/// failure is the server's.
pub(crate) fn each<N, R>(
    names: &[N],
    mut find: impl FnMut(&N) -> Result<R, Failure>,
) -> Result<Vec<Result<R, Failure>>, Failure> {
    let found = names.iter().map(|name| match find(name) {
        Err(failure) if names.len() > 1 && is_of_name(&failure) => Ok(Err(failure)),
        found => found.map(Ok),
    });
    found.collect()
}

/// Returns `true` for a failure that another name need not have.
fn is_of_name(failure: &Failure) -> bool {
    failure.kind == Kind::NotFound || failure.kind == Kind::Failed && failure.function.is_none()
}

/// As [`each`], where `find` returns several rows for a name.
pub(crate) fn each_several<N, R>(
    names: &[N],
    find: impl FnMut(&N) -> Result<Vec<R>, Failure>,
) -> Result<Vec<Result<R, Failure>>, Failure> {
    let rows = each(names, find)?.into_iter().flat_map(|rows| match rows {
        Ok(rows) => rows.into_iter().map(Ok).collect(),
        Err(failure) => vec![Err(failure)],
    });
    Ok(rows.collect())
}

/// The rows and failures of all servers that were asked, ready to print.
pub(crate) struct Report<R> {
    rows: Vec<R>,
    outcome: Outcome,
}

/// The servers that were asked, and the failures. It is the same for rows of all kinds, so it is compiled once.
struct Outcome {
    /// The servers in the order of the command line; `None` for one that answered.
    servers: Vec<(String, Option<Failure>)>,
    /// The named objects that do not exist, on one server or on all.
    missing: Vec<(Option<String>, Failure)>,
}

impl<R: Row> Report<R> {
    pub(crate) fn new(answers: Vec<Answer<Vec<R>>>) -> Report<R> {
        let outcome = Outcome { servers: Vec::new(), missing: Vec::new() };
        let mut report = Report { rows: Vec::new(), outcome };
        for Answer { target, result } in answers {
            let (mut rows, failure) = match result {
                Ok(rows) => (rows, None),
                Err(failure) => (R::of_failed(&failure).into_iter().collect(), Some(failure)),
            };
            rows.iter_mut().for_each(|row| row.set_server(target.label()));
            if report.rows.is_empty() {
                // The rows of a single server, which may be many, are not moved.
                report.rows = rows;
            } else {
                report.rows.append(&mut rows);
            }
            report.outcome.servers.push((target.label().to_owned(), failure));
        }
        report
    }

    /// Makes a report from rows of servers that may have failed after some of them.
    pub(crate) fn of_partial(answers: Vec<(String, Vec<R>, Option<Failure>)>) -> Report<R> {
        let outcome = Outcome { servers: Vec::new(), missing: Vec::new() };
        let mut report = Report { rows: Vec::new(), outcome };
        for (server, mut rows, failure) in answers {
            rows.iter_mut().for_each(|row| row.set_server(&server));
            report.rows.append(&mut rows);
            report.outcome.servers.push((server, failure));
        }
        report
    }

    /// Makes a report from rows that need no server.
    pub(crate) fn of_one(rows: Vec<R>) -> Report<R> {
        Report { rows, outcome: Outcome { servers: vec![(LOCAL.to_owned(), None)], missing: Vec::new() } }
    }

    /// Makes a report from the results for several names. Objects that exist are shown even if others do not.
    pub(crate) fn of_each(answers: Vec<Answer<Vec<Result<R, Failure>>>>) -> Report<R> {
        let mut missing = Vec::new();
        let answers = answers.into_iter().map(|Answer { target, result }| {
            let rows = result.map(|rows| {
                let note = |row: Result<R, Failure>| {
                    row.map_err(|failure| missing.push((target.name.clone(), failure))).ok()
                };
                rows.into_iter().filter_map(note).collect()
            });
            Answer { target, result: rows }
        });
        let mut report = Report::new(answers.collect());
        report.outcome.missing = missing;
        report
    }

    /// Adds a failure for names that are on none of the servers.
    pub(crate) fn missing(mut self, failure: Option<Failure>) -> Report<R> {
        self.outcome.missing.extend(failure.map(|failure| (None, failure)));
        self
    }

    /// Prints the rows that `listing` selects, and the servers that failed.
    ///
    /// # Errors
    /// The failure, if one server or object failed; a summary, if some of several failed, which are printed by then; or an
    /// option of `listing` that is invalid.
    pub(crate) fn print(mut self, style: Style, listing: &Listing<R>) -> Result<(), Failure> {
        let before = self.rows.len();
        self.write(style, listing)?;
        // The failures are in no document of names.
        let style = if listing.is_quiet() { Style { format: Format::Table, ..style } } else { style };
        self.end(style, before)
    }

    /// Prints the rows that `listing` selects, and for programs the servers that failed.
    ///
    /// # Errors
    /// An option of `listing` that is invalid, or output that cannot be written.
    pub(crate) fn write(&mut self, style: Style, listing: &Listing<R>) -> Result<(), Failure> {
        let is_wide = style.format == Format::Wide;
        let (is_for_people, is_fleet) = (style.format.is_for_people(), self.outcome.servers.len() > 1);
        let shown = Shown { servers: is_fleet || !is_for_people, asked: is_wide || !is_for_people };
        let mut columns = listing.apply(&mut self.rows, shown)?;
        let selected = self.rows.len();
        self.rows.truncate(listing.limit());
        if is_for_people && !listing.names_columns() {
            let is_nothing = |value| matches!(value, Value::Nothing | Value::Yes(false));
            let is_there = |column: &Column| self.rows.iter().any(|row| !is_nothing(column.value(row)));
            columns.retain(|column| column.place != Place::IfThere || is_there(column));
        }
        if listing.is_quiet() {
            return print_names(&self.rows);
        }
        let mut out = terminal::output(style.format.content());
        let picked = |row| Picked::new(row, &columns);
        let style = Style { has_headings: style.has_headings && !listing.has_no_headers(), ..style };
        match (style.format, listing.picks_columns()) {
            (Format::Table | Format::Wide, _) => {
                if !self.rows.is_empty() {
                    let are_named = listing.names_columns();
                    table::list(&mut out, &any(&self.rows), &columns, are_named, style)?;
                }
            }
            (Format::Json | Format::Yaml, false) => {
                self.outcome.print_document(&mut out, style.format, R::KIND, &self.rows)?;
            }
            (Format::Json | Format::Yaml, true) => {
                let rows: Vec<Picked<'_>> = self.rows.iter().map(picked).collect();
                self.outcome.print_document(&mut out, style.format, R::KIND, &rows)?;
            }
            (Format::Ndjson, picks) => {
                for row in &self.rows {
                    if picks { print_line(&mut out, &picked(row))? } else { print_line(&mut out, row)? }
                }
                // A failure that has a row is in that row.
                self.outcome.print_lines(&mut out, &|failure| R::of_failed(failure).is_some())?;
            }
            (Format::Csv, _) => print_csv(&mut out, &any(&self.rows), &columns, style.has_headings)?,
        }
        out.flush()?;
        drop(out);
        if is_for_people && selected > self.rows.len() {
            terminal::say(&format!("--limit: {} of {selected} rows", self.rows.len()));
        }
        Ok(())
    }

    /// Prints each row as a sheet of its own: a line a column.
    ///
    /// # Errors
    /// As [`print`](Report::print).
    pub(crate) fn print_sheets(self, style: Style) -> Result<(), Failure> {
        if !style.format.is_for_people() {
            return self.print(style, &Listing::default());
        }
        let is_fleet = self.outcome.servers.len() > 1;
        let columns = R::COLUMNS.iter().filter(|column| column.place != Place::Fleet || is_fleet);
        let columns: Vec<&Column> = columns.collect();
        let mut out = terminal::output(Content::Text);
        for (index, row) in self.rows.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            table::sheet(&mut out, row, &columns, style)?;
        }
        out.flush()?;
        drop(out);
        self.end(style, 0)
    }

    /// Returns the failure of the whole, if a server or a row failed. Tells a person if there are no rows, of `before` that
    /// there were.
    fn end(self, style: Style, before: usize) -> Result<(), Failure> {
        let nothing = match before {
            0 => R::NOTHING.into(),
            _ => format!("nothing to show: --where matches none of the {}", quantity::count(before, "row")),
        };
        let of_row = |row: &R| row.failure().map(|(thing, failure)| (thing, failure.clone()));
        let failed = self.rows.iter().filter_map(of_row).collect();
        self.outcome.end(style, self.rows.len(), failed, &nothing)
    }
}

impl Outcome {
    /// Prints JSON or YAML.
    fn print_document<T: Serialize>(
        &self,
        out: &mut dyn Write,
        format: Format,
        kind: &'static str,
        rows: &[T],
    ) -> Result<(), Failure> {
        let missing: Vec<FailureLine<'_>> = self.missing_lines().collect();
        let servers = self.servers.iter().map(|(server, error)| ServerOutcome {
            server,
            ok: error.is_none(),
            error: error.clone().map(|error| error.about(server)),
        });
        let servers = servers.collect();
        let document = Document { version: VERSION, kind, servers, rows, missing: &missing };
        if format == Format::Yaml {
            return Ok(write_yaml(out, &document)?);
        }
        serde_json::to_writer_pretty(&mut *out, &document).map_err(io::Error::from)?;
        Ok(writeln!(out)?)
    }

    fn missing_lines(&self) -> impl Iterator<Item = FailureLine<'_>> {
        self.missing.iter().map(|(server, error)| FailureLine { server: server.as_deref(), error })
    }

    /// Prints a line for each failure that has no row.
    fn print_lines(&self, out: &mut dyn Write, has_row: &dyn Fn(&Failure) -> bool) -> Result<(), Failure> {
        for line in self.missing_lines() {
            print_line(out, &line)?;
        }
        for (server, error) in &self.servers {
            if let Some(error) = error.as_ref().filter(|error| !has_row(error)) {
                let error = error.clone().about(server);
                print_line(out, &FailureLine { server: Some(server), error: &error })?;
            }
        }
        Ok(())
    }

    /// As [`Report::end`], of `rows` rows, with the things that `things` tells to have failed.
    fn end(
        self,
        style: Style,
        rows: usize,
        things: Vec<(String, Failure)>,
        nothing: &str,
    ) -> Result<(), Failure> {
        let asked = self.servers.len();
        let mut failed: Vec<(String, Failure)> =
            self.servers.into_iter().filter_map(|(server, failure)| Some((server, failure?))).collect();
        let servers = failed.len();
        failed.extend(things);
        let is_about_servers = failed.len() == servers && self.missing.is_empty();
        let all = if is_about_servers { asked } else { rows + servers + self.missing.len() };
        let is_alone = failed.is_empty() && self.missing.len() == 1;
        failed.extend(
            self.missing
                .into_iter()
                .map(|(server, failure)| (server.unwrap_or_else(|| LOCAL.to_owned()), failure)),
        );
        let failure = match &failed[..] {
            [] => {
                if rows == 0 && style.format.is_for_people() {
                    // So that a person knows that the silence is the answer.
                    terminal::say(nothing);
                }
                return Ok(());
            }
            // The message names the object; the other objects were shown.
            [(name, failure)] if is_alone => {
                let kind = if all > 1 { Kind::Partly } else { failure.kind };
                let failure = Failure { kind, ..failure.clone() };
                if name == LOCAL { failure } else { failure.of(name) }
            }
            [(name, failure)] if all == 1 && is_about_servers && name == LOCAL => failure.clone(),
            [(name, failure)] if all == 1 => failure.clone().of(name),
            _ => Failure::of_several(
                &failed,
                all,
                if is_about_servers { "servers failed" } else { "not done" },
            ),
        };
        Err(Failure { is_in_output: style.format.has_failures(), ..failure })
    }
}

fn print_line(out: &mut dyn Write, line: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, line).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Writes YAML. Each text stands in quotes, in one line: readers of YAML 1.1 take `12:30`, `=` and a date for other than
/// text, and no line of a text looks like one of ours.
fn write_yaml(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let options = serde_saphyr::ser_options! { prefer_block_scalars: false, quote_all: true };
    let mut text = String::new();
    serde_saphyr::to_fmt_writer_with_options(&mut text, value, options).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

/// Prints the name of each row, once, in a line of its own.
fn print_names<R: Row>(rows: &[R]) -> Result<(), Failure> {
    let mut out = terminal::output(Content::Text);
    let mut known = HashSet::new();
    for name in rows.iter().map(Row::name) {
        if !name.is_empty() && known.insert(name.clone()) {
            writeln!(out, "{}", terminal::visible(&name))?;
        }
    }
    Ok(out.flush()?)
}

fn print_csv(
    out: &mut dyn Write,
    rows: &[&dyn AnyRow],
    columns: &[&Column],
    has_headings: bool,
) -> Result<(), Failure> {
    let mut csv = csv::Writer::from_writer(out);
    let wrong = |error: csv::Error| Failure::from(io::Error::from(error));
    if has_headings {
        csv.write_record(columns.iter().map(|column| column.name)).map_err(wrong)?;
    }
    let (mut text, is_shown) = (String::new(), terminal::is_output_shown());
    for row in rows {
        for column in columns {
            text.clear();
            column.value(*row).write_csv(&mut text);
            if is_shown {
                defuse(&mut text, 0);
            }
            csv.write_field(&text).map_err(wrong)?;
        }
        csv.write_record(None::<&[u8]>).map_err(wrong)?;
    }
    Ok(csv.flush()?)
}
