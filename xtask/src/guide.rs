//! `cargo xtask guide`: the guide as a book, its code and its console lines run, its links followed.

use std::path::Path;

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

use crate::links::{FORGE, leads_somewhere};
use crate::sh;

const MDBOOK: &str = "0.5.4";

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    let (cargo, folder) = (sh::cargo(), sh::target_dir().join("guide"));
    let tools = folder.join(format!("mdbook-{MDBOOK}"));
    let mdbook = tools.join("bin/mdbook");
    if !mdbook.exists() {
        // Not optimised: it is built more often than it has pages to make.
        let install = cmd!(
            sh,
            "{cargo} install mdbook --version ={MDBOOK} --locked --no-default-features --debug --quiet --root {tools}"
        );
        sh::run(install.env("CARGO_TARGET_DIR", folder.join("build")).env("CARGO_PROFILE_DEV_DEBUG", "0"))?;
    }
    let book = folder.join("book");
    sh::run(cmd!(sh, "{mdbook} build docs/guide --dest-dir {book}"))?;
    sh::run(cmd!(sh, "{cargo} test --locked --quiet --package guide"))?;
    sh::run(cmd!(sh, "{cargo} test --locked --quiet --package mprctl --test program guide::"))?;
    check_links(&sh, &book)
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
