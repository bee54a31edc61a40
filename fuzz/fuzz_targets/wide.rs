#![no_main]

#[path = "../src/wide.rs"]
mod wide;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wide::run(bytes));
