//! Handles: the bindings that are open.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use mprapi_sys::{HANDLE, RPC_S_INVALID_BINDING};

use super::registration::Registrations;
use super::wire::{Purpose, Transport};
use crate::record::{Layout, Record};

/// An open binding: a way to a server, and the layout of records that the server has shown.
pub(super) struct Binding {
    pub(super) transport: Arc<dyn Transport>,
    purpose: Purpose,
    pub(super) registrations: Registrations,
    seen: Mutex<Option<Seen>>,
}

/// The layout of records that the server has shown.
#[derive(Clone, Copy)]
struct Seen {
    /// The size of pointers.
    pointer: usize,
    /// The session in which it was read; `None` if the transport knows it without.
    session: Option<u64>,
}

impl Binding {
    pub(super) fn new(transport: Arc<dyn Transport>, purpose: Purpose) -> Binding {
        let known = transport.layout().map(|layout| Seen { pointer: layout.pointer, session: None });
        Binding { transport, purpose, seen: Mutex::new(known), registrations: Registrations::default() }
    }

    fn seen(&self) -> MutexGuard<'_, Option<Seen>> {
        // Nothing is half done in it.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the layout of records that were read in a session.
    pub(super) fn note<R: Record>(&self, layout: Layout, session: u64) {
        // Only such a record tells the size of pointers.
        if R::HAS_TAIL {
            *self.seen() = Some(Seen { pointer: layout.pointer, session: Some(session) });
        }
    }

    /// Forgets the layout that a session has shown, which is over.
    pub(super) fn forget(&self, session: u64) {
        self.seen().take_if(|seen| seen.session == Some(session));
    }

    /// Returns the layout in which a record may be written to the server, if it is known, and the session to which that
    /// holds; any, if it is `None`.
    pub(super) fn layout_for<R: Record>(&self) -> Option<(Layout, Option<u64>)> {
        if let [only] = R::SHAPES {
            // Every version has this one.
            return Some((only.layout, None));
        }
        let seen = (*self.seen())?;
        let shape = R::SHAPES.iter().find(|shape| shape.layout.pointer == seen.pointer)?;
        Some((shape.layout, seen.session))
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
    // A transport may take its time to close.
    if let Some(binding) = binding {
        binding.registrations.end();
        binding.transport.close();
    }
}
