//! The security of an association: its authentication, and the tokens of its PDUs.

use zeroize::Zeroizing;

use super::closed::Closed;
use super::limits::{Limits, Rules};
use crate::pdu::{self, Flags, Header, Response, Secured, Security, Trailer};
use crate::security::{Context, Level, Message, Provider};

/// The security that the client has begun, if it has.
#[derive(Default)]
pub(super) struct Protection {
    begun: Option<Begun>,
}

struct Begun {
    context: Box<dyn Context>,
    level: Level,
    /// The fields that each security trailer repeats.
    trailer: Trailer,
    signs_header: bool,
    is_complete: bool,
    tokens: usize,
}

impl Protection {
    /// Returns the level that calls have.
    pub(super) fn level(&self) -> Level {
        self.begun.as_ref().filter(|begun| begun.is_complete).map_or(Level::None, |begun| begun.level)
    }

    /// Returns `true` if an authentication has begun and is not complete.
    pub(super) fn is_pending(&self) -> bool {
        self.begun.as_ref().is_some_and(|begun| !begun.is_complete)
    }

    /// Returns `true` if headers are signed.
    pub(super) fn signs_header(&self) -> bool {
        self.begun.as_ref().is_some_and(|begun| begun.signs_header)
    }

    /// Begins an authentication with the trailer of a bind.
    pub(super) fn begin(
        &mut self,
        provider: Option<&dyn Provider>,
        security: &Security<'_>,
        flags: Flags,
    ) -> Result<(), Closed> {
        let Trailer { auth_type, auth_level, .. } = security.trailer;
        let unknown = Closed::Provider { auth_type, auth_level };
        let (Some(provider), Some(level)) = (provider, Level::from_code(auth_level)) else {
            return Err(unknown);
        };
        let context = provider.accept(auth_type).ok_or(unknown)?.map_err(Closed::Security)?;
        let signs_header = flags.contains(Flags::SUPPORT_HEADER_SIGN);
        let trailer = Trailer { pad_length: 0, ..security.trailer };
        self.begun = Some(Begun { context, level, trailer, signs_header, is_complete: false, tokens: 0 });
        Ok(())
    }

    /// Takes the client's next token. Returns the security trailer of the answer, if there is a token for it.
    pub(super) fn step(
        &mut self,
        security: &Security<'_>,
        rules: &Rules,
        limits: &Limits,
    ) -> Result<Option<(Trailer, Vec<u8>)>, Closed> {
        let begun = self.begun.as_mut().filter(|begun| !begun.is_complete).ok_or(Closed::Unprotected)?;
        begun.tokens += 1;
        if !is_same(&begun.trailer, &security.trailer) || begun.tokens > limits.tokens {
            return Err(Closed::Unprotected);
        }
        let step = begun.context.step(security.token).map_err(Closed::Security)?;
        if step.is_complete {
            let peer = begun.context.peer().map_err(Closed::Security)?;
            if !rules.account.as_deref().is_none_or(|account| is_account(&peer, account)) {
                return Err(Closed::Account(peer));
            }
            if begun.level.protects() {
                // A provider that has no protection of the level says so now, and not at the first call.
                begun.context.token_length(begun.level, ALIGN).map_err(Closed::Security)?;
            }
            begun.is_complete = true;
        }
        Ok((!step.token.is_empty()).then_some((begun.trailer, step.token)))
    }

    /// Checks and decrypts a PDU with a stub that begins at the offset `stub`.
    pub(super) fn unprotect(&mut self, bytes: &mut [u8], header: &Header, stub: usize) -> Result<(), Closed> {
        let place = pdu::trailer_range(header);
        let begun = match &mut self.begun {
            Some(begun) if begun.is_complete && begun.level.protects() => begun,
            // A client that has only authenticated itself may send trailers, which protect nothing.
            Some(begun) if begun.is_complete => {
                return match begun.level {
                    Level::Connect => Ok(()),
                    _ => Err(Closed::Unprotected),
                };
            }
            Some(_) => return Err(Closed::Unprotected),
            None if place.is_none() => return Ok(()),
            None => return Err(Closed::Unprotected),
        };
        let place = place.filter(|place| stub <= place.start).ok_or(Closed::Unprotected)?;
        let fragment = pdu::Fragment::decode(bytes).map_err(Closed::Pdu)?;
        if !fragment.security.is_some_and(|security| is_same(&begun.trailer, &security.trailer)) {
            return Err(Closed::Unprotected);
        }
        let Some((before, token)) = bytes.split_at_mut_checked(place.end) else {
            return Err(Closed::Unprotected);
        };
        let message = Message { bytes: before, stub: stub..place.start, signs_header: begun.signs_header };
        begun.context.unprotect(begun.level, message, token).map_err(Closed::Security)
    }

