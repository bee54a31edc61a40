//! Running commands, with a line printed for each; and the folders they run in.

use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use xshell::{Cmd, Shell, cmd};

/// A shell in the root of the workspace.
pub(crate) fn shell() -> Result<Shell> {
    let shell = Shell::new()?;
    shell.change_dir(root());
    Ok(shell)
}

/// The root of the workspace. Cargo tells it when the program starts: what was true when the program was built may be
/// another clone that has the same target folder.
pub(crate) fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&xtask).parent().expect("xtask is a folder of the workspace").to_owned()
}

/// Where everything that is built goes, absolute.
pub(crate) fn target_dir() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// Builds mprctl and the drop-in library beside it, and says where mprctl is. It is the program that `cargo test
/// --workspace` makes for its tests: with fewer packages, dependencies would have other features and be built again.
pub(crate) fn mprctl(sh: &Shell) -> Result<PathBuf> {
    let cargo = cargo();
    run(cmd!(sh, "{cargo} build --locked --workspace --lib --test program"))?;
    Ok(target_dir().join("debug").join(format!("mprctl{}", std::env::consts::EXE_SUFFIX)))
}

/// A command of Debian's cargo, with Debian's rustc and what other toolchains call nightly features.
pub(crate) fn debian(command: Cmd<'_>) -> Cmd<'_> {
    let path = std::env::var("PATH").unwrap_or_default();
    command
        .env("PATH", format!("/usr/bin:{path}"))
        .env("RUSTC_BOOTSTRAP", "1")
        // The cargo that runs this program has set these for its own rustc.
        .env_remove("CARGO")
        .env_remove("LD_LIBRARY_PATH")
}

/// Runs a command with its output shown, and says how long it took: by name, for two may run at once.
pub(crate) fn run(command: Cmd<'_>) -> Result<()> {
    let name = command.to_string();
    println!("$ {name}");
    let start = Instant::now();
    command.quiet().run()?;
    let words = name.split(' ').take(2).collect::<Vec<_>>().join(" ");
    println!("  ({words}: {:.1} s)", start.elapsed().as_secs_f64());
    Ok(())
}

/// The processor time of all child processes that have ended, their own children included. Zero where there is no `/proc`.
pub(crate) fn children_time() -> Duration {
    // Clock ticks are hundredths of a second on every Linux.
    let ticks = |stat: &str| {
        // The name in parentheses may contain spaces. `cutime` and `cstime` are fields 16 and 17, the name is field 2.
        let fields = stat.rsplit_once(')')?.1.split_whitespace().skip(13).take(2);
        fields.map(|field| field.parse::<u64>().ok()).sum::<Option<u64>>()
    };
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    Duration::from_millis(10 * ticks(&stat).unwrap_or_default())
}

/// The output of a program, and its exit code (none if it was killed).
pub(crate) struct Output {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a command for its output; a failure of the program is part of the answer, not an error.
pub(crate) fn output(command: Cmd<'_>) -> Result<Output> {
    let name = command.to_string();
    let output = command.quiet().ignore_status().output()?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).with_context(|| format!("{name} printed no UTF-8"));
    Ok(Output { code: output.status.code(), stdout: text(output.stdout)?, stderr: text(output.stderr)? })
}

/// A child that ends with this.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
