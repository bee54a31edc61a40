//! Measures on this machine: instructions by callgrind, allocations, and times by turns where instructions say
//! nothing.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use xshell::{Cmd, Shell, cmd};

use super::repeat::{self, Samples};
use super::table::Row;
use super::verdict::{Goal, Spread};
use super::{scenario, tool};
use crate::{apt, sh};

/// Options that have callgrind leave out what the library does.
const WITHOUT_LIBRARY: &[&str] = &["--toggle-collect=MprAdmin*", "--collect-atstart=yes"];

/// The built benchmarks and what they need.
pub(crate) struct Here<'a> {
    sh: &'a Shell,
    target: PathBuf,
    /// How many sessions are read.
    sessions: u32,
}

impl<'a> Here<'a> {
    pub(crate) fn build(sh: &'a Shell, sessions: u32) -> Result<Here<'a>> {
        apt::install(sh, apt::BENCH)?;
        let cargo = sh::cargo();
        sh::run(cmd!(
            sh,
            "{cargo} build --quiet --locked --profile user --package benches --package mprapi-sim-dll"
        ))?;
        Ok(Here { sh, target: sh::target_dir().join("user"), sessions })
    }

    fn library(&self) -> PathBuf {
        self.target.join(format!(
            "{}mprapi_sim{}",
            std::env::consts::DLL_PREFIX,
            std::env::consts::DLL_SUFFIX
        ))
    }

    fn with_router(&self, program: Cmd<'a>, scenario: &PathBuf) -> Cmd<'a> {
        program.env("MPRAPI_SIM_LIBRARY", self.library()).env("MPRAPI_SIM_SCENARIO", scenario).quiet()
    }

    /// How many instructions a program takes, with or without those in the library.
    fn run(&self, program: &str, arguments: &[&str], scenario: &PathBuf, library: bool) -> Result<f64> {
        self.collect(program, arguments, scenario, if library { &[] } else { WITHOUT_LIBRARY })
    }

    /// How many instructions of a program callgrind collects with these options.
    fn collect(
        &self,
        program: &str,
        arguments: &[&str],
        scenario: &PathBuf,
        options: &[&str],
    ) -> Result<f64> {
        Ok(instructions(self.with_router(self.callgrind(program, arguments, options), scenario))?.0)
    }

    /// A program under callgrind.
    fn callgrind(&self, program: &str, arguments: &[&str], options: &[&str]) -> Cmd<'a> {
        let path = self.target.join(program);
        let valgrind = cmd!(self.sh, "valgrind --tool=callgrind --callgrind-out-file=/dev/null {options...}");
        valgrind.arg(path).args(arguments)
    }

    /// Counts the instructions outside the library for one repetition of a piece of work: the difference of two runs, where
    /// the second repeats it twice as often.
    pub(crate) fn count(&self, work: &str, way: &str, times: u32) -> Result<f64> {
        let scenario = self.crowd(self.sessions)?;
        let count =
            |times: u32| self.run("work", &["count", work, way, &times.to_string()], &scenario, false);
        Ok((count(2 * times)? - count(times)?) / f64::from(times))
    }

    fn crowd(&self, sessions: u32) -> Result<PathBuf> {
        tool::write(self.sh, &format!("crowd-{sessions}.toml"), &scenario::server("crowd", sessions, 0.0))
    }

    fn allocations(&self, work: &str) -> Result<f64> {
        let program = self.target.join("allocations");
        let program = self.with_router(cmd!(self.sh, "{program} {work}"), &self.crowd(self.sessions)?);
        Ok(program.read()?.trim().parse()?)
    }

    /// Runs a program that prints ratios of times, until its rows have verdicts.
    fn repeat(
        &self,
        program: &str,
        scenario: &PathBuf,
        rows: impl Fn(&Samples) -> Result<Vec<Row>>,
    ) -> Result<Vec<Row>> {
        let path = self.target.join(program);
        let run = || tool::figures(&self.with_router(cmd!(self.sh, "{path}"), scenario).read()?);
        repeat::repeat(repeat::LIMIT, run, rows)
    }

    /// Line 1.
    pub(crate) fn call(&self) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        for (work, name, most) in [
            ("call", "a call: clear a port's statistics", 30.0),
            ("connect", "connect to this machine, disconnect", 200.0),
        ] {
            let ours = self.count(work, "mprapi", 1_000)?;
            for (peer, goal) in [("raw call through the table", true), ("windows-sys", false)] {
                let theirs = self.count(work, peer, 1_000)?;
                let row = Row::difference(name, peer, (theirs, "instr."), (ours, "instr."));
                rows.push(if goal { row.goal(Goal::AtMost(most)) } else { row });
            }
        }
        let ours = self.allocations("connect")?;
        let row = Row::difference("allocations of a connect", "none", (0.0, ""), (ours, ""));
        rows.push(row.goal(Goal::AtMost(1.0)));
        Ok(rows)
    }

