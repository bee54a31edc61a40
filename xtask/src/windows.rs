//! `cargo xtask windows`: the Windows lane, on a Linux machine with mingw-w64 and Wine.

mod admin_dll;
mod dependent;
mod service;
mod unchanged;

use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Result, ensure};
use xshell::{Cmd, Shell, cmd};

use crate::apt;
use crate::report::{Report, indented, same};
use crate::sh::{self, Output};
use crate::steps::Steps;
use crate::targets;
use crate::wine::{self, Prefix};

pub(crate) const TARGET: &str = "x86_64-pc-windows-gnu";

/// Nothing is run there, but compile-time assertions hold: sizes, offsets, types of functions.
const CHECKED_TARGETS: [&str; 4] =
    ["x86_64-pc-windows-msvc", "i686-pc-windows-msvc", "aarch64-pc-windows-msvc", "i686-pc-windows-gnu"];

/// For what is only tested: the standard library is a little smaller to build.
const NO_BACKTRACES: &str = "-Zbuild-std-features=panic-unwind";

/// The library of the package `mprapi-sim-dll`, which takes the place of `mprapi.dll`.
const DROP_IN: &str = "mprapi_sim.dll";

/// Tests of hundreds of processes, which each take long to start under Wine, or of all tests once more. They are about code that
/// is the same on every system, and run on this one; a real Windows, where a process starts at once, runs them too.
const NOT_UNDER_WINE: [&str; 5] = [
    "explain::every_listed_code",
    "names::a_name_that_fits_several_changes_nothing_and_the_error_lists_them_with_what_names_each",
    "names::each_name_of_each_list_is_a_name_for_the_commands_that_read_and_change",
    "over_the_wire::every_test_answers_the_same_through_the_protocol_apart_from_a_written_list",
    "reach::each_row_has_commands_that_are_there_or_says_why_none_is",
];

/// `again` runs the tests even where nothing has changed since they passed.
pub(crate) fn run(again: bool) -> Result<()> {
    let sh = sh::shell()?;
    let mut steps = Steps::start();
    let lane = steps.run("packages, Wine's start", || {
        apt::install(&sh, apt::WINDOWS)?;
        Lane::open(&sh)
    })?;
    // As the tests are built, whose features and standard library are others: or all would be built twice.
    steps.run("build", || sh::run(lane.workspace("build").arg("--all-targets")))?;
    let mut report = Report::default();
    // First Wine's own mprapi.dll, then the drop-in, which stands in System32 under the same name.
    let system_library = lane.wine.system32().join("mprapi.dll");
    sh.copy_file(Path::new(wine::OWN_LIBRARIES).join("mprapi.dll"), &system_library)?;
    steps
        .run("tests under Wine, other targets beside", || lane.check_tests_and_targets(again, &mut report))?;
    steps.run("without the library", || lane.check_without_library(&mut report));
    steps.run("administration DLLs and the registry", || lane.check_admin_dll(&mut report))?;
    steps.run("mprctl as a service", || lane.check_service(&mut report))?;
    steps.run("mprctl's and the drop-in's imports", || lane.check_imports(&mut report))?;
    steps.run("mprctl without a router", || lane.check_mprctl_without_router(&mut report))?;
    sh.copy_file(lane.built(DROP_IN), &system_library)?;
    steps.run("mprctl with the drop-in", || lane.check_mprctl_with_drop_in(&mut report))?;
    steps.run("clients of the drop-in", || lane.check_drop_in(&mut report));
    steps.run("a dependent of the package", || lane.check_dependent(&mut report))?;
    report.finish()
}

/// Builds mprctl alone, and runs the part of the lane about its service.
pub(crate) fn run_service() -> Result<()> {
    let sh = sh::shell()?;
    apt::install(&sh, apt::WINDOWS)?;
    let lane = Lane::open(&sh)?;
    sh::run(lane.for_tests("build").args(["--package=mprctl", "--target", TARGET]))?;
    let mut report = Report::default();
    lane.check_service(&mut report)?;
    report.finish()
}

pub(crate) struct Lane<'a> {
    sh: &'a Shell,
    wine: Prefix<'a>,
    /// Everything that the lane makes is in here.
    folder: PathBuf,
}

impl<'a> Lane<'a> {
    /// A prefix in which Rust programs run, made the first time.
    pub(crate) fn open(sh: &'a Shell) -> Result<Self> {
        let folder = sh::target_dir().join("windows-lane");
        sh.create_dir(&folder)?;
        let lane = Lane { sh, wine: Prefix::open(sh, folder.join("prefix"))?, folder };
        lane.add_bcryptprimitives()?;
        Ok(lane)
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn wine(&self) -> &Prefix<'a> {
        &self.wine
    }

