//! Ending a connection from another thread.

use std::io;
use std::net::{Shutdown, TcpStream};

/// Ends a connection from another thread. A thread that waits for the server gets an error at once.
#[derive(Debug)]
pub struct Canceller(TcpStream);

impl Canceller {
    /// Makes a canceller of a connection, before the stream is given away.
    ///
    /// # Errors
    /// If the system has no handle left.
    pub fn new(stream: &TcpStream) -> io::Result<Canceller> {
        stream.try_clone().map(Canceller)
    }

    /// Ends the connection. It does nothing if the connection has ended already.
    pub fn cancel(&self) {
        // It fails only if there is nothing to end.
        let _ = self.0.shutdown(Shutdown::Both);
    }
}
