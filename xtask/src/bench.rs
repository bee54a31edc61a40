//! `cargo xtask bench build`: how long mprapi-sys takes to build, against windows-sys with what this API needs.

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, ensure};
use xshell::{Cmd, Shell, cmd};

use crate::sh;

const ROUNDS: usize = 7;

/// At most this part of the time of windows-sys.
const GOAL: f64 = 1.0 / 3.0;

/// A crate with windows-sys as the only dependency: the features of mprapi.h, and those that its types pull in.
const MANIFEST: &str = r#"
[package]
name = "other"
edition = "2024"

[dependencies.windows-sys]
version = "=0.61.2"
features = [
    "Win32_Foundation",
    "Win32_NetworkManagement_IpHelper",
    "Win32_NetworkManagement_Rras",
    "Win32_Networking_WinSock",
    "Win32_Security_Cryptography",
]

[workspace]
"#;

pub(crate) fn build() -> Result<()> {
    let sh = sh::shell()?;
    let cargo = sh::cargo();
    let folder = sh::target_dir().join("bench");
    let other = folder.join("other");
    sh.write_file(other.join("Cargo.toml"), MANIFEST)?;
    sh.write_file(other.join("src/lib.rs"), "")?;
    let manifest = other.join("Cargo.toml");
    let ours = || cmd!(sh, "{cargo} build --locked --offline --package mprapi-sys");
    let theirs = || cmd!(sh, "{cargo} build --offline --manifest-path {manifest} --package windows-sys");

    let mut rounds = Vec::new();
    for round in 1..=ROUNDS {
        let target = folder.join("target");
        let (ours, theirs) = (cold(&sh, ours(), &target)?, cold(&sh, theirs(), &target)?);
        println!(
            "round {round}: mprapi-sys {ours:.2} s, windows-sys {theirs:.2} s, ratio {:.2}",
            ours / theirs
        );
        rounds.push((ours, theirs));
    }
    let ratio = median(rounds.iter().map(|(ours, theirs)| ours / theirs));
    println!(
        "median: mprapi-sys {:.2} s, windows-sys {:.2} s, ratio {ratio:.2} (goal {GOAL:.2})",
        median(rounds.iter().map(|(ours, _)| *ours)),
        median(rounds.iter().map(|(_, theirs)| *theirs))
    );
    ensure!(ratio <= GOAL, "mprapi-sys builds too slowly");
    Ok(())
}

/// Seconds for a build into a new folder.
fn cold(sh: &Shell, build: Cmd<'_>, target: &Path) -> Result<f64> {
    sh.remove_path(target)?;
    let start = Instant::now();
    build.env("CARGO_TARGET_DIR", target).quiet().ignore_stderr().run()?;
    Ok(start.elapsed().as_secs_f64())
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
