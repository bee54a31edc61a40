//! Tables and sheets for people, as wide as the terminal and no wider.
//!
//! Written here and not taken from a table crate for its speed: those lay out each cell on its own, and 10,000 sessions
//! take them ten times as long as all else together.

use std::io::{self, Write};

use anstyle::{AnsiColor, Color, Effects, Style as Ansi};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::{Column, Mood, Place, Row, Style};
use crate::failure::Failure;

/// Between two columns.
const GAP: usize = 2;
/// No column of text is made narrower than this.
const NARROWEST: usize = 8;

const HEADER: Ansi = Ansi::new().effects(Effects::BOLD);
const RULE: Ansi = Ansi::new().effects(Effects::DIMMED);

fn look(mood: Mood) -> Ansi {
    let color = |color| Ansi::new().fg_color(Some(Color::Ansi(color)));
    match mood {
        Mood::Good => color(AnsiColor::Green),
        Mood::Warn => color(AnsiColor::Yellow),
        Mood::Bad => color(AnsiColor::Red),
        Mood::Quiet => Ansi::new().effects(Effects::DIMMED),
    }
}

/// All cells of a table in one string: no allocation a cell.
struct Cells {
    text: String,
    cells: Vec<Cell>,
}

#[derive(Clone, Copy)]
struct Cell {
    end: usize,
    width: usize,
    mood: Option<Mood>,
}

/// A column as it will be printed.
#[derive(Clone, Copy)]
struct Layout {
    /// Its place among the cells of a row.
    index: usize,
    width: usize,
    is_number: bool,
    can_shrink: bool,
    place: Place,
}

pub(super) fn list<R: Row>(
    out: &mut impl Write,
    rows: &[R],
    columns: &[&Column<R>],
    style: Style,
) -> Result<(), Failure> {
    let mut cells = Cells { text: String::new(), cells: Vec::with_capacity(rows.len() * columns.len()) };
    let mut layout: Vec<Layout> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| Layout {
            index,
            width: column.title.width(),
            is_number: false,
            can_shrink: true,
            place: column.place,
        })
        .collect();
    for row in rows {
        for (column, layout) in columns.iter().zip(&mut layout) {
            let value = (column.value)(row);
            let start = cells.text.len();
            value.write_short(&mut cells.text);
            let text = &cells.text[start..];
            let width = if text.is_ascii() { text.len() } else { text.width() };
            layout.width = layout.width.max(width);
            layout.is_number |= value.is_number();
            layout.can_shrink &= !value.is_number();
            cells.cells.push(Cell { end: cells.text.len(), width, mood: value.mood() });
        }
    }
    let hidden = style.width.map_or(0, |width| fit(&mut layout, width));
    write_header(out, columns, &layout, style)?;
    let (mut start, mut line) = (0, Vec::with_capacity(256));
    let mut spans = Vec::with_capacity(columns.len());
    for row in cells.cells.chunks_exact(columns.len()) {
        spans.clear();
        for cell in row {
            spans.push(&cells.text[start..cell.end]);
            start = cell.end;
        }
        line.clear();
        for (position, layout) in layout.iter().enumerate() {
            let cell = row[layout.index];
            let is_last = position + 1 == columns.len() - hidden;
            let look = cell.mood.filter(|_| style.color).map(look);
            write_cell(&mut line, spans[layout.index], cell.width, *layout, is_last, look)?;
        }
        line.push(b'\n');
        out.write_all(&line)?;
    }
    if hidden > 0 {
        let names: Vec<&str> = columns
            .iter()
            .enumerate()
            .filter(|(index, _)| layout.iter().all(|layout| layout.index != *index))
            .map(|(_, column)| column.name)
            .collect();
        let text = format!("Not shown for want of room: {}", names.join(", "));
        writeln!(out, "\n{}", paint(&text, RULE, style.color))?;
    }
    Ok(())
}

