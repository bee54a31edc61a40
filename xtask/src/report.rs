//! The lane's checks: one line for each, and for a failure what was expected and what came.

use anyhow::{Result, bail};

#[derive(Default)]
pub(crate) struct Report {
    passed: usize,
    failed: usize,
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
                self.failed += 1;
            }
        }
    }

    /// Fails when a check has failed, or when there was none.
    pub(crate) fn finish(self) -> Result<()> {
        println!("{} checks passed, {} failed", self.passed, self.failed);
        if self.failed > 0 || self.passed == 0 {
            bail!("the Windows lane failed");
        }
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
