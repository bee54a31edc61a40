//! Handles: the bindings that are open.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use mprapi_sys::{HANDLE, RPC_S_INVALID_BINDING};

use super::wire::{Purpose, Transport};
use crate::record::{Layout, Record};

/// An open binding: a way to a server, and the layout of records that the server has shown.
pub(super) struct Binding {
    pub(super) transport: Arc<dyn Transport>,
    purpose: Purpose,
    /// The size of pointers in the server's layout of records. 0 before a record has shown it.
    pointer: AtomicUsize,
}

impl Binding {
    pub(super) fn new(transport: Arc<dyn Transport>, purpose: Purpose) -> Binding {
        let pointer = transport.layout().map_or(0, |layout| layout.pointer);
        Binding { transport, purpose, pointer: AtomicUsize::new(pointer) }
    }

    /// Notes the layout of records that were read.
    pub(super) fn note<R: Record>(&self, layout: Layout) {
        // Only such a record tells the size of pointers.
        if R::HAS_TAIL {
            self.pointer.store(layout.pointer, Ordering::Relaxed);
        }
    }

    /// Returns the layout in which a record may be written to the server, if it is known.
    pub(super) fn layout_for<R: Record>(&self) -> Option<Layout> {
        let pointer = self.pointer.load(Ordering::Relaxed);
        let mut shapes = R::SHAPES.iter();
        let shape = match R::SHAPES.len() {
            // Every version has this one.
            1 => shapes.next(),
            _ => shapes.find(|shape| shape.layout.pointer == pointer),
        };
        shape.map(|shape| shape.layout)
    }
}

/// The bindings that are open, by their handles.
static OPEN: LazyLock<Mutex<HashMap<usize, Arc<Binding>>>> = LazyLock::new(Mutex::default);

/// The distance of two handles: as far as that of two blocks of memory.
const STEP: usize = 16;

static NEXT: AtomicUsize = AtomicUsize::new(STEP);

fn open_bindings() -> MutexGuard<'static, HashMap<usize, Arc<Binding>>> {
    // Nothing is half done in it.
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens a handle.
pub(super) fn open(binding: Binding) -> HANDLE {
    let value = NEXT.fetch_add(STEP, Ordering::Relaxed);
    open_bindings().insert(value, Arc::new(binding));
    std::ptr::without_provenance_mut(value)
}

/// Returns the binding of an open handle of a purpose.
///
/// # Errors
/// `RPC_S_INVALID_BINDING` if it is not open.
pub(super) fn find(handle: HANDLE, purpose: Purpose) -> Result<Arc<Binding>, u32> {
    let found = open_bindings().get(&handle.addr()).cloned();
    found.filter(|binding| binding.purpose == purpose).ok_or(RPC_S_INVALID_BINDING)
}

/// Closes a handle of a purpose. A handle that is not open stays so.
pub(super) fn close(handle: HANDLE, purpose: Purpose) {
    let mut open = open_bindings();
    let binding = match open.get(&handle.addr()) {
        Some(binding) if binding.purpose == purpose => open.remove(&handle.addr()),
        _ => None,
    };
    drop(open);
    // Its transport may take its time to close.
    drop(binding);
}
