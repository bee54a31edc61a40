//! Identifiers of interfaces and of transfer syntaxes.

use std::fmt;

use super::error::Result;
use super::read::Reader;

/// A UUID in the order of the wire: the first three groups are little-endian.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Uuid(pub [u8; 16]);

impl Uuid {
    /// Makes a UUID of the groups of its text form. The last two groups are one number of 64 bits.
    pub const fn new(first: u32, second: u16, third: u16, last: u64) -> Uuid {
        let ([a, b, c, d], [e, f]) = (first.to_le_bytes(), second.to_le_bytes());
        let ([g, h], [i, j, k, l, m, n, o, p]) = (third.to_le_bytes(), last.to_be_bytes());
        Uuid([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g, h, i, rest @ ..] = self.0;
        let first = u32::from_le_bytes([a, b, c, d]);
        let (second, third) = (u16::from_le_bytes([e, g]), u16::from_le_bytes([h, i]));
        let last = u64::from_be_bytes(rest);
        write!(f, "{first:08x}-{second:04x}-{third:04x}-{:04x}-{:012x}", last >> 48, last & 0xffff_ffff_ffff)
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An interface or a transfer syntax: a UUID and a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Syntax {
    /// The UUID.
    pub uuid: Uuid,
    /// The version. The low 16 bits are the major number, the high 16 bits the minor one.
    pub version: u32,
}

impl Syntax {
    /// The bytes of a syntax on the wire.
    pub const SIZE: usize = 20;

    /// The interface of MS-RRASM, `DIMSVC` 0.0.
    pub const DIMSVC: Syntax =
        Syntax { uuid: Uuid::new(0x8f09_f000, 0xb7ed, 0x11ce, 0xbbd2_0000_1a18_1cad), version: 0 };

    /// The transfer syntax NDR 2.0, with 32-bit pointers and sizes. It is the only one of MS-RRASM.
    pub const NDR32: Syntax =
        Syntax { uuid: Uuid::new(0x8a88_5d04, 0x1ceb, 0x11c9, 0x9fe8_0800_2b10_4860), version: 2 };

    /// The transfer syntax NDR64 1.0.
    pub const NDR64: Syntax =
        Syntax { uuid: Uuid::new(0x7171_0533, 0xbeba, 0x4937, 0x8319_b5db_ef9c_cc36), version: 1 };

    /// Makes the transfer syntax that offers the bind-time features of MS-RPCE section 3.3.1.5.3.
    pub const fn features(features: u64) -> Syntax {
        // The features are a bit mask in the last 8 bytes, little-endian.
        let uuid = Uuid::new(0x6cb7_1c2c, 0x9812, 0x4540, features.swap_bytes());
        Syntax { uuid, version: 1 }
    }

    /// Returns the features that the syntax offers, if it is a negotiation of features.
    pub fn offered_features(&self) -> Option<u64> {
        let [fixed @ .., a, b, c, d, e, f, g, h] = self.uuid.0;
        let [same @ .., _, _, _, _, _, _, _, _] = Syntax::features(0).uuid.0;
        (self.version == 1 && fixed == same).then_some(u64::from_le_bytes([a, b, c, d, e, f, g, h]))
    }

    pub(super) fn decode(reader: &mut Reader<'_>, field: &'static str) -> Result<Syntax> {
        Ok(Syntax { uuid: Uuid(reader.array(field)?), version: reader.u32(field)? })
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.uuid.0);
        out.extend(self.version.to_le_bytes());
    }
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}.{}", self.uuid, self.version & 0xffff, self.version >> 16)
    }
}
