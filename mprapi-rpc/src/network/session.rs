//! A handle's way to its server: a few lines, opened when they are needed and again when they are gone.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use mprapi_sys::{RPC_S_CALL_CANCELLED, RPC_S_SERVER_UNAVAILABLE};

use super::last::Place;
use super::line::{Control, Dial, Dialing};
use super::look::NO_RIGHT;
use super::options::{Options, end_of};
use crate::caller::{CallError, Caller};
use crate::client::{Transport, TransportError};
use crate::dimsvc::{Effect, Message, Operation, ServerGetInfoRequest};
use crate::failure::{Failure, Layer};
use crate::pdu::Fault;

/// The number of the last line of this process.
static NUMBER: AtomicU64 = AtomicU64::new(0);

/// The way of one handle to its server, with the rules for calls:
///
/// - a line makes one call at a time; calls from other threads get lines of their own, up to a number, or wait;
/// - every call ends by its limit, and a call without an answer ends its line;
/// - a call that only reads is sent once more, over a new line, if its line fails;
/// - a call that changes something is sent again only if nothing of it can have left this machine; over a line that was quiet
///   for long, a read goes first.
pub struct Session {
    dial: Arc<dyn Dial>,
    name: Option<String>,
    options: Options,
    place: Place,
    state: Mutex<State>,
    /// A line was given back or has gone, or the session is closed.
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_closed: bool,
    /// The lines that wait for a call, the one that was used last at the end.
    free: Vec<Line>,
    /// The lines that are open, or about to be, by number; a connection that is not there yet has no control.
    open: HashMap<u64, Option<Arc<dyn Control>>>,
}

