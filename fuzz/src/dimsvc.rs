//! Requests and answers of MS-RRASM: bytes that can be decoded are encoded to a message that is decoded to the same; a part
//! of that message is an error.
//!
//! The first byte is the operation, the rest is the stub.

use mprapi_rpc::dimsvc::{Answer, Request};
use mprapi_rpc::ndr::Error;

pub fn request(bytes: &[u8]) {
    run(bytes, Request::decode, Request::encode);
}

pub fn answer(bytes: &[u8]) {
    run(bytes, Answer::decode, Answer::encode);
}

fn run<T: PartialEq + std::fmt::Debug>(
    bytes: &[u8],
    decode: fn(u16, &[u8]) -> Result<T, Error>,
    encode: fn(&T) -> Vec<u8>,
) {
    let Some((opnum, stub)) = bytes.split_first() else { return };
    let opnum = u16::from(*opnum);
    match decode(opnum, stub) {
        Ok(message) => {
            let encoded = encode(&message);
            assert!(encoded.len() <= stub.len(), "the encoding has no bytes that the message did not have");
            assert!(decode(opnum, &encoded[..encoded.len() - 1]).is_err(), "the last byte is needed");
            assert!(decode(opnum, &encoded[..encoded.len() / 2]).is_err(), "the second half is needed");
            assert_eq!(decode(opnum, &encoded), Ok(message));
        }
        Err(error) => {
            assert!(error.offset <= stub.len(), "{error:?}");
            assert!(!error.field.is_empty() && !error.to_string().is_empty());
        }
    }
}
