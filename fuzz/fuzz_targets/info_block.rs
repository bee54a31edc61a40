#![no_main]

use libfuzzer_sys::fuzz_target;
use mprapi_fuzz::info_block;

fuzz_target!(|bytes: &[u8]| info_block::run(bytes));
