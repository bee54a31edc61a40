//! `cargo xtask links`: the documentation, and the links of what people read on the forge and on crates.io, which lead
//! into it and into the repository.

use std::path::Path;

use anyhow::{Result, ensure};
use xshell::{Shell, cmd};

use crate::sh;

/// Where links to files of the repository lead, from outside of it.
pub(crate) const FORGE: &str = "https://github.com/mprapi/mprapi/blob/main/";

/// Where the crates' documentation will be.
const DOCS: &str = "https://docs.rs/";

/// The guide's links are followed in the book, and those in comments by rustdoc. No other site is asked.
pub(crate) fn run() -> Result<()> {
    let (sh, cargo) = (sh::shell()?, sh::cargo());
    // With the features and kinds of targets that clippy sees, so that what it has checked is not checked again.
    // The drop-in has the name of its library, and nothing to document.
    let doc = cmd!(sh, "{cargo} doc --locked --workspace --exclude mprapi-sim-dll --no-deps --all-features")
        .args(["--lib", "--bins", "--examples"]);
    sh::run(doc.env("RUSTDOCFLAGS", "--deny warnings"))?;
    let doc = sh::target_dir().join("doc");
    let pages = cmd!(sh, "git ls-files :(glob)*.md :(glob)*/README.md :(glob)docs/*.md mprctl/docs/*.md")
        .args([
            "mprapi/docs/ledger.md",
            "mprapi-admin-dll/docs/*.md",
            "mprapi-admin-dll/examples/*/README.md",
        ])
        .quiet()
        .read()?;
    let (mut followed, mut broken) = (0, Vec::new());
    for page in pages.lines().map(Path::new) {
        let text = sh.read_file(page)?;
        for link in links(&text) {
            let target = if let Some(item) = link.strip_prefix(DOCS) {
                match item.split_once("/latest/") {
                    Some((_, item)) => doc.join(item),
                    // The front page of a crate of ours, or of somebody else's.
                    None => continue,
                }
            } else if let Some(path) = link.strip_prefix(FORGE) {
                sh::root().join(path)
            } else if link.contains("://") {
                continue;
            } else if link.starts_with('#') {
                sh::root().join(format!("{}{link}", page.display()))
            } else {
                sh::root().join(page.parent().unwrap_or(page)).join(link)
            };
            followed += 1;
            if !leads_somewhere(&sh, &target) {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    ensure!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
    ensure!(followed > 0, "the pages were not understood: no link in them");
    println!("{followed} links of the READMEs and the pages beside them lead somewhere");
    Ok(())
}

/// The targets of `[…](target)` and `[…]: target`, outside of code blocks.
fn links(text: &str) -> Vec<&str> {
    let mut is_code = false;
    let mut links = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            links.extend(line.split("](").skip(1).filter_map(|rest| rest.split(')').next()));
            links.extend(line.strip_prefix('[').and_then(|rest| Some(rest.split_once("]: ")?.1)));
        }
    }
    links
}

/// Returns `true` if the file exists and, behind a `#`, has an element or a heading of that name.
pub(crate) fn leads_somewhere(sh: &Shell, target: &Path) -> bool {
    let text = target.to_string_lossy();
    let (path, part) = text.split_once('#').unwrap_or((&text, ""));
    if part.is_empty() {
        return Path::new(path).exists();
    }
    sh.read_file(path).is_ok_and(|page| {
        page.contains(&format!("id=\"{part}\""))
            || page.lines().filter(|line| line.starts_with('#')).any(|heading| anchor(heading) == part)
    })
}

/// Returns the anchor that the forge, crates.io and rustdoc give a heading.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    words
        .chars()
        .filter(|&letter| letter.is_alphanumeric() || " -_".contains(letter))
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{anchor, links};

    #[test]
    fn links_are_found_in_sentences_and_in_definitions_and_not_in_code() {
        let text = "see [a](one.md) and [b](two.md#part).\n```\n[no](three.md)\n```\n[c]: https://four\n";
        assert_eq!(links(text), ["one.md", "two.md#part", "https://four"]);
    }

    #[test]
    fn a_heading_has_the_name_that_the_forge_gives_it() {
        assert_eq!(anchor("## End a user's sessions"), "end-a-users-sessions");
        assert_eq!(anchor("# As a library, from any language"), "as-a-library-from-any-language");
    }
}
