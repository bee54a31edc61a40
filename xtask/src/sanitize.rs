//! `cargo xtask sanitize`: the tests under what this machine has to watch memory and threads, what it lacks, and
//! docs/sanitizers.md with what came of it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use xshell::{Cmd, Shell, cmd};

use crate::sh;

/// Named, so that what is built for this machine alone (build scripts, procedural macros) is not watched.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// A kind of watching.
struct Kind {
    name: &'static str,
    /// The tests that run under it.
    what: &'static str,
    came: Came,
}

/// The result, for the table.
enum Came {
    Clean {
        tests: usize,
        programs: usize,
    },
    Failed,
    /// Why it was not run.
    Lacking(&'static str),
}

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    let kinds = [
        Kind {
            name: "ThreadSanitizer",
            what: "the tests with threads, of the libraries and of mprctl, with a standard library that is watched",
            came: threads(&sh),
        },
        Kind {
            name: "valgrind memcheck",
            what: "mprapi's tests of threads, handles and backups, and every function under a subscriber that panics",
            came: memcheck(&sh),
        },
        Kind {
            name: "AddressSanitizer, LeakSanitizer",
            what: "every test of the libraries and of mprctl, the C library that lies, the fuzz targets' corpora",
            came: address(&sh),
        },
        Kind { name: "Miri", what: "mprapi's tests that call no library", came: miri(&sh) },
    ];
    let mut rows = String::new();
    for Kind { name, what, came } in &kinds {
        let came = match came {
            Came::Clean { tests, programs } => format!("clean: {tests} tests in {programs} programs"),
            Came::Failed => "FAILED, as shown above".to_owned(),
            Came::Lacking(why) => format!("not run: {why}"),
        };
        let _ = writeln!(rows, "| {name} | {what} | {came} |");
    }
    print!("\n{rows}");
    let failed = kinds.iter().filter(|kind| matches!(kind.came, Came::Failed)).count();
    if kinds.iter().all(|kind| matches!(kind.came, Came::Lacking(_))) {
        bail!("nothing was watched: this machine has none of these");
    }
    if failed > 0 {
        bail!("{failed} kinds have failed");
    }
    sh.write_file("docs/sanitizers.md", page(&sh, &rows))?;
    Ok(())
}

fn page(sh: &Shell, rows: &str) -> String {
    let versions =
        [cmd!(sh, "rustc --version"), cmd!(sh, "/usr/bin/rustc --version"), cmd!(sh, "valgrind --version")];
    let versions =
        versions.map(|ask| ask.quiet().ignore_stderr().read().unwrap_or_else(|_| "none".to_owned()));
    let [rust, debian, valgrind] = versions;
    format!(
        "# Sanitizers\n\n\
         Written by `cargo xtask sanitize`, with {rust}, Debian's {debian} and {valgrind}.\n\n\
         | kind | tests | result |\n|---|---|---|\n{rows}\n\
         ## Exceptions\n\n\
         - In the package `tests`: `no_std` and `c_header` run no code of ours; `imports` and `planted` are about Windows. The\n  \
           simulator's library that a C program links is built without the sanitizer, since a linked library must be; the\n  \
           simulator's own tests run the same code under the sanitizer.\n\
         - The soak, `mprctl/src/commands/watch/soak.rs`, has only one thread, and its memory bounds do not allow for the\n  \
           memory of a sanitizer. The tests in `mprctl/tests/program/garbage.rs` run mprctl within a gibibyte of addresses, and\n  \
           a sanitizer reserves more; the C library that lies runs under it.\n\
         - Under ThreadSanitizer, two tests of `mprctl` that count threads or measure time; other tests have the same threads.\n\
         - Tests in the documentation, which rustdoc builds without the flags.\n\
         - The leaks in xtask/src/sanitize (`leaks.supp`, `memcheck.supp`) come from two tests that leak a server on purpose.\n  \
           No report of ThreadSanitizer is suppressed.\n\
         - Windows: no sanitizer is available for the programs that are built for Windows here. The code that differs there is\n  \
           the event (`mprapi/src/event/windows.rs`) and the loading of a library.\n\n\
         `mprapi/src/threads.rs` (in the documentation: `mprapi::threads`) explains why types may be sent to other threads.\n\
         Fuzzing, which also runs under AddressSanitizer, has its own table in `fuzz/README.md`.\n"
    )
}

