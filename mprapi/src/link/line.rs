//! Calls to servers, each on a thread that is given up at a limit.
//!
//! None of this depends on the type of an answer, so it is compiled once: a call is a boxed function that puts its answer
//! into a place of its own.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::error::{LinkError, label};
use crate::panicked::discard;
use crate::{Error, Mpr, Server};

/// A function on a server.
pub(crate) type OnServer = Box<dyn FnMut(&Arc<Server>) -> Result<(), Error> + Send>;

/// A function that connects by itself, or not at all: to the server of this name.
type OnName = Box<dyn FnMut(&Mpr, Option<&str>) + Send>;

/// The work of a call.
pub(crate) enum Work {
    /// May be repeated on a fresh connection.
    Read(OnServer),
    /// Is never repeated.
    Once(OnServer),
    /// Has no connection of the line.
    Apart(OnName),
}

/// The place for the answer of a call.
pub(crate) struct Place<T>(Arc<Mutex<Option<T>>>);

impl<T> Place<T> {
    #[inline]
    pub(crate) fn new() -> Place<T> {
        Place(Arc::new(Mutex::new(None)))
    }

    /// Adds a place to a list, and returns a share in it.
    #[inline]
    pub(crate) fn one_more(places: &mut Vec<Place<T>>) -> Place<T> {
        let place = Place::new();
        places.push(place.clone());
        place
    }

    #[inline]
    pub(crate) fn put(&self, answer: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
    }

    /// Takes the answer of a call that has ended well.
    #[inline]
    pub(crate) fn take(&self) -> T {
        let answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        answer.expect("a call that ended well has put its answer")
    }
}

impl<T> Clone for Place<T> {
    #[inline]
    fn clone(&self) -> Place<T> {
        Place(Arc::clone(&self.0))
    }
}

/// One server with its connection, and with one thread while a call is in it.
pub(crate) struct Line {
    mpr: Mpr,
    name: Option<String>,
    /// Locked for moments only, never during a call.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The connection. While a call is running, its thread has it.
    server: Option<Arc<Server>>,
    running: Option<Running>,
    /// The calls whose callers still wait for their turn.
    waiting: VecDeque<Call>,
    /// The number of the last call.
    last: u64,
}

/// The call that is running.
struct Running {
    number: u64,
    since: Instant,
    /// `true` if its caller does not wait for it any more.
    is_given_up: bool,
}

struct Call {
    number: u64,
    work: Work,
    /// The caller's name for it.
    index: usize,
    done: Sender<(usize, Result<(), LinkError>)>,
}

impl Line {
    #[inline]
    pub(super) fn new(mpr: Mpr, name: Option<String>) -> Line {
        Line { mpr, name, state: Mutex::default() }
    }

    #[inline]
    pub(super) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    #[inline]
    pub(super) fn is_busy(&self) -> bool {
        self.state().running.is_some()
    }

    /// Takes the connection, unless a call has it.
    #[inline]
    pub(super) fn take_server(&self) -> Option<Arc<Server>> {
        self.state().server.take()
    }

    /// Begins a call, or puts it in the queue behind a call that is waited for. Returns its number.
    #[inline]
    fn start(
        self: &Arc<Self>,
        index: usize,
        work: Work,
        done: &Sender<(usize, Result<(), LinkError>)>,
    ) -> Result<u64, LinkError> {
        const SYSTEM: &str = if cfg!(windows) { "CreateThread" } else { "pthread_create" };
        let mut state = self.state();
        if state.running.as_ref().is_some_and(|running| running.is_given_up) {
            return Err(self.busy(&state));
        }
        state.last += 1;
        let number = state.last;
        let call = Call { number, work, index, done: done.clone() };
        if state.running.is_some() {
            state.waiting.push_back(call);
            return Ok(number);
        }
        state.running = Some(Running::new(number));
        drop(state);
        let line = Arc::clone(self);
        let name = format!("mprapi {}", label(self.name()).replace('\0', ""));
        // What cannot be started is dropped, with the user's function in it: not while the state is locked.
        let thread = thread::Builder::new().name(name).spawn(move || line.serve(call));
        thread.map(|_| number).map_err(|error| {
            let mut state = self.state();
            state.running = None;
            // Others may have come in between. Their ends of the channel are dropped.
            let waiting = std::mem::take(&mut state.waiting);
            drop(state);
            let error = Error::system(SYSTEM, error);
            for call in waiting {
                let _ = call.done.send((call.index, Err(error.clone().into())));
            }
            error.into()
        })
    }

