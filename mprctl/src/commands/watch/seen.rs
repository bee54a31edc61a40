//! The memory of `watch` for one server: the most sessions at a time, the users, when each was last seen, and since when a
//! session has moved no byte. A server itself tells none of it.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};

use crate::commands::session::Session;

/// More users are not remembered: those who are not connected are forgotten then.
const MOST_USERS: usize = 100_000;

/// A session by the server's handle and its user: a handle alone may be another's by now.
type Key = (usize, String);

#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The number of the reading.
    reading: u64,
    users: HashMap<String, User>,
    traffic: HashMap<Key, Traffic>,
    /// The time without a byte after which the server ends connections, by their tunnel.
    pub(super) idle_timeouts: HashMap<String, Duration>,
    pub(super) sessions: usize,
    /// The most sessions that were connected at a time.
    pub(super) peak: usize,
}

#[derive(Debug)]
struct User {
    reading: u64,
    last: DateTime<Utc>,
    /// The time of the last reading before the absence that ended with this one.
    before: Option<DateTime<Utc>>,
}

#[derive(Debug)]
struct Traffic {
    reading: u64,
    bytes: u64,
    since: Instant,
    /// The time of the connect, by this machine's clock at the first reading.
    started: SystemTime,
}

fn owner(session: &mprapi::Session) -> String {
    session.account().to_string().to_lowercase()
}

fn key(session: &Session) -> Key {
    (session.known.id.as_raw().addr(), owner(&session.known))
}

impl Seen {
    /// Takes a reading, which was over `at`.
    pub(super) fn look(&mut self, sessions: &[mprapi::Session], at: Instant, now: DateTime<Utc>) {
        self.reading += 1;
        let reading = self.reading;
        let mut present = HashSet::new();
        self.sessions = 0;
        for session in sessions.iter().filter(|session| session.is_client()) {
            self.sessions += 1;
            let (owner, bytes) = (
                owner(session),
                session.statistics.bytes_received.wrapping_add(session.statistics.bytes_sent),
            );
            let traffic = self.traffic.entry((session.id.as_raw().addr(), owner.clone()));
            let traffic = traffic.or_insert_with(|| {
                let started = SystemTime::from(now).checked_sub(session.duration).unwrap_or(UNIX_EPOCH);
                Traffic { reading, bytes, since: at, started }
            });
            if traffic.bytes != bytes {
                (traffic.bytes, traffic.since) = (bytes, at);
            }
            traffic.reading = reading;
            present.insert(owner);
        }
        self.peak = self.peak.max(self.sessions);
        for owner in present {
            let user = self.users.entry(owner).or_insert(User { reading, last: now, before: None });
            user.before = if user.reading + 1 < reading { Some(user.last) } else { None };
            (user.reading, user.last) = (reading, now);
        }
        if self.users.len() > MOST_USERS {
            self.users.retain(|_, user| user.reading == reading);
        }
    }

    /// Forgets the sessions that the last reading did not have. Their ends have been told by then.
    pub(super) fn forget_ended(&mut self) {
        let reading = self.reading;
        self.traffic.retain(|_, traffic| traffic.reading == reading);
    }

    /// Returns when the user of a session that has just come was last connected.
    pub(super) fn last_seen(&self, session: &Session) -> Option<DateTime<Utc>> {
        self.users.get(&owner(&session.known))?.before
    }

    /// Returns when a session connected, by the first reading that had it: of one that has ended, nothing else tells.
    pub(super) fn started(&self, session: &Session) -> Option<SystemTime> {
        self.traffic.get(&key(session)).map(|traffic| traffic.started)
    }

    /// Returns how long a session that has ended `at` moved no byte, as far as it was watched.
    pub(super) fn silent_for(&self, session: &Session, at: Instant) -> Option<Duration> {
        self.traffic.get(&key(session)).map(|traffic| at.saturating_duration_since(traffic.since))
    }

    /// Returns the time without a byte after which the server ends connections like one that has ended `at`, if it moved none for
    /// as long.
    pub(super) fn idle_timeout(&self, session: &Session, at: Instant) -> Option<Duration> {
        let limit = *self.idle_timeouts.get(&session.tunnel)?;
        self.silent_for(session, at).filter(|silent| *silent >= limit).map(|_| limit)
    }

    /// Returns the number of users who were connected at some time.
    pub(super) fn users(&self) -> usize {
        self.users.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(id: &str, user: &str, bytes: u64) -> mprapi::Session {
        let mut known = mprapi::Session::default();
        known.id = format!("0x{id}").parse().expect("an id");
        known.user_name = user.into();
        known.statistics.bytes_received = bytes;
        known
    }

    #[test]
    fn users_are_remembered_with_the_time_of_their_last_reading() {
        let (mut seen, start, now) = (Seen::default(), Instant::now(), Utc::now());
        let at = |seconds| (start + Duration::from_secs(seconds), now + Duration::from_secs(seconds));
        let look = |seen: &mut Seen, seconds, sessions: &[mprapi::Session]| {
            let (at, now) = at(seconds);
            seen.look(sessions, at, now);
        };
        let anna = session("1", "anna", 5);
        look(&mut seen, 0, &[anna.clone(), session("2", "ben", 5)]);
        assert_eq!(seen.last_seen(&anna.clone().into()), None);
        look(&mut seen, 10, &[session("2", "ben", 5)]);
        look(&mut seen, 20, &[session("2", "ben", 5)]);
        assert_eq!((seen.sessions, seen.peak, seen.users()), (1, 2, 2));
        let again = session("3", "Anna", 0);
        look(&mut seen, 30, &[again.clone(), session("2", "ben", 5)]);
        assert_eq!(seen.last_seen(&again.into()), Some(at(0).1), "whatever the case of the name");
        let second = session("4", "ben", 0);
        look(&mut seen, 40, &[second.clone(), session("2", "ben", 5)]);
        assert_eq!(seen.last_seen(&second.into()), None, "he was there all the time");
    }

    #[test]
    fn a_session_is_silent_from_its_last_byte_on() {
        let (mut seen, start) = (Seen::default(), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        for (seconds, bytes) in [(0, 5), (10, 7), (20, 7), (30, 7)] {
            seen.look(&[session("1", "anna", bytes)], at(seconds), Utc::now());
        }
        seen.look(&[], at(40), Utc::now());
        let anna: Session = session("1", "anna", 7).into();
        assert_eq!(seen.silent_for(&anna, at(40)), Some(Duration::from_secs(30)));
        assert_eq!(seen.idle_timeout(&anna, at(40)), None, "the server has told none");
        seen.idle_timeouts.insert(anna.tunnel.clone(), Duration::from_secs(31));
        assert_eq!(seen.idle_timeout(&anna, at(40)), None);
        assert_eq!(seen.idle_timeout(&anna, at(41)), Some(Duration::from_secs(31)));
        seen.forget_ended();
        assert_eq!(seen.silent_for(&anna, at(40)), None);
    }
}
