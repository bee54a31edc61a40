//! Events: what the library signals when something has happened.
//!
//! On Windows an event is a Win32 one. Elsewhere the `HANDLE` is the number of a file descriptor to which the library
//! writes eight bytes, the way `eventfd` counts.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use mprapi_sys as sys;

use crate::Result;

pub(crate) use system::Event;

#[cfg(windows)]
mod system {
    use std::io;
    use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
    use std::ptr;
    use std::time::Duration;

    use mprapi_sys as sys;

    use crate::{Error, Result};

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn CreateEventW(
            attributes: *const core::ffi::c_void,
            manual_reset: sys::BOOL,
            initial_state: sys::BOOL,
            name: *const u16,
        ) -> sys::HANDLE;
        fn WaitForSingleObject(handle: sys::HANDLE, milliseconds: u32) -> u32;
    }

    const WAIT_OBJECT_0: u32 = 0;
    const WAIT_TIMEOUT: u32 = 258;
    const INFINITE: u32 = u32::MAX;

    /// An event that goes back to not signalled when a wait has seen it.
    #[derive(Debug)]
    pub(crate) struct Event(OwnedHandle);

    impl Event {
        pub(crate) fn new() -> Result<Event> {
            // SAFETY: no attributes and no name are what null says; nothing is written.
            let handle = unsafe { CreateEventW(ptr::null(), 0, 0, ptr::null()) };
            if handle.is_null() {
                return Err(last_error("CreateEventW"));
            }
            // SAFETY: the handle is new, and nobody else has it to close it.
            Ok(Event(unsafe { OwnedHandle::from_raw_handle(handle) }))
        }

        pub(crate) fn as_handle(&self) -> sys::HANDLE {
            self.0.as_raw_handle()
        }

        /// Waits for the signal (`None`: for as long as it takes); `false` says that the time ran out.
        pub(crate) fn wait(&self, timeout: Option<Duration>) -> Result<bool> {
            let milliseconds = timeout.map_or(INFINITE, |timeout| {
                u32::try_from(timeout.as_nanos().div_ceil(1_000_000)).unwrap_or(INFINITE).min(INFINITE - 1)
            });
            // SAFETY: the event is open while `self` lives.
            match unsafe { WaitForSingleObject(self.as_handle(), milliseconds) } {
                WAIT_OBJECT_0 => Ok(true),
                WAIT_TIMEOUT => Ok(false),
                _ => Err(last_error("WaitForSingleObject")),
            }
        }
    }

    fn last_error(function: &'static str) -> Error {
        Error::code_of(
            function,
            io::Error::last_os_error().raw_os_error().unwrap_or_default().cast_unsigned(),
        )
    }
}

#[cfg(not(windows))]
mod system {
    use std::io::{ErrorKind, Read};
    use std::os::fd::AsRawFd;
    use std::os::unix::net::UnixStream;
    use std::ptr;
    use std::time::{Duration, Instant};

    use mprapi_sys as sys;

    use crate::{Error, Result};

    /// An event that goes back to not signalled when a wait has seen it.
    #[derive(Debug)]
    pub(crate) struct Event {
        ours: UnixStream,
        theirs: UnixStream,
    }

    /// `CreateEventW` fails for want of resources only, and so does making a pair of sockets.
    fn no_resources(_: std::io::Error) -> Error {
        Error::code_of("CreateEventW", sys::ERROR_NOT_ENOUGH_MEMORY)
    }

    impl Event {
        pub(crate) fn new() -> Result<Event> {
            let (ours, mut theirs) = UnixStream::pair().map_err(no_resources)?;
            if theirs.as_raw_fd() == 0 {
                // As a handle, 0 would be none.
                theirs = theirs.try_clone().map_err(no_resources)?;
            }
            // A library that signals and signals must not come to wait for a reader: it is signalled already.
            theirs.set_nonblocking(true).map_err(no_resources)?;
            Ok(Event { ours, theirs })
        }

        pub(crate) fn as_handle(&self) -> sys::HANDLE {
            ptr::without_provenance_mut(self.theirs.as_raw_fd().cast_unsigned() as usize)
        }

