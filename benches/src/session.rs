//! A connection, owned.

use std::time::Duration;

/// A connection as a program keeps it.
#[derive(Debug, PartialEq)]
pub(crate) struct Session {
    pub(crate) connection: usize,
    pub(crate) interface: usize,
    pub(crate) duration: Duration,
    pub(crate) kind: i32,
    pub(crate) flags: u32,
    pub(crate) interface_name: String,
    pub(crate) user_name: String,
    pub(crate) domain: String,
    pub(crate) computer: String,
}
