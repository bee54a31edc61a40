use std::fmt;

use zeroize::Zeroize;

use super::{Decoder, Encoder, Error, ErrorKind, Ndr, Source};

/// A `[string]` of `WCHAR`: UTF-16 code units, which need not be well formed. The null character that ends it on the wire
/// is not a part of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct WideString {
    /// The code units, without the null character at the end. On the other side, a null character among them ends the
    /// string.
    pub units: Vec<u16>,
}

impl From<&str> for WideString {
    fn from(text: &str) -> Self {
        // Memory that grows leaves copies behind, and the text may be a password.
        let mut units = Vec::with_capacity(text.encode_utf16().count());
        units.extend(text.encode_utf16());
        Self { units }
    }
}

impl fmt::Debug for WideString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&String::from_utf16_lossy(&self.units), f)
    }
}

impl Ndr for WideString {
    const ALIGN: usize = 4;
    const SIZE: usize = 14;
    type Head = Self;

    fn fill(source: &mut Source<'_>) -> Self {
        let count = source.count();
        Self { units: (0..count).map(|_| u16::fill(source)).collect() }
    }

    fn encode_head(&self, encoder: &mut Encoder) {
        // The null character counts too.
        let most = u32::MAX as usize - 1;
        let units = &self.units[..self.units.len().min(most)];
        let count = units.len() as u32 + 1;
        encoder.number(count);
        encoder.number(0);
        encoder.number(count);
        u16::encode_all(units, encoder);
        0_u16.encode_head(encoder);
    }

    fn decode_head(decoder: &mut Decoder<'_>) -> Result<Self, Error> {
        let (most, first, count) = (decoder.number()?, decoder.number()?, decoder.number()?);
        if first != 0 || count > most {
            return Err(decoder.error(ErrorKind::StringBounds { most, first, count }));
        }
        let mut units = u16::decode_all(count, decoder)?;
        match units.pop() {
            Some(0) => Ok(Self { units }),
            _ => {
                // It may be a password.
                units.zeroize();
                Err(decoder.error(ErrorKind::NotTerminated))
            }
        }
    }

    fn decode_tail(head: Self, _: &mut Decoder<'_>) -> Result<Self, Error> {
        Ok(head)
    }
}

/// A [`WideString`] that `Debug` does not show and that is overwritten before its memory is given back.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Password {
    /// The password.
    pub text: WideString,
}

impl Drop for Password {
    fn drop(&mut self) {
        self.text.units.zeroize();
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Ndr for Password {
    const ALIGN: usize = WideString::ALIGN;
    const SIZE: usize = WideString::SIZE;
    type Head = Self;

    fn fill(source: &mut Source<'_>) -> Self {
        Self { text: WideString::fill(source) }
    }

    fn encode_head(&self, encoder: &mut Encoder) {
        self.text.encode_head(encoder);
    }

    fn decode_head(decoder: &mut Decoder<'_>) -> Result<Self, Error> {
        WideString::decode_head(decoder).map(|text| Self { text })
    }

    fn decode_tail(head: Self, _: &mut Decoder<'_>) -> Result<Self, Error> {
        Ok(head)
    }
}
