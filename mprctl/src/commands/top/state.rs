//! The state of top and the effect of keys on it. It uses no terminal and no thread, and the caller passes the time.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::keys::Intent;
use super::server::{Entry, Rate, Server};
use super::sort::{By, Sort};
use crate::commands::live::Look;
use crate::commands::session::{Counted, Session};
use crate::failure::Failure;
use crate::order::natural;
use crate::output::Mood;
use crate::quantity;

/// The panel that is open. It decides what the keys do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    List,
    /// The filter is being typed.
    Filter,
    /// All details of a session.
    Inspect(u64),
    /// The question whether to disconnect a session.
    Ask(u64),
    /// The keys move through the servers, not the sessions.
    Servers,
    Help,
}

/// The effect of a key outside of the state.
#[derive(Debug)]
pub(super) enum Effect {
    Quit,
    /// Suspend the program until the shell continues it.
    Suspend,
    /// Draw everything again, over whatever another program wrote.
    Repaint,
    /// Read the servers at this interval.
    Interval(Duration),
    /// Disconnect a session.
    Disconnect(Box<Ending>),
}

/// A session that is being disconnected.
#[derive(Clone, Debug)]
pub(super) struct Ending {
    pub(super) id: u64,
    /// The index of its server.
    pub(super) server: usize,
    pub(super) found: Session,
    /// The text that names it in messages.
    pub(super) label: String,
}

/// A message in the status line.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) text: String,
    pub(super) mood: Mood,
    at: Instant,
    /// `true` if the next key removes it.
    is_hint: bool,
}

/// How long a message is shown.
const NOTE_STAYS: Duration = Duration::from_secs(20);
/// The intervals that the keys `+` and `-` go through, in milliseconds.
const INTERVALS: [u64; 8] = [500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000];

/// The graphs of the last frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Graphs {
    /// The indexes of the servers that have graphs.
    pub(super) servers: Vec<usize>,
    /// The width of a server's graph of sessions.
    pub(super) sessions: usize,
    /// The width of a server's graph of traffic.
    pub(super) traffic: usize,
    /// The width of the graph of what is selected.
    pub(super) selected: usize,
}

/// A row of the table, by the indexes of the server and of the session.
#[derive(Clone, Copy, Debug)]
enum Row {
    /// With the number of its sessions that match the filter.
    Server(usize, usize),
    Session(usize, usize),
}

