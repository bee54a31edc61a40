//! The door to the terminal: all text leaves the program here, and nothing else writes to standard output or error.
//!
//! Names come from servers, from the people who call them, from files, from arguments. None of them may move the
//! cursor, colour what follows, pretend to be a line of its own, turn letters round or hide. So each name is made
//! [`visible`] where it is put into a line, and what still steers is stopped at the [`Door`], which lets through letters,
//! line ends and the colours of [`anstyle`].

use std::backtrace::{Backtrace, BacktraceStatus};
use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::OnceLock;

use clap::builder::StyledStr;
use clap::error::ContextValue;

/// Stands for a letter that would steer.
const SHOWN: char = '\u{fffd}';

/// Returns the text with everything in it made visible that would steer a terminal, hide, or end the line.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text.as_bytes()) || !text.contains(may_steer) {
        return Cow::Borrowed(text);
    }
    let mut before = ' ';
    let letters = text.chars().map(|letter| {
        let shown = if steers(letter, before) { SHOWN } else { letter };
        before = letter;
        shown
    });
    Cow::Owned(letters.collect())
}

/// Makes the end of a text [`visible`], from `start` on.
pub(crate) fn defuse(text: &mut String, start: usize) {
    if let Cow::Owned(shown) = visible(&text[start..]) {
        text.truncate(start);
        text.push_str(&shown);
    }
}

/// Returns `true` if the text is printable ASCII: no letter of it steers, and each takes one column.
pub(crate) fn is_plain(text: &[u8]) -> bool {
    // Most text is. Without an early end, the compiler has many bytes tested at a time.
    text.iter().fold(true, |is_plain, byte| is_plain & matches!(byte, b' '..=b'~'))
}

/// Returns `true` if the letter steers, hides or ends a line after some letters at least.
fn may_steer(letter: char) -> bool {
    !matches!(letter, ' '..='~') && (is_joiner(letter) || is_hidden(letter))
}

/// Returns `true` if the letter steers, hides or ends a line after `before`.
fn steers(letter: char, before: char) -> bool {
    match letter {
        ' '..='~' => false,
        // Persian, Hindi, emoji and rare kanji are written with them. Between Latin, Greek or Cyrillic letters they
        // would make two names that look the same.
        letter if is_joiner(letter) => {
            before < '\u{590}' || is_hidden(before) || matches!(before, '\u{200c}' | '\u{200d}')
        }
        letter => is_hidden(letter),
    }
}

/// Joiners, non-joiners and variation selectors.
fn is_joiner(letter: char) -> bool {
    matches!(
        letter,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{200c}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Control characters, line and paragraph separators, marks of direction, and what Unicode calls ignorable by default,
/// without the joiners.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180e}'
                | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}'
        )
}

