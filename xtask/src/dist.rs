//! `cargo xtask dist`: mprctl as a package would ship it, with its completions and man pages.

use anyhow::Result;
use xshell::cmd;

use crate::sh;

/// Each shell, and the name that it looks for.
const COMPLETIONS: [(&str, &str); 5] = [
    ("bash", "mprctl.bash"),
    ("zsh", "_mprctl"),
    ("fish", "mprctl.fish"),
    ("powershell", "_mprctl.ps1"),
    ("elvish", "mprctl.elv"),
];

/// Builds for `target`, or for this machine where there is none.
pub(crate) fn run(target: Option<&str>) -> Result<()> {
    let sh = sh::shell()?;
    let cargo = sh::cargo();
    let build = cmd!(sh, "{cargo} build --locked --release --package mprctl");
    sh::run(build.args(target.map(|target| format!("--target={target}"))))?;
    let built = sh::target_dir().join(target.unwrap_or_default()).join("release");
    let name = match target {
        Some(target) if target.contains("windows") => "mprctl.exe".to_owned(),
        Some(_) => "mprctl".to_owned(),
        None => format!("mprctl{}", std::env::consts::EXE_SUFFIX),
    };
    let dist = sh::target_dir().join("dist");
    sh.remove_path(&dist)?;
    let (completions, man) = (dist.join("completions"), dist.join("man"));
    sh.create_dir(&completions)?;
    sh.create_dir(&man)?;
    // The texts are the same for every target, and a program for another may not run here.
    let here = |arguments: &[&str]| {
        cmd!(sh, "{cargo} run --locked --quiet --package mprctl --").args(arguments).quiet()
    };
    for (shell, file) in COMPLETIONS {
        sh.write_file(completions.join(file), here(&["completions", shell]).read()? + "\n")?;
    }
    here(&["man"]).arg(&man).run()?;
    sh.copy_file(built.join(&name), dist.join(&name))?;
    for file in ["LICENSE-APACHE", "LICENSE-MIT", "CHANGELOG.md"] {
        sh.copy_file(file, dist.join(file))?;
    }
    println!("{}", dist.display());
    Ok(())
}
