//! The changes from one reading of a server's sessions to the next.

use std::collections::HashMap;
use std::time::Duration;

use super::model::Session;
use crate::LinkError;
use crate::enumeration::words;

/// News of a server's sessions, from a [`SessionTracker`] or a [`SessionWatch`](crate::SessionWatch).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SessionEvent {
    /// The session began.
    Started(Session),
    /// The session goes on, and something about it has changed other than its counters and its duration: its ports, its
    /// addresses, its state of quarantine, …
    Changed {
        /// The session before the change.
        before: Box<Session>,
        /// The session now.
        now: Session,
    },
    /// The session ended.
    Ended(SessionEnd),
    /// The service was started again, which ended the sessions. Their ends follow.
    Restarted,
    /// The server cannot be read any more. A [`SessionWatch`](crate::SessionWatch) tries again; until it succeeds, there are no
    /// events.
    Lost(LinkError),
    /// The server can be read again. What has changed in between follows.
    Regained,
}

/// A session that ended.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct SessionEnd {
    /// The session when it was last read: its duration and its bytes are those of that moment.
    pub session: Session,
    /// How much longer it lasted at most: the time between the last two readings, in whole seconds by the server's clock.
    /// `None` if the service was started again in between.
    #[cfg_attr(
        feature = "serde",
        serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "crate::serialize::seconds",
            deserialize_with = "crate::deserialize::maybe_seconds"
        )
    )]
    pub unseen: Option<Duration>,
    /// The reason, as far as a server tells.
    pub reason: EndReason,
}

/// The reason why a session ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum EndReason {
    /// The API does not tell: the user left, somebody disconnected the session, a limit was reached, or the line broke.
    #[default]
    NotTold,
    /// The service was stopped, and started again.
    ServiceRestarted,
}

words! {
    EndReason {
        NotTold = "not told";
        ServiceRestarted = "service restarted";
    }
}

/// Compares readings of a server's sessions and tells what has changed from each to the next.
///
/// It needs no server, no clock and no thread: a program reads the sessions when and how it likes, such as with a limit or of
/// many servers at once, and keeps one of these for each server. A [`SessionWatch`](crate::SessionWatch) reads them itself.
///
/// Two sessions are never taken for one because one has the handle of the other by now; see
/// [`Session::continues_as`]. A session that begins and ends between two readings is not seen.
///
/// ```
/// # let simulation = mprapi_sim::Server::new("doc-tracker").ports(mprapi_sim::Tunnel::Sstp, 1).start();
/// # let router = simulation.router("doc-tracker");
/// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
/// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
/// # let server = mpr.connect(Some("doc-tracker"))?;
/// use mprapi::{SessionEvent, SessionTracker};
///
/// let mut tracker = SessionTracker::new();
/// tracker.update(server.info()?.up_time(), server.sessions()?);
/// # router.connect(&mprapi_sim::Session::new("anna", mprapi_sim::Tunnel::Sstp)).unwrap();
/// // Later:
/// let events = tracker.update(server.info()?.up_time(), server.sessions()?);
/// assert!(matches!(&events[..], [SessionEvent::Started(session)] if session.user_name == "anna"));
/// # Ok::<(), mprapi::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct SessionTracker {
    known: Option<Reading>,
}

#[derive(Clone, Debug)]
struct Reading {
    up_time: Duration,
    sessions: Vec<Session>,
}

impl SessionTracker {
    /// Makes a tracker that knows no sessions yet.
    #[inline]
    pub fn new() -> SessionTracker {
        SessionTracker::default()
    }

    /// Returns the sessions of the last reading.
    #[inline]
    pub fn sessions(&self) -> &[Session] {
        self.known.as_ref().map_or(&[], |known| &known.sessions)
    }

    /// Returns `true` if the service was started again since the last reading: it has not been up for so long.
    #[inline]
    pub fn is_restarted(&self, up_time: Duration) -> bool {
        self.known.as_ref().is_some_and(|known| up_time < known.up_time)
    }

