//! One reading of a server, and its metrics.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use mprapi::{InterfaceType, PortCondition, Server, ServerInfo, WideStr};

use super::exposition::{Exposition, Type, word};
use super::memory::Memory;
use super::site::{self, Site, states};
use super::totals::{ERRORS, Seen, Totals, Traffic};
use super::user::{self, Session};
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

/// The most bytes that a port takes while it is read.
const PORT: usize = 512;
/// The most bytes that a session or a site takes while it is read and its metrics are written: its records, what they are
/// copied to, and eight series.
const SESSION: usize = 8192;
/// The most bytes that another series takes meanwhile.
const SERIES: usize = 512;

/// Returns how many bytes a reading takes, by what the server says of itself.
pub(crate) fn expected(info: &ServerInfo) -> u64 {
    u64::from(info.total_ports()) * PORT as u64 + u64::from(info.ports_in_use()) * SESSION as u64
}

/// One reading of a server.
pub(crate) struct Reading {
    up_time: Duration,
    /// The time on the exporter's machine.
    now: SystemTime,
    /// The number of ports by tunnel and condition.
    ports: BTreeMap<String, BTreeMap<String, u64>>,
    /// The number of calls so far, by tunnel.
    calls: BTreeMap<String, u64>,
    /// The number of interfaces by type and state.
    interfaces: BTreeMap<String, BTreeMap<String, u64>>,
    /// The sites, by name.
    sites: BTreeMap<Arc<str>, Site>,
    sessions: Vec<Session>,
    /// The links to other sites that are up. The group of each is the name of the site.
    links: Vec<Seen>,
}

impl Reading {
    /// Reads everything of a server that has been up for so long `now`.
    pub(crate) fn take(server: &Server, up_time: Duration, now: SystemTime) -> mprapi::Result<Reading> {
        let listed = server.ports()?;
        let (mut ports, mut calls) = (BTreeMap::new(), BTreeMap::new());
        for port in &listed {
            let none = || CONDITIONS.map(|condition| (word(condition), 0)).into();
            let tunnel = label(port.tunnel());
            *calls.entry(tunnel.clone()).or_default() += u64::from(port.total_calls());
            let conditions: &mut BTreeMap<String, u64> = ports.entry(tunnel).or_insert_with(none);
            *conditions.entry(word(port.condition())).or_default() += 1;
        }
        let (mut sessions, mut links) = (Vec::new(), Vec::new());
        let mut tunnels: BTreeSet<Arc<str>> = BTreeSet::new();
        for session in server.sessions_on(&listed)? {
            if session.is_client() {
                let tunnel = label(&session.tunnel);
                let tunnel = tunnels.get(&*tunnel).cloned().unwrap_or_else(|| {
                    let tunnel: Arc<str> = tunnel.into();
                    tunnels.insert(Arc::clone(&tunnel));
                    tunnel
                });
                sessions.push(Session::new(Seen::new(session, now, tunnel)));
            } else {
                let name = if session.interface_name.is_empty() {
                    &session.user_name
                } else {
                    &session.interface_name
                };
                let name = name.to_string_lossy();
                links.push(Seen::new(session, now, name.into()));
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
                let error = interface.last_error().and_then(|error| error.code()).unwrap_or(0);
                sites.insert(interface.name().to_string_lossy().into(), Site { state, error });
            }
        }
        for link in &links {
            sites.entry(Arc::clone(&link.group)).or_insert_with(Site::connected);
        }
        Ok(Reading { up_time, now, ports, calls, interfaces, sites, sessions, links })
    }

    /// Returns how many bytes it takes, with its metrics.
    pub(crate) fn size(&self) -> u64 {
        let series = [&self.ports, &self.interfaces].map(|series| series.values().map(BTreeMap::len).sum());
        let rows = self.sessions.len() + self.links.len() + self.sites.len();
        (rows * SESSION + series.iter().sum::<usize>() * SERIES) as u64
    }

