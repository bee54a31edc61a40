//! How many of the servers have answered, on a line of standard error that is wiped at the end.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::terminal;

/// The columns of the bar.
const BAR: usize = 32;

/// The line is not drawn more often than that.
const PAUSE: Duration = Duration::from_millis(50);

/// A line that tells how many servers have answered. It is hidden for one server, and unless standard error is a terminal.
///
/// A library for this would be `indicatif`: it calls a function of the system's mathematics, which each start of `mprctl`
/// would load then.
pub(crate) struct Progress {
    servers: usize,
    /// `None` if the line is hidden, or wiped already.
    state: Mutex<Option<State>>,
}

struct State {
    answered: usize,
    drawn: Instant,
}

impl Progress {
    pub(crate) fn new(servers: usize) -> Progress {
        let is_shown = servers > 1 && terminal::is_error_shown() && !terminal::is_dumb();
        let progress = Progress {
            servers,
            state: Mutex::new(is_shown.then(|| State { answered: 0, drawn: Instant::now() })),
        };
        if is_shown {
            terminal::draw_line(&line(0, servers));
        }
        progress
    }

    /// Counts an answer. One that comes after the end is not drawn.
    pub(crate) fn count(&self) {
        if let Some(state) = &mut *self.state() {
            state.answered += 1;
            if state.drawn.elapsed() >= PAUSE {
                state.drawn = Instant::now();
                terminal::draw_line(&line(state.answered, self.servers));
            }
        }
    }

    /// Wipes the line.
    pub(crate) fn end(&self) {
        if self.state().take().is_some() {
            terminal::draw_line("");
        }
    }

    fn state(&self) -> MutexGuard<'_, Option<State>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the line, which fits into 80 columns.
fn line(answered: usize, servers: usize) -> String {
    let full = answered.min(servers) * BAR / servers.max(1);
    format!("{}{} {answered} of {servers} servers", "█".repeat(full), "░".repeat(BAR - full))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn the_bar_grows_with_the_answers_and_the_line_fits_into_eighty_columns() {
        assert_eq!(line(0, 40), format!("{} 0 of 40 servers", "░".repeat(32)));
        assert_eq!(line(10, 40), format!("{}{} 10 of 40 servers", "█".repeat(8), "░".repeat(24)));
        assert_eq!(line(40, 40), format!("{} 40 of 40 servers", "█".repeat(32)));
        assert!(line(1_000_000, 1_000_000).chars().count() < 80);
    }
}
