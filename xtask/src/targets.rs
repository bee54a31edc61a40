//! `cargo xtask targets`: the published crates compile for other systems. Nothing is run there, but compile-time assertions
//! hold: sizes, offsets, types of functions.

use std::path::Path;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::{apt, sh};

const TARGETS: [&str; 4] =
    ["x86_64-apple-darwin", "aarch64-apple-darwin", "x86_64-unknown-freebsd", "x86_64-unknown-linux-musl"];

/// The published crates, and the drop-in library.
const PACKAGES: [&str; 8] = [
    "mprapi-sys",
    "mprapi",
    "mprapi-sim",
    "mprapi-sim-dll",
    "mprapi-rpc",
    "mprapi-rpc-dll",
    "mprapi-admin-dll",
    "mprctl",
];

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    apt::install(&sh, apt::WINDOWS)?;
    check(&sh, &sh::target_dir().join("windows-lane/build"))
}

/// Checks all targets. The folder may be one in which Debian's Rust builds something else: what is built for this machine, such
/// as derives, is built once.
pub(crate) fn check(sh: &Shell, folder: &Path) -> Result<()> {
    // Whatever else the machine does comes first.
    let check = cmd!(sh, "nice -n 19 /usr/bin/cargo check --locked -Zbuild-std=std,panic_unwind");
    // Cargo builds the standard library for a check as well, which nothing runs here.
    let check = sh::debian(check).arg("-Zbuild-std-features=panic-unwind").env("RUSTFLAGS", "-Zno-codegen");
    let packages = PACKAGES.map(|package| format!("--package={package}"));
    let targets = TARGETS.map(|target| format!("--target={target}"));
    sh::run(check.args(packages).args(targets).env("CARGO_TARGET_DIR", folder))
}