    /// Writes all metrics, and updates `memory`.
    pub(crate) fn write(mut self, out: &mut Exposition, memory: &mut Memory, is_per_user: bool) {
        out.gauge("rras_up", UP, 1u64);
        let help = "Start time of the Routing and Remote Access service, in seconds since 1970.";
        out.gauge("rras_service_start_time_seconds", help, memory.service_start(self.now, self.up_time));

        memory.keep_starts(self.sessions.iter_mut().map(|session| &mut session.seen).chain(&mut self.links));
        let mut by_tunnel: BTreeMap<&str, u64> =
            self.ports.keys().map(|tunnel| (tunnel.as_str(), 0)).collect();
        for session in &self.sessions {
            *by_tunnel.entry(&session.seen.group).or_default() += 1;
        }
        let help = "Current sessions of users and devices, by tunnel.";
        let family = out.family("rras_sessions", Type::Gauge, help);
        for (tunnel, count) in by_tunnel {
            family.sample(&[("tunnel", tunnel)], count);
        }

        let help = "Ports by tunnel and condition; each session or link to a site uses a connected port.";
        let family = out.family("rras_ports", Type::Gauge, help);
        for (tunnel, conditions) in &self.ports {
            for (condition, count) in conditions {
                family.sample(&[("tunnel", tunnel), ("condition", condition)], *count);
            }
        }

        let help = "Interfaces by type and state; each connected client is an interface of type client.";
        let family = out.family("rras_interfaces", Type::Gauge, help);
        for (kind, states) in &self.interfaces {
            for (state, count) in states {
                family.sample(&[("type", kind), ("state", state)], *count);
            }
        }

        let help = "Calls that the ports have had, by tunnel; the server's own count.";
        let family = out.family("rras_calls_total", Type::Counter, help);
        for (tunnel, count) in &self.calls {
            family.sample(&[("tunnel", tunnel)], *count);
        }

        user::write(out, &self.sessions, &mut memory.peak);
        if is_per_user {
            user::write_each(out, &self.sessions);
        }
        memory.clients.update(self.sessions.into_iter().map(|session| session.seen).collect());
        write_totals(out, &memory.clients);
        site::write(out, &self.sites, self.links, &mut memory.failures, &mut memory.sites);
    }
}

/// The name of a tunnel as a label.
fn label(tunnel: &WideStr) -> String {
    tunnel.to_string_lossy().replace(' ', "_")
}

const UP: &str = "1 if the Routing and Remote Access service runs and answered all requests, else 0.";

/// Writes the metrics of a server that does not answer.
pub(crate) fn write_failure(out: &mut Exposition, failure: &Failure) {
    out.gauge("rras_up", UP, 0u64);
    let kind = serde_json::to_value(failure.kind).unwrap_or_default();
    out.family("rras_failure", Type::Gauge, "The reason why rras_up is 0; absent if it is 1.")
        .sample(&[("kind", kind.as_str().unwrap_or_default())], 1u64);
    out.comment(&failure.sentence());
}

fn write_totals(out: &mut Exposition, totals: &Totals) {
    type Metric = (&'static str, &'static str, fn(&Traffic) -> u64);
    let metrics: [Metric; 4] = [
        (
            "rras_received_bytes_total",
            "Bytes received from all sessions, past ones included, since the exporter first read the server.",
            |traffic| traffic.received,
        ),
        (
            "rras_sent_bytes_total",
            "Bytes sent to all sessions, past ones included, since the exporter first read the server.",
            |traffic| traffic.sent,
        ),
        (
            "rras_received_frames_total",
            "Frames received from all sessions, past ones included, since the exporter first read the server.",
            |traffic| traffic.frames_received,
        ),
        (
            "rras_sent_frames_total",
            "Frames sent to all sessions, past ones included, since the exporter first read the server.",
            |traffic| traffic.frames_sent,
        ),
    ];
    for (name, help, value) in metrics {
        let family = out.family(name, Type::Counter, help);
        for (tunnel, traffic) in totals.traffic() {
            family.sample(&[("tunnel", tunnel)], value(&traffic));
        }
    }
    let help = "Errors of all sessions, past ones included, since the exporter first read the server.";
    let family = out.family("rras_errors_total", Type::Counter, help);
    for ((kind, _), total) in ERRORS.iter().zip(totals.errors()) {
        family.sample(&[("error", kind)], total);
    }
}