    /// Debian's cargo, whose tests run under Wine.
    pub(crate) fn cargo(&self, command: &str) -> Cmd<'a> {
        let runner = format!("{} {}", sh::root().join("xtask/src/windows/run.sh").display(), wine::LOADER);
        cargo(self.sh, &self.folder, command)
            .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", runner)
            .envs(self.wine.environment())
    }

    fn for_tests(&self, command: &str) -> Cmd<'a> {
        self.cargo(command).arg(NO_BACKTRACES)
    }

    /// The tests of the workspace. Naming one does not leave out the rest: features are those of all packages together,
    /// and fewer would have everything built once more.
    fn test(&self) -> Cmd<'a> {
        self.workspace("test")
    }

    /// All that a Windows machine may build: what is left out is this repository's own tools. With the test that asks a C
    /// compiler, for which there is one here.
    fn workspace(&self, command: &str) -> Cmd<'a> {
        let left_out = ["xtask", "benches", "guide"].map(|package| format!("--exclude={package}"));
        let command = self.for_tests(command).arg("--workspace").args(left_out);
        let command = command.args(["--features", "tests/ctest", "--target", TARGET]);
        // Or insta asks a cargo for it, which is none that Wine can run. It is compiled in: with a build that is not told, the
        // tests of mprctl would be built twice each time.
        command.env("INSTA_WORKSPACE_ROOT", sh::root())
    }

    /// A file that was built for Windows.
    fn built(&self, name: &str) -> PathBuf {
        self.folder.join("build").join(TARGET).join("debug").join(name)
    }

    fn mprctl(&self) -> Cmd<'a> {
        self.wine.command(&self.built("mprctl.exe"))
    }

    fn add_bcryptprimitives(&self) -> Result<()> {
        let dll = self.wine.system32().join("bcryptprimitives.dll");
        let source = sh::root().join("xtask/src/windows/bcryptprimitives.c");
        let gcc = cmd!(self.sh, "x86_64-w64-mingw32-gcc -Wall -Werror -shared -o {dll} {source} -ladvapi32");
        Ok(gcc.quiet().run()?)
    }

    /// A program that links `mprapi.dll` does not start where the library is missing, and can be given a planted one;
    /// a drop-in that does so imports itself. `secur32.dll` can be planted too.
    fn check_imports(&self, report: &mut Report) -> Result<()> {
        for name in ["mprctl.exe", DROP_IN] {
            let file = self.built(name);
            let dump = cmd!(self.sh, "x86_64-w64-mingw32-objdump --private-headers {file}").quiet().read()?;
            let imports: Vec<String> = dump
                .lines()
                .filter_map(|line| line.trim().strip_prefix("DLL Name: "))
                .map(str::to_lowercase)
                .collect();
            let has = |library: &str| imports.iter().any(|import| import == library);
            ensure!(has("kernel32.dll"), "the import table of {name} was not understood: {imports:?}");
            for unwanted in ["mprapi.dll", "secur32.dll"] {
                let came = || format!("expected no {unwanted}, came {}", imports.join(", "));
                let result = if has(unwanted) { Err(came()) } else { Ok(()) };
                report.check(&format!("{name} does not import {unwanted}"), result);
            }
        }
        Ok(())
    }

    /// The tests wait more than they work, so what only the compiler checks is checked meanwhile.
    fn check_tests_and_targets(&self, again: bool, report: &mut Report) -> Result<()> {
        let folder = &self.folder;
        thread::scope(|scope| {
            let beside = scope.spawn(move || check_targets(folder));
            let tests = self.check_tests(again, report);
            report.append(beside.join().expect("the checks do not panic")?);
            tests
        })
    }

    fn check_tests(&self, again: bool, report: &mut Report) -> Result<()> {
        let (passed, sums) = (self.folder.join("tests-passed"), self.sums()?);
        if !again && self.sh.read_file(&passed).is_ok_and(|passed| passed == sums) {
            report.check("the test suite, under Wine: not run, nothing has changed since it passed", Ok(()));
            return Ok(());
        }
        self.sh.remove_path(&passed)?;
        let skipped = NOT_UNDER_WINE.iter().flat_map(|test| ["--skip", test]);
        let result = ran(self.test().args(["--no-fail-fast", "--"]).args(skipped));
        if result.is_ok() {
            self.sh.write_file(&passed, sums)?;
        }
        report.check("the test suite, under Wine", result);
        Ok(())
    }

    /// As on a Windows without the remote access components; a planted library would be taken, were it looked for.
    fn check_without_library(&self, report: &mut Report) {
        let test = self.test().args(["--test", "planted", "--", "--ignored"]);
        let test = test.env("WINEDLLOVERRIDES", "mprapi=n");
        report.check("where the system has no mprapi.dll the table finds none", ran(test));
    }

    fn check_mprctl_without_router(&self, report: &mut Report) -> Result<()> {
        let own = sh::output(self.mprctl())?;
        report.check(
            "mprctl.exe with Wine's own mprapi.dll says that this is no Windows Server, and to name one",
            ended(&own, 3, &["Routing and Remote Access", "not a Windows Server", "--server NAME"]),
        );
        let absent = sh::output(self.mprctl().env("WINEDLLOVERRIDES", "mprapi="))?;
        report.check("mprctl.exe without mprapi.dll says so", ended(&absent, 8, &["mprapi.dll"]));
        Ok(())
    }

    fn check_mprctl_with_drop_in(&self, report: &mut Report) -> Result<()> {
        let program = sh::mprctl(self.sh)?;
        let here = sh::output(cmd!(self.sh, "{program}"))?;
        report.check("mprctl on this machine talks to its simulated router", ended(&here, 0, &[]));
        ensure!(!here.stdout.is_empty(), "mprctl printed nothing on this machine");

        let drop_in = wine::windows_path(&self.built(DROP_IN));
        let by_path = sh::output(self.mprctl().args(["--library", &drop_in]))?;
        let same_here = |came: &Output| {
            ended(came, 0, &[]).and_then(|()| same("standard output", &here.stdout, &came.stdout))
        };
        report.check("mprctl.exe --library mprapi_sim.dll prints the same", same_here(&by_path));
        let by_name = sh::output(self.mprctl().env("WINEDLLOVERRIDES", "mprapi=n"))?;
        report.check("mprctl.exe with the drop-in in System32 prints the same", same_here(&by_name));
        Ok(())
    }

    /// Programs of different making on the drop-in: tests that want it in System32.
    fn check_drop_in(&self, report: &mut Report) {
        for (name, claim) in [
            ("script", "C, windows-sys and the safe layer play the same script on the drop-in"),
            ("admin_dll", "administration DLLs reach the drop-in on a thread of their own"),
            ("real", "the program for a real server finds the same through the drop-in and without it"),
        ] {
            let test = self.test().args(["--test", name, "--", "--include-ignored"]);
            report.check(claim, ran(test.env("WINEDLLOVERRIDES", "mprapi=n")));
        }
    }
}

