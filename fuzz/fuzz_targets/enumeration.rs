#![no_main]

#[path = "../src/enumeration.rs"]
mod enumeration;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| enumeration::run(bytes));
