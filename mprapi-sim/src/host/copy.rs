//! Libraries that are loaded twice: a second process has variables of its own, so the simulator loads a copy of the file
//! for it.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use libloading::Library;

/// The files that are loaded under their own names: another load of one would share its variables.
static LOADED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The beginning of the names of the folders with copies.
const PREFIX: &str = "mprapi-sim-dll-";

/// A library that no one else has.
pub(super) struct Private {
    library: Option<Library>,
    /// The file that was loaded, if it is not a copy.
    original: Option<PathBuf>,
    /// The folder of a copy that could not be removed while it was loaded.
    folder: Option<PathBuf>,
}

impl Private {
    /// Loads a library: the file itself if no one has it, else a copy. On Unix the copy is removed as soon as it is
    /// loaded. Windows cannot remove it, so that happens after the unload, or when a later run makes a copy.
    ///
    /// # Errors
    /// The reason, as the system has it.
    pub(super) fn load(path: &Path) -> Result<Private, String> {
        let text = |error: io::Error| format!("the file cannot be loaded: {error}");
        let path = fs::canonicalize(path).map_err(text)?;
        if LOADED.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone()) {
            let library = open(&path).inspect_err(|_| forget(&path))?;
            return Ok(Private { library: Some(library), original: Some(path), folder: None });
        }
        let folder = new_folder().map_err(text)?;
        let copy = folder.join(path.file_name().unwrap_or_default());
        let loaded = fs::copy(&path, &copy).map_err(text).and_then(|_| open(&copy));
        let is_removed = fs::remove_dir_all(&folder).is_ok();
        Ok(Private { library: Some(loaded?), original: None, folder: (!is_removed).then_some(folder) })
    }

    /// Unloads the library.
    pub(super) fn unload(mut self) {
        drop(self.library.take());
        if let Some(path) = &self.original {
            forget(path);
        }
        if let Some(folder) = &self.folder {
            // What cannot be removed now is removed by a later run.
            let _ = fs::remove_dir_all(folder);
        }
    }

    pub(super) fn library(&self) -> Option<&Library> {
        self.library.as_ref()
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        // It stays loaded: a thread of its own may still run in it.
        std::mem::forget(self.library.take());
    }
}

fn forget(path: &Path) {
    LOADED.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
}

/// Makes a folder that only this user can enter.
fn new_folder() -> io::Result<PathBuf> {
    let temp = std::env::temp_dir();
    sweep(&temp);
    let builder = private();
    // A few attempts: the name may be taken, by chance or on purpose.
    for attempt in 0..16_u32 {
        let number = RandomState::new().hash_one((std::process::id(), attempt));
        let folder = temp.join(format!("{PREFIX}{number:016x}"));
        match builder.create(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| folder),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Returns a maker of folders that only this user can enter. On Windows the folder of temporary files is the user's own.
fn private() -> DirBuilder {
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;

        let mut builder = DirBuilder::new();
        builder.mode(0o700);
        builder
    }
    #[cfg(not(unix))]
    DirBuilder::new()
}

/// Removes copies of processes that have ended. A file that is loaded cannot be removed.
#[cfg(windows)]
fn sweep(temp: &Path) {
    use std::time::Duration;

    let Ok(entries) = fs::read_dir(temp) else { return };
    for entry in entries.flatten() {
        let is_copy = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        // A new one may be about to be loaded.
        let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|at| at.elapsed().ok());
        if is_copy && age.is_some_and(|age| age > Duration::from_secs(3600)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(not(windows))]
fn sweep(_: &Path) {}

/// Tells why a file cannot be loaded: Windows' reason is the source of the error.
fn told(error: libloading::Error) -> String {
    match std::error::Error::source(&error) {
        Some(source) => format!("the file cannot be loaded: {source}"),
        None => format!("the file cannot be loaded: {error}"),
    }
}

/// Loads a file with all that it needs, so that nothing is missing later.
#[cfg(unix)]
fn open(path: &Path) -> Result<Library, String> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};

    // SAFETY: the author of the scenario vouches for the library, whose code runs from here on.
    let library = unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL) };
    library.map(Into::into).map_err(told)
}

/// Loads a file; the libraries that it needs are looked for in its own folder first.
#[cfg(windows)]
fn open(path: &Path) -> Result<Library, String> {
    use libloading::os::windows::{LOAD_WITH_ALTERED_SEARCH_PATH, Library};

    // SAFETY: the author of the scenario vouches for the library, whose code runs from here on.
    let library = unsafe { Library::load_with_flags(path, LOAD_WITH_ALTERED_SEARCH_PATH) };
    library.map(Into::into).map_err(told)
}
