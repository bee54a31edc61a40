//! Events that a program waits for, as the router knows them.

/// A caller's event. The floor above makes it, for it knows what C calls an event, and signals it when the router says
/// so.
pub(crate) type Event = Box<dyn Signal>;

/// Something that can be signalled.
pub(crate) trait Signal: Send {
    fn signal(&self);
}
