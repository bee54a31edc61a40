//! Tests that need not run again: nothing that they can see has changed since they passed.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::{Shell, cmd};

use super::Lane;
use super::dependent::DEPENDENT;
use crate::sh;

impl Lane<'_> {
    /// The sums of everything that the tests can see: the programs and libraries that were built, the files of the
    /// repository, the library in System32, and the version of Wine.
    pub(super) fn sums(&self) -> Result<String> {
        let sh = self.sh;
        let mut files = vec![self.wine.system32().join("mprapi.dll")];
        let built = self.built("");
        for folder in [built.clone(), built.join("deps"), built.join("examples")] {
            programs(sh, &folder, &mut files)?;
        }
        // What build scripts have compiled from C.
        for folder in sh.read_dir(built.join("build"))? {
            let out = folder.join("out");
            if out.exists() {
                programs(sh, &out, &mut files)?;
            }
        }
        let listed = cmd!(sh, "git ls-files -z --cached --others --exclude-standard").quiet().read()?;
        files.extend(listed.split('\0').map(|name| sh::root().join(name)).filter(|path| path.is_file()));
        files.sort();
        let names: Vec<_> = files.iter().map(|path| path.to_string_lossy()).collect();
        let sums = cmd!(sh, "xargs --null sha256sum").stdin(names.join("\0")).quiet().read()?;
        let wine = cmd!(sh, "dpkg-query --show wine64 libwine").quiet().read()?;
        Ok(format!("{wine}\n{sums}\n"))
    }
}

fn programs(sh: &Shell, folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let is_program = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "exe" || kind == "dll");
    // The lane builds its dependent after the tests and anew each time; no test starts it.
    let is_dependent = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(DEPENDENT.as_bytes()))
    };
    files.extend(sh.read_dir(folder)?.into_iter().filter(|path| is_program(path) && !is_dependent(path)));
    Ok(())
}
