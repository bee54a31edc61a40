//! A Win32 event. It stays signalled until [`Event::wait`] has seen it, even if someone waited for its handle before.

use std::io;
use std::os::windows::io::{
    AsHandle as _, AsRawHandle as _, BorrowedHandle, FromRawHandle as _, OwnedHandle,
};
use std::ptr;
use std::time::{Duration, Instant};

use mprapi_sys::HANDLE;

pub(super) const CREATE: &str = "CreateEventW";
pub(super) const WAIT: &str = "WaitForSingleObject";

// kernel32, which the standard library links.
unsafe extern "system" {
    fn CreateEventW(attributes: *const u8, manual_reset: i32, initial_state: i32, name: *const u16)
    -> HANDLE;
    fn ResetEvent(event: HANDLE) -> i32;
    fn SetEvent(event: HANDLE) -> i32;
    fn WaitForSingleObject(object: HANDLE, milliseconds: u32) -> u32;
}

const WAIT_OBJECT_0: u32 = 0;
const WAIT_TIMEOUT: u32 = 258;
const INFINITE: u32 = u32::MAX;

pub(super) struct Event(OwnedHandle);

impl Event {
    #[inline]
    pub(super) fn new() -> io::Result<Event> {
        // SAFETY: no attributes and no name are given; it is reset by `wait` alone, and begins unsignalled.
        let event = unsafe { CreateEventW(ptr::null(), 1, 0, ptr::null()) };
        if event.is_null() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the handle is a new one, and nobody else's.
        Ok(Event(unsafe { OwnedHandle::from_raw_handle(event) }))
    }

    #[inline]
    pub(super) fn handle(&self) -> HANDLE {
        self.0.as_raw_handle()
    }

    #[inline]
    pub(crate) fn as_handle(&self) -> BorrowedHandle<'_> {
        self.0.as_handle()
    }

    #[inline]
    pub(super) fn signal(&self) {
        // SAFETY: the event is open while `self` lives. It cannot fail then.
        unsafe { SetEvent(self.handle()) };
    }

    /// Waits for a signal, and takes all there are at once. False when `timeout` is over.
    #[inline]
    pub(super) fn wait(&self, timeout: Option<Duration>) -> io::Result<bool> {
        let end = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            let milliseconds = match end {
                None => INFINITE,
                Some(end) => {
                    // Rounded up, lest the last millisecond be spent in this loop.
                    let left = end.saturating_duration_since(Instant::now()) + Duration::from_micros(999);
                    u32::try_from(left.as_millis()).unwrap_or(INFINITE).min(INFINITE - 1)
                }
            };
            // SAFETY: the event is open while `self` lives.
            match unsafe { WaitForSingleObject(self.handle(), milliseconds) } {
                WAIT_OBJECT_0 => {
                    // SAFETY: as above. It cannot fail then.
                    unsafe { ResetEvent(self.handle()) };
                    return Ok(true);
                }
                WAIT_TIMEOUT if end.is_none_or(|end| end > Instant::now()) => {}
                WAIT_TIMEOUT => return Ok(false),
                _ => return Err(io::Error::last_os_error()),
            }
        }
    }
}
