//! The second step of a connection: the account is logged on, and everything is encrypted from then on.

use std::time::Instant;

use super::connection::{Answer, Connection};
use super::keys::Keys;
use super::message::{Command, Flags, SessionFlags, SessionSetupAnswer, SessionSetupRequest};
use super::negotiated::Negotiated;
use super::sealing::Sealing;
use super::stage::{LOGON_FAILURE, Stage};
use super::status;
use crate::failure::{Failure, Layer};
use crate::security::{Context, Initiator, Service, late};

/// The most requests of one authentication. Kerberos takes one or two, NTLM two.
const MOST_REQUESTS: usize = 8;

/// Logs the account on.
pub(super) fn log_on(
    connection: &mut Connection,
    negotiated: Negotiated,
    initiator: &dyn Initiator,
    until: Instant,
) -> Result<(), Failure> {
    let mut context = initiator.initiate(Service::Cifs, connection.host())?;
    let mut step = context.step(&[])?;
    for _ in 0..MOST_REQUESTS {
        if step.token.is_empty() {
            return Err(connection.broken("the server goes on with an authentication that is complete"));
        }
        if step.token.len() > SessionSetupRequest::LONGEST {
            let text = format!(
                "the token for {} has {} bytes, too many for SMB",
                connection.host(),
                step.token.len()
            );
            return Err(refusal(connection, text));
        }
        // A provider may have waited for others.
        if Instant::now() >= until {
            connection.close();
            return Err(late());
        }
        let request = SessionSetupRequest { token: &step.token };
        let answer = connection.ask(Command::SessionSetup, &request.encode(), until)?;
        let status = answer.header.status;
        if status != status::SUCCESS && status != status::MORE_PROCESSING_REQUIRED {
            if status::is_passing(status) {
                return Err(connection.refused(status));
            }
            let reason = status::logon(status).unwrap_or("the status says no more");
            let text = format!("{} refuses the logon: {reason} (status {status:#010x})", connection.host());
            let refuses_account = status::refuses_account(status);
            return Err(Failure { refuses_account, ..refusal(connection, text) });
        }
        if connection.session_id() == 0 {
            connection.set_session(answer.header.session_id);
        }
        if connection.session_id() == 0 {
            return Err(connection.broken("the server gave the session no number"));
        }
        let answered =
            SessionSetupAnswer::decode(answer.message()).map_err(|error| connection.broken(error))?;
        if status == status::SUCCESS {
            return finish(connection, negotiated, context, step.is_complete, &answer, &answered);
        }
        connection.preauth().add(answer.message());
        step = context.step(answered.token)?;
    }
    Err(connection.broken("the authentication has no end"))
}

/// Makes the failure of a logon that was refused, and ends the connection.
fn refusal(connection: &mut Connection, text: String) -> Failure {
    connection.close();
    Failure::new(Layer::Logon, LOGON_FAILURE, text)
}

/// Checks the last answer of an authentication, and starts the encryption.
fn finish(
    connection: &mut Connection,
    negotiated: Negotiated,
    mut context: Box<dyn Context>,
    is_complete: bool,
    answer: &Answer,
    answered: &SessionSetupAnswer<'_>,
) -> Result<(), Failure> {
    let is = |flag| answered.flags.contains(flag);
    if is(SessionFlags::GUEST) || is(SessionFlags::ANONYMOUS) {
        let text = format!(
            "{} does not know the account, and would let it in only as a guest or as nobody; use an account of the server",
            connection.host()
        );
        // Samba can be told to answer so to a wrong password.
        return Err(Failure { refuses_account: true, ..refusal(connection, text) });
    }
    // Providers want no token after the one that completes a context.
    if !is_complete && !context.step(answered.token)?.is_complete {
        return Err(connection.broken("the server ended the authentication before it was complete"));
    }
    let session_key = context.session_key()?;
    if session_key.is_empty() {
        let text = "the authentication has no session key, without which SMB cannot encrypt".to_owned();
        return Err(refusal(connection, text));
    }
    let Negotiated { dialect, cipher, signing } = negotiated;
    let keys = Keys::new(&session_key, dialect, cipher, connection.preauth());
    // Only a server that knows the key, and has seen the same messages, can have made the signature.
    let is_signed = answer.header.flags.contains(Flags::SIGNED);
    if !is_signed || !signing.verifies(&keys.signing, answer.message(), &answer.header) {
        return Err(connection.broken(if is_signed {
            "the signature of the logon's last answer is wrong; somebody between tampers"
        } else {
            "the logon's last answer is not signed; the server does not sign, or somebody between tampers"
        }));
    }
    match Sealing::new(cipher, &keys, connection.session_id()) {
        Some(sealing) => connection.encrypt(sealing),
        None => return Err(connection.broken(format_args!("the session key is too short for {cipher}"))),
    }
    connection.enter(Stage::Share);
    Ok(())
}
