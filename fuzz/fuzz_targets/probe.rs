#![no_main]

use libfuzzer_sys::fuzz_target;
use mprapi_fuzz::probe;

fuzz_target!(|bytes: &[u8]| probe::run(bytes));
