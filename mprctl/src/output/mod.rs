//! What commands print: rows, as a table for people or as JSON, CSV or NDJSON for programs.

mod list;
mod table;
mod value;

use std::io::{self, Write};

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use list::Listing;
use list::Shown;
pub(crate) use table::shorten;
pub(crate) use value::{Mood, Value};

use crate::failure::Failure;
use crate::fleet::{Answer, LOCAL};
use crate::terminal::{self, Content, defuse};

/// The version of the form of JSON, CSV and NDJSON. It changes when something is renamed or removed.
const VERSION: u32 = 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// For people
    Table,
    /// One document; `mprctl schema` prints its schema
    Json,
    /// One JSON object a line
    Ndjson,
    /// With a header line; exact values, without units
    Csv,
}

impl Format {
    pub(crate) fn content(self) -> Content {
        match self {
            Format::Table => Content::Text,
            Format::Json | Format::Ndjson => Content::Json,
            Format::Csv => Content::Exact,
        }
    }
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How to print.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) format: Format,
    pub(crate) color: bool,
    /// The terminal's, if the output goes to one, or what `COLUMNS` says.
    pub(crate) width: Option<usize>,
}

impl Style {
    pub(crate) fn new(format: Format, color: Color) -> Style {
        let stdout = terminal::screen();
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal::has_color(&stdout),
        };
        // A program that runs this one and shows what it prints, as watch(1) does, says its width so.
        let told = || std::env::var("COLUMNS").ok()?.parse().ok();
        let width = terminal_size::terminal_size_of(&stdout).map(|(width, _)| width.0.into()).or_else(told);
        Style { format, color, width }
    }
}

/// One thing that is told of: a line of a table, an object of JSON.
pub(crate) trait Row: Sized + Serialize + JsonSchema + 'static {
    /// What it is, in JSON's `kind`.
    const KIND: &'static str;
    /// What a person is told when there is none.
    const NOTHING: &'static str = "there is nothing to show";
    /// What it has, in order.
    const COLUMNS: &'static [Column<Self>];

    /// Where it comes from.
    fn set_server(&mut self, server: &str);

    /// The row of a server that failed, of kinds that have one.
    fn of_failed(_failure: &Failure) -> Option<Self> {
        None
    }

    /// What was not done to what, of rows that tell of deeds.
    fn failure(&self) -> Option<(String, &Failure)> {
        None
    }
}

/// One of the things that a row has.
pub(crate) struct Column<R: ?Sized> {
    /// As JSON, CSV, `--sort`, `--where` and `--columns` have it.
    pub(crate) name: &'static str,
    /// As the table's header has it.
    pub(crate) title: &'static str,
    pub(crate) value: fn(&R) -> Value<'_>,
    pub(crate) place: Place,
}

/// Where a column stands in a table, if it was not asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Always.
    Always,
    /// Where several servers are asked.
    Fleet,
    /// Where the terminal has room; the last of them goes first.
    IfRoom,
    /// Where a row has it.
    IfThere,
    /// When asked for.
    Asked,
}

impl<R> Column<R> {
    pub(crate) const fn new(
        name: &'static str,
        title: &'static str,
        place: Place,
        value: fn(&R) -> Value<'_>,
    ) -> Column<R> {
        Column { name, title, value, place }
    }
}

/// What JSON has of one server.
#[derive(Debug, Serialize, JsonSchema)]
struct ServerOutcome<'a> {
    /// Its name; `local` is this machine.
    server: &'a str,
    /// Whether it answered.
    ok: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

/// A whole answer in JSON.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DocumentOf{R}")]
pub(crate) struct Document<'a, R> {
    /// The version of this form; it changes when something is renamed or removed.
    version: u32,
    /// What the rows are.
    kind: &'static str,
    /// Whoever was asked.
    servers: Vec<ServerOutcome<'a>>,
    /// What they answered.
    rows: &'a [R],
}

/// A failure as a line of NDJSON, among the rows.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FailureLine<'a> {
    /// The server that is missing; not there if it is the whole command that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<&'a str>,
    /// Why it is missing.
    error: &'a Failure,
}

/// What JSON has in place of an answer when nobody was asked.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FailureDocument<'a> {
    /// The version of this form; it changes when something is renamed or removed.
    version: u32,
    /// `failure`.
    kind: &'static str,
    /// What went wrong.
    error: &'a Failure,
}

/// Tells programs of a failure that no answer has in it.
pub(crate) fn print_failure(format: Format, error: &Failure) -> io::Result<()> {
    let mut out = terminal::output(format.content());
    match format {
        Format::Json => {
            let document = FailureDocument { version: VERSION, kind: "failure", error };
            serde_json::to_writer_pretty(&mut out, &document)?;
        }
        Format::Ndjson => serde_json::to_writer(&mut out, &FailureLine { server: None, error })?,
        Format::Table | Format::Csv => return Ok(()),
    }
    writeln!(out)?;
    out.flush()
}

/// What came of asking servers for rows: printed, with the failures.
pub(crate) struct Report<R> {
    rows: Vec<R>,
    /// In the order in which they were asked; `None` answered.
    servers: Vec<(String, Option<Failure>)>,
}

impl<R: Row> Report<R> {
    pub(crate) fn new(answers: Vec<Answer<Vec<R>>>) -> Report<R> {
        let mut report = Report { rows: Vec::new(), servers: Vec::new() };
        for Answer { target, result } in answers {
            let (mut rows, failure) = match result {
                Ok(rows) => (rows, None),
                Err(failure) => (R::of_failed(&failure).into_iter().collect(), Some(failure)),
            };
            rows.iter_mut().for_each(|row| row.set_server(target.label()));
            report.rows.append(&mut rows);
            report.servers.push((target.label().to_owned(), failure));
        }
        report
    }

