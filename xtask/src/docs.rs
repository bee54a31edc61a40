//! `cargo xtask docs`: the documentation as docs.rs builds it, for Windows too.

use anyhow::Result;
use xshell::cmd;

use crate::{apt, sh};

/// As each crate's `package.metadata.docs.rs` has it: docs.rs shows the first target first.
const PACKAGES: [(&str, &[&str], &[&str]); 6] = [
    ("mprapi-sys", &[], &["x86_64-pc-windows-msvc", "i686-pc-windows-msvc", "aarch64-pc-windows-msvc"]),
    (
        "mprapi",
        &["--all-features"],
        &["x86_64-pc-windows-msvc", "aarch64-pc-windows-msvc", "x86_64-unknown-linux-gnu"],
    ),
    ("mprapi-sim", &[], &["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc"]),
    (
        "mprapi-admin-dll",
        &[],
        &["x86_64-pc-windows-msvc", "aarch64-pc-windows-msvc", "x86_64-unknown-linux-gnu"],
    ),
    // What docs.rs does for a package that says nothing.
    ("mprapi-rpc", &[], &["x86_64-unknown-linux-gnu"]),
    ("mprctl", &[], &["x86_64-unknown-linux-gnu"]),
];

/// docs.rs has a nightly Rust. Debian's, told that it is one, has the sources of the standard library beside it, which
/// the targets need that rustup cannot fetch here.
pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    apt::install(&sh, apt::WINDOWS)?;
    for (package, features, targets) in PACKAGES {
        for target in targets {
            let doc = cmd!(sh, "/usr/bin/cargo doc --locked --no-deps --quiet -Zbuild-std=std,panic_unwind");
            let doc = doc.args(["--package", package, "--target", target]).args(features);
            sh::run(
                sh::debian(doc)
                    .env("RUSTDOCFLAGS", "--cfg docsrs --deny warnings")
                    .env("CARGO_TARGET_DIR", sh::target_dir().join("docs")),
            )?;
        }
    }
    Ok(())
}
