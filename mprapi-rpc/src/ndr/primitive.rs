//! Numbers, and arrays of a fixed number of them.

use zeroize::Zeroize;

use super::{Decoder, Encoder, Error, Ndr, Source};

/// Implements [`Ndr`] for a number. The elements of an array are read at once, into memory that does not move: they may be a
/// password. `number!(u16)` becomes
///
/// ```text
/// impl Ndr for u16 {
///     const ALIGN: usize = 2;
///     const SIZE: usize = 2;
///     type Head = Self;
///
///     fn encode_head(&self, encoder: &mut Encoder) {
///         encoder.align(2);
///         encoder.put(&self.to_le_bytes());
///     }
///
///     fn decode_head(decoder: &mut Decoder<'_>) -> Result<Self, Error> {
///         decoder.align(2)?;
///         decoder.array().map(Self::from_le_bytes)
///     }
///     // and fill, decode_tail, wipe, decode_all
/// }
/// ```
macro_rules! number {
    ($type:ty) => {
        impl Ndr for $type {
            const ALIGN: usize = size_of::<$type>();
            const SIZE: usize = size_of::<$type>();
            type Head = Self;

            fn fill(source: &mut Source<'_>) -> Self {
                Self::from_le_bytes(source.array())
            }

            fn encode_head(&self, encoder: &mut Encoder) {
                encoder.align(Self::ALIGN);
                encoder.put(&self.to_le_bytes());
            }

            fn decode_head(decoder: &mut Decoder<'_>) -> Result<Self, Error> {
                decoder.align(Self::ALIGN)?;
                decoder.array().map(Self::from_le_bytes)
            }

            fn decode_tail(head: Self, _: &mut Decoder<'_>) -> Result<Self, Error> {
                Ok(head)
            }

            fn wipe(elements: &mut [Self]) {
                elements.zeroize();
            }

            fn decode_all(count: u32, decoder: &mut Decoder<'_>) -> Result<Vec<Self>, Error> {
                decoder.align(Self::ALIGN)?;
                let (numbers, _) =
                    decoder.take(decoder.check_count(count, Self::SIZE)? * Self::SIZE)?.as_chunks();
                Ok(numbers.iter().map(|number| Self::from_le_bytes(*number)).collect())
            }
        }
    };
}

number!(u16);
number!(u32);
number!(u64);

impl Ndr for u8 {
    const ALIGN: usize = 1;
    const SIZE: usize = 1;
    type Head = Self;

    fn fill(source: &mut Source<'_>) -> Self {
        source.byte()
    }

    fn encode_head(&self, encoder: &mut Encoder) {
        encoder.put(&[*self]);
    }

    fn decode_head(decoder: &mut Decoder<'_>) -> Result<Self, Error> {
        let [byte] = decoder.array()?;
        Ok(byte)
    }

    fn decode_tail(head: Self, _: &mut Decoder<'_>) -> Result<Self, Error> {
        Ok(head)
    }

    fn wipe(elements: &mut [Self]) {
        elements.zeroize();
    }

    // Records are long arrays of bytes.
    fn encode_all(elements: &[Self], encoder: &mut Encoder) {
        encoder.put(elements);
    }

    fn decode_all(count: u32, decoder: &mut Decoder<'_>) -> Result<Vec<Self>, Error> {
        let count = decoder.check_count(count, 1)?;
        decoder.take(count).map(Vec::from)
    }
}

/// Numbers in a fixed array, which all lie in the head.
impl<T: Ndr<Head = T> + Copy, const N: usize> Ndr for [T; N] {
    const ALIGN: usize = T::ALIGN;
    const SIZE: usize = T::SIZE * N;
    type Head = Self;

    fn fill(source: &mut Source<'_>) -> Self {
        std::array::from_fn(|_| T::fill(source))
    }

    fn encode_head(&self, encoder: &mut Encoder) {
        self.iter().for_each(|element| element.encode_head(encoder));
    }

    fn decode_head(decoder: &mut Decoder<'_>) -> Result<Self, Error> {
        decoder.align(T::ALIGN)?;
        decoder.check_count(N as u32, T::SIZE)?;
        let mut array = [T::fill(&mut Source::default()); N];
        for element in &mut array {
            *element = T::decode_head(decoder)?;
        }
        Ok(array)
    }

    fn decode_tail(head: Self, _: &mut Decoder<'_>) -> Result<Self, Error> {
        Ok(head)
    }
}
