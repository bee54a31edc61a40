#![no_main]

use libfuzzer_sys::fuzz_target;
use mprapi_fuzz::wide;

fuzz_target!(|bytes: &[u8]| wide::run(bytes));
