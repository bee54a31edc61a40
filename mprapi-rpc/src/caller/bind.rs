//! The beginning of a connection: the bind, and the authentication that goes with it.

use std::time::Instant;

use mprapi_sys::{ERROR_ACCESS_DENIED, RPC_S_UNKNOWN_IF};

use super::error::{
    PROTOCOL_ERROR, TOO_BUSY, UNKNOWN_AUTHENTICATION, UNSUPPORTED_LEVEL, UNSUPPORTED_TRANSFER_SYNTAX, broken,
};
use super::limits::Limits;
use super::stream::{Pdu, Stream};
use crate::failure::{Failure, Layer};
use crate::pdu::{
    self, Bind, BindAck, BindNak, Fault, FaultBody, Flags, Fragment, Kind, Offer, Outcome, Secured, Syntax,
    Trailer,
};
use crate::protection::{ALIGN, Protection};
use crate::security::{Context, ERROR_LOGON_FAILURE, Error, Level, Step, late};

/// The number of the interface in requests.
pub(super) const INTERFACE: u16 = 0;

/// The number of the call that binds.
pub(super) const CALL: u32 = 1;

/// The trailer of all PDUs: SPNEGO and packet privacy, always.
const TRAILER: Trailer =
    Trailer { auth_type: 9, auth_level: Level::Privacy as u8, pad_length: 0, context_id: 1 };

/// A connection that is bound.
pub(super) struct Bound {
    pub(super) protection: Protection,
    /// The largest fragment that the server receives, in bytes.
    pub(super) fragment: u16,
}

/// Binds to the interface of MS-RRASM and authenticates both sides.
///
/// Headers are signed. Every Windows since Server 2003 with Service Pack 1 and Samba can do it, so a server that says that it
/// cannot is none of these, or somebody between has changed the bind.
pub(super) fn bind(
    stream: &mut Stream,
    mut context: Box<dyn Context>,
    limits: &Limits,
    until: Instant,
) -> Result<Bound, Failure> {
    let offers = vec![Offer {
        context_id: INTERFACE,
        interface: Syntax::DIMSVC,
        transfer_syntaxes: vec![Syntax::NDR32],
    }];
    let fragment = limits.fragment.max(pdu::MUST_RECEIVE);
    let body =
        Bind { max_xmit_frag: fragment, max_recv_frag: fragment, assoc_group_id: 0, offers }.encode()?;
    let mut step = context.step(&[])?;
    let (mut kind, mut largest) = (Kind::Bind, 0);
    for _ in 0..limits.tokens {
        if step.token.is_empty() {
            break;
        }
        // A provider may have waited for others.
        if Instant::now() >= until {
            return Err(late());
        }
        // SPNEGO has an answer to each token, so the last one does not go in an AUTH3, which has none: Samba refuses that. And
        // the answer tells that the server accepts the account.
        let flags = Flags::WHOLE.with(Flags::SUPPORT_HEADER_SIGN);
        let answer = stream.exchange(&secured(kind, flags, &body, &step.token)?, until)?;
        let (ack, token) = acknowledged(&answer, kind)?;
        if kind == Kind::Bind {
            largest = ack.max_recv_frag.min(fragment);
            if largest < pdu::MUST_RECEIVE {
                return Err(broken(format_args!(
                    "the largest fragment that it receives has {largest} bytes"
                )));
            }
        }
        kind = Kind::AlterContext;
        // A context that is complete takes no token any more.
        step = match (step.is_complete, token) {
            (true, _) => Step { token: Vec::new(), is_complete: true },
            (false, Some(token)) => context.step(&token)?,
            (false, None) => return Err(unprotected(NOT_AUTHENTIC)),
        };
    }
    match step {
        Step { is_complete: true, .. } if kind == Kind::Bind => {
            Err(Error::new("logging on", "the provider has no token for the server").into())
        }
        Step { is_complete: true, token } if token.is_empty() => {
            // A provider that has no protection says so now, and not at the first call.
            context.token_length(Level::Privacy, ALIGN)?;
            let (level, trailer) = (Level::Privacy, TRAILER);
            let protection = Protection { context, level, trailer, signs_header: true };
            Ok(Bound { protection, fragment: largest })
        }
        Step { token, .. } if token.is_empty() => {
            Err(Error::new("logging on", "the provider has no further token for the server").into())
        }
        _ => Err(Error::new("logging on", "the server asks for tokens without end").into()),
    }
}

/// The text for a server whose answer has no token.
const NOT_AUTHENTIC: &str =
    "the server does not authenticate itself at the level of RPC, so there is no packet privacy";

/// Describes a server that will not protect as it must.
fn unprotected(text: &str) -> Failure {
    Failure::new(Layer::Interface, UNSUPPORTED_LEVEL, text)
}

