//! The picture of top in the README is what top draws.

use std::time::{Duration, Instant};

use chrono::{Local, TimeZone as _};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr as _;

use super::View;
use crate::commands::live::Look;
use crate::commands::session::Counted;
use crate::commands::top::keys::Intent;
use crate::commands::top::state::State;
use crate::context::Context;
use crate::{demo, fleet, picture};

const INTERVAL: Duration = Duration::from_secs(2);

#[test]
fn the_picture_of_top_is_what_top_draws() {
    let (company, mut life) = demo::stepped();
    let names: Vec<&str> = company.routers().iter().map(|router| router.name()).collect();
    let context = Context::of_test(&names, Duration::from_secs(60));
    let mut now = Instant::now();
    let mut state = State::new(names.iter().copied(), INTERVAL, true, now);
    let mut view = View::new(true);
    let mut terminal = Terminal::new(TestBackend::new(100, 30)).expect("it is drawn nowhere");
    let time = Local.with_ymd_and_hms(2026, 11, 27, 14, 5, 9).single().expect("a time");
    // Until the graphs are full.
    for _ in 0..60 {
        for _ in 0..INTERVAL.as_millis() / demo::TICK.as_millis() {
            life.go_on(&company);
            company.routers().iter().for_each(|router| router.advance(demo::TICK));
        }
        now += INTERVAL;
        state.set_now(now);
        for (server, name) in names.iter().enumerate() {
            let read = |server: &mprapi::Server| Ok(Look::take(server, Counted::read)?);
            let look = fleet::with_server(&context.mpr, Some(name), read).expect("the simulator answers");
            state.observe(server, Ok(Look { at: now, ..look }));
        }
        state.sample();
    }
    state.apply(Intent::Down);
    terminal.draw(|frame| view.draw(frame, &mut state, time)).expect("it is drawn nowhere");
    picture::check("top.svg", &lines(terminal.backend().buffer()));
}

/// Returns what a terminal shows, with its colours.
fn lines(buffer: &Buffer) -> String {
    let mut text = String::new();
    for row in buffer.content.chunks(buffer.area.width.into()) {
        let (mut line, mut before, mut hidden) = (String::new(), anstyle::Style::new(), 0);
        for cell in row {
            if hidden > 0 {
                // A wide letter stands here too.
                hidden -= 1;
                continue;
            }
            hidden = cell.symbol().width().saturating_sub(1);
            let style = style(cell);
            if style != before {
                line += &format!("{}{}", before.render_reset(), style.render());
                before = style;
            }
            line += cell.symbol();
        }
        text += &format!("{line}{}\n", before.render_reset());
    }
    text
}

fn style(cell: &Cell) -> anstyle::Style {
    let color = match cell.fg {
        Color::Reset => None,
        Color::Red => Some(anstyle::AnsiColor::Red),
        Color::Green => Some(anstyle::AnsiColor::Green),
        Color::Yellow => Some(anstyle::AnsiColor::Yellow),
        Color::Magenta => Some(anstyle::AnsiColor::Magenta),
        Color::Cyan => Some(anstyle::AnsiColor::Cyan),
        Color::LightBlue => Some(anstyle::AnsiColor::BrightBlue),
        color => panic!("a colour that no picture had before: {color}"),
    };
    let effects = [
        (Modifier::BOLD, anstyle::Effects::BOLD),
        (Modifier::DIM, anstyle::Effects::DIMMED),
        (Modifier::REVERSED, anstyle::Effects::INVERT),
    ];
    let effects = effects.into_iter().filter(|(modifier, _)| cell.modifier.contains(*modifier));
    let effects = effects.fold(anstyle::Effects::new(), |all, (_, effect)| all | effect);
    anstyle::Style::new().fg_color(color.map(Into::into)).effects(effects)
}
