#![no_main]

use libfuzzer_sys::fuzz_target;
use mprapi_fuzz::enumeration;

fuzz_target!(|bytes: &[u8]| enumeration::run(bytes));