    /// Makes a call and those that queue behind it: the one thread of a server.
    #[inline]
    fn serve(&self, mut call: Call) {
        let mut server = self.take_server();
        loop {
            let Call { work, index, done, .. } = call;
            let made = panic::catch_unwind(AssertUnwindSafe(|| self.make(work, &mut server)));
            let end = match made {
                Ok(result) => result.map_err(LinkError::Call),
                Err(payload) => {
                    Err(LinkError::Panicked { server: self.name.clone(), message: message(payload) })
                }
            };
            let mut state = self.state();
            // Under the same lock as the next lines: a call that is neither running nor waiting has its end in the channel.
            // (The caller may have gone.)
            let _ = done.send((index, end));
            match state.waiting.pop_front() {
                Some(next) => {
                    state.running = Some(Running::new(next.number));
                    call = next;
                }
                None => {
                    (state.running, state.server) = (None, server);
                    return;
                }
            }
        }
    }

    #[inline]
    fn make(&self, work: Work, server: &mut Option<Arc<Server>>) -> Result<(), Error> {
        match work {
            Work::Apart(mut work) => {
                work(&self.mpr, self.name());
                Ok(())
            }
            Work::Once(mut work) => {
                // It cannot be repeated, so a connection that died meanwhile has to be found out before.
                let is_dead =
                    |server: &Arc<Server>| server.info().is_err_and(|error| error.needs_reconnect());
                if server.as_ref().is_some_and(is_dead) {
                    *server = None;
                }
                self.on_server(server, &mut work)
            }
            Work::Read(mut work) => {
                let was_connected = server.is_some();
                match self.on_server(server, &mut work) {
                    Err(error) if was_connected && error.needs_reconnect() && !self.is_given_up() => {
                        self.on_server(server, &mut work)
                    }
                    result => result,
                }
            }
        }
    }

    /// Calls the function on the server that is connected, or on a fresh connection.
    #[inline]
    fn on_server(&self, server: &mut Option<Arc<Server>>, work: &mut OnServer) -> Result<(), Error> {
        let connected = match server {
            Some(connected) => connected,
            None => server.insert(Arc::new(self.mpr.connect(self.name())?)),
        };
        let result = work(connected);
        if result.as_ref().is_err_and(Error::needs_reconnect) {
            *server = None;
        }
        result
    }

    /// Gives up a call whose time is over. `None` says that it has just ended.
    #[inline]
    fn give_up(&self, number: u64, limit: Duration) -> Option<LinkError> {
        let mut state = self.state();
        match &mut state.running {
            Some(running) if running.number == number => {
                running.is_given_up = true;
                return Some(LinkError::TimedOut { server: self.name.clone(), limit });
            }
            _ => {}
        }
        let place = state.waiting.iter().position(|call| call.number == number)?;
        let call = state.waiting.remove(place);
        let error = self.busy(&state);
        drop(state);
        // The user's function is in it.
        drop(call);
        Some(error)
    }

    #[inline]
    fn is_given_up(&self) -> bool {
        self.state().running.as_ref().is_some_and(|running| running.is_given_up)
    }

    #[inline]
    fn busy(&self, state: &State) -> LinkError {
        let since = state.running.as_ref().map_or(Duration::ZERO, |running| running.since.elapsed());
        LinkError::Busy { server: self.name.clone(), since }
    }

    #[inline]
    fn state(&self) -> MutexGuard<'_, State> {
        // It is whole at any time.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Running {
    #[inline]
    fn new(number: u64) -> Running {
        Running { number, since: Instant::now(), is_given_up: false }
    }
}

/// Makes calls, at most `parallel` at a time, each within its limit. One that is given up does not count any more. The
/// results are in the order of the calls.
#[inline]
pub(crate) fn run(calls: Vec<(&Arc<Line>, Duration, Work)>, parallel: usize) -> Vec<Result<(), LinkError>> {
    struct Going<'l> {
        index: usize,
        line: &'l Arc<Line>,
        number: u64,
        limit: Duration,
        deadline: Instant,
    }
    let (sender, receiver) = mpsc::channel();
    let mut results: Vec<Option<Result<(), LinkError>>> = calls.iter().map(|_| None).collect();
    let mut calls = calls.into_iter().enumerate();
    let mut going: Vec<Going<'_>> = Vec::new();
    loop {
        while going.len() < parallel.max(1)
            && let Some((index, (line, limit, work))) = calls.next()
        {
            match line.start(index, work, &sender) {
                Ok(number) => {
                    going.push(Going { index, line, number, limit, deadline: Instant::now() + limit });
                }
                Err(error) => results[index] = Some(Err(error)),
            }
        }
        let Some(next) = going.iter().min_by_key(|call| call.deadline) else { break };
        match receiver.recv_timeout(next.deadline.saturating_duration_since(Instant::now())) {
            // One that was given up may still come.
            Ok((index, result)) => {
                going.retain(|call| call.index != index);
                results[index].get_or_insert(result);
            }
            Err(_) => {
                if let Some(error) = next.line.give_up(next.number, next.limit) {
                    let index = next.index;
                    results[index] = Some(Err(error));
                    going.retain(|call| call.index != index);
                }
            }
        }
    }
    results.into_iter().flatten().collect()
}

/// Returns the message of a panic.
#[inline]
fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => {
            let text = payload.downcast_ref::<&str>().copied().unwrap_or_default().to_owned();
            discard(payload);
            text
        }
    }
}