/// The row that is selected.
pub(super) enum Selected<'s> {
    Server(&'s Server),
    Session(&'s Entry),
}

/// The numbers of sessions are smaller; above stand those of servers.
const SERVERS: u64 = 1 << 63;

pub(super) struct State {
    pub(super) servers: Vec<Server>,
    pub(super) is_simulated: bool,
    pub(super) interval: Duration,
    pub(super) sort: Sort,
    pub(super) filter: String,
    pub(super) mode: Mode,
    pub(super) is_paused: bool,
    /// The session whose question was drawn. Pasted text must not answer a question that nobody has read.
    question_seen: Option<u64>,
    /// Sessions that are being disconnected.
    pub(super) endings: Vec<Ending>,
    /// `true` if the table has a row for each server, and the sessions of those that are open below it.
    pub(super) is_folded: bool,
    /// The servers whose sessions are shown while the table is folded.
    opened: BTreeSet<usize>,
    /// The rows of the table.
    rows: Vec<Row>,
    /// The number of sessions that match the filter.
    pub(super) found: usize,
    /// `true` if the rows are out of date. Many servers may answer between two frames, so they are sorted once per frame.
    is_unsettled: bool,
    /// `true` if a frame would differ from the last one by more than ages.
    is_stale: bool,
    pub(super) graphs: Graphs,
    /// The selected session and its row. When the session is gone, the one that takes its row is selected.
    selected: Option<(u64, usize)>,
    /// The first row that is shown, and the number of rows that are.
    window: (usize, usize),
    /// The same for the servers.
    server_window: (usize, usize),
    /// The same for the lines of the panel that is open.
    panel_window: (usize, usize),
    panel_lines: usize,
    note: Option<Note>,
    now: Instant,
    last_id: u64,
}

impl State {
    pub(super) fn new<'n>(
        names: impl Iterator<Item = &'n str>,
        interval: Duration,
        is_simulated: bool,
        now: Instant,
    ) -> State {
        State {
            servers: names.map(|name| Server::new(name, now)).collect(),
            is_simulated,
            interval,
            sort: Sort::by(By::Traffic),
            filter: String::new(),
            mode: Mode::List,
            is_paused: false,
            question_seen: None,
            endings: Vec::new(),
            is_folded: false,
            opened: BTreeSet::new(),
            rows: Vec::new(),
            found: 0,
            is_unsettled: false,
            is_stale: true,
            graphs: Graphs::default(),
            selected: None,
            window: (0, 1),
            server_window: (0, 1),
            panel_window: (0, 1),
            panel_lines: 0,
            note: None,
            now,
            last_id: 0,
        }
    }

    pub(super) fn is_fleet(&self) -> bool {
        self.servers.len() > 1
    }

    /// Sets the time, and removes a message that was shown for long enough.
    pub(super) fn set_now(&mut self, now: Instant) {
        self.now = now;
        if self.note.as_ref().is_some_and(|note| now.saturating_duration_since(note.at) > NOTE_STAYS) {
            self.note = None;
            self.is_stale = true;
        }
    }

    /// Takes a server's new sessions, or its failure. While top is paused, the sessions stay as they are.
    pub(super) fn observe(&mut self, server: usize, look: Result<Look<Counted>, Failure>) {
        if self.is_paused {
            self.servers[server].heard = self.now;
            return;
        }
        let asked_about = match self.mode {
            Mode::Ask(id) | Mode::Inspect(id) => self.find(id).map(|(_, entry)| entry.session().label()),
            _ => None,
        };
        let is_look = look.is_ok();
        if !self.servers[server].observe(look, self.now, &mut self.last_id) {
            // The rows and their order are as they were.
            let selected = self.selected_row().and_then(|row| self.rows.get(row));
            if let Some(&Row::Session(of, session)) = selected
                && of == server
                && let Some(entry) = self.servers[of].sessions().get(session)
            {
                self.is_stale |= entry.is_graph_moved(self.graphs.selected);
            }
            return;
        }
        if let (Mode::Ask(id) | Mode::Inspect(id), true) = (self.mode, is_look)
            && self.find(id).is_none()
        {
            self.mode = Mode::List;
            if let Some(label) = asked_about {
                self.tell(Mood::Warn, format!("{label} is no longer connected."));
            }
        }
        (self.is_unsettled, self.is_stale) = (true, true);
        self.rows.clear();
    }

    /// Adds the current rates to the history.
    pub(super) fn sample(&mut self) {
        if !self.is_paused {
            self.servers.iter_mut().for_each(|server| server.sample(self.now, self.interval));
            let Graphs { servers, sessions, traffic, selected } = &self.graphs;
            let is_moved = servers.iter().any(|of| self.servers[*of].are_graphs_moved(*sessions, *traffic));
            let is_selected_moved = matches!(self.selected(), Some(Selected::Server(server))
                if server.are_graphs_moved(0, *selected));
            self.is_stale |= is_moved || is_selected_moved;
        }
    }

    /// Notes that a frame is needed, such as after a change of the terminal's size.
    pub(super) fn redraw(&mut self) {
        self.is_stale = true;
    }

    /// Notes that a frame was drawn, with these graphs.
    pub(super) fn drawn(&mut self, graphs: Graphs) {
        (self.is_stale, self.graphs) = (false, graphs);
    }

    /// Returns `true` if a frame would differ from the last one by more than ages.
    pub(super) fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// Shows the outcome of disconnecting a session, and returns the index of its server.
    pub(super) fn ended(&mut self, id: u64, outcome: Result<(), Failure>) -> Option<usize> {
        let place = self.endings.iter().position(|ending| ending.id == id)?;
        let Ending { label, server, .. } = self.endings.remove(place);
        match outcome {
            Ok(()) => self.tell(Mood::Good, format!("{label} is disconnected.")),
            Err(failure) => {
                let failure = failure.about(&self.servers[server].name);
                self.tell(Mood::Bad, format!("{label} is not disconnected: {}", failure.paragraph()));
            }
        }
        Some(server)
    }

    pub(super) fn tell(&mut self, mood: Mood, text: String) {
        self.note = Some(Note { text, mood, at: self.now, is_hint: false });
        self.is_stale = true;
    }

    fn hint(&mut self, text: &str) {
        self.note = Some(Note { text: text.to_owned(), mood: Mood::Warn, at: self.now, is_hint: true });
    }

    pub(super) fn note(&self) -> Option<&Note> {
        self.note.as_ref()
    }

    /// Does the action of a key.
    pub(super) fn apply(&mut self, intent: Intent) -> Option<Effect> {
        self.is_stale = true;
        if self.note.as_ref().is_some_and(|note| note.is_hint) {
            self.note = None;
        }
        self.settle();
        match intent {
            Intent::Quit => return Some(Effect::Quit),
            Intent::Close => return self.close(),
            Intent::Up => self.go(-1),
            Intent::Down => self.go(1),
            Intent::PageUp => self.go(-(self.page() as isize)),
            Intent::PageDown => self.go(self.page() as isize),
            Intent::HalfPageUp => self.go(-(self.page().div_ceil(2) as isize)),
            Intent::HalfPageDown => self.go(self.page().div_ceil(2) as isize),
            Intent::First => self.go(isize::MIN),
            Intent::Last => self.go(isize::MAX),
            Intent::NextSort => self.set_sort(Sort::by(self.sort.by.step(1, self.is_fleet()))),
            Intent::PreviousSort => self.set_sort(Sort::by(self.sort.by.step(-1, self.is_fleet()))),
            Intent::SortBy(by) => self.set_sort(Sort::by(by)),
            Intent::Reverse => self.set_sort(self.sort.reversed()),
            Intent::Filter => self.mode = Mode::Filter,
            Intent::Letter(letter) => self.change_filter(|filter| filter.push(letter)),
            Intent::Erase if self.filter.is_empty() => self.mode = Mode::List,
            Intent::Erase => self.change_filter(|filter| {
                filter.pop();
            }),
            Intent::Clear => self.change_filter(String::clear),
            Intent::Keep => self.mode = Mode::List,
            Intent::Inspect => self.open(Mode::Inspect),
            Intent::Ask => self.open(Mode::Ask),
            Intent::Yes => return self.disconnect().map(|ending| Effect::Disconnect(Box::new(ending))),
            Intent::Help => (self.mode, self.panel_window.0) = (Mode::Help, 0),
            Intent::Servers if self.is_fleet() => self.mode = Mode::Servers,
            Intent::Servers => self.hint("Only one server is selected."),
            Intent::Fold if self.is_fleet() => {
                self.is_folded = !self.is_folded;
                self.opened.clear();
                self.is_unsettled = true;
            }
            Intent::Fold => self.hint("Only one server is selected."),
            Intent::Suspend => return Some(Effect::Suspend),
            Intent::Repaint => return Some(Effect::Repaint),
            Intent::Pause => self.is_paused = !self.is_paused,
            Intent::Longer => return Some(self.change_interval(|other, now| other > now)),
            Intent::Shorter => return Some(self.change_interval(|other, now| other < now)),
        }
        self.settle();
        None
    }

    pub(super) fn set_sort(&mut self, sort: Sort) {
        (self.sort, self.is_unsettled) = (sort, true);
    }

    fn change_filter(&mut self, change: impl FnOnce(&mut String)) {
        change(&mut self.filter);
        self.is_unsettled = true;
    }

    fn close(&mut self) -> Option<Effect> {
        match self.mode {
            Mode::List if !self.filter.is_empty() => self.change_filter(String::clear),
            Mode::List if self.selected.is_some() => self.selected = None,
            Mode::List => return Some(Effect::Quit),
            Mode::Filter => {
                self.change_filter(String::clear);
                self.mode = Mode::List;
            }
            Mode::Inspect(_) | Mode::Ask(_) | Mode::Servers | Mode::Help => self.mode = Mode::List,
        }
        self.settle();
        None
    }

    /// Returns the number of lines in a page.
    fn page(&self) -> usize {
        match self.mode {
            Mode::Servers => self.server_window.1,
            Mode::Inspect(_) | Mode::Help => self.panel_window.1,
            _ => self.window.1,
        }
    }

    /// Moves by so many lines, down or up. While details are open, a step of one line goes to the next session.
    fn go(&mut self, by: isize) {
        let (window, all) = match self.mode {
            Mode::Servers => (&mut self.server_window, self.servers.len()),
            Mode::Inspect(_) if !matches!(by, 1 | -1) => (&mut self.panel_window, self.panel_lines),
            Mode::Help if self.is_panel_scrolled() => (&mut self.panel_window, self.panel_lines),
            // Nothing moves, so any key closes it.
            Mode::Help => return self.mode = Mode::List,
            _ => return self.step(by),
        };
        window.0 = window.0.saturating_add_signed(by).min(all.saturating_sub(window.1));
    }

    /// Moves the selection; the first step selects what is at the top.
    fn step(&mut self, by: isize) {
        let Some(last) = self.rows.len().checked_sub(1) else { return };
        let row = match self.selected {
            Some((_, row)) => row.saturating_add_signed(by).min(last),
            None if by == isize::MAX => last,
            None => 0,
        };
        self.select(row);
        if let (Mode::Inspect(_), Some((id, _))) = (self.mode, self.selected) {
            self.mode = if id < SERVERS { Mode::Inspect(id) } else { Mode::List };
        }
    }

    fn select(&mut self, row: usize) {
        self.selected = self.rows.get(row).map(|found| (self.id(*found), row));
    }

    /// Returns the number of a row, which it keeps wherever it goes.
    fn id(&self, row: Row) -> u64 {
        match row {
            Row::Server(server, _) => SERVERS + server as u64,
            Row::Session(server, session) => self.servers[server].sessions()[session].id,
        }
    }

    /// Opens a panel on the session that is selected; of a server, shows or hides the sessions.
    fn open(&mut self, mode: fn(u64) -> Mode) {
        match self.selected {
            Some((id, _)) if id >= SERVERS && mode(0) == Mode::Ask(0) => {
                self.hint("This is a server; Enter shows its sessions.");
            }
            Some((id, _)) if id >= SERVERS => {
                let server = (id - SERVERS) as usize;
                if !self.opened.remove(&server) {
                    self.opened.insert(server);
                }
                self.is_unsettled = true;
            }
            Some((id, _)) if self.endings.iter().any(|ending| ending.id == id) => {
                self.hint("This session is being disconnected already.");
            }
            Some((id, _)) => {
                (self.mode, self.panel_window.0) = (mode(id), 0);
                self.question_seen = None;
            }
            None if self.rows.is_empty() => self.hint("No session to select."),
            None => {
                self.select(0);
                self.hint("Select a session with ↑ and ↓, then press the key again.");
            }
        }
    }

    /// Notes that the question about this session is on the screen.
    pub(super) fn see_question(&mut self, id: u64) {
        self.question_seen = Some(id);
    }

    /// Starts to disconnect the session of the question, if the question was open and on the screen.
    fn disconnect(&mut self) -> Option<Ending> {
        let Mode::Ask(id) = self.mode else { return None };
        if self.question_seen.take() != Some(id) {
            return None;
        }
        self.mode = Mode::List;
        let place = self.servers.iter().position(|server| server.seen(id).is_some())?;
        let entry = self.find(id)?.1;
        let mut label = entry.session().label();
        if self.is_fleet() {
            label = format!("{label} on {}", self.servers[place].name);
        }
        let found = entry.session().clone();
        let ending = Ending { id, server: place, found, label };
        self.tell(Mood::Quiet, format!("{} is being disconnected …", ending.label));
        self.endings.push(ending.clone());
        Some(ending)
    }

    /// Changes the interval to the next longer or shorter one, if there is one.
    fn change_interval(&mut self, is_further: fn(Duration, Duration) -> bool) -> Effect {
        let steps = INTERVALS.map(Duration::from_millis);
        let further = steps.into_iter().filter(|step| is_further(*step, self.interval));
        if let Some(next) = further.min_by_key(|step| step.abs_diff(self.interval)) {
            self.interval = next;
        }
        self.hint(&format!("Servers are read every {}.", quantity::duration(self.interval)));
        Effect::Interval(self.interval)
    }

    /// Updates the rows if they are out of date.
    pub(super) fn settle(&mut self) {
        if self.is_unsettled {
            self.arrange();
        }
    }

    /// Gives each session its place in the order of users, if some have none yet. A frame compares places: most sessions move
    /// nothing, and are in this order.
    fn rank(&mut self) {
        let is_new = |entry: &Entry| entry.rank == Entry::UNRANKED;
        if !self.servers.iter().flat_map(Server::sessions).any(is_new) {
            return;
        }
        let mut all: Vec<&mut Entry> = self.servers.iter_mut().flat_map(Server::all_mut).collect();
        all.sort_by_key(|entry| entry.rank);
        all.sort_by(|one, two| natural(&one.session().user, &two.session().user).then(one.id.cmp(&two.id)));
        all.into_iter().enumerate().for_each(|(rank, entry)| entry.rank = rank);
    }

    /// Filters and sorts the rows, and keeps the selection on its session.
    fn arrange(&mut self) {
        self.rank();
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let mut rows = Vec::new();
        for (place, server) in self.servers.iter().enumerate() {
            let entries = server.sessions().iter().enumerate();
            let meant = entries.filter(|(_, entry)| is_meant(&words, &server.name, entry));
            rows.extend(meant.map(|(session, _)| (place, session)));
        }
        self.found = rows.len();
        let entry = |row: &(usize, usize)| (row.0, &self.servers[row.0].sessions()[row.1]);
        // Most sessions stay where they are, and a sort of what is nearly in order compares little.
        rows.sort_by_key(|row| entry(row).1.place);
        rows.sort_by(|one, two| self.sort.compare(entry(one), entry(two)));
        for (place, (server, session)) in rows.iter().enumerate() {
            self.servers[*server].session_mut(*session).place = place;
        }
        self.rows = match self.is_folded {
            false => rows.into_iter().map(|(server, session)| Row::Session(server, session)).collect(),
            true => self.fold(&rows),
        };
        self.is_unsettled = false;
        if let Some((id, row)) = self.selected {
            let now = self.rows.iter().position(|row| self.id(*row) == id);
            self.select(now.unwrap_or(row.min(self.rows.len().saturating_sub(1))));
        }
    }

    /// Puts a row before the sessions of each server, and leaves out the sessions of servers that are not open.
    fn fold(&self, sessions: &[(usize, usize)]) -> Vec<Row> {
        let mut of_server = vec![Vec::new(); self.servers.len()];
        for &(server, session) in sessions {
            of_server[server].push(Row::Session(server, session));
        }
        let is_filtered = !self.filter.is_empty();
        let groups = of_server.into_iter().enumerate().filter(|(_, rows)| !is_filtered || !rows.is_empty());
        groups
            .flat_map(|(server, rows)| {
                let found = rows.len();
                let shown = if self.opened.contains(&server) { rows } else { Vec::new() };
                [Row::Server(server, found)].into_iter().chain(shown)
            })
            .collect()
    }

    /// Returns the number of rows in the table.
    pub(super) fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// Returns the session in a row of the table.
    pub(super) fn row(&self, row: usize) -> Option<(&Server, &Entry)> {
        let &Row::Session(server, session) = self.rows.get(row)? else { return None };
        let server = &self.servers[server];
        Some((server, &server.sessions()[session]))
    }

    /// Returns the server in a row of the table, the number of its sessions that match the filter, and `true` if they are
    /// below.
    pub(super) fn server_row(&self, row: usize) -> Option<(&Server, usize, bool)> {
        let &Row::Server(server, found) = self.rows.get(row)? else { return None };
        Some((&self.servers[server], found, self.opened.contains(&server)))
    }

    /// Returns the server or the session that is selected.
    pub(super) fn selected(&self) -> Option<Selected<'_>> {
        let row = self.selected_row()?;
        let server = || self.server_row(row).map(|(server, ..)| Selected::Server(server));
        self.row(row).map(|(_, entry)| Selected::Session(entry)).or_else(server)
    }

    /// Returns the rows that fit into so many lines, with the selected one among them.
    pub(super) fn window(&mut self, lines: usize) -> std::ops::Range<usize> {
        let lines = lines.max(1);
        let furthest = self.rows.len().saturating_sub(lines);
        let (from, to) = match self.selected {
            Some((_, row)) => ((row + 1).saturating_sub(lines), row),
            None => (0, 0),
        };
        let first = self.window.0.clamp(from, to).min(furthest);
        self.window = (first, lines);
        first..(first + lines).min(self.rows.len())
    }

    /// Returns the servers that fit into so many lines, from the first one shown.
    pub(super) fn server_window(&mut self, lines: usize) -> std::ops::Range<usize> {
        let lines = lines.clamp(1, self.servers.len());
        let first = self.server_window.0.min(self.servers.len() - lines);
        self.server_window = (first, lines);
        first..first + lines
    }

    /// Returns those of so many lines of a panel that fit into its room.
    pub(super) fn panel_window(&mut self, lines: usize, room: usize) -> std::ops::Range<usize> {
        let room = room.clamp(1, lines.max(1));
        let first = self.panel_window.0.min(lines.saturating_sub(room));
        (self.panel_window, self.panel_lines) = ((first, room), lines);
        first..(first + room).min(lines)
    }

    /// Returns `true` if not all lines of the panel that is open are shown.
    pub(super) fn is_panel_scrolled(&self) -> bool {
        self.panel_window.1 < self.panel_lines
    }

    pub(super) fn selected_row(&self) -> Option<usize> {
        self.selected.map(|(_, row)| row)
    }

    /// Finds a session as it was last seen, even if its server no longer answers.
    pub(super) fn find(&self, id: u64) -> Option<(&Server, &Entry)> {
        self.servers.iter().find_map(|server| Some((server, server.seen(id)?)))
    }

    /// Returns the time since a server's last answer, if that is longer than expected.
    pub(super) fn silence(&self, server: &Server) -> Option<Duration> {
        if self.is_paused { None } else { server.silence(self.now, self.interval) }
    }

    pub(super) fn session_count(&self) -> usize {
        self.servers.iter().map(|server| server.sessions().len()).sum()
    }

    pub(super) fn rate(&self) -> Rate {
        self.servers.iter().map(Server::rate).sum()
    }
}

/// Returns `true` if each of the words is part of a name or an address of the session.
fn is_meant(words: &[String], server: &str, entry: &Entry) -> bool {
    if words.is_empty() {
        return true;
    }
    let session = entry.session();
    let texts = [
        format!("{}\\{}", session.domain, session.user),
        server.to_owned(),
        session.tunnel.clone(),
        session.address.map(|address| address.to_string()).unwrap_or_default(),
        session.ipv6.map(|address| address.to_string()).unwrap_or_default(),
        session.endpoint.map(|address| address.to_string()).unwrap_or_default(),
        session.computer.clone(),
    ];
    let texts = texts.map(|text| text.to_lowercase());
    words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
}

#[cfg(test)]
mod tests;
