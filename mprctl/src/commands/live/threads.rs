//! One thread for each server that is observed. Its calls go through a [`Link`], so a server that hangs is a failure at the
//! time limit, holds up no other server, and costs one further thread.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use mprapi::{Link, Notification, Stopper, Wake};

use super::poll::{Observer, poll};
use super::{Look, Read};
use crate::commands::session::Session;
use crate::context::Context;
use crate::failure::{Failure, Kind};

/// The result of waiting for news.
#[derive(Debug)]
pub(crate) enum News<S = Session> {
    /// A reading of the server with this index among the targets, or the failure to get one.
    Seen(usize, Result<Look<S>, Failure>),
    /// Nothing happened in time.
    Nothing,
    /// The interrupter ended the wait.
    Interrupted,
}

pub(crate) struct Observers<S> {
    /// The interval in milliseconds, which the threads read.
    interval: Arc<AtomicU64>,
    watches: Vec<Arc<Watch>>,
    threads: Vec<JoinHandle<()>>,
    /// The servers whose threads could not be started, until that is told.
    unstarted: Vec<(usize, Failure)>,
    /// A thread waits until there is room for its reading: where nobody takes them, such as behind a pager, the servers are
    /// not read, and memory does not grow.
    sender: SyncSender<Message<S>>,
    receiver: Receiver<Message<S>>,
    /// Set by an interrupter, which must not wait for room.
    is_interrupted: Arc<AtomicBool>,
}

/// The state that a thread shares with its starter.
#[derive(Default)]
struct Watch {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Default)]
struct State {
    is_over: bool,
    /// `true` if the thread must read the server now, without waiting for the interval.
    is_hurried: bool,
    /// Ends the wait for a notification.
    stopper: Option<Stopper>,
}

enum Message<S> {
    Seen(usize, Result<Look<S>, Failure>),
    /// Ends a wait for news.
    Interrupt,
}

impl<S: Send + 'static> Observers<S> {
    /// Starts to observe each of the servers of `context`.
    pub(crate) fn start(context: &Context, interval: Duration, listens: bool, read: Read<S>) -> Observers<S> {
        let (sender, receiver) = mpsc::sync_channel(context.targets.len());
        let interval = Arc::new(AtomicU64::new(milliseconds(interval)));
        let (mut watches, mut threads, mut unstarted) = (Vec::new(), Vec::new(), Vec::new());
        for (index, target) in context.targets.iter().enumerate() {
            let link = Link::new(&context.mpr, target.name.as_deref()).with_limit(context.limits.timeout);
            let watch = Arc::new(Watch::default());
            watches.push(Arc::clone(&watch));
            let (interval, sender) = (Arc::clone(&interval), sender.clone());
            let work = move || poll(&link, listens, read, &mut Thread { index, watch, interval, sender });
            match thread::Builder::new().name(format!("mprctl-{index}")).spawn(work) {
                Ok(thread) => threads.push(thread),
                Err(error) => {
                    let failure = Failure::new(Kind::Failed, format!("cannot start a thread: {error}"));
                    unstarted.push((index, failure));
                }
            }
        }
        Observers { interval, watches, threads, unstarted, sender, receiver, is_interrupted: Arc::default() }
    }

    /// Changes the interval, and reads all servers now. (A thread that waits for a notification finishes that wait first.)
    pub(crate) fn set_interval(&self, interval: Duration) {
        self.interval.store(milliseconds(interval), Ordering::Relaxed);
        (0..self.watches.len()).for_each(|index| self.hurry(index));
    }

    /// Reads a server now, without waiting for the interval.
    pub(crate) fn hurry(&self, index: usize) {
        let watch = &self.watches[index];
        watch.lock().is_hurried = true;
        watch.bell.notify_all();
    }

    /// Returns a function that ends the wait for news, from any thread.
    pub(crate) fn interrupter(&self) -> impl Fn() + Send + use<S> {
        let (sender, is_interrupted) = (self.sender.clone(), Arc::clone(&self.is_interrupted));
        move || {
            is_interrupted.store(true, Ordering::SeqCst);
            // Where there is no room, nobody waits for news.
            let _ = sender.try_send(Message::Interrupt);
        }
    }

    /// Waits for news, for at most `at_most`.
    pub(crate) fn next(&mut self, at_most: Duration) -> News<S> {
        if let Some((index, failure)) = self.unstarted.pop() {
            return News::Seen(index, Err(failure));
        }
        let end = Instant::now() + at_most;
        loop {
            if self.is_interrupted.swap(false, Ordering::SeqCst) {
                return News::Interrupted;
            }
            match self.receiver.recv_timeout(end.saturating_duration_since(Instant::now())) {
                // It only wakes this loop; the flag says if the interruption is still to be told.
                Ok(Message::Interrupt) => {}
                Ok(Message::Seen(index, look)) => return News::Seen(index, look),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return News::Nothing,
            }
        }
    }

    /// Stops all threads, and waits up to a second for them to disconnect from their servers.
    pub(crate) fn stop(self) {
        self.watches.iter().for_each(|watch| watch.end());
        // A thread that waits for room goes on.
        drop(self.receiver);
        let end = Instant::now() + Duration::from_secs(1);
        while !self.threads.iter().all(JoinHandle::is_finished) && Instant::now() < end {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Watch {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) {
        let mut state = self.lock();
        state.is_over = true;
        if let Some(stopper) = &state.stopper {
            stopper.stop();
        }
        self.bell.notify_all();
    }

    /// Waits until the time is over, the thread is hurried, or it is over.
    fn pause(&self, time: Duration) -> MutexGuard<'_, State> {
        let waits = |state: &mut State| !state.is_over && !state.is_hurried;
        let waited = self.bell.wait_timeout_while(self.lock(), time, waits);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        state.is_hurried = false;
        state
    }
}