/// Hebrew, Arabic and the scripts beside them.
pub(crate) fn is_right_to_left(letter: char) -> bool {
    matches!(
        letter,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

/// LEFT-TO-RIGHT MARK: takes no room. After letters that are written from right to left a terminal that knows them
/// would set the numbers of the next column before them. The door lets it through on such lines alone.
pub(crate) const LEFT_TO_RIGHT: char = '\u{200e}';

/// The kinds of text that leave the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// For people.
    Text,
    /// JSON: control characters are escaped, which does not change the data.
    Json,
    /// Data without escapes, such as CSV: unchanged, unless it goes to a terminal.
    Exact,
}

/// A writer that lets only text through to the terminal, no control characters.
pub(crate) struct Door<W: Write> {
    out: W,
    content: Content,
    /// The last letter that was written.
    before: char,
    /// `true` if this line has letters that are written from right to left.
    has_right_to_left: bool,
    /// The first bytes of a letter that is not complete yet.
    tail: Vec<u8>,
}

impl<W: Write> Door<W> {
    pub(crate) fn new(out: W, content: Content) -> Door<W> {
        Door { out, content, before: '\n', has_right_to_left: false, tail: Vec::new() }
    }

    /// Writes whole letters.
    fn pass(&mut self, text: &str) -> io::Result<()> {
        let mut rest = text;
        while let Some(at) = rest.find(|letter| letter != '\n' && may_steer(letter)) {
            let (clean, suspect) = rest.split_at(at);
            self.write_clean(clean)?;
            if let Some(length) = self.colour(suspect) {
                self.out.write_all(&suspect.as_bytes()[..length])?;
                rest = &suspect[length..];
                continue;
            }
            let mut letters = suspect.chars();
            if let Some(letter) = letters.next() {
                self.write_suspect(letter)?;
                self.before = letter;
            }
            rest = letters.as_str();
        }
        self.write_clean(rest)
    }

    fn write_clean(&mut self, text: &str) -> io::Result<()> {
        self.before = text.chars().next_back().unwrap_or(self.before);
        if let Some((_, line)) = text.rsplit_once('\n') {
            self.has_right_to_left = line.contains(is_right_to_left);
        } else if !text.is_ascii() {
            self.has_right_to_left |= text.contains(is_right_to_left);
        }
        self.out.write_all(text.as_bytes())
    }

    /// Returns the length of a colour or its end at the beginning of the text, as [`anstyle`] writes them.
    fn colour(&self, text: &str) -> Option<usize> {
        let numbers = text.strip_prefix("\u{1b}[").filter(|_| self.content == Content::Text)?;
        let end = numbers.find(|letter: char| !matches!(letter, '0'..='9' | ';'))?;
        numbers[end..].starts_with('m').then_some("\u{1b}[".len() + end + 1)
    }

    fn write_suspect(&mut self, letter: char) -> io::Result<()> {
        let is_own = letter == LEFT_TO_RIGHT && self.has_right_to_left;
        match self.content {
            Content::Json => {
                let mut units = [0; 2];
                letter.encode_utf16(&mut units).iter().try_for_each(|unit| write!(self.out, "\\u{unit:04x}"))
            }
            _ if is_own || !steers(letter, self.before) => write!(self.out, "{letter}"),
            _ => write!(self.out, "{SHOWN}"),
        }
    }
}

impl<W: Write> Write for Door<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.content == Content::Exact {
            self.out.write_all(bytes)?;
            return Ok(bytes.len());
        }
        let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        if let Some(last) = bytes.last().filter(|_| self.tail.is_empty() && is_plain(line)) {
            self.before = char::from(*last);
            self.has_right_to_left &= line.len() == bytes.len();
            self.out.write_all(bytes)?;
            return Ok(bytes.len());
        }
        let mut whole = std::mem::take(&mut self.tail);
        let mut all = bytes;
        if !whole.is_empty() {
            whole.extend_from_slice(bytes);
            all = &whole;
        }
        let mut chunks = all.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.pass(chunk.valid())?;
            let invalid = chunk.invalid();
            let is_cut = chunks.peek().is_none()
                && str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
            if is_cut {
                self.tail = invalid.to_vec();
            } else if !invalid.is_empty() {
                write!(self.out, "{SHOWN}")?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Opens standard output. What is written goes out with a flush at the end.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub(crate) fn output(content: Content) -> Door<BufWriter<StdoutLock<'static>>> {
    let stdout = io::stdout().lock();
    let is_shown = content == Content::Exact && stdout.is_terminal();
    let content = if is_shown { Content::Text } else { content };
    Door::new(BufWriter::with_capacity(1 << 16, stdout), content)
}

/// Standard output as a terminal, for its size, and for `top`, which draws on it cell by cell.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub(crate) fn screen() -> io::Stdout {
    io::stdout()
}

/// Clears the screen, if standard output is one.
pub(crate) fn clear() -> io::Result<()> {
    use ratatui::crossterm::{cursor::MoveTo, execute, terminal::Clear, terminal::ClearType};
    if is_output_shown() && !is_dumb() {
        execute!(screen(), MoveTo(0, 0), Clear(ClearType::All), Clear(ClearType::Purge))?;
    }
    Ok(())
}

