//! Events, as the system has them.

#[cfg(windows)]
use std::ptr::null_mut;

use mprapi_sys as sys;

/// An event, as the system has it.
pub(crate) struct Event {
    #[cfg(unix)]
    ends: (std::io::PipeReader, std::io::PipeWriter),
    #[cfg(windows)]
    handle: std::os::windows::io::OwnedHandle,
}

impl Event {
    #[cfg(unix)]
    pub(crate) fn new() -> Event {
        Event { ends: std::io::pipe().expect("a pipe") }
    }

    #[cfg(unix)]
    pub(crate) fn raw(&self) -> sys::HANDLE {
        use std::os::fd::AsRawFd;
        std::ptr::without_provenance_mut(self.ends.1.as_raw_fd() as usize)
    }

    /// Returns `true` if the event was signalled since the last call. If not, waits a moment for it.
    #[cfg(unix)]
    pub(crate) fn is_signalled(&self) -> bool {
        use std::io::Read;
        use std::os::fd::AsRawFd;
        #[repr(C)]
        struct Poll {
            descriptor: i32,
            events: i16,
            happened: i16,
        }
        unsafe extern "C" {
            fn poll(list: *mut Poll, count: std::ffi::c_ulong, milliseconds: i32) -> i32;
        }
        let mut list = Poll { descriptor: self.ends.0.as_raw_fd(), events: 1, happened: 0 };
        // SAFETY: one entry, and the descriptor is open.
        if unsafe { poll(&raw mut list, 1, 50) } != 1 {
            return false;
        }
        let mut number = [0; 8];
        (&self.ends.0).read_exact(&mut number).expect("eight bytes");
        u64::from_ne_bytes(number) == 1
    }

    #[cfg(windows)]
    pub(crate) fn new() -> Event {
        use std::os::windows::io::FromRawHandle;
        unsafe extern "system" {
            fn CreateEventW(security: sys::HANDLE, manual: i32, set: i32, name: *const u16) -> sys::HANDLE;
        }
        // SAFETY: no security, no name.
        let handle = unsafe { CreateEventW(null_mut(), 0, 0, null_mut()) };
        assert!(!handle.is_null());
        // SAFETY: a new handle that no one else has.
        Event { handle: unsafe { std::os::windows::io::OwnedHandle::from_raw_handle(handle) } }
    }

    #[cfg(windows)]
    pub(crate) fn raw(&self) -> sys::HANDLE {
        use std::os::windows::io::AsRawHandle;
        self.handle.as_raw_handle()
    }

    #[cfg(windows)]
    pub(crate) fn is_signalled(&self) -> bool {
        unsafe extern "system" {
            fn WaitForSingleObject(handle: sys::HANDLE, milliseconds: u32) -> u32;
        }
        // SAFETY: the handle is open.
        unsafe { WaitForSingleObject(self.raw(), 50) == 0 }
    }
}
