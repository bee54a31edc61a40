//! Helpers of the tests.

pub mod conformance;
pub mod drop_in;
#[cfg(windows)]
pub mod module;
pub mod places;
pub mod script;
pub mod sources;
