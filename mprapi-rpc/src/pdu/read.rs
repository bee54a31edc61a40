//! Reading the fields of a message in order.

use super::error::{Error, Problem, Result};

/// A message, and the offset of the next field.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    /// The next field, from the beginning of `bytes`.
    at: usize,
    /// The offset of `bytes` in the whole message, which errors and alignment count from.
    base: usize,
}

impl<'a> Reader<'a> {
    /// Makes a reader of `bytes`, which begin at the offset `base` of the whole message.
    pub(crate) fn new(bytes: &'a [u8], base: usize) -> Reader<'a> {
        Reader { bytes, at: 0, base }
    }

    /// Returns the offset of the next field in the whole message.
    pub(crate) fn offset(&self) -> usize {
        self.base + self.at
    }

    /// Returns the number of bytes that are left.
    pub(crate) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// Makes an error of the field that begins `back` bytes before the next one.
    pub(crate) fn error(&self, field: &'static str, back: usize, problem: Problem) -> Error {
        Error { field, offset: self.offset().saturating_sub(back), problem }
    }

    /// Takes the next `length` bytes.
    pub(crate) fn bytes(&mut self, field: &'static str, length: usize) -> Result<&'a [u8]> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some(taken) = rest.get(..length) else {
            return Err(self.error(field, 0, Problem::Short { needed: length, left: rest.len() }));
        };
        self.at += length;
        Ok(taken)
    }

    /// Takes an array of the next `N` bytes.
    pub(crate) fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N]> {
        let mut array = [0; N];
        array.copy_from_slice(self.bytes(field, N)?);
        Ok(array)
    }

    /// Takes a byte.
    pub(crate) fn u8(&mut self, field: &'static str) -> Result<u8> {
        Ok(u8::from_le_bytes(self.array(field)?))
    }

    /// Takes a little-endian number of 16 bits.
    pub(crate) fn u16(&mut self, field: &'static str) -> Result<u16> {
        Ok(u16::from_le_bytes(self.array(field)?))
    }

    /// Takes a little-endian number of 32 bits.
    pub(crate) fn u32(&mut self, field: &'static str) -> Result<u32> {
        Ok(u32::from_le_bytes(self.array(field)?))
    }

    /// Skips to the next offset of the whole message that is a multiple of `to`.
    pub(crate) fn align(&mut self, field: &'static str, to: usize) -> Result<()> {
        let gap = self.offset().next_multiple_of(to) - self.offset();
        self.bytes(field, gap).map(drop)
    }

    /// Takes all bytes that are left.
    pub(crate) fn rest(&mut self) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at = self.bytes.len();
        rest
    }

    /// Checks that no byte is left.
    pub(crate) fn end(&self, field: &'static str) -> Result<()> {
        match self.left() {
            0 => Ok(()),
            left => Err(self.error(field, 0, Problem::Trailing { left })),
        }
    }
}
