//! The repository's own commands. `cargo xtask` lists them.

mod api;
mod apt;
mod bench;
mod bindgen;
mod bindings;
mod ci;
mod conformance;
mod deny;
mod dist;
mod docs;
mod guide;
mod http;
mod links;
mod package;
mod prometheus;
mod remote;
mod report;
mod sanitize;
mod screenshots;
mod sh;
mod shells;
mod soak;
mod steps;
mod targets;
mod windows;
mod wine;

use std::process::ExitCode;

use anyhow::{Result, bail};
use xshell::cmd;

const USAGE: &str = "\
usage: cargo xtask <command>

  api                write api.txt of each published library again: its public items
  api --check        fail where one is not what is committed
  bench              measure against windows-sys, windows and the raw calls, and write BENCHMARKS.md
  bench NAME         one group: call, read, own, start, growth, threads, build, mprctl, simulator,
                     serve, windows; writes its section of BENCHMARKS.md
  bench quick        for the gate: the instructions of calls, reading, owning and the simulator
  bindings           write mprapi-sys/src/bindings.rs again, from wrapper.h
  bindings --check   compare it with what wrapper.h gives, and list what has no documentation
  bindgen            run mprapi-sys's build script with the feature bindgen, and without what it needs
  conformance        write tests/src/conformance/generated.rs again, which compares mprapi-sys with windows-sys
  conformance --check  fail where it is not what is committed
  dist [--target T]  write target/dist: mprctl with its completions and man pages, for this machine or for T
  prometheus         have a real Prometheus scrape mprctl serve, and promtool check what ships with it
  abuse              write docs/serve-abuse.md: mprctl serve with many, slow and rude clients
  remote             have clients by others use the simulated router behind Samba, and our client use servers by others:
                     SMB 3, NTLM, Kerberos, impacket, tshark; bad and hostile networks
  remote --built     the same, after the tests of the workspace were built
  remote speed       compare our client with impacket and with bytes that nobody decodes, for 10,000 sessions
  soak [--minutes N]  write docs/soak.md: days of sessions and faults, watched for 5 minutes or N
  docs               build the documentation as docs.rs does, for its targets, without a warning
  guide              build the guide with mdBook, run its code and console lines, follow its links
  links              build the documentation; follow the links of the READMEs and the pages beside them
  package            pack what is published, and test each crate from its archive alone
  deny               hold the dependencies against deny.toml; installs cargo-deny where it is missing
  sanitize           run the tests under the sanitizers and valgrind, as far as this machine has them
  screenshots        write docs/images: mprctl's tables and top, with the servers of its demo
  targets            check the published crates for macOS (both processors), FreeBSD and Linux with musl
  shells             have real bash, zsh and fish complete mprctl's values on a terminal, and mandoc check its man pages
  windows            build for Windows, check the other targets, run the tests and the programs under Wine
  windows service    only the part about mprctl as a service, with mprctl alone built
  windows --again    the same, and the tests even where nothing has changed since they passed
  generated          what the gate asks of api and conformance, in one
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
        ["api"] => api::run(false),
        ["api", "--check"] => api::run(true),
        ["bench"] => bench::run(None),
        ["bench", "quick"] => bench::quick(),
        ["bench", name] => bench::run(Some(name)),
        ["bindings"] => bindings::run(false),
        ["bindings", "--check"] => bindings::run(true),
        ["bindgen"] => bindgen::run(),
        ["conformance"] => conformance::run(false),
        ["conformance", "--check"] => conformance::run(true),
        ["dist"] => dist::run(None),
        ["dist", "--target", target] => dist::run(Some(target)),
        ["prometheus"] => prometheus::run(),
        ["abuse"] => abuse(),
        ["remote"] => remote::run(false),
        ["remote", "--built"] => remote::run(true),
        ["remote", "speed"] => remote::speed(),
        ["soak"] => soak::run("5"),
        ["soak", "--minutes", minutes] => soak::run(minutes),
        ["docs"] => docs::run(),
        ["guide"] => guide::run(),
        ["links"] => links::run(),
        ["package"] => package::run(),
        ["deny"] => deny::run(),
        ["sanitize"] => sanitize::run(),
        ["screenshots"] => screenshots::run(),
        ["targets"] => targets::run(),
        ["shells"] => shells::run(),
        ["windows"] => windows::run(false),
        ["windows", "--again"] => windows::run(true),
        ["windows", "service"] => windows::run_service(),
        ["ci"] => ci::run(),
        ["generated"] => ci::generated(),
        _ => bail!("{USAGE}"),
    }
}

/// The test whose small brother is in the ordinary run.
fn abuse() -> Result<()> {
    let (sh, cargo) = (sh::shell()?, sh::cargo());
    let test = cmd!(sh, "{cargo} test --locked --package mprctl --test serve -- --ignored --exact");
    sh::run(test.arg("abuse::much_of_everything_does_no_harm"))
}
