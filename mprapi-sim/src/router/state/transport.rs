//! The transports of a running router.

use super::State;
use crate::error_code::{Code, ERROR_PROTOCOL_ALREADY_INSTALLED, ERROR_UNKNOWN_PROTOCOL_ID};
use crate::router::transport::{Transport, known_protocol};

impl State {
    /// Adds a transport without settings.
    ///
    /// # Errors
    /// `ERROR_UNKNOWN_PROTOCOL_ID` for a number that is not a transport's, `ERROR_PROTOCOL_ALREADY_INSTALLED` for one
    /// that the router has.
    pub(crate) fn add_transport(&mut self, id: u32) -> Result<&mut Transport, Code> {
        known_protocol(id)?;
        if self.transport(id).is_ok() {
            return Err(ERROR_PROTOCOL_ALREADY_INSTALLED);
        }
        self.transports.push(Transport::of_id(id));
        self.transport_mut(id)
    }

    /// Finds a transport.
    ///
    /// # Errors
    /// `ERROR_UNKNOWN_PROTOCOL_ID` if the router does not have it.
    pub(crate) fn transport(&self, id: u32) -> Result<&Transport, Code> {
        self.transports.iter().find(|transport| transport.id == id).ok_or(ERROR_UNKNOWN_PROTOCOL_ID)
    }

    /// Finds a transport, to be changed.
    ///
    /// # Errors
    /// As [`State::transport`].
    pub(crate) fn transport_mut(&mut self, id: u32) -> Result<&mut Transport, Code> {
        self.transports.iter_mut().find(|transport| transport.id == id).ok_or(ERROR_UNKNOWN_PROTOCOL_ID)
    }
}
