#![no_main]

#[path = "../src/info_block.rs"]
mod info_block;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| info_block::run(bytes));
