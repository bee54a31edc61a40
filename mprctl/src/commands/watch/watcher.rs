//! The changes that `watch` prints, from one reading of a server to the next.

use mprapi::{EndReason, SessionEvent, SessionTracker};

use crate::commands::live::Look;
use crate::commands::session::Session;
use crate::failure::Failure;

/// The kind of end of a session, as far as it is known. No server tells whether the user, an administrator, a limit or the
/// line ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The service was restarted.
    WithService,
    /// The server did not answer at that time.
    OutOfSight,
    /// The server answered, and the session was gone.
    Gone,
}

/// A change on a server.
#[derive(Clone, Debug)]
pub(crate) enum Happening {
    /// The server answers, for the first time or again; so many users and so many sites are connected.
    Up(usize, usize),
    /// The server does not answer.
    Down(Failure),
    /// The service was restarted, which ended all sessions.
    Restarted,
    /// This session was connected at the first reading.
    There(Session),
    /// This session connected.
    Came(Session),
    /// This session disconnected; its values are those of the last reading.
    Went(Session, End),
}

/// The known state of a server. It needs neither a clock nor a thread.
///
/// While a server does not answer, no changes are reported; when it answers again, the changes since then are. A session
/// that connects and disconnects between two readings is missed.
#[derive(Debug, Default)]
pub(crate) struct Watcher {
    tracker: SessionTracker,
    /// `true` if any reading has succeeded.
    has_seen: bool,
    is_down: bool,
}

impl Watcher {
    /// Takes a reading or a failure, and returns the changes: first disconnects, then connects.
    pub(crate) fn observe(&mut self, look: Result<Look<mprapi::Session>, Failure>) -> Vec<Happening> {
        let now = match look {
            Ok(look) => look,
            // Once is enough.
            Err(_) if self.is_down => return Vec::new(),
            Err(failure) => {
                self.is_down = true;
                return vec![Happening::Down(failure)];
            }
        };
        let mut happened = Vec::new();
        if self.is_down || !self.has_seen {
            let clients = now.sessions.iter().filter(|session| session.is_client()).count();
            happened.push(Happening::Up(clients, now.sessions.len() - clients));
        }
        let end = |reason| match reason {
            EndReason::ServiceRestarted => End::WithService,
            _ if self.is_down => End::OutOfSight,
            _ => End::Gone,
        };
        let events = self.tracker.update(now.up_for, now.sessions);
        if !self.has_seen {
            happened.extend(self.tracker.sessions().iter().cloned().map(Session::from).map(Happening::There));
        }
        happened.extend(events.into_iter().filter_map(|event| match event {
            SessionEvent::Started(session) => Some(Happening::Came(session.into())),
            SessionEvent::Ended(ended) => Some(Happening::Went(ended.session.into(), end(ended.reason))),
            SessionEvent::Restarted => Some(Happening::Restarted),
            _ => None,
        }));
        (self.has_seen, self.is_down) = (true, false);
        happened
    }

    pub(crate) fn has_seen(&self) -> bool {
        self.has_seen
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::failure::Kind;

    fn session(handle: &str, user: &str, seconds: u64) -> mprapi::Session {
        let mut known = mprapi::Session::default();
        known.id = format!("0x{handle}").parse().expect("an id");
        (known.user_name, known.domain, known.tunnel) = (user.into(), "CORP".into(), "IKEv2".into());
        known.duration = Duration::from_secs(seconds);
        (known.statistics.bytes_received, known.statistics.bytes_sent) = (seconds * 10, seconds * 100);
        known
    }

    fn look(up_for: u64, sessions: &[mprapi::Session]) -> Result<Look<mprapi::Session>, Failure> {
        Ok(Look { at: Instant::now(), up_for: Duration::from_secs(up_for), sessions: sessions.to_vec() })
    }

    fn failure() -> Result<Look<mprapi::Session>, Failure> {
        Err(Failure::new(Kind::Unreachable, "gone"))
    }

    /// In short: `+anna`, `-anna`, `=anna`, `up 2`, `down`, `restarted`.
    fn words(happened: &[Happening]) -> Vec<String> {
        let word = |happening: &Happening| match happening {
            Happening::Up(count, _) => format!("up {count}"),
            Happening::Down(_) => "down".to_owned(),
            Happening::Restarted => "restarted".to_owned(),
            Happening::There(session) => format!("={}", session.user),
            Happening::Came(session) => format!("+{}", session.user),
            Happening::Went(session, _) => format!("-{}", session.user),
        };
        happened.iter().map(word).collect()
    }

    #[test]
    fn who_comes_and_goes_is_told_once_with_what_was_last_seen() {
        let mut watcher = Watcher::default();
        let mut see = |look| watcher.observe(look);
        assert_eq!(words(&see(look(60, &[session("1", "anna", 5)]))), ["up 1", "=anna"]);
        assert_eq!(words(&see(look(61, &[session("1", "anna", 6), session("2", "bo", 0)]))), ["+bo"]);
        assert!(see(look(62, &[session("1", "anna", 7), session("2", "bo", 1)])).is_empty());
        let happened = see(look(63, &[session("2", "bo", 2)]));
        let [Happening::Went(anna, End::Gone)] = &happened[..] else { panic!("{happened:?}") };
        assert_eq!((anna.user.as_str(), anna.connected_for.as_secs(), anna.bytes_out), ("anna", 7, 700));
    }

    #[test]
    fn a_failing_server_is_told_once_and_its_sessions_only_when_it_is_back() {
        let mut watcher = Watcher::default();
        watcher.observe(look(60, &[session("1", "anna", 5), session("2", "bo", 3)]));
        assert_eq!(words(&watcher.observe(failure())), ["down"]);
        assert!(watcher.observe(failure()).is_empty());
        let back = watcher.observe(look(90, &[session("2", "bo", 33), session("3", "cy", 1)]));
        assert_eq!(words(&back), ["up 2", "-anna", "+cy"]);
        assert!(matches!(back[1], Happening::Went(_, End::OutOfSight)), "{back:?}");
        let restarted = watcher.observe(look(1, &[]));
        let ends = restarted.iter().filter(|one| matches!(one, Happening::Went(_, End::WithService)));
        assert_eq!(ends.count(), 2, "{restarted:?}");
    }

    #[test]
    fn a_site_under_a_users_handle_is_not_the_user_and_is_counted_apart() {
        let mut site = session("1", "anna", 9);
        site.interface_type = mprapi::InterfaceType::FullRouter;
        let mut watcher = Watcher::default();
        let first = watcher.observe(look(60, &[session("1", "anna", 5), session("2", "bo", 5)]));
        assert!(matches!(first[0], Happening::Up(2, 0)), "{first:?}");
        let happened = watcher.observe(look(64, &[site.clone(), session("2", "bo", 9)]));
        assert_eq!(words(&happened), ["-anna", "+anna"]);
        let [Happening::Went(user, _), Happening::Came(link)] = &happened[..] else { panic!("{happened:?}") };
        assert!(user.is_client() && !link.is_client());
        watcher.observe(failure());
        assert!(matches!(watcher.observe(look(70, &[site]))[0], Happening::Up(0, 1)));
    }
}
