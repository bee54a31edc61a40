//! Reading and writing a stream until a deadline.

use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// Fills `bytes` from the stream, however slowly the peer sends, until the deadline. Returns `false` if the peer has ended
/// the stream before the first byte.
pub(super) fn read(stream: &UnixStream, bytes: &mut [u8], deadline: Instant) -> io::Result<bool> {
    let mut done = 0;
    while done < bytes.len() {
        stream.set_read_timeout(Some(left(deadline)?))?;
        match (&*stream).read(bytes.get_mut(done..).unwrap_or_default()) {
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
pub(super) fn write(stream: &UnixStream, bytes: &[u8], deadline: Instant) -> io::Result<()> {
    let mut done = 0;
    while done < bytes.len() {
        stream.set_write_timeout(Some(left(deadline)?))?;
        match (&*stream).write(bytes.get(done..).unwrap_or_default()) {
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
