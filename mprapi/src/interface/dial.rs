//! Dialling with a limit, on any server.

use std::fmt;
use std::thread;
use std::time::{Duration, Instant};

use mprapi_sys as sys;

use super::{ConnectionState, InterfaceHandle, UnreachabilityReasons};
use crate::{Error, ErrorKind, Result};

/// The rests between two looks at the state: each is longer than the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// How long an interface may not be *connecting* yet after a call that said that it succeeded, and not that the attempt goes
/// on.
const SETTLING: Duration = Duration::from_secs(1);

/// The reason why [`InterfaceHandle::connect_within`] did not connect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DialError {
    /// A call failed. Either the server did not begin the attempt, or its state could not be read, and then it may go on.
    Call(Error),
    /// The attempt ended without a connection.
    Failed {
        /// The interface's last error, if the server tells one. If somebody ended the attempt, it may be that of an earlier
        /// one.
        error: Option<Error>,
        /// The reasons why the interface cannot be connected now; none if it can.
        reasons: UnreachabilityReasons,
    },
    /// The limit was over while the interface was still connecting.
    TimedOut {
        /// The limit.
        limit: Duration,
        /// `true` if the attempt was ended. Otherwise it goes on, because somebody else began it, or because the server did
        /// not end it.
        is_aborted: bool,
    },
}

impl DialError {
    /// Returns the error of the call that failed, or the interface's last error.
    #[inline]
    pub fn error(&self) -> Option<&Error> {
        match self {
            DialError::Call(error) => Some(error),
            DialError::Failed { error, .. } => error.as_ref(),
            DialError::TimedOut { .. } => None,
        }
    }

    /// Returns the code of the [`error`](DialError::error): that of the call, or the reason why the attempt failed, of the
    /// header `raserror.h`.
    #[inline]
    pub fn code(&self) -> Option<u32> {
        self.error().and_then(Error::code)
    }

    /// Returns the reasons why the interface cannot be connected now; none if they are not known.
    #[inline]
    pub fn reasons(&self) -> UnreachabilityReasons {
        match self {
            DialError::Failed { reasons, .. } => *reasons,
            DialError::Call(_) | DialError::TimedOut { .. } => UnreachabilityReasons::empty(),
        }
    }
}

impl From<Error> for DialError {
    #[inline]
    fn from(error: Error) -> DialError {
        DialError::Call(error)
    }
}

impl fmt::Display for DialError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DialError::Call(error) => error.fmt(f),
            DialError::Failed { error, reasons } => {
                f.write_str("cannot connect the interface")?;
                // That the last attempt failed is what the error says.
                let reasons = match error {
                    Some(_) => reasons.difference(UnreachabilityReasons::CONNECTION_FAILURE),
                    None => *reasons,
                };
                if !reasons.is_empty() {
                    write!(f, ": {reasons}")?;
                }
                match error {
                    Some(error) => write!(f, ": {error}"),
                    None if reasons.is_empty() => f.write_str(": the attempt ended without an error"),
                    None => Ok(()),
                }
            }
            DialError::TimedOut { limit, is_aborted } => {
                write!(f, "cannot connect the interface within {limit:?}: the attempt ")?;
                f.write_str(if *is_aborted { "was ended" } else { "goes on" })
            }
        }
    }
}

impl std::error::Error for DialError {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            DialError::Failed { error: Some(error), .. } => Some(error),
            DialError::Call(error) => std::error::Error::source(error),
            _ => None,
        }
    }
}

/// For functions whose result is [`std::io::Result`].
impl From<DialError> for std::io::Error {
    #[inline]
    fn from(error: DialError) -> std::io::Error {
        match error {
            DialError::Call(error) => error.into(),
            DialError::TimedOut { .. } => std::io::Error::new(std::io::ErrorKind::TimedOut, error),
            DialError::Failed { .. } => std::io::Error::new(std::io::ErrorKind::NotConnected, error),
        }
    }
}

/// The state of an interface, with what it tells of an attempt that failed.
struct Look {
    state: ConnectionState,
    error: Option<Error>,
    reasons: UnreachabilityReasons,
}

