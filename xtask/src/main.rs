//! The repository's own commands. `cargo xtask` lists them.

mod apt;
mod bench;
mod bindings;
mod ci;
mod conformance;
mod deny;
mod report;
mod sanitize;
mod sh;
mod windows;
mod wine;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo xtask <command>

  bench build        time a cold build of mprapi-sys against windows-sys
  bindings           write mprapi-sys/src/bindings.rs again, from wrapper.h
  bindings --check   compare it with what wrapper.h gives, and list what has no documentation
  conformance        write tests/src/conformance/generated.rs again, which compares mprapi-sys with windows-sys
  conformance --check  fail where it is not what is committed
  deny               hold the dependencies against deny.toml; installs cargo-deny where it is missing
  sanitize           run the tests under the sanitizers and valgrind, as far as this machine has them
  windows            build for Windows, run the tests and the programs under Wine, check the other targets
  ci                 the gate: formatting, clippy, tests, documentation, dependencies, bindings, windows";

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
        ["bench", "build"] => bench::build(),
        ["bindings"] => bindings::run(false),
        ["bindings", "--check"] => bindings::run(true),
        ["conformance"] => conformance::run(false),
        ["conformance", "--check"] => conformance::run(true),
        ["deny"] => deny::run(),
        ["sanitize"] => sanitize::run(),
        ["windows"] => windows::run(),
        ["ci"] => ci::run(),
        _ => bail!("{USAGE}"),
    }
}