/// Runs tests, and counts them.
fn came(command: Cmd<'_>) -> Came {
    println!("$ {command}");
    let output = match sh::output(command) {
        Ok(output) => output,
        Err(error) => {
            eprintln!("{error}");
            return Came::Failed;
        }
    };
    if output.code != Some(0) {
        eprintln!("{}{}", output.stdout, output.stderr);
        return Came::Failed;
    }
    let passed = output
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<usize>().ok());
    passed
        .filter(|tests| *tests > 0)
        .fold(Came::Clean { tests: 0, programs: 0 }, |sum, tests| sum.and(Came::Clean { tests, programs: 1 }))
}

impl Came {
    fn and(self, other: Came) -> Came {
        match (self, other) {
            (Came::Clean { tests, programs }, Came::Clean { tests: more, programs: further }) => {
                Came::Clean { tests: tests + more, programs: programs + further }
            }
            (Came::Clean { .. }, other) => other,
            (failed, _) => failed,
        }
    }
}

/// The flag is an unstable one, which any toolchain takes with this variable; it must have the runtime library.
fn address(sh: &Shell) -> Came {
    if runtime(sh, "asan").is_none() {
        return Came::Lacking(
            "the toolchain has no librustc-…_rt.asan.a for x86-64 Linux; memcheck stands in",
        );
    }
    let cargo = sh::cargo();
    let suppressions = sh::root().join("xtask/src/sanitize/leaks.supp");
    let options = format!("print_suppressions=0:suppressions={}", suppressions.display());
    let folder = sh::target_dir().join("sanitize");
    // What a C program links must not need the sanitizer's runtime.
    let plain = folder.join("plain");
    let library = cmd!(sh, "{cargo} build --locked --package mprapi-sim-dll");
    if sh::run(library.env("CARGO_TARGET_DIR", &plain)).is_err() {
        return Came::Failed;
    }
    let _target = sh.push_env("CARGO_TARGET_DIR", folder.join("address"));
    let _library = sh.push_env("MPRAPI_SIM_LIBRARY", plain.join("debug/libmprapi_sim.so"));
    let _bootstrap = sh.push_env("RUSTC_BOOTSTRAP", "1");
    // In the environment, so that a cargo that a test runs builds for it too, and procedural macros without the flags.
    let _for = sh.push_env("CARGO_BUILD_TARGET", TARGET);
    // Frame pointers make its stacks right.
    let _flags = sh.push_env("RUSTFLAGS", "-Zsanitizer=address -Cforce-frame-pointers=yes");
    let _options = sh.push_env("LSAN_OPTIONS", options);
    // A test runs them; naming kinds of targets, the next command would build them for tests alone.
    if sh::run(cmd!(sh, "{cargo} build --locked --package mprapi --examples")).is_err() {
        return Came::Failed;
    }
    // Without the tests of the documentation, which rustdoc builds without the flags.
    let out = ["xtask", "tests"].map(|package| format!("--exclude={package}"));
    let kinds = ["--lib", "--bins", "--tests", "--no-fail-fast"];
    let all = came(cmd!(sh, "{cargo} test --locked --workspace {out...} {kinds...}").args(UNBOUNDED));
    let tests = ["conformance", "corpus", "hostile", "nouns", "outstanding", "script"];
    let tests = tests.map(|test| format!("--test={test}"));
    all.and(came(cmd!(sh, "{cargo} test --locked --package tests --lib --bins {tests...} --no-fail-fast")))
}

/// Tests with bounds on memory. A sanitizer takes much for itself.
const UNBOUNDED: [&str; 5] = ["--", "--skip", "watch::soak", "--skip", "garbage::"];

/// A sanitizer's runtime library, in the toolchain that runs this.
fn runtime(sh: &Shell, name: &str) -> Option<PathBuf> {
    let ask = cmd!(sh, "rustc --print target-libdir --target {TARGET}").quiet().ignore_stderr();
    let end = format!("_rt.{name}.a");
    let files = sh.read_dir(PathBuf::from(ask.read().ok()?)).ok()?;
    files.into_iter().find(|file| file.to_string_lossy().ends_with(&end))
}

