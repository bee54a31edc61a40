//! The output of `watch`: one line for each event, at once.

use std::io::Write;
use std::time::{Duration, Instant, SystemTime};

use anstyle::{AnsiColor, Effects, Style as Ansi};
use chrono::{DateTime, Local, SecondsFormat, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::callouts::DllCall;
use super::seen::Seen;
use super::sites::SiteState;
use super::watcher::{End, Happening};
use crate::commands::session::{Session, Started};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Column, Columns, Field as _, Format, Mood, Place, Row, ServerName, Style, Value};
use crate::quantity;
use crate::terminal::{self, visible};

/// The kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum What {
    /// The server answers, for the first time or again.
    Up,
    /// The server does not answer; mprctl keeps trying.
    Down,
    /// The server's service was restarted, which ended all sessions.
    Restarted,
    /// The session was connected before `watch` started (with `--all`).
    There,
    /// The session connected.
    Came,
    /// The session disconnected; its values are those of the last reading.
    Went,
    /// The link to another site was up before `watch` started (with `--all`).
    SiteThere,
    /// The link to another site came up.
    SiteUp,
    /// The link to another site went down; its values are those of the last reading.
    SiteDown,
    /// The state of the link to another site changed otherwise: it cannot be reached, was disabled, failed to connect …
    SiteChanged,
    /// An administration DLL of a simulated server refused a user, failed, or keeps the service from starting.
    AdminDll,
}

/// An event that `watch` prints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Event {
    /// The time of the event: RFC 3339, in UTC.
    pub(crate) time: String,
    /// The server.
    pub(crate) server: ServerName,
    /// The kind of the event.
    pub(crate) event: What,
    /// The session of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) session: Option<Session>,
    /// The link of the event; its `interface` is the name of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) site: Option<Session>,
    /// The number of users and devices that are connected to a server that is up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sessions: Option<u64>,
    /// The number of links to other sites that are up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sites: Option<u64>,
    /// The most sessions at a time since `watch` started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) peak: Option<u64>,
    /// The time when the user who connected was last seen before: RFC 3339, in UTC. Absent if `watch` has not seen the user,
    /// or if the user has another session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_seen: Option<String>,
    /// The time in which the session that ended moved no byte, in seconds, as far as it was watched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) silent_for: Option<u64>,
    /// The reason why the session ended, as far as it is known: `service restarted`, `while the server did not answer`, or `probably
    /// idle: …` if it moved no byte for as long as connections of its tunnel may. No server tells whether the user, an
    /// administrator, a limit or the line ended a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    /// The new state of a site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) site_state: Option<SiteState>,
    /// The reason why the server does not answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<Failure>,
    /// The call of an administration DLL, of a simulated server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) admin_dll: Option<DllCall>,
    #[serde(skip)]
    at: DateTime<Utc>,
}

/// The memory of `watch` about the session of an event.
#[derive(Default)]
pub(super) struct Memory {
    sessions: Option<u64>,
    peak: Option<u64>,
    last_seen: Option<DateTime<Utc>>,
    silent_for: Option<Duration>,
    /// The time without a byte after which the server ends connections of the session's tunnel, if that has gone by.
    idle_timeout: Option<Duration>,
    started: Option<SystemTime>,
}

impl Memory {
    pub(super) fn new(seen: &Seen, happening: &Happening, at: Instant) -> Memory {
        let counted = Memory {
            sessions: Some(seen.sessions as u64),
            peak: Some(seen.peak as u64),
            ..Memory::default()
        };
        match happening {
            Happening::Came(session) if session.is_client() => {
                Memory { last_seen: seen.last_seen(session), ..counted }
            }
            Happening::Went(session, end) if session.is_client() => Memory {
                silent_for: seen.silent_for(session, at),
                idle_timeout: if *end == End::Gone { seen.idle_timeout(session, at) } else { None },
                started: seen.started(session),
                ..counted
            },
            Happening::Up(..) => counted,
            _ => Memory::default(),
        }
    }
}

