//! The report: facts without a name, checks, and the records for a comparison.

use std::collections::BTreeMap;
use std::ffi::OsString;

use mprapi::{Error, Result};

/// The findings so far.
#[derive(Default)]
pub(crate) struct Report {
    /// The codes of calls that failed, with the number of times.
    codes: BTreeMap<String, usize>,
    records: Vec<String>,
    checks: usize,
    failed: usize,
}

impl Report {
    /// Prints a fact that names nothing and nobody.
    pub(crate) fn fact(&mut self, what: &str, value: impl std::fmt::Display) {
        println!("{what}: {value}");
    }

    /// Notes the code of a call that failed.
    pub(crate) fn code(&mut self, what: &str, error: &Error) {
        let code = error.code().map_or_else(|| error.kind().to_string(), |code| format!("code {code}"));
        *self.codes.entry(format!("{what}: {code}")).or_default() += 1;
    }

    /// Returns the value of a call, or notes its code.
    pub(crate) fn value<T>(&mut self, what: &str, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.code(what, &error)).ok()
    }

    /// Prints the number of records that a call returned, and keeps each, or notes its code.
    pub(crate) fn list(&mut self, what: &str, records: Result<Vec<String>>) -> Option<usize> {
        let records = self.value(what, records)?;
        self.fact(what, format_args!("{} records", records.len()));
        let length = records.len();
        self.keep(what, records);
        Some(length)
    }

    /// Keeps records for the comparison.
    pub(crate) fn keep(&mut self, what: &str, records: impl IntoIterator<Item = String>) {
        self.records.extend(records.into_iter().map(|record| format!("{what}: {record}")));
    }

    /// Notes if something holds that must hold of any server.
    pub(crate) fn check(&mut self, what: &str, holds: bool) {
        self.checks += 1;
        if !holds {
            self.failed += 1;
            println!("WRONG: not true: {what}");
        }
    }

    /// Writes the records to a file if one is named. Returns `true` if everything held that was checked.
    pub(crate) fn end(mut self, file: Option<OsString>) -> std::io::Result<bool> {
        for (code, times) in &self.codes {
            println!("{code}, {times} times");
        }
        println!("{} checks, {} failed", self.checks, self.failed);
        if let Some(file) = file {
            self.records.sort();
            std::fs::write(file, self.records.join("\n") + "\n")?;
        }
        Ok(self.failed == 0)
    }
}
