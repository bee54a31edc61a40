//! Helpers of the tests.

pub mod conformance;
#[cfg(windows)]
pub mod module;