impl Event {
    /// Adds what is remembered.
    pub(super) fn with(mut self, memory: Memory) -> Event {
        let Memory { sessions, peak, last_seen, silent_for, idle_timeout, started } = memory;
        if let (Some(session), Some(started)) = (&mut self.session, started) {
            session.started = Started(started);
        }
        let last_seen = last_seen.map(|time| time.to_rfc3339_opts(SecondsFormat::Millis, true));
        let silent_for = silent_for.map(|time| time.as_secs());
        let idle = self.session.as_ref().zip(idle_timeout).map(|(session, time)| {
            let (tunnel, time) = (&session.tunnel, quantity::duration(time));
            format!("probably idle: {tunnel} connections end after {time} without a byte")
        });
        let reason = self.reason.take().or(idle);
        Event { sessions, peak, last_seen, silent_for, reason, ..self }
    }

    /// Makes the event of a site whose state has changed.
    pub(super) fn of_site(server: &str, state: SiteState) -> Event {
        Event { site_state: Some(state), ..Event::bare(server, What::SiteChanged) }
    }

    pub(crate) fn new(server: &str, happening: Happening) -> Event {
        let (mut sessions, mut sites, mut error) = (None, None, None);
        let (mut session, mut site) = (None, None);
        let mut reason = None;
        let mut place = |who: Session, of_client: What, of_site: What| {
            let (slot, what) = if who.is_client() { (&mut session, of_client) } else { (&mut site, of_site) };
            *slot = Some(who);
            what
        };
        let event = match happening {
            Happening::Up(clients, links) => {
                (sessions, sites) = (Some(clients as u64), Some(links as u64));
                What::Up
            }
            Happening::Down(failure) => {
                error = Some(failure);
                What::Down
            }
            Happening::Restarted => What::Restarted,
            Happening::There(who) => place(who, What::There, What::SiteThere),
            Happening::Came(who) => place(who, What::Came, What::SiteUp),
            Happening::Went(who, why) => {
                reason = match why {
                    End::WithService => Some("service restarted".to_owned()),
                    End::OutOfSight => Some("while the server did not answer".to_owned()),
                    End::Gone => None,
                };
                place(who, What::Went, What::SiteDown)
            }
        };
        let mut event = Event { reason, session, site, sessions, sites, error, ..Event::bare(server, event) };
        event.set_server(server);
        event
    }

    /// Makes the event of a call of an administration DLL.
    pub(super) fn of_call(server: &str, call: DllCall) -> Event {
        Event { admin_dll: Some(call), ..Event::bare(server, What::AdminDll) }
    }

    /// Makes an event of now that tells nothing more.
    fn bare(server: &str, event: What) -> Event {
        let at = Utc::now();
        Event {
            time: at.to_rfc3339_opts(SecondsFormat::Millis, true),
            server: ServerName(server.to_owned()),
            event,
            session: None,
            site: None,
            sessions: None,
            sites: None,
            peak: None,
            last_seen: None,
            silent_for: None,
            reason: None,
            site_state: None,
            error: None,
            admin_dll: None,
            at,
        }
    }

    fn word(&self) -> (&'static str, Mood) {
        match self.event {
            What::Up => ("up", Mood::Quiet),
            What::Down => ("down", Mood::Bad),
            What::Restarted => ("restarted", Mood::Warn),
            What::There => ("there", Mood::Quiet),
            What::Came => ("came", Mood::Good),
            What::Went => ("went", Mood::Warn),
            What::SiteThere => ("site there", Mood::Quiet),
            What::SiteUp => ("site up", Mood::Good),
            What::SiteDown => ("site down", Mood::Bad),
            What::SiteChanged => ("site", Mood::Warn),
            What::AdminDll => ("admin dll", Mood::Bad),
        }
    }

    /// Returns the session or the link of the event.
    fn connection(&self) -> Option<&Session> {
        self.session.as_ref().or(self.site.as_ref())
    }
}

