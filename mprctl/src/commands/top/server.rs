//! The state of one server in top: its condition, its sessions, their rates, and the history of the rates.

use std::collections::{HashMap, VecDeque};
use std::iter;
use std::mem;
use std::time::{Duration, Instant};

use mprapi::Statistics;

use crate::commands::live::Look;
use crate::commands::session::{Counted, Handle, Session};
use crate::counter::grown;
use crate::failure::Failure;

/// The shortest time between two readings for a rate; rates over a shorter time are mostly noise.
const SHORTEST: Duration = Duration::from_millis(200);
/// How much later than usual an answer may come before top shows the delay.
const PATIENCE: Duration = Duration::from_secs(3);
/// The longest such delay, for servers that are always slow.
const MOST_PATIENCE: Duration = Duration::from_secs(15);
/// The number of samples that the widest terminal shows.
const LONGEST_HISTORY: usize = 500;
/// The number of readings that are kept of each session, for its graph.
const KEPT_RATES: usize = 120;

/// A rate in bytes per second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rate {
    pub(super) received: f64,
    pub(super) sent: f64,
}

impl Rate {
    pub(super) fn both(self) -> f64 {
        self.received + self.sent
    }
}

impl std::iter::Sum for Rate {
    fn sum<I: Iterator<Item = Rate>>(rates: I) -> Rate {
        rates.fold(Rate::default(), |sum, rate| Rate {
            received: sum.received + rate.received,
            sent: sum.sent + rate.sent,
        })
    }
}

/// The counters of a session at one time.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: Instant,
    statistics: Statistics,
    is_wide: bool,
}

impl Mark {
    fn of(counted: &Counted, at: Instant) -> Mark {
        Mark { at, statistics: *counted.statistics(), is_wide: counted.known().has_wide_counters }
    }

    /// Returns the rate since an earlier mark of the same session, or `None` if the two are too close.
    fn rate_since(&self, before: &Mark) -> Option<Rate> {
        let elapsed = self.at.saturating_duration_since(before.at);
        if elapsed < SHORTEST {
            return None;
        }
        let is_wide = self.is_wide && before.is_wide;
        let (old, new) = (&before.statistics, &self.statistics);
        let received = grown(
            (old.bytes_received, old.frames_received),
            (new.bytes_received, new.frames_received),
            is_wide,
        );
        let sent = grown((old.bytes_sent, old.frames_sent), (new.bytes_sent, new.frames_sent), is_wide);
        let a_second = |bytes: u64| bytes as f64 / elapsed.as_secs_f64();
        Some(Rate { received: a_second(received), sent: a_second(sent) })
    }
}

/// A session as it was last seen.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// A number that is never reused, unlike the handle.
    pub(super) id: u64,
    pub(super) counted: Counted,
    /// The place in the last order of all sessions.
    pub(super) place: usize,
    /// The place in the order of all users.
    pub(super) rank: usize,
    /// `None` until the session was seen twice.
    pub(super) rate: Option<Rate>,
    /// The bytes a second in both directions at each reading, latest first.
    pub(super) rates: VecDeque<u64>,
    mark: Mark,
}

impl Entry {
    /// The rank of a new session.
    pub(super) const UNRANKED: usize = usize::MAX;

    fn new(id: u64, counted: Counted, at: Instant) -> Entry {
        let mark = Mark::of(&counted, at);
        let (place, rank) = (usize::MAX, Entry::UNRANKED);
        Entry { id, counted, place, rank, rate: None, rates: VecDeque::new(), mark }
    }

    /// Takes a later reading of the session. Returns `true` if it tells anything new other than the age.
    fn see_again(&mut self, counted: Counted, at: Instant) -> bool {
        let mark = Mark::of(&counted, at);
        let before = mem::replace(&mut self.counted, counted);
        let is_new = !before.details.looks_like(&self.counted.details);
        let Some(rate) = mark.rate_since(&self.mark) else { return is_new };
        self.mark = mark;
        self.rates.truncate(KEPT_RATES - 1);
        self.rates.push_front(rate.both().round() as u64);
        self.rate.replace(rate) != Some(rate) || is_new
    }

    /// Returns `true` if its graph, which is so wide, looks different since the last reading.
    pub(super) fn is_graph_moved(&self, width: usize) -> bool {
        is_graph_moved(self.rates.iter().copied().map(Some), width.min(KEPT_RATES - 1))
    }

    pub(super) fn session(&self) -> &Session {
        &self.counted.details.session
    }

    /// Returns the bytes in both directions so far.
    pub(super) fn total(&self) -> u64 {
        self.session().bytes_in.saturating_add(self.session().bytes_out)
    }
}

/// The condition of a server.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    /// The server has not answered yet.
    Asked,
    Up,
    Failed(Failure),
}

/// A moment of a server's history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sample {
    pub(super) rate: Rate,
    pub(super) sessions: usize,
}

impl Sample {
    /// Returns the rate in both directions, in whole bytes.
    pub(super) fn traffic(&self) -> u64 {
        self.rate.both().round() as u64
    }
}

#[derive(Debug)]
pub(super) struct Server {
    pub(super) name: String,
    pub(super) condition: Condition,
    pub(super) up_for: Duration,
    /// The sessions as they were last seen, in the server's order.
    sessions: Vec<Entry>,
    /// The rates of all sessions together.
    sum: Rate,
    /// The samples, latest first. `None` is a moment without an answer.
    pub(super) history: VecDeque<Option<Sample>>,
    /// The time of the last answer, or of the first request.
    pub(super) heard: Instant,
    /// The time between the last two answers.
    pace: Duration,
}

