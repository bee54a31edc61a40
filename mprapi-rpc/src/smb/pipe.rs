//! The pipe.

use std::fmt;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::connection::{Answer, Connection};
use super::message::{
    CloseRequest, Command, ControlAnswer, ControlCode, ControlRequest, CreateAnswer, CreateRequest, FileId,
    LOGOFF, ReadAnswer, ReadRequest, WriteAnswer, WriteRequest,
};
use super::negotiated::Negotiated;
use super::negotiation::{Negotiation, Sizes};
use super::stage::{ACCESS_DENIED, CALL_FAILED, SERVER_UNAVAILABLE, Stage};
use super::status;
use super::{logon, share};
use crate::failure::{Failure, Layer};
use crate::pipe::Pipe;
use crate::security::Initiator;

/// The longest time that a pipe takes to say goodbye when it is dropped.
const GOODBYE: Duration = Duration::from_millis(500);

/// A named pipe of a server, over a connection of its own.
///
/// Everything after the logon is encrypted. The pipe is useless after an operation on it has failed. Dropping it closes the
/// pipe and ends the session, if the server answers within half a second; then it closes the connection.
pub struct SmbPipe {
    connection: Connection,
    negotiated: Negotiated,
    sizes: Sizes,
    name: String,
    file: FileId,
    /// `false` if the server cannot write and read in one operation.
    transacts: bool,
}

impl fmt::Debug for SmbPipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SmbPipe");
        shown.field("host", &self.connection.host()).field("name", &self.name);
        shown.field("negotiated", &self.negotiated).finish_non_exhaustive()
    }
}

impl SmbPipe {
    /// Opens a named pipe of a server: negotiates, logs the account on, and opens the pipe.
    ///
    /// `host` is the server's name, which its principal has too (`cifs/HOST`); `stream` is connected to it. `pipe` is the name
    /// without `\pipe\`, such as `ROUTER`. To end a wait from another thread, shut down a clone of it.
    ///
    /// # Errors
    /// [`Failure`] with the layer that failed: SMB, logon, right, or service.
    pub fn open(
        stream: TcpStream,
        host: &str,
        pipe: &str,
        initiator: &dyn Initiator,
        until: Instant,
    ) -> Result<SmbPipe, Failure> {
        SmbPipe::open_on(Negotiation::start(stream, host, until)?, pipe, initiator, until)
    }

    /// Opens a named pipe on a connection that has been negotiated.
    ///
    /// # Errors
    /// As [`open`](SmbPipe::open).
    pub fn open_on(
        mut negotiation: Negotiation,
        pipe: &str,
        initiator: &dyn Initiator,
        until: Instant,
    ) -> Result<SmbPipe, Failure> {
        let negotiated = negotiation.negotiated();
        logon::log_on(&mut negotiation.connection, negotiated, initiator, until)?;
        share::connect(&mut negotiation, until)?;
        let Negotiation { mut connection, sizes, .. } = negotiation;
        let file = create(&mut connection, pipe, until)?;
        connection.enter(Stage::Call);
        Ok(SmbPipe { connection, negotiated, sizes, name: pipe.to_owned(), file, transacts: true })
    }

    /// Returns the dialect and the algorithms.
    pub fn negotiated(&self) -> Negotiated {
        self.negotiated
    }

    /// Closes the pipe, ends the session, and closes the connection.
    ///
    /// # Errors
    /// [`Failure`] if the server did not confirm it in time. The connection is closed all the same.
    pub fn close(mut self, until: Instant) -> Result<(), Failure> {
        self.say_goodbye(until)
    }

    fn say_goodbye(&mut self, until: Instant) -> Result<(), Failure> {
        if self.connection.is_broken() {
            return Ok(());
        }
        let close = CloseRequest { file: self.file }.encode();
        let closed = self.connection.ask(Command::Close, &close, until);
        let ended = closed.and_then(|_| self.connection.ask(Command::Logoff, &LOGOFF, until));
        self.connection.close();
        ended.map(drop)
    }

    /// Makes a failure of an operation, and ends the connection.
    fn failed(&mut self, status: u32) -> Failure {
        if status::is_closed_pipe(status) {
            let host = self.connection.host();
            let text = format!(
                "the service behind the pipe {} of {host} has closed it; see if it runs, and connect again",
                self.name
            );
            self.connection.close();
            return Failure::new(Layer::Call, CALL_FAILED, text);
        }
        let failure = self.connection.refused(status);
        self.connection.close();
        failure
    }

