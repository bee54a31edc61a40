//! The repository's own commands. `cargo xtask` lists them.

mod apt;
mod bench;
mod bindings;
mod ci;
mod conformance;
mod report;
mod sh;
mod windows;
mod wine;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo xtask <command>

  bench              measure against windows-sys, windows and the raw calls, and write BENCHMARKS.md
  bench NAME         one group: call, read, own, start, growth, threads, build, windows
  bench quick        for the gate: the instructions of calls, reading and owning
  bindings           write mprapi-sys/src/bindings.rs again, from wrapper.h
  bindings --check   compare it with what wrapper.h gives, and list what has no documentation
  conformance        write tests/src/conformance/generated.rs again, which compares mprapi-sys with windows-sys
  conformance --check  fail where it is not what is committed
  windows            build for Windows, run the tests and the programs under Wine, check the other targets
  ci                 the gate: formatting, clippy, tests, documentation, bindings, windows";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["bench"] => bench::run(None),
        ["bench", "quick"] => bench::quick(),
        ["bench", name] => bench::run(Some(name)),
        ["bindings"] => bindings::run(false),
        ["bindings", "--check"] => bindings::run(true),
        ["conformance"] => conformance::run(false),
        ["conformance", "--check"] => conformance::run(true),
        ["windows"] => windows::run(),
        ["ci"] => ci::run(),
        _ => bail!("{USAGE}"),
    }
}
