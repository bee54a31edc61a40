//! A connection: requests and their answers.

use std::io::{Error, ErrorKind};
use std::net::{Shutdown, TcpStream};
use std::time::Instant;

use super::message::{Command, Flags, Header, Transform};
use super::preauth::Preauth;
use super::sealing::{Sealing, Unopened};
use super::stage::Stage;
use super::status;
use crate::failure::Failure;
use crate::timed;

/// The length of the field before a message: its length.
const LENGTH: usize = 4;

/// The most bytes of a pipe that a message carries.
pub(super) const MOST_DATA: u32 = 0x1_0000;

/// The longest message that is read, in bytes: the headers, the fixed part of a body and a buffer.
const LARGEST: usize = MOST_DATA as usize + 1024;

/// The credits for which each request asks. One operation is under way at a time; the rest is for the messages at the end.
const CREDITS: u16 = 8;

/// A connection to a server. It fails once: then the socket is closed, and every further request fails too.
pub(super) struct Connection {
    host: String,
    stream: TcpStream,
    stage: Stage,
    next_id: u64,
    credits: u32,
    session_id: u64,
    tree: u32,
    preauth: Preauth,
    /// The encryption, once there is a session. From then on each message is encrypted.
    sealing: Option<Sealing>,
    is_broken: bool,
}

/// An answer. Its status may be an error.
pub(super) struct Answer {
    pub(super) header: Header,
    bytes: Vec<u8>,
    start: usize,
}

impl Answer {
    /// Returns the whole message.
    pub(super) fn message(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }
}

