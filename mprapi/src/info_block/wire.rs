//! The fields of an item, one after the other. Windows is always little-endian; addresses and ports are in network order.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::MalformedInfoBlock;

pub(super) type Parsed<T> = std::result::Result<T, MalformedInfoBlock>;

/// Reads fields. Every read checks that the bytes are there.
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl<'b> Reader<'b> {
    #[inline]
    pub(super) fn bytes<const N: usize>(&mut self) -> Parsed<[u8; N]> {
        let ends = MalformedInfoBlock("the info ends within its fields");
        let (bytes, rest) = self.0.split_first_chunk().ok_or(ends)?;
        self.0 = rest;
        Ok(*bytes)
    }

    #[inline]
    pub(super) fn u16(&mut self) -> Parsed<u16> {
        self.bytes().map(u16::from_le_bytes)
    }

    #[inline]
    pub(super) fn u32(&mut self) -> Parsed<u32> {
        self.bytes().map(u32::from_le_bytes)
    }

    /// Reads a `BOOL`, in which every number but 0 is true.
    #[inline]
    pub(super) fn flag(&mut self) -> Parsed<bool> {
        Ok(self.u32()? != 0)
    }

    #[inline]
    pub(super) fn ipv4(&mut self) -> Parsed<Ipv4Addr> {
        self.bytes::<4>().map(Ipv4Addr::from)
    }

    #[inline]
    pub(super) fn ipv6(&mut self) -> Parsed<Ipv6Addr> {
        self.bytes::<16>().map(Ipv6Addr::from)
    }

    /// Reads the length of an IPv6 prefix, which has 32 bits.
    #[inline]
    pub(super) fn ipv6_prefix(&mut self) -> Parsed<u8> {
        match self.u32()? {
            prefix @ 0..=128 => Ok(prefix as u8),
            _ => Err(MalformedInfoBlock("an IPv6 prefix is longer than 128 bits")),
        }
    }

    /// Splits off `count` items of `size` bytes, which the counts in the bytes claim. Takes no memory for them.
    #[inline]
    pub(super) fn items(&mut self, count: u32, size: usize) -> Parsed<std::slice::ChunksExact<'b, u8>> {
        let few = MalformedInfoBlock("the info has fewer items than its count");
        let length = (count as usize).checked_mul(size).ok_or(few)?;
        let (items, rest) = self.0.split_at_checked(length).ok_or(few)?;
        self.0 = rest;
        Ok(items.chunks_exact(size))
    }

    /// Checks that no bytes are left.
    #[inline]
    pub(super) fn end(&self) -> Parsed<()> {
        if self.0.is_empty() { Ok(()) } else { Err(MalformedInfoBlock("the info is longer than its fields")) }
    }
}

/// Writes fields.
#[derive(Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    #[inline]
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> &mut Writer {
        self.0.extend_from_slice(bytes);
        self
    }

    #[inline]
    pub(super) fn u16(&mut self, number: u16) -> &mut Writer {
        self.bytes(&number.to_le_bytes())
    }

    #[inline]
    pub(super) fn u32(&mut self, number: u32) -> &mut Writer {
        self.bytes(&number.to_le_bytes())
    }

    #[inline]
    pub(super) fn flag(&mut self, flag: bool) -> &mut Writer {
        self.u32(flag.into())
    }

    #[inline]
    pub(super) fn ipv4(&mut self, address: Ipv4Addr) -> &mut Writer {
        self.bytes(&address.octets())
    }

    #[inline]
    pub(super) fn ipv6(&mut self, address: Ipv6Addr) -> &mut Writer {
        self.bytes(&address.octets())
    }
}
