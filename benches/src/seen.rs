//! The sum of the fields of every connection.

/// The sum of the fields: it cannot be told without a look at each.
#[derive(Debug, Default, PartialEq)]
pub struct Seen {
    pub(crate) handles: usize,
    pub(crate) seconds: u64,
    pub(crate) clients: usize,
    pub(crate) flags: u32,
    pub(crate) units: [usize; 4],
}
