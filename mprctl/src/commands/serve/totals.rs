//! Totals that only grow, from counters of sessions that come and go.
//!
//! A server has one counter for each session, which is lost when the session ends; so the sum over all sessions falls
//! whenever a user disconnects. Therefore the growth of each session since the last reading is added up. Traffic between
//! the last reading of a session and its end is missed, and so is a session between two readings.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::SystemTime;

use mprapi::{Session, Statistics};

use crate::counter::grown;

/// A session, or a link to another site, as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) session: Arc<Session>,
    /// The group whose total its bytes belong to: the tunnel, or the site.
    pub(crate) group: Arc<str>,
    /// The start, in seconds since 1970.
    pub(crate) start: u64,
}

impl Seen {
    /// Notes a session that was seen `now`.
    pub(crate) fn new(session: Session, now: SystemTime, group: Arc<str>) -> Seen {
        let start = session.started_at.or_else(|| now.checked_sub(session.duration));
        let start = start.and_then(|start| start.duration_since(SystemTime::UNIX_EPOCH).ok());
        Seen { session: Arc::new(session), group, start: start.unwrap_or_default().as_secs() }
    }

    /// The server's handle, which a later session may reuse.
    pub(crate) fn handle(&self) -> usize {
        self.session.id.as_raw().addr()
    }

