//! Notifications: events that are signalled whenever an interface connects or disconnects.

use super::event::Event;
use super::handle::Handle;

/// An event to signal.
pub(crate) struct Registration {
    /// The handle to the server that it was asked for on; with it the registration ends.
    pub(crate) server: Handle,
    /// The value that the caller knows the event by.
    pub(crate) value: usize,
    pub(crate) event: Event,
}
