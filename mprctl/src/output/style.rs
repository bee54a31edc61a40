//! The way to print: the format, and on a terminal its colours and its width.

use clap::ValueEnum;

use crate::terminal::{self, Content};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// A table for people
    Table,
    /// One document; `mprctl schema` prints its schema
    Json,
    /// One JSON object per line
    Ndjson,
    /// With a header line; exact values without units
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
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
        let width =
            terminal_size::terminal_size_of(&stdout).map(|(width, _)| width.0.into()).or_else(columns);
        Style { format, color, width }
    }
}
