//! The verification trailer at the end of a request's stub (MS-RPCE section 2.2.2.13).
//!
//! A client repeats there, under the protection of the stub, the fields of the header and of the bind that the protection
//! does not cover.

use super::error::{Problem, Result};
use super::header::DATA_REPRESENTATION;
use super::read::Reader;
use super::syntax::Syntax;

/// The bytes that a trailer begins with.
const SIGNATURE: [u8; 8] = [0x8a, 0xe3, 0x13, 0x71, 0x02, 0xf4, 0x36, 0x71];

/// The largest trailer, in bytes. It is far more than the three commands need.
const LIMIT: usize = 1024;

const BITMASK: u16 = 1;
const PCONTEXT: u16 = 2;
const HEADER2: u16 = 3;
const END: u16 = 0x4000;
const MUST_PROCESS: u16 = 0x8000;

/// The facts that a trailer repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The bits of the client. Bit 0: it can sign headers.
    pub bitmask: Option<u32>,
    /// The interface and its transfer syntax.
    pub interface: Option<(Syntax, Syntax)>,
    /// The fields of the header.
    pub header: Option<VerifiedHeader>,
    /// A command that the server must understand, and does not.
    pub unknown: Option<u16>,
}

/// The fields of the header of a request that a trailer repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifiedHeader {
    /// The kind of the PDU.
    pub ptype: u8,
    /// The data representation.
    pub representation: [u8; 4],
    /// The number of the call.
    pub call_id: u32,
    /// The number of the interface.
    pub context_id: u16,
    /// The number of the operation.
    pub opnum: u16,
}

impl VerifiedHeader {
    /// Makes the fields of a request that is sent as all PDUs here are.
    pub fn of_request(call_id: u32, context_id: u16, opnum: u16) -> VerifiedHeader {
        VerifiedHeader { ptype: 0, representation: DATA_REPRESENTATION, call_id, context_id, opnum }
    }
}

impl Verification {
    /// The bit of a client that can sign headers.
    pub const SUPPORTS_HEADER_SIGN: u32 = 1;

    /// Makes a trailer of the three commands.
    pub fn new(bitmask: u32, interface: Syntax, header: VerifiedHeader) -> Verification {
        let interface = Some((interface, Syntax::NDR32));
        Verification { bitmask: Some(bitmask), interface, header: Some(header), unknown: None }
    }

    /// Finds the trailer of a stub. Returns the offset at which the trailer with its padding begins (the arguments end
    /// before or at it) and the trailer, or `None` if there is none.
    ///
    /// A stub may contain the signature by chance: only bytes that are a trailer up to the end of the stub are one.
    pub fn find(stub: &[u8]) -> Option<(usize, Verification)> {
        let first = stub.len().saturating_sub(LIMIT).next_multiple_of(4);
        let places = (first..stub.len()).step_by(4);
        places.filter(|at| stub[*at..].starts_with(&SIGNATURE)).find_map(|at| {
            let trailer = Verification::decode(&stub[at..], at).ok()?;
            Some((at, trailer))
        })
    }

    /// Reads a trailer that begins at the offset `base` of the stub.
    ///
    /// # Errors
    /// If the signature is another, a command is longer than the trailer or not of its size, or bytes follow the last.
    pub fn decode(bytes: &[u8], base: usize) -> Result<Verification> {
        let mut reader = Reader::new(bytes, base);
        let signature = reader.array::<8>("signature")?;
        if signature != SIGNATURE {
            let found = u64::from_le_bytes(signature);
            return Err(reader.error("signature", 8, Problem::Value { found }));
        }
        let mut trailer = Verification { bitmask: None, interface: None, header: None, unknown: None };
        loop {
            let command = reader.u16("command")?;
            let length = usize::from(reader.u16("length")?);
            let base = reader.offset();
            let mut data = Reader::new(reader.bytes("command data", length)?, base);
            match command & !(END | MUST_PROCESS) {
                BITMASK => trailer.bitmask = Some(data.u32("bitmask")?),
                PCONTEXT => {
                    let interface = Syntax::decode(&mut data, "abstract_syntax")?;
                    trailer.interface = Some((interface, Syntax::decode(&mut data, "transfer_syntax")?));
                }
                HEADER2 => {
                    let ptype = data.u8("ptype")?;
                    data.bytes("header2 reserved", 3)?;
                    let representation = data.array("drep")?;
                    let (call_id, context_id) = (data.u32("call_id")?, data.u16("p_cont_id")?);
                    let opnum = data.u16("opnum")?;
                    trailer.header =
                        Some(VerifiedHeader { ptype, representation, call_id, context_id, opnum });
                }
                other => {
                    if command & MUST_PROCESS != 0 {
                        trailer.unknown = Some(other);
                    }
                    data.rest();
                }
            }
            data.end("command data")?;
            if command & END != 0 {
                reader.end("verification trailer")?;
                return Ok(trailer);
            }
        }
    }

    /// Appends the trailer to a stub, with the padding before it.
    pub fn append(&self, stub: &mut Vec<u8>) {
        stub.resize(stub.len().next_multiple_of(4), 0);
        stub.extend(SIGNATURE);
        let bitmask = self.bitmask.map(|bits| (BITMASK, bits.to_le_bytes().to_vec()));
        let interface = self.interface.map(|(interface, transfer)| {
            let mut data = Vec::new();
            interface.encode(&mut data);
            transfer.encode(&mut data);
            (PCONTEXT | MUST_PROCESS, data)
        });
        let header = self.header.map(|header| {
            let mut data = vec![header.ptype, 0, 0, 0];
            data.extend(header.representation);
            data.extend(header.call_id.to_le_bytes());
            data.extend(header.context_id.to_le_bytes());
            data.extend(header.opnum.to_le_bytes());
            (HEADER2 | MUST_PROCESS, data)
        });
        let unknown = self.unknown.map(|command| (command | MUST_PROCESS, Vec::new()));
        let mut commands: Vec<_> = [bitmask, interface, header, unknown].into_iter().flatten().collect();
        if commands.is_empty() {
            commands.push((BITMASK, vec![0; 4]));
        }
        let last = commands.len() - 1;
        for (index, (command, data)) in commands.iter().enumerate() {
            let command = command | if index == last { END } else { 0 };
            stub.extend(command.to_le_bytes());
            // The longest has 40 bytes.
            stub.extend((data.len() as u16).to_le_bytes());
            stub.extend(data);
        }
    }
}
