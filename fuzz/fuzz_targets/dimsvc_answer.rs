#![no_main]

use libfuzzer_sys::fuzz_target;
use mprapi_fuzz::dimsvc;

fuzz_target!(|bytes: &[u8]| dimsvc::answer(bytes));
