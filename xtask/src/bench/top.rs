//! `mprctl top` with 40 servers: what a frame and a quiet interval cost. The work is in the tests of its view.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use xshell::{Shell, cmd};

use super::here::{INSTRUCTIONS, grouped, instructions};
use super::table::Row;
use super::tool;
use super::verdict::Goal;
use crate::{apt, sh};

const SERVERS: u32 = 40;
/// The most that top is made for.
const SESSIONS: u32 = 10_000;
/// The sessions of the gate, which counts what is not optimised.
const FEW: u32 = 2_000;

/// A piece of work in the tests.
struct Work {
    test: &'static str,
    name: &'static str,
    /// The most that it may take: in words, and in nanoseconds.
    limit: (&'static str, f64),
    /// The instructions that it took without optimisation when this was written.
    before: f64,
    /// `true` if it draws nothing.
    is_quiet: bool,
}

const WORKS: [Work; 2] = [
    Work {
        test: "work_news",
        name: "a frame with news",
        limit: ("50 ms", 50e6),
        before: 92.4e6,
        is_quiet: false,
    },
    Work {
        test: "work_quiet",
        name: "readings without news",
        limit: ("1 % of 2 s", 20e6),
        before: 16.3e6,
        is_quiet: true,
    },
];

pub(crate) fn measure(sh: &Shell) -> Result<Vec<Row>> {
    apt::install(sh, apt::BENCH)?;
    let tests = tests(sh, &["--profile", "user", "--package", "mprctl"])?;
    rows(sh, &tests, SESSIONS, |Work { limit: (limit, nanoseconds), .. }, name, ours| {
        let theirs = (nanoseconds * INSTRUCTIONS, "instr.");
        Row::ratio(name, limit, theirs, (ours, "instr.")).goal(Goal::AtMost(1.0))
    })
}

/// For the gate: counts with the program of its tests, which is built already. It is not optimised, so the work is held against
/// what it was, and a tenth for another version of the standard library.
pub(crate) fn quick(sh: &Shell) -> Result<Vec<Row>> {
    let tests = tests(sh, &["--workspace"])?;
    rows(sh, &tests, FEW, |work, name, ours| {
        let name = format!("{name}, not optimised");
        Row::ratio(&name, "when this was written", (work.before, "instr."), (ours, "instr."))
            .goal(Goal::AtMost(1.1))
    })
}

/// Builds the unit tests of mprctl, and returns their program.
fn tests(sh: &Shell, options: &[&str]) -> Result<PathBuf> {
    let cargo = sh::cargo();
    let build = cmd!(sh, "{cargo} test --quiet --locked {options...} --lib --no-run --message-format json");
    let artifacts = build.quiet().read()?;
    let program = artifacts.lines().find_map(|line| {
        let artifact: serde_json::Value = serde_json::from_str(line).ok()?;
        let is_ours = artifact["target"]["name"] == "mprctl";
        artifact["executable"].as_str().filter(|_| is_ours).map(PathBuf::from)
    });
    program.context("cargo built no tests of mprctl")
}

/// Counts the work with so many sessions, and makes its rows: `row` makes one from the work, its name and its instructions.
fn rows(sh: &Shell, tests: &Path, sessions: u32, row: impl Fn(&Work, &str, f64) -> Row) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for work in &WORKS {
        let test = format!("commands::top::view::tests::{}", work.test);
        let counts = ["--callgrind-out-file=/dev/null", "--toggle-collect=*::tests::counted*"];
        let command =
            cmd!(sh, "valgrind --tool=callgrind {counts...} {tests} --exact --ignored --nocapture {test}");
        let each = (sessions / SERVERS).to_string();
        let (count, printed) = instructions(command.env("TOP_SESSIONS", each).quiet())?;
        let figures: Vec<&str> = printed.lines().filter(|line| line.contains('\t')).collect();
        let figures = tool::figures(&figures.join("\n"))?;
        ensure!(count > 0.0 && figures.len() == 2, "{test} is not what is counted: {printed}");
        let name = format!("{}, {SERVERS} servers, {} sessions", work.name, grouped(sessions));
        rows.push(row(work, &name, count));
        if work.is_quiet {
            for (what, figure) in figures {
                let row = Row::difference(&format!("the same: {what}"), "none", (0.0, ""), (figure, ""));
                rows.push(row.goal(Goal::AtMost(0.0)));
            }
        }
    }
    Ok(rows)
}
