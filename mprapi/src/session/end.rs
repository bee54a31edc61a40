//! Ending a session, and never another one that has its handle by now.

use super::model::{Now, Session};
use super::start::Clock;
use crate::{ConnectionHandle, Error, ErrorKind, PortId, Result, Server};

/// The outcome of [`Server::end`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a session that was gone already was not ended by this call"]
pub enum Ended {
    /// The session was there, and the call ended it.
    Now,
    /// The session had ended before: by itself, or by somebody else.
    AlreadyGone,
}

impl Server {
    /// Ends a session: compares it with what the server has under its id now, and disconnects the ports that carry it.
    ///
    /// A session that has ended meanwhile is no error but [`Ended::AlreadyGone`]. Nor does it matter if the server has given
    /// its handle to another connection: the other one stays. The server is asked again before each port, so that the time
    /// in which it could do that between a comparison and the disconnect is one call long. No call of the API does both at
    /// once.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-end").ports(mprapi_sim::Tunnel::Sstp, 1)
    /// #     .session(mprapi_sim::Session::new("anna", mprapi_sim::Tunnel::Sstp)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some("doc-end"))?;
    /// use mprapi::Ended;
    ///
    /// for session in server.sessions()?.iter().filter(|session| session.user_name == "anna") {
    ///     match server.end(session)? {
    ///         Ended::Now => println!("{} is disconnected.", session.account()),
    ///         Ended::AlreadyGone => println!("{} has just left.", session.account()),
    ///     }
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// The C functions are `MprAdminPortEnum`, `MprAdminConnectionGetInfo`, `MprAdminServerGetInfo` and
    /// `MprAdminPortDisconnect`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`] for a session of another server, of an earlier connection to this one, or one that was
    /// made or read back by the program: read the [`sessions`](Server::sessions) and end the one that
    /// [`continues_as`](Session::continues_as) it. Otherwise those of
    /// [`PortHandle::disconnect`](crate::PortHandle::disconnect): [`ErrorKind::AccessDenied`], …
    #[doc(alias("MprAdminPortDisconnect", "disconnect_session", "disconnect_user", "kick"))]
    #[inline]
    pub fn end(&self, session: &Session) -> Result<Ended> {
        let mut tried: Vec<PortId> = Vec::new();
        let (mut ended, mut failed, mut most) = (Ended::AlreadyGone, None, None);
        loop {
            let port = match self.ports_of(session.id) {
                Ok(ports) => {
                    // No more than there were at first, whatever a server makes up.
                    let most = *most.get_or_insert(ports.len());
                    let left = ports.iter().map(|port| port.id()).find(|id| !tried.contains(id));
                    left.filter(|_| tried.len() < most)
                }
                // The comparison tells what that means.
                Err(error) if may_be_gone(&error) => {
                    failed = Some(error);
                    None
                }
                Err(error) => return Err(error),
            };
            if self.connection_of(session)?.is_none() {
                return Ok(ended);
            }
            let Some(port) = port else { break };
            match self.port(port)?.disconnect() {
                Ok(()) => (ended, failed) = (Ended::Now, None),
                Err(error) if may_be_gone(&error) => failed = Some(error),
                Err(error) => return Err(error),
            }
            tried.push(port);
        }
        match (ended, failed) {
            // It takes the server a while to forget it.
            (Ended::Now, _) => Ok(Ended::Now),
            (Ended::AlreadyGone, Some(error)) => Err(error),
            (Ended::AlreadyGone, None) => {
                Err(Error::answer("MprAdminPortEnum", "no port is listed for a connection that is up"))
            }
        }
    }

    /// Compares a session with what the server has under its id now. Returns the connection, to act on at once, or `None` if
    /// the session has ended, even if another connection has its handle by now.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-connection-of").ports(mprapi_sim::Tunnel::Sstp, 1)
    /// #     .session(mprapi_sim::Session::new("anna", mprapi_sim::Tunnel::Sstp)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some("doc-connection-of"))?;
    /// # let session = server.sessions()?.remove(0);
    /// if let Some(connection) = server.connection_of(&session)? {
    ///     connection.send_message("The server restarts at 18:00.")?;
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// Type, user, domain and start are compared; the duration may only have grown. The C functions are
    /// `MprAdminConnectionGetInfo` and `MprAdminServerGetInfo`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidArgument`] for a session that is not of this connection to the server, as with
    /// [`end`](Server::end). Otherwise those of any call to a server.
    #[inline]
    pub fn connection_of(&self, session: &Session) -> Result<Option<ConnectionHandle<'_>>> {
        let connection = self.connection(session.id)?;
        let clock = session.started.and_then(|_| Clock::read(self));
        let info = match connection.info() {
            Ok(info) => info,
            Err(error) if is_gone(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let info = info.get();
        let now = Now {
            interface_type: info.interface_type(),
            user_name: info.user_name(),
            domain: info.domain(),
            duration: info.duration(),
            started: clock.map(|clock| clock.started(info.duration(), clock.waited())),
        };
        Ok(session.is(&now).then_some(connection))
    }
}

/// Returns `true` for what `MprAdminConnectionGetInfo` answers of a connection that is gone. (A handle of a server that is
/// not valid any more is another code.)
#[inline]
fn is_gone(error: &Error) -> bool {
    error.code().is_some() && matches!(error.kind(), ErrorKind::NotConnected | ErrorKind::InvalidArgument)
}

/// Returns `true` for what the calls on ports answer where the port or the connection is gone, and now and then for other
/// reasons.
#[inline]
fn may_be_gone(error: &Error) -> bool {
    is_gone(error) || error.kind() == ErrorKind::InvalidHandle
}
