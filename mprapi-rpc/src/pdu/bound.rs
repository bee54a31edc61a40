//! The answers to bind and alter context.

use super::bind::{count, counted};
use super::error::{Error, Problem, Result};
use super::header::Header;
use super::read::Reader;
use super::syntax::Syntax;

/// The answer to one [`Offer`](super::Offer): `p_result_t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// 0 for acceptance, 2 for a rejection by the provider, 3 for a negotiation of features.
    pub result: u16,
    /// The reason of a rejection, or the features that both sides have.
    pub reason: u16,
    /// The transfer syntax of the interface, if it was accepted.
    pub transfer_syntax: Syntax,
}

impl Outcome {
    /// The result of an acceptance.
    pub const ACCEPTANCE: u16 = 0;
    /// The result of a rejection.
    pub const PROVIDER_REJECTION: u16 = 2;
    /// The result of a negotiation of features.
    pub const NEGOTIATE_ACK: u16 = 3;
    /// The reason if the interface is unknown.
    pub const INTERFACE_UNKNOWN: u16 = 1;
    /// The reason if no transfer syntax is known.
    pub const TRANSFER_SYNTAXES_UNKNOWN: u16 = 2;
    /// The reason if there are too many interfaces.
    pub const LOCAL_LIMIT_EXCEEDED: u16 = 3;

    /// Accepts the interface with a transfer syntax.
    pub const fn accepted(transfer_syntax: Syntax) -> Outcome {
        Outcome { result: Outcome::ACCEPTANCE, reason: 0, transfer_syntax }
    }

    /// Rejects the interface.
    pub fn rejected(reason: u16) -> Outcome {
        Outcome { result: Outcome::PROVIDER_REJECTION, reason, transfer_syntax: Syntax::default() }
    }

    /// Answers a negotiation of features with those that both sides have.
    pub fn negotiated(features: u16) -> Outcome {
        Outcome { result: Outcome::NEGOTIATE_ACK, reason: features, transfer_syntax: Syntax::default() }
    }
}

/// The body of a bind acknowledgement or of the response to an alter context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindAck {
    /// The largest fragment that the server sends, in bytes.
    pub max_xmit_frag: u16,
    /// The largest fragment that the server receives, in bytes.
    pub max_recv_frag: u16,
    /// The association group.
    pub assoc_group_id: u32,
    /// The second address: the name of the pipe, with its terminating null. Empty in the response to an alter context.
    pub secondary_address: Vec<u8>,
    /// The answers to the offers, in their order.
    pub outcomes: Vec<Outcome>,
}

impl BindAck {
    /// Reads the body.
    ///
    /// # Errors
    /// If the body is shorter or longer than its fields, or a count is larger than the bytes for it.
    pub fn decode(body: &[u8]) -> Result<BindAck> {
        let mut reader = Reader::new(body, Header::SIZE);
        let (max_xmit_frag, max_recv_frag) = (reader.u16("max_xmit_frag")?, reader.u16("max_recv_frag")?);
        let assoc_group_id = reader.u32("assoc_group_id")?;
        let length = usize::from(reader.u16("sec_addr length")?);
        let secondary_address = reader.bytes("sec_addr", length)?.to_vec();
        reader.align("pad2", 4)?;
        let count = counted(&mut reader, "n_results", 4 + Syntax::SIZE)?;
        reader.bytes("p_result_list reserved", 3)?;
        let outcomes = (0..count)
            .map(|_| {
                let (result, reason) = (reader.u16("result")?, reader.u16("reason")?);
                let transfer_syntax = Syntax::decode(&mut reader, "transfer_syntax")?;
                Ok(Outcome { result, reason, transfer_syntax })
            })
            .collect::<Result<_>>()?;
        reader.end("p_result_list")?;
        Ok(BindAck { max_xmit_frag, max_recv_frag, assoc_group_id, secondary_address, outcomes })
    }

    /// Makes the body.
    ///
    /// # Errors
    /// If there are more than 255 answers, or the address is longer than 65,535 bytes.
    pub fn encode(&self) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        out.extend(self.max_xmit_frag.to_le_bytes());
        out.extend(self.max_recv_frag.to_le_bytes());
        out.extend(self.assoc_group_id.to_le_bytes());
        let length = self.secondary_address.len();
        let length = u16::try_from(length).map_err(|_| Error {
            field: "sec_addr length",
            offset: Header::SIZE + out.len(),
            problem: Problem::Large { found: length, limit: u16::MAX.into() },
        })?;
        out.extend(length.to_le_bytes());
        out.extend(&self.secondary_address);
        // The header before the body is a multiple of 4 bytes too.
        out.resize(out.len().next_multiple_of(4), 0);
        out.extend([count("n_results", self.outcomes.len(), &out)?, 0, 0, 0]);
        for outcome in &self.outcomes {
            out.extend(outcome.result.to_le_bytes());
            out.extend(outcome.reason.to_le_bytes());
            outcome.transfer_syntax.encode(&mut out);
        }
        Ok(out)
    }
}

/// The body of a refused bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindNak {
    /// The reason.
    pub reason: u16,
    /// The versions of the protocol that the server knows: major and minor numbers.
    pub versions: Vec<(u8, u8)>,
}

impl BindNak {
    /// The reason without a better one.
    pub const REASON_NOT_SPECIFIED: u16 = 0;
    /// The reason if the server has too much to do.
    pub const TEMPORARY_CONGESTION: u16 = 1;
    /// The reason if a limit of the server is exceeded.
    pub const LOCAL_LIMIT_EXCEEDED: u16 = 2;
    /// The reason if the version of the protocol is not known.
    pub const PROTOCOL_VERSION_NOT_SUPPORTED: u16 = 4;
    /// The reason if the security provider or its level is not known.
    pub const AUTHENTICATION_TYPE_NOT_RECOGNIZED: u16 = 8;
    /// The reason if the security provider refuses the token.
    pub const INVALID_CHECKSUM: u16 = 9;

    /// Makes a refusal by a server that knows version 5.0.
    pub fn new(reason: u16) -> BindNak {
        BindNak { reason, versions: vec![(5, 0)] }
    }

    /// Reads the body. What follows the versions (padding, and the extended error of MS-RPCE) is left unread.
    ///
    /// # Errors
    /// If the body is shorter than its fields.
    pub fn decode(body: &[u8]) -> Result<BindNak> {
        let mut reader = Reader::new(body, Header::SIZE);
        let reason = reader.u16("provider_reject_reason")?;
        let count = counted(&mut reader, "n_protocols", 2)?;
        let versions =
            (0..count).map(|_| Ok((reader.u8("major")?, reader.u8("minor")?))).collect::<Result<_>>()?;
        Ok(BindNak { reason, versions })
    }

    /// Makes the body.
    ///
    /// # Errors
    /// If there are more than 255 versions.
    pub fn encode(&self) -> Result<Vec<u8>> {
        let mut out = self.reason.to_le_bytes().to_vec();
        out.push(count("n_protocols", self.versions.len(), &out)?);
        out.extend(self.versions.iter().flat_map(|&(major, minor)| [major, minor]));
        Ok(out)
    }
}
