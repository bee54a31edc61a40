//! `cargo xtask ci`: the gate. It stops at the first step that fails.

use anyhow::Result;
use xshell::cmd;

use crate::{api, apt, bench, bindings, conformance, deny, guide, links, prometheus, sh, windows};

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    // `--all-features` has mprapi-sys generate its bindings.
    apt::install(&sh, apt::BINDGEN)?;
    let cargo = sh::cargo();
    sh::run(cmd!(sh, "{cargo} fmt --all --check"))?;
    sh::run(cmd!(sh, "{cargo} clippy --locked --workspace --all-targets --all-features -- --deny warnings"))?;
    sh::run(cmd!(sh, "{cargo} test --locked --workspace"))?;
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
