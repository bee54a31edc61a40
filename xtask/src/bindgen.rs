//! `cargo xtask bindgen`: the feature `bindgen` of mprapi-sys, as a build script runs it for Windows.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Result, bail, ensure};
use xshell::{Cmd, Shell, cmd};

use crate::report::{Report, same};
use crate::{apt, sh};

/// The bindings that are made while building are the committed ones, which are held against windows-sys. What stands in the
/// way of making them is said in a sentence.
pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    apt::install(&sh, apt::BINDGEN)?;
    let (script, warnings) = build_script(&sh)?;
    let mut report = Report::default();
    let generated = sh.read_file(out_dir().join("bindings.rs"))?;
    let committed = sh.read_file("mprapi-sys/src/bindings.rs")?;
    report.check(
        "the feature bindgen makes the committed bindings",
        same("bindings.rs", &committed, &generated),
    );
    report.check("each item of the bindings is documented", same("the warnings", "", &warnings));
    for (variable, value, said) in [
        ("LIBCLANG_PATH", "/nonexistent", "libclang was not found"),
        ("BINDGEN_EXTRA_CLANG_ARGS", "-nostdinc", "mprapi.h and what it includes come with the Windows SDK"),
    ] {
        let output = sh::output(run_script(&sh, &script).env(variable, value))?;
        let errors: Vec<&str> =
            output.stdout.lines().filter_map(|line| line.strip_prefix("cargo::error=")).collect();
        let result = match errors[..] {
            [error] if error.contains(said) && output.code == Some(1) => Ok(()),
            _ => Err(format!(
                "expected exit code 1 and one error with {said:?}, came {:?}, {errors:?}",
                output.code
            )),
        };
        report.check(&format!("the feature bindgen says what is missing when {variable} is wrong"), result);
    }
    report.finish()
}

/// The build script of mprapi-sys with the feature bindgen, as clippy has it built, and its warnings. It is run without cargo:
/// bindgen would be built again for each value of the variables.
fn build_script(sh: &Shell) -> Result<(PathBuf, String)> {
    let cargo = sh::cargo();
    // The gate's own command: with other arguments, all would be checked again.
    let clippy =
        cmd!(sh, "{cargo} clippy --locked --workspace --all-targets --all-features -- --deny warnings");
    sh::run(clippy)?;
    sh.create_dir(out_dir())?;
    let mut scripts: Vec<(SystemTime, PathBuf)> = Vec::new();
    for folder in sh.read_dir(sh::target_dir().join("debug/build"))? {
        let script = folder.join("build-script-build");
        if folder.to_string_lossy().contains("/mprapi-sys-") && script.exists() {
            scripts.push((std::fs::metadata(&script)?.modified()?, script));
        }
    }
    scripts.sort();
    for (_, script) in scripts.into_iter().rev() {
        // Without the feature it does nothing at all.
        let output = sh::output(run_script(sh, &script))?;
        if output.stdout.contains("rerun-if-env-changed=LIBCLANG_PATH") {
            ensure!(output.code == Some(0), "{} has failed: {}", script.display(), output.stdout);
            let warnings = output.stdout.lines().filter(|line| line.starts_with("cargo::warning="));
            return Ok((script, warnings.map(|line| format!("{line}\n")).collect()));
        }
    }
    bail!("cargo has built no build script of mprapi-sys with the feature bindgen")
}

/// As cargo runs it for mprapi-sys.
fn run_script<'a>(sh: &'a Shell, script: &Path) -> Cmd<'a> {
    cmd!(sh, "{script}")
        .env("CARGO_MANIFEST_DIR", sh::root().join("mprapi-sys"))
        .env("TARGET", "x86_64-pc-windows-gnu")
        .env("CARGO_CFG_TARGET_ARCH", "x86_64")
        .env("OUT_DIR", out_dir())
}

fn out_dir() -> PathBuf {
    sh::target_dir().join("bindgen")
}
