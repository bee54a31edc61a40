use std::fmt;

use super::{Error, ErrorKind};
use crate::secret::Hidden;

/// A reader of NDR values from the bytes of one message.
///
/// Each method either reads within the message or returns an [`Error`]. Nothing is taken from the heap before the bytes that
/// fill it are seen to be there. `Debug` does not show the message.
pub struct Decoder<'a> {
    bytes: &'a [u8],
    offset: usize,
    field: &'static str,
}

impl fmt::Debug for Decoder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bytes, offset, field } = self;
        let mut shown = f.debug_struct("Decoder");
        shown.field("bytes", &Hidden(bytes)).field("offset", offset).field("field", field).finish()
    }
}

impl<'a> Decoder<'a> {
    /// Begins to read at the first byte of a message.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0, field: "message" }
    }

    /// Returns the number of bytes that have been read.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Returns the number of bytes that are left.
    pub fn left(&self) -> usize {
        self.bytes.len() - self.offset
    }

    /// Names the field that is read next, for errors.
    pub fn enter(&mut self, field: &'static str) {
        self.field = field;
    }

    /// Returns an error about the current field and place.
    pub fn error(&self, kind: ErrorKind) -> Error {
        Error { field: self.field, offset: self.offset, kind }
    }

    /// Skips bytes until the place is a multiple of `alignment`, which is 1, 2, 4 or 8. The skipped bytes may have any value.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] if the message ends before that.
    pub fn align(&mut self, alignment: usize) -> Result<(), Error> {
        self.take(self.offset.next_multiple_of(alignment) - self.offset).map(drop)
    }

    /// Reads bytes.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] if the message has fewer.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let Some((taken, _)) = self.bytes[self.offset..].split_at_checked(count) else {
            return Err(self.error(ErrorKind::Truncated { needed: count, left: self.left() }));
        };
        self.offset += count;
        Ok(taken)
    }

    /// Reads as many bytes as an array has.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] if the message has fewer.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    /// Reads an aligned 32-bit number: a count or a pointer's referent.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] if the message ends before that.
    pub fn number(&mut self) -> Result<u32, Error> {
        self.align(4)?;
        self.array().map(u32::from_le_bytes)
    }

    /// Reads the tag of a union, which is never 0. A 0 is the padding of an encoder that aligns the tag as the union lies in
    /// memory: then the tag is at the next multiple of 8.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] if the message ends before that.
    pub fn tag(&mut self) -> Result<u8, Error> {
        let place = self.offset;
        let [mut tag] = self.array()?;
        if tag == 0 && !place.is_multiple_of(8) {
            self.align(8)?;
            [tag] = self.array()?;
        }
        Ok(tag)
    }

    /// Checks that the bytes that are left can hold `count` elements of at least `size` bytes.
    ///
    /// # Errors
    /// [`ErrorKind::TooMany`] if they cannot.
    pub fn check_count(&self, count: u32, size: usize) -> Result<usize, Error> {
        let left = self.left();
        match usize::try_from(count).ok().and_then(|count| Some((count, count.checked_mul(size.max(1))?))) {
            Some((count, needed)) if needed <= left => Ok(count),
            _ => Err(self.error(ErrorKind::TooMany { count, left })),
        }
    }
}