/// Checks what nothing is run for.
fn check_targets(folder: &Path) -> Result<Report> {
    let (sh, mut report) = (sh::shell()?, Report::default());
    // Only `core` is built, so that `std` and `alloc` are not there to be used; in a folder of its own for that. It comes
    // first: the tests start meanwhile, and hold the other folder until they have.
    let check = cargo(&sh, folder, "check").args(["-Zbuild-std=core", "--package=mprapi-sys"]);
    let check = check.args(["--no-default-features", "--target", TARGET]);
    report.check(
        "mprapi-sys without features needs only core",
        ran(check.env("CARGO_TARGET_DIR", folder.join("core"))),
    );
    let packages = ["mprapi-sys", "mprapi", "mprapi-sim", "mprapi-rpc", "mprapi-admin-dll", "tests"]
        .map(|package| format!("--package={package}"));
    let targets = CHECKED_TARGETS.map(|target| format!("--target={target}"));
    // Cargo builds the standard library for a check as well, which nothing runs here.
    let check = cargo(&sh, folder, "check").arg(NO_BACKTRACES).args(packages).args(targets);
    let check = check.env("RUSTFLAGS", "-Zno-codegen");
    report.check("the libraries hold on the other Windows targets", ran(check));
    let others = targets::check(&sh, &folder.join("build")).map_err(|error| error.to_string());
    report.check("the published crates hold on macOS, FreeBSD and Linux with musl", others);
    Ok(report)
}

/// Debian's cargo, which finds the sources of its standard library and builds them for the target.
fn cargo<'a>(sh: &'a Shell, folder: &Path, command: &str) -> Cmd<'a> {
    sh::debian(cmd!(sh, "/usr/bin/cargo {command} --locked -Zbuild-std=std,panic_unwind"))
        .env("CARGO_TARGET_DIR", folder.join("build"))
        .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", "x86_64-w64-mingw32-gcc")
}

/// Runs a command that shows for itself what is wrong.
fn ran(command: Cmd<'_>) -> Result<(), String> {
    sh::run(command).map_err(|error| error.to_string())
}

/// Checks that a program ended as it should, with all of `said` on its standard error.
fn ended(came: &Output, code: i32, said: &[&str]) -> Result<(), String> {
    let said_all = said.iter().all(|text| came.stderr.contains(text));
    if came.code == Some(code) && said_all && !came.stderr.contains("panicked") {
        return Ok(());
    }
    Err(format!(
        "expected exit code {code} and, on standard error, {said:?}\n\
         came {:?}, standard error\n{}standard output\n{}",
        came.code,
        indented(&came.stderr),
        indented(&came.stdout)
    ))
}
