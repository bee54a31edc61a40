//! The table of sessions.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr as _;

use super::servers::trouble;
use super::text::{Side, Theme, age, fit, harmless, rate};
use crate::commands::top::server::{Condition, Entry, Server};
use crate::commands::top::sort::By;
use crate::commands::top::state::State;
use crate::output::Mood;
use crate::quantity;

/// The space between two columns.
const GAP: usize = 2;
/// No narrower are the bars that show each session's part of the traffic, and no wider.
const BARS: (usize, usize) = (10, 40);

/// Most names fit; no text is made narrower while there is a column that can go.
const COMFORTABLE: usize = 16;

/// One thing that is told of each session.
struct Column {
    title: &'static str,
    /// The sort key of the column, if it has one.
    by: Option<By>,
    /// The less, the longer it stays when there is no room.
    rank: u8,
    side: Side,
    /// A text is no narrower and no wider; of numbers both are the same, so that they stand still.
    width: (usize, usize),
    text: fn(&Server, &Entry) -> String,
    style: fn(Theme, &Entry) -> Style,
}

impl Column {
    const fn new(
        title: &'static str,
        by: By,
        rank: u8,
        side: Side,
        width: (usize, usize),
        text: fn(&Server, &Entry) -> String,
    ) -> Column {
        Column { title, by: Some(by), rank, side, width, text, style: |_, _| Style::new() }
    }

    const fn unsorted(
        title: &'static str,
        rank: u8,
        width: (usize, usize),
        text: fn(&Server, &Entry) -> String,
    ) -> Column {
        Column { title, by: None, rank, side: Side::Left, width, text, style: |_, _| Style::new() }
    }

    const fn styled(self, style: fn(Theme, &Entry) -> Style) -> Column {
        Column { style, ..self }
    }
}

const COLUMNS: [Column; 12] = [
    Column::new("User", By::User, 0, Side::Left, (12, 28), |_, entry| entry.session().user.clone())
        .styled(|theme, _| theme.bold()),
    Column::unsorted("Domain", 8, (6, 15), |_, entry| entry.session().domain.clone()),
    Column::new("Server", By::Server, 2, Side::Left, (6, 20), |server, _| server.name.clone()),
    Column::new("Tunnel", By::Tunnel, 4, Side::Left, (6, 8), |_, entry| entry.session().tunnel.clone()),
    Column::new("Address", By::Address, 6, Side::Left, (7, 15), |_, entry| {
        entry.session().inside().map(|address| address.to_string()).unwrap_or_default()
    }),
    Column::unsorted("Calls from", 9, (10, 39), |_, entry| {
        entry.session().endpoint.map(|address| address.to_string()).unwrap_or_default()
    }),
    Column::unsorted("Computer", 10, (8, 15), |_, entry| entry.session().computer.clone()),
    Column::new("Connected", By::Time, 5, Side::Right, (11, 11), |_, entry| {
        age(entry.session().connected_for)
    }),
    Column::new("In/s", By::Received, 1, Side::Right, (7, 7), |_, entry| {
        entry.rate.map_or("–".to_owned(), |of| rate(of.received))
    })
    .styled(|theme, entry| moved(entry, theme.received(), theme, |of| of.received)),
    Column::new("Out/s", By::Sent, 1, Side::Right, (7, 7), |_, entry| {
        entry.rate.map_or("–".to_owned(), |of| rate(of.sent))
    })
    .styled(|theme, entry| moved(entry, theme.sent(), theme, |of| of.sent)),
    Column::new("Total", By::Total, 3, Side::Right, (7, 7), |_, entry| quantity::bytes(entry.total())),
    Column::new("Errors", By::Errors, 7, Side::Right, (7, 7), |_, entry| entry.counted.errors().to_string())
        .styled(|theme, entry| match entry.counted.errors() {
            0 => theme.quiet(),
            _ => theme.mood(Mood::Bad),
        }),
];

/// Returns the style of a rate: quiet if there is no traffic.
fn moved(
    entry: &Entry,
    style: Style,
    theme: Theme,
    of: fn(&crate::commands::top::server::Rate) -> f64,
) -> Style {
    if entry.rate.as_ref().is_some_and(|rate| of(rate) >= 1.0) { style } else { theme.quiet() }
}

/// The table, which remembers how wide its columns were, so that they stand still.
#[derive(Default)]
pub(super) struct Table {
    widths: [usize; COLUMNS.len()],
}

