//! The place of one state: none, running, or over.

use std::sync::{Arc, PoisonError, RwLock};

/// A place for the state of a DLL, or for its addresses.
pub(crate) struct Slot<T>(RwLock<Content<T>>);

enum Content<T> {
    /// Nothing was started in this process since it was loaded.
    Untouched,
    Running(Arc<T>),
    /// The service has stopped, or the start has failed.
    Over,
}

impl<T> Slot<T> {
    pub(crate) const fn new() -> Slot<T> {
        Slot(RwLock::new(Content::Untouched))
    }

    /// Returns a share in the state, if it runs.
    pub(crate) fn get(&self) -> Option<Arc<T>> {
        match &*self.0.read().unwrap_or_else(PoisonError::into_inner) {
            Content::Running(state) => Some(Arc::clone(state)),
            Content::Untouched | Content::Over => None,
        }
    }

    pub(crate) fn is_untouched(&self) -> bool {
        matches!(*self.0.read().unwrap_or_else(PoisonError::into_inner), Content::Untouched)
    }

    pub(crate) fn put(&self, state: T) {
        self.replace(Content::Running(Arc::new(state)));
    }

    /// Takes the state out. Calls that are under way have shares in it still.
    pub(crate) fn take(&self) -> Option<Arc<T>> {
        match self.replace(Content::Over) {
            Content::Running(state) => Some(state),
            Content::Untouched | Content::Over => None,
        }
    }

    fn replace(&self, content: Content<T>) -> Content<T> {
        let mut place = self.0.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut place, content)
    }
}
