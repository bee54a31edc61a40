//! The source files of the workspace.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

/// Lists the files below a folder that have one of these extensions, except those of git and of builds.
pub fn sources(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_str().expect("text");
        if path.is_dir() {
            if name != ".git" && name != "target" && !name.starts_with("target-") {
                files.append(&mut sources(&path, extensions));
            }
        } else if path.extension().is_some_and(|found| extensions.iter().any(|extension| found == *extension))
        {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Returns the path of a file from the folder of the workspace, with `/` on every system.
pub fn name(path: &Path) -> String {
    path.strip_prefix(root()).expect("a file of the workspace").to_str().expect("text").replace('\\', "/")
}