/// An open line.
struct Line {
    number: u64,
    caller: Caller,
    control: Arc<dyn Control>,
    used: Instant,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.state().open.len();
        f.debug_struct("Session")
            .field("lines", &lines)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// The reason why there is no line for a call.
enum NoLine {
    /// The line that was asked for is gone.
    Over,
    Failed(Failure),
}

impl Session {
    /// Makes the way to a server, of a name for [`failure`](super::failure). Nothing is opened before the first call.
    pub fn new(dial: Arc<dyn Dial>, name: Option<&str>, options: Options) -> Session {
        let place = Place::new(name);
        let name = name.map(str::to_owned);
        Session { dial, name, options, place, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Opens the first line now.
    ///
    /// # Errors
    /// The failure of the connection.
    pub fn open(&self) -> Result<(), Failure> {
        let until = end_of(self.options.call_limit);
        let line = self.take(None, false, until).map_err(|none| match none {
            NoLine::Failed(failure) => self.failed(failure),
            NoLine::Over => ended(),
        })?;
        self.give_back(line);
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing is half done in it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a failure.
    fn failed(&self, failure: Failure) -> Failure {
        self.place.set(failure.clone());
        failure
    }

    /// Takes a line: a free one, a new one, or one that is given back in time. With `number`, only that one; with `is_new`,
    /// none that was open before.
    fn take(&self, number: Option<u64>, is_new: bool, until: Instant) -> Result<Line, NoLine> {
        let mut state = self.state();
        loop {
            if state.is_closed {
                return Err(NoLine::Failed(ended()));
            }
            if let Some(number) = number {
                if let Some(index) = state.free.iter().position(|line| line.number == number) {
                    let line = state.free.swap_remove(index);
                    if line.control.is_open() {
                        return Ok(line);
                    }
                    state.open.remove(&number);
                    self.changed.notify_all();
                    drop(state);
                    drop(line);
                    return Err(NoLine::Over);
                }
                if !state.open.contains_key(&number) {
                    return Err(NoLine::Over);
                }
            } else {
                if let Some(line) = state.free.pop() {
                    if !is_new && line.control.is_open() {
                        return Ok(line);
                    }
                    state.open.remove(&line.number);
                    // It may say goodbye, which takes time.
                    drop(state);
                    drop(line);
                    state = self.state();
                    continue;
                }
                if state.open.len() < self.options.connections.max(1) {
                    let number = NUMBER.fetch_add(1, Ordering::Relaxed) + 1;
                    state.open.insert(number, None);
                    drop(state);
                    return self.new_line(number, until).map_err(NoLine::Failed);
                }
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let text = "every connection was busy until the time for the call was over";
                return Err(NoLine::Failed(Failure::new(Layer::Call, RPC_S_SERVER_UNAVAILABLE, text)));
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Opens a line under a number that is taken for it.
    fn new_line(&self, number: u64, until: Instant) -> Result<Line, Failure> {
        let connected = self.dial.dial(&mut Dialing {
            until: until.min(end_of(self.options.connect_limit)),
            hold: &mut |control| {
                let mut state = self.state();
                if state.is_closed {
                    return Err(ended());
                }
                state.open.insert(number, Some(control));
                Ok(())
            },
            tell: &mut |_, _, _| {},
        });
        let mut state = self.state();
        match connected {
            Ok((caller, control)) if !state.is_closed => {
                state.open.insert(number, Some(Arc::clone(&control)));
                Ok(Line { number, caller, control, used: Instant::now() })
            }
            connected => {
                state.open.remove(&number);
                let is_closed = state.is_closed;
                drop(state);
                self.changed.notify_all();
                // A close makes any step fail.
                let failure = connected.err().filter(|_| !is_closed);
                Err(failure.unwrap_or_else(ended))
            }
        }
    }

    fn give_back(&self, mut line: Line) {
        line.used = Instant::now();
        let mut state = self.state();
        if state.is_closed {
            state.open.remove(&line.number);
            drop(state);
            drop(line);
            return;
        }
        state.free.push(line);
        drop(state);
        self.changed.notify_all();
    }

    /// Ends a line that has failed. Returns `true` if the session was closed by then.
    fn end(&self, line: Line) -> bool {
        line.control.hang_up();
        let mut state = self.state();
        state.open.remove(&line.number);
        let is_closed = state.is_closed;
        drop(state);
        self.changed.notify_all();
        drop(line);
        is_closed
    }

    /// Returns `true` if a change may be sent over the line: the server still knows it.
    fn is_trusted(&self, line: &mut Line, until: Instant) -> bool {
        let probe = ServerGetInfoRequest { level: 0 }.encode();
        let until = end_of_probe(Instant::now(), until, self.options.connect_limit);
        line.used.elapsed() < self.options.quiet
            || !matches!(line.caller.call(0, &probe, until), Err(CallError::Failed { .. }))
    }

    fn exchange(
        &self,
        session: Option<u64>,
        opnum: u16,
        stub: &[u8],
    ) -> Result<(Vec<u8>, u64), TransportError> {
        let until = end_of(self.options.call_limit);
        let changes = Operation::effect_of(opnum) == Effect::Changes;
        let mut is_second = false;
        loop {
            let mut line = match self.take(session, is_second, until) {
                Ok(line) => line,
                Err(NoLine::Over) => return Err(TransportError::SessionOver),
                Err(NoLine::Failed(failure)) => return Err(self.failed(failure).into()),
            };
            if changes && !self.is_trusted(&mut line, until) {
                self.end(line);
                continue;
            }
            let (failure, was_sent) = match line.caller.call(opnum, stub, until) {
                Ok(answer) => {
                    let number = line.number;
                    self.give_back(line);
                    self.place.clear();
                    return Ok((answer, number));
                }
                Err(CallError::Fault(fault)) => {
                    if line.caller.is_usable() {
                        self.give_back(line);
                    } else {
                        self.end(line);
                    }
                    self.place.set(refused(fault));
                    return Err(TransportError::Fault(fault));
                }
                Err(CallError::Failed { failure, was_sent }) => (failure, was_sent),
            };
            let may_have_happened = changes && was_sent;
            if self.end(line) {
                return Err(self.failed(told(ended(), may_have_happened)).into());
            }
            if may_have_happened || is_second || until <= Instant::now() {
                return Err(self.failed(told(failure, may_have_happened)).into());
            }
            if session.is_some() {
                return Err(TransportError::SessionOver);
            }
            is_second = true;
        }
    }
}

/// Returns the moment by which a connection must have answered that may be dead: as soon as a new one would have to be open, and
/// with half of the time left for that and the call.
fn end_of_probe(now: Instant, until: Instant, connect_limit: Duration) -> Instant {
    now + (until.saturating_duration_since(now) / 2).min(connect_limit)
}

/// Returns the failure of a call that the server refused.
pub(super) fn refused(fault: Fault) -> Failure {
    let error = TransportError::Fault(fault);
    match fault {
        Fault::ACCESS_DENIED => Failure::new(Layer::Right, error.code(), format!("{error}; {NO_RIGHT}")),
        Fault::INTERFACE_UNKNOWN => Failure::new(Layer::Interface, error.code(), error.to_string()),
        _ => Failure::new(Layer::Call, error.code(), error.to_string()),
    }
}

/// Returns the failure of a call of a handle that was disconnected meanwhile.
fn ended() -> Failure {
    Failure::new(Layer::Call, RPC_S_CALL_CANCELLED, "the handle was disconnected while the call waited")
}

/// Says of a change that it may have happened.
fn told(failure: Failure, may_have_happened: bool) -> Failure {
    if !may_have_happened {
        return failure;
    }
    let Failure { layer, code, text, .. } = failure;
    let more =
        "the server may have carried out the call, so it was not sent again; look before you repeat it";
    Failure::new(layer, code, format!("{text}; {more}"))
}

impl From<Failure> for TransportError {
    fn from(failure: Failure) -> TransportError {
        TransportError::Failed { code: failure.code, text: failure.to_string() }
    }
}

impl Transport for Session {
    fn call(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, TransportError> {
        self.exchange(None, opnum, stub).map(|(answer, _)| answer)
    }

    fn call_within(
        &self,
        session: Option<u64>,
        opnum: u16,
        stub: &[u8],
    ) -> Result<(Vec<u8>, u64), TransportError> {
        self.exchange(session, opnum, stub)
    }

    fn close(&self) {
        let mut state = self.state();
        state.is_closed = true;
        let free = std::mem::take(&mut state.free);
        for line in &free {
            state.open.remove(&line.number);
        }
        let busy: Vec<_> = state.open.values().flatten().cloned().collect();
        drop(state);
        self.changed.notify_all();
        busy.iter().for_each(|control| control.hang_up());
        drop(free);
    }

    fn note(&self, code: u32, text: String) {
        self.place.set(Failure::new(Layer::Call, code, text));
    }

    fn poll(&self) -> Option<Duration> {
        Some(self.options.poll)
    }

    fn another(&self) -> Option<Arc<dyn Transport>> {
        let options = Options { connections: 1, ..self.options.clone() };
        Some(Arc::new(Session::new(Arc::clone(&self.dial), self.name.as_deref(), options)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_a_firewall_has_forgotten_does_not_take_the_time_of_the_call() {
        let now = Instant::now();
        let end = |call: u64, connect: u64| {
            end_of_probe(now, now + Duration::from_secs(call), Duration::from_secs(connect)) - now
        };
        assert_eq!(end(60, 15), Duration::from_secs(15));
        assert_eq!(end(10, 15), Duration::from_secs(5));
        assert_eq!(end(0, 15), Duration::ZERO);
        assert_eq!(end_of_probe(now, now, Duration::MAX), now);
    }
}
