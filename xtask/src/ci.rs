//! `cargo xtask ci`: the gate. It stops at the first step that fails.

use std::thread;

use anyhow::Result;
use xshell::cmd;

use crate::{api, apt, bench, bindings, conformance, deny, guide, links, prometheus, sh, windows};

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    // Packages come from the net and go to the disk, while the first steps, which need none of them, keep the processors.
    let packages = thread::spawn(|| {
        let all = [apt::BINDGEN, apt::WINDOWS, apt::PROMETHEUS, apt::BENCH].concat();
        apt::install(&sh::shell()?, &all)
    });
    let cargo = sh::cargo();
    sh::run(cmd!(sh, "{cargo} fmt --all --check"))?;
    sh::run(cmd!(sh, "{cargo} test --locked --workspace"))?;
    packages.join().expect("installing does not panic")?;
    // `--all-features` has mprapi-sys generate its bindings, for which it takes packages.
    sh::run(cmd!(sh, "{cargo} clippy --locked --workspace --all-targets --all-features -- --deny warnings"))?;
    // `--all-features` above is for lints only: no test of a feature runs but by these names.
    let features = cmd!(sh, "{cargo} test --locked --package mprapi --features serde,tracing");
    sh::run(features.args(["--lib", "--test", "serde", "--test", "tracing"]))?;
    links::run()?;
    api::run(true)?;
    prometheus::run()?;
    guide::run()?;
    bench::quick()?;
    deny::run()?;
    bindings::run(true)?;
    conformance::run(true)?;
    windows::run()
}
