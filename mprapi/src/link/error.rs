//! The error of a call over a link.

use std::fmt;
use std::time::Duration;

use crate::Error;

/// The reason why a call over a [`Link`](crate::Link) or a [`Fleet`](crate::Fleet) has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkError {
    /// The server could not be connected to, or the function that was given answered an error. (Also if this machine's system
    /// starts no thread for the call.)
    Call(Error),
    /// The call has begun and did not end within the limit. It goes on, and its thread is busy until then. It may still do
    /// what it was asked to.
    TimedOut {
        /// The name of the server; `None` for this machine.
        server: Option<String>,
        /// The limit.
        limit: Duration,
    },
    /// The call was not begun, because an earlier one to the same server goes on.
    Busy {
        /// The name of the server; `None` for this machine.
        server: Option<String>,
        /// How long the earlier call has gone on.
        since: Duration,
    },
    /// The function that was given panicked. The link can be used again.
    Panicked {
        /// The name of the server; `None` for this machine.
        server: Option<String>,
        /// The message of the panic; empty if it is not a text.
        message: String,
    },
}

impl LinkError {
    /// Returns the error of the call that failed, if one did.
    #[inline]
    pub fn error(&self) -> Option<&Error> {
        if let LinkError::Call(error) = self { Some(error) } else { None }
    }
}

/// The name of a server in a message.
#[inline]
pub(super) fn label(server: Option<&str>) -> &str {
    server.unwrap_or("this machine")
}

impl fmt::Display for LinkError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::Call(error) => error.fmt(f),
            LinkError::TimedOut { server, limit } => {
                let server = label(server.as_deref());
                write!(f, "{server} did not answer within {limit:?}: the call goes on")
            }
            LinkError::Busy { server, since } => {
                let server = label(server.as_deref());
                // Nobody reads nanoseconds.
                let since = match since.as_secs() {
                    0 => Duration::from_millis(since.subsec_millis().into()),
                    seconds => Duration::from_secs(seconds),
                };
                write!(f, "cannot call {server}: an earlier call has gone on for {since:?}; try again later")
            }
            LinkError::Panicked { server, message } => {
                let server = label(server.as_deref());
                write!(f, "the program panicked in a call to {server}: {message}")
            }
        }
    }
}

impl std::error::Error for LinkError {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error().and_then(std::error::Error::source)
    }
}

impl From<Error> for LinkError {
    #[inline]
    fn from(error: Error) -> LinkError {
        LinkError::Call(error)
    }
}

/// For functions whose result is [`std::io::Result`].
impl From<LinkError> for std::io::Error {
    #[inline]
    fn from(error: LinkError) -> std::io::Error {
        use std::io::ErrorKind as Io;
        let kind = match error {
            LinkError::Call(error) => return error.into(),
            LinkError::TimedOut { .. } => Io::TimedOut,
            LinkError::Busy { .. } => Io::ResourceBusy,
            LinkError::Panicked { .. } => Io::Other,
        };
        std::io::Error::new(kind, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_call_that_goes_on_is_said_in_seconds() {
        for (nanoseconds, said) in [(20_138_175_239, "for 20s;"), (40_170_000, "for 40ms;")] {
            let busy = LinkError::Busy { server: None, since: Duration::from_nanos(nanoseconds) };
            assert!(busy.to_string().contains(said), "{busy}");
        }
    }
}
