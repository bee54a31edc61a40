//! The terminal while top uses it; restored in any case, even after a panic.

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

/// `true` while the terminal must be restored. The panic hook restores it before it prints the message, and a second
/// restore would erase that message.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// The messages of panics in other threads, kept until the screen is restored.
static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The terminal in full-screen mode; restored on drop.
pub(super) struct Screen {
    pub(super) terminal: DefaultTerminal,
}

impl Screen {
    pub(super) fn take(has_color: bool) -> io::Result<Screen> {
        let terminal = DefaultTerminal::new(CrosstermBackend::new(terminal::screen()))?;
        // What has colour is decided already, by more than NO_COLOR.
        force_color_output(has_color);
        let (report, drawing) = (panic::take_hook(), thread::current().id());
        panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == drawing {
                give_back();
                report(panic);
            } else {
                // The thread is missed soon, and another takes over.
                SAID.lock().unwrap_or_else(PoisonError::into_inner).push(terminal::describe_panic(panic));
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

    /// Restores the terminal and suspends the program, as Ctrl-Z does for other programs. Takes the terminal again when the
    /// shell continues the program.
    #[cfg(unix)]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        use signal_hook::consts::SIGTSTP;

        give_back();
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
        self.enter()?;
        self.repaint()
    }

    /// Clears the screen and forgets the last frame, so that the next one is drawn in full.
    pub(super) fn repaint(&mut self) -> io::Result<()> {
        // A new terminal has no memory of earlier frames. (`Terminal::clear` asks for the position of the cursor, and the
        // thread that reads keys would take the answer.)
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
