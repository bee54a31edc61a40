//! Tables and sheets for people, as wide as the terminal and no wider: a table that cannot be so narrow becomes sheets.
//!
//! Written here and not taken from a table crate for its speed: those lay out each cell on its own, and 10,000 sessions
//! take them ten times as long as all else together.

use std::io::{self, Write};

use anstyle::{AnsiColor, Color, Effects, Style as Ansi};
use unicode_width::UnicodeWidthStr as _;

use super::row::{AnyRow, Column, Place};
use super::style::Style;
use super::value::{Mood, Value};
use crate::failure::Failure;
use crate::terminal::{LEFT_TO_RIGHT, defuse, is_plain, is_right_to_left, visible};

/// Between two columns.
const GAP: usize = 2;
/// No text is made narrower than this while there is a column that can be left out: most names fit.
const COMFORTABLE: usize = 16;
/// No text is made narrower than this.
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
    /// The place of its text in the string.
    start: usize,
    end: usize,
    width: usize,
    /// `true` for printable ASCII, which need not be looked at again.
    is_plain: bool,
    mood: Option<Mood>,
}

/// A column as it will be printed.
#[derive(Clone, Copy)]
struct Layout {
    /// The index of the cell in a row.
    index: usize,
    width: usize,
    title: usize,
    is_number: bool,
    /// `true` if no row has a value.
    is_empty: bool,
    can_be_left_out: bool,
}

pub(super) fn list(
    out: &mut dyn Write,
    rows: &[&dyn AnyRow],
    columns: &[&Column],
    are_named: bool,
    style: Style,
) -> Result<(), Failure> {
    let mut cells = Cells { text: String::new(), cells: Vec::with_capacity(rows.len() * columns.len()) };
    let has_room = |column: &Column| column.place != Place::Instead || are_named;
    let instead = columns.iter().position(|column| !has_room(column));
    let mut layout: Vec<Layout> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| Layout {
            index,
            width: if style.has_headings { column.title.width() } else { 0 },
            title: column.title.width(),
            is_number: false,
            is_empty: !are_named,
            can_be_left_out: column.place == Place::IfRoom && !are_named,
        })
        .collect();
    for row in rows {
        for (column, layout) in columns.iter().zip(&mut layout) {
            let value = column.value(*row);
            let start = cells.text.len();
            value.write_short(&mut cells.text);
            let is_plain = is_plain(&cells.text.as_bytes()[start..]);
            if !is_plain {
                defuse(&mut cells.text, start);
            }
            let end = cells.text.len();
            let width = if is_plain { end - start } else { cells.text[start..].width() };
            layout.width = layout.width.max(width);
            layout.is_number |= value.is_number();
            layout.is_empty &= width == 0;
            cells.cells.push(Cell { start, end, width, is_plain, mood: value.mood() });
        }
    }
    layout.retain(|column| has_room(columns[column.index]));
    let left_out = match style.width {
        Some(width) => fit(&mut layout, width),
        None => Some(Vec::new()),
    };
    let Some(left_out) = left_out else {
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            sheet(out, *row, columns, style)?;
        }
        return Ok(());
    };
    if style.has_headings {
        write_header(out, columns, &layout, style)?;
    }
    let mut line = Vec::with_capacity(256);
    for row in cells.cells.chunks_exact(columns.len()) {
        line.clear();
        let reason = instead.map(|index| &row[index]).filter(|reason| reason.width > 0);
        let filled = match reason {
            Some(_) => {
                layout.iter().rposition(|layout| row[layout.index].width > 0).map_or(0, |last| last + 1)
            }
            None => layout.len(),
        };
        for (position, column) in layout[..filled].iter().enumerate() {
            let cell = &row[column.index];
            let is_last = position + 1 == layout.len();
            let look = cell.mood.filter(|_| style.color).map(look);
            write_cell(&mut line, &cells.text, cell, column, is_last, look)?;
        }
        if let Some(reason) = reason {
            let used = total(&layout[..filled]) + if filled > 0 { GAP } else { 0 };
            let room = style.width.map_or(reason.width, |width| width.saturating_sub(used).min(reason.width));
            let column = Layout {
                index: 0,
                width: room,
                title: 0,
                is_number: false,
                is_empty: false,
                can_be_left_out: false,
            };
            if room > 0 {
                write_cell(&mut line, &cells.text, reason, &column, true, None)?;
            }
        }
        // Nothing hangs over at the end of a line, whose last cells may be empty.
        line.truncate(line.trim_ascii_end().len());
        line.push(b'\n');
        out.write_all(&line)?;
    }
    // Without headings it is for programs, and has rows alone.
    if !left_out.is_empty() && style.has_headings {
        let names: Vec<&str> = left_out.iter().map(|index| columns[*index].name).collect();
        let text = format!("Not shown for want of room: {}", names.join(", "));
        writeln!(out, "\n{}", paint(&text, RULE, style.color))?;
    }
    Ok(())
}

