//! The meaning of keys, by the panel that is open.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::sort::By;
use super::state::Mode;

/// The action that a key stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    Quit,
    /// Close the panel, the filter or the selection; if none is open, quit.
    Close,
    Up,
    Down,
    PageUp,
    PageDown,
    HalfPageUp,
    HalfPageDown,
    First,
    Last,
    NextSort,
    PreviousSort,
    SortBy(By),
    Reverse,
    Filter,
    Letter(char),
    Erase,
    /// Erase the whole text of the filter.
    Clear,
    Keep,
    Inspect,
    Ask,
    Yes,
    Help,
    /// Switch between sessions and servers.
    Servers,
    /// Fold all servers, or show all sessions again.
    Fold,
    /// Suspend the program, so that the shell takes over.
    Suspend,
    /// Draw everything again, over whatever another program wrote.
    Repaint,
    Pause,
    Longer,
    Shorter,
}

impl Intent {
    /// Returns `true` if it moves the selection, or scrolls.
    fn is_motion(&self) -> bool {
        use Intent::{Down, First, HalfPageDown, HalfPageUp, Last, PageDown, PageUp, Up};
        matches!(self, Up | Down | PageUp | PageDown | HalfPageUp | HalfPageDown | First | Last)
    }
}

pub(super) fn intent(mode: Mode, key: KeyEvent) -> Option<Intent> {
    // Windows tells of keys that are let go too.
    if key.kind == KeyEventKind::Release {
        return None;
    }
    if key.modifiers.contains(KeyModifiers::CONTROL) && !key.modifiers.contains(KeyModifiers::ALT) {
        return match key.code {
            KeyCode::Char('c' | 'C') => Some(Intent::Quit),
            KeyCode::Char('z' | 'Z') if cfg!(unix) => Some(Intent::Suspend),
            KeyCode::Char('u' | 'U') if mode == Mode::Filter => Some(Intent::Clear),
            KeyCode::Char('l' | 'L' | 'r' | 'R') => Some(Intent::Repaint),
            KeyCode::Char(letter) => with_control(letter.to_ascii_lowercase()).filter(|_| moves(mode)),
            _ => None,
        };
    }
    match mode {
        Mode::List => list(key.code),
        Mode::Filter => filter(key.code),
        Mode::Inspect(_) => match key.code {
            KeyCode::Enter | KeyCode::Esc | KeyCode::Char('q' | 'i') => Some(Intent::Close),
            code => list(code).filter(|intent| intent.is_motion() || *intent == Intent::Ask),
        },
        // Whatever is not a clear yes leaves things as they are.
        Mode::Ask(_) => match key.code {
            KeyCode::Char('y' | 'Y') => Some(Intent::Yes),
            KeyCode::Char('n' | 'N' | 'q') | KeyCode::Esc => Some(Intent::Close),
            _ => None,
        },
        Mode::Servers => match key.code {
            KeyCode::Esc | KeyCode::Tab | KeyCode::BackTab | KeyCode::Enter => Some(Intent::Close),
            code => list(code).filter(|intent| !matches!(intent, Intent::Ask | Intent::Inspect)),
        },
        Mode::Help => list(key.code).filter(Intent::is_motion).or(Some(Intent::Close)),
    }
}

/// Returns `true` if keys move something, so no question is open.
fn moves(mode: Mode) -> bool {
    !matches!(mode, Mode::Ask(_))
}

/// The motion that a letter with Ctrl stands for, as in less.
fn with_control(letter: char) -> Option<Intent> {
    match letter {
        'f' | 'v' => Some(Intent::PageDown),
        'b' => Some(Intent::PageUp),
        'd' => Some(Intent::HalfPageDown),
        'u' => Some(Intent::HalfPageUp),
        'n' | 'e' => Some(Intent::Down),
        'p' | 'y' => Some(Intent::Up),
        _ => None,
    }
}

