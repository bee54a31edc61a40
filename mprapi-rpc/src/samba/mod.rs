//! The named pipe behind Samba: smbd speaks SMB with the client, and hands the pipe over on a socket.
//!
//! smbd connects to `np/router` in its `ncalrpc dir` when a client opens `\PIPE\ROUTER`. First it says who the client is
//! ([`Caller`]), then each message of the pipe travels behind a length of 16 bits, little-endian. Only members of the local
//! group Administrators may call operations.

mod connection;
mod handover;
mod listener;
mod sid;

pub use connection::{Connection, Error, Settings};
pub use handover::{Caller, LARGEST, reply};
pub use listener::Listener;
pub use sid::Sid;