/// The tests of threads and of handles; all of them would take an hour.
fn memcheck(sh: &Shell) -> Came {
    if cmd!(sh, "valgrind --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        return Came::Lacking("there is no valgrind (Debian's package of that name)");
    }
    let suppressions = sh::root().join("xtask/src/sanitize/memcheck.supp");
    let runner = format!(
        "valgrind --quiet --error-exitcode=99 --fair-sched=yes --leak-check=full --errors-for-leak-kinds=definite \
         --show-leak-kinds=definite --suppressions={}",
        suppressions.display()
    );
    let cargo = sh::cargo();
    let test = cmd!(sh, "{cargo} test --locked --package mprapi --target {TARGET} --test simulated --");
    let test = test.args([
        "threads::",
        "session::",
        "disconnect::",
        "notification::",
        "backup::",
        "session_watch::",
        "link::",
    ]);
    let subscriber = cmd!(sh, "{cargo} test --locked --package tests --target {TARGET} --test subscriber");
    let watched = |test: Cmd<'_>| {
        let test = test.env("CARGO_TARGET_DIR", sh::target_dir().join("sanitize").join("valgrind"));
        came(test.env("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER", &runner))
    };
    watched(test).and(watched(subscriber))
}

/// A standard library that is not watched would make it blind to what a lock does. The sources of one are Debian's, the
/// sanitizer's runtime library is in a toolchain of rustup; the two are put together here. (valgrind's helgrind and drd
/// stand in for nothing: a lock of Rust's is a futex, which they do not know.)
fn threads(sh: &Shell) -> Came {
    let Some(runtime) = runtime(sh, "tsan") else {
        return Came::Lacking("the toolchain has no librustc-…_rt.tsan.a for x86-64 Linux");
    };
    if !Path::new("/usr/lib/rustlib/src/rust/library").exists() {
        return Came::Lacking(
            "there are no sources of the standard library (Debian's rust-web-src, with cargo-web)",
        );
    }
    // Before everything else: its functions stand in for those of the C library.
    let before = ["-Wl,--whole-archive", &runtime.to_string_lossy(), "-Wl,--no-whole-archive"]
        .map(|argument| format!("-Zpre-link-arg={argument}"))
        .join(" ");
    let after = ["-Wl,--export-dynamic", "-lpthread", "-lc"]
        .map(|argument| format!("-Clink-arg={argument}"))
        .join(" ");
    let packages = ["mprapi", "mprapi-sim", "mprapi-rpc", "mprapi-admin-dll", "mprctl"]
        .map(|package| format!("--package={package}"));
    let tests = THREADED.map(|test| format!("--test={test}"));
    let test = cmd!(sh, "/usr/bin/cargo test --locked -Zbuild-std --target {TARGET}");
    let test = test
        .args(packages)
        .args(["--lib", "--bins", "--no-fail-fast"])
        .args(tests)
        .args(UNBOUNDED)
        .args(UNTIMED);
    came(
        sh::debian(test)
            .env("CARGO_TARGET_DIR", sh::target_dir().join("sanitize/thread"))
            // It would have each program wait for a second at its end, and some are to end within one.
            .env("TSAN_OPTIONS", "atexit_sleep_ms=0")
            .env("RUSTFLAGS", format!("-Zsanitizer=thread -Zexternal-clangrt {before} {after}")),
    )
}

/// Tests that would count the sanitizer in: its thread, and the many times that everything takes.
const UNTIMED: [&str; 4] =
    ["--skip", "a_server_that_hangs_is_waited_for_once", "--skip", "a_thousand_servers_are_asked"];

/// The programs of tests in which there is more than one thread, besides the crates' own.
const THREADED: [&str; 6] = ["simulated", "lingering", "contract", "ex", "program", "serve"];

fn miri(sh: &Shell) -> Came {
    let cargo = sh::cargo();
    if cmd!(sh, "{cargo} miri --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        return Came::Lacking("the toolchain has no component miri; AddressSanitizer stands in");
    }
    let target = sh::target_dir().join("sanitize").join("miri");
    came(cmd!(sh, "{cargo} miri test --locked --package mprapi --lib").env("CARGO_TARGET_DIR", target))
}
