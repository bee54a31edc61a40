//! All that is known of a session.

use std::net::IpAddr;

use mprapi::sys::{
    RAS_CONNECTION_0, RAS_CONNECTION_1, RAS_CONNECTION_2, RAS_CONNECTION_3, RAS_CONNECTION_EX,
};
use mprapi::{ConnectionFlags, ErrorKind, Guid, Projection, QuarantineState, Server, Single};
use schemars::JsonSchema;
use serde::Serialize;

use super::read::{Told, errors};
use super::row::{Found, Session};
use crate::failure::Failure;
use crate::output::{Column, Place, Row, Value};

/// Someone who is connected, with all that is known. What is `null` the server is too old to tell.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct SessionDetails {
    #[serde(flatten)]
    pub(crate) session: Session,
    #[serde(flatten)]
    pub(super) more: More,
}

#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub(super) struct More {
    /// The connection's own name, a GUID.
    guid: Option<String>,
    /// The server's address that the client called.
    called: Option<String>,
    /// How often an IKEv2 client has moved to other addresses without losing the connection.
    moves: Option<u32>,
    /// How the client was authenticated.
    authentication: Option<String>,
    /// How far Network Access Protection lets the client in.
    quarantine: Option<String>,
    /// Whether the client's computer can show a message.
    shows_messages: Option<bool>,
    /// Frames that came from the client.
    frames_in: Option<u64>,
    /// Frames that went to the client.
    frames_out: Option<u64>,
    /// Errors of all kinds.
    errors: Option<u64>,
}

impl More {
    pub(super) fn new(told: &Told<'_>) -> More {
        let statistics = told.statistics();
        let more = More {
            shows_messages: Some(told.flags().contains(ConnectionFlags::MESSENGER)),
            frames_in: Some(statistics.frames_received.into()),
            frames_out: Some(statistics.frames_sent.into()),
            errors: Some(errors(&statistics)),
            ..More::default()
        };
        match told {
            Told::Wide(one) => more.with(Newer {
                guid: one.guid(),
                projection: one.projection(),
                local_endpoint: one.local_endpoint(),
                switch_overs: one.switch_overs(),
                quarantine: one.quarantine_state(),
            }),
            Told::Ex(one) => more.with(Newer {
                guid: one.guid(),
                projection: one.projection(),
                local_endpoint: one.local_endpoint(),
                switch_overs: one.switch_overs(),
                quarantine: one.quarantine_state(),
            }),
            Told::Plain(..) => more,
        }
    }

    fn with(self, newer: Newer) -> More {
        let authentication = match newer.projection {
            Projection::Ikev2(ikev2) => Some(match ikev2.eap_method {
                Some(method) => method.to_string(),
                None => ikev2.authentication.to_string(),
            }),
            Projection::Ppp(ppp) => ppp.link.ok().map(|link| link.authentication().to_string()),
            _ => None,
        };
        More {
            guid: Some(newer.guid.to_string()),
            called: newer.local_endpoint.map(|address| address.to_string()),
            moves: newer.switch_overs,
            authentication,
            quarantine: Some(newer.quarantine.to_string()),
            ..self
        }
    }
}

/// What the levels from Windows Server 2008 R2 on tell.
struct Newer {
    guid: Guid,
    projection: Projection,
    local_endpoint: Option<IpAddr>,
    switch_overs: Option<u32>,
    quarantine: QuarantineState,
}

/// The N-th column of a session.
const fn of_session<const N: usize>() -> Column<SessionDetails> {
    let Column { name, title, place, .. } = Session::COLUMNS[N];
    Column::new(name, title, place, |row| (Session::COLUMNS[N].value)(&row.session))
}

const fn of_more(
    name: &'static str,
    title: &'static str,
    value: fn(&SessionDetails) -> Value<'_>,
) -> Column<SessionDetails> {
    Column::new(name, title, Place::Always, value)
}

fn text(row: &SessionDetails, of: fn(&More) -> Option<&String>) -> Value<'_> {
    Value::maybe(of(&row.more), |text| Value::text(text))
}

impl Row for SessionDetails {
    const KIND: &'static str = "session_details";
    const COLUMNS: &'static [Column<SessionDetails>] = &[
        of_session::<0>(),
        of_session::<1>(),
        of_session::<2>(),
        of_session::<3>(),
        of_session::<4>(),
        of_session::<5>(),
        of_session::<6>(),
        of_session::<7>(),
        of_session::<8>(),
        of_session::<9>(),
        of_session::<10>(),
        of_session::<11>(),
        of_session::<12>(),
        of_session::<13>(),
        of_session::<14>(),
        of_more("guid", "GUID", |row| text(row, |more| more.guid.as_ref())),
        of_more("called", "Called", |row| text(row, |more| more.called.as_ref())),
        of_more("moves", "Moves", |row| Value::maybe(row.more.moves, |moves| Value::Count(moves.into()))),
        of_more("authentication", "Authentication", |row| text(row, |more| more.authentication.as_ref())),
        of_more("quarantine", "Quarantine", |row| text(row, |more| more.quarantine.as_ref())),
        of_more("shows_messages", "Shows messages", |row| Value::maybe(row.more.shows_messages, Value::Yes)),
        of_more("frames_in", "Frames in", |row| Value::maybe(row.more.frames_in, Value::Count)),
        of_more("frames_out", "Frames out", |row| Value::maybe(row.more.frames_out, Value::Count)),
        of_more("errors", "Errors", |row| Value::maybe(row.more.errors, Value::Count)),
    ];

    fn set_server(&mut self, server: &str) {
        self.session.set_server(server);
    }
}

/// Asks for all that is known of one session. Counters of bytes are those of the list, which have 64 bits.
pub(super) fn details(server: &Server, (id, session): Found) -> Result<SessionDetails, Failure> {
    let connection = server.connection(id)?;
    if let Some(ex) = told(connection.info_at::<RAS_CONNECTION_EX>())? {
        return Ok(SessionDetails { session, more: More::new(&Told::Ex(ex.get())) });
    }
    let Some(plain) = told(connection.info_at::<RAS_CONNECTION_0>())? else {
        return Ok(SessionDetails { session, more: More::default() });
    };
    let traffic = told(connection.info_at::<RAS_CONNECTION_1>())?;
    let mut more = More::new(&Told::Plain(plain.get(), traffic.as_ref().map(Single::get)));
    if let Some(ppp) = told(connection.info_at::<RAS_CONNECTION_2>())? {
        let ppp = ppp.get();
        more.guid = Some(ppp.guid().to_string());
        more.authentication = ppp.link().ok().map(|link| link.authentication().to_string());
    }
    if let Some(quarantine) = told(connection.info_at::<RAS_CONNECTION_3>())? {
        more.quarantine = Some(quarantine.get().quarantine_state().to_string());
    }
    Ok(SessionDetails { session, more })
}

/// Nothing where the server is too old to tell, and of a session that has just ended.
fn told<R: mprapi::ConnectionInfoRecord>(
    answer: mprapi::Result<Single<'_, R>>,
) -> Result<Option<Single<'_, R>>, Failure> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.is_unsupported() => Ok(None),
        Err(error) => match error.kind() {
            ErrorKind::NotConnected | ErrorKind::InvalidArgument => Ok(None),
            _ => Err(error.into()),
        },
    }
}
