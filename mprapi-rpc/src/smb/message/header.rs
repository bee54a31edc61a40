//! The header of a message.

use std::fmt;

use super::{Problem, Result};
use crate::pdu::Reader;

/// The command of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "MS-SMB2 section 2.2.1.2 describes each of them by these names")]
pub enum Command {
    Negotiate = 0,
    SessionSetup = 1,
    Logoff = 2,
    TreeConnect = 3,
    Create = 5,
    Close = 6,
    Read = 8,
    Write = 9,
    /// `SMB2 IOCTL`.
    Control = 11,
}

impl Command {
    const ALL: [Command; 9] = [
        Command::Negotiate,
        Command::SessionSetup,
        Command::Logoff,
        Command::TreeConnect,
        Command::Create,
        Command::Close,
        Command::Read,
        Command::Write,
        Command::Control,
    ];

    fn from_code(code: u16) -> Option<Command> {
        Command::ALL.into_iter().find(|command| *command as u16 == code)
    }
}

/// Bits of a header.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(pub u32);

impl Flags {
    /// The message is an answer.
    pub const ANSWER: Flags = Flags(0x0000_0001);
    /// The answer belongs to an operation that takes long: the header has the operation's number instead of a tree.
    pub const ASYNC: Flags = Flags(0x0000_0002);
    /// The message is signed.
    pub const SIGNED: Flags = Flags(0x0000_0008);

    /// Returns `true` if all bits of `other` are set.
    pub const fn contains(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flags({:#010x})", self.0)
    }
}

/// The header of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The status of an answer: an NTSTATUS. 0 in a request.
    pub status: u32,
    /// The command.
    pub command: Command,
    /// The credits that a request asks for or an answer grants.
    pub credits: u16,
    /// The bits.
    pub flags: Flags,
    /// The distance to the next message of a chain, in bytes. 0 if there is none.
    pub next: u32,
    /// The number of the request, which its answers have too.
    pub message_id: u64,
    /// The tree, and 0 above it, or the number of an operation that takes long ([`Flags::ASYNC`]).
    pub tree_or_operation: u64,
    /// The session. 0 before there is one.
    pub session_id: u64,
    /// The signature. Zeroes if there is none.
    pub signature: [u8; 16],
}

impl Header {
    /// The length of a header in bytes.
    pub const SIZE: usize = 64;

    /// The first bytes of a message.
    pub const MAGIC: [u8; 4] = [0xfe, b'S', b'M', b'B'];

    /// The place of the signature.
    pub const SIGNATURE: std::ops::Range<usize> = 48..64;

    /// Makes the header of a request, which is not signed. It pays with one credit.
    pub const fn request(
        command: Command,
        message_id: u64,
        tree: u32,
        session_id: u64,
        credits: u16,
    ) -> Header {
        Header {
            status: 0,
            command,
            credits,
            flags: Flags(0),
            next: 0,
            message_id,
            tree_or_operation: (tree as u64) << 32,
            session_id,
            signature: [0; 16],
        }
    }

    /// Returns the tree of a header that has one.
    pub const fn tree(&self) -> Option<u32> {
        match self.flags.contains(Flags::ASYNC) {
            true => None,
            false => Some((self.tree_or_operation >> 32) as u32),
        }
    }

    /// Returns the number of the operation of a header that has one.
    pub const fn operation(&self) -> Option<u64> {
        match self.flags.contains(Flags::ASYNC) {
            true => Some(self.tree_or_operation),
            false => None,
        }
    }

    /// Reads the header of a message.
    ///
    /// # Errors
    /// If the message is shorter, is not one of SMB 2 or 3, or has a command that the client never sends.
    pub fn decode(message: &[u8]) -> Result<Header> {
        let mut reader = Reader::new(message, 0);
        let magic: [u8; 4] = reader.array("ProtocolId")?;
        if magic != Header::MAGIC {
            let found = u32::from_le_bytes(magic).into();
            return Err(reader.error("ProtocolId", 4, Problem::Value { found }));
        }
        let size = reader.u16("StructureSize")?;
        if usize::from(size) != Header::SIZE {
            return Err(reader.error("StructureSize", 2, Problem::Value { found: size.into() }));
        }
        let _charge = reader.u16("CreditCharge")?;
        let status = reader.u32("Status")?;
        let code = reader.u16("Command")?;
        let unknown = reader.error("Command", 2, Problem::Value { found: code.into() });
        let command = Command::from_code(code).ok_or(unknown)?;
        Ok(Header {
            status,
            command,
            credits: reader.u16("CreditResponse")?,
            flags: Flags(reader.u32("Flags")?),
            next: reader.u32("NextCommand")?,
            message_id: u64::from_le_bytes(reader.array("MessageId")?),
            tree_or_operation: u64::from_le_bytes(reader.array("TreeId")?),
            session_id: u64::from_le_bytes(reader.array("SessionId")?),
            signature: reader.array("Signature")?,
        })
    }

    /// Appends the bytes of the header.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.extend(Header::MAGIC);
        out.extend((Header::SIZE as u16).to_le_bytes());
        // A client that does not use credits by size charges nothing.
        out.extend(0_u16.to_le_bytes());
        out.extend(self.status.to_le_bytes());
        out.extend((self.command as u16).to_le_bytes());
        out.extend(self.credits.to_le_bytes());
        out.extend(self.flags.0.to_le_bytes());
        out.extend(self.next.to_le_bytes());
        out.extend(self.message_id.to_le_bytes());
        out.extend(self.tree_or_operation.to_le_bytes());
        out.extend(self.session_id.to_le_bytes());
        out.extend(self.signature);
    }
}
