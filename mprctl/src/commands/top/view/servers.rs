//! The servers: one line each, or one panel each if there is room.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Paragraph, Sparkline, Wrap};
use unicode_width::UnicodeWidthStr as _;

use super::text::{self, Side, Theme, age, fit, harmless, rate, rates};
use crate::commands::top::server::{Condition, Sample, Server};
use crate::commands::top::state::{Graphs, Mode, State};
use crate::output::Mood;
use crate::quantity;

/// The least width of a panel.
const PANEL_WIDTH: u16 = 38;
const PANEL_HEIGHT: u16 = 9;
/// The least height of a terminal on which panels leave enough room for the sessions.
const TALL: u16 = 34;

/// Below this height one server and the line of the rest leave just enough room for the sessions.
const SHORT: u16 = 13;

/// The form in which the servers are drawn, by their number and the room for them.
pub(super) enum Form {
    /// A panel for each, side by side.
    Panels,
    /// One line each for some servers, and one more that counts the rest, if there is a rest.
    Lines { shown: usize, rest: usize },
    /// One line each for these servers, and one that says which they are, while the user scrolls the servers.
    Window(Range<usize>),
}

/// The lines that the header, some sessions and the keys need while the user scrolls the servers.
const REST: u16 = 12;

impl Form {
    pub(super) fn of(state: &mut State, area: Rect) -> Form {
        let servers = state.servers.len();
        if area.height >= TALL && servers <= usize::from(area.width / PANEL_WIDTH) {
            return Form::Panels;
        }
        let lines = if area.height < SHORT { 2 } else { usize::from(area.height / 3) };
        if servers < lines {
            Form::Lines { shown: servers, rest: 0 }
        } else if state.mode == Mode::Servers {
            Form::Window(state.server_window(lines.max(area.height.saturating_sub(REST).into()) - 1))
        } else {
            Form::Lines { shown: lines - 1, rest: servers + 1 - lines }
        }
    }

    pub(super) fn height(&self) -> u16 {
        match self {
            Form::Panels => PANEL_HEIGHT,
            // A header, and the line of the rest.
            Form::Lines { shown, rest } => 1 + *shown as u16 + u16::from(*rest > 0),
            Form::Window(shown) => 2 + shown.len() as u16,
        }
    }

    /// Draws the servers, and returns their graphs.
    pub(super) fn draw(&self, frame: &mut Frame<'_>, state: &State, theme: Theme, area: Rect) -> Graphs {
        match self {
            Form::Panels => {
                let panels = Layout::horizontal(state.servers.iter().map(|_| Constraint::Fill(1))).spacing(1);
                let mut width = 0;
                for (server, area) in state.servers.iter().zip(panels.split(area).iter()) {
                    draw_panel(frame, state, server, theme, *area);
                    width = width.max(area.width.saturating_sub(2).into());
                }
                let servers = (0..state.servers.len()).collect();
                Graphs { servers, sessions: width, traffic: width, selected: 0 }
            }
            Form::Lines { shown, rest } => {
                let (servers, troubled) = self::shown(state, *shown, *rest);
                let more = match (rest, troubled) {
                    (0, _) => None,
                    (rest, 0) => Some(format!("   and {rest} more (Tab)")),
                    (rest, troubled) => {
                        Some(format!("   and {rest} more, {troubled} of them not answering (Tab)"))
                    }
                };
                draw_lines(frame, state, servers, more.as_deref(), theme, area)
            }
            Form::Window(shown) => {
                let (from, to, all) = (shown.start + 1, shown.end, state.servers.len());
                let place = format!("   {from} to {to} of {all} servers");
                draw_lines(frame, state, shown.clone().collect(), Some(&place), theme, area)
            }
        }
    }
}

/// Returns the trouble with a server, and its colour.
pub(super) fn trouble(state: &State, server: &Server) -> Option<(String, Mood)> {
    match &server.condition {
        Condition::Failed(failure) => Some((failure.sentence(), Mood::Bad)),
        condition => {
            let time = state.silence(server).map(quantity::duration);
            match (condition, time) {
                (_, Some(time)) => Some((format!("no answer for {time}"), Mood::Warn)),
                (Condition::Asked, None) => Some(("connecting …".to_owned(), Mood::Quiet)),
                _ => None,
            }
        }
    }
}

/// Returns the graph of the latest samples. Its scale is that of what is seen.
fn sparkline(
    server: &Server,
    theme: Theme,
    style: Style,
    width: u16,
    value: impl Fn(&Sample) -> u64,
) -> Sparkline<'static> {
    let latest = server.history.iter().take(width.into());
    text::sparkline(latest.map(|sample| sample.as_ref().map(&value)).collect(), theme, style)
}

