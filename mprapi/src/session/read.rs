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
    ConnectionId, ConnectionRecord, Error, ErrorKind, HeaderCompression, InterfaceType, List, Port,
    PppProjection, Projection, Result, Server, WideString,
};

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
                let session = reading.maker();
                return Ok(connections.iter().map(|one| session(one.snapshot(), true)).collect());
            }
            Err(error) if is_final(&error) => return Err(error),
            Err(_) => {}
        }
        if let Some(connections) = told::<RAS_CONNECTION_EX>(self)? {
            let session = reading.maker();
            return Ok(connections.iter().map(|one| session(one.snapshot(), false)).collect());
        }
        let mut more = self.details()?;
        let traffic = self.connections_at::<RAS_CONNECTION_1>()?;
        for one in &traffic {
            more.entry(one.id()).or_default().traffic = Some(one.snapshot());
        }
        let connections = self.connections()?;
        let session = reading.maker();
        let joined = connections.iter().map(|one| {
            let who = one.snapshot();
            let more = more.remove(&one.id()).unwrap_or_default();
            session(more.join(who), false)
        });
        Ok(joined.collect())
    }

    /// Reads what the levels of Windows 2000 and Windows Server 2008 tell besides levels 0 and 1.
    fn details(&self) -> Result<HashMap<ConnectionId, More>> {
        let more = |details, compression| More { details: Some((details, compression)), traffic: None };
        if let Some(connections) = told::<RAS_CONNECTION_3>(self)? {
            let each = connections.iter();
            return Ok(each.map(|one| (one.id(), more(one.snapshot(), one.header_compression()))).collect());
        }
        let connections = told::<RAS_CONNECTION_2>(self)?;
        let each = connections.iter().flatten();
        Ok(each.map(|one| (one.id(), more(one.snapshot(), one.header_compression()))).collect())
    }
}

/// Returns the connections at a level, or `None` from a server that is too old for it.
fn told<R: ConnectionRecord>(server: &Server) -> Result<Option<List<'_, R>>> {
    match server.connections_at::<R>() {
        Ok(connections) => Ok(Some(connections)),
        Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::MissingFunction) => Ok(None),
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

impl More {
    /// Joins the records. One who came between the calls has no traffic yet, and one who got the handle of another between
    /// them has not the other's.
    fn join(self, who: ConnectionSnapshot) -> ConnectionSnapshot {
        let traffic = self.traffic.filter(|traffic| traffic.interface == who.interface).unwrap_or_default();
        let details = self.details.filter(|(details, _)| details.user_name == who.user_name);
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
        ConnectionSnapshot {
            guid: details.guid,
            statistics: traffic.statistics,
            client_address: traffic.client_address.or(details.client_address),
            quarantine_state: details.quarantine_state,
            probation_ends: details.probation_ends,
            projection,
            ..who
        }
    }
}

/// What is read once for all sessions.
struct Reading<'l> {
    clock: Option<Clock>,
    ports: ByConnection<'l>,
}

impl Reading<'_> {
    /// Returns what makes sessions of records that have just been read.
    #[inline]
    fn maker(&self) -> impl Fn(ConnectionSnapshot, bool) -> Session {
        let clock = self.clock.map(|clock| (clock, clock.waited()));
        move |told, has_wide_counters| {
            let id = told.id.unwrap_or_default();
            let mut session = Session {
                id,
                user_name: told.user_name.unwrap_or_default(),
                domain: told.domain.unwrap_or_default(),
                computer: told.remote_computer.unwrap_or_default(),
                interface: told.interface.unwrap_or_default(),
                interface_name: told.interface_name.unwrap_or_default(),
                interface_type: told.interface_type.unwrap_or(InterfaceType::Unknown(!0)),
                flags: told.flags.unwrap_or_default(),
                duration: told.duration.unwrap_or_default(),
                started_at: told.started_at.map(whole),
                statistics: told.statistics.unwrap_or_default(),
                has_wide_counters,
                ipv4: told.client_address,
                ipv6: told.projection.and_then(|projection| projection.ipv6().ok()??.client()),
                remote_endpoint: told.remote_endpoint,
                local_endpoint: told.local_endpoint,
                tunnel: WideString::default(),
                ports: Vec::new(),
                guid: told.guid,
                switch_overs: told.switch_overs,
                quarantine_state: told.quarantine_state,
                probation_ends: told.probation_ends.map(whole),
                projection: told.projection,
                started: None,
            };
            session.started = clock.map(|(clock, waited)| clock.started(session.duration, waited));
            let ports = self.ports.of(id);
            session.tunnel = match (ports.last(), told.tunnel) {
                (Some((_, port)), _) => port.tunnel().to_owned(),
                (None, Some(tunnel)) => WideString::from(tunnel.to_string()),
                (None, None) => WideString::default(),
            };
            session.ports = ports
                .iter()
                .map(|(_, port)| SessionPort { id: port.id(), name: port.name().to_owned() })
                .collect();
            session
        }
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
