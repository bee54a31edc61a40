use std::fmt;

use super::{Decoder, Encoder, Error, ErrorKind, Ndr, Source};

/// A count, and a unique pointer to an array of as many elements.
///
/// The elements may be a password or a key: `Debug` shows the count alone, and bytes and units are overwritten before their
/// memory is given back.
#[derive(Clone, PartialEq, Eq)]
pub enum Counted<T: Ndr> {
    /// A null pointer. The count may still be a number, for example the size of a buffer that the caller has.
    Null(u32),
    /// The elements; the count is their number. More than `u32::MAX` elements have no representation: those behind are
    /// not written.
    Elements(Vec<T>),
}

impl<T: Ndr> Counted<T> {
    /// A null pointer with the count 0.
    pub const NULL: Self = Self::Null(0);

    /// Returns the count.
    pub fn count(&self) -> u32 {
        match self {
            Self::Null(count) => *count,
            Self::Elements(elements) => u32::try_from(elements.len()).unwrap_or(u32::MAX),
        }
    }

    /// Returns the elements, none if the pointer is null.
    pub fn elements(&self) -> &[T] {
        match self {
            Self::Null(_) => &[],
            Self::Elements(elements) => elements,
        }
    }

    /// Returns the elements, none if the pointer is null.
    pub fn into_elements(mut self) -> Vec<T> {
        match &mut self {
            Self::Null(_) => Vec::new(),
            Self::Elements(elements) => std::mem::take(elements),
        }
    }

    /// Returns `true` if the pointer is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null(_))
    }
}

impl<T: Ndr> Drop for Counted<T> {
    fn drop(&mut self) {
        if let Self::Elements(elements) = self {
            T::wipe(elements);
        }
    }
}

impl<T: Ndr> Default for Counted<T> {
    fn default() -> Self {
        Self::NULL
    }
}

impl<T: Ndr> From<Vec<T>> for Counted<T> {
    fn from(elements: Vec<T>) -> Self {
        Self::Elements(elements)
    }
}

impl<T: Ndr> fmt::Debug for Counted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null(count) => write!(f, "Null({count})"),
            Self::Elements(elements) => write!(f, "Elements({})", elements.len()),
        }
    }
}

impl<T: Ndr> Counted<T> {
    /// Writes the array behind the pointer: its size and its elements.
    pub(crate) fn encode_pointee(&self, encoder: &mut Encoder) {
        if let Self::Elements(elements) = self {
            let count = self.count();
            encoder.number(count);
            T::encode_all(&elements[..count as usize], encoder);
        }
    }

    /// Reads the array behind the pointer, which must have as many elements as the count states.
    pub(crate) fn decode_pointee(
        count: u32,
        referent: u32,
        decoder: &mut Decoder<'_>,
    ) -> Result<Self, Error> {
        if referent == 0 {
            return Ok(Self::Null(count));
        }
        let found = decoder.number()?;
        if found != count {
            return Err(decoder.error(ErrorKind::CountMismatch { stated: count, found }));
        }
        T::decode_all(count, decoder).map(Self::Elements)
    }
}

impl<T: Ndr> Ndr for Counted<T> {
    const ALIGN: usize = 4;
    const SIZE: usize = 8;
    /// The count and the referent.
    type Head = (u32, u32);

    fn fill(source: &mut Source<'_>) -> Self {
        if source.is_null() {
            return Self::Null(u32::fill(source));
        }
        let count = source.count();
        Self::Elements((0..count).map(|_| T::fill(source)).collect())
    }

    fn encode_head(&self, encoder: &mut Encoder) {
        encoder.number(self.count());
        encoder.pointer(self.is_null());
    }

    fn encode_tail(&self, encoder: &mut Encoder) {
        self.encode_pointee(encoder);
    }

    fn decode_head(decoder: &mut Decoder<'_>) -> Result<(u32, u32), Error> {
        Ok((decoder.number()?, decoder.number()?))
    }

    fn decode_tail((count, referent): (u32, u32), decoder: &mut Decoder<'_>) -> Result<Self, Error> {
        Self::decode_pointee(count, referent, decoder)
    }
}
