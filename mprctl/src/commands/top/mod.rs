//! `mprctl top`: live traffic of sessions and servers, full screen.

mod keys;
mod screen;
mod server;
mod sort;
mod state;
#[cfg(test)]
mod test_support;
mod view;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use chrono::Local;
use clap::Args;
use ratatui::crossterm::event::{self, Event};

use self::screen::Screen;
use self::state::{Effect, Ending, State};
use self::view::View;
use crate::commands::live::{News, Observers};
use crate::commands::session::{self, Counted};
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::{quantity, terminal};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  mprctl --demo top                        a simulated company with live traffic
  mprctl --server vpn01,vpn02 top          the sessions of two servers, by traffic
  mprctl --fleet europe top --interval 5s

Keys:
  ↑ ↓ PgUp PgDn Home End   select a session (or j k g G)
  Enter                    show all details of it
  d                        disconnect it (asks first)
  /                        filter by user, server, address, tunnel, computer
  s S r                    sort by the next or previous column; reverse the order
  P M T                    sort by traffic, by total, by time
  p                        pause
  + -                      refresh less often, more often
  Tab                      scroll the servers; again for the sessions
  t                        fold by server; Enter opens and closes one
  ? h                      show the keys
  Ctrl-L                   draw the screen again
  Ctrl-Z                   suspend (not on Windows)
  q Esc Ctrl-C             quit

The keys of htop and less work too: F1 help, F3 F4 filter, F5 fold, F6 sort, F9 disconnect, F10 Q quit,
Z pause; Space f b Ctrl-F Ctrl-B pages, Ctrl-D Ctrl-U half a page.")]
pub(crate) struct Options {
    /// The time between two refreshes of a server
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = quantity::parse_interval)]
    interval: Duration,
}

/// The shortest time between two frames with news from servers. The effect of a key is drawn at once.
const FRAME: Duration = Duration::from_millis(100);
/// The longest wait for news, so that the times on the screen go on.
const SECOND: Duration = Duration::from_secs(1);

pub(crate) fn run(context: Context, options: &Options) -> Result<(), Failure> {
    if !terminal::is_output_shown() {
        return Err(Failure::usage("top needs a terminal, but standard output is not one").advice(
            "`mprctl session list` prints the sessions, `mprctl watch` prints connects and disconnects.",
        ));
    }
    if terminal::is_dumb() {
        return Err(Failure::usage("top cannot draw on this terminal: TERM is `dumb`").advice(
            "Set TERM to the type of the terminal, such as xterm-256color. `mprctl session list` and\n\
             `mprctl watch` work on any terminal.",
        ));
    }
    let context = Arc::new(context);
    let observers = Observers::start(&context, options.interval, false, Counted::read);
    let mut top = Top::new(&context, observers, options.interval)?;
    let outcome = top.show(context.style.color);
    top.observers.stop();
    for ending in top.state.endings {
        let what = ending.label;
        terminal::say(&format!(
            "top ended before the server confirmed that {what} is disconnected; check with `mprctl session list`"
        ));
    }
    outcome
}

struct Top {
    context: Arc<Context>,
    observers: Observers<Counted>,
    state: State,
    /// Set when the system asks top to end.
    is_over: Arc<AtomicBool>,
    /// The outcomes of disconnects, with the numbers of the sessions.
    outcomes: (Sender<Outcome>, Receiver<Outcome>),
}

type Outcome = (u64, Result<(), Failure>);

impl Top {
    fn new(
        context: &Arc<Context>,
        observers: Observers<Counted>,
        interval: Duration,
    ) -> Result<Top, Failure> {
        let is_over = Arc::new(AtomicBool::new(false));
        let (over, interrupt) = (Arc::clone(&is_over), observers.interrupter());
        let end = move || {
            over.store(true, Ordering::Relaxed);
            interrupt();
        };
        ctrlc::set_handler(end)
            .map_err(|error| Failure::new(Kind::Failed, format!("cannot handle Ctrl-C: {error}")))?;
        let names = context.targets.iter().map(|target| target.label());
        let state = State::new(names, interval, context.is_simulated, Instant::now());
        Ok(Top { context: Arc::clone(context), observers, state, is_over, outcomes: mpsc::channel() })
    }