/// Written by hand: JSON has a session or site as an object, and CSV has its columns among those of the event.
impl Columns for Event {
    const COLUMNS: &'static [Column] = &Column::numbered([
        Column::new("time", "Time", Place::Always),
        Column::new("server", "Server", Place::Fleet),
        Column::new("event", "Event", Place::Always),
        Column::of::<Session>("user"),
        Column::of::<Session>("domain"),
        Column::of::<Session>("address"),
        Column::of::<Session>("ipv6"),
        Column::of::<Session>("tunnel"),
        Column::of::<Session>("port"),
        Column::of::<Session>("handle"),
        Column::of::<Session>("computer"),
        Column::of::<Session>("endpoint"),
        Column::of::<Session>("connected_for"),
        Column::of::<Session>("bytes_in"),
        Column::of::<Session>("bytes_out"),
        Column::new("sessions", "Sessions", Place::Asked),
        Column::new("error", "Why", Place::Asked),
        Column::of::<Session>("type"),
        Column::new("site", "Site", Place::Asked),
        Column::new("sites", "Sites", Place::Asked),
        Column::new("admin_dll", "Administration DLL", Place::Asked),
        Column::new("peak", "Peak", Place::Asked),
        Column::new("last_seen", "Last seen", Place::Asked),
        Column::new("silent_for", "Silent for", Place::Asked),
        Column::new("reason", "Reason", Place::Asked),
        Column::of::<Session>("account"),
        Column::of::<Session>("started"),
        Column::of::<Session>("quarantine"),
        Column::new("site_state", "State of the site", Place::Asked),
    ]);

    fn cell(&self, index: usize) -> Value<'_> {
        match Event::COLUMNS[index].name {
            "time" => self.time.value(),
            "server" => self.server.value(),
            "event" => {
                let (word, mood) = self.word();
                Value::State(word.into(), mood)
            }
            // The account of a link is no user.
            "user" if self.session.is_none() => Value::Nothing,
            "sessions" => self.sessions.value(),
            "sites" => self.sites.value(),
            "site" => match (&self.site, &self.site_state) {
                (Some(site), _) => Value::owned(site.site()),
                (None, Some(state)) => Value::text(&state.name),
                (None, None) => Value::Nothing,
            },
            "peak" => self.peak.value(),
            "last_seen" => self.last_seen.value(),
            "silent_for" => self.silent_for.value(),
            "reason" => self.reason.value(),
            "site_state" => Value::maybe(self.site_state.as_ref(), |state| Value::owned(state.sentence())),
            "admin_dll" => Value::maybe(self.admin_dll.as_ref(), |call| Value::owned(call.sentence())),
            "error" => Value::maybe(self.error.as_ref(), |error| Value::text(&error.message)),
            name => Value::maybe(self.connection(), |connection| {
                let column = Session::COLUMNS.iter().find(|column| column.name == name);
                Value::maybe(column, |column| column.value(connection))
            }),
        }
    }

    fn set_server(&mut self, server: &str) {
        self.server.set_server(server);
        self.session.set_server(server);
        self.site.set_server(server);
        self.error.set_server(server);
    }
}

impl Row for Event {
    const KIND: &'static str = "event";
}

/// A printer of events.
pub(super) struct Printer<W> {
    out: W,
    style: Style,
    /// The width of the column of servers; 0 if there is one server only.
    servers: usize,
    line: Vec<u8>,
    /// `true` if the output goes to a terminal, which text from servers must not control.
    is_shown: bool,
}

impl<W: Write> Printer<W> {
    pub(super) fn new(context: &Context, out: W) -> Printer<W> {
        let widths = context.targets.iter().map(|target| visible(target.label()).width());
        let servers = if context.is_fleet() { widths.max().unwrap_or(0) } else { 0 };
        Printer {
            out,
            style: context.style,
            servers,
            line: Vec::new(),
            is_shown: terminal::is_output_shown(),
        }
    }

    /// Prints the header of CSV.
    pub(super) fn begin(&mut self) -> Result<(), Failure> {
        if self.style.format == Format::Csv {
            self.write_csv(Event::COLUMNS.iter().map(|column| column.name.to_owned()))?;
        }
        self.flush()
    }

    pub(super) fn print(&mut self, event: Event) -> Result<(), Failure> {
        let is_shown = self.is_shown;
        match self.style.format {
            Format::Table | Format::Wide => {
                let text = self.text(&event);
                self.line.extend_from_slice(text.as_bytes());
            }
            Format::Json | Format::Yaml | Format::Ndjson => {
                serde_json::to_writer(&mut self.line, &event).map_err(std::io::Error::from)?;
                self.line.push(b'\n');
            }
            Format::Csv => self.write_csv(Event::COLUMNS.iter().map(|column| {
                let mut text = String::new();
                column.value(&event).write_csv(&mut text);
                if is_shown { visible(&text).into_owned() } else { text }
            }))?,
        }
        self.flush()
    }

