//! One thread for each server that is observed.
//!
//! A call cannot be cancelled. When one takes longer than the limit, the server counts as failed, and a new thread
//! takes over; the old one ends when its call returns. Each new thread gets twice the time of the one before, so a
//! server that is stuck for a day leaves a dozen idle threads and delays no other server.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use mprapi::{Mpr, Notification, Stopper, Wake};

use super::poll::{Observer, poll};
use super::{Look, Read};
use crate::commands::session::Session;
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::target::Target;

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
    mpr: Mpr,
    /// The interval in milliseconds, which the threads read.
    interval: Arc<AtomicU64>,
    timeout: Duration,
    listens: bool,
    read: Read<S>,
    posts: Vec<Post>,
    sender: Sender<Message<S>>,
    receiver: Receiver<Message<S>>,
    living: Arc<AtomicUsize>,
}

/// The thread that observes one server.
struct Post {
    target: Target,
    watch: Arc<Watch>,
    /// The time limit for one reading.
    patience: Duration,
    /// The number of earlier threads.
    number: usize,
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
    /// The time since when it has been reading the server; `None` while it waits.
    asks_since: Option<Instant>,
    /// Ends the wait for a notification.
    stopper: Option<Stopper>,
}

enum Message<S> {
    Seen { post: usize, number: usize, look: Result<Look<S>, Failure> },
    Interrupt,
}