fn total(layout: &[Layout]) -> usize {
    layout.iter().map(|column| column.width).sum::<usize>() + GAP * layout.len().saturating_sub(1)
}

/// Makes the table as narrow as the terminal, and returns the columns with values that it then lacks. `None` where it cannot
/// be done.
///
/// Columns without a value go first; then long texts are shortened; then what need not be there goes, the last first, also
/// for the text of an earlier one; then texts get hard to read.
fn fit(layout: &mut Vec<Layout>, width: usize) -> Option<Vec<usize>> {
    if total(layout) > width {
        layout.retain(|column| !column.is_empty);
    }
    let all = layout.clone();
    loop {
        let is_short = shorten_to(layout, width, COMFORTABLE);
        let last = layout.iter().rposition(|column| column.can_be_left_out);
        let is_cut = |column: &Layout| {
            column.can_be_left_out
                && all.iter().any(|all| all.index == column.index && all.width > column.width)
        };
        match last {
            // One of these that came earlier is worth more in full than a later one.
            Some(last) if !is_short || layout[..last].iter().any(is_cut) => {
                layout.remove(last);
            }
            None if !is_short && !shorten_to(layout, width, NARROWEST) => return None,
            _ => break,
        }
        // What was shortened in vain gets its room back.
        for column in layout.iter_mut() {
            column.width = all.iter().find(|all| all.index == column.index).map_or(0, |all| all.width);
        }
    }
    let is_left_out = |column: &&Layout| layout.iter().all(|kept| kept.index != column.index);
    Some(all.iter().filter(is_left_out).map(|column| column.index).collect())
}

/// Shortens texts, the widest first, but none to less than `least` or its title. Says whether the table fits then.
fn shorten_to(layout: &mut [Layout], width: usize, least: usize) -> bool {
    let mut excess = total(layout).saturating_sub(width);
    while excess > 0 {
        let widest = layout
            .iter_mut()
            .filter(|column| !column.is_number && column.width > column.title.max(least))
            .max_by_key(|column| column.width);
        let Some(widest) = widest else { return false };
        widest.width -= 1;
        excess -= 1;
    }
    true
}

fn write_header(out: &mut dyn Write, columns: &[&Column], layout: &[Layout], style: Style) -> io::Result<()> {
    let mut line = Vec::new();
    let look = style.color.then_some(HEADER);
    for (position, column) in layout.iter().enumerate() {
        let title = columns[column.index].title;
        let is_plain = is_plain(title.as_bytes());
        let cell = Cell { start: 0, end: title.len(), width: column.title, is_plain, mood: None };
        write_cell(&mut line, title, &cell, column, position + 1 == layout.len(), look)?;
    }
    line.push(b'\n');
    out.write_all(&line)?;
    writeln!(out, "{}", paint(&"─".repeat(total(layout)), RULE, style.color))
}

/// Writes a cell, whose text is a part of `texts`.
fn write_cell(
    line: &mut Vec<u8>,
    texts: &str,
    cell: &Cell,
    layout: &Layout,
    is_last: bool,
    look: Option<Ansi>,
) -> io::Result<()> {
    let (mut text, mut width) = (&texts[cell.start..cell.end], cell.width);
    let shortened;
    if width > layout.width {
        shortened = shorten(text, layout.width);
        (text, width) = (&shortened, shortened.width());
    }
    let room = layout.width - width;
    let pad = |line: &mut Vec<u8>, count: usize| line.resize(line.len() + count, b' ');
    if layout.is_number {
        pad(line, room);
    }
    match look {
        Some(look) if !text.is_empty() => write!(line, "{look}{text}{look:#}")?,
        _ => line.extend_from_slice(text.as_bytes()),
    }
    if !cell.is_plain && text.contains(is_right_to_left) {
        write!(line, "{LEFT_TO_RIGHT}")?;
    }
    // Nothing hangs over at the end of a line.
    if !is_last {
        pad(line, GAP + if layout.is_number { 0 } else { room });
    }
    Ok(())
}

