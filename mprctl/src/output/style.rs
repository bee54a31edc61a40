//! The way to print: the format, and on a terminal its colours and its width.

use clap::ValueEnum;

use crate::terminal::{self, Content};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// A table for people
    Table,
    /// A table with all columns, as wide as it takes
    Wide,
    /// One document; `mprctl schema` prints its schema
    Json,
    /// The same document as YAML
    Yaml,
    /// One JSON object per line
    Ndjson,
    /// With a header line; exact values without units
    Csv,
}

impl Format {
    pub(crate) fn content(self) -> Content {
        match self {
            Format::Table | Format::Wide => Content::Text,
            Format::Json | Format::Ndjson => Content::Json,
            Format::Yaml | Format::Csv => Content::Exact,
        }
    }

    /// Returns `true` for tables.
    pub(crate) fn is_for_people(self) -> bool {
        matches!(self, Format::Table | Format::Wide)
    }

    /// Returns `true` for output that has the failures in it.
    pub(crate) fn has_failures(self) -> bool {
        matches!(self, Format::Json | Format::Yaml | Format::Ndjson)
    }

    /// Returns `true` if the output is one document, which nothing can be added to.
    pub(crate) fn is_document(self) -> bool {
        matches!(self, Format::Json | Format::Yaml)
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
    /// `false` if tables and CSV have no headings.
    pub(crate) has_headings: bool,
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
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
        let width =
            terminal_size::terminal_size_of(&stdout).map(|(width, _)| width.0.into()).or_else(columns);
        let width = width.filter(|_| format != Format::Wide);
        Style { format, color, width, has_headings: true }
    }
}