    fn write_csv(&mut self, cells: impl Iterator<Item = String>) -> Result<(), Failure> {
        let mut csv = csv::Writer::from_writer(&mut self.line);
        csv.write_record(cells.map(String::into_bytes)).map_err(std::io::Error::from)?;
        Ok(csv.flush()?)
    }

    /// Writes the line out at once.
    fn flush(&mut self) -> Result<(), Failure> {
        self.out.write_all(&self.line)?;
        self.line.clear();
        Ok(self.out.flush()?)
    }

    /// Formats a line for people, in local time.
    fn text(&self, event: &Event) -> String {
        let (word, mood) = event.word();
        let look = match mood {
            Mood::Good => AnsiColor::Green.on_default(),
            Mood::Warn => AnsiColor::Yellow.on_default(),
            Mood::Bad => AnsiColor::Red.on_default(),
            Mood::Quiet => Ansi::new().effects(Effects::DIMMED),
        };
        let paint = |text: &str, look: Ansi| {
            if self.style.color { format!("{look}{text}{look:#}") } else { text.to_owned() }
        };
        let mut line = event.at.with_timezone(&Local).format("%H:%M:%S  ").to_string();
        if self.servers > 0 {
            let server = visible(&event.server.0);
            let room = self.servers - server.width().min(self.servers);
            line = format!("{line}{server}{:room$}  ", "");
        }
        let room = "there".len().saturating_sub(word.len());
        line = format!("{line}{}{:room$}  ", paint(word, look), "");
        line + &match event.connection() {
            Some(session) => who(session, event, |text| paint(text, Ansi::new().bold())),
            None => self.what(event),
        } + "\n"
    }

    fn what(&self, event: &Event) -> String {
        if let Some(call) = &event.admin_dll {
            return visible(&call.sentence()).into_owned();
        }
        if let Some(state) = &event.site_state {
            return visible(&format!("{}: {}", state.name, state.sentence())).into_owned();
        }
        match (&event.error, event.sessions) {
            (Some(failure), _) => visible(&failure.sentence()).into_owned(),
            (None, Some(count)) => {
                let sessions = quantity::count(count as usize, "session");
                match event.sites.unwrap_or_default() {
                    0 => format!("{sessions} connected"),
                    sites => format!("{sessions} and {} connected", quantity::count(sites as usize, "site")),
                }
            }
            (None, None) => "the service was restarted".to_owned(),
        }
    }
}

/// A silence of this many seconds before the end of a session is told to people.
const LONG_SILENCE: u64 = 60;

/// Describes the user or site of an event: for a connect its origin, for a disconnect its duration and traffic.
fn who(session: &Session, event: &Event, paint: impl Fn(&str) -> String) -> String {
    let name = if session.is_client() { session.owner() } else { session.site() };
    let name = visible(&name);
    let room = 20_usize.saturating_sub(name.width());
    let address = session.inside().map(|address| address.to_string()).unwrap_or_default();
    let tunnel = visible(&session.tunnel);
    let mut text = format!("{}{:room$}  {address:15}  {tunnel:6}", paint(&name), "");
    match (event.event, &session.endpoint) {
        (What::Went | What::SiteDown, _) => {
            text += &format!(
                "  after {}, in {}, out {}",
                quantity::duration(session.connected_for),
                quantity::bytes(session.bytes_in),
                quantity::bytes(session.bytes_out)
            );
            if let Some(silent) = event.silent_for.filter(|seconds| *seconds >= LONG_SILENCE) {
                text += &format!(", silent for {}", quantity::duration(Duration::from_secs(silent)));
            }
            if let Some(reason) = &event.reason {
                text += &format!(", {reason}");
            }
        }
        (_, Some(endpoint)) => text += &format!("  from {endpoint}"),
        (_, None) => {}
    }
    if let Some(time) = &event.last_seen {
        text += &format!(", last seen {time}");
    }
    text.trim_end().to_owned()
}
