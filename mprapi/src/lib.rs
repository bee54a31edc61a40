//! Safe.
