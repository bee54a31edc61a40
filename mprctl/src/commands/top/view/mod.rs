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
use ratatui::widgets::{Paragraph, RenderDirection, Sparkline, Wrap};
use unicode_width::UnicodeWidthStr as _;

use self::text::{Theme, harmless, rates};
use super::server::Condition;
use super::state::{Mode, State};
use crate::output::Mood;
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
}

impl View {
    pub(super) fn new(has_color: bool) -> View {
        View { theme: Theme { has_color }, table: sessions::Table::default() }
    }

    /// Draws everything. `time` is that of the clock on the wall.
    pub(super) fn draw(&mut self, frame: &mut Frame<'_>, state: &mut State, time: DateTime<Local>) {
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
            return;
        }
        let servers = servers::Form::of(state, area);
        let is_graphed = state.selected_session().is_some() && area.height >= GRAPHED;
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
        servers.draw(frame, state, theme, top);
        self.table.draw(frame, state, theme, table);
        if is_graphed {
            draw_graph(frame, state, theme, graph);
        }
        draw_note(frame, state, theme, note);
        frame.render_widget(panels::keys(state, theme, keys.width), keys);
        match state.mode {
            Mode::List | Mode::Filter | Mode::Servers => {}
            Mode::Inspect(id) => panels::inspect(frame, state, id, theme),
            Mode::Ask(id) => {
                panels::ask(frame, state, id, theme);
                state.see_question(id);
            }
            Mode::Help => panels::help(frame, theme),
        }
        // The door of what is drawn: each cell is a name's letter or ours.
        for cell in &mut frame.buffer_mut().content {
            if let Cow::Owned(shown) = visible(cell.symbol()) {
                cell.set_symbol(&shown);
            }
        }
    }
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
    right.push(Span::raw(time.format("  %H:%M:%S").to_string()));
    right.push(Span::styled(format!("  every {}", quantity::duration(state.interval)), theme.quiet()));
    let mut left = Line::from(left);
    if left.width() > area.width.into() {
        left.spans.remove(0);
    }
    let room = usize::from(area.width).saturating_sub(left.width());
    while right.iter().map(Span::width).sum::<usize>() > room {
        right.pop();
    }
    frame.render_widget(left, area);
    frame.render_widget(Line::from(right).alignment(Alignment::Right), area);
}

/// Draws the traffic of the session that is selected, latest at the right.
fn draw_graph(frame: &mut Frame<'_>, state: &State, theme: Theme, area: Rect) {
    let Some((_, entry)) = state.selected_session() else { return };
    let [title, bars] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let most = entry.rates.iter().take(bars.width.into()).max().copied().unwrap_or(0);
    let name = harmless(&entry.session().label());
    let text = format!("Traffic of {name}, at most {}/s ", text::rate(most as f64));
    let rule = usize::from(title.width).saturating_sub(text.width());
    frame.render_widget(
        Line::from(vec![Span::styled(text, theme.title()), Span::styled("─".repeat(rule), theme.quiet())]),
        title,
    );
    let graph = Sparkline::default().data(entry.rates.iter().copied()).style(theme.traffic());
    frame.render_widget(graph.direction(RenderDirection::RightToLeft), bars);
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
mod tests;
