//! The lane's checks: one line for each, and for a failure what was expected and what came.

use anyhow::{Result, bail};

#[derive(Default)]
pub(crate) struct Report {
    passed: usize,
    failed: Vec<String>,
}

impl Report {
    /// Notes a check. `Err` says what was expected and what came.
    pub(crate) fn check(&mut self, name: &str, result: Result<(), String>) {
        match result {
            Ok(()) => {
                println!("ok      {name}");
                self.passed += 1;
            }
            Err(why) => {
                println!("FAILED  {name}\n{why}");
                self.failed.push(name.to_owned());
            }
        }
    }

    /// Adds the checks of another report.
    pub(crate) fn append(&mut self, other: Report) {
        self.passed += other.passed;
        self.failed.extend(other.failed);
    }

    /// Fails when a check has failed.
    pub(crate) fn finish(self) -> Result<()> {
        if !self.failed.is_empty() {
            bail!("{} checks passed, {} failed: {}", self.passed, self.failed.len(), self.failed.join("; "));
        }
        println!("{} checks passed", self.passed);
        Ok(())
    }
}

/// Compares two texts of several lines.
pub(crate) fn same(what: &str, expected: &str, came: &str) -> Result<(), String> {
    if expected == came {
        return Ok(());
    }
    Err(format!("{what}: expected\n{}came\n{}", indented(expected), indented(came)))
}

/// A text inside a message.
pub(crate) fn indented(text: &str) -> String {
    if text.is_empty() {
        return "    | (nothing)\n".to_owned();
    }
    text.lines().map(|line| format!("    | {line}\n")).collect()
}
