//! `cargo xtask conformance`: writes the comparison of mprapi-sys with windows-sys, from the sources of both.

use anyhow::Result;

/// The generator is behind a feature of this program, which is started again with it.
#[cfg(not(feature = "conformance"))]
pub(crate) fn run(check: bool) -> Result<()> {
    use xshell::cmd;

    use crate::sh;

    let sh = sh::shell()?;
    let (cargo, check) = (sh::cargo(), check.then_some("--check"));
    let run = cmd!(sh, "{cargo} run --locked --quiet --package xtask --features conformance");
    sh::run(run.args(["--", "conformance"]).args(check))
}

#[cfg(feature = "conformance")]
mod module;
#[cfg(feature = "conformance")]
mod pairs;
#[cfg(feature = "conformance")]
mod rules;

#[cfg(feature = "conformance")]
pub(crate) fn run(check: bool) -> Result<()> {
    use anyhow::ensure;

    use crate::sh;

    let sh = sh::shell()?;
    let pairs = pairs::Pairs::find(&sh, &sh::root())?;
    let written = pairs.write();
    println!("{}", pairs.counts());
    let path = sh::root().join("tests/src/conformance/generated.rs");
    if check {
        let committed = sh.read_file(&path)?;
        ensure!(committed == written, "{} is not what `cargo xtask conformance` writes", path.display());
    } else {
        sh.write_file(&path, written)?;
    }
    Ok(())
}
