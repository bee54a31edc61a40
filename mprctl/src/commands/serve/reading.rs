//! One reading of a server, and its metrics.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use mprapi::{ConnectionState, InterfaceType, PortCondition, Server, WideStr};

use super::exposition::{Exposition, Type, word};
use super::memory::Memory;
use super::totals::{ERRORS, Seen, Totals};
use crate::failure::Failure;

/// The conditions that are reported even if no port has them.
const CONDITIONS: [PortCondition; 7] = [
    PortCondition::NonOperational,
    PortCondition::Disconnected,
    PortCondition::CallingBack,
    PortCondition::Listening,
    PortCondition::Authenticating,
    PortCondition::Authenticated,
    PortCondition::Initializing,
];

/// The types that are reported even if no interface has them.
const TYPES: [InterfaceType; 8] = [
    InterfaceType::Client,
    InterfaceType::HomeRouter,
    InterfaceType::FullRouter,
    InterfaceType::Dedicated,
    InterfaceType::Internal,
    InterfaceType::Loopback,
    InterfaceType::Tunnel,
    InterfaceType::DialOut,
];

/// The states that are reported even if no interface is in them.
fn states() -> [String; 5] {
    let states = [
        ConnectionState::Unreachable,
        ConnectionState::Disconnected,
        ConnectionState::Connecting,
        ConnectionState::Connected,
    ];
    let [unreachable, disconnected, connecting, connected] = states.map(word);
    [unreachable, disconnected, connecting, connected, "disabled".to_owned()]
}

/// One reading of a server.
pub(crate) struct Reading {
    uptime: Duration,
    /// The time on the exporter's machine.
    now: SystemTime,
    /// The number of ports by tunnel and condition.
    ports: BTreeMap<String, BTreeMap<String, u64>>,
    /// The number of interfaces by type and state.
    interfaces: BTreeMap<String, BTreeMap<String, u64>>,
    /// The state of each site, by its name.
    sites: BTreeMap<String, String>,
    sessions: Vec<Session>,
    /// The links to other sites that are up. The group of each is the name of the site.
    links: Vec<Seen>,
}

struct Session {
    user: String,
    domain: String,
    seen: Seen,
}

impl Reading {
    pub(crate) fn take(server: &Server) -> mprapi::Result<Reading> {
        let uptime = server.info()?.up_time();
        let now = SystemTime::now();
        let listed = server.ports()?;
        let mut ports = BTreeMap::new();
        for port in &listed {
            let none = || CONDITIONS.map(|condition| (word(condition), 0)).into();
            let tunnel = label(port.tunnel());
            let conditions: &mut BTreeMap<String, u64> = ports.entry(tunnel).or_insert_with(none);
            *conditions.entry(word(port.condition())).or_default() += 1;
        }
        let (mut sessions, mut links) = (Vec::new(), Vec::new());
        for session in server.sessions_on(&listed)? {
            let (user, domain) = (session.user_name.to_string_lossy(), session.domain.to_string_lossy());
            if session.is_client() {
                let tunnel = label(&session.tunnel);
                sessions.push(Session { user, domain, seen: Seen::new(session, now, tunnel) });
            } else {
                let name = session.interface_name.to_string_lossy();
                links.push(Seen::new(session, now, if name.is_empty() { user } else { name }));
            }
        }
        let none = || states().map(|state| (state, 0)).into();
        let mut interfaces: BTreeMap<String, BTreeMap<String, u64>> =
            TYPES.iter().map(|kind| (word(kind), none())).collect();
        let mut sites = BTreeMap::new();
        for interface in &server.interfaces()? {
            let kind = interface.interface_type();
            let state = if interface.is_enabled() {
                word(interface.connection_state())
            } else {
                "disabled".to_owned()
            };
            *interfaces.entry(word(kind)).or_insert_with(none).entry(state.clone()).or_default() += 1;
            if kind.is_router() {
                sites.insert(interface.name().to_string_lossy(), state);
            }
        }
        for link in &links {
            sites.entry(link.group.clone()).or_insert_with(|| word(ConnectionState::Connected));
        }
        Ok(Reading { uptime, now, ports, interfaces, sites, sessions, links })
    }

    /// Writes all metrics, and updates `memory`.
    pub(crate) fn write(mut self, out: &mut Exposition, memory: &mut Memory, is_per_user: bool) {
        out.gauge("rras_up", UP, 1);
        let help = "Start time of the Routing and Remote Access service, in seconds since 1970.";
        out.gauge("rras_service_start_time_seconds", help, memory.service_start(self.now, self.uptime));

        memory.keep_starts(self.sessions.iter_mut().map(|session| &mut session.seen).chain(&mut self.links));
        let mut by_tunnel: BTreeMap<&str, u64> =
            self.ports.keys().map(|tunnel| (tunnel.as_str(), 0)).collect();
        for session in &self.sessions {
            *by_tunnel.entry(&session.seen.group).or_default() += 1;
        }
        let help = "Current sessions of users and devices, by tunnel.";
        let mut family = out.family("rras_sessions", Type::Gauge, help);
        for (tunnel, count) in by_tunnel {
            family.sample(&[("tunnel", tunnel)], count);
        }

        let help = "Ports by tunnel and condition; each session or link to a site uses a connected port.";
        let mut family = out.family("rras_ports", Type::Gauge, help);
        for (tunnel, conditions) in &self.ports {
            for (condition, count) in conditions {
                family.sample(&[("tunnel", tunnel), ("condition", condition)], count);
            }
        }

        let help = "Interfaces by type and state; each connected client is an interface of type client.";
        let mut family = out.family("rras_interfaces", Type::Gauge, help);
        for (kind, states) in &self.interfaces {
            for (state, count) in states {
                family.sample(&[("type", kind), ("state", state)], count);
            }
        }

        if is_per_user {
            write_users(out, &self.sessions);
        }
        memory.clients.update(self.sessions.into_iter().map(|session| session.seen).collect());
        write_totals(out, &memory.clients);
        write_sites(out, &self.sites, self.links, &mut memory.sites);
    }
}

