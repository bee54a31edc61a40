//! `cargo xtask bindings`: mprapi-sys's committed bindings, written again or compared.

use anyhow::Result;

use crate::{apt, sh};

/// bindgen takes long to build, so it is behind a feature of this program, which is started again with it.
#[cfg(not(feature = "bindings"))]
pub(crate) fn run(check: bool) -> Result<()> {
    use xshell::cmd;

    let sh = sh::shell()?;
    apt::install(&sh, apt::BINDGEN)?;
    let (cargo, check) = (sh::cargo(), check.then_some("--check"));
    sh::run(cmd!(sh, "{cargo} run --quiet --package xtask --features bindings -- bindings {check...}"))
}

#[cfg(feature = "bindings")]
#[path = "../../mprapi-sys/codegen.rs"]
mod codegen;

#[cfg(feature = "bindings")]
pub(crate) fn run(check: bool) -> Result<()> {
    use anyhow::{Error, ensure};

    let sh = sh::shell()?;
    apt::install(&sh, apt::BINDGEN)?;
    let crate_dir = sh::root().join("mprapi-sys");
    let generated = codegen::generate(&crate_dir, "x86_64-pc-windows-gnu", &[]).map_err(Error::msg)?;
    let path = crate_dir.join("src/bindings.rs");
    if check {
        let committed = sh.read_file(&path)?;
        ensure!(committed == generated.source, "{}", difference(&committed, &generated.source));
    } else {
        sh.write_file(&path, &generated.source)?;
    }
    let undocumented = generated.undocumented;
    println!(
        "bindings.rs: {} lines, {} items undocumented",
        generated.source.lines().count(),
        undocumented.len()
    );
    for item in &undocumented {
        println!("  undocumented: {item}");
    }
    ensure!(
        !check || undocumented.is_empty(),
        "items of mprapi-sys/src/bindings.rs have no block in mprapi-sys/docs"
    );
    Ok(())
}

/// The first differing lines of two versions of bindings.rs, and how many there are.
#[cfg(feature = "bindings")]
fn difference(committed: &str, generated: &str) -> String {
    use similar::{ChangeTag, TextDiff};

    const SHOWN: usize = 60;
    let diff = TextDiff::from_lines(committed, generated);
    let count = |tag| diff.iter_all_changes().filter(|change| change.tag() == tag).count();
    let (gone, new) = (count(ChangeTag::Delete), count(ChangeTag::Insert));
    let hunks = diff.unified_diff().context_radius(1).header("committed", "generated").to_string();
    let more = hunks.lines().count().saturating_sub(SHOWN);
    let hunks: String = hunks.lines().take(SHOWN).map(|line| format!("{line}\n")).collect();
    format!(
        "mprapi-sys/src/bindings.rs is not what wrapper.h gives ({gone} lines would go, {new} come):\n{hunks}\
         ({more} more lines of difference; `cargo xtask bindings` writes the file)"
    )
}
