//! The system's allocator, with a count.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts allocations and the bytes in use.
#[derive(Debug)]
pub struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

impl Counting {
    /// How often memory was asked for.
    pub fn allocations() -> usize {
        ALLOCATIONS.load(Ordering::Relaxed)
    }

    /// Notes that some bytes are in use, or no more, that another allocator has given.
    pub fn also(bytes: isize) {
        let now = IN_USE.fetch_add(bytes as usize, Ordering::Relaxed).wrapping_add(bytes as usize);
        PEAK.fetch_max(now, Ordering::Relaxed);
    }

    /// The most bytes in use while something runs, beyond those in use before.
    pub fn peak(run: impl FnOnce()) -> usize {
        let before = IN_USE.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        run();
        PEAK.load(Ordering::Relaxed) - before
    }
}

// SAFETY: everything is the system's allocator's, and the counters allocate nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        Counting::also(layout.size() as isize);
        // SAFETY: passed on to the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        Counting::also(-(layout.size() as isize));
        // SAFETY: passed on to the caller.
        unsafe { System.dealloc(pointer, layout) }
    }
}
