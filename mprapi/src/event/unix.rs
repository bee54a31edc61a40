//! Events on Unix: a file descriptor. The library signals it by writing 8 bytes.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::fd::{AsFd as _, AsRawFd as _, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::ptr;
use std::time::{Duration, Instant};

use mprapi_sys::HANDLE;

pub(super) const CREATE: &str = "socketpair";
pub(super) const WAIT: &str = "recv";

/// Two ends of a pipe: one for who signals, one for who waits.
pub(super) struct Event {
    signals: UnixStream,
    waits: UnixStream,
}

impl Event {
    #[inline]
    pub(super) fn new() -> io::Result<Event> {
        let (mut signals, waits) = UnixStream::pair()?;
        if signals.as_raw_fd() == 0 {
            // In a process without standard input. As a handle, 0 is none.
            signals = signals.try_clone()?;
        }
        // Who signals must not be held up by a pipe that nobody empties: then it is signalled anyway.
        signals.set_nonblocking(true)?;
        Ok(Event { signals, waits })
    }

    /// The descriptor, as the API takes an event here.
    #[inline]
    pub(super) fn handle(&self) -> HANDLE {
        ptr::without_provenance_mut(self.signals.as_raw_fd() as usize)
    }

    /// The end that is readable while a signal has not been taken.
    #[inline]
    pub(crate) fn as_fd(&self) -> BorrowedFd<'_> {
        self.waits.as_fd()
    }

    #[inline]
    pub(super) fn signal(&self) {
        // The one way to fail is a full pipe, which wakes the waiting thread as well.
        let _ = (&self.signals).write(&1u64.to_ne_bytes());
    }

    /// Waits for a signal, and takes all there are at once. False when `timeout` is over. For one thread at a time.
    #[inline]
    pub(super) fn wait(&self, timeout: Option<Duration>) -> io::Result<bool> {
        let end = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let mut signals = [0; 4096];
        if timeout == Some(Duration::ZERO) {
            // The shortest time to wait is some ticks of the system's clock: several milliseconds.
            self.waits.set_nonblocking(true)?;
            let read = (&self.waits).read(&mut signals);
            self.waits.set_nonblocking(false)?;
            return match read {
                Ok(_) => Ok(true),
                Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(false),
                Err(error) => Err(error),
            };
        }
        loop {
            // Zero would mean for ever.
            let left =
                end.map(|end| end.saturating_duration_since(Instant::now()).max(Duration::from_micros(1)));
            self.waits.set_read_timeout(left)?;
            match (&self.waits).read(&mut signals) {
                Ok(_) => return Ok(true),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    if end.is_some_and(|end| end <= Instant::now()) {
                        return Ok(false);
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }
}
