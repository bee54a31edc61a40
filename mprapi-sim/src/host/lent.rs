//! Records that are lent for one call.

/// A record in memory of its own. When the call has returned, the memory is filled with `0xDD`, so that a DLL that kept
/// the pointer reads what it cannot take for a name.
pub(super) struct Lent<T: Copy>(Box<T>);

impl<T: Copy> Lent<T> {
    pub(super) fn new(record: T) -> Lent<T> {
        Lent(Box::new(record))
    }

    pub(super) fn pointer(&mut self) -> *mut T {
        &raw mut *self.0
    }
}

impl<T: Copy> Drop for Lent<T> {
    fn drop(&mut self) {
        // SAFETY: the box owns the memory, which nothing reads as a `T` any more: a record of C has no destructor.
        unsafe { self.pointer().write_bytes(0xDD, 1) };
    }
}
