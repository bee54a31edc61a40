//! The error of a decoder or an encoder: the field and its offset.

use std::fmt;

/// An error of one field of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// The field, as the specification names it.
    pub field: &'static str,
    /// The offset of the field from the beginning of the message, in bytes.
    pub offset: usize,
    /// The fault of the field.
    pub problem: Problem,
}

/// The fault of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The message ends before the field does.
    Short {
        /// The bytes that the field needs.
        needed: usize,
        /// The bytes that are left.
        left: usize,
    },
    /// The message goes on after its last field.
    Trailing {
        /// The bytes that are left.
        left: usize,
    },
    /// The value is not one of those that the field may have here.
    Value {
        /// The value.
        found: u64,
    },
    /// The size or the count is larger than the limit.
    Large {
        /// The size or the count.
        found: usize,
        /// The limit.
        limit: usize,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at offset {}: ", self.field, self.offset)?;
        match self.problem {
            Problem::Short { needed, left } => write!(f, "needs {needed} bytes, but {left} are left"),
            Problem::Trailing { left } => write!(f, "{left} bytes follow the end"),
            Problem::Value { found } => write!(f, "the value {found:#x} is not allowed here"),
            Problem::Large { found, limit } => write!(f, "{found} is more than the limit of {limit}"),
        }
    }
}

impl std::error::Error for Error {}

/// The result of a decoder or an encoder.
pub type Result<T> = std::result::Result<T, Error>;
