//! The header that all PDUs of connection-oriented RPC have in common.

use super::error::{Problem, Result};
use super::read::Reader;

/// The kind of a PDU: the field `PTYPE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "C706 section 12.6.4 describes each of them by these names")]
pub enum Kind {
    Request = 0,
    Response = 2,
    Fault = 3,
    Bind = 11,
    BindAck = 12,
    BindNak = 13,
    AlterContext = 14,
    AlterContextResponse = 15,
    Auth3 = 16,
    Shutdown = 17,
    Cancel = 18,
    Orphaned = 19,
}

impl Kind {
    const ALL: [Kind; 12] = [
        Kind::Request,
        Kind::Response,
        Kind::Fault,
        Kind::Bind,
        Kind::BindAck,
        Kind::BindNak,
        Kind::AlterContext,
        Kind::AlterContextResponse,
        Kind::Auth3,
        Kind::Shutdown,
        Kind::Cancel,
        Kind::Orphaned,
    ];

    fn from_code(code: u8) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| *kind as u8 == code)
    }
}

/// Bits of a PDU: the field `pfc_flags`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Flags(pub u8);

impl Flags {
    /// The first fragment of a message.
    pub const FIRST: Flags = Flags(0x01);
    /// The last fragment of a message.
    pub const LAST: Flags = Flags(0x02);
    /// A message of one fragment.
    pub const WHOLE: Flags = Flags(0x03);
    /// In a request: a cancel was pending. In bind and alter context: the sender can sign headers.
    pub const SUPPORT_HEADER_SIGN: Flags = Flags(0x04);
    /// In a fault: the call was not executed.
    pub const DID_NOT_EXECUTE: Flags = Flags(0x20);
    /// The object UUID follows the header of a request.
    pub const OBJECT_UUID: Flags = Flags(0x80);

    /// Returns `true` if all bits of `other` are set.
    pub fn contains(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Returns the bits of both.
    #[must_use]
    pub fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}

/// The header of a PDU. Only little-endian senders with ASCII and IEEE numbers are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The kind of the PDU.
    pub kind: Kind,
    /// The bits of the PDU.
    pub flags: Flags,
    /// The length of the PDU, this header included, in bytes.
    pub frag_length: u16,
    /// The length of the security token at the end, in bytes; 0 if there is no security trailer.
    pub auth_length: u16,
    /// The number of the call.
    pub call_id: u32,
}

/// The data representation of all PDUs here: little-endian, ASCII, IEEE.
pub(super) const DATA_REPRESENTATION: [u8; 4] = [0x10, 0, 0, 0];

impl Header {
    /// The bytes of a header.
    pub const SIZE: usize = 16;

    /// Reads the header at the beginning of a PDU.
    ///
    /// # Errors
    /// If fewer than 16 bytes are there, the version is not 5.0 or 5.1, the kind is unknown, the data representation
    /// is not little-endian, or the lengths contradict each other.
    pub fn decode(bytes: &[u8]) -> Result<Header> {
        let mut reader = Reader::new(bytes, 0);
        let version = reader.u8("rpc_vers")?;
        if version != 5 {
            return Err(reader.error("rpc_vers", 1, Problem::Value { found: version.into() }));
        }
        let minor = reader.u8("rpc_vers_minor")?;
        if minor > 1 {
            return Err(reader.error("rpc_vers_minor", 1, Problem::Value { found: minor.into() }));
        }
        let code = reader.u8("PTYPE")?;
        let kind = Kind::from_code(code)
            .ok_or_else(|| reader.error("PTYPE", 1, Problem::Value { found: code.into() }))?;
        let flags = Flags(reader.u8("pfc_flags")?);
        let representation = reader.u32("packed_drep")?;
        // The last two bytes are reserved.
        if representation & 0xffff != u32::from_le_bytes(DATA_REPRESENTATION) {
            return Err(reader.error("packed_drep", 4, Problem::Value { found: representation.into() }));
        }
        let frag_length = reader.u16("frag_length")?;
        if usize::from(frag_length) < Header::SIZE {
            return Err(reader.error("frag_length", 2, Problem::Value { found: frag_length.into() }));
        }
        let auth_length = reader.u16("auth_length")?;
        let room = usize::from(frag_length) - Header::SIZE;
        if auth_length != 0 && usize::from(auth_length) + super::trailer::SIZE > room {
            return Err(reader.error("auth_length", 2, Problem::Value { found: auth_length.into() }));
        }
        let call_id = reader.u32("call_id")?;
        Ok(Header { kind, flags, frag_length, auth_length, call_id })
    }

    /// Appends the header to `out`, as version 5.0.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        out.extend([5, 0, self.kind as u8, self.flags.0]);
        out.extend(DATA_REPRESENTATION);
        out.extend(self.frag_length.to_le_bytes());
        out.extend(self.auth_length.to_le_bytes());
        out.extend(self.call_id.to_le_bytes());
    }
}
