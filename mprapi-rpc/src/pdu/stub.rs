//! The stub of a call, which travels in fragments.

use zeroize::Zeroizing;

use super::header::Flags;
use crate::secret;

/// A part of a stub that is sent: one fragment's.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    /// The flags that say whether it is the first, the last, or both.
    pub(crate) flags: Flags,
    /// The bytes from here to the end of the stub.
    pub(crate) alloc_hint: u32,
    pub(crate) stub: &'a [u8],
}

/// Splits a stub into parts of at most `room` bytes. An empty one has one part.
pub(crate) fn parts(stub: &[u8], room: usize) -> impl Iterator<Item = Part<'_>> {
    let mut left = Some(stub);
    std::iter::from_fn(move || {
        let rest = left.take()?;
        let (part, behind) = rest.split_at(room.min(rest.len()));
        let mut flags = Flags::default();
        if rest.len() == stub.len() {
            flags = flags.with(Flags::FIRST);
        }
        match behind.is_empty() {
            true => flags = flags.with(Flags::LAST),
            false => left = Some(behind),
        }
        Some(Part { flags, alloc_hint: u32::try_from(rest.len()).unwrap_or(u32::MAX), stub: part })
    })
}

/// A stub that is received, as far as its parts are there. It may have a password.
#[derive(Default)]
pub(crate) struct Gathered {
    bytes: Zeroizing<Vec<u8>>,
    fragments: usize,
}

/// A stub that is larger than its receiver allows, in bytes or in fragments.
#[derive(Debug)]
pub(crate) struct TooLarge;

impl Gathered {
    /// Returns `true` if no part is there yet.
    pub(crate) fn is_new(&self) -> bool {
        self.fragments == 0
    }

    /// Appends a part. The hints of a sender say nothing that is relied on: the stub grows by what has arrived.
    ///
    /// # Errors
    /// If the stub would be longer than `longest` bytes, or have more than `most` fragments.
    pub(crate) fn append(&mut self, part: &[u8], longest: usize, most: usize) -> Result<(), TooLarge> {
        self.fragments += 1;
        if self.fragments > most || self.bytes.len() + part.len() > longest {
            return Err(TooLarge);
        }
        secret::append(&mut self.bytes, part);
        Ok(())
    }

    /// Returns the bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the bytes, which the caller overwrites.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        std::mem::take(&mut *self.bytes)
    }
}