    /// Takes the terminal, and shows the sessions until the user quits.
    fn show(&mut self, has_color: bool) -> Result<(), Failure> {
        let mut screen = Screen::take(has_color).map_err(cannot_draw)?;
        let mut view = View::new(has_color);
        let keys = read_keys(self.observers.interrupter());
        let mut is_urgent = true;
        let (mut drawn, mut sampled) = (Instant::now(), Instant::now());
        loop {
            let (now, time) = (Instant::now(), Local::now());
            self.state.set_now(now);
            if now.saturating_duration_since(sampled) >= self.state.interval {
                self.state.sample();
                sampled = now;
            }
            let mut wait = self.state.interval.saturating_sub(sampled.elapsed()).min(SECOND);
            if view.is_due(&self.state, time) {
                if is_urgent || drawn.elapsed() >= FRAME {
                    let draw = |frame: &mut ratatui::Frame<'_>| view.draw(frame, &mut self.state, time);
                    screen.terminal.draw(draw).map_err(cannot_draw)?;
                    drawn = Instant::now();
                } else {
                    wait = wait.min(FRAME.saturating_sub(drawn.elapsed()));
                }
            }
            is_urgent = self.listen(wait);
            while let Ok((id, outcome)) = self.outcomes.1.try_recv() {
                if let Some(server) = self.state.ended(id, outcome) {
                    // Refresh, so that the session disappears from the table.
                    self.observers.hurry(server);
                }
            }
            while let Ok(event) = keys.try_recv() {
                let event = event.map_err(|error| {
                    Failure::new(Kind::Failed, format!("cannot read the keyboard: {error}"))
                })?;
                let Event::Key(key) = event else {
                    // The terminal has another size.
                    self.state.redraw();
                    continue;
                };
                let Some(intent) = keys::intent(self.state.mode, key) else { continue };
                match self.state.apply(intent) {
                    None => {}
                    Some(Effect::Quit) => return Ok(()),
                    #[cfg(unix)]
                    Some(Effect::Suspend) => screen.suspend().map_err(cannot_draw)?,
                    Some(Effect::Repaint) => screen.repaint().map_err(cannot_draw)?,
                    #[cfg(not(unix))]
                    Some(Effect::Suspend) => {}
                    Some(Effect::Interval(interval)) => self.observers.set_interval(interval),
                    Some(Effect::Disconnect(ending)) => self.disconnect(*ending),
                }
            }
            if self.is_over.load(Ordering::Relaxed) {
                return Ok(());
            }
        }
    }

    /// Waits for news from the servers, for at most `wait`. Returns `true` if something else has happened, such as a key.
    fn listen(&mut self, mut wait: Duration) -> bool {
        // Take all news that has come by now into the next frame: many servers send news faster than frames are drawn.
        for _ in 0..self.state.servers.len().max(32) {
            match self.observers.next(wait) {
                News::Seen(server, look) => {
                    self.state.set_now(Instant::now());
                    self.state.observe(server, look);
                }
                News::Interrupted => return true,
                News::Nothing => return false,
            }
            wait = Duration::ZERO;
        }
        false
    }

    /// Disconnects a session on its own thread, since the call may take long.
    fn disconnect(&mut self, Ending { id, server, found, .. }: Ending) {
        let (context, outcomes) = (Arc::clone(&self.context), self.outcomes.0.clone());
        let interrupt = self.observers.interrupter();
        let ends = move || {
            let _ = outcomes.send((id, session::end(&context, &context.targets[server], found)));
            interrupt();
        };
        if let Err(error) = thread::Builder::new().name("mprctl-disconnect".to_owned()).spawn(ends) {
            let failure = Failure::new(Kind::Failed, format!("cannot start a thread: {error}"));
            self.state.ended(id, Err(failure));
        }
    }
}

fn cannot_draw(error: io::Error) -> Failure {
    Failure::new(Kind::Failed, format!("cannot draw on the terminal: {error}"))
}

/// Reads keys until the program ends, and calls `ring` at each.
fn read_keys(ring: impl Fn() + Send + 'static) -> Receiver<io::Result<Event>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        loop {
            let event = event::read();
            let is_last = event.is_err();
            if sender.send(event).is_err() || is_last {
                return ring();
            }
            ring();
        }
    });
    receiver
}
