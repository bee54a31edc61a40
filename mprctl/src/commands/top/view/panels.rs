//! The panels that open over the table, and the line of keys below it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph, Wrap};
use unicode_width::UnicodeWidthStr as _;

use super::text::{Side, Theme, fit, harmless, rate};
use crate::commands::session::SessionDetails;
use crate::commands::top::state::{Mode, State};
use crate::output::{Columns as _, Mood, wrap};

/// Returns the line of the keys that do something now. If there is too little room, the last ones are left out.
pub(super) fn keys(state: &State, theme: Theme, width: u16) -> Line<'static> {
    let enter = match state.selected_row().and_then(|row| state.server_row(row)) {
        None => "inspect",
        Some((.., true)) => "close",
        Some((.., false)) => "open",
    };
    let keys: &[(&str, &str)] = match state.mode {
        Mode::List => &[
            ("↑↓", "select"),
            ("Enter", enter),
            ("d", "disconnect"),
            ("/", "filter"),
            ("s", "sort"),
            ("?", "help"),
            ("q", "quit"),
            ("p", if state.is_paused { "resume" } else { "pause" }),
            ("+-", "interval"),
            ("Tab", "servers"),
            ("t", if state.is_folded { "unfold" } else { "fold" }),
        ],
        Mode::Filter => &[("Enter", "keep"), ("Esc", "show all"), ("↑↓", "select"), ("Ctrl-U", "clear")],
        Mode::Servers => {
            &[("↑↓ PgUp PgDn", "scroll the servers"), ("Tab", "back to the sessions"), ("q", "quit")]
        }
        Mode::Inspect(_) if state.is_panel_scrolled() => {
            &[("Esc", "close"), ("PgUp PgDn", "scroll"), ("↑↓", "next session"), ("d", "disconnect")]
        }
        Mode::Inspect(_) => &[("Esc", "close"), ("↑↓", "next session"), ("d", "disconnect")],
        Mode::Ask(_) => &[("y", "disconnect"), ("n", "cancel")],
        Mode::Help if state.is_panel_scrolled() => &[("↑↓", "scroll"), ("any other key", "close")],
        Mode::Help => &[("any key", "close")],
    };
    let mut line = Line::default();
    for (key, does) in keys {
        let gap = if line.spans.is_empty() { "" } else { "   " };
        if line.width() + gap.len() + key.width() + does.width() + 1 > width.into() {
            break;
        }
        line.push_span(Span::raw(gap));
        line.push_span(Span::styled(*key, theme.title()));
        line.push_span(Span::raw(format!(" {does}")));
    }
    line
}

/// The lines that a panel cannot have: its edges, and that of the keys below it.
const AROUND: u16 = 3;

/// Draws the frame of a panel in the middle, above the keys, and returns the area inside it.
fn open(
    frame: &mut Frame<'_>,
    title: Line<'_>,
    below: Line<'_>,
    theme: Theme,
    width: u16,
    lines: usize,
) -> Rect {
    let all = frame.area();
    let room = all.height.saturating_sub(AROUND);
    let (width, height) = (width.min(all.width), 2 + room.min(lines as u16));
    let y = ((all.height - height) / 2).min(room + 2 - height);
    let area = Rect { x: (all.width - width) / 2, y, width, height };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.title())
        .title(title)
        .title_bottom(below.right_aligned());
    let inner = block.inner(area);
    frame.render_widget(Clear, area);
    // A wide letter that the panel cuts in two would hide its edge.
    if let Some(before) = area.x.checked_sub(1) {
        for y in area.top()..area.bottom() {
            let cell = &mut frame.buffer_mut()[(before, y)];
            if cell.symbol().width() > 1 {
                cell.set_symbol(" ");
            }
        }
    }
    frame.render_widget(block, area);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// Draws a panel of lines. If not all of them fit, keys scroll them, and its lower edge tells where they are.
fn scroll(
    frame: &mut Frame<'_>,
    state: &mut State,
    title: Line<'_>,
    theme: Theme,
    width: u16,
    mut lines: Vec<Line<'_>>,
) {
    let (all, room) = (lines.len(), frame.area().height.saturating_sub(AROUND));
    let shown = state.panel_window(all, room.into());
    let below = match shown.len() < all {
        true => Line::styled(format!(" {} to {} of {all} ", shown.start + 1, shown.end), theme.quiet()),
        false => Line::default(),
    };
    let area = open(frame, title, below, theme, width, all);
    frame.render_widget(Paragraph::new(lines.drain(shown).collect::<Vec<_>>()), area);
}

/// Returns `true` for columns that are in the panel otherwise: the name says what the account is, and the time for which it
/// is connected since when.
fn is_told_otherwise(column: &str) -> bool {
    matches!(column, "server" | "account" | "started")
}

