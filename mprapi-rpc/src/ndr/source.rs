/// A supply of bytes from which [`Ndr::fill`](super::Ndr::fill) makes values of any shape. An exhausted source supplies zeros.
///
/// The default source is exhausted: values made from it are zero, null and empty.
#[derive(Clone, Debug, Default)]
pub struct Source<'a> {
    bytes: &'a [u8],
}

impl<'a> Source<'a> {
    /// Makes a source of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Returns the next bytes.
    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut array = [0; N];
        let (taken, rest) = self.bytes.split_at(N.min(self.bytes.len()));
        array[..taken.len()].copy_from_slice(taken);
        self.bytes = rest;
        array
    }

    /// Returns the next byte.
    pub fn byte(&mut self) -> u8 {
        let [byte] = self.array();
        byte
    }

    /// Returns `true` for the first half of the bytes' values, and if the source is exhausted.
    pub fn is_null(&mut self) -> bool {
        self.byte() < 128
    }

    /// Returns a number of elements, at most 15: bytes for all of them would be hard to find.
    pub fn count(&mut self) -> usize {
        usize::from(self.byte() % 16)
    }
}