fn list(code: KeyCode) -> Option<Intent> {
    let intent = match code {
        KeyCode::Char('q' | 'Q') | KeyCode::F(10) => Intent::Quit,
        KeyCode::Esc => Intent::Close,
        KeyCode::Char('s' | '>' | '.') | KeyCode::Right | KeyCode::F(6) => Intent::NextSort,
        KeyCode::Char('S' | '<') | KeyCode::Left => Intent::PreviousSort,
        KeyCode::Char('P') => Intent::SortBy(By::Traffic),
        KeyCode::Char('M') => Intent::SortBy(By::Total),
        KeyCode::Char('T') => Intent::SortBy(By::Time),
        KeyCode::Char('r' | 'I') => Intent::Reverse,
        KeyCode::Char('/' | '\\') | KeyCode::F(3 | 4) => Intent::Filter,
        KeyCode::Enter | KeyCode::Char('i') => Intent::Inspect,
        KeyCode::Char('d') | KeyCode::Delete | KeyCode::F(9) => Intent::Ask,
        KeyCode::Char('?' | 'h' | 'H') | KeyCode::F(1) => Intent::Help,
        KeyCode::Tab | KeyCode::BackTab => Intent::Servers,
        KeyCode::Char('p' | 'Z') => Intent::Pause,
        KeyCode::Char('+' | '=') => Intent::Longer,
        KeyCode::Char('-') => Intent::Shorter,
        KeyCode::Char('t') | KeyCode::F(5) => Intent::Fold,
        KeyCode::Char('f' | ' ') => Intent::PageDown,
        KeyCode::Char('b') => Intent::PageUp,
        KeyCode::Char('k') => Intent::Up,
        KeyCode::Char('j') => Intent::Down,
        KeyCode::Char('g') => Intent::First,
        KeyCode::Char('G') => Intent::Last,
        code => return motion(code),
    };
    Some(intent)
}

fn motion(code: KeyCode) -> Option<Intent> {
    match code {
        KeyCode::Up => Some(Intent::Up),
        KeyCode::Down => Some(Intent::Down),
        KeyCode::PageUp => Some(Intent::PageUp),
        KeyCode::PageDown => Some(Intent::PageDown),
        KeyCode::Home => Some(Intent::First),
        KeyCode::End => Some(Intent::Last),
        _ => None,
    }
}

