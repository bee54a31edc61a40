//! The steps of a connection, as a check of it shows them.

use std::time::Duration;

use crate::failure::{Failure, Layer};

/// A step of a check, for the person at the terminal. Its text may have names and addresses; its facts have none.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Step {
    /// The part of the connection that was tried.
    pub layer: Layer,
    /// The outcome in words, with names and addresses. It has no password and no key.
    pub text: String,
    /// The values that were found or negotiated.
    pub facts: Vec<Fact>,
    /// The failure, if the step failed. It is the last step then.
    pub failure: Option<Failure>,
    /// The time that the step took.
    pub took: Duration,
}

/// A value that was found or negotiated: nothing private.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The name of the value, such as `dialect`.
    pub name: &'static str,
    /// The value, such as `3.1.1`.
    pub value: String,
}

impl Fact {
    pub(super) fn new(name: &'static str, value: impl ToString) -> Fact {
        Fact { name, value: value.to_string() }
    }
}

/// The outcome of a check, with nothing private: no names, no addresses, no users. It can be sent to others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The version of this crate.
    pub version: &'static str,
    /// The operating system and the architecture of this machine, such as `linux x86_64`.
    pub system: String,
    /// The steps that were tried.
    pub steps: Vec<Outcome>,
    /// The sizes of the server's records.
    pub sizes: Vec<Size>,
    /// The revisions of records that the server answered.
    pub revisions: Vec<Revision>,
}

impl Report {
    /// Returns `true` if no step failed.
    pub fn is_good(&self) -> bool {
        self.steps.iter().all(|step| step.code == 0)
    }
}

/// The outcome of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// The part of the connection that was tried.
    pub layer: Layer,
    /// 0, or the code of the failure.
    pub code: u32,
    /// The values that were found or negotiated.
    pub facts: Vec<Fact>,
    /// The time that the step took, in milliseconds.
    pub milliseconds: u64,
}

/// The size of records of a level, as the server sent them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Size {
    /// The name of the operation in the specification.
    pub operation: &'static str,
    /// The level.
    pub level: u32,
    /// The result of the operation: 0, or a code.
    pub code: u32,
    /// The number of bytes of all records together.
    pub bytes: u32,
    /// The number of records.
    pub count: u32,
    /// The sizes that one record is known to have, in bytes. What a record points to follows it, so one of more bytes may be
    /// known too.
    pub known: Vec<u32>,
    /// `true` if the records could be read; also if there were none.
    pub is_known: bool,
}

/// A revision of a record that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Revision {
    /// The name of the operation in the specification.
    pub operation: &'static str,
    /// The revision that was asked for.
    pub asked: u32,
    /// The result of the operation: 0, or a code.
    pub code: u32,
    /// The revision of the answer; 0 if there is none.
    pub answered: u32,
}
