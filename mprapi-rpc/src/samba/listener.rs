//! The socket that smbd connects to.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::connection::{Connection, Settings};
use crate::association::Interface;

/// A server of the pipe: a socket with the pipe's name in the folder `np` of smbd's `ncalrpc dir`.
pub struct Listener {
    socket: UnixListener,
    path: PathBuf,
}

impl Listener {
    /// Makes the socket. A socket that nothing listens on any more is replaced.
    ///
    /// # Errors
    /// If the folder is open to other users or belongs to one (any program that reaches the socket can claim to be anybody),
    /// another program listens there, or the system refuses the socket.
    pub fn bind(path: &Path) -> io::Result<Listener> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mode = fs::metadata(folder)?.permissions().mode();
        if mode & 0o077 != 0 {
            let text = format!(
                "{} is open to other users, who could claim to be administrators; give it the mode 0700",
                folder.display()
            );
            return Err(io::Error::new(ErrorKind::PermissionDenied, text));
        }
        if fs::symlink_metadata(path).is_ok_and(|file| file.file_type().is_socket()) {
            if UnixStream::connect(path).is_ok() {
                let text = format!("another program listens on {}", path.display());
                return Err(io::Error::new(ErrorKind::AddrInUse, text));
            }
            fs::remove_file(path)?;
        }
        let listener = Listener { socket: UnixListener::bind(path)?, path: path.to_owned() };
        // The socket's owner is this process's user.
        let (own, owner) = (fs::symlink_metadata(path)?.uid(), fs::metadata(folder)?.uid());
        if owner != own && owner != ROOT {
            let text = format!(
                "{} belongs to another user, who could claim to be an administrator",
                folder.display()
            );
            return Err(io::Error::new(ErrorKind::PermissionDenied, text));
        }
        Ok(listener)
    }

    /// Serves each client in a thread of its own, without end. Calls `report` with a line for each pipe that opens, is
    /// refused or ends.
    ///
    /// # Errors
    /// If the system refuses further connections for good.
    pub fn run(
        &self,
        interface: &Arc<dyn Interface>,
        settings: &Settings,
        report: impl Fn(String) + Sync,
    ) -> io::Result<()> {
        let (open, report) = (AtomicUsize::new(0), &report);
        thread::scope(|scope| {
            loop {
                let stream = match self.socket.accept() {
                    Ok((stream, _)) => stream,
                    Err(error) if is_passing(&error) => {
                        report(format!("cannot accept a connection now: {error}"));
                        thread::sleep(Duration::from_millis(100));
                        continue;
                    }
                    Err(error) => return Err(error),
                };
                let place = Place::take(&open);
                if place.number > settings.connections {
                    report(format!("refused a pipe: {} are open", settings.connections));
                    continue;
                }
                let serving = move || {
                    let _place = place;
                    report(serve(stream, interface.clone(), settings, report));
                };
                if let Err(error) = thread::Builder::new().spawn_scoped(scope, serving) {
                    report(format!("refused a pipe: no thread for it: {error}"));
                }
            }
        })
    }
}

/// The user who can enter every folder.
const ROOT: u32 = 0;

/// Serves one client. Returns the line about its end.
fn serve(
    stream: UnixStream,
    interface: Arc<dyn Interface>,
    settings: &Settings,
    report: &impl Fn(String),
) -> String {
    let mut connection = match Connection::open(stream, interface, settings) {
        Ok(connection) => connection,
        Err(error) => return error.to_string(),
    };
    let caller = connection.caller();
    // A name is somebody else's choice: it must not break a line in two.
    let account = caller.account.as_deref().unwrap_or("an unknown account").escape_debug().to_string();
    let rank = if caller.is_administrator() { "an administrator" } else { "not an administrator" };
    report(format!("{account} at {}, {rank}, opened the pipe", caller.address.escape_debug()));
    match connection.serve() {
        Ok(()) => format!("{account} closed the pipe"),
        Err(error) => format!("{account}: {error}"),
    }
}

/// Returns `true` if a later connection may succeed.
fn is_passing(error: &io::Error) -> bool {
    // Linux: too many open files (of the process, of the system), and no memory.
    matches!(error.raw_os_error(), Some(12 | 23 | 24))
        || matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionAborted)
}

/// One of the pipes that are open. It is counted until it goes.
struct Place<'a> {
    open: &'a AtomicUsize,
    number: usize,
}

impl<'a> Place<'a> {
    fn take(open: &'a AtomicUsize) -> Place<'a> {
        Place { open, number: open.fetch_add(1, Ordering::Relaxed) + 1 }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // The next server replaces it if this fails.
        let _ = fs::remove_file(&self.path);
    }
}