/// The name of a tunnel as a label.
fn label(tunnel: &WideStr) -> String {
    tunnel.to_string_lossy().replace(' ', "_")
}

const UP: &str = "1 if the Routing and Remote Access service runs and answered all requests, else 0.";

/// Writes the metrics of a server that does not answer.
pub(crate) fn write_failure(out: &mut Exposition, failure: &Failure) {
    out.gauge("rras_up", UP, 0);
    let kind = serde_json::to_value(failure.kind).unwrap_or_default();
    out.family("rras_failure", Type::Gauge, "The reason why rras_up is 0; absent if it is 1.")
        .sample(&[("kind", kind.as_str().unwrap_or_default())], 1);
    out.comment(&failure.sentence());
}

/// Writes metrics per user, with all sessions of a user added up: Prometheus rejects two samples with the same labels.
fn write_users(out: &mut Exposition, sessions: &[Session]) {
    #[derive(Default)]
    struct User {
        sessions: u64,
        received: u64,
        sent: u64,
        oldest: Option<u64>,
    }
    let mut users: BTreeMap<(&str, &str), User> = BTreeMap::new();
    for Session { user, domain, seen } in sessions {
        let user = users.entry((domain, user)).or_default();
        user.sessions += 1;
        user.received += seen.session.statistics.bytes_received;
        user.sent += seen.session.statistics.bytes_sent;
        user.oldest = Some(user.oldest.map_or(seen.start, |oldest| oldest.min(seen.start)));
    }
    type Metric = (&'static str, &'static str, fn(&User) -> u64);
    let metrics: [Metric; 4] = [
        ("rras_user_sessions", "Current sessions of the user.", |user| user.sessions),
        (
            "rras_user_session_received_bytes",
            "Bytes received from the user's current sessions; falls when a session ends.",
            |user| user.received,
        ),
        (
            "rras_user_session_sent_bytes",
            "Bytes sent to the user's current sessions; falls when a session ends.",
            |user| user.sent,
        ),
        (
            "rras_user_session_start_time_seconds",
            "Start time of the user's oldest current session, in seconds since 1970.",
            |user| user.oldest.unwrap_or_default(),
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
    let help =
        "Bytes received from all sessions, past ones included, since the exporter first read the server.";
    let mut family = out.family("rras_received_bytes_total", Type::Counter, help);
    for (tunnel, traffic) in totals.traffic() {
        family.sample(&[("tunnel", tunnel)], traffic.received);
    }
    let help = "Bytes sent to all sessions, past ones included, since the exporter first read the server.";
    let mut family = out.family("rras_sent_bytes_total", Type::Counter, help);
    for (tunnel, traffic) in totals.traffic() {
        family.sample(&[("tunnel", tunnel)], traffic.sent);
    }
    let help = "Errors of all sessions, past ones included, since the exporter first read the server.";
    let mut family = out.family("rras_errors_total", Type::Counter, help);
    for ((kind, _), total) in ERRORS.iter().zip(totals.errors()) {
        family.sample(&[("error", kind)], total);
    }
}

/// Writes the metrics of links to other sites: state, start time and traffic. Sites with the same name count as one.
fn write_sites(
    out: &mut Exposition,
    sites: &BTreeMap<String, String>,
    links: Vec<Seen>,
    totals: &mut Totals,
) {
    let help = "1 for the state that the link to the site is in, 0 for the other states.";
    let mut family = out.family("rras_site_state", Type::Gauge, help);
    for (site, state) in sites {
        let mut all: BTreeMap<String, u8> = states().map(|state| (state, 0)).into();
        all.insert(state.clone(), 1);
        for (state, is_so) in all {
            family.sample(&[("site", site), ("state", &state)], is_so);
        }
    }
    let mut starts: BTreeMap<String, u64> = BTreeMap::new();
    for link in &links {
        let start = starts.entry(link.group.clone()).or_insert(link.start);
        *start = link.start.min(*start);
    }
    let help = "Start time of the link to the site, in seconds since 1970; absent while the link is down.";
    let mut family = out.family("rras_site_start_time_seconds", Type::Gauge, help);
    for (site, start) in starts {
        family.sample(&[("site", &site)], start);
    }
    totals.know(sites.keys());
    totals.update(links);
    let help = "Bytes received over the links to the site, past ones included, since the exporter first read the server.";
    let mut family = out.family("rras_site_received_bytes_total", Type::Counter, help);
    for (site, traffic) in totals.traffic() {
        family.sample(&[("site", site)], traffic.received);
    }
    let help = "Bytes sent over the links to the site, past ones included, since the exporter first read the server.";
    let mut family = out.family("rras_site_sent_bytes_total", Type::Counter, help);
    for (site, traffic) in totals.traffic() {
        family.sample(&[("site", site)], traffic.sent);
    }
}
