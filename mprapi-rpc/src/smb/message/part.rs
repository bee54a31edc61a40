//! The parts of a message: its body, and the buffers that a body refers to.

use super::header::Header;
use super::{Problem, Result};
use crate::pdu::Reader;

/// Reads a message from its body on, and checks the body's own size. That counts one byte of a buffer that follows, if any.
pub(super) fn body(message: &[u8], size: u16) -> Result<Reader<'_>> {
    let bytes = message.get(Header::SIZE..).unwrap_or_default();
    let mut reader = Reader::new(bytes, Header::SIZE);
    match reader.u16("StructureSize")? {
        found if found == size => Ok(reader),
        found => Err(reader.error("StructureSize", 2, Problem::Value { found: found.into() })),
    }
}

/// Returns the buffer that a body refers to. It must lie behind the fixed part of the body, which `reader` has just read. An
/// empty buffer may be anywhere.
pub(super) fn buffer<'a>(
    message: &'a [u8],
    reader: &Reader<'a>,
    field: &'static str,
    offset: usize,
    length: usize,
) -> Result<&'a [u8]> {
    if length == 0 {
        return Ok(&[]);
    }
    if offset < reader.offset() {
        return Err(reader.error(field, 0, Problem::Value { found: offset as u64 }));
    }
    let rest = message.get(offset..).unwrap_or_default();
    rest.get(..length)
        .ok_or_else(|| reader.error(field, 0, Problem::Short { needed: length, left: rest.len() }))
}

/// Appends a text in UTF-16.
pub(super) fn put_utf16(out: &mut Vec<u8>, text: &str) {
    out.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
}

/// Returns the bytes of a text in UTF-16.
pub(super) fn utf16_length(text: &str) -> usize {
    2 * text.encode_utf16().count()
}