        /// Waits for the signal (`None`: for as long as it takes); `false` says that the time ran out.
        ///
        /// One thread may wait at a time: two would share one time-out.
        pub(crate) fn wait(&self, timeout: Option<Duration>) -> Result<bool> {
            const FUNCTION: &str = "WaitForSingleObject";
            // A time beyond what clocks hold is no end.
            let end = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
            // Room for many signals: however often it was signalled, it is signalled.
            let mut signals = [0; 512];
            loop {
                // Zero would mean without end.
                let left = end
                    .map(|end| end.saturating_duration_since(Instant::now()).max(Duration::from_micros(1)));
                self.ours
                    .set_read_timeout(left)
                    .map_err(|_| Error::code_of(FUNCTION, sys::ERROR_INVALID_HANDLE))?;
                match (&self.ours).read(&mut signals) {
                    Ok(1..) => return Ok(true),
                    Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                        return Ok(false);
                    }
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    // The other end is ours too, and open.
                    Ok(0) | Err(_) => return Err(Error::code_of(FUNCTION, sys::ERROR_INVALID_HANDLE)),
                }
            }
        }
    }
}

/// What the library signals once, at the end of what it was asked to do.
#[derive(Debug)]
pub(crate) struct Completion {
    /// Gone once it was signalled.
    event: Option<Event>,
}

impl Completion {
    /// Has `begin` ask the library, with the event to be signalled. It says whether the work goes on.
    pub(crate) fn of(begin: impl FnOnce(sys::HANDLE) -> Result<bool>) -> Result<Completion> {
        let event = Event::new()?;
        let goes_on = begin(event.as_handle())?;
        Ok(Completion { event: goes_on.then_some(event) })
    }

    /// Waits for the end (`None`: for as long as it takes); `false` says that the time ran out.
    pub(crate) fn wait(&mut self, timeout: Option<Duration>) -> Result<bool> {
        if let Some(event) = &self.event {
            if !event.wait(timeout)? {
                return Ok(false);
            }
            self.event = None;
        }
        Ok(true)
    }
}

impl Drop for Completion {
    /// The library may still signal the event, and must not find another thing under its handle. So the event is
    /// kept until that has happened, which is looked for whenever one is added.
    fn drop(&mut self) {
        static KEPT: Mutex<Vec<Event>> = Mutex::new(Vec::new());
        if let Some(event) = self.event.take() {
            let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push(event);
            kept.retain(|event| !event.wait(Some(Duration::ZERO)).unwrap_or(false));
        }
    }
}

#[cfg(all(test, not(windows)))]
mod tests {
    use std::io::Write;
    use std::mem::ManuallyDrop;
    use std::os::fd::FromRawFd;
    use std::os::unix::net::UnixStream;
    use std::time::Instant;

    use super::*;

    /// What the library does with the handle.
    fn signal(handle: sys::HANDLE) {
        let descriptor = i32::try_from(handle.addr()).unwrap();
        // SAFETY: the event is open, and the descriptor is not closed here.
        let stream = ManuallyDrop::new(unsafe { UnixStream::from_raw_fd(descriptor) });
        assert_eq!((&*stream).write(&1_u64.to_ne_bytes()).unwrap(), 8);
    }

    #[test]
    fn an_event_is_seen_once_and_then_waited_for_again() {
        let event = Event::new().unwrap();
        assert!(!event.wait(Some(Duration::ZERO)).unwrap());
        signal(event.as_handle());
        signal(event.as_handle());
        assert!(event.wait(None).unwrap());
        let start = Instant::now();
        assert!(!event.wait(Some(Duration::from_millis(20))).unwrap());
        assert!(start.elapsed() >= Duration::from_millis(20));
    }

    #[test]
    fn a_signal_of_another_thread_ends_the_wait() {
        let event = Event::new().unwrap();
        std::thread::scope(|scope| {
            let handle = event.as_handle().addr();
            scope.spawn(move || signal(std::ptr::without_provenance_mut(handle)));
            assert!(event.wait(Some(Duration::from_secs(60))).unwrap());
        });
    }

    #[test]
    fn what_is_over_at_once_needs_no_signal() {
        let mut completion = Completion::of(|_| Ok(false)).unwrap();
        assert!(completion.wait(Some(Duration::ZERO)).unwrap());
    }

    #[test]
    fn the_event_of_an_abandoned_wait_stays_open_until_it_was_signalled() {
        let mut given = std::ptr::null_mut();
        drop(Completion::of(|handle| {
            given = handle;
            Ok(true)
        }));
        let another = Event::new().unwrap();
        assert_ne!(another.as_handle(), given, "its descriptor was given to something else");
        signal(given);
    }
}