/// Columns that fit, with their widths, and the room that is left.
fn fitting(widths: &[usize], is_fleet: bool, width: usize) -> (Vec<(&'static Column, usize)>, usize) {
    let columns = COLUMNS.iter().zip(widths.iter().copied());
    let mut columns: Vec<(&Column, usize)> =
        columns.filter(|(column, _)| is_fleet || column.by != Some(By::Server)).collect();
    while !shorten_to(&mut columns, width) && columns.len() > 1 {
        let least = columns.iter().enumerate().max_by_key(|(_, (column, _))| column.rank);
        let least = least.map_or(0, |(place, _)| place);
        columns.remove(least);
    }
    let left = width.saturating_sub(taken(&columns));
    (columns, left)
}

fn taken(columns: &[(&Column, usize)]) -> usize {
    columns.iter().map(|(_, width)| width).sum::<usize>() + GAP * columns.len().saturating_sub(1)
}

/// Shortens texts, the widest first, as far as most names stay whole. Says whether the columns fit then; if not, they stay
/// as they are.
fn shorten_to(columns: &mut [(&Column, usize)], width: usize) -> bool {
    let Some(mut excess) = taken(columns).checked_sub(width) else { return true };
    let texts = |columns: &[(&Column, usize)]| {
        let texts = columns
            .iter()
            .enumerate()
            .filter(|(_, (column, width))| column.side == Side::Left && *width > COMFORTABLE);
        texts.max_by_key(|(_, (_, width))| *width).map(|(place, _)| place)
    };
    let mut tried = columns.to_vec();
    while excess > 0 {
        let Some(widest) = texts(&tried) else { return false };
        tried[widest].1 -= 1;
        excess -= 1;
    }
    columns.copy_from_slice(&tried);
    true
}

impl Table {
    pub(super) fn draw(&mut self, frame: &mut Frame<'_>, state: &mut State, theme: Theme, area: Rect) {
        let line = |row: u16| Rect { y: area.y + row, height: 1, ..area };
        let width = usize::from(area.width);
        let rows = state.window(usize::from(area.height.saturating_sub(2)));
        self.widen(state, rows.clone());
        let (columns, left) = fitting(&self.widths, state.is_fleet(), width);
        let bars = if left >= BARS.0 + GAP { (left - GAP).min(BARS.1) } else { 0 };
        draw_title(frame, state, &rows, theme, line(0));
        frame.render_widget(header(state, &columns, bars, theme), line(1));
        if rows.is_empty() {
            let is_up = |server: &Server| matches!(server.condition, Condition::Up);
            let text = match state.session_count() {
                0 if !state.servers.iter().any(is_up) => "No server has answered.",
                0 => "No sessions.",
                _ => "No session matches the filter; press Esc to show all.",
            };
            frame.render_widget(Line::styled(text, theme.quiet()), line(2));
        }
        let most = (0..state.row_count())
            .filter_map(|row| state.row(row)?.1.rate)
            .fold(0.0, |most: f64, rate| most.max(rate.both()));
        for (row, place) in rows.clone().zip(2..) {
            let is_selected = state.selected_row() == Some(row);
            if let Some(server) = state.server_row(row) {
                let row = server_line(state, server, &columns, theme, width);
                let row = if is_selected { row.style(theme.selected()) } else { row };
                frame.render_widget(row, line(place));
            }
            let Some((server, entry)) = state.row(row) else { continue };
            let mut spans = Vec::with_capacity(2 * columns.len() + 2);
            for (index, (column, width)) in columns.iter().enumerate() {
                let gap = if index == 0 { 0 } else { GAP };
                let text = fit(&(column.text)(server, entry), *width, column.side);
                // Reversed colours are hard to read.
                let style = if is_selected { Style::new() } else { (column.style)(theme, entry) };
                spans.extend([Span::raw(" ".repeat(gap)), Span::styled(text, style)]);
            }
            if bars > 0 {
                let part = entry.rate.map_or(0.0, |rate| if most > 0.0 { rate.both() / most } else { 0.0 });
                let style = if is_selected { Style::new() } else { theme.traffic() };
                spans.extend([Span::raw(" ".repeat(GAP)), Span::styled(bar(part, bars), style)]);
            }
            let mut row = Line::from(spans);
            if state.silence(server).is_some() {
                row = row.style(theme.quiet());
            }
            if is_selected {
                let room = width.saturating_sub(row.width());
                row.push_span(Span::raw(" ".repeat(room)));
                row = row.style(theme.selected());
            }
            frame.render_widget(row, line(place));
        }
    }

    /// Makes the columns as wide as these rows need. They never get narrower again.
    fn widen(&mut self, state: &State, rows: Range<usize>) {
        for (column, widest) in COLUMNS.iter().zip(&mut self.widths) {
            let (least, most) = column.width;
            let rows = if least < most { rows.clone() } else { 0..0 };
            let texts =
                rows.filter_map(|row| state.row(row).map(|(server, entry)| (column.text)(server, entry)));
            let width = texts.map(|text| text.width()).max().unwrap_or(0);
            *widest = width.clamp(least, most).max(*widest);
        }
    }
}

/// Returns the row of a server: the number of its sessions, and the sums of their rates in the columns of these. With a filter,
/// it tells how many sessions match it. A server in trouble has the trouble instead.
fn server_line(
    state: &State,
    (server, found, is_open): (&Server, usize, bool),
    columns: &[(&Column, usize)],
    theme: Theme,
    width: usize,
) -> Line<'static> {
    let name = format!("{} {}", if is_open { "▾" } else { "▸" }, server.name);
    if let Some((text, mood)) = trouble(state, server) {
        let name = fit(&name, name.width().min(width / 2), Side::Left);
        let room = width.saturating_sub(name.width() + GAP);
        let text = " ".repeat(GAP) + &fit(&text, room, Side::Left);
        return Line::from(vec![Span::styled(name, theme.bold()), Span::styled(text, theme.mood(mood))]);
    }
    let is_rate = |column: &Column| matches!(column.by, Some(By::Received | By::Sent));
    let before = columns.iter().take_while(|(column, _)| !is_rate(column)).count();
    let room = taken(&columns[..before]);
    let all = server.sessions().len();
    let of = |all: String| if state.filter.is_empty() { all } else { format!("{found} of {all}") };
    let mut sessions = of(quantity::count(all, "session"));
    if name.width() + sessions.width() + GAP > room {
        sessions = of(all.to_string());
    }
    let name = fit(&name, room.saturating_sub(sessions.width() + 1), Side::Left);
    let gap = room.saturating_sub(name.width() + sessions.width());
    let mut text = format!("{name}{}{sessions}", " ".repeat(gap));
    let sum = server.rate();
    for (column, width) in &columns[before..] {
        let rate = match column.by {
            Some(By::Received) => rate(sum.received),
            Some(By::Sent) => rate(sum.sent),
            _ => String::new(),
        };
        text += &" ".repeat(GAP);
        text += &fit(&rate, *width, Side::Right);
    }
    Line::styled(fit(&text, width, Side::Left), theme.bold())
}