fn draw_panel(frame: &mut Frame<'_>, state: &State, server: &Server, theme: Theme, area: Rect) {
    let trouble = trouble(state, server);
    let mood = trouble.as_ref().map_or(Mood::Good, |(_, mood)| *mood);
    let width = usize::from(area.width.saturating_sub(4));
    let mut name = harmless(&server.name);
    if name.width() > width {
        name = fit(&name, width, Side::Left);
    }
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(if mood == Mood::Good { theme.quiet() } else { theme.mood(mood) })
        .title(Line::from(vec![
            Span::raw(" "),
            Span::styled("● ", theme.mood(mood)),
            Span::styled(name, theme.bold()),
            Span::raw(" "),
        ]));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    if let Some((text, mood)) = trouble {
        let mut lines = vec![Line::styled(harmless(&text), theme.mood(mood))];
        if let Condition::Failed(failure) = &server.condition {
            lines.extend(
                failure.advice.iter().flat_map(|advice| advice.lines()).map(|line| Line::raw(harmless(line))),
            );
        }
        frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: true }), inner);
        return;
    }
    let [sessions, count, moved, rate] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(inner);
    let connected = quantity::count(server.sessions().len(), "session");
    let up = format!("up {}", age(server.up_for));
    let room = usize::from(inner.width).saturating_sub(connected.len());
    frame.render_widget(
        Line::from(vec![
            Span::styled(connected, theme.sessions()),
            Span::styled(fit(&up, room, Side::Right), theme.quiet()),
        ]),
        sessions,
    );
    let width = inner.width;
    let connected = sparkline(server, theme, theme.sessions(), width, |sample| sample.sessions as u64);
    frame.render_widget(connected, count);
    frame.render_widget(Line::from(rates(server.rate(), theme).to_vec()), moved);
    frame.render_widget(sparkline(server, theme, theme.traffic(), width, Sample::traffic), rate);
}

/// Returns the indexes of the servers to show, and the number of hidden servers in trouble. If all servers fit, they keep the order of
/// the command line; otherwise servers in trouble come first, then the busiest.
fn shown(state: &State, shown: usize, rest: usize) -> (Vec<usize>, usize) {
    let mut servers: Vec<usize> = (0..state.servers.len()).collect();
    let is_troubled = |server: usize| trouble(state, &state.servers[server]).is_some();
    if rest > 0 {
        let key = |server: usize| (is_troubled(server), state.servers[server].rate().both());
        servers.sort_by(|one, two| key(*two).partial_cmp(&key(*one)).unwrap_or(std::cmp::Ordering::Equal));
    }
    let hidden = servers.split_off(shown.min(servers.len()));
    (servers, hidden.into_iter().filter(|server| is_troubled(*server)).count())
}

/// Draws one line for each of the servers, and one below them about the others. Returns their graphs.
fn draw_lines(
    frame: &mut Frame<'_>,
    state: &State,
    servers: Vec<usize>,
    below: Option<&str>,
    theme: Theme,
    area: Rect,
) -> Graphs {
    let all = &state.servers;
    let widest = servers.iter().map(|server| harmless(&all[*server].name).width()).max().unwrap_or(0);
    let name = widest.clamp(6, 20) as u16;
    let has_room = area.width >= 72;
    let columns = Layout::horizontal([
        Constraint::Length(2),
        Constraint::Length(name),
        Constraint::Length(8),
        Constraint::Fill(if has_room { 1 } else { 0 }),
        Constraint::Length(9),
        Constraint::Length(9),
        Constraint::Fill(2),
    ])
    .spacing(1);
    let line = |row: u16| Rect { y: area.y + row, height: 1, ..area };
    // Once for all lines: it is the work of a solver.
    let columns: [Rect; 7] = columns.areas(line(0));
    let [_, names, counts, of_sessions, received, sent, moved] = columns;
    let (sessions, traffic) = (of_sessions.width, moved.width);
    for (text, side, area) in [
        ("Server", Side::Left, names),
        ("Sessions", Side::Right, counts),
        ("In/s", Side::Right, received),
        ("Out/s", Side::Right, sent),
        ("Traffic", Side::Left, moved),
    ] {
        if text.len() <= area.width.into() {
            frame.render_widget(Line::styled(fit(text, area.width.into(), side), theme.bold()), area);
        }
    }
    for (server, row) in servers.iter().map(|server| &all[*server]).zip(1..) {
        let [mark, name, count, counts, received, sent, moved] =
            columns.map(|column| Rect { y: line(row).y, ..column });
        let trouble = trouble(state, server);
        let mood = trouble.as_ref().map_or(Mood::Good, |(_, mood)| *mood);
        frame.render_widget(Line::styled(" ●", theme.mood(mood)), mark);
        frame.render_widget(Line::raw(fit(&server.name, name.width.into(), Side::Left)), name);
        if let Some((text, mood)) = trouble {
            let rest = Rect { width: area.right().saturating_sub(count.x), ..count };
            let text = fit(&text, rest.width.into(), Side::Left);
            frame.render_widget(Line::styled(text, theme.mood(mood)), rest);
            continue;
        }
        let number = |text: String, style: Style, area: Rect| {
            Line::styled(fit(&text, area.width.into(), Side::Right), style)
        };
        let rates = server.rate();
        frame.render_widget(number(server.sessions().len().to_string(), theme.sessions(), count), count);
        frame.render_widget(
            sparkline(server, theme, theme.sessions(), sessions, |sample| sample.sessions as u64),
            counts,
        );
        frame.render_widget(number(rate(rates.received), theme.received(), received), received);
        frame.render_widget(number(rate(rates.sent), theme.sent(), sent), sent);
        frame.render_widget(sparkline(server, theme, theme.traffic(), traffic, Sample::traffic), moved);
    }
    if let Some(text) = below {
        frame.render_widget(Line::styled(text, theme.quiet()), line(servers.len() as u16 + 1));
    }
    Graphs { servers, sessions: sessions.into(), traffic: traffic.into(), selected: 0 }
}
