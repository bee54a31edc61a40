//! Draws the state, on any terminal.

mod panels;
mod servers;
mod sessions;
mod text;

use std::borrow::Cow;

use chrono::{DateTime, Local};
use ratatui::Frame;
use ratatui::layout::{Alignment, Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};
use unicode_width::UnicodeWidthStr as _;

use self::text::{Theme, harmless, rates};
use super::server::{Condition, Sample};
use super::state::{Graphs, Mode, Selected, State};
use crate::output::{Mood, shorten};
use crate::quantity;
use crate::terminal::visible;

/// The least height of a terminal on which the graph of a session leaves enough room for the others.
const GRAPHED: u16 = 20;

/// Below this nothing useful fits.
const LEAST: (u16, u16) = (40, 10);

/// The view: draws frames, and remembers widths from earlier frames.
pub(super) struct View {
    theme: Theme,
    table: sessions::Table,
    /// The texts of the last frame that change by themselves.
    ticks: String,
}

impl View {
    pub(super) fn new(has_color: bool) -> View {
        View { theme: Theme { has_color }, table: sessions::Table::default(), ticks: String::new() }
    }

    /// Returns `true` if a frame would differ from the last one.
    pub(super) fn is_due(&self, state: &State, time: DateTime<Local>) -> bool {
        state.is_stale() || self.ticks != ticks(state, time)
    }

    /// Draws everything. `time` is that of the clock on the wall.
    pub(super) fn draw(&mut self, frame: &mut Frame<'_>, state: &mut State, time: DateTime<Local>) {
        let graphs = self.draw_all(frame, state, time);
        state.drawn(graphs);
        self.ticks = ticks(state, time);
    }

    fn draw_all(&mut self, frame: &mut Frame<'_>, state: &mut State, time: DateTime<Local>) -> Graphs {
        let (theme, area) = (self.theme, frame.area());
        state.settle();
        if area.width < LEAST.0 || area.height < LEAST.1 {
            let text = format!(
                "Too small for top: {}×{}.\nIt needs {}×{}.\nq quits.",
                area.width, area.height, LEAST.0, LEAST.1
            );
            frame.render_widget(Paragraph::new(text), area);
            // Whatever was open cannot be read.
            state.mode = Mode::List;
            return Graphs::default();
        }
        let servers = servers::Form::of(state, area);
        let is_graphed = state.selected_row().is_some() && area.height >= GRAPHED;
        let [header, _, top, _, table, graph, note, keys] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(u16::from(area.height > 15)),
            Constraint::Length(servers.height()),
            Constraint::Length(u16::from(area.height > 20)),
            Constraint::Min(3),
            Constraint::Length(if is_graphed { 3 } else { 0 }),
            Constraint::Length(note_height(state, area.width)),
            Constraint::Length(1),
        ])
        .areas(area);
        draw_header(frame, state, theme, time, header);
        let mut graphs = servers.draw(frame, state, theme, top);
        self.table.draw(frame, state, theme, table);
        if is_graphed {
            draw_graph(frame, state, theme, graph);
            graphs.selected = graph.width.into();
        }
        draw_note(frame, state, theme, note);
        match state.mode {
            Mode::List | Mode::Filter | Mode::Servers => {}
            Mode::Inspect(id) => panels::inspect(frame, state, id, theme),
            Mode::Ask(id) => {
                panels::ask(frame, state, id, theme);
                state.see_question(id);
            }
            Mode::Help => panels::help(frame, state, theme),
        }
        frame.render_widget(panels::keys(state, theme, keys.width), keys);
        // The door of what is drawn: each cell is a name's letter or ours.
        for cell in &mut frame.buffer_mut().content {
            if let Cow::Owned(shown) = visible(cell.symbol()) {
                cell.set_symbol(&shown);
            }
        }
        graphs
    }
}

/// Returns the texts that change by themselves: the clock, with which all ages are drawn again, how long servers have been
/// silent, and the age of the session whose details are open.
fn ticks(state: &State, time: DateTime<Local>) -> String {
    let mut ticks = clock(time);
    for (index, server) in state.servers.iter().enumerate() {
        let Some(silence) = state.silence(server) else { continue };
        ticks += &format!(" {index}");
        // Of the others it only counts that they are silent.
        if state.graphs.servers.contains(&index) {
            ticks += &format!(" {}", quantity::duration(silence));
        }
    }
    if let Mode::Inspect(id) = state.mode
        && let Some((_, entry)) = state.find(id)
    {
        ticks += &quantity::duration(entry.session().connected_for);
    }
    ticks
}

