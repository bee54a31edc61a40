//! Helpers of the tests.

pub mod conformance;