    /// Line 2.
    pub(crate) fn read(&self) -> Result<Vec<Row>> {
        let name = &format!("{} connections, every field, borrowed", grouped(self.sessions));
        let ours = self.count("read", "mprapi", 5)?;
        let tight = self.count("read", "unsafe loop by hand", 5)?;
        let plain = self.count("read", "windows-sys", 5)?;
        let allocations = self.allocations("enumerate")?;
        Ok(vec![
            Row::ratio(name, "unsafe loop by hand", (tight, "instr."), (ours, "instr."))
                .goal(Goal::AtMost(1.05)),
            Row::ratio(name, "windows-sys", (plain, "instr."), (ours, "instr.")),
            Row::difference(
                "allocations of asking for them and reading",
                "none",
                (0.0, ""),
                (allocations, ""),
            )
            .goal(Goal::AtMost(0.0)),
        ])
    }

    /// Line 3.
    pub(crate) fn own(&self) -> Result<Vec<Row>> {
        let strings = self.count("own", "mprapi", 3)?;
        let structs = self.count("own-struct", "mprapi", 3)?;
        let theirs = self.count("own", "windows-sys", 3)?;
        let memory = self.count("own", "memory alone", 3)?;
        let sessions = self.count("sessions", "mprapi", 1)?;
        let copies = self.count("sessions", "snapshots of connections", 1)?;
        let name = "the same, owned: a `String` for each text";
        Ok(vec![
            Row::ratio(
                "the same, owned: `connection.snapshot()`",
                "windows-sys, from_utf16_lossy",
                (theirs, "instr."),
                (structs, "instr."),
            )
            .goal(Goal::AtMost(1.0 / 3.0)),
            Row::ratio(name, "windows-sys, from_utf16_lossy", (theirs, "instr."), (strings, "instr.")),
            Row::ratio(name, "their memory alone, filled", (memory, "instr."), (strings, "instr."))
                .goal(Goal::AtMost(1.1)),
            Row::ratio(
                &format!("{} sessions, owned, with their ports: `server.sessions()`", grouped(self.sessions)),
                "`connection.snapshot()` of level 4",
                (copies, "instr."),
                (sessions, "instr."),
            )
            .goal(Goal::AtMost(1.15)),
        ])
    }

    /// Line 4.
    pub(crate) fn start(&self) -> Result<Vec<Row>> {
        let scenario = self.crowd(1)?;
        let count = |way: &str| self.run("start", &[way], &scenario, false);
        let nothing = count("nothing")?;
        let (ours, theirs) = (count("mprapi")? - nothing, count("by hand")? - nothing);
        let name = "load the library, first call";
        Ok(vec![
            Row::ratio(name, "dlopen, one dlsym", (theirs, "instr."), (ours, "instr."))
                .goal(Goal::AtMost(1.2)),
        ])
    }

    /// Line 5.
    pub(crate) fn growth(&self) -> Result<Vec<Row>> {
        const COUNTS: [u32; 4] = [100, 1_000, 10_000, 100_000];
        let mut rows = Vec::new();
        for (way, name) in [("whole", "all at once"), ("paged", "in pages of 64 KiB")] {
            let run = |count: u32, times| {
                let text = scenario::server(&count.to_string(), count, 0.0);
                let scenario = tool::write(self.sh, &format!("growth-{count}.toml"), &text)?;
                let options = [WITHOUT_LIBRARY, &["--zero-before=growth::counted*"]].concat();
                self.collect("growth", &[way, &count.to_string(), times], &scenario, &options)
            };
            // What the end of the program takes.
            let rest = run(COUNTS[0], "0")?;
            let mut points = Vec::new();
            for count in COUNTS {
                points.push((f64::from(count), run(count, "1")? - rest));
            }
            let name = format!("100 to 100,000 connections, {name}: exponent of instructions");
            let exponent = tool::exponent(&points);
            rows.push(
                Row::ratio(&name, "a straight line", (1.0, ""), (exponent, "")).goal(Goal::AtMost(1.02)),
            );
        }
        let servers: String = COUNTS.map(|count| scenario::server(&count.to_string(), count, 0.0)).concat();
        let scenario = tool::write(self.sh, "growth.toml", &servers)?;
        let ways = [("whole", "all at once"), ("paged", "in pages"), ("kept", "in pages, all kept")];
        rows.extend(self.repeat("growth", &scenario, |samples| {
            let mut rows = Vec::new();
            for (way, name) in ways {
                let median =
                    |what: &str| Ok::<_, anyhow::Error>(samples.of(&format!("{way} {what}"))?.median());
                let work = format!("the same, {name}: exponent of time");
                let row = Row::paired(&work, "windows-sys", samples.of(&format!("{way} exponents"))?)
                    .figures((median("exponent by hand")?, ""), (median("exponent")?, ""));
                rows.push(row.goal(Goal::AtMost(1.02)));
                let work = format!("100,000 connections, {name}: time");
                let row = Row::paired(&work, "windows-sys", samples.of(&format!("{way} ratio"))?);
                rows.push(row.goal(Goal::AtMost(1.05)));
                let work = format!("100,000 connections, {name}: most memory");
                let row = Row::ratio(&work, "what the server sent", (1.0, ""), (median("memory")?, ""));
                rows.push(row.goal(Goal::AtMost(if way == "paged" { 0.01 } else { 1.01 })));
            }
            Ok(rows)
        })?);
        Ok(rows)
    }