/// The beginning of a text, and a sign that there is more. It ends with a word, unless that would lose half of the room.
pub(crate) fn shorten(text: &str, width: usize) -> String {
    let mut short = String::new();
    for letter in text.chars() {
        short.push(letter);
        // Of the whole text: a selector of emoji makes the letter before it wide.
        if short.width() + 1 > width {
            short.pop();
            let words = short.trim_end().len();
            let end =
                if letter == ' ' || words < short.len() { Some(words) } else { short[..words].rfind(' ') };
            if let Some(end) = end.filter(|end| short[..*end].width() * 2 >= width) {
                short.truncate(short[..end].trim_end().len());
            }
            break;
        }
    }
    short.push('…');
    short
}

/// A text in lines of a width, broken between words; a word that is longer has a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut words = text.split(' ');
    let mut lines = vec![words.next().unwrap_or_default().to_owned()];
    let mut used = lines[0].width();
    for word in words {
        let room = word.width();
        match lines.last_mut() {
            Some(line) if used + 1 + room <= width => {
                line.push(' ');
                line.push_str(word);
                used += 1 + room;
            }
            _ => {
                lines.push(word.to_owned());
                used = room;
            }
        }
    }
    lines
}

/// Joins the lines of a sentence, so that they can be broken at another width. A line that begins with a space is a command,
/// and stays alone.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines() {
        match paragraphs.last_mut() {
            Some(last) if last.is_empty() => last.push_str(line),
            Some(last)
                if !last.ends_with(['.', ':', '?', '!'])
                    && ![&**last, line].iter().any(|line| line.starts_with(' ')) =>
            {
                last.push(' ');
                last.push_str(line);
            }
            _ => paragraphs.push(line.to_owned()),
        }
    }
    paragraphs
}

pub(super) fn paint(text: &str, look: Ansi, color: bool) -> String {
    if color { format!("{look}{text}{look:#}") } else { text.to_owned() }
}