/// Returns `true` if a person reads standard output as it is written.
pub(crate) fn is_output_shown() -> bool {
    screen().is_terminal()
}

/// Returns `true` if a person reads standard error as it is written.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub(crate) fn is_error_shown() -> bool {
    io::stderr().is_terminal()
}

/// Draws over the line of standard error that the cursor is in, if the terminal is wide enough for the text.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub(crate) fn draw_line(text: &str) {
    use ratatui::crossterm::{
        cursor::MoveToColumn, queue, style::Print, terminal::Clear, terminal::ClearType,
    };
    let mut stderr = io::stderr().lock();
    let width = terminal_size::terminal_size_of(&stderr).map_or(80, |(width, _)| usize::from(width.0));
    let text = if text.chars().count() < width { text } else { "" };
    // Nobody misses a line that cannot be drawn.
    let _ = queue!(stderr, MoveToColumn(0), Print(visible(text)), Clear(ClearType::UntilNewLine));
    let _ = stderr.flush();
}

/// The weight of what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Note,
    Trouble,
}

/// The function that gets a copy of what is said.
static COPIED_TO: OnceLock<fn(Weight, &str)> = OnceLock::new();

/// Sends a copy of what is said to a function, for the rest of the process. The first call counts.
#[cfg(windows)]
pub(crate) fn copy_to(take: fn(Weight, &str)) {
    let _ = COPIED_TO.set(take);
}

/// Says a line on standard error. Where nobody reads it, nothing happens.
pub(crate) fn say(line: &str) {
    say_with(Weight::Note, line, []);
}

/// Says that something failed on standard error, with further lines below.
pub(crate) fn say_lines<'t>(line: &'t str, more: impl IntoIterator<Item = &'t str>) {
    say_with(Weight::Trouble, line, more);
}

fn say_with<'t>(weight: Weight, line: &'t str, more: impl IntoIterator<Item = &'t str>) {
    let mut text = format!("mprctl: {}\n", visible(line));
    for line in more {
        text.extend(["  ", &*visible(line), "\n"]);
    }
    if let Some(take) = COPIED_TO.get() {
        take(weight, &text);
    }
    to_stderr(&text);
}

/// Asks on standard error, and leaves the cursor behind the question.
pub(crate) fn ask(question: &str) {
    to_stderr(&format!("{} [y/N] ", visible(question)));
}

#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn to_stderr(text: &str) {
    let _ = Door::new(io::stderr().lock(), Content::Text).write_all(text.as_bytes());
}

