//! The terminal while top has it, and how it was before, whatever happens.

use std::io;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use ratatui::DefaultTerminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::execute;
use ratatui::crossterm::style::force_color_output;
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use crate::terminal;

/// Whether the terminal is to be given back. A panic does that before it says what it has to say, and must not lose that
/// when the screen is given back once more.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// What panics in other threads said, which would have spoiled the screen.
static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The terminal, drawn on in full; given back when this goes.
pub(super) struct Screen {
    pub(super) terminal: DefaultTerminal,
}

impl Screen {
    pub(super) fn take(has_color: bool) -> io::Result<Screen> {
        let terminal = DefaultTerminal::new(CrosstermBackend::new(terminal::screen()))?;
        // What has colour is decided already, by more than NO_COLOR.
        force_color_output(has_color);
        let (told, drawing) = (panic::take_hook(), thread::current().id());
        panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == drawing {
                give_back();
                told(panic);
            } else {
                // The thread is missed soon, and another takes over.
                SAID.lock().unwrap_or_else(PoisonError::into_inner).push(terminal::told(panic));
            }
        }));
        let screen = Screen { terminal };
        screen.enter()?;
        Ok(screen)
    }

    fn enter(&self) -> io::Result<()> {
        enable_raw_mode()?;
        IS_TAKEN.store(true, Ordering::SeqCst);
        execute!(terminal::screen(), EnterAlternateScreen)
    }

    /// Gives the terminal back and stops the program, as Ctrl-Z stops others. Takes the terminal again when the shell
    /// goes on with it.
    #[cfg(unix)]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        use signal_hook::consts::SIGTSTP;

        give_back();
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
        self.enter()?;
        // One that remembers nothing, so that all is drawn. (`Terminal::clear` asks where the cursor is, and whoever
        // reads the keys would take the answer.)
        self.terminal = DefaultTerminal::new(CrosstermBackend::new(terminal::screen()))?;
        execute!(terminal::screen(), Clear(ClearType::All))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
        for text in SAID.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            terminal::say(&text);
        }
    }
}

fn give_back() {
    if IS_TAKEN.swap(false, Ordering::SeqCst) {
        // Where that fails, the terminal is gone.
        // (tmux would leave parts of a screen that was resized.)
        let _ = execute!(terminal::screen(), Clear(ClearType::All), LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}
