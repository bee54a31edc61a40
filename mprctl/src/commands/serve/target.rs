//! A server that several scrapers may ask at the same time.
//!
//! One thread at a time asks a server over its link, and its answer goes to all requests that wait for it. The link keeps
//! the connection, and gives a call up at the time limit. Until that call returns, later requests fail at once: a server that
//! hangs costs one thread, however often it is scraped.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use mprapi::{ErrorKind, Link, LinkError, Mpr};
use tokio::sync::watch;
use tokio::time::{self, Instant};

use super::exposition::{Exposition, Page};
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
    link: Link,
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

/// The metrics for Prometheus.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) page: Arc<Page>,
    pub(crate) is_up: bool,
    pub(crate) took: Duration,
}

impl Answer {
    fn new(out: Exposition, is_up: bool, took: Duration) -> Answer {
        Answer { page: Arc::new(out.into_page()), is_up, took }
    }
}

impl Target {
    pub(crate) fn new(server: crate::target::Target, mpr: Mpr, limit: Duration, is_per_user: bool) -> Target {
        let (state, memory) = Default::default();
        let link = Link::new(&mpr, server.name.as_deref()).with_limit(limit);
        Target { server, mpr, link, is_per_user, state, memory }
    }

    /// Asks the server, or waits for a request that is under way. `limit` counts from the start of that request: once it is
    /// over, this returns a failure at once. That failure is the scraper's: the server may answer within its own limit.
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
        failed(&Failure::too_slow(limit), since.elapsed())
    }

    /// Returns `true` if a call goes on for longer than the time limit.
    pub(crate) fn hangs(&self) -> bool {
        match &self.state().asking {
            Some(asking) => asking.since.elapsed() > self.link.limit(),
            None => self.link.is_busy(),
        }
    }

    fn start(self: &Arc<Self>) -> Result<Asking, Failure> {
        let (sender, answer) = watch::channel(None);
        let (target, since) = (Arc::clone(self), Instant::now());
        let asks = move || {
            let result = target.read();
            target.tell(result.as_ref().err());
            let answer = match result {
                Ok(out) => Answer::new(out, true, since.elapsed()),
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

    fn read(self: &Arc<Self>) -> Result<Exposition, Failure> {
        let target = Arc::clone(self);
        let reading = self.link.read(move |server| Ok(target.write(Reading::take(server)?)));
        reading.map_err(|error| self.why(error))
    }

    fn write(&self, reading: Reading) -> Exposition {
        let mut out = Exposition::default();
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        reading.write(&mut out, &mut memory, self.is_per_user);
        out
    }

    /// Finds out why a call failed: some functions answer the same if the service does not run and if it routes local
    /// networks only.
    fn why(&self, error: LinkError) -> Failure {
        match error {
            LinkError::Call(error) if error.kind() == ErrorKind::NotRunning => {
                fleet::why_stopped(&self.mpr, self.server.name.as_deref(), error)
            }
            error => error.into(),
        }
    }

    /// Prints a line on standard error when a server stops answering or answers again, not for each request.
    fn tell(&self, failure: Option<&Failure>) {
        let was_up = self.state().was_up.replace(failure.is_none()).unwrap_or(true);
        let name = self.server.label();
        match failure {
            Some(failure) if was_up => terminal::say_lines(&format!("{name}: {}", failure.message), []),
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
    Answer::new(out, false, took)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_scraper_that_waits_for_less_time_does_not_have_the_server_reported_as_down() {
        let simulation = mprapi_sim::Server::unique().latency(Duration::from_millis(20)).start();
        let name = simulation.routers()[0].name();
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { Mpr::from_table(mprapi_sim::table()) };
        let server = crate::target::Target::named(name);
        let target = Arc::new(Target::new(server, mpr, Duration::from_secs(60), false));
        assert!(!target.ask(Duration::from_millis(1)).await.is_up, "it has not answered yet");
        assert_eq!(target.state().was_up, None);
        assert!(target.ask(Duration::from_secs(60)).await.is_up);
        assert_eq!(target.state().was_up, Some(true));
    }
}
