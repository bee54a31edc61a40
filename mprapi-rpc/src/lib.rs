#![doc = include_str!("../README.md")]

pub mod association;
pub mod dimsvc;
pub mod ndr;
pub mod pdu;
pub mod record;
#[cfg(unix)]
pub mod samba;
pub mod security;
pub mod server;
