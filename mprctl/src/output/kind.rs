//! A kind of row by its columns: finding a column by what a person calls it.

use super::row::Column;
use crate::failure::Failure;
use crate::nearest;

/// Returns a heading or a name in the form of a column's name: `connected_for` for `Connected for`.
pub(crate) fn plain(name: &str) -> String {
    let mut plain = name.to_lowercase().replace(|letter: char| !letter.is_alphanumeric(), "_");
    plain.truncate(plain.trim_end_matches('_').len());
    plain
}

/// A kind of row: its name, and its columns.
#[derive(Clone, Copy)]
pub(super) struct KindOf {
    pub(super) name: &'static str,
    pub(super) columns: &'static [Column],
}

impl KindOf {
    /// Finds a column by its name, or by its heading in a table.
    pub(super) fn find(self, name: &str) -> Result<&'static Column, Failure> {
        let wanted = plain(name);
        let named = self.columns.iter().find(|column| column.name == wanted);
        named.or_else(|| self.columns.iter().find(|column| plain(column.title) == wanted)).ok_or_else(|| {
            let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
            let message = format!("{} has no column `{name}`; use one of {}", self.name, names.join(", "));
            Failure { advice: nearest::advice(&wanted, names), ..Failure::usage(message) }
        })
    }

    /// Returns the column that `longer-than` and `shorter-than` compare.
    pub(super) fn duration_column(self) -> Result<&'static Column, Failure> {
        let named = |column: &&Column| matches!(column.name, "connected_for" | "up_for");
        self.columns.iter().find(named).ok_or_else(|| {
            Failure::usage(format!(
                "{} has no duration to compare, so longer-than and shorter-than do not apply",
                self.name
            ))
        })
    }
}
