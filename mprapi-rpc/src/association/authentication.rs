//! The authentication of an association's client, and the protection that it has begun.

use zeroize::Zeroizing;

use super::closed::Closed;
use super::limits::{Limits, Rules};
use crate::pdu::{self, Flags, Header, Kind, Response, Security, Trailer};
use crate::protection::{ALIGN, Problem, Protection};
use crate::security::{Level, Provider};

/// The authentication that the client has begun, if it has.
#[derive(Default)]
pub(super) struct Authentication {
    begun: Option<Begun>,
}

struct Begun {
    protection: Protection,
    is_complete: bool,
    tokens: usize,
}

impl From<Problem> for Closed {
    fn from(problem: Problem) -> Closed {
        match problem {
            Problem::Pdu(error) => Closed::Pdu(error),
            Problem::Security(error) => Closed::Security(error),
            Problem::Unprotected => Closed::Unprotected,
        }
    }
}

impl Authentication {
    /// Returns the level that calls have.
    pub(super) fn level(&self) -> Level {
        self.begun
            .as_ref()
            .filter(|begun| begun.is_complete)
            .map_or(Level::None, |begun| begun.protection.level)
    }

    /// Returns `true` if an authentication has begun and is not complete.
    pub(super) fn is_pending(&self) -> bool {
        self.begun.as_ref().is_some_and(|begun| !begun.is_complete)
    }

    /// Returns `true` if headers are signed.
    pub(super) fn signs_header(&self) -> bool {
        self.begun.as_ref().is_some_and(|begun| begun.protection.signs_header)
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
        let protection = Protection { context, level, trailer, signs_header };
        self.begun = Some(Begun { protection, is_complete: false, tokens: 0 });
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
        if !begun.protection.has(&security.trailer) || begun.tokens > limits.tokens {
            return Err(Closed::Unprotected);
        }
        let step = begun.protection.context.step(security.token).map_err(Closed::Security)?;
        if step.is_complete {
            let peer = begun.protection.context.peer().map_err(Closed::Security)?;
            if !rules.account.as_deref().is_none_or(|account| is_account(&peer, account)) {
                return Err(Closed::Account(peer));
            }
            if begun.protection.level.protects() {
                // A provider that has no protection of the level says so now, and not at the first call.
                begun
                    .protection
                    .context
                    .token_length(begun.protection.level, ALIGN)
                    .map_err(Closed::Security)?;
            }
            begun.is_complete = true;
        }
        Ok((!step.token.is_empty()).then_some((begun.protection.trailer, step.token)))
    }

    /// Returns the protection of PDUs, if the authentication is complete and protects them.
    fn protecting(&mut self) -> Option<&mut Protection> {
        let begun = self.begun.as_mut().filter(|begun| begun.is_complete)?;
        Some(&mut begun.protection).filter(|protection| protection.level.protects())
    }

    /// Checks and decrypts a PDU with a stub that begins at the offset `stub`.
    pub(super) fn unprotect(&mut self, bytes: &mut [u8], header: &Header, stub: usize) -> Result<(), Closed> {
        if let Some(protection) = self.protecting() {
            return Ok(protection.unprotect(bytes, header, stub)?);
        }
        match &self.begun {
            // A client that has only authenticated itself may send trailers, which protect nothing.
            Some(begun) if begun.is_complete && begun.protection.level == Level::Connect => Ok(()),
            None if pdu::trailer_range(header).is_none() => Ok(()),
            _ => Err(Closed::Unprotected),
        }
    }

    /// Returns the bytes that the protection takes of a fragment of at most `fragment` bytes.
    pub(super) fn overhead(&mut self, fragment: usize) -> Result<usize, Closed> {
        match self.protecting() {
            Some(protection) => Ok(protection.overhead(fragment)?),
            None => Ok(0),
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
        match self.protecting() {
            Some(protection) => Ok(protection.protect(Kind::Response, flags, call_id, &body)?),
            None => pdu::encode(Kind::Response, flags, call_id, &body, None).map_err(Closed::Pdu),
        }
    }
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
