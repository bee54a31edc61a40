//! `SMB2 NEGOTIATE`: the dialect and its algorithms.

use std::fmt;

use super::part::{body, buffer, put_utf16};
use super::{Header, Problem, Result};
use crate::pdu::Reader;

/// Bits of what a client or a server can do.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Capabilities(pub u32);

impl Capabilities {
    /// Encryption, in SMB 3.0 and 3.0.2. SMB 3.1.1 negotiates a cipher instead.
    pub const ENCRYPTION: Capabilities = Capabilities(0x0000_0040);

    /// Returns `true` if all bits of `other` are set.
    pub const fn contains(self, other: Capabilities) -> bool {
        self.0 & other.0 == other.0
    }
}

impl fmt::Debug for Capabilities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Capabilities({:#010x})", self.0)
    }
}

/// The first request. The client requires signing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NegotiateRequest<'a> {
    /// The client's bits.
    pub capabilities: Capabilities,
    /// The client's number, made for this connection.
    pub client: [u8; 16],
    /// The codes of the dialects.
    pub dialects: &'a [u16],
    /// Random bytes, so that no two connections have the same hash.
    pub salt: [u8; 32],
    /// The codes of the ciphers. The best comes first.
    pub ciphers: &'a [u16],
    /// The codes of the algorithms that sign. The best comes first.
    pub signings: &'a [u16],
    /// The server's name, as the user gave it.
    pub server: &'a str,
}

impl NegotiateRequest<'_> {
    /// The bits of a client that requires signing.
    pub const SIGNING_REQUIRED: u16 = 2;

    /// Returns the body.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, &[36, self.dialects.len() as u16, NegotiateRequest::SIGNING_REQUIRED, 0]);
        out.extend(self.capabilities.0.to_le_bytes());
        out.extend(self.client);
        let list = (Header::SIZE + 36 + 2 * self.dialects.len()).next_multiple_of(8);
        out.extend((list as u32).to_le_bytes());
        put(&mut out, &[4, 0]);
        put(&mut out, self.dialects);

        let mut hashes = Vec::new();
        put(&mut hashes, &[1, self.salt.len() as u16, NegotiateContext::SHA_512]);
        hashes.extend(self.salt);
        put_context(&mut out, NegotiateContext::HASHES, &hashes);
        put_context(&mut out, NegotiateContext::CIPHERS, &counted(self.ciphers));
        put_context(&mut out, NegotiateContext::SIGNINGS, &counted(self.signings));
        let mut server = Vec::new();
        put_utf16(&mut server, self.server);
        put_context(&mut out, NegotiateContext::SERVER, &server);
        out
    }
}

/// Appends numbers of 16 bits.
fn put(out: &mut Vec<u8>, numbers: &[u16]) {
    out.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

/// Returns a list of numbers behind its length.
fn counted(codes: &[u16]) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, &[codes.len() as u16]);
    put(&mut out, codes);
    out
}

/// Appends a context at the next multiple of 8 of the message.
fn put_context(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
    out.resize(out.len().next_multiple_of(8), 0);
    put(out, &[kind, data.len() as u16, 0, 0]);
    out.extend(data);
}

/// A context of SMB 3.1.1: a choice among algorithms of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NegotiateContext<'a> {
    /// The kind.
    pub kind: u16,
    /// The bytes, as the kind has them.
    pub data: &'a [u8],
}

impl NegotiateContext<'_> {
    /// The kind of the hash of everything before the session.
    pub const HASHES: u16 = 1;
    /// The kind of the cipher.
    pub const CIPHERS: u16 = 2;
    /// The kind of the server's name.
    pub const SERVER: u16 = 5;
    /// The kind of the algorithm that signs.
    pub const SIGNINGS: u16 = 8;
    /// The only hash.
    pub const SHA_512: u16 = 1;
}

