//! The functions under the fuzz targets, which the workspace's tests run too (`tests/tests/corpus.rs`).

pub mod caller;
pub mod dimsvc;
pub mod enumeration;
pub mod info_block;
pub mod pdu;
pub mod probe;
pub mod record;
pub mod scenario;
pub mod seeds;
pub mod server;
pub mod smb;
pub mod wide;
