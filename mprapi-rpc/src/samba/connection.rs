//! One opened pipe.

use std::fmt;
use std::io;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::handover::{self, Caller};
use crate::association::{Association, Closed, Interface, Limits, Rules};
use crate::pdu;
use crate::security::{Level, Provider};
use crate::timed;

/// The limits and rules of a server.
#[derive(Clone)]
pub struct Settings {
    /// The sizes and counts that a client cannot exceed.
    pub limits: Limits,
    /// The lowest level of protection that a call needs.
    pub minimum: Level,
    /// The security provider, if clients can authenticate themselves at the level of RPC.
    pub provider: Option<Arc<dyn Provider>>,
    /// The number of pipes that are open at once.
    pub connections: usize,
    /// The time for smbd's first message and the answer to it.
    pub handover: Duration,
    /// The time for the rest of a PDU, of a request or of an authentication that has begun, and for each answer.
    pub message: Duration,
    /// The time that a pipe may stay open without an answer.
    pub idle: Duration,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            limits: Limits::default(),
            minimum: Level::Privacy,
            provider: None,
            connections: 64,
            handover: Duration::from_secs(10),
            message: Duration::from_secs(30),
            idle: Duration::from_secs(15 * 60),
        }
    }
}

/// The reason why this side closed a pipe.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The stream failed, or a time is over.
    Stream(io::Error),
    /// The hand-over cannot be read.
    Handover(pdu::Error),
    /// The client broke the protocol of RPC.
    Association(Closed),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Stream(error) => write!(f, "the stream to smbd failed: {error}"),
            Error::Handover(error) => write!(f, "cannot read smbd's hand-over: {error}"),
            Error::Association(closed) => write!(f, "the client is cut off: {closed}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::Stream(error)
    }
}

/// A pipe that a client has opened.
pub struct Connection {
    stream: UnixStream,
    caller: Caller,
    association: Association,
    settings: Settings,
}

impl Connection {
    /// Takes smbd's hand-over from a stream and answers it.
    ///
    /// # Errors
    /// If the stream fails or is too slow, or the hand-over cannot be read.
    pub fn open(
        stream: UnixStream,
        interface: Arc<dyn Interface>,
        settings: &Settings,
    ) -> Result<Connection, Error> {
        let deadline = Instant::now() + settings.handover;
        // It has the key of the SMB session.
        let mut bytes = Zeroizing::new(vec![0; 4]);
        if !timed::read(&stream, &mut bytes, deadline)? {
            return Err(Error::Stream(io::ErrorKind::UnexpectedEof.into()));
        }
        let length = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize;
        if length > handover::LARGEST {
            let problem = pdu::Problem::Large { found: length, limit: handover::LARGEST };
            return Err(Error::Handover(pdu::Error { field: "length", offset: 0, problem }));
        }
        bytes.resize(4 + length, 0);
        timed::read(&stream, &mut bytes[4..], deadline)?;
        let caller = Caller::decode(&bytes).map_err(Error::Handover)?;
        timed::write(&stream, &handover::reply(caller.level), deadline)?;
        let rules = Rules {
            minimum: settings.minimum,
            is_administrator: caller.is_administrator(),
            account: caller.account.clone(),
            ..Rules::default()
        };
        let mut association = Association::new(interface, settings.limits, rules);
        if let Some(provider) = &settings.provider {
            association = association.with_provider(provider.clone());
        }
        Ok(Connection { stream, caller, association, settings: settings.clone() })
    }

    /// Returns the client.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Answers the client until it closes the pipe.
    ///
    /// # Errors
    /// If the stream fails, a time is over, or the client breaks the protocol.
    pub fn serve(&mut self) -> Result<(), Error> {
        let mut idle = Instant::now() + self.settings.idle;
        // The end of the time of what has begun. Further parts of it do not make the time longer.
        let mut begun = None;
        loop {
            let mut length = [0; 2];
            if !timed::read(&self.stream, &mut length, begun.unwrap_or(idle))? {
                return Ok(());
            }
            let end = *begun.get_or_insert_with(|| self.deadline());
            let mut bytes = Zeroizing::new(vec![0; u16::from_le_bytes(length).into()]);
            if !bytes.is_empty() && !timed::read(&self.stream, &mut bytes, end)? {
                return Err(Error::Stream(io::ErrorKind::UnexpectedEof.into()));
            }
            // No piece has the ends of two PDUs, so an answer is sent before the next call is made.
            for piece in bytes.chunks(pdu::Header::SIZE) {
                let output = self.association.receive(piece);
                if !output.fragments.is_empty() {
                    self.send(output.fragments)?;
                    idle = Instant::now() + self.settings.idle;
                    begun = Some(self.deadline());
                }
                if let Some(closed) = output.closed {
                    return Err(Error::Association(closed));
                }
            }
            if !self.association.is_waiting() {
                begun = None;
            }
        }
    }

    /// Sends an answer, which has one time for all its fragments.
    fn send(&self, fragments: Vec<Vec<u8>>) -> Result<(), Error> {
        let deadline = self.deadline();
        for fragment in fragments.into_iter().map(Zeroizing::new) {
            // A fragment is a PDU, whose length has 16 bits too.
            let length = fragment.len() as u16;
            let message = Zeroizing::new([&length.to_le_bytes(), &fragment[..]].concat());
            timed::write(&self.stream, &message, deadline)?;
        }
        Ok(())
    }

    /// Returns the end of the time that a message has.
    fn deadline(&self) -> Instant {
        Instant::now() + self.settings.message
    }
}