/// The server's choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NegotiateAnswer<'a> {
    /// Bit 0 if the server signs, bit 1 if it requires signing.
    pub security_mode: u16,
    /// The code of the dialect.
    pub dialect: u16,
    /// The server's number.
    pub server: [u8; 16],
    /// The server's bits.
    pub capabilities: Capabilities,
    /// The largest buffer of a control operation, in bytes.
    pub max_transact: u32,
    /// The largest buffer of a read, in bytes.
    pub max_read: u32,
    /// The largest buffer of a write, in bytes.
    pub max_write: u32,
    /// The first token of the authentication. It may be empty.
    pub token: &'a [u8],
    /// The contexts, if the dialect is SMB 3.1.1.
    pub contexts: Vec<NegotiateContext<'a>>,
}

impl<'a> NegotiateAnswer<'a> {
    /// The most contexts that an answer may have. MS-SMB2 knows 8 kinds.
    pub const MOST_CONTEXTS: u16 = 16;

    /// Reads an answer.
    ///
    /// # Errors
    /// If a field is not as the specification says, or there are more contexts than [`MOST_CONTEXTS`](Self::MOST_CONTEXTS).
    pub fn decode(message: &'a [u8]) -> Result<NegotiateAnswer<'a>> {
        let mut reader = body(message, 65)?;
        let security_mode = reader.u16("SecurityMode")?;
        let dialect = reader.u16("DialectRevision")?;
        let count = reader.u16("NegotiateContextCount")?;
        let server = reader.array("ServerGuid")?;
        let capabilities = Capabilities(reader.u32("Capabilities")?);
        let max_transact = reader.u32("MaxTransactSize")?;
        let max_read = reader.u32("MaxReadSize")?;
        let max_write = reader.u32("MaxWriteSize")?;
        let _times: [u8; 16] = reader.array("SystemTime")?;
        let offset = reader.u16("SecurityBufferOffset")?.into();
        let length = reader.u16("SecurityBufferLength")?.into();
        let list = reader.u32("NegotiateContextOffset")?;
        let token = buffer(message, &reader, "SecurityBuffer", offset, length)?;
        let mut contexts = Vec::new();
        if dialect == 0x0311 {
            if count > NegotiateAnswer::MOST_CONTEXTS {
                let (found, limit) = (count.into(), NegotiateAnswer::MOST_CONTEXTS.into());
                return Err(reader.error("NegotiateContextCount", 0, Problem::Large { found, limit }));
            }
            let end = reader.offset();
            let Some(start) = usize::try_from(list).ok().filter(|start| *start >= end && start % 8 == 0)
            else {
                return Err(reader.error("NegotiateContextOffset", 4, Problem::Value { found: list.into() }));
            };
            let mut reader = Reader::new(message.get(start..).unwrap_or_default(), start);
            for _ in 0..count {
                reader.align("NegotiateContext", 8)?;
                let kind = reader.u16("ContextType")?;
                let length = reader.u16("DataLength")?;
                reader.u32("Reserved")?;
                contexts.push(NegotiateContext { kind, data: reader.bytes("Data", length.into())? });
            }
        }
        Ok(NegotiateAnswer {
            security_mode,
            dialect,
            server,
            capabilities,
            max_transact,
            max_read,
            max_write,
            token,
            contexts,
        })
    }

    /// Returns the algorithm that the server chose from a kind's list: the code of the hash, cipher, or algorithm that signs.
    /// Returns `None` if it chose from no such list.
    ///
    /// # Errors
    /// If it chose twice, or not exactly one.
    pub fn chosen(&self, kind: u16) -> Result<Option<u16>> {
        let mut found = self.contexts.iter().filter(|context| context.kind == kind);
        let Some(context) = found.next() else { return Ok(None) };
        let mut reader = Reader::new(context.data, 0);
        if found.next().is_some() {
            return Err(reader.error("ContextType", 0, Problem::Value { found: kind.into() }));
        }
        let count = reader.u16("AlgorithmCount")?;
        if count != 1 {
            return Err(reader.error("AlgorithmCount", 2, Problem::Value { found: count.into() }));
        }
        if kind == NegotiateContext::HASHES {
            let length = reader.u16("SaltLength")?;
            let code = reader.u16("HashAlgorithms")?;
            reader.bytes("Salt", length.into())?;
            return Ok(Some(code));
        }
        Ok(Some(reader.u16("Algorithms")?))
    }
}
