#![no_main]

use libfuzzer_sys::fuzz_target;
use mprapi_fuzz::record;

fuzz_target!(|bytes: &[u8]| record::run(bytes));