impl InterfaceHandle<'_> {
    /// Connects a demand-dial interface and waits until it is connected, for at most `limit`. Unlike
    /// [`connect`](InterfaceHandle::connect) it does not block for as long as the attempt takes, and unlike
    /// [`connect_with_event`](InterfaceHandle::connect_with_event) it works on any server.
    ///
    /// ```
    /// # use mprapi_sim::{Clock, Interface, InterfaceKind, Tunnel};
    /// # let simulation = mprapi_sim::Server::new("doc-connect-within").clock(Clock::Real).ports(Tunnel::Ikev2, 1)
    /// #     .interface(Interface::new("branch-2", InterfaceKind::FullRouter)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some("doc-connect-within"))?;
    /// use std::time::Duration;
    ///
    /// match server.find_interface("branch-2")?.connect_within(Duration::from_secs(30)) {
    ///     Ok(()) => println!("branch-2 is connected"),
    ///     Err(error) => println!("branch-2: {error}"),
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// It begins the attempt and reads the state from time to time:
    ///
    /// | state | |
    /// |---|---|
    /// | connected already | success, and nothing is dialled |
    /// | connecting already, because somebody else dials | it waits for that attempt, and leaves it alone when the limit is over |
    /// | *connecting* | it waits |
    /// | *connected* | success |
    /// | *disconnected* or *unreachable* | [`DialError::Failed`], with the interface's last error and the reasons |
    /// | still *connecting* when the limit is over | it [disconnects](InterfaceHandle::disconnect) the interface: [`DialError::TimedOut`] |
    ///
    /// Microsoft's pages do not say whether a disconnect ends an attempt, so [`DialError::TimedOut`] tells whether it did. An
    /// interface that comes up just when the limit is over stays connected, which is success.
    ///
    /// A call that waits for an unreachable server cannot be broken off, so the last one may end after the limit.
    /// The C functions are `MprAdminInterfaceConnect`, `MprAdminInterfaceGetInfo` and, after the limit,
    /// `MprAdminInterfaceDisconnect`.
    ///
    /// # Errors
    /// [`DialError`]. Its [`Call`](DialError::Call) has the errors of [`begin_connect`](InterfaceHandle::begin_connect) and
    /// [`info`](InterfaceHandle::info).
    #[inline]
    pub fn connect_within(&self, limit: Duration) -> std::result::Result<(), DialError> {
        let start = Instant::now();
        let (is_ours, settling) = match self.dial_without_event() {
            // It is *connecting* by now, so a state that is another is how the attempt has ended.
            Ok(true) => (true, Duration::ZERO),
            Ok(false) => (true, SETTLING),
            Err(error) if error.code() == Some(sys::ERROR_ALREADY_CONNECTED) => return Ok(()),
            Err(error) if error.code() == Some(sys::ERROR_ALREADY_CONNECTING) => (false, Duration::ZERO),
            Err(error) => return Err(error.into()),
        };
        let mut pause = FIRST_PAUSE;
        loop {
            let look = self.look()?;
            match look.state {
                ConnectionState::Connected => return Ok(()),
                ConnectionState::Connecting => {}
                _ if start.elapsed() >= settling => return Err(look.failed()),
                _ => {}
            }
            let left = limit.saturating_sub(start.elapsed());
            if left.is_zero() {
                return self.give_up(limit, is_ours);
            }
            thread::sleep(pause.min(left));
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Ends an attempt whose limit is over, if it is ours.
    #[inline]
    fn give_up(&self, limit: Duration, is_ours: bool) -> std::result::Result<(), DialError> {
        let timed_out = |is_aborted| Err(DialError::TimedOut { limit, is_aborted });
        if !is_ours {
            return timed_out(false);
        }
        match self.disconnect() {
            Ok(()) => timed_out(true),
            Err(error) if error.kind() == ErrorKind::NotConnected => {
                // Either it has just ended, or the server does not end an attempt.
                let look = self.look()?;
                match look.state {
                    ConnectionState::Connected => Ok(()),
                    ConnectionState::Connecting => timed_out(false),
                    _ => Err(look.failed()),
                }
            }
            Err(_) => timed_out(false),
        }
    }

    #[inline]
    fn look(&self) -> Result<Look> {
        let info = self.info()?;
        let info = info.get();
        let reasons = info.unreachability_reasons();
        Ok(Look {
            state: info.connection_state(),
            error: info.last_error().map(|error| error.at(self.owner.name())),
            reasons,
        })
    }
}

impl Look {
    #[inline]
    fn failed(self) -> DialError {
        let is_unreachable = self.state == ConnectionState::Unreachable;
        let reasons = if is_unreachable { self.reasons } else { UnreachabilityReasons::empty() };
        DialError::Failed { error: self.error, reasons }
    }
}
