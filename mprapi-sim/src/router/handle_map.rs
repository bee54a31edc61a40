//! Things kept by handle, in the order of their handles.

use super::handle::Handle;

/// A sorted list: new handles only grow, so a new thing goes to the end and a known one is found by bisection.
pub(crate) struct HandleMap<T> {
    slots: Vec<(Handle, Box<T>)>,
    /// The handles of removed things, if the next things get them.
    free: Option<Vec<Handle>>,
}

impl<T> Default for HandleMap<T> {
    fn default() -> HandleMap<T> {
        HandleMap::new(false)
    }
}

impl<T> HandleMap<T> {
    /// Creates an empty map. If it `reuses` handles, the next thing gets the handle of one that was removed; otherwise
    /// no handle is given out twice.
    pub(crate) fn new(reuses: bool) -> HandleMap<T> {
        HandleMap { slots: Vec::new(), free: reuses.then(Vec::new) }
    }

    /// Returns `true` if the next thing gets the handle of one that was removed.
    pub(crate) fn reuses(&self) -> bool {
        self.free.is_some()
    }

    pub(crate) fn add(&mut self, thing: T) -> Handle {
        let handle = self.draw();
        self.insert(handle, thing);
        handle
    }

    /// Returns the handle of the thing that comes next.
    pub(crate) fn draw(&mut self) -> Handle {
        self.free.as_mut().and_then(Vec::pop).unwrap_or_else(Handle::next)
    }

    /// Gives back a handle that was drawn and not used.
    pub(crate) fn give_back(&mut self, handle: Handle) {
        if let Some(free) = &mut self.free {
            free.push(handle);
        }
    }

    /// Puts a thing under a handle that was drawn before.
    pub(crate) fn insert(&mut self, handle: Handle, thing: T) {
        let is_last = self.slots.last().is_none_or(|last| last.0 < handle);
        let position =
            if is_last { self.slots.len() } else { self.slots.partition_point(|slot| slot.0 < handle) };
        self.slots.insert(position, (handle, Box::new(thing)));
    }

    pub(crate) fn get(&self, handle: Handle) -> Option<&T> {
        self.position(handle).map(|position| &*self.slots[position].1)
    }

    pub(crate) fn get_mut(&mut self, handle: Handle) -> Option<&mut T> {
        self.position(handle).map(|position| &mut *self.slots[position].1)
    }

    pub(crate) fn remove(&mut self, handle: Handle) -> Option<T> {
        let position = self.position(handle)?;
        self.give_back(handle);
        Some(*self.slots.remove(position).1)
    }

    /// Returns the things after the one with this number; 0 is the beginning.
    pub(crate) fn after(&self, number: u32) -> impl ExactSizeIterator<Item = (Handle, &T)> {
        let first = self.slots.partition_point(|slot| slot.0.number() <= number);
        self.slots[first..].iter().map(|slot| (slot.0, &*slot.1))
    }

    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (Handle, &T)> {
        self.slots.iter().map(|slot| (slot.0, &*slot.1))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (Handle, &mut T)> {
        self.slots.iter_mut().map(|slot| (slot.0, &mut *slot.1))
    }

    fn position(&self, handle: Handle) -> Option<usize> {
        let guess = self.guess(handle);
        if self.slots.get(guess).is_some_and(|slot| slot.0 == handle) {
            return Some(guess);
        }
        self.slots.binary_search_by_key(&handle, |slot| slot.0).ok()
    }

    /// Returns the place of a handle if the distances between the handles are all the same, as those of things that came one
    /// after the other are. A bisection of many things takes longer: it looks at places that are in no cache.
    fn guess(&self, handle: Handle) -> usize {
        let ends = self.slots.first().zip(self.slots.last());
        let Some((first, last)) = ends.map(|(first, last)| (first.0.number(), last.0.number())) else {
            return 0;
        };
        let (way, whole) = (handle.number().saturating_sub(first), u64::from(last - first).max(1));
        (u64::from(way) * (self.slots.len() as u64 - 1) / whole) as usize
    }
}
