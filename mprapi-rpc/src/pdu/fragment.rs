//! A PDU as it travels: a header, a body, and a security trailer with its token.

use std::fmt;
use std::ops::Range;

use super::error::{Error, Problem, Result};
use super::header::{Flags, Header, Kind};
use super::trailer::{self, Trailer};
use crate::secret::Hidden;

/// The fragment that every implementation must take (C706 section 12.6.3.1), in bytes.
pub(crate) const MUST_RECEIVE: u16 = 1432;

/// The security trailer of a PDU and the token that follows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Security<'a> {
    /// The fields of the trailer.
    pub trailer: Trailer,
    /// The token of the security provider.
    pub token: &'a [u8],
}

impl fmt::Debug for Security<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Security { trailer, token } = self;
        f.debug_struct("Security").field("trailer", trailer).field("token", &Hidden(token)).finish()
    }
}

/// One PDU, which its kind's type decodes further. `Debug` does not show the body, which may have a password.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fragment<'a> {
    /// The header.
    pub header: Header,
    /// The bytes after the header, without padding and security trailer.
    pub body: &'a [u8],
    /// The padding between body and security trailer.
    pub padding: &'a [u8],
    /// The security trailer, if there is one.
    pub security: Option<Security<'a>>,
}

impl fmt::Debug for Fragment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Fragment");
        shown.field("header", &self.header).field("body", &Hidden(self.body));
        shown.field("padding", &Hidden(self.padding)).field("security", &self.security).finish()
    }
}

impl<'a> Fragment<'a> {
    /// Reads a PDU. `bytes` must be exactly one.
    ///
    /// # Errors
    /// As of [`Header::decode`], and if `bytes` are not as long as the header says, or the padding is longer than the
    /// body.
    pub fn decode(bytes: &'a [u8]) -> Result<Fragment<'a>> {
        let header = Header::decode(bytes)?;
        let length = usize::from(header.frag_length);
        let problem = match bytes.len() {
            found if found < length => Some(Problem::Short { needed: length, left: found }),
            found if found > length => Some(Problem::Trailing { left: found - length }),
            _ => None,
        };
        if let Some(problem) = problem {
            return Err(Error { field: "frag_length", offset: 8, problem });
        }
        let Some(range) = trailer_range(&header) else {
            let body = bytes.get(Header::SIZE..).unwrap_or_default();
            return Ok(Fragment { header, body, padding: &[], security: None });
        };
        let (before, token) = bytes.split_at_checked(range.end).unwrap_or_default();
        let (before, fields) = before.split_at_checked(range.start).unwrap_or_default();
        let padded = before.get(Header::SIZE..).unwrap_or_default();
        let trailer = Trailer::decode(fields, range.start, padded.len())?;
        let body_length = padded.len() - usize::from(trailer.pad_length);
        let (body, padding) = padded.split_at_checked(body_length).unwrap_or_default();
        Ok(Fragment { header, body, padding, security: Some(Security { trailer, token }) })
    }
}

/// Returns the place of the security trailer in a PDU with this header, without the token.
pub(crate) fn trailer_range(header: &Header) -> Option<Range<usize>> {
    let token = usize::from(header.auth_length);
    let end = usize::from(header.frag_length) - token;
    (token != 0).then(|| end - trailer::SIZE..end)
}

/// The security trailer of a PDU that is made.
#[derive(Clone, Copy, Debug)]
pub struct Secured<'a> {
    /// The security provider.
    pub auth_type: u8,
    /// The protection level.
    pub auth_level: u8,
    /// The number of the security context.
    pub context_id: u32,
    /// The token. It must not be empty.
    pub token: &'a [u8],
    /// The body is padded to a multiple of this number of bytes, counted from its offset `from`.
    pub align: usize,
    /// The offset in the PDU that the padding counts from.
    pub from: usize,
}

impl<'a> Secured<'a> {
    /// Makes the trailer of a PDU without a stub, which is padded to a multiple of 4 bytes.
    pub fn token(security: &Trailer, token: &'a [u8]) -> Secured<'a> {
        let Trailer { auth_type, auth_level, context_id, .. } = *security;
        Secured { auth_type, auth_level, context_id, token, align: 4, from: 0 }
    }
}

/// Makes a PDU of its parts.
///
/// # Errors
/// If the PDU would be larger than its 16-bit length can say.
pub fn encode(
    kind: Kind,
    flags: Flags,
    call_id: u32,
    body: &[u8],
    security: Option<&Secured<'_>>,
) -> Result<Vec<u8>> {
    let body_length = Header::SIZE + body.len();
    let (padding, token): (usize, &[u8]) = match security {
        Some(Secured { align, from, token, .. }) => {
            let counted = body_length.saturating_sub(*from);
            (counted.next_multiple_of((*align).clamp(1, 128)) - counted, *token)
        }
        None => (0, &[]),
    };
    let length = body_length + padding + security.map_or(0, |_| trailer::SIZE + token.len());
    let large = |_| Error {
        field: "frag_length",
        offset: 8,
        problem: Problem::Large { found: length, limit: u16::MAX.into() },
    };
    let frag_length = u16::try_from(length).map_err(large)?;
    let auth_length = u16::try_from(token.len()).map_err(large)?;
    let mut out = Vec::with_capacity(length);
    Header { kind, flags, frag_length, auth_length, call_id }.encode(&mut out);
    out.extend(body);
    if let Some(&Secured { auth_type, auth_level, context_id, token, .. }) = security {
        out.resize(body_length + padding, 0);
        // The padding is shorter than 128 bytes.
        let pad_length = padding as u8;
        Trailer { auth_type, auth_level, pad_length, context_id }.encode(&mut out);
        out.extend(token);
    }
    Ok(out)
}
