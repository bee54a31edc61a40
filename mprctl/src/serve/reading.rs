//! What is read from a server, and how it is told to Prometheus.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use mprapi::{PortCondition, Server};

use super::exposition::{Exposition, Type};
use super::totals::{ERRORS, Seen, Totals};
use crate::failure::Failure;
use crate::session;

/// The conditions that are told even when no port has them.
const CONDITIONS: [PortCondition; 7] = [
    PortCondition::NonOperational,
    PortCondition::Disconnected,
    PortCondition::CallingBack,
    PortCondition::Listening,
    PortCondition::Authenticating,
    PortCondition::Authenticated,
    PortCondition::Initializing,
];

/// What one look at a server found.
pub(crate) struct Reading {
    uptime: Duration,
    /// The tunnels that the server has ports for, with how many are in which condition.
    ports: BTreeMap<String, BTreeMap<String, u64>>,
    /// By type and state.
    interfaces: BTreeMap<(String, String), u64>,
    sessions: Vec<Session>,
}

struct Session {
    user: String,
    domain: String,
    seen: Seen,
}

impl Reading {
    pub(crate) fn take(server: &Server) -> Result<Reading, Failure> {
        let uptime = server.info()?.up_time();
        let mut ports = BTreeMap::new();
        let mut tunnels: HashMap<_, String> = HashMap::new();
        for port in &server.ports()? {
            let tunnel = session::tunnel(&port);
            if let Some(connection) = port.connection() {
                tunnels.insert(connection, tunnel.clone());
            }
            let none = || CONDITIONS.map(|condition| (condition.to_string(), 0)).into();
            let conditions: &mut BTreeMap<String, u64> = ports.entry(tunnel).or_insert_with(none);
            *conditions.entry(port.condition().to_string()).or_default() += 1;
        }
        let sessions = session::each(server, session::Which::Client, |told| Session {
            user: told.user_name().to_string_lossy(),
            domain: told.domain().to_string_lossy(),
            seen: Seen {
                handle: told.id().as_raw().addr(),
                tunnel: tunnels.get(&told.id()).cloned().unwrap_or_default(),
                connected_for: told.duration(),
                statistics: told.statistics(),
                is_wide: told.is_wide(),
            },
        })?;
        let mut interfaces = BTreeMap::new();
        for interface in &server.interfaces()? {
            let state = if interface.is_enabled() {
                interface.connection_state().to_string()
            } else {
                "disabled".to_owned()
            };
            *interfaces.entry((interface.interface_type().to_string(), state)).or_default() += 1;
        }
        Ok(Reading { uptime, ports, interfaces, sessions })
    }

    /// Writes it all, with `totals` brought up to it.
    pub(crate) fn write(self, out: &mut Exposition, totals: &mut Totals, is_per_user: bool) {
        out.gauge("rras_up", UP, 1);
        out.gauge(
            "rras_service_uptime_seconds",
            "How long the Routing and Remote Access service has been up.",
            self.uptime.as_secs(),
        );

        let mut by_tunnel: BTreeMap<&str, u64> =
            self.ports.keys().map(|tunnel| (tunnel.as_str(), 0)).collect();
        for session in &self.sessions {
            *by_tunnel.entry(&session.seen.tunnel).or_default() += 1;
        }
        let mut family = out.family("rras_sessions", Type::Gauge, "Sessions that are up, by tunnel.");
        for (tunnel, count) in by_tunnel {
            family.sample(&[("tunnel", tunnel)], count);
        }

        let help = "Ports by tunnel and condition; a session holds a port that is connected.";
        let mut family = out.family("rras_ports", Type::Gauge, help);
        for (tunnel, conditions) in &self.ports {
            for (condition, count) in conditions {
                family.sample(&[("tunnel", tunnel), ("condition", condition)], count);
            }
        }

        let help =
            "Interfaces by type and state; a client that is dialled in is an interface of type client.";
        let mut family = out.family("rras_interfaces", Type::Gauge, help);
        for ((r#type, state), count) in &self.interfaces {
            family.sample(&[("type", r#type), ("state", state)], count);
        }

        if is_per_user {
            write_users(out, &self.sessions);
        }
        totals.update(self.sessions.into_iter().map(|session| session.seen).collect());
        write_totals(out, totals);
    }
}

const UP: &str =
    "Whether the Routing and Remote Access service runs and has answered everything (1) or not (0).";

/// What there is to tell of a server that does not answer.
pub(crate) fn write_failure(out: &mut Exposition, failure: &Failure) {
    out.gauge("rras_up", UP, 0);
    let kind = serde_json::to_value(failure.kind).unwrap_or_default();
    out.family("rras_failure", Type::Gauge, "Why rras_up is 0; there only then.")
        .sample(&[("kind", kind.as_str().unwrap_or_default())], 1);
    out.comment(&failure.sentence());
}

/// A user's sessions together: of two samples with the same labels Prometheus takes neither.
fn write_users(out: &mut Exposition, sessions: &[Session]) {
    #[derive(Default)]
    struct User {
        sessions: u64,
        received: u64,
        sent: u64,
        longest: Duration,
    }
    let mut users: BTreeMap<(&str, &str), User> = BTreeMap::new();
    for Session { user, domain, seen } in sessions {
        let user = users.entry((domain, user)).or_default();
        user.sessions += 1;
        user.received += seen.statistics.bytes_received;
        user.sent += seen.statistics.bytes_sent;
        user.longest = user.longest.max(seen.connected_for);
    }
    type Metric = (&'static str, &'static str, fn(&User) -> u64);
    let metrics: [Metric; 4] = [
        ("rras_user_sessions", "Sessions of the user that are up.", |user| user.sessions),
        (
            "rras_user_session_received_bytes",
            "Bytes that came in over the user's sessions that are up; it falls when one ends.",
            |user| user.received,
        ),
        (
            "rras_user_session_sent_bytes",
            "Bytes that went out over the user's sessions that are up; it falls when one ends.",
            |user| user.sent,
        ),
        (
            "rras_user_session_age_seconds",
            "How long the user's oldest session that is up has been so.",
            |user| user.longest.as_secs(),
        ),
    ];
    for (name, help, value) in metrics {
        let mut family = out.family(name, Type::Gauge, help);
        for ((domain, name), user) in &users {
            family.sample(&[("domain", domain), ("user", name)], value(user));
        }
    }
}

fn write_totals(out: &mut Exposition, totals: &Totals) {
    let help = "Bytes that came in over all sessions, gone ones included, since the exporter first asked the server.";
    let mut family = out.family("rras_received_bytes_total", Type::Counter, help);
    for (tunnel, traffic) in totals.traffic() {
        family.sample(&[("tunnel", tunnel)], traffic.received);
    }
    let help = "Bytes that went out over all sessions, gone ones included, since the exporter first asked the server.";
    let mut family = out.family("rras_sent_bytes_total", Type::Counter, help);
    for (tunnel, traffic) in totals.traffic() {
        family.sample(&[("tunnel", tunnel)], traffic.sent);
    }
    let help = "Errors of all sessions, gone ones included, since the exporter first asked the server.";
    let mut family = out.family("rras_errors_total", Type::Counter, help);
    for ((kind, _), total) in ERRORS.iter().zip(totals.errors()) {
        family.sample(&[("error", kind)], total);
    }
}
