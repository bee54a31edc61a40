#![no_main]

use libfuzzer_sys::fuzz_target;
use mprapi_fuzz::smb;

fuzz_target!(|bytes: &[u8]| smb::run(bytes));
