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

pub(crate) fn run() -> Result<()> {
    let sh = sh::shell()?;
    let cargo = sh::cargo();
    sh::run(cmd!(sh, "{cargo} build --locked --release --package mprctl"))?;
    let name = format!("mprctl{}", std::env::consts::EXE_SUFFIX);
    let program = sh::target_dir().join("release").join(&name);
    let dist = sh::target_dir().join("dist");
    sh.remove_path(&dist)?;
    let (completions, man) = (dist.join("completions"), dist.join("man"));
    sh.create_dir(&completions)?;
    sh.create_dir(&man)?;
    for (shell, file) in COMPLETIONS {
        let script = cmd!(sh, "{program} completions {shell}").quiet().read()?;
        sh.write_file(completions.join(file), script + "\n")?;
    }
    cmd!(sh, "{program} man {man}").quiet().run()?;
    sh.copy_file(&program, dist.join(&name))?;
    for file in ["LICENSE-APACHE", "LICENSE-MIT", "CHANGELOG.md"] {
        sh.copy_file(file, dist.join(file))?;
    }
    println!("{}", dist.display());
    Ok(())
}
