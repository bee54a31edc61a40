//! The users and devices that are connected, and their metrics.

use std::collections::{BTreeMap, HashSet};

use mprapi::Account;

use super::exposition::{Exposition, Type};
use super::totals::Seen;

/// A session of a user or of a device.
pub(super) struct Session {
    user: String,
    domain: String,
    pub(super) seen: Seen,
}

impl Session {
    pub(super) fn new(seen: Seen) -> Session {
        let session = &seen.session;
        let (user, domain) = (session.user_name.to_string_lossy(), session.domain.to_string_lossy());
        Session { user, domain, seen }
    }

    /// Returns `true` for a device tunnel, whose user is the account of a computer.
    fn is_device(&self) -> bool {
        self.user.ends_with('$')
    }
}

/// Writes the number of accounts that are connected, the largest number of sessions so far, and how well they compress.
pub(super) fn write(out: &mut Exposition, sessions: &[Session], peak: &mut u64) {
    let [mut users, mut devices]: [HashSet<Account>; 2] = Default::default();
    for session in sessions {
        let kind = if session.is_device() { &mut devices } else { &mut users };
        kind.insert(session.seen.session.account());
    }
    let help = "Accounts that are connected, each counted once however many sessions it has.";
    let family = out.family("rras_users", Type::Gauge, help);
    for (kind, accounts) in [("user", users), ("device", devices)] {
        family.sample(&[("type", kind)], accounts.len() as u64);
    }

    *peak = (*peak).max(sessions.len() as u64);
    let help = "The largest number of sessions at one reading, since the exporter first read the server.";
    out.gauge("rras_sessions_peak", help, *peak);

    let mut ratios: BTreeMap<&str, [Mean; 2]> = BTreeMap::new();
    for Session { seen, .. } in sessions {
        let [received, sent] = ratios.entry(&seen.group).or_default();
        received.add(seen.session.statistics.compression_ratio_in);
        sent.add(seen.session.statistics.compression_ratio_out);
    }
    let names = ["rras_received_compression_ratio", "rras_sent_compression_ratio"];
    let helps = [
        "Compression of what is received, as the server reports it: the mean of the current sessions, 1 for 100 percent.",
        "Compression of what is sent, as the server reports it: the mean of the current sessions, 1 for 100 percent.",
    ];
    for (direction, (name, help)) in names.into_iter().zip(helps).enumerate() {
        let family = out.family(name, Type::Gauge, help);
        for (tunnel, means) in &ratios {
            family.sample(&[("tunnel", tunnel)], means[direction].value());
        }
    }
}

/// The mean of percentages.
#[derive(Default)]
struct Mean {
    sum: u64,
    count: u64,
}

impl Mean {
    fn add(&mut self, percent: u32) {
        self.sum += u64::from(percent);
        self.count += 1;
    }

    fn value(&self) -> f64 {
        self.sum as f64 / (100 * self.count.max(1)) as f64
    }
}

/// Writes metrics per user, with all sessions of a user added up: Prometheus rejects two samples with the same labels.
pub(super) fn write_each(out: &mut Exposition, sessions: &[Session]) {
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
        user.received = user.received.saturating_add(seen.session.statistics.bytes_received);
        user.sent = user.sent.saturating_add(seen.session.statistics.bytes_sent);
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
        let family = out.family(name, Type::Gauge, help);
        for ((domain, name), user) in &users {
            family.sample(&[("domain", domain), ("user", name)], value(user));
        }
    }
}