struct Thread<S> {
    index: usize,
    watch: Arc<Watch>,
    interval: Arc<AtomicU64>,
    sender: SyncSender<Message<S>>,
}

impl<S> Observer<S> for Thread<S> {
    fn saw(&mut self, look: Result<Look<S>, Failure>) {
        // Nobody listens any more when the program ends.
        let _ = self.sender.send(Message::Seen(self.index, look));
    }

    fn interval(&self) -> Duration {
        Duration::from_millis(self.interval.load(Ordering::Relaxed))
    }

    fn wait(&mut self, notification: Option<&mut Notification<'_>>, at_most: Duration) -> Wake {
        let mut state = self.watch.lock();
        let wake = match notification {
            _ if state.is_over => Wake::Stopped,
            Some(notification) => {
                state.stopper = Some(notification.stopper());
                drop(state);
                let began = Instant::now();
                match notification.wait(Some(at_most)) {
                    Ok(wake) => {
                        state = self.watch.lock();
                        state.stopper = None;
                        wake
                    }
                    // This machine cannot wait for the event, so the thread waits as without a notification.
                    Err(_) => {
                        state = self.watch.pause(at_most.saturating_sub(began.elapsed()));
                        state.stopper = None;
                        Wake::TimedOut
                    }
                }
            }
            None => {
                drop(state);
                state = self.watch.pause(at_most);
                Wake::TimedOut
            }
        };
        if state.is_over { Wake::Stopped } else { wake }
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use mprapi_sim::{Router, Scenario, Server, Simulation};

    use super::*;

    const TIMEOUT: Duration = Duration::from_millis(300);

    /// Two servers that answer, looked at ten times a second.
    fn two() -> (Simulation, Observers<mprapi::Session>) {
        let simulation = Scenario::new().server(Server::unique()).server(Server::unique()).start();
        let names: Vec<&str> = simulation.routers().iter().map(Router::name).collect();
        let context = Context::of_test(&names, TIMEOUT);
        let observers =
            Observers::start(&context, Duration::from_millis(100), false, mprapi::Server::sessions);
        (simulation, observers)
    }

    /// Collects news until there is `enough`, for at most 20 seconds.
    fn seen(
        observers: &mut Observers<mprapi::Session>,
        mut is_enough: impl FnMut(usize, &Result<Look<mprapi::Session>, Failure>) -> bool,
    ) {
        let end = Instant::now() + Duration::from_secs(20);
        while Instant::now() < end {
            if let News::Seen(post, look) = observers.next(Duration::from_secs(1))
                && is_enough(post, &look)
            {
                return;
            }
        }
        panic!("it was not seen in 20 seconds");
    }

    #[test]
    fn a_server_that_is_stuck_is_given_up_while_the_other_is_looked_at_as_often_as_ever() {
        let (simulation, mut observers) = two();
        seen(&mut observers, |post, look| post == 0 && look.is_ok());
        simulation.routers()[0].set_latency(Duration::from_secs(3));
        let (mut failures, mut looks) = (0, 0);
        seen(&mut observers, |post, look| {
            match (post, look) {
                (0, Err(failure)) => {
                    assert_eq!(failure.kind, Kind::Unreachable);
                    failures += 1;
                }
                // What was on its way when it got stuck.
                (0, Ok(_)) => {}
                _ => {
                    assert!(look.is_ok());
                    looks += 1;
                }
            }
            failures == 2
        });
        // It was waited for 300 ms and a second's pause; a busy machine does not look quite as often.
        assert!(looks >= 4, "{looks} looks at the one that answers");
        let began = Instant::now();
        observers.stop();
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    }

    #[test]
    fn a_server_that_answers_again_is_seen_again() {
        let (simulation, mut observers) = two();
        let router = &simulation.routers()[0];
        router.set_latency(Duration::from_secs(1));
        seen(&mut observers, |post, look| post == 0 && look.is_err());
        router.set_latency(Duration::ZERO);
        seen(&mut observers, |post, look| post == 0 && look.is_ok());
        observers.stop();
    }

    #[test]
    fn readings_that_nobody_takes_do_not_pile_up_and_an_interruption_comes_before_them() {
        let (simulation, mut observers) = two();
        seen(&mut observers, |post, look| post == 0 && look.is_ok());
        observers.set_interval(Duration::from_millis(1));
        let readings = || simulation.routers()[0].calls("MprAdminServerGetInfo");
        // Until all who read wait for room.
        let mut before = readings();
        loop {
            thread::sleep(Duration::from_millis(300));
            match readings() {
                now if now == before => break,
                now => before = now,
            }
            assert!(before < 100, "{before} readings that nobody has taken");
        }
        assert!(before > 0, "it is what they read");
        observers.interrupter()();
        assert!(matches!(observers.next(Duration::ZERO), News::Interrupted));
        assert!(matches!(observers.next(Duration::from_secs(20)), News::Seen(..)), "they are there still");
        let began = Instant::now();
        observers.stop();
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    }

    #[test]
    fn an_interruption_ends_a_wait_once() {
        let (_simulation, mut observers) = two();
        observers.set_interval(Duration::from_secs(3600));
        while !matches!(observers.next(Duration::from_millis(500)), News::Nothing) {}
        let interrupt = observers.interrupter();
        let waiting = thread::spawn(move || {
            let interrupted = matches!(observers.next(Duration::from_secs(60)), News::Interrupted);
            (interrupted, observers)
        });
        thread::sleep(Duration::from_millis(50));
        interrupt();
        let (interrupted, mut observers) = waiting.join().expect("it does not panic");
        assert!(interrupted);
        assert!(matches!(observers.next(Duration::from_millis(50)), News::Nothing));
        observers.stop();
    }

    #[test]
    fn a_hurried_thread_does_not_wait_for_the_interval() {
        let (_simulation, mut observers) = two();
        observers.set_interval(Duration::from_secs(3600));
        // Those that were on their way when the interval changed.
        while !matches!(observers.next(Duration::from_millis(500)), News::Nothing) {}
        observers.hurry(1);
        seen(&mut observers, |post, _| {
            assert_eq!(post, 1);
            true
        });
        observers.set_interval(Duration::from_millis(100));
        let mut posts = [0, 0];
        seen(&mut observers, |post, _| {
            posts[post] += 1;
            posts.iter().all(|looks| *looks >= 2)
        });
        observers.stop();
    }
}
