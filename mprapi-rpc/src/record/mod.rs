//! The records that operations carry as bytes, and their counterparts in `mprapi-sys`.
//!
//! On the wire a record lies as a 32-bit C compiler lays it out, little-endian, one after the other without a gap. A handle
//! is a 32-bit number, and what a pointer would point to follows the record, which has its offset from the beginning of
//! the record. In memory the same record has the layout of this process.
//!
//! [`Record::fields`] describes each record once. [`read`], [`write()`] and the offsets that [`offsets`] lists come from
//! that description. [`Record::SHAPES`] lists the sizes that a record is known to have, each with its source; every other
//! size is an error.

#[forbid(unsafe_code)]
pub(crate) mod connection_ex;
#[forbid(unsafe_code)]
pub mod credentials;
#[forbid(unsafe_code)]
mod descriptions;
#[forbid(unsafe_code)]
mod error;
#[forbid(unsafe_code)]
mod field;
#[forbid(unsafe_code)]
mod interface;
#[forbid(unsafe_code)]
mod layout;
pub(crate) mod memory;
#[forbid(unsafe_code)]
mod negotiated;
#[forbid(unsafe_code)]
mod offset;
pub(crate) mod pointed;
#[forbid(unsafe_code)]
mod ppp;
#[forbid(unsafe_code)]
mod projection;
#[forbid(unsafe_code)]
mod reader;
#[forbid(unsafe_code)]
mod shape;
#[forbid(unsafe_code)]
mod texts;
#[forbid(unsafe_code)]
pub(crate) mod tunnel_ex;
#[forbid(unsafe_code)]
pub(crate) mod twin;
#[forbid(unsafe_code)]
mod writer;

pub use error::{Reason, RecordError};
pub use field::{Fields, Number, Visit};
pub use interface::Entry;
pub use layout::Layout;
pub use offset::{Offset, offsets, size};
pub use projection::Projection;
pub use reader::{Records, read};
pub use shape::{Held, Record, Shape};
pub use writer::write;
