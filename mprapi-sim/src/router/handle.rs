//! Handles: numbers that look like pointers and are never given out twice.

use std::sync::atomic::{AtomicU32, Ordering};

use mprapi_sys as sys;

/// One number of the process-wide sequence. A later handle is a greater one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Handle(u32);

/// Where the values begin: far from anything a real allocation of a small test program has.
const BASE: usize = if usize::BITS == 64 { 0x1D5_0000_0000_u64 as usize } else { 0x5000_0000 };
const STEP: usize = 16;

static LAST: AtomicU32 = AtomicU32::new(0);

impl Handle {
    /// A handle no one had before.
    pub(crate) fn next() -> Handle {
        let last = LAST.fetch_add(1, Ordering::Relaxed);
        Handle(last.checked_add(1).expect("four thousand million handles are used up"))
    }

    /// The value as C sees it.
    pub(crate) fn raw(self) -> sys::HANDLE {
        std::ptr::without_provenance_mut(BASE + STEP * self.0 as usize)
    }

    /// The handle behind a value, if it ever was one.
    pub(crate) fn from_raw(raw: sys::HANDLE) -> Option<Handle> {
        let offset = raw.addr().checked_sub(BASE)?;
        let number = u32::try_from(offset / STEP).ok()?;
        let given = offset % STEP == 0 && number > 0 && number <= LAST.load(Ordering::Relaxed);
        given.then_some(Handle(number))
    }

    /// The number, which doubles as a position in enumerations; never 0.
    pub(crate) fn number(self) -> u32 {
        self.0
    }
}
