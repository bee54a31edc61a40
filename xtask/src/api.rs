//! `cargo xtask api`: the public API of the published libraries, one line an item, committed as `api.txt` of each.
//!
//! What the file shows in a review is what users will see change.

use anyhow::Result;

/// The reader of rustdoc's output is behind a feature of this program, which is started again with it.
#[cfg(not(feature = "api"))]
pub(crate) fn run(check: bool) -> Result<()> {
    use xshell::cmd;

    use crate::sh;

    let sh = sh::shell()?;
    let (cargo, check) = (sh::cargo(), check.then_some("--check"));
    sh::run(cmd!(sh, "{cargo} run --locked --quiet --package xtask --features api -- api {check...}"))
}

/// Each with the features that its users can turn on. `bindgen` of mprapi-sys is not among them: its items are those of
/// whatever header the machine has.
#[cfg(feature = "api")]
const CRATES: [(&str, &[&str]); 5] = [
    ("mprapi-sys", &["loader"]),
    ("mprapi", &["serde", "tracing"]),
    ("mprapi-sim", &["scenario"]),
    ("mprapi-admin-dll", &[]),
    ("mprapi-rpc", &[]),
];

#[cfg(feature = "api")]
pub(crate) fn run(check: bool) -> Result<()> {
    use std::collections::HashSet;

    use anyhow::ensure;

    use crate::{apt, sh};

    let sh = sh::shell()?;
    // The output's format changes with the compiler, so it is Debian's, whose version stays.
    apt::install(&sh, apt::RUST)?;
    let mut changed = Vec::new();
    for (name, features) in CRATES {
        let api = describe(&sh, name, features)?;
        let path = sh::root().join(name).join("api.txt");
        println!("{name}: {} public items", api.lines().count());
        if !check {
            sh.write_file(&path, &api)?;
            continue;
        }
        let committed = sh.read_file(&path)?;
        let (old, new): (HashSet<&str>, HashSet<&str>) = (committed.lines().collect(), api.lines().collect());
        changed.extend(committed.lines().filter(|line| !new.contains(line)).map(|line| format!("- {line}")));
        changed.extend(api.lines().filter(|line| !old.contains(line)).map(|line| format!("+ {line}")));
    }
    ensure!(
        changed.is_empty(),
        "the public API is not what api.txt says (`cargo xtask api` writes it anew):\n{}",
        changed.join("\n")
    );
    Ok(())
}

/// The public items of a crate. That a type is `Send` and `Sync` is among them, since it is promised; what every type is
/// by itself is not, nor that it has methods.
#[cfg(feature = "api")]
fn describe(sh: &xshell::Shell, name: &str, features: &[&str]) -> Result<String> {
    use xshell::cmd;

    use crate::sh;

    const BY_ITSELF: [&str; 6] =
        ["Freeze", "RefUnwindSafe", "StructuralPartialEq", "Unpin", "UnsafeUnpin", "UnwindSafe"];
    let folder = sh::target_dir().join("api");
    let features = features.join(",");
    let rustdoc = cmd!(sh, "/usr/bin/cargo rustdoc --locked --quiet --package {name} --lib")
        .args(["--no-default-features", "--features", &features, "--target-dir"])
        .arg(&folder)
        .args(["--", "-Zunstable-options", "--output-format", "json", "--cap-lints", "allow"]);
    sh::debian(rustdoc).quiet().run()?;
    let json = folder.join("doc").join(format!("{}.json", name.replace('-', "_")));
    let api = public_api::Builder::from_rustdoc_json(json).omit_blanket_impls(true).build()?;
    let told = |line: &String| {
        let implemented = line.starts_with("impl").then(|| line.split_once(" for ")).flatten();
        match implemented {
            Some((implemented, _)) => {
                !BY_ITSELF.iter().any(|name| implemented.ends_with(&format!("::{name}")))
            }
            None => !line.starts_with("impl"),
        }
    };
    Ok(api.items().map(ToString::to_string).filter(told).map(|line| line + "\n").collect())
}
