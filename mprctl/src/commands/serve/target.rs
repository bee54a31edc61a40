//! A server that several scrapers may ask at the same time.
//!
//! The API's calls block and cannot be cancelled. So one thread at a time asks a server, and its answer goes to all
//! requests that wait for it. A request whose time is over gets a failure; the thread keeps waiting, and until it returns
//! later requests fail at once. A server that hangs costs one thread, however often it is scraped.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use hyper::body::Bytes;
use mprapi::Mpr;
use tokio::sync::watch;
use tokio::time::{self, Instant};

use super::exposition::{Exposition, Format};
use super::memory::Memory;
use super::reading::{self, Reading};
use crate::failure::{Failure, Kind};
use crate::fleet;
use crate::terminal;

/// How long an answer is reused. This limits the load on the server and the number of answers in memory.
const FRESH: Duration = Duration::from_secs(1);

pub(crate) struct Target {
    pub(crate) server: crate::target::Target,
    mpr: Mpr,
    is_per_user: bool,
    state: Mutex<State>,
    /// Locked by the thread that asks, while it writes the metrics.
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct State {
    asking: Option<Asking>,
    last: Option<(Instant, Answer)>,
    /// The condition that was last reported on standard error.
    was_up: Option<bool>,
}

#[derive(Clone)]
struct Asking {
    since: Instant,
    answer: watch::Receiver<Option<Answer>>,
}

/// The metrics for Prometheus, in both formats.
#[derive(Clone)]
pub(crate) struct Answer {
    text: Bytes,
    open: Bytes,
    pub(crate) is_up: bool,
    pub(crate) took: Duration,
}

impl Answer {
    fn new(out: &Exposition, is_up: bool, took: Duration) -> Answer {
        let bytes = |format| Bytes::copy_from_slice(out.as_text(format).as_bytes());
        Answer { text: bytes(Format::Text), open: bytes(Format::OpenMetrics), is_up, took }
    }

    /// Returns the metrics, without the end of a page.
    pub(crate) fn bytes(&self, format: Format) -> Bytes {
        match format {
            Format::Text => self.text.clone(),
            Format::OpenMetrics => self.open.clone(),
        }
    }
}

impl Target {
    pub(crate) fn new(server: crate::target::Target, mpr: Mpr, is_per_user: bool) -> Target {
        let (state, memory) = Default::default();
        Target { server, mpr, is_per_user, state, memory }
    }

    /// Asks the server, or waits for a request that is under way. `limit` counts from the start of that request: once it is
    /// over, this returns a failure at once.
    pub(crate) async fn ask(self: &Arc<Self>, limit: Duration) -> Answer {
        let asking = {
            let mut state = self.state();
            match &state.last {
                Some((at, answer)) if at.elapsed() < FRESH => return answer.clone(),
                _ => {}
            }
            match &state.asking {
                Some(asking) => asking.clone(),
                None => match self.start() {
                    Ok(asking) => state.asking.insert(asking).clone(),
                    Err(failure) => return failed(&failure, Duration::ZERO),
                },
            }
        };
        let Asking { since, mut answer } = asking;
        if let Ok(Ok(answer)) = time::timeout_at(since + limit, answer.wait_for(Option::is_some)).await
            && let Some(answer) = &*answer
        {
            return answer.clone();
        }
        let failure = Failure::too_slow(limit);
        self.tell(Some(&failure));
        failed(&failure, since.elapsed())
    }

    /// Returns `true` if a request has been under way for longer than `limit`.
    pub(crate) fn hangs(&self, limit: Duration) -> bool {
        self.state().asking.as_ref().is_some_and(|asking| asking.since.elapsed() > limit)
    }

    fn start(self: &Arc<Self>) -> Result<Asking, Failure> {
        let (sender, answer) = watch::channel(None);
        let (target, since) = (Arc::clone(self), Instant::now());
        let asks = move || {
            let result = panic::catch_unwind(AssertUnwindSafe(|| target.read()))
                .unwrap_or_else(|_| Err(Failure::new(Kind::Failed, "mprctl has a bug: it panicked")));
            target.tell(result.as_ref().err());
            let answer = match result {
                Ok(out) => Answer::new(&out, true, since.elapsed()),
                Err(failure) => failed(&failure, since.elapsed()),
            };
            let mut state = target.state();
            (state.asking, state.last) = (None, Some((Instant::now(), answer.clone())));
            drop(state);
            // All who waited may have gone.
            let _ = sender.send(Some(answer));
        };
        let thread = thread::Builder::new().name("mprctl-probe".to_owned()).spawn(asks);
        thread.map_err(|error| Failure::new(Kind::Failed, format!("cannot start a thread: {error}")))?;
        Ok(Asking { since, answer })
    }

    fn read(&self) -> Result<Exposition, Failure> {
        let reading = fleet::with_server(&self.mpr, self.server.name.as_deref(), Reading::take)?;
        let mut out = Exposition::default();
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        reading.write(&mut out, &mut memory, self.is_per_user);
        Ok(out)
    }

    /// Prints a line on standard error when a server stops answering or answers again, not for each request.
    fn tell(&self, failure: Option<&Failure>) {
        let was_up = self.state().was_up.replace(failure.is_none()).unwrap_or(true);
        let name = self.server.label();
        match failure {
            Some(failure) if was_up => terminal::say(&format!("{name}: {}", failure.message)),
            None if !was_up => terminal::say(&format!("{name}: answers again")),
            _ => {}
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // What is in it is whole at any time.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn failed(failure: &Failure, took: Duration) -> Answer {
    let mut out = Exposition::default();
    reading::write_failure(&mut out, failure);
    Answer::new(&out, false, took)
}
