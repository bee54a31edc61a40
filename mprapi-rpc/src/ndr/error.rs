use std::fmt;

/// An error of decoding: which field of the message is wrong, where, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// The field or parameter by its name in the interface definition, for example `dwLevel`.
    pub field: &'static str,
    /// The place in the message where decoding stopped, in bytes from its beginning.
    pub offset: usize,
    /// The rule that the message breaks.
    pub kind: ErrorKind,
}

/// The rules that a message can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The message ends before the field does.
    Truncated {
        /// The bytes that the field takes.
        needed: usize,
        /// The bytes that are left.
        left: usize,
    },
    /// An array has more elements than the bytes that are left can hold.
    TooMany {
        /// The number of elements that the message states.
        count: u32,
        /// The bytes that are left.
        left: usize,
    },
    /// The size of an array differs from the number in the field that states it.
    CountMismatch {
        /// The number in the field.
        stated: u32,
        /// The size of the array.
        found: u32,
    },
    /// A union has a tag that its definition lacks.
    UnknownTag(u8),
    /// A string does not begin at the beginning of its array, or is longer than the array.
    StringBounds {
        /// The size of the array, in characters.
        most: u32,
        /// The place of the first character; only 0 is valid.
        first: u32,
        /// The number of characters.
        count: u32,
    },
    /// A string does not end with a null character.
    NotTerminated,
    /// The interface has no operation of this number.
    UnknownOperation(u16),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, offset, kind } = self;
        match kind {
            ErrorKind::UnknownOperation(_) => fmt::Display::fmt(kind, f),
            _ => write!(f, "cannot decode {field} at byte {offset}: {kind}"),
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { needed, left } => {
                write!(f, "the message ends too early ({needed} bytes needed, {left} left)")
            }
            Self::TooMany { count, left } => write!(f, "{left} bytes are too few for {count} elements"),
            Self::CountMismatch { stated, found } => {
                write!(f, "the array has {found} elements, but its count says {stated}")
            }
            Self::UnknownTag(tag) => write!(f, "the union has no member {tag}"),
            Self::StringBounds { most, first, count } => {
                write!(f, "the string has {count} characters from {first} on, in an array of {most}")
            }
            Self::NotTerminated => f.write_str("the string does not end with a null character"),
            Self::UnknownOperation(opnum) => write!(f, "the interface has no operation {opnum}"),
        }
    }
}

impl std::error::Error for Error {}
