//! A Windows of our own: a Wine prefix, and the programs run in it.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::{Cmd, Shell, cmd};

use crate::sh;

/// Debian's `wine` asks for the 32-bit loader at each start; the 64-bit one is here.
pub(crate) const LOADER: &str = "/usr/lib/wine/wine64";

/// Wine's own libraries, as they stand in a new prefix.
pub(crate) const OWN_LIBRARIES: &str = "/usr/lib/x86_64-linux-gnu/wine/x86_64-windows";

/// A prefix. Its Wine server ends with it, so that nothing outlives the lane.
pub(crate) struct Prefix<'a> {
    sh: &'a Shell,
    folder: PathBuf,
}

impl<'a> Prefix<'a> {
    /// Opens the prefix, which is made the first time.
    pub(crate) fn open(sh: &'a Shell, folder: PathBuf) -> Result<Self> {
        if !folder.exists() {
            let partial = folder.with_extension("partial");
            sh.remove_path(&partial)?;
            sh.create_dir(&partial)?;
            let prefix = Prefix { sh, folder: partial };
            // What would be asked for and installed: .NET, a browser, the desktop's menus.
            let without = "mscoree=;mshtml=;winemenubuilder.exe=";
            let boot =
                prefix.command(Path::new("wineboot.exe")).arg("--init").env("WINEDLLOVERRIDES", without);
            sh::run(boot.ignore_stdout())?;
            // A program that crashes shall end, and not wait for somebody to close a dialog.
            let key =
                [r"HKCU\Software\Wine\WineDbg", "/v", "ShowCrashDialog", "/t", "REG_DWORD", "/d", "0", "/f"];
            prefix.command(Path::new("reg.exe")).arg("add").args(key).ignore_stdout().quiet().run()?;
            cmd!(sh, "wineserver --wait").env("WINEPREFIX", &prefix.folder).quiet().run()?;
            std::fs::rename(&prefix.folder, &folder)?;
        }
        let prefix = Prefix { sh, folder };
        // The server and the services must not be children of a program whose output is awaited to its end.
        let start = || prefix.command(Path::new("wineboot.exe")).ignore_stdout().quiet().run();
        // On a machine under load it was once seen to give up; a second start finds what the first has done.
        start().or_else(|_| start())?;
        Ok(prefix)
    }

    /// A Windows program to be run.
    pub(crate) fn command(&self, program: &Path) -> Cmd<'a> {
        self.environment()
            .into_iter()
            .fold(cmd!(self.sh, "{LOADER} {program}"), |command, (key, value)| command.env(key, value))
    }

    /// The environment that Wine needs, for programs that others start.
    pub(crate) fn environment(&self) -> [(&'static str, PathBuf); 2] {
        [("WINEPREFIX", self.folder.clone()), ("WINEDEBUG", "-all".into())]
    }

    pub(crate) fn system32(&self) -> PathBuf {
        self.folder.join("drive_c/windows/system32")
    }
}

impl Drop for Prefix<'_> {
    fn drop(&mut self) {
        let kill = cmd!(self.sh, "wineserver --kill").env("WINEPREFIX", &self.folder);
        // It may have ended by itself.
        let _ = kill.quiet().ignore_status().ignore_stderr().run();
    }
}

/// A path as a Windows program has it.
pub(crate) fn windows_path(path: &Path) -> String {
    format!("Z:{}", path.display()).replace('/', r"\")
}
