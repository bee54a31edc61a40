//! `cargo xtask soak`: days of comings, goings and faults, and docs/soak.md with what came of them.

use anyhow::{Result, bail, ensure};
use xshell::cmd;

use crate::sh;

/// Has the test go on for so many minutes of real time, as users' builds are made.
pub(crate) fn run(minutes: &str) -> Result<()> {
    ensure!(
        minutes.parse().is_ok_and(|minutes: f64| minutes.is_finite() && minutes > 0.0),
        "{minutes:?} is no number of minutes"
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
         One simulated router, whose clock is stepped; sessions come and go, and now and then its service stops or is\n\
         restarted, it is away, refuses, answers with error codes or with garbage. Two watchers look on: one is told by\n\
         the router, one looks now and then. What they told must add up to what the router has at every look that\n\
         succeeds without a fault (else the replay is wrong), and nothing may leak: at most 2 more open files, for the\n\
         event of a notification that could not be ended, and at most 128 kB more allocated at the end than after a\n\
         quarter of the days. It goes on for two days at least, however few minutes it is given.\n\n\
         | What | Seen |\n|---|---|\n{seen}\n\
         That the bounds can fail is seen in half a simulated day in which one thing is done wrong: each step forgets\n\
         4 kB, each look of the polling watcher forgets a file or a list of the API's, or the listening watcher misses\n\
         one who went.\n\n\
         | Done wrong | Found |\n|---|---|\n{seeded}"
    );
    sh.write_file("docs/soak.md", text)?;
    Ok(())
}
