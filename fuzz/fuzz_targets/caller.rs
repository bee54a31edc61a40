#![no_main]

use libfuzzer_sys::fuzz_target;
use mprapi_fuzz::caller;

fuzz_target!(|bytes: &[u8]| caller::run(bytes));
