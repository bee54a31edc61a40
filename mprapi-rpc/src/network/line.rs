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

    /// Returns `false` if the server has ended the connection, or has sent what nobody asked for, as far as this machine knows.
    /// Asked only between calls.
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
        // A byte would be taken for the answer of the next call, whose own answer is lost then; none is the stream's end.
        let is_quiet = |error: std::io::Error| error.kind() == std::io::ErrorKind::WouldBlock;
        let is_open = self.peek(&mut [0]).is_err_and(is_quiet);
        self.set_nonblocking(false).is_ok() && is_open
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_connection_on_which_something_arrived_that_nobody_asked_for_is_not_open() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let ours = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (mut theirs, _) = listener.accept().unwrap();
        assert!(ours.is_open());
        theirs.write_all(b"x").unwrap();
        ours.peek(&mut [0]).unwrap();
        assert!(!ours.is_open());
    }
}
