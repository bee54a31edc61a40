//! Why a record cannot be read or written.

use std::fmt;

/// A record cannot be read from the wire or written to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    /// The name that the specification gives the record.
    pub record: &'static str,
    /// The level of the record.
    pub level: u32,
    /// The reason.
    pub reason: Reason,
}

/// The reason of a [`RecordError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// No version of the record has this size.
    Size {
        /// The size of all records together, in bytes.
        size: usize,
        /// The number of records.
        count: usize,
        /// The sizes that one record is known to have.
        known: Vec<usize>,
    },
    /// A field says what cannot be.
    Field {
        /// The field's name in `mprapi.h`.
        field: &'static str,
        /// The offset of the field from the beginning of the record, in bytes.
        offset: usize,
        /// Completes the sentence "the field …".
        fault: &'static str,
    },
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RecordError { record, level, reason } = self;
        match reason {
            Reason::Size { size, count, known } => {
                write!(f, "{size} bytes cannot be {count} of {record} (level {level}), which has ")?;
                for (index, size) in known.iter().enumerate() {
                    write!(f, "{}{size}", if index == 0 { "" } else { " or " })?;
                }
                f.write_str(" bytes")
            }
            Reason::Field { field, offset, fault } => {
                write!(f, "{field} at offset {offset} of {record} (level {level}) {fault}")
            }
        }
    }
}

impl std::error::Error for RecordError {}