/// Draws the panel with all details of a session.
pub(super) fn inspect(frame: &mut Frame<'_>, state: &mut State, id: u64, theme: Theme) {
    let Some((server, entry)) = state.find(id) else { return };
    let session = entry.session();
    let mut lines: Vec<(&str, String)> = vec![("Server", server.name.clone())];
    for column in SessionDetails::COLUMNS.iter().filter(|column| !is_told_otherwise(column.name)) {
        let mut text = String::new();
        column.value(&entry.counted.details).write_short(&mut text);
        let now = match column.name {
            "bytes_in" => entry.rate.map(|of| of.received),
            "bytes_out" => entry.rate.map(|of| of.sent),
            _ => None,
        };
        if let Some(now) = now {
            text = format!("{text}, now {}/s", rate(now));
        }
        if !text.is_empty() {
            lines.push((column.title, text));
        }
    }
    let name = match session.domain.as_str() {
        "" => session.user.clone(),
        domain => format!("{domain}\\{}", session.user),
    };
    let name = harmless(&name);
    let room = frame.area().height.saturating_sub(AROUND);
    // If not all lines fit, leave out the name: the title has it.
    if lines.len() > room.into() {
        lines.retain(|(title, _)| !matches!(*title, "User" | "Domain"));
    }
    let titles = lines.iter().map(|(title, _)| title.width()).max().unwrap_or(0);
    let texts = lines.iter().map(|(_, text)| text.width()).max().unwrap_or(0);
    let width = (titles + texts + 6).clamp(44, 100) as u16;
    let title = Line::styled(format!(" {name} "), theme.bold());
    let width = width.min(frame.area().width);
    let room = usize::from(width).saturating_sub(titles + 6);
    let lines = lines.into_iter().map(|(title, text)| {
        Line::from(vec![
            Span::styled(fit(title, titles + 2, Side::Left), theme.quiet()),
            Span::raw(fit(&text, room, Side::Left)),
        ])
    });
    scroll(frame, state, title, theme, width, lines.collect());
}

/// Draws the question whether to disconnect a session.
pub(super) fn ask(frame: &mut Frame<'_>, state: &State, id: u64, theme: Theme) {
    let Some((server, entry)) = state.find(id) else { return };
    let label = harmless(&entry.session().label());
    let mut lines = vec![Line::from(vec![
        Span::raw("Disconnect "),
        Span::styled(label, theme.bold()),
        Span::raw(" on "),
        Span::styled(harmless(&server.name), theme.bold()),
        Span::raw("?"),
    ])];
    lines.extend([
        Line::default(),
        Line::from(vec![
            Span::styled(" y ", theme.key()),
            Span::raw(" disconnect    "),
            Span::styled(" n ", theme.key()),
            Span::raw(" cancel"),
        ]),
    ]);
    let widest = lines.iter().map(Line::width).max().unwrap_or(0);
    let width = (widest + 4).min(frame.area().width.into()) as u16;
    let needed = widest.div_ceil(usize::from(width.saturating_sub(4)).max(1)) + 2;
    let title = Line::styled(" Disconnect ", theme.mood(Mood::Warn).patch(theme.bold()));
    let area = open(frame, title, Line::default(), theme, width, needed);
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: true }), area);
}

const HELP: [(&str, &str); 18] = [
    ("↑ ↓ PgUp PgDn Home End", "select a session (or j k g G, Space b)"),
    ("Enter i", "show all details of the session"),
    ("d Del F9", "disconnect it (asks first)"),
    ("/ F3 F4", "filter by user, server, address, tunnel …"),
    ("s S < > F6", "sort by the next or previous column"),
    ("P M T", "sort by traffic, by total, by time"),
    ("r I", "reverse the order"),
    ("p Z", "pause: stop refreshing"),
    ("+ -", "refresh less often, more often"),
    ("Tab", "scroll the servers; again for the sessions"),
    ("t F5", "fold by server; Enter opens and closes one"),
    ("Esc", "close, show all, select none, quit"),
    ("q F10 Ctrl-C", "quit"),
    ("Ctrl-L, Ctrl-Z", "draw the screen again; suspend"),
    ("", ""),
    ("–", "not known yet: a rate needs two readings"),
    ("·", "a time when the server did not answer"),
    ("In, Out", "from the clients, to the clients"),
];

/// The width of the help: that of its keys, of what they do, and of its edges.
const HELP_WIDTH: u16 = 74;

pub(super) fn help(frame: &mut Frame<'_>, state: &mut State, theme: Theme) {
    let title = Line::styled(" Keys ", theme.bold());
    let width = HELP_WIDTH.min(frame.area().width);
    let mut lines = Vec::new();
    for (keys, does) in HELP {
        if width == HELP_WIDTH {
            let keys = Span::styled(fit(keys, 24, Side::Left), theme.bold());
            lines.push(Line::from(vec![keys, Span::raw(does)]));
            continue;
        }
        // What they do is below the keys.
        lines.push(Line::styled(keys, theme.bold()));
        let does = wrap(does, usize::from(width).saturating_sub(6));
        lines.extend(
            does.into_iter().filter(|line| !line.is_empty()).map(|line| Line::raw(format!("  {line}"))),
        );
    }
    scroll(frame, state, title, theme, width, lines);
}