    /// Returns `true` if `later` is the same connection, and not another that reuses its handle.
    pub(crate) fn goes_on_as(&self, later: &Seen) -> bool {
        self.group == later.group && self.session.continues_as(&later.session)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traffic {
    pub(crate) received: u64,
    pub(crate) sent: u64,
    pub(crate) frames_received: u64,
    pub(crate) frames_sent: u64,
}

/// A kind of error: its label and its counter.
type ErrorKind = (&'static str, fn(&Statistics) -> u32);
pub(crate) const ERRORS: [ErrorKind; 6] = [
    ("alignment", |statistics| statistics.alignment_errors),
    ("buffer_overrun", |statistics| statistics.buffer_overrun_errors),
    ("crc", |statistics| statistics.crc_errors),
    ("framing", |statistics| statistics.framing_errors),
    ("hardware_overrun", |statistics| statistics.hardware_overrun_errors),
    ("timeout", |statistics| statistics.timeout_errors),
];

/// The traffic and the errors of a server's sessions since the first reading.
#[derive(Default)]
pub(crate) struct Totals {
    /// The sessions of the last reading; `None` before the first.
    sessions: Option<HashMap<usize, Seen>>,
    traffic: BTreeMap<Arc<str>, Traffic>,
    errors: [u64; ERRORS.len()],
}

impl Totals {
    /// Adds the growth since the last reading. Traffic before the first reading does not count: otherwise it would be counted
    /// again whenever the exporter starts.
    pub(crate) fn update(&mut self, sessions: Vec<Seen>) {
        let is_first = self.sessions.is_none();
        let mut before = self.sessions.take().unwrap_or_default();
        for now in &sessions {
            let total = self.traffic.entry(Arc::clone(&now.group)).or_default();
            if is_first {
                continue;
            }
            let before = before.remove(&now.handle()).filter(|before| before.goes_on_as(now));
            let is_wide = before.as_ref().is_none_or(|before| before.session.has_wide_counters);
            let is_wide = is_wide && now.session.has_wide_counters;
            let old = before.map(|before| before.session.statistics).unwrap_or_default();
            let (old, new) = (&old, &now.session.statistics);
            total.received += grown(
                (old.bytes_received, old.frames_received),
                (new.bytes_received, new.frames_received),
                is_wide,
            );
            total.sent +=
                grown((old.bytes_sent, old.frames_sent), (new.bytes_sent, new.frames_sent), is_wide);
            total.frames_received += grown_frames(old.frames_received, new.frames_received);
            total.frames_sent += grown_frames(old.frames_sent, new.frames_sent);
            for (total, (_, count)) in self.errors.iter_mut().zip(ERRORS) {
                // Fewer than before: the counter was cleared.
                *total += u64::from(count(new).checked_sub(count(old)).unwrap_or(count(new)));
            }
        }
        self.sessions = Some(sessions.into_iter().map(|seen| (seen.handle(), seen)).collect());
    }

    /// Adds groups without traffic, so that they are reported with zero.
    pub(crate) fn know<'g>(&mut self, groups: impl Iterator<Item = &'g Arc<str>>) {
        for group in groups {
            self.traffic.entry(Arc::clone(group)).or_default();
        }
    }

    /// Returns the number of groups so far.
    pub(crate) fn groups(&self) -> usize {
        self.traffic.len()
    }

    /// Returns the traffic of all groups so far.
    pub(crate) fn traffic(&self) -> impl Iterator<Item = (&str, Traffic)> {
        self.traffic.iter().map(|(group, traffic)| (&**group, *traffic))
    }

    /// Returns the numbers of errors, in the order of [`ERRORS`].
    pub(crate) fn errors(&self) -> [u64; ERRORS.len()] {
        self.errors
    }
}

/// Returns the number of frames between two readings of a counter of 32 bits. A counter that has lost more than half of its
/// range has wrapped; one that has lost less was cleared.
fn grown_frames(before: u32, now: u32) -> u64 {
    let is_wrapped = before.saturating_sub(now) > u32::MAX / 2;
    if now >= before || is_wrapped { now.wrapping_sub(before).into() } else { now.into() }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    fn seen(handle: usize, seconds: u64, bytes: u64, frames: u32, is_wide: bool) -> Seen {
        let mut statistics = Statistics::default();
        (statistics.bytes_received, statistics.frames_received) = (bytes, frames);
        (statistics.bytes_sent, statistics.frames_sent) = (bytes / 2, frames);
        statistics.crc_errors = frames / 100;
        let mut session = Session::default();
        session.id = format!("{handle:#x}").parse().expect("an id");
        (session.user_name, session.domain) = ("anna".into(), "CORP".into());
        session.duration = Duration::from_secs(seconds);
        (session.statistics, session.has_wide_counters) = (statistics, is_wide);
        Seen::new(session, SystemTime::UNIX_EPOCH, "IKEv2".into())
    }

    fn received(totals: &Totals) -> u64 {
        totals.traffic().map(|(_, traffic)| traffic.received).sum()
    }

    #[test]
    fn nothing_is_taken_away_when_somebody_leaves_and_all_of_a_newcomer_counts() {
        let mut totals = Totals::default();
        totals.update(vec![seen(1, 100, 5_000, 10, true), seen(2, 100, 7_000, 10, true)]);
        assert_eq!(received(&totals), 0, "what was before is not ours");
        totals.update(vec![seen(1, 110, 6_000, 300, true)]);
        assert_eq!((received(&totals), totals.errors()[2]), (1_000, 3));
        totals.update(vec![seen(3, 5, 500, 1, true)]);
        totals.update(vec![]);
        let all = Traffic { received: 1_500, sent: 750, frames_received: 291, frames_sent: 291 };
        assert_eq!(totals.traffic().next(), Some(("IKEv2", all)));
    }

    #[test]
    fn a_handle_that_is_given_out_again_is_another_session() {
        let mut totals = Totals::default();
        totals.update(vec![seen(1, 1_000, 5_000, 10, true)]);
        totals.update(vec![seen(1, 3, 5_100, 10, true)]);
        assert_eq!(received(&totals), 5_100);
        let mut other = seen(1, 5, 5_200, 10, true);
        Arc::make_mut(&mut other.session).user_name = "ben".into();
        totals.update(vec![other]);
        assert_eq!(received(&totals), 10_300, "all of another user's session is new");
    }

    #[test]
    fn a_count_of_32_bits_that_wraps_goes_on_and_one_that_was_cleared_begins_again() {
        let mut totals = Totals::default();
        totals.update(vec![seen(1, 10, 4_294_967_000, 6_000_000, false)]);
        totals.update(vec![seen(1, 20, 704, 6_000_020, false)]);
        assert_eq!(received(&totals), 1_000);
        totals.update(vec![seen(1, 30, 64, 1, false)]);
        assert_eq!(received(&totals), 1_064);
        // Cleared, and busier since than before, in small frames: too few for a wrap.
        totals.update(vec![seen(1, 40, 60, 2, false)]);
        assert_eq!(received(&totals), 1_124);
    }

    #[test]
    fn frames_that_wrap_go_on_and_frames_that_were_cleared_begin_again() {
        assert_eq!(grown_frames(10, 15), 5);
        assert_eq!(grown_frames(u32::MAX - 4, 5), 10);
        assert_eq!(grown_frames(70_000, 3), 3);
    }

    #[test]
    fn a_server_that_counts_in_64_bits_only_now_and_then_is_no_jump() {
        let mut totals = Totals::default();
        let wide = (1 << 32) + 1_000;
        totals.update(vec![seen(1, 10, wide, 10, true)]);
        totals.update(vec![seen(1, 20, 1_100, 20, false)]);
        totals.update(vec![seen(1, 30, wide + 200, 30, true)]);
        assert_eq!(received(&totals), 200);
    }

    proptest! {
        #[test]
        fn totals_are_those_of_counters_that_never_wrap(steps in prop::collection::vec(0u32..=3_000_000_000, 1..30)) {
            let (mut narrow, mut bytes, mut frames) = (Totals::default(), 0u64, 0u32);
            narrow.update(vec![]);
            for (second, step) in steps.iter().enumerate() {
                bytes += u64::from(*step);
                frames += step.div_ceil(1400);
                narrow.update(vec![seen(1, second as u64, bytes & 0xFFFF_FFFF, frames, false)]);
            }
            prop_assert_eq!(received(&narrow), bytes);
        }
    }
}
