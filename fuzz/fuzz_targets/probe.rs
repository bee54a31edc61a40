#![no_main]

#[path = "../src/probe.rs"]
mod probe;
#[path = "../../mprctl/src/commands/serve/route.rs"]
mod route;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| probe::run(bytes));
