//! Reading and writing a stream until a deadline.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// A stream whose reads and writes can have a time limit.
pub(crate) trait Stream {
    /// Limits the next read.
    fn limit_read(&self, time: Duration) -> io::Result<()>;

    /// Limits the next write.
    fn limit_write(&self, time: Duration) -> io::Result<()>;
}

impl Stream for TcpStream {
    fn limit_read(&self, time: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(time))
    }

    fn limit_write(&self, time: Duration) -> io::Result<()> {
        self.set_write_timeout(Some(time))
    }
}

#[cfg(unix)]
impl Stream for UnixStream {
    fn limit_read(&self, time: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(time))
    }

    fn limit_write(&self, time: Duration) -> io::Result<()> {
        self.set_write_timeout(Some(time))
    }
}

/// Fills `bytes` from the stream, however slowly the peer sends, until the deadline. Returns `false` if the peer has ended
/// the stream before the first byte.
pub(crate) fn read<'a, S>(stream: &'a S, bytes: &mut [u8], deadline: Instant) -> io::Result<bool>
where
    S: Stream,
    &'a S: Read,
{
    let (mut done, mut reading) = (0, stream);
    while done < bytes.len() {
        stream.limit_read(left(deadline)?)?;
        match reading.read(bytes.get_mut(done..).unwrap_or_default()) {
            Ok(0) if done == 0 => return Ok(false),
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => done += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(timed_out(error)),
        }
    }
    Ok(true)
}

/// Writes all `bytes`, however slowly the peer takes them, until the deadline.
pub(crate) fn write<'a, S>(stream: &'a S, bytes: &[u8], deadline: Instant) -> io::Result<()>
where
    S: Stream,
    &'a S: Write,
{
    let (mut done, mut writing) = (0, stream);
    while done < bytes.len() {
        stream.limit_write(left(deadline)?)?;
        match writing.write(bytes.get(done..).unwrap_or_default()) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(count) => done += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(timed_out(error)),
        }
    }
    Ok(())
}

/// Returns the time until the deadline.
fn left(deadline: Instant) -> io::Result<Duration> {
    match deadline.saturating_duration_since(Instant::now()) {
        Duration::ZERO => Err(ErrorKind::TimedOut.into()),
        left => Ok(left),
    }
}

/// Unix says that a read would block when its time is over.
fn timed_out(error: io::Error) -> io::Error {
    match error.kind() {
        ErrorKind::WouldBlock => ErrorKind::TimedOut.into(),
        _ => error,
    }
}
