//! A client of SMB 3 that knows one thing: a named pipe of a server.
//!
//! [`SmbPipe::open`] takes a connected stream and an account, and returns a [`Pipe`](crate::pipe::Pipe). MS-SMB2 is the
//! specification. This client is strict where that leaves a choice:
//!
//! - It speaks SMB 3.1.1, 3.0.2 and 3.0, and nothing older. The hash of SMB 3.1.1 and the question of SMB 3.0 for what was
//!   negotiated show if somebody between has changed it.
//! - The last answer of the logon must be signed. Every message after it is encrypted, in both directions; an answer that is
//!   not ends the connection. A server that cannot encrypt hears of nothing, not even of the account.
//! - A session as a guest or as nobody is refused.
//! - An answer must have the session, the tree, the number and the command of the request.
//! - No length of the server's takes more than 65 KiB of memory.
//! - Each operation has a deadline, however slowly bytes come in. Another thread ends it by shutting down a clone of the
//!   stream: the operation fails at once.

mod cipher;
mod connection;
mod dialect;
mod keys;
mod logon;
pub mod message;
mod negotiated;
mod negotiation;
mod pipe;
mod preauth;
mod sealing;
mod share;
mod signing;
mod stage;
mod status;
#[cfg(test)]
mod vectors;

pub use cipher::Cipher;
pub use dialect::Dialect;
pub use negotiated::Negotiated;
pub use negotiation::Negotiation;
pub use pipe::SmbPipe;
pub use signing::Signing;
