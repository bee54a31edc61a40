//! The surroundings of a DLL while the service runs.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use mprapi::Mpr;

use crate::log::{Log, LogOptions};
use crate::module;
use crate::queue::{Queue, Refused};

/// The surroundings of a DLL from one start of the service to its stop. [`AdminDll::start`](crate::AdminDll::start) gets it,
/// and may keep a clone.
#[derive(Clone)]
pub struct Context(Arc<Shared>);

struct Shared {
    work: Arc<Queue<Work>>,
    has_thread: Mutex<bool>,
    api: fn() -> mprapi::Result<Mpr>,
    path: PathBuf,
    start: u64,
}

type Work = Box<dyn FnOnce(mprapi::Result<Mpr>) + Send>;

/// The most work that may wait for the thread.
const MOST_WORK: usize = 1024;

impl Context {
    pub(crate) fn new(api: fn() -> mprapi::Result<Mpr>, start: u64) -> Context {
        Context(Arc::new(Shared {
            work: Arc::new(Queue::new(MOST_WORK)),
            has_thread: Mutex::new(false),
            api,
            path: module::path().unwrap_or_default(),
            start,
        }))
    }

    /// Runs `work` later, on a thread of the DLL, where the API may be called. It gets the API, or the error of loading it.
    ///
    /// Within a call of the service, each method of [`mprapi`] is an error instead of a call that never returns; this is the
    /// way around. Work is done in the order in which it came, one piece at a time, outside of the service's call: the answer
    /// must not wait for it. A panic ends only that piece. When the service stops, what has not begun is dropped, and what
    /// runs goes on: the DLL stays loaded meanwhile.
    ///
    /// ```
    /// use mprapi_admin_dll::Context;
    ///
    /// /// Ends the other sessions of a user whose new one is accepted.
    /// fn end_others(context: &Context, user: mprapi::Account, new: mprapi::Guid) {
    ///     let queued = context.later(move |mpr| {
    ///         let Ok(server) = mpr.and_then(|mpr| mpr.connect(None)) else { return };
    ///         let Ok(sessions) = server.sessions() else { return };
    ///         for session in sessions.iter().filter(|session| session.account() == user && session.guid != Some(new)) {
    ///             let _ = server.end(session);
    ///         }
    ///     });
    ///     if let Err(error) = queued {
    ///         eprintln!("cannot end the other sessions: {error}");
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    /// [`LaterError::Full`] if 1024 pieces wait, [`LaterError::Stopped`] after the service has stopped,
    /// [`LaterError::NoThread`] if the system gives no thread.
    pub fn later(&self, work: impl FnOnce(mprapi::Result<Mpr>) + Send + 'static) -> Result<(), LaterError> {
        self.0.start_thread()?;
        self.0.work.push(Box::new(work), 1).map_err(|refused| match refused {
            Refused::Full => LaterError::Full,
            Refused::Closed => LaterError::Stopped,
        })
    }

    /// Returns the path of the DLL's file; empty if the system does not tell it.
    pub fn dll_path(&self) -> &Path {
        &self.0.path
    }

    /// Returns the folder that the DLL is in, where its files are looked for. The service's current folder is System32.
    pub fn folder(&self) -> &Path {
        self.0.path.parent().unwrap_or(Path::new(""))
    }

    /// Opens a [`Log`]. A relative path is one in the DLL's [`folder`](Context::folder).
    ///
    /// # Errors
    /// As [`Log::open`].
    pub fn log(&self, path: impl AsRef<Path>, options: LogOptions) -> io::Result<Log> {
        Log::open(self.folder().join(path), options)
    }

    /// Returns the number of this start of the service in this process, from 1. A service can stop and start in one process;
    /// statics of the DLL then still have the values of the run before.
    pub fn start_number(&self) -> u64 {
        self.0.start
    }

    /// Ends what [`later`](Context::later) began: the service stops.
    pub(crate) fn stop(&self) {
        self.0.end();
    }
}

impl Shared {
    /// Drops the work that waits, and takes no more.
    fn end(&self) {
        self.work.close_now().into_iter().for_each(discard);
    }

    /// Starts the thread for the first piece of work.
    fn start_thread(&self) -> Result<(), LaterError> {
        let mut has_thread = self.has_thread.lock().unwrap_or_else(PoisonError::into_inner);
        if *has_thread || !self.work.is_open() {
            return Ok(());
        }
        let (queue, api) = (Arc::clone(&self.work), self.api);
        module::spawn("admin-dll-later", move || work_off(&queue, api)).map_err(|_| LaterError::NoThread)?;
        *has_thread = true;
        Ok(())
    }
}

/// A context that nobody has any more has nothing to do later.
impl Drop for Shared {
    fn drop(&mut self) {
        self.end();
    }
}

/// Does the work of a queue until it is closed.
fn work_off(queue: &Queue<Work>, api: fn() -> mprapi::Result<Mpr>) {
    let mut loaded: Option<Mpr> = None;
    while let Some(pieces) = queue.take() {
        for work in pieces {
            if !queue.is_open() {
                discard(work);
                continue;
            }
            let piece = || {
                let mpr = loaded.clone().map_or_else(api, Ok);
                loaded = mpr.clone().ok();
                work(mpr);
            };
            if let Err(payload) = catch_unwind(AssertUnwindSafe(piece)) {
                discard(payload);
            }
        }
    }
}

/// Drops a value of the DLL's own, which may panic.
fn discard<T>(value: T) {
    let _ = mprapi::callout::run(|| drop(value));
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("dll_path", &self.0.path)
            .field("start_number", &self.0.start)
            .finish_non_exhaustive()
    }
}

/// Why work was not taken by [`Context::later`]. It was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LaterError {
    /// Too much work waits.
    Full,
    /// The service has stopped.
    Stopped,
    /// The system gave no thread.
    NoThread,
}

impl fmt::Display for LaterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LaterError::Full => "too much work waits already",
            LaterError::Stopped => "the service has stopped",
            LaterError::NoThread => "the system gave no thread for the work",
        })
    }
}

impl std::error::Error for LaterError {}
