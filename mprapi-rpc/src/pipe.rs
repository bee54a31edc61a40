//! A pipe to a server, which carries PDUs.

use std::time::Instant;

use crate::failure::Failure;

/// A message pipe of a server. Each operation ends by the moment that it is given; a pipe on which one failed is useless.
pub trait Pipe: Send {
    /// Writes a message.
    ///
    /// # Errors
    /// [`Failure`] if it did not arrive in time.
    fn write(&mut self, message: &[u8], until: Instant) -> Result<(), Failure>;

    /// Reads at most `most` bytes of the next message, or the rest of one that was longer. Returns at least one byte.
    ///
    /// # Errors
    /// [`Failure`] if nothing arrived in time.
    fn read(&mut self, most: usize, until: Instant) -> Result<Vec<u8>, Failure>;

    /// Writes a message, and reads at most `most` bytes of the answer: in one round trip where the pipe can.
    ///
    /// # Errors
    /// As [`write`](Pipe::write) and [`read`](Pipe::read).
    fn transact(&mut self, message: &[u8], most: usize, until: Instant) -> Result<Vec<u8>, Failure> {
        self.write(message, until)?;
        self.read(most, until)
    }
}
