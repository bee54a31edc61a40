//! Reading the sessions of a server, at the newest level of information that it has.

use std::cell::Cell;
use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use mprapi_sys::{
    RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_4, RAS_CONNECTION_EX, RAS_PORT_0,
};

use super::model::{Session, SessionPort};
use super::start::Clock;
use crate::owned::ConnectionSnapshot;
use crate::{
    Connection, ConnectionId, ConnectionRecord, Error, ErrorKind, HeaderCompression, List, Port,
    PppProjection, Projection, Result, Server, TunnelType, WideString,
};

/// Makes a session of a record that tells everything: that of level 4, or that of Windows Server 2008 R2.
macro_rules! session {
    ($one:ident) => {{
        let projection = $one.projection();
        Session {
            id: $one.id(),
            user_name: $one.user_name().to_owned(),
            domain: $one.domain().to_owned(),
            computer: $one.remote_computer().to_owned(),
            interface: $one.interface(),
            interface_name: $one.interface_name().to_owned(),
            interface_type: $one.interface_type(),
            flags: $one.flags(),
            duration: $one.duration(),
            statistics: $one.statistics(),
            ipv4: projection.ipv4().ok().flatten().and_then(|ends| ends.client),
            ipv6: projection.ipv6().ok().flatten().and_then(|ends| ends.client()),
            remote_endpoint: $one.remote_endpoint(),
            local_endpoint: $one.local_endpoint(),
            guid: Some($one.guid()),
            switch_overs: $one.switch_overs(),
            quarantine_state: Some($one.quarantine_state()),
            probation_ends: $one.probation_ends().map(whole),
            projection: Some(projection),
            ..Session::default()
        }
    }};
}

impl Server {
    /// Lists the sessions and the links to other sites, in the server's order, with all that the server can tell of each.
    ///
    /// The server is asked at the newest level of information that it answers: level 4 from Windows Server 2012 on, then
    /// that of Windows Server 2008 R2, then levels 0, 1 and 3 (Windows Server 2008) or 2, whose records are joined. A
    /// program for every Windows needs no other way. [`connections_at`](Server::connections_at) reads one level, without a
    /// copy.
    ///
    /// ```
    /// # let simulation = mprapi_sim::Server::new("doc-sessions").ports(mprapi_sim::Tunnel::Sstp, 1)
    /// #     .session(mprapi_sim::Session::new("anna", mprapi_sim::Tunnel::Sstp)).start();
    /// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
    /// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
    /// # let server = mpr.connect(Some("doc-sessions"))?;
    /// for session in server.sessions()?.iter().filter(|session| session.is_client()) {
    ///     println!("{} over {}: {} bytes", session.account(), session.tunnel, session.statistics.bytes_sent);
    /// }
    /// # Ok::<(), mprapi::Error>(())
    /// ```
    ///
    /// The C functions are `MprAdminServerGetInfo` (for the clock of the service), `MprAdminPortEnum`,
    /// `MprAdminConnectionEnum` and `MprAdminConnectionEnumEx`.
    ///
    /// # Errors
    /// Those of any call to a server: [`ErrorKind::NotRunning`], [`ErrorKind::Unreachable`], …
    #[inline]
    pub fn sessions(&self) -> Result<Vec<Session>> {
        self.sessions_on(&self.ports()?)
    }

    /// Lists the sessions as [`sessions`](Server::sessions) does, with a list of the ports that was read just before. This
    /// is for programs that need the ports too: they are read once.
    ///
    /// # Errors
    /// As [`sessions`](Server::sessions).
    #[inline]
    pub fn sessions_on(&self, ports: &List<'_, RAS_PORT_0>) -> Result<Vec<Session>> {
        let reading = Reading { clock: Clock::read(self), ports: ByConnection::new(ports) };
        // No page says with which error a server refuses level 4, so all have the next level asked for that do not say that
        // it is of no use.
        match self.connections_at::<RAS_CONNECTION_4>() {
            Ok(connections) => {
                let finish = reading.finisher();
                let sessions = connections.iter().map(|one| {
                    let mut session = session!(one);
                    session.started_at = one.started_at().map(whole);
                    session.has_wide_counters = true;
                    let mut session = finish(session);
                    if session.ports.is_empty() && !matches!(one.tunnel(), TunnelType::Unknown(_)) {
                        session.tunnel = WideString::from(one.tunnel().to_string());
                    }
                    session
                });
                return Ok(sessions.collect());
            }
            Err(error) if is_final(&error) => return Err(error),
            Err(_) => {}
        }
        if let Some(connections) = connections_if_known::<RAS_CONNECTION_EX>(self)? {
            return Ok(connections.iter().map(|one| session!(one)).map(reading.finisher()).collect());
        }
        let mut more = self.details()?;
        let traffic = self.connections_at::<RAS_CONNECTION_1>()?;
        for one in &traffic {
            more.entry(one.id()).or_default().traffic = Some(one.snapshot());
        }
        let connections = self.connections()?;
        let joined = connections.iter().map(|one| of_older(&one, more.remove(&one.id()).unwrap_or_default()));
        Ok(joined.map(reading.finisher()).collect())
    }

