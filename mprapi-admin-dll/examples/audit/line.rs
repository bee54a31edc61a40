//! The lines of the log.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, SystemTime};

use mprapi_admin_dll::{Connection, Link};
use serde::Serialize;

/// An event of a session.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Event {
    /// Every DLL has accepted the session.
    Start,
    End,
    /// An end without a link: another DLL has refused the session.
    Refused,
    /// The service stops while the session is open. Its counters are not known.
    ServiceStopped,
}

/// A session, as far as it is known.
#[derive(Clone, Serialize)]
pub(crate) struct Line {
    time: String,
    event: Event,
    /// The same in all lines of a session.
    session: String,
    user: String,
    domain: String,
    computer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tunnel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<String>,
    /// The client's address outside of the tunnel.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<IpAddr>,
    /// The client's addresses inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    ipv4: Option<Ipv4Addr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ipv6: Option<Ipv6Addr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u64>,
    /// By the server, modulo 2³².
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes_sent: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes_received: Option<u64>,
}

impl Line {
    pub(crate) fn of(connection: &Connection<'_>) -> Line {
        Line {
            time: String::new(),
            event: Event::Start,
            session: connection.guid().to_string(),
            user: connection.user_name().to_string_lossy(),
            domain: connection.domain().to_string_lossy(),
            computer: connection.remote_computer().to_string_lossy(),
            tunnel: None,
            port: None,
            from: connection.remote_endpoint(),
            ipv4: connection.client_address(),
            ipv6: connection.ipv6().and_then(|ends| ends.client()),
            seconds: None,
            bytes_sent: None,
            bytes_received: None,
        }
    }

    /// Adds what a link tells.
    pub(crate) fn add(&mut self, link: &Link<'_>) {
        self.tunnel = Some(link.tunnel().to_string_lossy());
        self.port = Some(link.port_name().to_string_lossy());
    }

    /// Takes over what the record says at the end. A record without addresses leaves those that were known.
    pub(crate) fn update(&mut self, connection: &Connection<'_>, elapsed: Duration) {
        let now = Line::of(connection);
        self.from = now.from.or(self.from);
        self.ipv4 = now.ipv4.or(self.ipv4);
        self.ipv6 = now.ipv6.or(self.ipv6);
        self.lasted(connection.duration().max(elapsed));
        let statistics = connection.statistics();
        self.bytes_sent = Some(statistics.bytes_sent);
        self.bytes_received = Some(statistics.bytes_received);
    }

    pub(crate) fn lasted(&mut self, elapsed: Duration) {
        self.seconds = Some(elapsed.as_secs());
    }

    /// Returns the line for an event.
    pub(crate) fn at(&mut self, time: SystemTime, event: Event) -> String {
        self.time = humantime::format_rfc3339_millis(time).to_string();
        self.event = event;
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Returns the line that tells how many lines the disk did not take.
pub(crate) fn lost(time: SystemTime, lines: u64) -> String {
    let time = humantime::format_rfc3339_millis(time).to_string();
    serde_json::json!({ "time": time, "event": "lines_lost", "lines": lines }).to_string()
}
