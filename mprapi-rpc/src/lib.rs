#![doc = include_str!("../README.md")]

pub mod dimsvc;
pub mod ndr;
pub mod record;