/// One row, a line a column.
pub(super) fn sheet(
    out: &mut dyn Write,
    row: &dyn AnyRow,
    columns: &[&Column],
    style: Style,
) -> Result<(), Failure> {
    let mut lines = Vec::new();
    for column in columns {
        let value = column.value(row);
        // Only lines of our own are lines: a name with a line break in it must not look like another value.
        let texts = match &value {
            Value::Lines(lines) => paragraphs(lines),
            value => {
                let mut text = String::new();
                value.write_short(&mut text);
                vec![text]
            }
        };
        if !texts[0].is_empty() {
            lines.push((column.title, texts, value.mood()));
        }
    }
    let width = lines.iter().map(|(title, ..)| title.width()).max().unwrap_or(0);
    let wide = style.width.map_or(usize::MAX, |whole| whole.saturating_sub(width + GAP).max(COMFORTABLE));
    for (title, texts, mood) in lines {
        let room = width - title.width();
        let title = paint(title, HEADER, style.color);
        let wrapped = |text: &String| {
            let text = visible(text);
            if text.starts_with(' ') { vec![text.into_owned()] } else { wrap(&text, wide) }
        };
        let mut lines = texts.iter().flat_map(wrapped);
        let first = lines.next().unwrap_or_default();
        let first = match mood {
            Some(mood) => paint(&first, look(mood), style.color),
            None => first,
        };
        writeln!(out, "{title}{:room$}  {first}", "")?;
        for line in lines {
            writeln!(out, "{:width$}  {line}", "")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Columns as (width, is a number, can be left out).
    fn layout(columns: &[(usize, bool, bool)]) -> Vec<Layout> {
        let columns = columns.iter().enumerate();
        columns
            .map(|(index, &(width, is_number, can_be_left_out))| Layout {
                index,
                width,
                title: 4,
                is_number,
                is_empty: false,
                can_be_left_out,
            })
            .collect()
    }

    fn widths(layout: &[Layout]) -> Vec<usize> {
        layout.iter().map(|column| column.width).collect()
    }

    #[test]
    fn a_table_that_fits_stays_as_it_is() {
        let mut columns = layout(&[(20, false, false), (10, true, true)]);
        assert_eq!(fit(&mut columns, 32), Some(vec![]));
        assert_eq!(widths(&columns), [20, 10]);
    }

    #[test]
    fn the_widest_texts_are_shortened_first_and_numbers_never() {
        let mut columns = layout(&[(40, false, false), (20, false, false), (30, true, false)]);
        assert_eq!(fit(&mut columns, 80), Some(vec![]));
        assert_eq!(widths(&columns), [26, 20, 30]);
    }

    #[test]
    fn what_need_not_be_there_goes_last_first_before_a_name_of_16_letters_is_shortened() {
        let mut columns = layout(&[(16, false, false), (16, false, true), (16, false, true)]);
        assert_eq!(fit(&mut columns, 40), Some(vec![2]));
        assert_eq!(columns.iter().map(|column| column.index).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(widths(&columns), [16, 16]);
    }

    #[test]
    fn columns_without_a_value_go_before_a_text_is_shortened_and_are_not_missed() {
        let mut columns = layout(&[(30, false, false), (13, false, false), (20, false, true)]);
        columns[1].is_empty = true;
        assert_eq!(fit(&mut columns.clone(), 67), Some(vec![]));
        assert_eq!(fit(&mut columns, 52), Some(vec![]));
        assert_eq!(widths(&columns), [30, 20]);
    }

    #[test]
    fn of_those_that_need_not_be_there_the_last_goes_before_another_is_shortened() {
        let columns = layout(&[(30, false, false), (30, false, true), (8, false, true)]);
        let mut both = columns.clone();
        assert_eq!(fit(&mut both, 72), Some(vec![]));
        assert_eq!(widths(&both), [30, 30, 8]);
        let mut one = columns.clone();
        assert_eq!(fit(&mut one, 62), Some(vec![2]));
        assert_eq!(widths(&one), [30, 30]);
        let mut short = columns;
        assert_eq!(fit(&mut short, 50), Some(vec![2]));
        assert_eq!(widths(&short), [24, 24]);
    }

    #[test]
    fn what_was_shortened_in_vain_gets_its_room_back() {
        let mut columns = layout(&[(30, false, false), (30, false, true), (10, true, false)]);
        assert_eq!(fit(&mut columns, 43), Some(vec![1]));
        assert_eq!(widths(&columns), [30, 10]);
    }

    #[test]
    fn where_not_even_the_narrowest_table_fits_there_is_none() {
        let columns = [(30, false, false), (30, false, false)];
        assert_eq!(fit(&mut layout(&columns), 2 * NARROWEST + GAP), Some(vec![]));
        assert_eq!(fit(&mut layout(&columns), 2 * NARROWEST + GAP - 1), None);
    }

    proptest! {
        /// The width of a text is not the sum of the widths of its letters: a selector of emoji makes the letter before it
        /// wide.
        #[test]
        fn a_text_is_never_longer_than_its_room(text in "([a ]|\\PC|❤\u{fe0f}|1\u{fe0f}\u{20e3}|👩\u{200d}💻|🇸🇪|e\u{301}|田){0,40}", width in 1_usize..40) {
            let short = shorten(&text, width);
            prop_assert!(short.width() <= width, "{short:?} in {width}");
        }
    }

    #[test]
    fn the_lines_of_a_sentence_are_one_paragraph_and_a_command_is_one_of_its_own() {
        let text =
            "Check the name, and that\nit is up.\nTo see it:\n  mprctl status\n  mprctl check X\nElse wait.";
        let lines = [
            "Check the name, and that it is up.",
            "To see it:",
            "  mprctl status",
            "  mprctl check X",
            "Else wait.",
        ];
        assert_eq!(paragraphs(text), lines);
        assert_eq!(paragraphs(""), [""]);
    }

    #[test]
    fn a_wide_letter_is_not_cut_in_two() {
        assert_eq!(shorten("田中美香さん", 6), "田中…");
        assert_eq!(shorten("anna.lindqvist", 6), "anna.…");
    }

    #[test]
    fn a_text_of_words_is_cut_and_broken_between_them() {
        let text = "the Routing and Remote Access service is not running";
        assert_eq!(shorten(text, 30), "the Routing and Remote Access…");
        assert_eq!(shorten(text, 29), "the Routing and Remote…");
        assert_eq!(shorten(text, 25), "the Routing and Remote…");
        assert_eq!(shorten(text, 24), "the Routing and Remote…");
        assert_eq!(
            shorten("a maximiliane-charlotte", 12),
            "a maximilia…",
            "else next to nothing would be left"
        );
        let lines = wrap(text, 20);
        assert_eq!(lines, ["the Routing and", "Remote Access", "service is not", "running"]);
        assert_eq!(lines.join(" "), text);
        assert_eq!(wrap("two  spaces", 80), ["two  spaces"]);
        assert_eq!(wrap("", 80), [""]);
    }
}