    /// What one server, named elsewhere, answered.
    pub(crate) fn of_one(rows: Vec<R>) -> Report<R> {
        Report { rows, servers: vec![(LOCAL.to_owned(), None)] }
    }

    /// Prints the rows that `listing` wants, and tells of the servers that failed.
    ///
    /// # Errors
    /// What failed, if it is one server or thing; that some of several failed, which by then is told; and what is wrong
    /// with the listing's words.
    pub(crate) fn print(mut self, style: Style, listing: &Listing) -> Result<(), Failure> {
        let shown = match style.format {
            Format::Table if self.servers.len() > 1 => Shown::Fleet,
            Format::Table => Shown::One,
            _ => Shown::All,
        };
        let mut columns = listing.apply(&mut self.rows, shown)?;
        if style.format == Format::Table && !listing.names_columns() {
            let is_there =
                |column: &Column<R>| self.rows.iter().any(|row| (column.value)(row) != Value::Nothing);
            columns.retain(|column| column.place != Place::IfThere || is_there(column));
        }
        let mut out = terminal::output(style.format.content());
        match style.format {
            Format::Table => {
                if !self.rows.is_empty() {
                    table::list(&mut out, &self.rows, &columns, listing.names_columns(), style)?;
                }
            }
            Format::Json => self.print_json(&mut out)?,
            Format::Ndjson => self.print_lines(&mut out)?,
            Format::Csv => print_csv(&mut out, &self.rows, &columns)?,
        }
        out.flush()?;
        drop(out);
        self.end(style)
    }

    /// Prints each row as a sheet of its own: a line a column.
    ///
    /// # Errors
    /// As [`print`](Report::print).
    pub(crate) fn print_sheets(self, style: Style) -> Result<(), Failure> {
        if style.format != Format::Table {
            return self.print(style, &Listing::default());
        }
        let is_fleet = self.servers.len() > 1;
        let columns = R::COLUMNS.iter().filter(|column| column.place != Place::Fleet || is_fleet);
        let columns: Vec<&Column<R>> = columns.collect();
        let mut out = terminal::output(Content::Text);
        for (index, row) in self.rows.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            table::sheet(&mut out, row, &columns, style)?;
        }
        out.flush()?;
        drop(out);
        self.end(style)
    }

    fn print_json(&self, out: &mut impl Write) -> Result<(), Failure> {
        let servers = self.servers.iter().map(|(server, error)| ServerOutcome {
            server,
            ok: error.is_none(),
            error: error.clone().map(|error| error.about(server)),
        });
        let document =
            Document { version: VERSION, kind: R::KIND, servers: servers.collect(), rows: &self.rows };
        serde_json::to_writer_pretty(&mut *out, &document).map_err(io::Error::from)?;
        Ok(writeln!(out)?)
    }

    fn print_lines(&self, out: &mut impl Write) -> Result<(), Failure> {
        for row in &self.rows {
            serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        for (server, error) in &self.servers {
            // What has a row has told it there.
            if let Some(error) = error.as_ref().filter(|error| R::of_failed(error).is_none()) {
                let error = error.clone().about(server);
                serde_json::to_writer(&mut *out, &FailureLine { server: Some(server), error: &error })
                    .map_err(io::Error::from)?;
                writeln!(out)?;
            }
        }
        Ok(())
    }

    /// Tells of the servers and the things that failed, and what that makes of the whole; or that there is nothing.
    fn end(self, style: Style) -> Result<(), Failure> {
        let asked = self.servers.len();
        let mut failed: Vec<(String, Failure)> =
            self.servers.into_iter().filter_map(|(server, failure)| Some((server, failure?))).collect();
        let servers = failed.len();
        failed.extend(self.rows.iter().filter_map(|row| {
            let (thing, failure) = row.failure()?;
            Some((thing, failure.clone()))
        }));
        let is_about_servers = failed.len() == servers;
        let all = if is_about_servers { asked } else { self.rows.len() + servers };
        let failure = match &failed[..] {
            [] => {
                if self.rows.is_empty() && style.format == Format::Table {
                    // So that a person knows that the silence is the answer.
                    terminal::say(R::NOTHING);
                }
                return Ok(());
            }
            [(name, failure)] if all == 1 && is_about_servers && name == LOCAL => failure.clone(),
            [(name, failure)] if all == 1 => failure.clone().of(name),
            _ => Failure::of_several(
                &failed,
                all,
                if is_about_servers { "servers failed" } else { "not done" },
            ),
        };
        Err(Failure { is_in_output: matches!(style.format, Format::Json | Format::Ndjson), ..failure })
    }
}

fn print_csv<R>(out: &mut impl Write, rows: &[R], columns: &[&Column<R>]) -> Result<(), Failure> {
    let mut csv = csv::Writer::from_writer(out);
    let wrong = |error: csv::Error| Failure::from(io::Error::from(error));
    csv.write_record(columns.iter().map(|column| column.name)).map_err(wrong)?;
    let (mut text, is_shown) = (String::new(), terminal::is_output_shown());
    for row in rows {
        for column in columns {
            text.clear();
            (column.value)(row).write_exact(&mut text);
            if is_shown {
                defuse(&mut text, 0);
            }
            csv.write_field(&text).map_err(wrong)?;
        }
        csv.write_record(None::<&[u8]>).map_err(wrong)?;
    }
    Ok(csv.flush()?)
}
