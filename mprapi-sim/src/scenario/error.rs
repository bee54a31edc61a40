//! Scenarios that cannot be.

use std::fmt;
use std::path::PathBuf;

/// A scenario that cannot be read, or whose servers cannot start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    pub(super) file: Option<PathBuf>,
    pub(super) line: Option<usize>,
    pub(super) reason: String,
}

impl ScenarioError {
    pub(crate) fn new(reason: impl Into<String>) -> ScenarioError {
        ScenarioError { file: None, line: None, reason: reason.into() }
    }

    /// Returns the line of the file that is wrong, counted from 1; `None` if the file could not be read at all, or if
    /// there is none.
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}: ", file.display())?;
        }
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for ScenarioError {}