    /// Line 6.
    pub(crate) fn threads(&self) -> Result<Vec<Row>> {
        let servers: String = (0..16)
            .map(|number| {
                let quick = scenario::server(&format!("quick{number}"), 1, 0.0);
                quick + &scenario::server(&format!("slow{number}"), 1, 0.025)
            })
            .collect();
        let scenario = tool::write(self.sh, "threads.toml", &servers)?;
        self.repeat("threads", &scenario, |samples| {
            let work = "16 threads, 16 servers, each call takes 25 ms: time";
            let row = Row::paired(work, "one thread, one server", samples.of("blocked")?);
            let mut rows = vec![row.goal(Goal::AtMost(1.1))];
            for threads in [1, 2, 4, 8, 16] {
                let work = format!("calls a second of the processor, {threads} threads");
                let to_raw = samples.of(&format!("{threads} to raw"))?;
                let row = Row::paired(&work, "raw call through the table", to_raw);
                rows.push(row.goal(Goal::AtLeast(0.9)));
                if threads > 1 {
                    let row = Row::paired(&work, "one thread", samples.of(&format!("{threads} to one"))?);
                    rows.push(row.goal(Goal::AtLeast(0.8)));
                }
            }
            Ok(rows)
        })
    }

    /// The simulator in a test: counts, which the gate holds against the goals.
    pub(crate) fn simulator_counts(&self, sessions: u32) -> Result<Vec<Row>> {
        let count = |work: &str, times: u32| {
            let arguments = [work, &times.to_string()];
            Ok::<_, anyhow::Error>(instructions(self.callgrind("simulator", &arguments, &[]).quiet())?.0)
        };
        let each = |work: &str, times: u32| {
            Ok::<_, anyhow::Error>((count(work, 2 * times)? - count(work, times)?) / f64::from(times))
        };
        let row = |work: &str, (limit, nanoseconds): (&str, f64), ours: f64| {
            let theirs = nanoseconds * INSTRUCTIONS;
            Row::ratio(work, limit, (theirs, "instr."), (ours, "instr.")).goal(Goal::AtMost(1.0))
        };
        let (start, crowd) = (("50 µs", 50e3), ("10 µs a session", 10e3 * f64::from(sessions)));
        let first = count("ports", 1)? - count("ports", 0)?;
        let many = |what: &str| each(&format!("{sessions} sessions{what}"), 1);
        let name = format!("a router with {} sessions", grouped(sessions));
        Ok(vec![
            row("a router with 16 ports, start to end", start, each("ports", 100)?),
            row("the first one in a process", start, first),
            row("the same from TOML", start, each("ports in TOML", 100)?),
            row(&format!("{name}, start to end"), crowd, many("")?),
            row(&format!("{name}, from TOML"), crowd, many(" in TOML")?),
        ])
    }

    /// The simulator in a test.
    pub(crate) fn simulator(&self) -> Result<Vec<Row>> {
        let mut rows = self.simulator_counts(100_000)?;
        let path = self.target.join("simulator");
        let run = || tool::figures(&cmd!(self.sh, "{path}").quiet().read()?);
        // A run takes several seconds.
        rows.extend(repeat::repeat(2 * repeat::LIMIT, run, |samples| {
            let mut rows = Vec::new();
            for (work, name, limit, most) in [
                ("ports", "a router with 16 ports, start to end: work", "50 µs", 50.0),
                ("ports in TOML", "the same from TOML: work", "50 µs", 50.0),
                ("company", "the company: 16 ports, 7 users, 5 interfaces: work", "50 µs", 50.0),
                ("100000 sessions", "a router with 100,000 sessions, start to end: work", "1 s", 1e6),
                ("100000 sessions in TOML", "the same from TOML: work", "1 s", 1e6),
            ] {
                let times = samples.of(work)?;
                let ours = (times.median(), "µs");
                let row = Row::paired(name, limit, times.divided_by(most)).figures((most, "µs"), ours);
                rows.push(row.goal(Goal::AtMost(1.0)));
            }
            let row = Row::paired("100,000 sessions listed: work", "their copy", samples.of("list to copy")?);
            rows.push(row.goal(Goal::AtMost(1.3)));
            Ok(rows)
        })?);
        Ok(rows)
    }

