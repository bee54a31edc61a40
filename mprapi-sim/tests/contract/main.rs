//! The simulator against the documentation: one test for each error a page lists, named after the function and the
//! code, so that the list of tests reads as the contract. All calls go through the C ABI.

#![expect(
    clippy::macro_metavars_in_unsafe,
    reason = "`call!` takes plain values; its tests are the C program"
)]
#![expect(non_snake_case, reason = "the tests are named after the header's functions and codes")]

mod binding;
mod complete;
mod connection;
mod dialling;
mod documented;
mod event;
mod failure;
mod floors;
mod harness;
mod hours;
mod interface;
mod lab;
mod ledger;
mod mib;
mod names;
mod port;
mod range;
mod reuse;
mod scenario;
mod server;
mod special;
mod stored;
mod stress;
mod tables;
