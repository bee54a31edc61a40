//! The PDUs with which a client names interfaces: bind and alter context.

use super::error::{Problem, Result};
use super::header::Header;
use super::read::Reader;
use super::syntax::Syntax;

/// One interface that a client wants to use, with the transfer syntaxes that it knows: `p_cont_elem_t`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The number by which requests will name the interface.
    pub context_id: u16,
    /// The interface.
    pub interface: Syntax,
    /// The transfer syntaxes, in the client's order. Bind-time features are one of these.
    pub transfer_syntaxes: Vec<Syntax>,
}

/// The body of a bind or an alter context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bind {
    /// The largest fragment that the client sends, in bytes.
    pub max_xmit_frag: u16,
    /// The largest fragment that the client receives, in bytes.
    pub max_recv_frag: u16,
    /// The association group that the client wants to join; 0 for a new one.
    pub assoc_group_id: u32,
    /// The interfaces.
    pub offers: Vec<Offer>,
}

impl Bind {
    /// Reads the body of a bind or an alter context. Bytes behind the last element are ignored: impacket's alter context
    /// has its elements twice, counted once.
    ///
    /// # Errors
    /// If the body is shorter than its fields, or there are more interfaces or transfer syntaxes than bytes for them.
    pub fn decode(body: &[u8]) -> Result<Bind> {
        let mut reader = Reader::new(body, Header::SIZE);
        let (max_xmit_frag, max_recv_frag) = (reader.u16("max_xmit_frag")?, reader.u16("max_recv_frag")?);
        let assoc_group_id = reader.u32("assoc_group_id")?;
        let count = counted(&mut reader, "n_context_elem", 4 + Syntax::SIZE)?;
        reader.bytes("p_context_elem_reserved", 3)?;
        let mut offers = Vec::with_capacity(count);
        for _ in 0..count {
            let context_id = reader.u16("p_cont_id")?;
            let syntaxes = counted(&mut reader, "n_transfer_syn", Syntax::SIZE)?;
            reader.u8("p_cont_elem_reserved")?;
            let interface = Syntax::decode(&mut reader, "abstract_syntax")?;
            let transfer_syntaxes = (0..syntaxes)
                .map(|_| Syntax::decode(&mut reader, "transfer_syntax"))
                .collect::<Result<_>>()?;
            offers.push(Offer { context_id, interface, transfer_syntaxes });
        }
        Ok(Bind { max_xmit_frag, max_recv_frag, assoc_group_id, offers })
    }

    /// Makes the body.
    ///
    /// # Errors
    /// If there are more than 255 interfaces, or transfer syntaxes of one.
    pub fn encode(&self) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        out.extend(self.max_xmit_frag.to_le_bytes());
        out.extend(self.max_recv_frag.to_le_bytes());
        out.extend(self.assoc_group_id.to_le_bytes());
        out.extend([count("n_context_elem", self.offers.len(), &out)?, 0, 0, 0]);
        for offer in &self.offers {
            out.extend(offer.context_id.to_le_bytes());
            out.extend([count("n_transfer_syn", offer.transfer_syntaxes.len(), &out)?, 0]);
            offer.interface.encode(&mut out);
            offer.transfer_syntaxes.iter().for_each(|syntax| syntax.encode(&mut out));
        }
        Ok(out)
    }
}

/// Takes a count of elements that are at least `size` bytes each, and checks that these can be there.
pub(super) fn counted(reader: &mut Reader<'_>, field: &'static str, size: usize) -> Result<usize> {
    let count = usize::from(reader.u8(field)?);
    let limit = reader.left() / size;
    if count > limit {
        return Err(reader.error(field, 1, Problem::Large { found: count, limit }));
    }
    Ok(count)
}

/// Makes the count of a list of `length` elements, which comes after `before`.
pub(super) fn count(field: &'static str, length: usize, before: &[u8]) -> Result<u8> {
    u8::try_from(length).map_err(|_| super::error::Error {
        field,
        offset: Header::SIZE + before.len(),
        problem: Problem::Large { found: length, limit: u8::MAX.into() },
    })
}
