//! What a key means, which depends on what is open.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::state::Mode;

/// What a person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    Quit,
    /// Away with what is open: a panel, the filter, the selection; where nothing is, top itself.
    Close,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    NextSort,
    PreviousSort,
    Reverse,
    Filter,
    Letter(char),
    Erase,
    Keep,
    Inspect,
    Ask,
    Yes,
    Help,
    Pause,
    Longer,
    Shorter,
}

pub(super) fn intent(mode: Mode, key: KeyEvent) -> Option<Intent> {
    // Windows tells of keys that are let go too.
    if key.kind == KeyEventKind::Release {
        return None;
    }
    if key.modifiers.contains(KeyModifiers::CONTROL) && !key.modifiers.contains(KeyModifiers::ALT) {
        return matches!(key.code, KeyCode::Char('c' | 'C')).then_some(Intent::Quit);
    }
    match mode {
        Mode::List => list(key.code),
        Mode::Filter => filter(key.code),
        Mode::Inspect(_) => match key.code {
            KeyCode::Enter | KeyCode::Esc | KeyCode::Char('q' | 'i') => Some(Intent::Close),
            code => motion(code).or_else(|| list(code).filter(|intent| *intent == Intent::Ask)),
        },
        // Whatever is not a clear yes leaves things as they are.
        Mode::Ask(_) => match key.code {
            KeyCode::Char('y' | 'Y') => Some(Intent::Yes),
            KeyCode::Char('n' | 'N' | 'q') | KeyCode::Esc => Some(Intent::Close),
            _ => None,
        },
        Mode::Help => Some(Intent::Close),
    }
}

fn list(code: KeyCode) -> Option<Intent> {
    let intent = match code {
        KeyCode::Char('q') => Intent::Quit,
        KeyCode::Esc => Intent::Close,
        KeyCode::Char('s') | KeyCode::Right => Intent::NextSort,
        KeyCode::Char('S') | KeyCode::Left => Intent::PreviousSort,
        KeyCode::Char('r') => Intent::Reverse,
        KeyCode::Char('/') => Intent::Filter,
        KeyCode::Enter | KeyCode::Char('i') => Intent::Inspect,
        KeyCode::Char('d') | KeyCode::Delete => Intent::Ask,
        KeyCode::Char('?' | 'h') | KeyCode::F(1) => Intent::Help,
        KeyCode::Char('p' | ' ') => Intent::Pause,
        KeyCode::Char('+' | '=') => Intent::Longer,
        KeyCode::Char('-') => Intent::Shorter,
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
