#![no_main]

use libfuzzer_sys::fuzz_target;
use mprapi_fuzz::pdu;

fuzz_target!(|bytes: &[u8]| pdu::association(bytes));
