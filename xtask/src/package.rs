//! `cargo xtask package`: the crates as crates.io will have them, each built and tested from its archive alone.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use xshell::{Shell, cmd};

use crate::report::{Report, same};
use crate::sh;

/// The published crates, in the order in which they can be: each needs only those before it, its tests included. And the
/// features that its tests know beside the default ones.
const PACKAGES: [(&str, &[&str]); 6] = [
    ("mprapi-sys", &[]),
    ("mprapi-sim", &[]),
    ("mprapi-rpc", &[]),
    ("mprapi", &["serde", "tracing"]),
    ("mprapi-admin-dll", &[]),
    ("mprctl", &[]),
];

/// crates.io takes no archive above this.
const LARGEST: u64 = 10 << 20;

const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    // Not in the repository, where cargo would find the workspace, and what belongs to it, above each package.
    let folder = sh.create_temp_dir()?;
    let mut report = Report::default();
    let mut unpacked: Vec<&str> = Vec::new();
    let archives = archives(&sh)?;
    for (name, features) in PACKAGES {
        let archive = archives
            .iter()
            .find(|path| file_name(path).strip_prefix(name).is_some_and(is_version))
            .with_context(|| format!("cargo package has made no archive of {name}"))?;
        let package = folder.path().join(name);
        unpack(&sh, archive, &package)?;
        unpacked.push(name);
        report.check(&format!("{name}: {}", size(archive)?), is_small_enough(archive));
        report.check(&format!("{name}: what a page of crates.io shows is there"), is_complete(&sh, &package));

        // As the registry will have them: those that were published before it, and no other.
        let patches: String =
            unpacked.iter().map(|name| format!("{name} = {{ path = \"{name}\" }}\n")).collect();
        sh.write_file(folder.path().join(".cargo/config.toml"), format!("[patch.crates-io]\n{patches}"))?;
        let _inside = sh.push_dir(&package);
        let cargo = sh::cargo();
        let features = features.join(",");
        let test = cmd!(sh, "{cargo} test --quiet --features={features}")
            .env("CARGO_TARGET_DIR", sh::target_dir().join("package-tests"));
        report.check(
            &format!("{name}: the tests pass, outside of the repository"),
            sh::run(test).map_err(|error| error.to_string()),
        );
    }
    report.finish()
}

/// Packs all of them. What they need of each other is not on crates.io yet, so nothing is built here.
fn archives(sh: &Shell) -> Result<Vec<PathBuf>> {
    let target = sh::target_dir().join("package-archives");
    sh.remove_path(&target)?;
    let (cargo, names) = (sh::cargo(), PACKAGES.map(|(name, _)| format!("--package={name}")));
    let package = cmd!(sh, "{cargo} package --locked --allow-dirty --no-verify --quiet {names...}");
    sh::run(package.env("CARGO_TARGET_DIR", &target))?;
    let made = sh.read_dir(target.join("package"))?;
    Ok(made
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "crate"))
        .collect())
}

/// `-0.1.0.crate`, and not `-sim-0.1.0.crate`.
fn is_version(rest: &str) -> bool {
    rest.strip_prefix('-').is_some_and(|version| version.starts_with(|first: char| first.is_ascii_digit()))
}

fn unpack(sh: &Shell, archive: &Path, folder: &Path) -> Result<()> {
    sh.create_dir(folder)?;
    // All files in an archive are of 2006: without new times cargo would take what it built of the last archive.
    cmd!(sh, "tar --extract --touch --gzip --strip-components=1 --file {archive} --directory {folder}")
        .quiet()
        .run()?;
    Ok(())
}

fn size(archive: &Path) -> Result<String> {
    Ok(format!("{} kB", std::fs::metadata(archive)?.len().div_ceil(1000)))
}

fn is_small_enough(archive: &Path) -> Result<(), String> {
    let size = std::fs::metadata(archive).map_err(|error| error.to_string())?.len();
    if size < LARGEST { Ok(()) } else { Err(format!("crates.io takes less than {LARGEST} bytes")) }
}

/// Checks what cargo only warns about, or does not look at.
fn is_complete(sh: &Shell, package: &Path) -> Result<(), String> {
    let manifest = sh.read_file(package.join("Cargo.toml")).map_err(|error| error.to_string())?;
    for key in [
        "description",
        "license",
        "repository",
        "documentation",
        "readme",
        "keywords",
        "categories",
        "rust-version",
    ] {
        // `readme = false` is how cargo writes that there is none.
        let value = manifest.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix("= "));
        if matches!(value, None | Some("false" | "[]" | "\"\"")) {
            return Err(format!("Cargo.toml has no {key}"));
        }
    }
    for licence in LICENCES {
        let read = |folder: &Path| sh.read_file(folder.join(licence)).map_err(|error| error.to_string());
        same(licence, &read(&sh::root())?, &read(package)?)?;
    }
    Ok(())
}

fn file_name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}