    /// Takes a reading: the [`up_time`](crate::ServerInfo::up_time) of the service, read first, and its
    /// [`sessions`](crate::Server::sessions). Returns what has changed since the reading before: first ends, then changes, then
    /// starts. Of the first reading nothing is told, and its sessions are [`sessions`](SessionTracker::sessions).
    #[inline]
    pub fn update(&mut self, up_time: Duration, sessions: Vec<Session>) -> Vec<SessionEvent> {
        let is_restarted = self.is_restarted(up_time);
        let before = self.known.replace(Reading { up_time, sessions });
        let Some(before) = before else { return Vec::new() };
        let (old, new) = (by_handle(&before.sessions), by_handle(self.sessions()));
        // Nothing outlives its service.
        let goes_on = |old: &Session, new: &Session| {
            old.continues_as(new) && !(is_restarted && new.duration <= up_time)
        };
        let end = |session: &Session| {
            let (unseen, reason) = match is_restarted {
                true => (None, EndReason::ServiceRestarted),
                false => (Some(up_time - before.up_time), EndReason::NotTold),
            };
            SessionEvent::Ended(SessionEnd { session: session.clone(), unseen, reason })
        };
        let (mut events, mut changed, mut started) = (Vec::new(), Vec::new(), Vec::new());
        if is_restarted {
            events.push(SessionEvent::Restarted);
        }
        let went = |session: &&Session| !new.get(&handle(session)).is_some_and(|now| goes_on(session, now));
        events.extend(before.sessions.iter().filter(went).map(end));
        for now in self.sessions() {
            match old.get(&handle(now)).filter(|before| goes_on(before, now)) {
                None => started.push(SessionEvent::Started(now.clone())),
                Some(before) if !before.looks_like(now) => {
                    let before = Box::new(Session::clone(before));
                    changed.push(SessionEvent::Changed { before, now: now.clone() });
                }
                Some(_) => {}
            }
        }
        events.extend(changed.into_iter().chain(started));
        events
    }
}

#[inline]
fn handle(session: &Session) -> usize {
    session.id.as_raw().addr()
}