impl<S: Send + 'static> Observers<S> {
    /// Starts to observe each of the servers of `context`.
    pub(crate) fn start(context: &Context, interval: Duration, listens: bool, read: Read<S>) -> Observers<S> {
        let (sender, receiver) = mpsc::channel();
        let posts = context.targets.iter().map(|target| Post {
            target: target.clone(),
            watch: Arc::default(),
            patience: context.limits.timeout,
            number: 0,
        });
        let mut observers = Observers {
            mpr: context.mpr.clone(),
            interval: Arc::new(AtomicU64::new(milliseconds(interval))),
            timeout: context.limits.timeout,
            listens,
            read,
            posts: posts.collect(),
            sender,
            receiver,
            living: Arc::default(),
        };
        for post in 0..observers.posts.len() {
            observers.send_out(post);
        }
        observers
    }

    /// Changes the interval, and reads all servers now. (A thread that waits for a notification finishes that wait first.)
    pub(crate) fn set_interval(&self, interval: Duration) {
        self.interval.store(milliseconds(interval), Ordering::Relaxed);
        (0..self.posts.len()).for_each(|post| self.hurry(post));
    }

    /// Reads a server now, without waiting for the interval.
    pub(crate) fn hurry(&self, post: usize) {
        let watch = &self.posts[post].watch;
        watch.lock().is_hurried = true;
        watch.bell.notify_all();
    }

    /// Returns a function that ends the wait for news, from any thread.
    pub(crate) fn interrupter(&self) -> impl Fn() + Send + use<S> {
        let sender = self.sender.clone();
        move || drop(sender.send(Message::Interrupt))
    }

    /// Waits for news, for at most `at_most`.
    pub(crate) fn next(&mut self, at_most: Duration) -> News<S> {
        let end = Instant::now() + at_most;
        loop {
            if let Some(post) = self.overdue() {
                let failure = Failure::too_slow(self.posts[post].patience);
                self.replace(post);
                return News::Seen(post, Err(failure));
            }
            let now = Instant::now();
            // A short wait, so that overdue servers are noticed.
            let wait = end.saturating_duration_since(now).min(Duration::from_millis(100));
            match self.receiver.recv_timeout(wait) {
                Ok(Message::Interrupt) => return News::Interrupted,
                Ok(Message::Seen { post, number, look }) if self.posts[post].number == number => {
                    if look.is_ok() {
                        self.posts[post].patience = self.timeout;
                    }
                    return News::Seen(post, look);
                }
                // One that was given up, and came back.
                Ok(Message::Seen { .. }) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    if end <= Instant::now() {
                        return News::Nothing;
                    }
                }
            }
        }
    }

    fn overdue(&self) -> Option<usize> {
        self.posts.iter().position(|post| {
            let since = post.watch.lock().asks_since;
            since.is_some_and(|since| since.elapsed() > post.patience)
        })
    }

    fn replace(&mut self, post: usize) {
        let old = std::mem::take(&mut self.posts[post].watch);
        old.end();
        self.posts[post].number += 1;
        self.posts[post].patience = self.posts[post].patience.saturating_mul(2);
        self.send_out(post);
    }

    fn send_out(&mut self, index: usize) {
        let post = &self.posts[index];
        let (mpr, name) = (self.mpr.clone(), post.target.name.clone());
        let (listens, read) = (self.listens, self.read);
        let mut observer = Thread {
            post: index,
            number: post.number,
            watch: Arc::clone(&post.watch),
            interval: Arc::clone(&self.interval),
            sender: self.sender.clone(),
            living: Living::one_more(&self.living),
        };
        post.watch.lock().asks_since = Some(Instant::now());
        let work = move || poll(&mpr, name.as_deref(), listens, read, &mut observer);
        if let Err(error) = thread::Builder::new().name(format!("mprctl-{index}")).spawn(work) {
            post.watch.lock().asks_since = None;
            let look = Err(Failure::new(Kind::Failed, format!("cannot start a thread: {error}")));
            let _ = self.sender.send(Message::Seen { post: index, number: post.number, look });
        }
    }

    /// Stops all threads, and waits up to a second for them to disconnect from their servers.
    pub(crate) fn stop(self) {
        self.posts.iter().for_each(|post| post.watch.end());
        let end = Instant::now() + Duration::from_secs(1);
        while self.living.load(Ordering::Acquire) > 0 && Instant::now() < end {
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
}

/// Counts one thread as alive until it is dropped.
struct Living(Arc<AtomicUsize>);

impl Living {
    fn one_more(count: &Arc<AtomicUsize>) -> Living {
        count.fetch_add(1, Ordering::AcqRel);
        Living(Arc::clone(count))
    }
}

impl Drop for Living {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

struct Thread<S> {
    post: usize,
    number: usize,
    watch: Arc<Watch>,
    interval: Arc<AtomicU64>,
    sender: Sender<Message<S>>,
    #[expect(dead_code, reason = "it counts by being there")]
    living: Living,
}

impl<S> Observer<S> for Thread<S> {
    fn saw(&mut self, look: Result<Look<S>, Failure>) {
        // Nobody listens any more when the program ends.
        let _ = self.sender.send(Message::Seen { post: self.post, number: self.number, look });
    }

    fn interval(&self) -> Duration {
        Duration::from_millis(self.interval.load(Ordering::Relaxed))
    }

    fn wait(&mut self, notification: Option<&mut Notification<'_>>, at_most: Duration) -> Wake {
        let mut state = self.watch.lock();
        state.asks_since = None;
        let wake = match notification {
            _ if state.is_over => Wake::Stopped,
            Some(notification) => {
                state.stopper = Some(notification.stopper());
                drop(state);
                let began = Instant::now();
                let wake = notification.wait(Some(at_most));
                state = self.watch.lock();
                state.stopper = None;
                wake.unwrap_or_else(|_| {
                    // This machine does not let one wait for it, so it is as if there were none.
                    let left = at_most.saturating_sub(began.elapsed());
                    state = self.watch.pause(left);
                    Wake::TimedOut
                })
            }
            None => {
                drop(state);
                state = self.watch.pause(at_most);
                Wake::TimedOut
            }
        };
        state.asks_since = Some(Instant::now());
        if state.is_over { Wake::Stopped } else { wake }
    }
}

impl Watch {
    /// Waits, but no longer than it is wanted.
    fn pause(&self, time: Duration) -> MutexGuard<'_, State> {
        let waits = |state: &mut State| !state.is_over && !state.is_hurried;
        let waited = self.bell.wait_timeout_while(self.lock(), time, waits);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        state.is_hurried = false;
        state
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use mprapi_sim::{Router, Scenario, Server, Simulation};

    use super::*;
    use crate::commands::session;

    const TIMEOUT: Duration = Duration::from_millis(300);

    /// Two servers that answer, looked at ten times a second.
    fn two() -> (Simulation, Observers<Session>) {
        let simulation = Scenario::new().server(Server::unique()).server(Server::unique()).start();
        let names: Vec<&str> = simulation.routers().iter().map(Router::name).collect();
        let context = Context::of_test(&names, TIMEOUT);
        let observers = Observers::start(&context, Duration::from_millis(100), false, session::read);
        (simulation, observers)
    }

    /// Collects news until there is `enough`, for at most 20 seconds.
    fn seen(
        observers: &mut Observers<Session>,
        mut is_enough: impl FnMut(usize, &Result<Look, Failure>) -> bool,
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
        // It was waited for 300 and 600 ms; a busy machine does not look quite as often.
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
