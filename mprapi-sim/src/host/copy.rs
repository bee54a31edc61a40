//! Libraries that are loaded twice: a second process has variables of its own, so the simulator loads a copy of the file
//! for it.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use libloading::Library;

/// The files that are loaded under their own names: another load of one would share its variables.
static LOADED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A part of the names of copies, and of the folders that are made for some.
const MARK: &str = ".mprapi-sim-";

/// A library that no one else has.
pub(super) struct Private {
    /// The library, which stays loaded on drop: a thread of its own may still run in it.
    library: ManuallyDrop<Library>,
    /// The file that was loaded, if it is not a copy.
    original: Option<PathBuf>,
    /// A copy that could not be removed while it was loaded.
    left: Option<Copied>,
}

/// A copy of a library.
struct Copied {
    file: PathBuf,
    /// The folder that was made for it.
    folder: Option<PathBuf>,
}

impl Copied {
    /// Copies a file. The copy is beside the original, so that the library finds there what it looks for beside itself; if that
    /// folder cannot be written to, the copy is in a folder of its own.
    fn of(path: &Path) -> io::Result<Copied> {
        let beside = path.parent().unwrap_or(Path::new("."));
        sweep(beside);
        Copied::make(path, beside).or_else(|_| {
            sweep(&std::env::temp_dir());
            let folder = new_folder()?;
            let copied = Copied::make(path, &folder)?;
            Ok(Copied { folder: Some(folder), ..copied })
        })
    }

    /// Copies a file into a folder, under a name that nothing there has.
    fn make(path: &Path, folder: &Path) -> io::Result<Copied> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let (file, mut to) = attempt(|number| {
            let file = folder.join(format!("{name}{MARK}{number:016x}.{ending}"));
            let opened = fs::OpenOptions::new().write(true).create_new(true).open(&file);
            opened.map(|opened| (file, opened))
        })?;
        let copied = Copied { file, folder: None };
        match fs::File::open(path).and_then(|mut from| io::copy(&mut from, &mut to)) {
            Ok(_) => Ok(copied),
            Err(error) => {
                copied.remove();
                Err(error)
            }
        }
    }

    /// Removes the copy. Returns `false` if that cannot be done now.
    fn remove(&self) -> bool {
        let is_removed = fs::remove_file(&self.file).is_ok();
        is_removed && self.folder.as_ref().is_none_or(|folder| fs::remove_dir(folder).is_ok())
    }
}

impl Private {
    /// Loads a library: the file itself if no one has it, else a copy. On Unix the copy is removed as soon as it is
    /// loaded. Windows cannot remove it, so that happens after the unload, or when a later run makes a copy.
    ///
    /// # Errors
    /// The reason, as the system has it.
    pub(super) fn load(path: &Path) -> Result<Private, String> {
        let text = |error: io::Error| format!("the file cannot be loaded: {error}");
        let key = fs::canonicalize(path).map_err(text)?;
        let path = std::path::absolute(path).map_err(text)?;
        if LOADED.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone()) {
            let library = open(&path).inspect_err(|_| forget(&key))?;
            return Ok(Private { library: ManuallyDrop::new(library), original: Some(key), left: None });
        }
        let copied = Copied::of(&path).map_err(text)?;
        let loaded = open(&copied.file);
        let is_removed = copied.remove();
        let library = ManuallyDrop::new(loaded?);
        Ok(Private { library, original: None, left: (!is_removed).then_some(copied) })
    }

    /// Unloads the library.
    pub(super) fn unload(self) {
        drop(ManuallyDrop::into_inner(self.library));
        if let Some(path) = &self.original {
            forget(path);
        }
        if let Some(copied) = &self.left {
            // What cannot be removed now is removed by a later run.
            copied.remove();
        }
    }

    pub(super) fn library(&self) -> &Library {
        &self.library
    }
}

fn forget(path: &Path) {
    LOADED.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
}

/// Makes a folder that only this user can enter.
fn new_folder() -> io::Result<PathBuf> {
    let temp = std::env::temp_dir();
    let builder = private();
    attempt(|number| {
        let folder = temp.join(format!("dll{MARK}{number:016x}"));
        builder.create(&folder).map(|()| folder)
    })
}

/// Makes something under a name with a number in it. The name may be taken, by chance or on purpose.
fn attempt<T>(make: impl Fn(u64) -> io::Result<T>) -> io::Result<T> {
    for attempt in 0..16_u32 {
        match make(RandomState::new().hash_one((std::process::id(), attempt))) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made,
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

/// Removes copies of processes that have ended from a folder. A file that is loaded cannot be removed.
#[cfg(windows)]
fn sweep(folder: &Path) {
    use std::time::Duration;

    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_copy = entry.file_name().to_str().is_some_and(|name| name.contains(MARK));
        // A new one may be about to be loaded.
        let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|at| at.elapsed().ok());
        if is_copy && age.is_some_and(|age| age > Duration::from_secs(3600)) {
            let _ = fs::remove_file(entry.path()).or_else(|_| fs::remove_dir_all(entry.path()));
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