    /// Returns the data of an answer.
    fn data<'a>(
        &mut self,
        answer: &'a Answer,
        decode: impl FnOnce(&'a [u8]) -> super::message::Result<&'a [u8]>,
    ) -> Result<Vec<u8>, Failure> {
        // The rest of a message that is longer than the buffer can be read later.
        if !matches!(answer.header.status, status::SUCCESS | status::BUFFER_OVERFLOW) {
            return Err(self.failed(answer.header.status));
        }
        match decode(answer.message()) {
            Ok([]) => Err(self.connection.broken("the server answered with no bytes")),
            Ok(data) => Ok(data.to_vec()),
            Err(error) => Err(self.connection.broken(error)),
        }
    }

    /// Returns an error if a message is longer than the server takes.
    fn fits(&mut self, length: usize, limit: u32) -> Result<(), Failure> {
        match length <= limit as usize {
            true => Ok(()),
            false => Err(self
                .connection
                .broken(format_args!("a message of {length} bytes is longer than {limit}"))),
        }
    }
}

impl Pipe for SmbPipe {
    fn write(&mut self, message: &[u8], until: Instant) -> Result<(), Failure> {
        self.fits(message.len(), self.sizes.write)?;
        let body = WriteRequest { file: self.file, data: message }.encode();
        let answer = self.connection.ask(Command::Write, &body, until)?;
        if answer.header.status != status::SUCCESS {
            return Err(self.failed(answer.header.status));
        }
        match WriteAnswer::decode(answer.message()) {
            Ok(answered) if answered.count as usize == message.len() => Ok(()),
            Ok(_) => Err(self.connection.broken("the server took only a part of a message")),
            Err(error) => Err(self.connection.broken(error)),
        }
    }

    fn read(&mut self, most: usize, until: Instant) -> Result<Vec<u8>, Failure> {
        let most = clamped(most, self.sizes.read);
        let body = ReadRequest { file: self.file, most }.encode();
        let answer = self.connection.ask(Command::Read, &body, until)?;
        self.data(&answer, |message| Ok(ReadAnswer::decode(message, most)?.data))
    }

    fn transact(&mut self, message: &[u8], most: usize, until: Instant) -> Result<Vec<u8>, Failure> {
        if self.transacts {
            self.fits(message.len(), self.sizes.transact)?;
            let (code, file) = (ControlCode::PipeTransceive, self.file);
            let request =
                ControlRequest { code, file, input: message, most: clamped(most, self.sizes.transact) };
            let answer = self.connection.ask(Command::Control, &request.encode(), until)?;
            if !status::is_unknown_operation(answer.header.status) {
                return self.data(&answer, |message| Ok(ControlAnswer::decode(message, &request)?.output));
            }
            // The server has not done it, so it is not done twice.
            self.transacts = false;
        }
        self.write(message, until)?;
        self.read(most, until)
    }
}

impl Drop for SmbPipe {
    fn drop(&mut self) {
        // The caller is gone, and with it the use of an error.
        let _ = self.say_goodbye(Instant::now() + GOODBYE);
    }
}

/// Returns `most`, but at least a byte and at most `limit`.
fn clamped(most: usize, limit: u32) -> u32 {
    u32::try_from(most).unwrap_or(u32::MAX).clamp(1, limit)
}

/// Opens the pipe.
fn create(connection: &mut Connection, name: &str, until: Instant) -> Result<FileId, Failure> {
    let body = CreateRequest { name }.encode();
    let answer = connection.ask(Command::Create, &body, until)?;
    let status = answer.header.status;
    if status == status::SUCCESS {
        let answered = CreateAnswer::decode(answer.message()).map_err(|error| connection.broken(error))?;
        return Ok(answered.file);
    }
    let host = connection.host();
    let failure = if status == status::ACCESS_DENIED {
        let text = format!(
            "{host} does not let the account open the pipe {name}; it must be a member of the server's local group Administrators"
        );
        Failure::new(Layer::Right, ACCESS_DENIED, text)
    } else if status::is_missing_pipe(status) {
        let text = format!("{host} has no pipe {name}: the service behind it is not running; start it");
        Failure::new(Layer::Service, SERVER_UNAVAILABLE, text)
    } else {
        connection.refused(status)
    };
    connection.close();
    Err(failure)
}
