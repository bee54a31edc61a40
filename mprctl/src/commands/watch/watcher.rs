//! The changes between two readings of a server.

use std::collections::HashMap;

use crate::commands::live::Look;
use crate::commands::session::Session;
use crate::failure::Failure;

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
    Went(Session),
}

/// The known state of a server. It needs neither a clock nor a thread.
///
/// While a server does not answer, no changes are reported; when it answers again, the changes since then are. A session
/// that connects and disconnects between two readings is missed.
#[derive(Debug, Default)]
pub(crate) struct Watcher {
    /// The last reading that succeeded.
    known: Option<Look>,
    is_down: bool,
}

impl Watcher {
    /// Takes a reading or a failure, and returns the changes: first disconnects, then connects.
    pub(crate) fn observe(&mut self, look: Result<Look, Failure>) -> Vec<Happening> {
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
        if self.is_down || self.known.is_none() {
            let clients = now.sessions.iter().filter(|session| session.is_client()).count();
            happened.push(Happening::Up(clients, now.sessions.len() - clients));
        }
        self.is_down = false;
        match &self.known {
            None => happened.extend(now.sessions.iter().cloned().map(Happening::There)),
            Some(before) => compare(before, &now, &mut happened),
        }
        self.known = Some(now);
        happened
    }

    /// Returns `true` if any reading has succeeded.
    pub(crate) fn has_seen(&self) -> bool {
        self.known.is_some()
    }
}

fn compare(before: &Look, now: &Look, happened: &mut Vec<Happening>) {
    let is_restarted = now.up_for < before.up_for;
    if is_restarted {
        happened.push(Happening::Restarted);
    }
    let by_handle = |look: &Look| -> HashMap<String, Session> {
        look.sessions.iter().map(|session| (session.handle.clone(), session.clone())).collect()
    };
    let (old, new) = (by_handle(before), by_handle(now));
    let goes_on = |session: &Session| match (old.get(&session.handle), new.get(&session.handle)) {
        // Nothing outlives its service.
        (Some(old), Some(new)) => old.goes_on_as(new) && !(is_restarted && new.connected_for <= now.up_for),
        _ => false,
    };
    let went = before.sessions.iter().filter(|session| !goes_on(session));
    happened.extend(went.cloned().map(Happening::Went));
    let came = now.sessions.iter().filter(|session| !goes_on(session));
    happened.extend(came.cloned().map(Happening::Came));
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant, UNIX_EPOCH};

    use super::*;
    use crate::failure::Kind;

    fn session(handle: &str, user: &str, seconds: u64) -> Session {
        let mut known = mprapi::Session::default();
        known.id = format!("0x{handle}").parse().expect("an id");
        (known.user_name, known.domain, known.tunnel) = (user.into(), "CORP".into(), "IKEv2".into());
        known.duration = Duration::from_secs(seconds);
        (known.statistics.bytes_received, known.statistics.bytes_sent) = (seconds * 10, seconds * 100);
        known.into()
    }

    fn look(up_for: u64, sessions: &[Session]) -> Result<Look, Failure> {
        Ok(Look { at: Instant::now(), up_for: Duration::from_secs(up_for), sessions: sessions.to_vec() })
    }

    fn failure() -> Result<Look, Failure> {
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
            Happening::Went(session) => format!("-{}", session.user),
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
        let [Happening::Went(anna)] = &happened[..] else { panic!("{happened:?}") };
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
    }

    #[test]
    fn a_handle_that_is_given_to_the_next_is_another_session() {
        for next in [session("1", "bo", 9), session("1", "anna", 2)] {
            let mut watcher = Watcher::default();
            watcher.observe(look(60, &[session("1", "anna", 5)]));
            let happened = words(&watcher.observe(look(61, std::slice::from_ref(&next))));
            assert_eq!(happened, ["-anna".to_owned(), format!("+{}", next.user)]);
        }
    }

    #[test]
    fn a_site_under_a_users_handle_is_not_the_user_and_is_counted_apart() {
        let mut site = session("1", "anna", 9).known;
        site.interface_type = mprapi::InterfaceType::FullRouter;
        let site = Session::from(site);
        let mut watcher = Watcher::default();
        let first = watcher.observe(look(60, &[session("1", "anna", 5), session("2", "bo", 5)]));
        assert!(matches!(first[0], Happening::Up(2, 0)), "{first:?}");
        let happened = watcher.observe(look(64, &[site.clone(), session("2", "bo", 9)]));
        assert_eq!(words(&happened), ["-anna", "+anna"]);
        let [Happening::Went(user), Happening::Came(link)] = &happened[..] else { panic!("{happened:?}") };
        assert!(user.is_client() && !link.is_client());
        watcher.observe(failure());
        assert!(matches!(watcher.observe(look(70, &[site]))[0], Happening::Up(0, 1)));
    }

    #[test]
    fn a_user_who_came_anew_under_the_same_handle_is_seen_by_the_start() {
        let seen = |up_for: u64, seconds: u64| {
            let mut known = session("1", "anna", seconds).known;
            known.started_at = Some(UNIX_EPOCH + Duration::from_secs(up_for - seconds));
            Session::from(known)
        };
        let mut watcher = Watcher::default();
        watcher.observe(look(1000, &[seen(1000, 3)]));
        assert!(watcher.observe(look(1060, &[seen(1060, 63)])).is_empty());
        // Longer there than she was when she was last seen, had she come at once.
        assert_eq!(words(&watcher.observe(look(1160, &[seen(1160, 90)]))), ["-anna", "+anna"]);
    }

    #[test]
    fn a_restart_between_two_looks_ends_every_session_even_of_the_same_handle_and_user() {
        let mut watcher = Watcher::default();
        watcher.observe(look(5000, &[session("1", "anna", 5)]));
        let happened = watcher.observe(look(40, &[session("1", "anna", 30)]));
        assert_eq!(words(&happened), ["restarted", "-anna", "+anna"]);
    }
}
