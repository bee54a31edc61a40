//! A row and its columns: the description from which tables, JSON, CSV, `--columns`, `--sort` and `--where` come.

use schemars::JsonSchema;
use serde::Serialize;

use super::value::Value;
use crate::failure::Failure;

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

impl<R: ?Sized> Clone for Column<R> {
    fn clone(&self) -> Column<R> {
        *self
    }
}

impl<R: ?Sized> Copy for Column<R> {}

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