#[inline]
fn by_handle(sessions: &[Session]) -> HashMap<usize, &Session> {
    sessions.iter().map(|session| (handle(session), session)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::InterfaceType;

    fn up(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// A session as an older server has it, which does not tell when it began.
    fn session(handle: u32, user: &str, seconds: u64) -> Session {
        let mut session = Session {
            id: format!("{handle:#x}").parse().unwrap(),
            user_name: user.into(),
            domain: "CORP".into(),
            duration: up(seconds),
            ..Session::default()
        };
        session.statistics.bytes_sent = seconds * 100;
        session
    }

    /// In short: `+anna`, `-anna`, `~anna`, `restarted`.
    fn words(events: &[SessionEvent]) -> Vec<String> {
        let word = |event: &SessionEvent| match event {
            SessionEvent::Started(session) => format!("+{}", session.user_name),
            SessionEvent::Changed { now, .. } => format!("~{}", now.user_name),
            SessionEvent::Ended(end) => format!("-{}", end.session.user_name),
            SessionEvent::Restarted => "restarted".to_owned(),
            other => panic!("{other:?}"),
        };
        events.iter().map(word).collect()
    }

    #[test]
    fn of_the_first_reading_nothing_is_told_and_then_each_change_once() {
        let mut tracker = SessionTracker::new();
        assert!(tracker.sessions().is_empty());
        assert!(tracker.update(up(60), vec![session(1, "anna", 5)]).is_empty());
        assert_eq!(words(&tracker.update(up(61), vec![session(1, "anna", 6), session(2, "bo", 0)])), ["+bo"]);
        assert!(tracker.update(up(62), vec![session(1, "anna", 7), session(2, "bo", 1)]).is_empty());
        let events = tracker.update(up(66), vec![session(2, "bo", 5)]);
        let [SessionEvent::Ended(end)] = &events[..] else { panic!("{events:?}") };
        assert_eq!((&end.session, end.unseen), (&session(1, "anna", 7), Some(up(4))));
        assert_eq!(tracker.sessions(), [session(2, "bo", 5)]);
    }

    #[test]
    fn a_handle_that_is_given_to_the_next_is_another_session() {
        let mut site = session(1, "anna", 9);
        site.interface_type = InterfaceType::FullRouter;
        for next in [session(1, "bo", 9), session(1, "anna", 2), site] {
            let mut tracker = SessionTracker::new();
            tracker.update(up(60), vec![session(1, "anna", 5)]);
            let events = words(&tracker.update(up(64), vec![next.clone()]));
            assert_eq!(events, ["-anna".to_owned(), format!("+{}", next.user_name)]);
        }
    }

    #[test]
    fn a_restart_ends_every_session_even_if_the_next_has_its_handle_its_user_and_a_longer_duration() {
        let mut tracker = SessionTracker::new();
        tracker.update(up(5_000), vec![session(1, "anna", 5)]);
        assert!(tracker.is_restarted(up(40)) && !tracker.is_restarted(up(5_000)));
        let events = tracker.update(up(40), vec![session(1, "anna", 30)]);
        assert_eq!(words(&events), ["restarted", "-anna", "+anna"]);
        let SessionEvent::Ended(end) = &events[1] else { panic!("{events:?}") };
        assert_eq!((end.reason, end.unseen), (EndReason::ServiceRestarted, None));
    }

    #[test]
    fn each_fact_about_a_session_counts_as_a_change_and_time_does_not() {
        let changes: [fn(&mut Session); 12] = [
            |session| session.computer = "LT-1".into(),
            |session| session.interface_name = "other".into(),
            |session| session.flags = crate::ConnectionFlags::all(),
            |session| session.ipv4 = Some([10, 0, 0, 1].into()),
            |session| session.ipv6 = Some(std::net::Ipv6Addr::LOCALHOST),
            |session| session.remote_endpoint = Some([203, 0, 113, 7].into()),
            |session| session.local_endpoint = Some([203, 0, 113, 8].into()),
            |session| session.tunnel = "SSTP".into(),
            |session| session.ports.push(crate::SessionPort::default()),
            |session| session.switch_overs = Some(1),
            |session| session.quarantine_state = Some(crate::QuarantineState::Normal),
            |session| session.projection = Some(crate::Projection::Unknown(7)),
        ];
        for (index, change) in changes.iter().enumerate() {
            let mut tracker = SessionTracker::new();
            tracker.update(up(60), vec![session(1, "anna", 5)]);
            let mut now = session(1, "anna", 6);
            change(&mut now);
            let events = tracker.update(up(61), vec![now.clone()]);
            let before = Box::new(session(1, "anna", 5));
            assert_eq!(events, [SessionEvent::Changed { before, now: now.clone() }], "{index}");
            now.duration += up(1);
            assert!(tracker.update(up(62), vec![now]).is_empty(), "{index}");
        }
    }

    proptest! {
        #[test]
        fn what_is_told_adds_up_to_the_sessions_whatever_comes(
            readings in prop::collection::vec((0..40_u64, prop::collection::btree_map(0..6_u32, (0..3_u8, 0..30_u64), 0..6)), 1..12)
        ) {
            let mut tracker = SessionTracker::new();
            let mut told: BTreeMap<usize, Session> = BTreeMap::new();
            for (up_time, reading) in readings {
                let sessions: Vec<Session> = reading
                    .into_iter()
                    .map(|(handle, (user, seconds))| session(handle, &user.to_string(), seconds))
                    .collect();
                let is_first = tracker.known.is_none();
                let events = tracker.update(up(up_time), sessions.clone());
                if is_first {
                    prop_assert!(events.is_empty());
                    told = sessions.iter().map(|session| (handle(session), session.clone())).collect();
                }
                for event in events {
                    match event {
                        SessionEvent::Ended(end) => {
                            let known = told.remove(&handle(&end.session));
                            prop_assert_eq!(known.map(|known| known.user_name), Some(end.session.user_name));
                        }
                        SessionEvent::Started(session) => {
                            prop_assert!(told.insert(handle(&session), session).is_none());
                        }
                        SessionEvent::Restarted => {}
                        other => prop_assert!(false, "{:?}", other),
                    }
                }
                let users = |sessions: &mut dyn Iterator<Item = &Session>| -> Vec<(usize, String)> {
                    sessions.map(|session| (handle(session), session.user_name.to_string())).collect()
                };
                prop_assert_eq!(users(&mut told.values()), users(&mut sessions.iter()));
            }
        }
    }
}