/// Prints the help that was asked for, or what is wrong with the command line.
pub(crate) fn say_usage(mut error: clap::Error) -> io::Result<()> {
    let raw: Vec<String> = error.context().flat_map(|(_, value)| hostile(value)).collect();
    let shown = |text: &str| raw.iter().fold(text.to_owned(), |text, raw| text.replace(raw, &visible(raw)));
    let values: Vec<_> =
        error.context().filter_map(|(kind, value)| Some((kind, replaced(value, shown)?))).collect();
    for (kind, value) in values {
        error.insert(kind, value);
    }
    let text = error.render();
    let has_color = if error.use_stderr() { has_color(&error_stream()) } else { has_color(&screen()) };
    let mut text = if has_color { text.ansi().to_string() } else { text.to_string() };
    // A parser of ours says what it was given.
    if let Some(reason) = std::error::Error::source(&error).map(ToString::to_string) {
        text = text.replace(&reason, &visible(&reason));
    }
    if error.use_stderr() {
        to_stderr(&text);
        return Ok(());
    }
    let mut out = output(Content::Text);
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// The words of the command line in an error that would steer.
fn hostile(value: &ContextValue) -> Vec<String> {
    let words = match value {
        ContextValue::String(text) => std::slice::from_ref(text),
        ContextValue::Strings(texts) => texts,
        _ => &[],
    };
    words.iter().filter(|word| word.contains(may_steer)).cloned().collect()
}

/// The same value with its words as they are shown.
fn replaced(value: &ContextValue, shown: impl Fn(&str) -> String) -> Option<ContextValue> {
    let styled = |text: &StyledStr| StyledStr::from(shown(&text.ansi().to_string()));
    Some(match value {
        ContextValue::String(text) => ContextValue::String(shown(text)),
        ContextValue::Strings(texts) => ContextValue::Strings(texts.iter().map(|text| shown(text)).collect()),
        ContextValue::StyledStr(text) => ContextValue::StyledStr(styled(text)),
        ContextValue::StyledStrs(texts) => ContextValue::StyledStrs(texts.iter().map(styled).collect()),
        _ => return None,
    })
}

#[expect(clippy::disallowed_methods, reason = "this is the door")]
fn error_stream() -> io::Stderr {
    io::stderr()
}

/// Returns `true` if what is written to the stream can be coloured, and nobody forbade it.
pub(crate) fn has_color(stream: &impl IsTerminal) -> bool {
    // An old console has to be told first.
    #[cfg(windows)]
    if !ratatui::crossterm::ansi_support::supports_ansi() {
        return false;
    }
    let is_forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !is_forbidden && !is_dumb()
}

/// Returns `true` if the terminal says that it knows no more than text.
pub(crate) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Prints the messages of panics through the door.
pub(crate) fn tell_panics() {
    panic::set_hook(Box::new(|panic| {
        let backtrace = Backtrace::capture();
        let trace = if backtrace.status() == BacktraceStatus::Captured {
            backtrace.to_string()
        } else {
            String::new()
        };
        say_lines(&describe_panic(panic), trace.lines());
    }));
}

/// A panic in one line.
pub(crate) fn describe_panic(panic: &PanicHookInfo<'_>) -> String {
    let payload = panic.payload();
    let message = payload.downcast_ref::<&str>().copied();
    let message =
        message.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no reason");
    let place = panic.location().map(|place| format!(" at {place}")).unwrap_or_default();
    format!("a bug of mprctl, please tell of it: panicked{place}: {message}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn through(content: Content, pieces: &[&[u8]]) -> String {
        let mut door = Door::new(Vec::new(), content);
        pieces.iter().for_each(|piece| door.write_all(piece).expect("memory"));
        String::from_utf8(door.out).expect("text")
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        let mut text = "user \u{1b}[2Jx\u{202e}y\nz".to_owned();
        defuse(&mut text, 5);
        assert_eq!(text, "user \u{fffd}[2Jx\u{fffd}y\u{fffd}z");
        for letter in [
            '\u{0}',
            '\r',
            '\t',
            '\u{7f}',
            '\u{85}',
            '\u{9b}',
            '\u{ad}',
            '\u{61c}',
            '\u{200b}',
            '\u{200d}',
            '\u{2028}',
            '\u{2029}',
            '\u{2066}',
            '\u{feff}',
            '\u{e0041}',
            '\u{fe0f}',
            '\u{3164}',
        ] {
            assert_eq!(visible(&format!("an{letter}na")), "an\u{fffd}na", "{letter:?}");
        }
    }

    #[test]
    fn names_of_every_script_stay_as_they_are() {
        for name in [
            "Åsa",
            "می\u{200c}خواهم",
            "👩\u{200d}💻",
            "❤\u{fe0f}\u{200d}🔥",
            "葛\u{e0100}城",
            "क\u{94d}\u{200d}ष",
            "Ελένη",
        ] {
            assert_eq!(visible(name), name);
        }
        // But not one that hides behind another.
        assert_eq!(visible("א\u{200d}\u{200d}"), "א\u{200d}\u{fffd}");
    }

    #[test]
    fn the_door_lets_colours_through_and_no_other_sequence() {
        let text = "\u{1b}[1m\u{1b}[31mbad\u{1b}[0m\n";
        assert_eq!(through(Content::Text, &[text.as_bytes()]), text);
        for (steers, shown) in [
            ("\u{1b}[2J", "\u{fffd}[2J"),
            ("\u{1b}]0;x\u{7}", "\u{fffd}]0;x\u{fffd}"),
            ("\u{1b}[1", "\u{fffd}[1"),
            ("\u{9b}1m", "\u{fffd}1m"),
            ("a\rb\tc", "a\u{fffd}b\u{fffd}c"),
        ] {
            assert_eq!(through(Content::Text, &[steers.as_bytes()]), shown);
        }
        assert_eq!(through(Content::Text, &[b"a\xffb"]), "a\u{fffd}b");
    }

    #[test]
    fn a_mark_of_direction_is_let_through_behind_letters_that_need_it() {
        let line = "שרה (1)\u{200e} 1\n";
        assert_eq!(through(Content::Text, &[line.as_bytes()]), line);
        assert_eq!(through(Content::Text, &[line.as_bytes(), b"x\xe2\x80\x8e"]), format!("{line}x\u{fffd}"));
        assert_eq!(through(Content::Text, &["sara\u{200e} 1".as_bytes()]), "sara\u{fffd} 1");
    }

    #[test]
    fn json_is_the_same_data_and_steers_nothing() {
        let name = "a\u{7f}\u{9b}2J\u{202e}\u{e0041}\u{200d}Å";
        let json = through(Content::Json, &[serde_json::to_string(name).expect("JSON").as_bytes()]);
        assert_eq!(json, "\"a\\u007f\\u009b2J\\u202e\\udb40\\udc41\\u200dÅ\"");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), name);
    }

    proptest! {
        #[test]
        fn whatever_is_written_in_whatever_pieces_comes_out_as_text(
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(0x1b), Just(b'['), Just(b'm')], 0..64),
            cut in 0..64_usize,
        ) {
            let (first, second) = bytes.split_at(cut.min(bytes.len()));
            let text = through(Content::Text, &[first, second]);
            let mut rest = text.as_str();
            while let Some(at) = rest.find('\u{1b}') {
                let end = rest[at..].find('m');
                let is_number = |byte: u8| byte == b';' || byte.is_ascii_digit();
                let is_colour = end.is_some_and(|end| rest[at + 2..at + end].bytes().all(is_number));
                prop_assert!(is_colour, "{:?}", text);
                rest = &rest[at + 1..];
            }
            let is_wrong = |letter: char| letter.is_control() && letter != '\n' && letter != '\u{1b}';
            prop_assert!(!text.contains(is_wrong), "{:?}", text);
        }

        #[test]
        fn what_is_visible_stays_so_at_the_door(text in any::<String>()) {
            let shown = visible(&text).into_owned();
            prop_assert_eq!(visible(&shown), shown.as_str());
            prop_assert_eq!(through(Content::Text, &[shown.as_bytes()]), shown);
        }

        /// Plain pieces, which are not looked at letter by letter, are remembered too.
        #[test]
        fn pieces_come_out_as_the_whole(
            pieces in prop::collection::vec("[a ]{0,3}|\n|[א\u{200e}]|\u{200d}|é\n?", 0..12),
            content in prop::sample::select(vec![Content::Text, Content::Json]),
        ) {
            let bytes: Vec<&[u8]> = pieces.iter().map(String::as_bytes).collect();
            prop_assert_eq!(through(content, &bytes), through(content, &[pieces.concat().as_bytes()]));
        }

        #[test]
        fn json_of_any_text_is_read_back_as_it_was(text in any::<String>()) {
            let json = through(Content::Json, &[serde_json::to_string(&text).expect("JSON").as_bytes()]);
            prop_assert!(!json.contains(char::is_control), "{}", json);
            prop_assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
        }
    }
}