/// Makes the table as narrow as the terminal: shortens the widest texts, and where that is not enough leaves columns
/// out. Says how many.
fn fit(layout: &mut Vec<Layout>, width: usize) -> usize {
    let all = layout.len();
    loop {
        let total = |layout: &[Layout]| {
            layout.iter().map(|column| column.width).sum::<usize>() + GAP * layout.len().saturating_sub(1)
        };
        while total(layout) > width {
            // What can be left out goes before a text that one must read gets hard to read.
            let widest = layout
                .iter_mut()
                .filter(|column| column.can_shrink && column.width > NARROWEST)
                .max_by_key(|column| column.width);
            let Some(widest) = widest else { break };
            if widest.width <= NARROWEST * 2 {
                break;
            }
            widest.width -= 1;
        }
        if total(layout) <= width {
            return all - layout.len();
        }
        if let Some(last) = layout.iter().rposition(|column| column.place == Place::IfRoom) {
            layout.remove(last);
            continue;
        }
        let mut shrunk = false;
        for column in layout.iter_mut().filter(|column| column.can_shrink && column.width > NARROWEST) {
            column.width -= 1;
            shrunk = true;
        }
        if !shrunk {
            // Too narrow for any table; the terminal wraps it.
            return all - layout.len();
        }
    }
}

fn write_header<R>(
    out: &mut impl Write,
    columns: &[&Column<R>],
    layout: &[Layout],
    style: Style,
) -> io::Result<()> {
    let mut line = Vec::new();
    let look = style.color.then_some(HEADER);
    for (position, column) in layout.iter().enumerate() {
        let title = columns[column.index].title;
        write_cell(&mut line, title, title.width(), *column, position + 1 == layout.len(), look)?;
    }
    line.push(b'\n');
    out.write_all(&line)?;
    let total =
        layout.iter().map(|column| column.width).sum::<usize>() + GAP * layout.len().saturating_sub(1);
    writeln!(out, "{}", paint(&"─".repeat(total), RULE, style.color))
}

fn write_cell(
    line: &mut Vec<u8>,
    text: &str,
    width: usize,
    layout: Layout,
    is_last: bool,
    look: Option<Ansi>,
) -> io::Result<()> {
    let shortened;
    let (text, width) = if width > layout.width {
        shortened = shorten(text, layout.width);
        (shortened.as_str(), shortened.width())
    } else {
        (text, width)
    };
    let room = layout.width - width;
    let pad = |line: &mut Vec<u8>, count: usize| line.resize(line.len() + count, b' ');
    if layout.is_number {
        pad(line, room);
    }
    match look {
        Some(look) if !text.is_empty() => write!(line, "{look}{text}{look:#}")?,
        _ => line.extend_from_slice(text.as_bytes()),
    }
    // Nothing hangs over at the end of a line.
    if !is_last {
        pad(line, GAP + if layout.is_number { 0 } else { room });
    }
    Ok(())
}

/// The beginning of a text, and a sign that there is more.
fn shorten(text: &str, width: usize) -> String {
    let mut short = String::new();
    let mut used = 1;
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used > width {
            break;
        }
        short.push(letter);
    }
    short.push('…');
    short
}

pub(super) fn paint(text: &str, look: Ansi, color: bool) -> String {
    if color { format!("{look}{text}{look:#}") } else { text.to_owned() }
}

/// One row, a line a column.
pub(super) fn sheet<R: Row>(
    out: &mut impl Write,
    row: &R,
    is_fleet: bool,
    style: Style,
) -> Result<(), Failure> {
    let titles = R::COLUMNS.iter().filter(|column| column.place != Place::Fleet || is_fleet);
    let mut told = Vec::new();
    for column in titles {
        let value = (column.value)(row);
        let mut text = String::new();
        value.write_short(&mut text);
        if !text.is_empty() {
            told.push((column.title, text, value.mood()));
        }
    }
    let width = told.iter().map(|(title, ..)| title.width()).max().unwrap_or(0);
    for (title, text, mood) in told {
        let room = width - title.width();
        let title = paint(title, HEADER, style.color);
        let text = match mood {
            Some(mood) => paint(&text, look(mood), style.color),
            None => text,
        };
        writeln!(out, "{title}{:room$}  {text}", "")?;
    }
    Ok(())
}
