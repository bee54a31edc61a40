//! The protection of PDUs by a security context: the same for a server's answers and for a client's requests.

use zeroize::Zeroizing;

use crate::pdu::{self, Flags, Header, Kind, Response, Secured, Trailer};
use crate::security::{self, Context, Level, Message};

/// The padding of protected stubs, in bytes.
pub(crate) const ALIGN: usize = 16;

/// The bytes of a PDU before its stub, if it is a request without an object, or a response.
pub(crate) const BEFORE_STUB: usize = Response::BEFORE_STUB;

/// Returns the bytes of a stub that a fragment has room for. All but the last fragment are whole blocks, so that they need no
/// padding.
pub(crate) fn room(fragment: u16, overhead: usize) -> usize {
    let room = usize::from(fragment).saturating_sub(BEFORE_STUB + overhead);
    (room - room % ALIGN).max(ALIGN)
}

/// A security context, and the way in which it protects PDUs.
pub(crate) struct Protection {
    pub(crate) context: Box<dyn Context>,
    pub(crate) level: Level,
    /// The fields that each security trailer repeats.
    pub(crate) trailer: Trailer,
    pub(crate) signs_header: bool,
}

/// The reason why a PDU cannot be protected, or is not protected as it must be.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The PDU cannot be made or read.
    Pdu(pdu::Error),
    /// The security provider refuses the PDU.
    Security(security::Error),
    /// The trailer is missing, or that of another context.
    Unprotected,
}

impl Protection {
    /// Returns `true` if a trailer belongs to this security context.
    pub(crate) fn has(&self, trailer: &Trailer) -> bool {
        Trailer { pad_length: 0, ..*trailer } == self.trailer
    }

    /// Checks and decrypts a PDU with a stub that begins at the offset `stub`.
    pub(crate) fn unprotect(
        &mut self,
        bytes: &mut [u8],
        header: &Header,
        stub: usize,
    ) -> Result<(), Problem> {
        let place = pdu::trailer_range(header).filter(|place| stub <= place.start);
        let place = place.ok_or(Problem::Unprotected)?;
        let fragment = pdu::Fragment::decode(bytes).map_err(Problem::Pdu)?;
        if !fragment.security.is_some_and(|security| self.has(&security.trailer)) {
            return Err(Problem::Unprotected);
        }
        let Some((before, token)) = bytes.split_at_mut_checked(place.end) else {
            return Err(Problem::Unprotected);
        };
        let message = Message { bytes: before, stub: stub..place.start, signs_header: self.signs_header };
        self.context.unprotect(self.level, message, token).map_err(Problem::Security)
    }

    /// Returns the bytes that the protection takes of a fragment of at most `fragment` bytes.
    pub(crate) fn overhead(&self, fragment: usize) -> Result<usize, Problem> {
        let token = self.context.token_length(self.level, fragment).map_err(Problem::Security)?;
        Ok(pdu::TRAILER_SIZE + token)
    }

    /// Makes a protected PDU. The stub is all of its body but the first 8 bytes.
    pub(crate) fn protect(
        &mut self,
        kind: Kind,
        flags: Flags,
        call_id: u32,
        body: &[u8],
    ) -> Result<Vec<u8>, Problem> {
        let padded = (Header::SIZE + body.len()).saturating_sub(BEFORE_STUB).next_multiple_of(ALIGN);
        let length = self.context.token_length(self.level, padded).map_err(Problem::Security)?;
        let zeros = vec![0; length];
        let Trailer { auth_type, auth_level, context_id, .. } = self.trailer;
        let (align, from) = (ALIGN, BEFORE_STUB);
        let secured = Secured { auth_type, auth_level, context_id, token: &zeros, align, from };
        let made = pdu::encode(kind, flags, call_id, body, Some(&secured)).map_err(Problem::Pdu)?;
        // The stub is readable until the provider has encrypted it.
        let mut bytes = Zeroizing::new(made);
        let end = bytes.len() - length;
        let (before, token) = bytes.split_at_mut(end);
        let stub = BEFORE_STUB..end - pdu::TRAILER_SIZE;
        let message = Message { bytes: before, stub, signs_header: self.signs_header };
        let made = self.context.protect(self.level, message).map_err(Problem::Security)?;
        if made.len() != length {
            let text = format!("a token has {} bytes instead of {length}", made.len());
            return Err(Problem::Security(security::Error::new("protecting a PDU", text)));
        }
        token.copy_from_slice(&made);
        Ok(std::mem::take(&mut *bytes))
    }
}