    /// Reads what the levels of Windows 2000 and Windows Server 2008 tell besides levels 0 and 1.
    #[inline]
    fn details(&self) -> Result<HashMap<ConnectionId, More>> {
        let more = |details, compression| More { details: Some((details, compression)), traffic: None };
        if let Some(connections) = connections_if_known::<RAS_CONNECTION_3>(self)? {
            let each = connections.iter();
            return Ok(each.map(|one| (one.id(), more(one.snapshot(), one.header_compression()))).collect());
        }
        let connections = connections_if_known::<RAS_CONNECTION_2>(self)?;
        let each = connections.iter().flatten();
        Ok(each.map(|one| (one.id(), more(one.snapshot(), one.header_compression()))).collect())
    }
}

/// Returns the connections at a level, or `None` from a server that is too old for it.
#[inline]
fn connections_if_known<R: ConnectionRecord>(server: &Server) -> Result<Option<List<'_, R>>> {
    match server.connections_at::<R>() {
        Ok(connections) => Ok(Some(connections)),
        Err(error) if error.is_unsupported() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns `true` if asking in another way is of no use either.
#[inline]
fn is_final(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::AccessDenied | ErrorKind::NotRunning | ErrorKind::Unreachable | ErrorKind::InvalidHandle
    )
}

/// The records of one connection from the older levels, besides level 0.
#[derive(Default)]
struct More {
    traffic: Option<ConnectionSnapshot>,
    details: Option<(ConnectionSnapshot, HeaderCompression)>,
}

/// The data that is read once for all sessions.
struct Reading<'l> {
    clock: Option<Clock>,
    ports: ByConnection<'l>,
}

impl Reading<'_> {
    /// Returns what completes sessions that are made of records that have just been read.
    #[inline]
    fn finisher(&self) -> impl Fn(Session) -> Session {
        let clock = self.clock.map(|clock| (clock, clock.waited()));
        move |mut session| {
            session.started = clock.map(|(clock, waited)| clock.started(session.duration, waited));
            let ports = self.ports.of(session.id);
            if let Some((_, port)) = ports.last() {
                session.tunnel = port.tunnel().to_owned();
            }
            let ports = ports.iter();
            session.ports =
                ports.map(|(_, port)| SessionPort { id: port.id(), name: port.name().to_owned() }).collect();
            session
        }
    }
}

/// Makes a session of the records of older levels.
#[inline]
fn of_older(who: &Connection<'_>, More { traffic, details }: More) -> Session {
    // One who came between the calls has no traffic yet, and one who got the handle of another between them has not the
    // other's.
    let traffic = traffic.filter(|traffic| traffic.interface == Some(who.interface())).unwrap_or_default();
    let details = details.filter(|(details, _)| details.user_name.as_deref() == Some(who.user_name()));
    let projection = details.as_ref().map(|(details, header_compression)| {
        let nothing = PppProjection::default();
        Projection::Ppp(PppProjection {
            ipv4: details.ipv4.unwrap_or(nothing.ipv4),
            ipv6: details.ipv6.unwrap_or(nothing.ipv6),
            link: details.link.unwrap_or(nothing.link),
            compression: details.compression.unwrap_or(nothing.compression),
            header_compression: *header_compression,
            ..nothing
        })
    });
    let details = details.map(|(details, _)| details).unwrap_or_default();
    Session {
        id: who.id(),
        user_name: who.user_name().to_owned(),
        domain: who.domain().to_owned(),
        computer: who.remote_computer().to_owned(),
        interface: who.interface(),
        interface_name: who.interface_name().to_owned(),
        interface_type: who.interface_type(),
        flags: who.flags(),
        duration: who.duration(),
        statistics: traffic.statistics.unwrap_or_default(),
        ipv4: traffic.client_address.or(details.client_address),
        ipv6: projection
            .and_then(|projection| projection.ipv6().ok().flatten())
            .and_then(|ends| ends.client()),
        guid: details.guid,
        quarantine_state: details.quarantine_state,
        probation_ends: details.probation_ends.map(whole),
        projection,
        ..Session::default()
    }
}

/// A moment without its parts of a second.
#[inline]
fn whole(time: SystemTime) -> SystemTime {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => SystemTime::UNIX_EPOCH + Duration::from_secs(since.as_secs()),
        Err(error) => SystemTime::UNIX_EPOCH - Duration::from_secs(error.duration().as_secs()),
    }
}

/// Ports, sorted by the handle of the connection that each carries.
struct ByConnection<'l> {
    ports: Vec<(usize, Port<'l>)>,
    /// The place behind the ports that were asked for last: servers mostly list both in the same order.
    next: Cell<usize>,
}

impl<'l> ByConnection<'l> {
    #[inline]
    fn new(ports: &'l List<'_, RAS_PORT_0>) -> ByConnection<'l> {
        let carried = ports.iter().filter_map(|port| Some((port.connection()?.as_raw().addr(), port)));
        let mut ports: Vec<(usize, Port<'l>)> = carried.collect();
        // Those of one connection stay in the server's order.
        ports.sort_by_key(|(connection, _)| *connection);
        ByConnection { ports, next: Cell::new(0) }
    }

    #[inline]
    fn of(&self, connection: ConnectionId) -> &[(usize, Port<'l>)] {
        let handle = connection.as_raw().addr();
        let mut first = self.next.get();
        if self.ports.get(first).is_none_or(|(other, _)| *other != handle) {
            first = self.ports.partition_point(|(other, _)| *other < handle);
        }
        let rest = &self.ports[first..];
        let count = rest.iter().take_while(|(other, _)| *other == handle).count();
        self.next.set(first + count);
        &rest[..count]
    }
}