impl Connection {
    pub(super) fn new(stream: TcpStream, host: &str) -> Connection {
        Connection {
            host: host.to_owned(),
            stream,
            stage: Stage::Negotiate,
            next_id: 0,
            credits: 1,
            session_id: 0,
            tree: 0,
            preauth: Preauth::START,
            sealing: None,
            is_broken: false,
        }
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    pub(super) fn enter(&mut self, stage: Stage) {
        self.stage = stage;
    }

    /// Returns the hash of the messages that were added, and of all requests before the encryption.
    pub(super) fn preauth(&mut self) -> &mut Preauth {
        &mut self.preauth
    }

    pub(super) fn session_id(&self) -> u64 {
        self.session_id
    }

    pub(super) fn set_session(&mut self, id: u64) {
        self.session_id = id;
    }

    pub(super) fn set_tree(&mut self, tree: u32) {
        self.tree = tree;
    }

    /// Encrypts every message from now on, and takes only encrypted ones.
    pub(super) fn encrypt(&mut self, sealing: Sealing) {
        self.sealing = Some(sealing);
    }

    /// Returns `true` if no request can be sent any more.
    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Makes a failure of a server that broke the rules, and ends the connection.
    pub(super) fn broken(&mut self, reason: impl std::fmt::Display) -> Failure {
        self.close();
        self.stage.broken(&self.host, reason)
    }

    /// Makes the failure of a request that the server refused.
    pub(super) fn refused(&mut self, status: u32) -> Failure {
        if status::is_ended_session(status) {
            return self.broken(format_args!(
                "the server has ended the session (status {status:#010x}); connect again"
            ));
        }
        self.stage.refused(&self.host, status)
    }

    fn lost(&mut self, error: &Error) -> Failure {
        self.close();
        self.stage.lost(&self.host, error)
    }

    /// Ends the connection without a word.
    pub(super) fn close(&mut self) {
        self.is_broken = true;
        // It fails only if there is nothing to end.
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    /// Sends a request and waits for its answer.
    pub(super) fn ask(&mut self, command: Command, body: &[u8], until: Instant) -> Result<Answer, Failure> {
        let id = self.send(command, body, until)?;
        self.answer(command, id, until)
    }

    /// Sends a request, and returns its number.
    pub(super) fn send(&mut self, command: Command, body: &[u8], until: Instant) -> Result<u64, Failure> {
        if self.is_broken {
            return Err(self.lost(&ErrorKind::UnexpectedEof.into()));
        }
        let Some(credits) = self.credits.checked_sub(1) else {
            return Err(self.broken("the server grants no credit for a further request"));
        };
        self.credits = credits;
        let id = self.next_id;
        self.next_id += 1;
        let start = if self.sealing.is_some() { LENGTH + Transform::SIZE } else { LENGTH };
        let mut bytes = Vec::with_capacity(start + Header::SIZE + body.len());
        bytes.resize(start, 0);
        Header::request(command, id, self.tree, self.session_id, CREDITS).encode(&mut bytes);
        bytes.extend(body);
        match &mut self.sealing {
            Some(sealing) => {
                if sealing.seal(&mut bytes, LENGTH).is_none() {
                    return Err(self.broken("a message cannot be encrypted any more"));
                }
            }
            None => self.preauth.add(bytes.get(LENGTH..).unwrap_or_default()),
        }
        let length = (bytes.len() - LENGTH) as u32;
        if let Some(field) = bytes.first_chunk_mut() {
            *field = length.to_be_bytes();
        }
        timed::write(&self.stream, &bytes, until).map_err(|error| self.lost(&error))?;
        Ok(id)
    }

    /// Waits for the answer of a request. A first answer may say that the operation takes long.
    fn answer(&mut self, command: Command, id: u64, until: Instant) -> Result<Answer, Failure> {
        let mut operation = None;
        loop {
            let answer = self.receive(until)?;
            let header = &answer.header;
            self.credits = self.credits.saturating_add(header.credits.into());
            let is_first_of_session = command == Command::SessionSetup && self.session_id == 0;
            let has_session = is_first_of_session || header.session_id == self.session_id;
            let has_tree =
                command == Command::TreeConnect || header.tree().is_none_or(|tree| tree == self.tree);
            if !header.flags.contains(Flags::ANSWER) || header.next != 0 {
                return Err(self.broken("the server sent a message that is no answer"));
            }
            if header.message_id != id || header.command != command || !has_session || !has_tree {
                return Err(self.broken("the server answered another request than the one that was sent"));
            }
            if header.status == status::PENDING && operation.is_none() && header.operation().is_some() {
                operation = header.operation();
                continue;
            }
            if header.status == status::PENDING || header.operation() != operation {
                return Err(
                    self.broken("the server answered for another operation than the one that takes long")
                );
            }
            return Ok(answer);
        }
    }

    /// Reads a message, and decrypts it.
    fn receive(&mut self, until: Instant) -> Result<Answer, Failure> {
        let mut length = [0; LENGTH];
        let is_there = timed::read(&self.stream, &mut length, until).map_err(|error| self.lost(&error))?;
        if !is_there {
            return Err(self.lost(&ErrorKind::UnexpectedEof.into()));
        }
        let length = u32::from_be_bytes(length) as usize;
        if length > LARGEST {
            // A first byte that is not 0 makes it larger too.
            return Err(
                self.broken(format_args!("a message of {length} bytes is longer than any that is expected"))
            );
        }
        let mut bytes = vec![0; length];
        let is_there = timed::read(&self.stream, &mut bytes, until).map_err(|error| self.lost(&error))?;
        if !is_there && length > 0 {
            return Err(self.lost(&ErrorKind::UnexpectedEof.into()));
        }
        let start = match self.opened(&mut bytes) {
            Ok(start) => start,
            Err(reason) => return Err(self.broken(reason)),
        };
        match Header::decode(bytes.get(start..).unwrap_or_default()) {
            Ok(header) => Ok(Answer { header, bytes, start }),
            Err(error) => Err(self.broken(error)),
        }
    }

    /// Decrypts a message if there is a session. Returns the place of its first byte.
    fn opened(&self, bytes: &mut [u8]) -> Result<usize, String> {
        let is_encrypted = bytes.starts_with(&Transform::MAGIC);
        match &self.sealing {
            None if is_encrypted => Err("a message is encrypted before there is a session".to_owned()),
            None if bytes.starts_with(b"\xffSMB") => {
                Err("the server answers with SMB 1; SMB 3 is needed, which Windows has since Server 2012"
                    .to_owned())
            }
            None => Ok(0),
            Some(_) if !is_encrypted => Err(
                "a message is not encrypted; the server has lost the session, or somebody between tampers"
                    .to_owned(),
            ),
            Some(sealing) => match sealing.open(bytes) {
                Ok(()) => Ok(Transform::SIZE),
                Err(Unopened::Malformed(error)) => Err(error.to_string()),
                Err(Unopened::Changed) => {
                    Err("a message is not the one that the server encrypted; somebody between tampers"
                        .to_owned())
                }
            },
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Another thread may still hold a clone of the stream.
        self.close();
    }
}
