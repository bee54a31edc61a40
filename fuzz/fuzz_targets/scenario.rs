#![no_main]

use libfuzzer_sys::fuzz_target;
use mprapi_fuzz::scenario;

fuzz_target!(|bytes: &[u8]| scenario::run(bytes));
