//! A crate outside the workspace that depends on mprapi-sys as `cargo package` makes it.

use anyhow::{Context as _, Result};
use xshell::cmd;

use super::{Lane, TARGET};
use crate::report::{Report, same};
use crate::sh;

/// The name of the crate, with which its program's name begins.
pub(super) const DEPENDENT: &str = "dependent";

const MANIFEST: &str = r#"
[package]
name = "dependent"
edition = "2024"

[dependencies]
mprapi-sys.path = "../mprapi-sys"

[workspace]

# Those of the lane, which has built the standard library already.
[profile.dev]
debug = "line-tables-only"

[profile.dev.package."*"]
debug = false
"#;

/// The output of its program: the service runs, and a server can be connected to, both ways.
const EXPECTED: &str = "\
linked: running 1, connect 0, a handle true
table: running 1, connect 0, a handle true
";

impl Lane<'_> {
    /// The router must be in System32.
    pub(super) fn check_dependent(&self, report: &mut Report) -> Result<()> {
        let (sh, cargo) = (self.sh, sh::cargo());
        let (folder, packages) = (self.folder.join("dependent"), self.folder.join("package"));
        sh.remove_path(&folder)?;
        sh.remove_path(&packages)?;
        let package =
            cmd!(sh, "{cargo} package --locked --package mprapi-sys --allow-dirty --no-verify --quiet");
        sh::run(package.env("CARGO_TARGET_DIR", &packages))?;
        let made = sh.read_dir(packages.join("package"))?;
        let archive = made
            .iter()
            .find(|path| path.extension().is_some_and(|extension| extension == "crate"))
            .context("cargo package has made no crate")?;
        let unpacked = folder.join("mprapi-sys");
        sh.create_dir(&unpacked)?;
        cmd!(sh, "tar --extract --gzip --strip-components=1 --file {archive} --directory {unpacked}")
            .quiet()
            .run()?;

        let dependent = folder.join("dependent");
        let manifest = dependent.join("Cargo.toml");
        sh.write_file(&manifest, MANIFEST)?;
        sh.write_file(dependent.join("src/main.rs"), include_str!("dependent/main.rs"))?;
        cmd!(sh, "{cargo} generate-lockfile --quiet --manifest-path {manifest}").run()?;
        let build = self.for_tests("build").arg("--manifest-path").arg(&manifest).args(["--target", TARGET]);
        // A program that asks for it does not find it.
        sh::run(build.env("LIBCLANG_PATH", "/nonexistent"))?;

        let lock = sh.read_file(dependent.join("Cargo.lock"))?;
        let unwanted: Vec<_> = ["bindgen", "clang", "syn"]
            .into_iter()
            .filter(|name| lock.contains(&format!("name = \"{name}")))
            .collect();
        let result =
            if unwanted.is_empty() { Ok(()) } else { Err(format!("the program depends on {unwanted:?}")) };
        report.check("a dependent of the packaged mprapi-sys has no bindgen in its tree", result);

        let program =
            self.wine.command(&self.built(&format!("{DEPENDENT}.exe"))).env("WINEDLLOVERRIDES", "mprapi=n");
        let came = sh::output(program)?;
        report.check(
            "a dependent of the packaged mprapi-sys calls through the link and through the table",
            same("standard output", EXPECTED, &came.stdout),
        );
        Ok(())
    }
}
