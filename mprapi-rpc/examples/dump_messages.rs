//! Prints encoded requests and answers, for another implementation to compare with its own.
//!
//! `cargo run -p mprapi-rpc --example dump_messages [ROUNDS]` prints a line for each request and each answer of each round:
//!
//! ```text
//! request OPNUM NAME SOURCE STUB
//! ```
//!
//! SOURCE are the bytes that the message is made from (`Ndr::fill` says how), STUB is the message, both in hexadecimal.
//! They are the same in each run. `tests/judge/scapy_messages.py` makes the messages with Scapy and compares.

use mprapi_rpc::dimsvc::{Answer, OPERATIONS, Request};
use mprapi_rpc::ndr::{Error, Source};

/// Bytes below 0xD8, so that no two of them are a surrogate: other implementations take texts as characters.
fn source(seed: u32, length: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9) | 1;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        ((state >> 16) % 0xD8) as u8
    };
    (0..length).map(next).collect()
}

fn hex(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "-".to_owned();
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn main() -> Result<(), Error> {
    let rounds = std::env::args().nth(1).map_or(1, |text| text.parse().expect("a number of rounds"));
    for round in 0..rounds {
        for operation in &OPERATIONS {
            let opnum = operation.opnum;
            // Each round ends earlier or later: what is made from an exhausted source is zero, null and empty.
            let length = [4096, 0, 8, 64, 512][round as usize % 5];
            let bytes = source(round * 64 + u32::from(opnum), length);
            let request = Request::fill(opnum, &mut Source::new(&bytes))?.encode();
            println!("request {opnum} {} {} {}", operation.name, hex(&bytes), hex(&request));
            let answer = Answer::fill(opnum, &mut Source::new(&bytes))?.encode();
            println!("answer {opnum} {} {} {}", operation.name, hex(&bytes), hex(&answer));
        }
    }
    Ok(())
}
