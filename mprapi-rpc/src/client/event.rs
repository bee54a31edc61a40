//! Events that a caller waits for.
//!
//! On Windows an event is a Win32 event object, and it is set. Elsewhere the handle's value is a file descriptor, of an
//! `eventfd` or of the writing end of a pipe or socket, and eight bytes are written to it: the number 1. It is duplicated,
//! so the caller may close its own at any time. A pipe that blocks and is full holds up who signals, until somebody reads; an
//! `eventfd`, and an end that does not block, do not.

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

    /// Signals the event.
    pub(super) fn signal(&self) {
        system::signal(&self.0);
    }
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io::Write as _;
    use std::os::fd::BorrowedFd;

    pub(super) type Owned = File;

    pub(super) fn duplicate(raw: mprapi_sys::HANDLE) -> Option<File> {
        let descriptor = i32::try_from(raw.addr()).ok().filter(|number| *number > 0)?;
        // SAFETY: the caller of the API lends the descriptor for this call; the duplication fails for one that is not open.
        let lent = unsafe { BorrowedFd::borrow_raw(descriptor) };
        lent.try_clone_to_owned().ok().map(File::from)
    }

    pub(super) fn signal(mut event: &File) {
        // If nobody reads, nobody waits.
        let _ = event.write_all(&1_u64.to_ne_bytes());
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
}