impl Server {
    pub(super) fn new(name: &str, now: Instant) -> Server {
        Server {
            name: name.to_owned(),
            condition: Condition::Asked,
            up_for: Duration::ZERO,
            sessions: Vec::new(),
            sum: Rate::default(),
            history: VecDeque::new(),
            heard: now,
            pace: Duration::ZERO,
        }
    }

    /// Takes the sessions that the server has now, or the failure to read them. `next_id` is the last number of a session so
    /// far. Returns `true` if that is anything new other than ages.
    pub(super) fn observe(
        &mut self,
        look: Result<Look<Counted>, Failure>,
        now: Instant,
        next_id: &mut u64,
    ) -> bool {
        let pace = now.saturating_duration_since(self.heard);
        self.heard = now;
        let look = match look {
            Ok(look) => look,
            Err(failure) => {
                let failure = failure.about(&self.name);
                let is_new = !matches!(&self.condition, Condition::Failed(before)
                    if (before.sentence(), &before.advice) == (failure.sentence(), &failure.advice));
                self.condition = Condition::Failed(failure);
                return is_new;
            }
        };
        let was_up = matches!(mem::replace(&mut self.condition, Condition::Up), Condition::Up);
        self.pace = if was_up { pace } else { Duration::ZERO };
        let is_restarted = look.up_for < mem::replace(&mut self.up_for, look.up_for);
        let goes_on =
            |(entry, counted): (&Entry, &Counted)| entry.session().goes_on_as(&counted.details.session);
        let are_same = !is_restarted
            && self.sessions.len() == look.sessions.len()
            && self.sessions.iter().zip(&look.sessions).all(goes_on);
        let is_new = if are_same {
            let seen = self.sessions.iter_mut().zip(look.sessions);
            // Each of them sees its reading.
            seen.fold(!was_up, |is_new, (entry, counted)| entry.see_again(counted, look.at) || is_new)
        } else {
            // Nothing outlives its service.
            let before = if is_restarted { Vec::new() } else { mem::take(&mut self.sessions) };
            self.sessions = matched(before, look, next_id);
            true
        };
        if is_new {
            self.sum = self.sessions.iter().filter_map(|entry| entry.rate).sum();
        }
        is_new
    }

    /// Returns `true` if its graphs of sessions and of traffic, which are so wide, look different since the last sample.
    pub(super) fn are_graphs_moved(&self, sessions: usize, traffic: usize) -> bool {
        let values =
            |value: fn(&Sample) -> u64| self.history.iter().map(move |sample| sample.as_ref().map(value));
        is_graph_moved(values(|sample| sample.sessions as u64), sessions)
            || is_graph_moved(values(Sample::traffic), traffic)
    }

    /// Adds the current rates to the history.
    pub(super) fn sample(&mut self, now: Instant, interval: Duration) {
        let is_known = matches!(self.condition, Condition::Up) && self.silence(now, interval).is_none();
        let sample = is_known.then(|| Sample { rate: self.rate(), sessions: self.sessions.len() });
        self.history.push_front(sample);
        self.history.truncate(LONGEST_HISTORY);
    }

    /// Returns the sessions that are connected; none if the server failed.
    pub(super) fn sessions(&self) -> &[Entry] {
        if matches!(self.condition, Condition::Up) { &self.sessions } else { &[] }
    }

    /// Returns one of the sessions that are connected.
    pub(super) fn session_mut(&mut self, session: usize) -> &mut Entry {
        &mut self.sessions[session]
    }

    /// Returns the sessions of the server's last answer.
    pub(super) fn all_mut(&mut self) -> &mut [Entry] {
        &mut self.sessions
    }

    /// Returns a session of the server's last answer.
    pub(super) fn seen(&self, id: u64) -> Option<&Entry> {
        self.sessions.iter().find(|entry| entry.id == id)
    }

    pub(super) fn rate(&self) -> Rate {
        if matches!(self.condition, Condition::Up) { self.sum } else { Rate::default() }
    }

    /// Returns the time since the last answer, if that is longer than expected.
    pub(super) fn silence(&self, now: Instant, interval: Duration) -> Option<Duration> {
        let silence = now.saturating_duration_since(self.heard);
        let patience = (self.pace + self.pace / 2).clamp(interval + PATIENCE, interval + MOST_PATIENCE);
        // One that failed is asked again later and later.
        let is_waited_for = !matches!(self.condition, Condition::Failed(_));
        (is_waited_for && silence > patience).then_some(silence)
    }
}

/// Returns the sessions of a reading, each with its history if it was there before.
fn matched(before: Vec<Entry>, look: Look<Counted>, next_id: &mut u64) -> Vec<Entry> {
    let mut before: HashMap<Handle, Entry> =
        before.into_iter().map(|entry| (entry.session().handle, entry)).collect();
    let entry = |counted: Counted| {
        let session = &counted.details.session;
        match before.remove(&session.handle).filter(|entry| entry.session().goes_on_as(session)) {
            Some(mut entry) => {
                entry.see_again(counted, look.at);
                entry
            }
            None => {
                *next_id += 1;
                Entry::new(*next_id, counted, look.at)
            }
        }
    };
    look.sessions.into_iter().map(entry).collect()
}

/// Returns `true` if a graph of these values, latest first, looks different from the graph without the latest one. Where there
/// is no value yet, a graph is empty, as it is at 0.
fn is_graph_moved(values: impl Iterator<Item = Option<u64>>, width: usize) -> bool {
    let mut values = values.chain(iter::repeat(Some(0))).take(if width == 0 { 0 } else { width + 1 });
    let latest = values.next();
    values.any(|value| Some(value) != latest)
}