    /// Line 8: two whole programs, which print the same, with what the library takes; and starts.
    pub(crate) fn mprctl(&self) -> Result<Vec<Row>> {
        let (cargo, sh) = (sh::cargo(), self.sh);
        // As `cargo xtask dist` builds what users get, and an empty program in the same way.
        let programs = ["--bin", "mprctl", "--bin", "empty"];
        let build = cmd!(sh, "{cargo} build --quiet --locked --release --package mprctl --package benches");
        sh::run(build.args(programs))?;
        // Copies, as an installation makes. What a linker has written lies in memory in small pieces, and takes longer to start.
        let installed = |name| {
            let copy = self.target.join(format!("installed-{name}"));
            std::fs::copy(sh::target_dir().join("release").join(name), &copy)?;
            copy.into_os_string().into_string().ok().context("a path of this workspace is UTF-8")
        };
        let (mprctl, empty) = (installed("mprctl")?, installed("empty")?);
        let (source, program) = (sh::root().join("tests/c/sessions.c"), self.target.join("sessions"));
        sh::run(cmd!(sh, "cc -O2 -Wall -Werror -o {program} {source} -ldl"))?;
        let scenario = self.crowd(10_000)?;
        let library = self.library();
        let library = library.to_str().context("a path of this workspace is UTF-8")?;
        let ours = [&mprctl, "--library", library, "session", "list"];
        let theirs = ["sessions", library];
        let print = |program: &[&str]| {
            let path = self.target.join(program[0]);
            Ok::<_, anyhow::Error>(
                self.with_router(cmd!(sh, "{path}").args(&program[1..]), &scenario).read()?,
            )
        };
        let (printed, by_c) = (print(&ours)?, print(&theirs)?);
        ensure!(printed == by_c, "mprctl and the program in C print other tables");
        ensure!(printed.lines().count() > 10_000, "mprctl printed {} lines", printed.lines().count());
        let count = |program: &[&str]| self.run(program[0], &program[1..], &scenario, true);
        let (list, by_c, nothing) = (count(&ours)?, count(&theirs)?, count(&[&empty])?);
        let name = "from the start to the printed table of 10,000 sessions";
        let mut rows =
            vec![Row::ratio(name, "C, printf", (by_c, "instr."), (list, "instr.")).goal(Goal::AtMost(1.2))];
        // The first ends before its context is made, the second before it connects.
        for arguments in ["--version", "settings show"] {
            let words: Vec<&str> = std::iter::once(&*mprctl).chain(arguments.split(' ')).collect();
            let ours = (count(&words)?, "instr.");
            let name = format!("`mprctl {arguments}`");
            rows.push(Row::difference(&name, "a program that does nothing", (nothing, "instr."), ours));
            rows.extend(Here::starts(&name, &words, &empty)?);
        }
        Ok(rows)
    }

    /// The time of a whole program against one that does nothing.
    fn starts(name: &str, words: &[&str], empty: &str) -> Result<Vec<Row>> {
        /// A run is the median of so many.
        const TURNS: usize = 21;
        let time = |words: &[&str]| {
            let mut program = Command::new(words[0]);
            program.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null());
            let start = Instant::now();
            let status = program.status()?;
            let time = start.elapsed().as_secs_f64();
            ensure!(status.success(), "{words:?} failed");
            Ok(time)
        };
        let run = || {
            let ratios = (0..TURNS).map(|_| Ok(time(words)? / time(&[empty])?));
            let ratios = Spread::new(ratios.collect::<Result<_>>()?);
            Ok(vec![("ratio".to_owned(), ratios.median())])
        };
        repeat::repeat(repeat::LIMIT, run, |samples| {
            let row =
                Row::paired(&format!("{name}: time"), "a program that does nothing", samples.of("ratio")?);
            Ok(vec![row.goal(Goal::AtMost(1.5))])
        })
    }
}

/// How many instructions callgrind collects, and what the program prints.
pub(super) fn instructions(command: Cmd<'_>) -> Result<(f64, String)> {
    let name = command.to_string();
    let output = sh::output(command)?;
    let count = output.stderr.lines().find_map(|line| line.split_once("Collected : "));
    match count {
        Some((_, count)) if output.code == Some(0) => Ok((count.trim().parse()?, output.stdout)),
        _ => bail!("{name}: {}", output.stderr),
    }
}

/// The instructions in a nanosecond that limits of time are counted in: a third of what was seen, so that they hold on a
/// slower machine too.
pub(super) const INSTRUCTIONS: f64 = 3.0;

/// A number as a person writes it: 10,000.
pub(super) fn grouped(number: u32) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}
