#![doc = include_str!("../README.md")]

pub mod association;
#[forbid(unsafe_code)]
pub mod caller;
#[expect(non_snake_case, reason = "the functions and their parameters have the names of the header")]
pub mod client;
pub mod dimsvc;
#[forbid(unsafe_code)]
mod failure;
pub mod ndr;
#[forbid(unsafe_code)]
pub mod network;
pub mod pdu;
#[forbid(unsafe_code)]
pub mod pipe;
#[forbid(unsafe_code)]
mod protection;
pub mod record;
#[cfg(unix)]
pub mod samba;
#[forbid(unsafe_code)]
mod secret;
pub mod security;
pub mod server;
#[forbid(unsafe_code)]
pub mod smb;
#[forbid(unsafe_code)]
mod timed;

pub use failure::{Failure, Layer};