fn filter(code: KeyCode) -> Option<Intent> {
    match code {
        KeyCode::Char(letter) => Some(Intent::Letter(letter)),
        KeyCode::Backspace => Some(Intent::Erase),
        KeyCode::Enter => Some(Intent::Keep),
        KeyCode::Esc => Some(Intent::Close),
        code => motion(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mode: Mode, code: KeyCode) -> Option<Intent> {
        intent(mode, KeyEvent::new(code, KeyModifiers::NONE))
    }

    #[test]
    fn control_c_quits_whatever_is_open() {
        for mode in [Mode::List, Mode::Filter, Mode::Inspect(1), Mode::Ask(1), Mode::Help] {
            let key = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
            assert_eq!(intent(mode, key), Some(Intent::Quit));
        }
    }

    #[test]
    fn control_z_suspends_and_control_l_repaints_whatever_is_open_and_control_u_clears_the_filter() {
        let with_control =
            |mode, letter| intent(mode, KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL));
        for mode in [Mode::List, Mode::Filter, Mode::Servers, Mode::Inspect(1), Mode::Ask(1), Mode::Help] {
            assert_eq!(with_control(mode, 'z'), cfg!(unix).then_some(Intent::Suspend), "{mode:?}");
            assert_eq!(with_control(mode, 'l'), Some(Intent::Repaint), "{mode:?}");
            let u = match mode {
                Mode::Filter => Some(Intent::Clear),
                Mode::Ask(_) => None,
                _ => Some(Intent::HalfPageUp),
            };
            assert_eq!(with_control(mode, 'u'), u, "{mode:?}");
        }
    }

    #[test]
    fn tab_goes_to_the_servers_and_back_and_nothing_is_done_to_a_session_there() {
        assert_eq!(of(Mode::List, KeyCode::Tab), Some(Intent::Servers));
        assert_eq!(of(Mode::Servers, KeyCode::Tab), Some(Intent::Close));
        assert_eq!(of(Mode::Servers, KeyCode::PageDown), Some(Intent::PageDown));
        assert_eq!(of(Mode::Servers, KeyCode::Char('q')), Some(Intent::Quit));
        for code in [KeyCode::Char('d'), KeyCode::Char('i'), KeyCode::Delete] {
            assert_eq!(of(Mode::Servers, code), None, "{code:?}");
        }
    }

    #[test]
    fn a_question_takes_yes_and_no_and_nothing_else() {
        let ask = |code| of(Mode::Ask(1), code);
        assert_eq!(
            (ask(KeyCode::Char('y')), ask(KeyCode::Char('Y'))),
            (Some(Intent::Yes), Some(Intent::Yes))
        );
        for code in [KeyCode::Char('n'), KeyCode::Char('N'), KeyCode::Esc, KeyCode::Char('q')] {
            assert_eq!(ask(code), Some(Intent::Close));
        }
        for code in
            [KeyCode::Enter, KeyCode::Char(' '), KeyCode::Char('d'), KeyCode::Down, KeyCode::Char('s')]
        {
            assert_eq!(ask(code), None, "{code:?}");
        }
    }

    #[test]
    fn letters_are_text_while_the_filter_is_typed() {
        for letter in ['q', 'd', 'y', 's', '?', ' ', '/', '田'] {
            assert_eq!(of(Mode::Filter, KeyCode::Char(letter)), Some(Intent::Letter(letter)));
        }
        // Alt Gr, as Windows tells of it.
        let at = KeyEvent::new(KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT);
        assert_eq!(intent(Mode::Filter, at), Some(Intent::Letter('@')));
        assert_eq!(of(Mode::Filter, KeyCode::Enter), Some(Intent::Keep));
        assert_eq!(of(Mode::Filter, KeyCode::Esc), Some(Intent::Close));
    }

    #[test]
    fn each_key_of_the_list_has_its_intent() {
        let keys = [
            (KeyCode::Char('q'), Intent::Quit),
            (KeyCode::Esc, Intent::Close),
            (KeyCode::Up, Intent::Up),
            (KeyCode::Char('j'), Intent::Down),
            (KeyCode::PageDown, Intent::PageDown),
            (KeyCode::Home, Intent::First),
            (KeyCode::Char('G'), Intent::Last),
            (KeyCode::Char('s'), Intent::NextSort),
            (KeyCode::Char('S'), Intent::PreviousSort),
            (KeyCode::Char('r'), Intent::Reverse),
            (KeyCode::Char('/'), Intent::Filter),
            (KeyCode::Enter, Intent::Inspect),
            (KeyCode::Char('d'), Intent::Ask),
            (KeyCode::Char('?'), Intent::Help),
            (KeyCode::Char('h'), Intent::Help),
            (KeyCode::Char('p'), Intent::Pause),
            (KeyCode::Char('Z'), Intent::Pause),
            (KeyCode::Char(' '), Intent::PageDown),
            (KeyCode::Char('P'), Intent::SortBy(By::Traffic)),
            (KeyCode::Char('M'), Intent::SortBy(By::Total)),
            (KeyCode::Char('T'), Intent::SortBy(By::Time)),
            (KeyCode::Char('+'), Intent::Longer),
            (KeyCode::Char('-'), Intent::Shorter),
        ];
        for (code, intent) in keys {
            assert_eq!(of(Mode::List, code), Some(intent), "{code:?}");
        }
        assert_eq!(of(Mode::List, KeyCode::Char('y')), None, "a yes without a question is nothing");
    }

    #[test]
    fn the_inspector_moves_asks_and_closes() {
        let inspect = |code| of(Mode::Inspect(1), code);
        for (code, intent) in [
            (KeyCode::Down, Intent::Down),
            (KeyCode::Char('j'), Intent::Down),
            (KeyCode::Char('k'), Intent::Up),
            (KeyCode::Char('G'), Intent::Last),
            (KeyCode::Char(' '), Intent::PageDown),
            (KeyCode::Char('d'), Intent::Ask),
        ] {
            assert_eq!(inspect(code), Some(intent), "{code:?}");
        }
        assert_eq!(inspect(KeyCode::Char('q')), Some(Intent::Close));
        assert_eq!(inspect(KeyCode::Char('s')), None);
    }

    #[test]
    fn the_help_scrolls_and_any_other_key_closes_it() {
        let help = |code| of(Mode::Help, code);
        assert_eq!(help(KeyCode::Down), Some(Intent::Down));
        assert_eq!(help(KeyCode::Char(' ')), Some(Intent::PageDown));
        for code in [KeyCode::Char('x'), KeyCode::Char('q'), KeyCode::Char('d'), KeyCode::Esc, KeyCode::Enter]
        {
            assert_eq!(help(code), Some(Intent::Close), "{code:?}");
        }
    }

    #[test]
    fn a_key_that_is_let_go_is_nothing() {
        let released = KeyEvent::new_with_kind(KeyCode::Char('q'), KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(intent(Mode::List, released), None);
    }
}
