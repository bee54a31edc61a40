//! PDUs of connection-oriented RPC: C706 chapter 12, with the extensions of MS-RPCE.
//!
//! A [`Fragment`] is one PDU. Its header says which type decodes its body: [`Bind`], [`BindAck`], [`BindNak`], [`Request`],
//! [`Response`] or [`FaultBody`]. Everything that is read may be hostile: an [`Error`] names the field and its offset, and no
//! count or size takes memory that the bytes of the message do not justify.

mod bind;
mod bound;
mod call;
mod error;
mod fragment;
mod header;
mod read;
mod stub;
mod syntax;
mod trailer;
mod verification;

pub use bind::{Bind, Offer};
pub use bound::{BindAck, BindNak, Outcome};
pub(crate) use call::before_stub;
pub use call::{Fault, FaultBody, Request, Response};
pub use error::{Error, Problem, Result};
pub use fragment::{Fragment, Secured, Security, encode};
pub(crate) use fragment::{MUST_RECEIVE, trailer_range};
pub use header::{Flags, Header, Kind};
pub(crate) use read::Reader;
pub(crate) use stub::{Gathered, Part, parts};
pub use syntax::{Syntax, Uuid};
pub use trailer::{SIZE as TRAILER_SIZE, Trailer};
pub use verification::{Verification, VerifiedHeader};
