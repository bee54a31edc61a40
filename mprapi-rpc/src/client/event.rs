//! Events that a caller waits for.
//!
//! On Windows an event is a Win32 event object, and it is set. Elsewhere the handle's value is a file descriptor, of an
//! `eventfd` or of the writing end of a pipe or socket, and eight bytes are written to it: the number 1. It is duplicated,
//! so the caller may close its own at any time. A pipe that is full has signals enough, and is not waited for.

use mprapi_sys::{ERROR_INVALID_PARAMETER, HANDLE, INVALID_HANDLE_VALUE};

/// An event of a caller, duplicated.
pub(super) struct Event(system::Owned);

impl Event {
    /// Duplicates a caller's event.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` for null and for a value that is no handle.
    pub(super) fn duplicate(raw: HANDLE) -> Result<Event, u32> {
        if raw.is_null() || raw == INVALID_HANDLE_VALUE {
            return Err(ERROR_INVALID_PARAMETER);
        }
        system::duplicate(raw).map(Event).ok_or(ERROR_INVALID_PARAMETER)
    }

    /// Signals the event. A pipe or socket that is full has signals enough, and is not waited for.
    pub(super) fn signal(&self) {
        system::signal(&self.0);
    }
}

/// Prepares a thread that will signal events: one of this crate's own.
pub(super) fn prepare_thread() {
    system::prepare_thread();
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io::Write as _;
    use std::mem::MaybeUninit;
    use std::os::fd::{AsRawFd as _, BorrowedFd};

    pub(super) type Owned = File;

    pub(super) fn duplicate(raw: mprapi_sys::HANDLE) -> Option<File> {
        let descriptor = i32::try_from(raw.addr()).ok().filter(|number| *number > 0)?;
        // SAFETY: the caller of the API lends the descriptor for this call; the duplication fails for one that is not open.
        let lent = unsafe { BorrowedFd::borrow_raw(descriptor) };
        lent.try_clone_to_owned().ok().map(File::from)
    }

    pub(super) fn signal(mut event: &File) {
        let mut asked = libc::pollfd { fd: event.as_raw_fd(), events: libc::POLLOUT, revents: 0 };
        // SAFETY: there is one descriptor, which is open, and the question takes no time.
        let answered = unsafe { libc::poll(&mut asked, 1, 0) };
        if answered == 1 && asked.revents & libc::POLLOUT != 0 {
            // If nobody reads, nobody waits.
            let _ = event.write_all(&1_u64.to_ne_bytes());
        }
    }

    /// Has a write to a pipe that nobody reads fail, where a signal would end a program in C.
    pub(super) fn prepare_thread() {
        let mut set = MaybeUninit::<libc::sigset_t>::uninit();
        // SAFETY: the place is a set's, and becomes the empty one.
        unsafe { libc::sigemptyset(set.as_mut_ptr()) };
        // SAFETY: the set was made above.
        unsafe { libc::sigaddset(set.as_mut_ptr(), libc::SIGPIPE) };
        // SAFETY: as above; null stands for the old mask, which is not wanted.
        unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, set.as_ptr(), std::ptr::null_mut()) };
    }
}

#[cfg(windows)]
mod system {
    use std::os::windows::io::{AsRawHandle as _, BorrowedHandle, OwnedHandle};

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn SetEvent(hEvent: mprapi_sys::HANDLE) -> i32;
    }

    pub(super) type Owned = OwnedHandle;

    pub(super) fn duplicate(raw: mprapi_sys::HANDLE) -> Option<OwnedHandle> {
        // SAFETY: the caller of the API lends the handle for this call; the duplication fails for one that is not open.
        let lent = unsafe { BorrowedHandle::borrow_raw(raw) };
        lent.try_clone_to_owned().ok()
    }

    pub(super) fn signal(event: &OwnedHandle) {
        // SAFETY: the handle is this event's own and open.
        unsafe { SetEvent(event.as_raw_handle()) };
    }

    pub(super) fn prepare_thread() {}
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read as _;
    use std::os::fd::AsRawFd as _;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_pipe_that_nobody_empties_keeps_no_thread() {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let handle = std::ptr::without_provenance_mut(writer.as_raw_fd() as usize);
        let event = Event::duplicate(handle).unwrap();
        let (done, is_done) = channel();
        std::thread::spawn(move || {
            for _ in 0..200_000 {
                event.signal();
            }
            done.send(()).unwrap();
        });
        is_done.recv_timeout(Duration::from_secs(20)).expect("a signal waits for a reader");
        // A program that reads at last still finds a signal.
        let mut number = [0; 8];
        reader.read_exact(&mut number).unwrap();
        assert_eq!(u64::from_ne_bytes(number), 1);
    }
}
