// On docs.rs the front page's links lead to the same version; those in the file are for crates.io and the forge.
//! [`for_each_function`]: for_each_function!
//! [`Functions`]: Functions
//! [`MissingFunction`]: MissingFunction
//! [`MprAdminServerConnect`]: fn@MprAdminServerConnect
//! [`Mprapi::address`]: Mprapi::address
//! [`Mprapi::from_functions`]: Mprapi::from_functions
//! [`Mprapi::load`]: Mprapi::load
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
// What is there without the feature is there with it, too.
#![cfg_attr(docsrs, doc(auto_cfg(hide(feature = "bindgen"))))]
#![cfg_attr(not(feature = "loader"), no_std)]

#[expect(
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    reason = "the names are the header's"
)]
#[expect(
    clippy::undocumented_unsafe_blocks,
    clippy::multiple_unsafe_ops_per_block,
    reason = "bindgen's `Default`s zero integers, pointers and nullable functions, for which zero is a value"
)]
#[rustfmt::skip]
#[macro_use]
#[cfg(not(feature = "bindgen"))]
mod bindings;

#[expect(non_camel_case_types, non_snake_case, non_upper_case_globals, reason = "the names are the header's")]
#[expect(
    clippy::undocumented_unsafe_blocks,
    clippy::multiple_unsafe_ops_per_block,
    reason = "bindgen's `Default`s zero integers, pointers and nullable functions, for which zero is a value"
)]
#[allow(missing_docs, reason = "a newer header may declare what is not documented here yet")]
#[macro_use]
#[cfg(feature = "bindgen")]
mod bindings {
    include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
}

#[expect(non_snake_case, reason = "the names are the header's")]
mod table;
#[expect(non_upper_case_globals, reason = "the names are the header's")]
mod winerror;

pub use bindings::*;
pub use table::*;
pub use winerror::*;