/// Makes a PDU with a token.
fn secured(kind: Kind, flags: Flags, body: &[u8], token: &[u8]) -> Result<Vec<u8>, Failure> {
    let large =
        |_| Error::new("logging on", format!("a token of {} bytes is too large for RPC", token.len()));
    Ok(pdu::encode(kind, flags, CALL, body, Some(&Secured::token(&TRAILER, token))).map_err(large)?)
}

/// Reads the answer to a bind or an alter context. Returns it with the server's token, if it has one.
fn acknowledged(answer: &Pdu, asked: Kind) -> Result<(BindAck, Option<Vec<u8>>), Failure> {
    let expected = if asked == Kind::Bind { Kind::BindAck } else { Kind::AlterContextResponse };
    let fragment = Fragment::decode(&answer.bytes)?;
    let header = fragment.header;
    if header.call_id != CALL || !header.flags.contains(Flags::WHOLE) {
        return Err(broken("the answer to the bind is no whole one of it"));
    }
    match header.kind {
        Kind::BindNak if asked == Kind::Bind => return Err(refused(&BindNak::decode(fragment.body)?)),
        Kind::Fault => return Err(faulted(FaultBody::decode(fragment.body)?.status)),
        kind if kind != expected => {
            return Err(broken(format_args!("a PDU of the kind {kind:?} answers one of the kind {asked:?}")));
        }
        _ => {}
    }
    let ack = BindAck::decode(fragment.body)?;
    match ack.outcomes[..] {
        [outcome] => accepted(&outcome)?,
        _ => return Err(broken("one interface was named, and the bind is answered for another number")),
    }
    if fragment.security.is_some_and(|security| Trailer { pad_length: 0, ..security.trailer } != TRAILER) {
        return Err(unprotected("the server answers with another security than SPNEGO with packet privacy"));
    }
    // Servers need not repeat it in the later answers.
    if asked == Kind::Bind && !header.flags.contains(Flags::SUPPORT_HEADER_SIGN) {
        return Err(unprotected(
            "the server does not sign the headers of PDUs, or the bind was changed on its way",
        ));
    }
    Ok((ack, fragment.security.map(|security| security.token.to_vec())))
}

/// Checks the answer to the offer of the interface.
fn accepted(outcome: &Outcome) -> Result<(), Failure> {
    let (code, text) = match (outcome.result, outcome.reason) {
        (Outcome::ACCEPTANCE, _) if outcome.transfer_syntax == Syntax::NDR32 => return Ok(()),
        (Outcome::ACCEPTANCE, _) => return Err(broken("the accepted transfer syntax was not offered")),
        (_, Outcome::INTERFACE_UNKNOWN) => (
            RPC_S_UNKNOWN_IF,
            "the service behind the pipe does not know the interface of MS-RRASM".to_owned(),
        ),
        (_, Outcome::TRANSFER_SYNTAXES_UNKNOWN) => {
            (UNSUPPORTED_TRANSFER_SYNTAX, "the server does not know the transfer syntax NDR".to_owned())
        }
        (_, Outcome::LOCAL_LIMIT_EXCEEDED) => (TOO_BUSY, "a limit of the server is exceeded".to_owned()),
        (result, reason) => {
            (RPC_S_UNKNOWN_IF, format!("the server rejects the interface (result {result}, reason {reason})"))
        }
    };
    Err(Failure::new(Layer::Interface, code, text))
}

/// Describes a refused bind.
fn refused(nak: &BindNak) -> Failure {
    let (layer, code, text) = match nak.reason {
        BindNak::REASON_NOT_SPECIFIED => {
            (Layer::Interface, PROTOCOL_ERROR, "the server refuses the bind without a reason".to_owned())
        }
        BindNak::TEMPORARY_CONGESTION | BindNak::LOCAL_LIMIT_EXCEEDED => {
            (Layer::Interface, TOO_BUSY, "the server has too many connections".to_owned())
        }
        BindNak::PROTOCOL_VERSION_NOT_SUPPORTED => {
            (Layer::Interface, PROTOCOL_ERROR, "the server does not know RPC 5.0".to_owned())
        }
        BindNak::AUTHENTICATION_TYPE_NOT_RECOGNIZED => (
            Layer::Interface,
            UNKNOWN_AUTHENTICATION,
            "the server does not know SPNEGO, or gives no packet privacy".to_owned(),
        ),
        BindNak::INVALID_CHECKSUM => (
            Layer::Logon,
            ERROR_LOGON_FAILURE,
            "the server's security provider refuses the account".to_owned(),
        ),
        reason => {
            (Layer::Interface, PROTOCOL_ERROR, format!("the server refuses the bind (reason {reason})"))
        }
    };
    Failure::new(layer, code, text)
}

/// Describes a fault that answers a bind.
fn faulted(status: Fault) -> Failure {
    let (layer, code) = match status {
        Fault::ACCESS_DENIED | Fault::SECURITY => (Layer::Logon, ERROR_ACCESS_DENIED),
        _ => (Layer::Interface, PROTOCOL_ERROR),
    };
    Failure::new(layer, code, format!("the server refuses the bind: {status}"))
}
