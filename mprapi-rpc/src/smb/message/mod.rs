//! The messages of SMB 3 that a named pipe needs: section 2.2 of MS-SMB2.
//!
//! A message is a [`Header`] and a body. Requests are encoded to a body. Answers are decoded from the whole message, because
//! their offsets count from its beginning. Everything that is read may be hostile: an [`Error`] names the field and its
//! offset, and a part of a message is only ever borrowed from it.

mod close;
mod control;
mod create;
mod header;
mod negotiate;
mod part;
mod read;
mod session;
mod transform;
mod tree;
mod validate;
mod write;

pub use close::{CloseRequest, LOGOFF};
pub use control::{ControlAnswer, ControlCode, ControlRequest};
pub use create::{CreateAnswer, CreateRequest, FileId};
pub use header::{Command, Flags, Header};
pub use negotiate::{Capabilities, NegotiateAnswer, NegotiateContext, NegotiateRequest};
pub use read::{ReadAnswer, ReadRequest};
pub use session::{SessionFlags, SessionSetupAnswer, SessionSetupRequest};
pub use transform::Transform;
pub use tree::{TreeConnectAnswer, TreeConnectRequest};
pub use validate::{ValidateAnswer, ValidateRequest};
pub use write::{WriteAnswer, WriteRequest};

pub use crate::pdu::{Error, Problem, Result};
