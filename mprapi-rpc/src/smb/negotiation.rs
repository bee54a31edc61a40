//! The first step of a connection: the dialect, the cipher, and the algorithm that signs.

use std::fmt;
use std::net::TcpStream;
use std::time::Instant;

use super::cipher::Cipher;
use super::connection::{Connection, MOST_DATA};
use super::dialect::Dialect;
use super::message::{
    Capabilities, Command, NegotiateAnswer, NegotiateContext, NegotiateRequest, ValidateAnswer,
    ValidateRequest,
};
use super::negotiated::Negotiated;
use super::signing::Signing;
use super::stage::Stage;
use super::status;
use crate::failure::Failure;

/// The codes of all dialects that the client offers.
const DIALECTS: [u16; 3] = [Dialect::ALL[0].code(), Dialect::ALL[1].code(), Dialect::ALL[2].code()];

/// A connection to a server with which the client has agreed how to speak. Nobody is logged on yet.
pub struct Negotiation {
    pub(super) connection: Connection,
    pub(super) sizes: Sizes,
    negotiated: Negotiated,
    /// The client's number.
    client: [u8; 16],
    /// The server's own words, which it repeats once they can be trusted.
    server: ValidateAnswer,
}

/// The largest buffers that the server takes and gives, in bytes.
#[derive(Clone, Copy)]
pub(super) struct Sizes {
    pub(super) transact: u32,
    pub(super) read: u32,
    pub(super) write: u32,
}

impl fmt::Debug for Negotiation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Negotiation");
        let shown = shown.field("host", &self.connection.host()).field("negotiated", &self.negotiated);
        shown.finish_non_exhaustive()
    }
}

impl Negotiation {
    /// Agrees with a server on a dialect, a cipher, and an algorithm that signs. `host` is the server's name, as the user gave
    /// it; `stream` is connected to it. To end a wait from another thread, shut down a clone of it.
    ///
    /// # Errors
    /// [`Failure`] of the layer SMB if the server has no SMB 3, does not encrypt, or does not answer in time.
    pub fn start(stream: TcpStream, host: &str, until: Instant) -> Result<Negotiation, Failure> {
        // Small messages that wait for each other's answers are the whole traffic. Without the option it is only slower.
        let _ = stream.set_nodelay(true);
        let mut connection = Connection::new(stream, host);
        let (mut client, mut salt) = ([0; 16], [0; 32]);
        for bytes in [&mut client[..], &mut salt[..]] {
            getrandom::fill(bytes).map_err(|error| {
                connection.broken(format_args!("the system has no random numbers: {error}"))
            })?;
        }
        let request = NegotiateRequest {
            capabilities: Capabilities::ENCRYPTION,
            client,
            dialects: &DIALECTS,
            salt,
            ciphers: &Cipher::ALL.map(Cipher::code),
            signings: &Signing::ALL.map(Signing::code),
            server: host,
        };
        let answer = connection.ask(Command::Negotiate, &request.encode(), until)?;
        match answer.header.status {
            status::SUCCESS => {}
            status::NOT_SUPPORTED => return Err(connection.broken(OLD)),
            other => return Err(connection.refused(other)),
        }
        let answered = NegotiateAnswer::decode(answer.message()).map_err(|error| connection.broken(error))?;
        let negotiated = agreed(&answered).map_err(|reason| connection.broken(reason))?;
        let sizes = Sizes {
            transact: answered.max_transact.min(MOST_DATA),
            read: answered.max_read.min(MOST_DATA),
            write: answered.max_write.min(MOST_DATA),
        };
        let server = ValidateAnswer {
            capabilities: answered.capabilities,
            server: answered.server,
            security_mode: answered.security_mode,
            dialect: answered.dialect,
        };
        connection.preauth().add(answer.message());
        connection.enter(Stage::Logon);
        Ok(Negotiation { connection, sizes, negotiated, client, server })
    }

    /// Returns the dialect and the algorithms.
    pub fn negotiated(&self) -> Negotiated {
        self.negotiated
    }

    /// Returns the question if the server has negotiated the same, and the only right answer.
    pub(super) fn validation(&self) -> (ValidateRequest<'static>, ValidateAnswer) {
        let request = ValidateRequest {
            capabilities: Capabilities::ENCRYPTION,
            client: self.client,
            dialects: &DIALECTS,
        };
        (request, self.server)
    }
}

const OLD: &str =
    "the server has no SMB 3, which Windows has since Server 2012; older versions are not safe enough";
const NO_CIPHER: &str = "the server does not encrypt; allow SMB's encryption there (Windows always does, Samba with \"server smb encrypt\")";

/// Returns what the server has agreed to, or the reason why it is not enough.
fn agreed(answer: &NegotiateAnswer<'_>) -> Result<Negotiated, String> {
    /// The least buffers that a server of SMB 3 must have.
    const LEAST: u32 = 0x1_0000;
    const SIGNING_ENABLED: u16 = 1;
    let Some(dialect) = Dialect::from_code(answer.dialect) else { return Err(OLD.to_owned()) };
    if answer.security_mode & SIGNING_ENABLED == 0 {
        return Err("the server does not sign; allow SMB's signing there".to_owned());
    }
    if answer.max_transact.min(answer.max_read).min(answer.max_write) < LEAST {
        return Err(format!("the server's buffers have less than the {LEAST} bytes that SMB 3 demands"));
    }
    let chosen = |kind| answer.chosen(kind).map_err(|error| error.to_string());
    if dialect < Dialect::Smb311 {
        return match answer.capabilities.contains(Capabilities::ENCRYPTION) {
            true => Ok(Negotiated { dialect, cipher: Cipher::Aes128Ccm, signing: Signing::AesCmac }),
            false => Err(NO_CIPHER.to_owned()),
        };
    }
    if chosen(NegotiateContext::HASHES)? != Some(NegotiateContext::SHA_512) {
        return Err("the server does not protect the negotiation with SHA-512".to_owned());
    }
    let cipher = match chosen(NegotiateContext::CIPHERS)? {
        None | Some(0) => return Err(NO_CIPHER.to_owned()),
        Some(code) => Cipher::from_code(code)
            .ok_or_else(|| format!("the server chose the cipher {code:#06x}, which was not offered"))?,
    };
    let signing = match chosen(NegotiateContext::SIGNINGS)? {
        // A server from before the choice.
        None => Signing::AesCmac,
        Some(code) => Signing::from_code(code)
            .ok_or_else(|| format!("the server chose to sign with {code:#06x}, which was not offered"))?,
    };
    Ok(Negotiated { dialect, cipher, signing })
}
