//! Certificates, by their names and by what they are for.

use crate::ndr::{Counted, Decoder, Encoder, Error, Ndr, Source};

/// The name or the hash of a certificate (`CERT_BLOB_1`); null or empty for none.
pub type CertificateBlob = Counted<u8>;

/// An extended key usage of a certificate (`CERT_EKU_1`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateEku {
    /// Not 0 if the text is an object identifier, 0 if a name (`IsEKUOID`).
    pub is_oid: u32,
    /// The object identifier or the name (`dwSize`, `pwszEKU`).
    ///
    /// The interface definition counts characters. The specification's text says bytes, so the array may be twice as long
    /// as its text.
    pub text: Counted<u16>,
}

// Another number stands between the count and the pointer.
impl Ndr for CertificateEku {
    const ALIGN: usize = 4;
    const SIZE: usize = 12;
    /// The count, the other number and the referent.
    type Head = (u32, u32, u32);

    fn fill(source: &mut Source<'_>) -> Self {
        Self { is_oid: Ndr::fill(source), text: Ndr::fill(source) }
    }

    fn encode_head(&self, encoder: &mut Encoder) {
        encoder.number(self.text.count());
        encoder.number(self.is_oid);
        encoder.pointer(self.text.is_null());
    }

    fn encode_tail(&self, encoder: &mut Encoder) {
        self.text.encode_pointee(encoder);
    }

    fn decode_head(decoder: &mut Decoder<'_>) -> Result<Self::Head, Error> {
        decoder.enter("dwSize");
        let count = decoder.number()?;
        decoder.enter("IsEKUOID");
        let is_oid = decoder.number()?;
        decoder.enter("pwszEKU");
        Ok((count, is_oid, decoder.number()?))
    }

    fn decode_tail((count, is_oid, referent): Self::Head, decoder: &mut Decoder<'_>) -> Result<Self, Error> {
        decoder.enter("pwszEKU");
        Ok(Self { is_oid, text: Counted::decode_pointee(count, referent, decoder)? })
    }
}
