//! Unique pointers: null, or a pointee that nothing else points to.

use super::{Decoder, Encoder, Error, Ndr, Source};

impl<T: Ndr> Ndr for Option<T> {
    const ALIGN: usize = 4;
    const SIZE: usize = 4;
    /// The referent, which is 0 for null.
    type Head = u32;

    fn fill(source: &mut Source<'_>) -> Self {
        (!source.is_null()).then(|| T::fill(source))
    }

    fn encode_head(&self, encoder: &mut Encoder) {
        encoder.pointer(self.is_none());
    }

    fn encode_tail(&self, encoder: &mut Encoder) {
        if let Some(pointee) = self {
            pointee.encode(encoder);
        }
    }

    fn decode_head(decoder: &mut Decoder<'_>) -> Result<u32, Error> {
        decoder.number()
    }

    fn decode_tail(referent: u32, decoder: &mut Decoder<'_>) -> Result<Self, Error> {
        if referent == 0 {
            return Ok(None);
        }
        T::decode(decoder).map(Some)
    }
}
