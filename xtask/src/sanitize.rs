//! `cargo xtask sanitize`: the tests under what this machine has to watch memory and threads, and what it lacks.

use std::path::PathBuf;

use anyhow::{Result, bail};
use xshell::{Cmd, Shell, cmd};

use crate::sh;

/// Named, so that what is built for this machine alone (build scripts, procedural macros) is not watched.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// A kind of watching.
struct Kind {
    name: &'static str,
    /// What came of it, for the table: that it was clean, that it failed, or why it was not run.
    came: Came,
}

enum Came {
    Clean,
    Failed,
    Lacking(&'static str),
}

/// Nothing stands in: what makes a lock of Rust's is a futex, which helgrind and drd do not know, so that they report
/// each use of what a `Mutex` guards.
const THREADS: &str = "needs a standard library built for it, and this command builds none";

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    let kinds = [
        Kind { name: "AddressSanitizer, LeakSanitizer", came: address(&sh) },
        Kind { name: "valgrind memcheck", came: memcheck(&sh) },
        Kind { name: "ThreadSanitizer", came: Came::Lacking(THREADS) },
        Kind { name: "Miri", came: miri(&sh) },
    ];
    println!("\n{:<34}what came of it", "kind");
    let mut failed = 0;
    for Kind { name, came } in &kinds {
        let came = match came {
            Came::Clean => "clean".to_owned(),
            Came::Failed => {
                failed += 1;
                "FAILED, as shown above".to_owned()
            }
            Came::Lacking(why) => format!("not run: {why}"),
        };
        println!("{name:<34}{came}");
    }
    if kinds.iter().all(|kind| matches!(kind.came, Came::Lacking(_))) {
        bail!("nothing was watched: this machine has none of these");
    }
    if failed > 0 {
        bail!("{failed} kinds have failed");
    }
    Ok(())
}

fn came(command: Cmd<'_>) -> Came {
    match sh::run(command) {
        Ok(()) => Came::Clean,
        Err(error) => {
            eprintln!("{error}");
            Came::Failed
        }
    }
}

/// The flag is an unstable one, which any toolchain takes with this variable; it must have the runtime library.
fn address(sh: &Shell) -> Came {
    if !has_runtime(sh, "asan") {
        return Came::Lacking(
            "the toolchain has no librustc-…_rt.asan.a for x86-64 Linux; memcheck stands in",
        );
    }
    let cargo = sh::cargo();
    let suppressions = sh::root().join("xtask/src/sanitize/leaks.supp");
    let options = format!("print_suppressions=0:suppressions={}", suppressions.display());
    let _target = sh.push_env("CARGO_TARGET_DIR", sh::target_dir().join("sanitize/address"));
    let _bootstrap = sh.push_env("RUSTC_BOOTSTRAP", "1");
    // Frame pointers make its stacks right.
    let _flags = sh.push_env("RUSTFLAGS", "-Zsanitizer=address -Cforce-frame-pointers=yes");
    let _options = sh.push_env("LSAN_OPTIONS", options);
    // A test runs them; naming kinds of targets, the next command would build them for tests alone.
    if let Came::Failed =
        came(cmd!(sh, "{cargo} build --locked --package mprapi --examples --target {TARGET}"))
    {
        return Came::Failed;
    }
    // Without the tests of the documentation, which rustdoc builds without the flags, and those of the package
    // `tests`, which run a cargo that would pass the flags on to procedural macros; but with the fuzz targets' corpus.
    let out = ["xtask", "tests"].map(|package| format!("--exclude={package}"));
    let kinds = ["--lib", "--bins", "--tests", "--no-fail-fast"];
    let all = came(cmd!(sh, "{cargo} test --locked --workspace {out...} {kinds...} --target {TARGET}"));
    let corpus = came(cmd!(sh, "{cargo} test --locked --package tests --test corpus --target {TARGET}"));
    if let (Came::Clean, Came::Clean) = (all, corpus) { Came::Clean } else { Came::Failed }
}

fn has_runtime(sh: &Shell, name: &str) -> bool {
    let Ok(folder) = cmd!(sh, "rustc --print target-libdir --target {TARGET}").quiet().ignore_stderr().read()
    else {
        return false;
    };
    let end = format!("_rt.{name}.a");
    let files = sh.read_dir(PathBuf::from(folder)).unwrap_or_default();
    files.iter().any(|file| file.to_string_lossy().ends_with(&end))
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
    let tests = ["--test=threads", "--test=session", "--test=disconnect", "--test=notification"];
    let test = cmd!(sh, "{cargo} test --locked --package mprapi --target {TARGET}").args(tests);
    let test = test.env("CARGO_TARGET_DIR", sh::target_dir().join("sanitize").join("valgrind"));
    came(test.env("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER", runner))
}

fn miri(sh: &Shell) -> Came {
    let cargo = sh::cargo();
    if cmd!(sh, "{cargo} miri --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        return Came::Lacking("the toolchain has no component miri; AddressSanitizer stands in");
    }
    let target = sh::target_dir().join("sanitize").join("miri");
    came(cmd!(sh, "{cargo} miri test --locked --package mprapi --lib").env("CARGO_TARGET_DIR", target))
}
