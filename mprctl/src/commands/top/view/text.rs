//! Texts that fit, and how they look.

use std::time::Duration;

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Span;
use ratatui::widgets::{RenderDirection, Sparkline};
use unicode_width::UnicodeWidthStr as _;

use crate::commands::top::server::Rate;
use crate::output::{Mood, shorten};
use crate::quantity;
use crate::terminal::visible;

/// How things look, with colours and without.
#[derive(Clone, Copy)]
pub(super) struct Theme {
    pub(super) has_color: bool,
}

impl Theme {
    fn color(self, color: Color) -> Style {
        if self.has_color { Style::new().fg(color) } else { Style::new() }
    }

    pub(super) fn mood(self, mood: Mood) -> Style {
        match mood {
            Mood::Good => self.color(Color::Green),
            Mood::Warn => self.color(Color::Yellow),
            Mood::Bad => self.color(Color::Red),
            Mood::Quiet => self.quiet(),
        }
    }

    pub(super) fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    pub(super) fn bold(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    pub(super) fn title(self) -> Style {
        self.color(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// The colour of traffic from clients.
    pub(super) fn received(self) -> Style {
        self.color(Color::Green)
    }

    /// The colour of traffic to clients.
    pub(super) fn sent(self) -> Style {
        self.color(Color::LightBlue)
    }

    /// How much is moved in both directions.
    pub(super) fn traffic(self) -> Style {
        self.color(Color::Cyan)
    }

    /// How many are connected.
    pub(super) fn sessions(self) -> Style {
        self.color(Color::Magenta)
    }

    pub(super) fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A key that can be pressed.
    pub(super) fn key(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }
}

/// Where a text stands in its room.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// Removes control characters from a name, so that it cannot control the terminal.
pub(super) fn harmless(text: &str) -> String {
    visible(text).into_owned()
}

/// A text made exactly so wide.
pub(super) fn fit(text: &str, width: usize, side: Side) -> String {
    let mut text = harmless(text);
    if text.width() > width {
        text = if width == 0 { String::new() } else { shorten(&text, width) };
    }
    let room = width.saturating_sub(text.width());
    match side {
        Side::Left => text + &" ".repeat(room),
        Side::Right => " ".repeat(room) + &text,
    }
}

/// An age, in whole minutes where others are shown in seconds: ages are drawn again once a minute.
pub(super) fn age(age: Duration) -> String {
    match age.as_secs() / 60 {
        0 => "< 1 min".to_owned(),
        minutes @ ..60 => format!("{minutes} min"),
        _ => quantity::duration(age),
    }
}

/// Bytes a second, without saying so.
pub(super) fn rate(bytes: f64) -> String {
    quantity::bytes(bytes.round() as u64)
}

/// Formats the rates in both directions, per second.
pub(super) fn rates(rate: Rate, theme: Theme) -> [Span<'static>; 3] {
    [
        Span::styled(format!("in {}/s", self::rate(rate.received)), theme.received()),
        Span::raw("  "),
        Span::styled(format!("out {}/s", self::rate(rate.sent)), theme.sent()),
    ]
}

/// A graph of values, latest first and at the right. A moment without a value has a dot.
pub(super) fn sparkline(values: Vec<Option<u64>>, theme: Theme, style: Style) -> Sparkline<'static> {
    Sparkline::default()
        .data(values)
        .style(style)
        .absent_value_symbol("·")
        .absent_value_style(theme.quiet())
        .direction(RenderDirection::RightToLeft)
}
