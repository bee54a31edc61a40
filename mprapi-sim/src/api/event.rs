//! Events that a program waits for.
//!
//! On Windows an event is a Win32 event object, and it is set. Elsewhere the handle's value is a file descriptor, of an
//! `eventfd` or of the writing end of a pipe, and eight bytes are written to it: the number 1. The descriptor is
//! duplicated when it is given, so the caller may close its own at any time. A pipe that no one reads blocks the
//! router once it is full; an `eventfd` does not.

use mprapi_sys as sys;

use crate::error_code::{Code, ERROR_INVALID_PARAMETER};
use crate::router::event::{Event, Signal};

/// Duplicates a caller's event.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER` for null and for a value that is no handle.
pub(crate) fn duplicate(raw: sys::HANDLE) -> Result<Event, Code> {
    if raw.is_null() {
        return Err(ERROR_INVALID_PARAMETER);
    }
    Ok(Box::new(own::Event::duplicate(raw).ok_or(ERROR_INVALID_PARAMETER)?))
}

/// Duplicates the event of a parameter that may be null.
pub(crate) fn duplicate_optional(raw: sys::HANDLE) -> Result<Option<Event>, Code> {
    if raw.is_null() { Ok(None) } else { duplicate(raw).map(Some) }
}

impl Signal for own::Event {
    fn signal(&self) {
        self.set();
    }
}

#[cfg(unix)]
mod own {
    use std::fs::File;
    use std::io::Write;
    use std::os::fd::BorrowedFd;

    pub(super) struct Event(File);

    impl Event {
        pub(super) fn duplicate(raw: mprapi_sys::HANDLE) -> Option<Event> {
            let descriptor = i32::try_from(raw.addr()).ok().filter(|number| *number > 0)?;
            // SAFETY: the caller of the API lends the descriptor for this call; one that is not open is found out by
            // the duplication.
            let lent = unsafe { BorrowedFd::borrow_raw(descriptor) };
            Some(Event(File::from(lent.try_clone_to_owned().ok()?)))
        }

        pub(super) fn set(&self) {
            // If the reader is gone, nobody waits.
            let _ = (&self.0).write_all(&1u64.to_ne_bytes());
        }
    }
}

#[cfg(windows)]
mod own {
    use std::os::windows::io::{AsRawHandle, BorrowedHandle, OwnedHandle};

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn SetEvent(hEvent: mprapi_sys::HANDLE) -> i32;
    }

    pub(super) struct Event(OwnedHandle);

    impl Event {
        pub(super) fn duplicate(raw: mprapi_sys::HANDLE) -> Option<Event> {
            // The pseudo handle of the process can be duplicated, and is no event.
            if raw == mprapi_sys::INVALID_HANDLE_VALUE {
                return None;
            }
            // SAFETY: the caller of the API lends the handle for this call; one that is not open is found out by the
            // duplication.
            let lent = unsafe { BorrowedHandle::borrow_raw(raw) };
            Some(Event(lent.try_clone_to_owned().ok()?))
        }

        pub(super) fn set(&self) {
            // SAFETY: the handle is this event's own and open.
            unsafe { SetEvent(self.0.as_raw_handle()) };
        }
    }
}
