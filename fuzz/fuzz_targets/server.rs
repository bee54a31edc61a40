#![no_main]

use libfuzzer_sys::fuzz_target;
use mprapi_fuzz::server;

fuzz_target!(|bytes: &[u8]| server::run(bytes));
