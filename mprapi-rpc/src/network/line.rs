//! A line to a server: one connection, on which one call at a time is made.

use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Instant;

use super::step::Fact;
use crate::caller::Caller;
use crate::failure::{Failure, Layer};

/// A way to open connections to one server.
pub trait Dial: Send + Sync {
    /// Opens a connection, up to the bound interface.
    ///
    /// # Errors
    /// The [`Failure`] of the step that failed.
    fn dial(&self, dialing: &mut Dialing<'_>) -> Result<(Caller, Arc<dyn Control>), Failure>;
}

/// A connection that is being opened.
pub struct Dialing<'a> {
    /// The moment by which it must be open.
    pub until: Instant,
    /// Takes the connection as soon as there is one, so that another thread can end it.
    pub hold: &'a mut dyn FnMut(Arc<dyn Control>) -> Result<(), Failure>,
    /// Takes each step that succeeded.
    pub tell: &'a mut dyn FnMut(Layer, String, Vec<Fact>),
}

/// The connection below a line, as another thread sees it.
pub trait Control: Send + Sync {
    /// Ends the connection. A call that waits on it fails at once.
    fn hang_up(&self);

    /// Returns `false` if the server has ended the connection, as far as this machine knows. Asked only between calls.
    fn is_open(&self) -> bool;
}

impl Control for TcpStream {
    fn hang_up(&self) {
        // One that is closed already is what is wanted.
        let _ = self.shutdown(Shutdown::Both);
    }

    fn is_open(&self) -> bool {
        // Nobody reads between two calls, so the mode may change for a moment.
        if self.set_nonblocking(true).is_err() {
            return false;
        }
        let peeked = self.peek(&mut [0]);
        let is_open = match peeked {
            // The server has ended its stream.
            Ok(0) => false,
            // A message that nobody has asked for is left to who reads next.
            Ok(_) => true,
            Err(error) => error.kind() == std::io::ErrorKind::WouldBlock,
        };
        self.set_nonblocking(false).is_ok() && is_open
    }
}
