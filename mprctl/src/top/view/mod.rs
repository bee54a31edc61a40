//! Draws the state, on any terminal.

mod panels;
mod servers;
mod sessions;
mod text;

use chrono::{DateTime, Local};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use self::text::{Theme, harmless, rates};
use super::state::{Mode, State};
use crate::output::Mood;
use crate::units;

/// Below this nothing useful fits.
const LEAST: (u16, u16) = (40, 10);

/// Draws everything. `time` is that of the clock on the wall.
pub(super) fn draw(frame: &mut Frame<'_>, state: &mut State, has_color: bool, time: DateTime<Local>) {
    let (theme, area) = (Theme { has_color }, frame.area());
    if area.width < LEAST.0 || area.height < LEAST.1 {
        let text = format!(
            "Too small for top: {}×{}.\nIt needs {}×{}.\nq quits.",
            area.width, area.height, LEAST.0, LEAST.1
        );
        frame.render_widget(Paragraph::new(text), area);
        return;
    }
    let servers = servers::Form::of(state, area);
    let [header, _, top, _, table, note, keys] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(u16::from(area.height > 15)),
        Constraint::Length(servers.height()),
        Constraint::Length(u16::from(area.height > 20)),
        Constraint::Min(3),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);
    draw_header(frame, state, theme, time, header);
    servers.draw(frame, state, theme, top);
    sessions::draw(frame, state, theme, table);
    draw_note(frame, state, theme, note);
    frame.render_widget(panels::keys(state, theme, keys.width), keys);
    match state.mode {
        Mode::List | Mode::Filter => {}
        Mode::Inspect(id) => panels::inspect(frame, state, id, theme),
        Mode::Ask(id) => panels::ask(frame, state, id, theme),
        Mode::Help => panels::help(frame, theme),
    }
}

fn draw_header(frame: &mut Frame<'_>, state: &State, theme: Theme, time: DateTime<Local>, area: Rect) {
    let mut right = Vec::new();
    if state.is_paused {
        right.extend([Span::styled("paused", theme.mood(Mood::Warn).patch(theme.bold())), Span::raw("  ")]);
    }
    if state.is_simulated {
        right.extend([Span::styled("simulated", theme.mood(Mood::Warn)), Span::raw("  ")]);
    }
    right.push(Span::raw(time.format("%H:%M:%S").to_string()));
    let right = Line::from(right);
    let mut left = vec![Span::styled("mprctl top", theme.title()), Span::raw("  ")];
    let counts = match &state.servers[..] {
        [_] => units::count(state.session_count(), "session"),
        servers => format!(
            "{}, {}",
            units::count(servers.len(), "server"),
            units::count(state.session_count(), "session")
        ),
    };
    left.extend([Span::raw(counts), Span::raw("  ")]);
    left.extend(rates(state.rate(), theme));
    let every = format!("  every {}", units::duration(state.interval));
    let has_room =
        |line: &Line<'_>, more: usize| line.width() + more + right.width() + 2 <= area.width.into();
    let mut left = Line::from(left);
    if has_room(&left, every.len()) {
        left.push_span(Span::styled(every, theme.quiet()));
    }
    let width = right.width() as u16;
    let [start, end] = Layout::horizontal([Constraint::Min(0), Constraint::Length(width)]).areas(area);
    frame.render_widget(left, start);
    frame.render_widget(right, end);
}

/// The filter while it is typed, or what came of the last deed.
fn draw_note(frame: &mut Frame<'_>, state: &State, theme: Theme, area: Rect) {
    if state.mode == Mode::Filter {
        let line = Line::from(vec![
            Span::styled("Filter: ", theme.bold()),
            Span::raw(harmless(&state.filter)),
            Span::styled(" ", theme.selected()),
        ]);
        frame.render_widget(line, area);
    } else if let Some(note) = state.note() {
        frame.render_widget(Line::styled(harmless(&note.text), theme.mood(note.mood)), area);
    }
}
