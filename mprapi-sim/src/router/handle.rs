//! Handles: numbers that are never given out twice.

use std::sync::atomic::{AtomicU32, Ordering};

/// One number of the process-wide sequence. A later handle is a greater one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Handle(u32);

static LAST: AtomicU32 = AtomicU32::new(0);

impl Handle {
    /// The handle that nothing has.
    pub(crate) const NONE: Handle = Handle(0);

    /// Returns a handle that no one had before.
    pub(crate) fn next() -> Handle {
        let last = LAST.fetch_add(1, Ordering::Relaxed);
        Handle(last.checked_add(1).expect("four thousand million handles are used up"))
    }

    /// Returns the handle of this number, if it was given out.
    pub(crate) fn of_number(number: u32) -> Option<Handle> {
        (number > 0 && number <= LAST.load(Ordering::Relaxed)).then_some(Handle(number))
    }

    /// Returns the number, which doubles as a position in enumerations; never 0 for one that was given out.
    pub(crate) fn number(self) -> u32 {
        self.0
    }
}