/// Draws the title: the number of sessions, the range that is shown, and the order.
fn draw_title(frame: &mut Frame<'_>, state: &State, rows: &Range<usize>, theme: Theme, area: Rect) {
    let (shown, all) = (state.row_count(), state.session_count());
    let mut text = quantity::count(all, "session");
    if !state.filter.is_empty() {
        text = format!("{} of {text} with “{}”", state.found, harmless(&state.filter));
    }
    if state.is_folded {
        text += ", by server";
    }
    let way = if state.sort.is_descending { '▼' } else { '▲' };
    text = format!("{text}, by {} {way} ", state.sort.by.name());
    let part = match rows.len() < shown {
        true => format!(" {} to {}", rows.start + 1, rows.end),
        false => String::new(),
    };
    let rule = usize::from(area.width).saturating_sub(text.width() + part.len());
    frame.render_widget(
        Line::from(vec![
            Span::styled(text, theme.title()),
            Span::styled("─".repeat(rule) + &part, theme.quiet()),
        ]),
        area,
    );
}

fn header(state: &State, columns: &[(&Column, usize)], bars: usize, theme: Theme) -> Line<'static> {
    let mut spans = Vec::new();
    for (index, (column, width)) in columns.iter().enumerate() {
        let gap = if index == 0 { 0 } else { GAP };
        let is_sorted = column.by == Some(state.sort.by);
        let style = if is_sorted { theme.title() } else { theme.bold() };
        spans.extend([
            Span::raw(" ".repeat(gap)),
            Span::styled(fit(column.title, *width, column.side), style),
        ]);
    }
    if bars > 0 {
        let style = if state.sort.by == By::Traffic { theme.title() } else { theme.bold() };
        spans.extend([Span::raw(" ".repeat(GAP)), Span::styled(fit("Traffic", bars, Side::Left), style)]);
    }
    Line::from(spans)
}

/// Returns a bar of blocks. Any part above zero is visible.
fn bar(part: f64, width: usize) -> String {
    const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let eighths = (part.clamp(0.0, 1.0) * width as f64 * 8.0).ceil() as usize;
    let mut bar = "█".repeat(eighths / 8);
    if let Some(rest) = (eighths % 8).checked_sub(1) {
        bar.push(EIGHTHS[rest]);
    }
    bar
}