/// Formats the time of day. Without seconds, since a clock that ticks would be all that changes on a quiet screen.
fn clock(time: DateTime<Local>) -> String {
    time.format("  %H:%M").to_string()
}

fn draw_header(frame: &mut Frame<'_>, state: &State, theme: Theme, time: DateTime<Local>, area: Rect) {
    let mut left = vec![Span::styled("mprctl top", theme.title())];
    let failed =
        state.servers.iter().filter(|server| matches!(server.condition, Condition::Failed(_))).count();
    match (state.servers.len(), failed) {
        (1, _) => {}
        (all, 0) => left.push(Span::raw(format!("  {all} servers"))),
        (all, failed) => {
            let text = format!("  {failed} of {all} servers fail");
            left.push(Span::styled(text, theme.mood(Mood::Bad)));
        }
    }
    left.push(Span::raw("  "));
    left.extend(rates(state.rate(), theme));
    // What may be missing, the least of it last.
    let mut right = Vec::new();
    if state.is_paused {
        right.push(Span::styled("  paused", theme.mood(Mood::Warn).patch(theme.bold())));
    }
    if state.is_simulated {
        right.push(Span::styled("  simulated", theme.mood(Mood::Warn)));
    }
    right.push(Span::raw(clock(time)));
    right.push(Span::styled(format!("  every {}", quantity::duration(state.interval)), theme.quiet()));
    let mut left = Line::from(left);
    // The rates are the last to go, and that it is paused stays.
    let paused = if state.is_paused { right[0].width() } else { 0 };
    while left.width() + paused > area.width.into() && left.spans.len() > 1 {
        left.spans.remove(0);
    }
    let room = usize::from(area.width).saturating_sub(left.width());
    while right.iter().map(Span::width).sum::<usize>() > room {
        right.pop();
    }
    frame.render_widget(left, area);
    frame.render_widget(Line::from(right).alignment(Alignment::Right), area);
}

/// Draws the traffic of the session or the server that is selected, latest at the right.
fn draw_graph(frame: &mut Frame<'_>, state: &State, theme: Theme, area: Rect) {
    let [title, bars] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let width = usize::from(bars.width);
    let (name, rates): (String, Vec<Option<u64>>) = match state.selected() {
        None => return,
        Some(Selected::Session(entry)) => {
            (entry.session().label(), entry.rates.iter().copied().map(Some).take(width).collect())
        }
        Some(Selected::Server(server)) => {
            let samples = server.history.iter().map(|sample| sample.as_ref().map(Sample::traffic));
            (server.name.clone(), samples.take(width).collect())
        }
    };
    let (mut name, most) = (harmless(&name), rates.iter().flatten().max().copied().unwrap_or(0));
    let text = |name: &str| format!("Traffic of {name}, at most {}/s ", text::rate(most as f64));
    let room = usize::from(title.width).saturating_sub(text("").width());
    if name.width() > room {
        name = shorten(&name, room);
    }
    let text = text(&name);
    let rule = usize::from(title.width).saturating_sub(text.width());
    frame.render_widget(
        Line::from(vec![Span::styled(text, theme.title()), Span::styled("─".repeat(rule), theme.quiet())]),
        title,
    );
    frame.render_widget(text::sparkline(rates, theme, theme.traffic()), bars);
}

/// A reason may be long, and a line is kept for what is not there yet.
fn note_height(state: &State, width: u16) -> u16 {
    let text = state.note().filter(|_| state.mode != Mode::Filter).map_or(0, |note| note.text.width());
    // Words are not cut, so some of the room is lost.
    let lines = (text + text / 10).div_ceil(width.into());
    lines.clamp(1, 4) as u16
}

/// The filter while it is typed, or the result of the last operation.
fn draw_note(frame: &mut Frame<'_>, state: &State, theme: Theme, area: Rect) {
    if state.mode == Mode::Filter {
        let title = Span::styled("Filter: ", theme.bold());
        // The end of a long filter is shown, where the user types.
        let mut filter = harmless(&state.filter);
        while filter.width() + title.width() + 1 > area.width.into() {
            filter.remove(0);
        }
        let cursor = Span::styled(" ", theme.selected());
        frame.render_widget(Line::from(vec![title, Span::raw(filter), cursor]), area);
    } else if let Some(note) = state.note() {
        let text = Paragraph::new(harmless(&note.text)).style(theme.mood(note.mood));
        frame.render_widget(text.wrap(Wrap { trim: true }), area);
    }
}

#[cfg(test)]
mod picture;
#[cfg(test)]
mod tests;
