//! All that is known of a session.

use mprapi::sys::RAS_CONNECTION_EX;
use mprapi::{Connection, Projection, Server, Statistics};
use schemars::JsonSchema;
use serde::Serialize;

use super::Session;
use crate::choose::Named;
use crate::failure::Failure;
use crate::output::{Column, Place, Row, Value};

/// Someone who is connected, with all that is known.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct SessionDetails {
    #[serde(flatten)]
    pub(crate) session: Session,
    /// What a server too old for the newest call does not tell.
    #[serde(flatten)]
    pub(super) more: Option<More>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct More {
    /// The connection's own name, a GUID.
    guid: String,
    /// The interface that it is on.
    interface: String,
    /// The client's IPv6 address inside the tunnel.
    ipv6: Option<String>,
    /// The server's address that the client called.
    called: Option<String>,
    /// How often an IKEv2 client has moved to other addresses without losing the connection.
    moves: Option<u32>,
    /// How the client was authenticated.
    authentication: Option<String>,
    /// How far Network Access Protection lets the client in.
    quarantine: String,
    /// Whether the client's computer can show a message.
    shows_messages: bool,
    /// Frames that came from the client.
    frames_in: u64,
    /// Frames that went to the client.
    frames_out: u64,
    /// Errors of all kinds.
    errors: u64,
}

impl More {
    pub(super) fn new(connection: &Connection<'_, RAS_CONNECTION_EX>) -> More {
        let statistics = connection.statistics();
        let projection = connection.projection();
        let authentication = match projection {
            Projection::Ikev2(ikev2) => Some(match ikev2.eap_method {
                Some(method) => method.to_string(),
                None => ikev2.authentication.to_string(),
            }),
            Projection::Ppp(ppp) => ppp.link.ok().map(|link| link.remote.authentication.to_string()),
            _ => None,
        };
        let ipv6 = projection.ipv6().ok().flatten().and_then(|ends| ends.client());
        More {
            guid: connection.guid().to_string(),
            interface: connection.interface_name().to_string_lossy(),
            ipv6: ipv6.map(|address| address.to_string()),
            called: connection.local_endpoint().map(|address| address.to_string()),
            moves: connection.switch_overs(),
            authentication,
            quarantine: connection.quarantine_state().to_string(),
            shows_messages: connection.flags().contains(mprapi::ConnectionFlags::MESSENGER),
            frames_in: statistics.frames_received.into(),
            frames_out: statistics.frames_sent.into(),
            errors: errors(&statistics),
        }
    }
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

/// A text of what an old server does not tell.
fn text(row: &SessionDetails, of: fn(&More) -> Option<&str>) -> Value<'_> {
    Value::maybe(row.more.as_ref().and_then(of), Value::text)
}

fn count(row: &SessionDetails, of: fn(&More) -> Option<u64>) -> Value<'_> {
    Value::maybe(row.more.as_ref().and_then(of), Value::Count)
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
        of_more("guid", "GUID", |row| text(row, |more| Some(&more.guid))),
        of_more("interface", "Interface", |row| text(row, |more| Some(&more.interface))),
        of_more("ipv6", "IPv6 address", |row| text(row, |more| more.ipv6.as_deref())),
        of_more("called", "Called", |row| text(row, |more| more.called.as_deref())),
        of_more("moves", "Moves", |row| count(row, |more| more.moves.map(u64::from))),
        of_more("authentication", "Authentication", |row| text(row, |more| more.authentication.as_deref())),
        of_more("quarantine", "Quarantine", |row| text(row, |more| Some(&more.quarantine))),
        of_more("shows_messages", "Shows messages", |row| {
            Value::maybe(row.more.as_ref(), |more| Value::Yes(more.shows_messages))
        }),
        of_more("frames_in", "Frames in", |row| count(row, |more| Some(more.frames_in))),
        of_more("frames_out", "Frames out", |row| count(row, |more| Some(more.frames_out))),
        of_more("errors", "Errors", |row| count(row, |more| Some(more.errors))),
    ];

    fn set_server(&mut self, server: &str) {
        self.session.set_server(server);
    }
}

impl Named for SessionDetails {
    const NOUN: &'static str = "session";

    fn names(&self) -> Vec<String> {
        self.session.names()
    }
}

pub(super) fn read(server: &Server) -> Result<Vec<SessionDetails>, Failure> {
    let found = super::find_with(server, More::new)?.into_iter();
    Ok(found.map(|found| SessionDetails { session: found.session, more: found.more }).collect())
}

/// Errors of all kinds.
pub(super) fn errors(statistics: &Statistics) -> u64 {
    let errors = [
        statistics.crc_errors,
        statistics.timeout_errors,
        statistics.alignment_errors,
        statistics.hardware_overrun_errors,
        statistics.framing_errors,
        statistics.buffer_overrun_errors,
    ];
    errors.into_iter().map(u64::from).sum()
}
