//! `cargo xtask soak`: simulated days of connects, disconnects and faults; writes the results to docs/soak.md.

use anyhow::{Result, bail, ensure};
use xshell::cmd;

use crate::sh;

/// Runs the test for so many minutes of real time, in a release build.
pub(crate) fn run(minutes: &str) -> Result<()> {
    ensure!(
        minutes.parse().is_ok_and(|minutes: f64| minutes.is_finite() && minutes > 0.0),
        "{minutes:?} is not a number of minutes"
    );
    let (sh, cargo) = (sh::shell()?, sh::cargo());
    let test = cmd!(sh, "{cargo} test --locked --release --package mprctl --lib watch::soak --");
    let output = sh::output(test.arg("--nocapture").env("MPRCTL_SOAK_MINUTES", minutes))?;
    // A test's name may stand before the first.
    let rows = |kind: &str| -> String {
        let rows = output.stdout.lines().filter_map(|line| Some(line.split_once(kind)?.1));
        rows.map(|row| format!("| {row} |\n")).collect()
    };
    let (seen, seeded) = (rows("soak | "), rows("seeded | "));
    print!("{seen}{seeded}");
    if output.code != Some(0) || seen.is_empty() || seeded.is_empty() {
        bail!("the soak failed:\n{}{}", output.stdout, output.stderr);
    }
    let text = format!(
        "# Days of faults\n\n\
         Written by `cargo xtask soak --minutes {minutes}`, from the test `mprctl/src/commands/watch/soak.rs` in a release build.\n\
         The test has one simulated router with a stepped clock. Sessions connect and disconnect. Now and then the service\n\
         stops or restarts, or the router is unreachable, refuses access, returns error codes or garbage. Two watchers\n\
         observe it: the router notifies one of them, the other reads it from time to time. At every reading without a\n\
         fault, the events of a watcher must add up to the sessions of the router (otherwise the replay is wrong). Nothing\n\
         may leak: at most 2 more open files, for the event of a notification that could not be ended, and at most 128 kB\n\
         more memory at the end than after a quarter of the days. The test simulates at least two days.\n\n\
         | measurement | value |\n|---|---|\n{seen}\n\
         To show that these bounds can fail, the test runs half a simulated day with one fault on purpose: each step leaks\n\
         4 kB, each reading of the polling watcher leaks a file or a list of the API, or the listening watcher misses a\n\
         disconnect.\n\n\
         | fault on purpose | failure |\n|---|---|\n{seeded}"
    );
    sh.write_file("docs/soak.md", text)?;
    Ok(())
}