    /// Returns the bytes that the protection takes of a fragment of at most `fragment` bytes.
    pub(super) fn overhead(&self, fragment: usize) -> Result<usize, Closed> {
        match &self.begun {
            Some(begun) if begun.is_complete && begun.level.protects() => {
                let token = begun.context.token_length(begun.level, fragment).map_err(Closed::Security)?;
                Ok(pdu::TRAILER_SIZE + token)
            }
            _ => Ok(0),
        }
    }

    /// Makes the PDU of one fragment of a response, protected as the client has asked.
    pub(super) fn response(
        &mut self,
        flags: Flags,
        call_id: u32,
        response: &Response<'_>,
    ) -> Result<Vec<u8>, Closed> {
        let body = Zeroizing::new(response.encode());
        let kind = pdu::Kind::Response;
        let begun = match &mut self.begun {
            Some(begun) if begun.is_complete && begun.level.protects() => begun,
            _ => return pdu::encode(kind, flags, call_id, &body, None).map_err(Closed::Pdu),
        };
        let padded = response.stub.len().next_multiple_of(ALIGN);
        let length = begun.context.token_length(begun.level, padded).map_err(Closed::Security)?;
        let zeros = vec![0; length];
        let Trailer { auth_type, auth_level, context_id, .. } = begun.trailer;
        let (align, from) = (ALIGN, Response::BEFORE_STUB);
        let secured = Secured { auth_type, auth_level, context_id, token: &zeros, align, from };
        let mut bytes = pdu::encode(kind, flags, call_id, &body, Some(&secured)).map_err(Closed::Pdu)?;
        let end = bytes.len() - length;
        let (before, token) = bytes.split_at_mut(end);
        let stub = Response::BEFORE_STUB..end - pdu::TRAILER_SIZE;
        let message = Message { bytes: before, stub, signs_header: begun.signs_header };
        let made = begun.context.protect(begun.level, message).map_err(Closed::Security)?;
        if made.len() != length {
            let text = format!("a token has {} bytes instead of {length}", made.len());
            return Err(Closed::Security(crate::security::Error::new("protecting a response", text)));
        }
        token.copy_from_slice(&made);
        Ok(bytes)
    }
}

/// The padding of protected stubs, in bytes.
pub(super) const ALIGN: usize = 16;

/// Returns `true` if a trailer belongs to the security context that was begun with another one.
fn is_same(begun: &Trailer, trailer: &Trailer) -> bool {
    Trailer { pad_length: 0, ..*trailer } == *begun
}

/// Returns `true` if a provider's name of a peer is that of an account: `account@REALM` or `DOMAIN\account`.
fn is_account(peer: &str, account: &str) -> bool {
    // Kerberos shows a backslash in a name as two, and the first one ends no domain.
    let name = peer.split_once('\\').map_or(peer, |(_, name)| name);
    let name = name.split_once('@').map_or(name, |(name, _)| name);
    !name.is_empty() && name.to_lowercase() == account.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_the_whole_name_of_a_peer_without_its_domain_or_realm() {
        for peer in ["Anna", "anna@EXAMPLE.COM", r"TEST\ANNA", r"TEST\anna@EXAMPLE.COM"] {
            assert!(is_account(peer, "anna"), "{peer}");
        }
        for peer in ["", "@EXAMPLE.COM", r"TEST\", "anna/admin@EXAMPLE.COM", r"x\\anna@EXAMPLE.COM", "joanna"]
        {
            assert!(!is_account(peer, "anna"), "{peer}");
            assert!(!is_account(peer, ""), "{peer}");
        }
    }
}
