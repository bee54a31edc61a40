//! A server of the tests: a simulated router behind pipes that do what the test says.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use mprapi_rpc::association::{Association, Interface, Limits, Rules};
use mprapi_rpc::caller::Caller;
use mprapi_rpc::network::{Control, Dial, Dialing, Options, Session};
use mprapi_rpc::pdu::{Fault, Header, Kind};
use mprapi_rpc::pipe::Pipe;
use mprapi_rpc::security::{Context, Error, Initiator, Service};
use mprapi_rpc::server::Server;
use mprapi_rpc::{Failure, Layer};
use mprapi_sim::Simulation;

use crate::words::{Spoken, Words};

/// The fate of the next calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// They are answered.
    Answer,
    /// They are carried out and never answered.
    Hang,
    /// The next one is carried out, and the connection ends after so many bytes of the answer.
    Cut(usize),
    /// The connection ends before anything arrives.
    Break,
}

/// A server that can be stopped and started again.
pub(crate) struct Host {
    interface: Mutex<Arc<dyn Interface>>,
    mode: Mutex<Mode>,
    /// `true` if nobody can connect.
    pub(crate) is_down: AtomicBool,
    /// The number of connections that were opened.
    pub(crate) dialled: AtomicUsize,
    /// The number of connections that are open.
    pub(crate) open: AtomicUsize,
    /// The size of the last answer with its PDUs, in bytes.
    pub(crate) answered: AtomicUsize,
    /// The calls that arrived, by their operation.
    arrived: Mutex<BTreeMap<u16, usize>>,
    /// The time that an answer takes.
    delay: Mutex<Duration>,
    /// The ends of the connections.
    wires: Mutex<Vec<Arc<Wire>>>,
}

/// One connection.
#[derive(Default)]
struct Wire {
    is_over: Mutex<bool>,
    told: Condvar,
}

impl Wire {
    fn end(&self) {
        *self.is_over.lock().unwrap() = true;
        self.told.notify_all();
    }

    /// Waits until it ends, or for a time.
    fn wait(&self, time: Duration) {
        let guard = self.is_over.lock().unwrap();
        drop(self.told.wait_timeout_while(guard, time, |is_over| !*is_over).unwrap());
    }
}

impl Control for Wire {
    fn hang_up(&self) {
        self.end();
    }

    fn is_open(&self) -> bool {
        !*self.is_over.lock().unwrap()
    }
}

pub(crate) fn served(simulation: &Simulation) -> Server {
    let name: Vec<u16> = simulation.routers()[0].name().encode_utf16().collect();
    Server::new(mprapi_sim::table(), Some(&name))
}

impl Host {
    pub(crate) fn new(interface: impl Interface + 'static) -> Arc<Host> {
        Arc::new(Host {
            interface: Mutex::new(Arc::new(interface)),
            mode: Mutex::new(Mode::Answer),
            is_down: AtomicBool::new(false),
            dialled: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
            answered: AtomicUsize::new(0),
            arrived: Mutex::default(),
            delay: Mutex::default(),
            wires: Mutex::default(),
        })
    }

    pub(crate) fn set(&self, mode: Mode) {
        *self.mode.lock().unwrap() = mode;
    }

    pub(crate) fn set_delay(&self, delay: Duration) {
        *self.delay.lock().unwrap() = delay;
    }

    /// Ends all connections, as a server does that is restarted; it may be another one afterwards.
    pub(crate) fn restart(&self, other: Option<Server>) {
        if let Some(server) = other {
            *self.interface.lock().unwrap() = Arc::new(server);
        }
        self.wires.lock().unwrap().drain(..).for_each(|wire| wire.end());
    }

    /// Returns the number of calls of an operation that arrived.
    pub(crate) fn arrived(&self, opnum: u16) -> usize {
        self.arrived.lock().unwrap().get(&opnum).copied().unwrap_or(0)
    }

    /// Makes a way to connect to the server.
    pub(crate) fn dial(self: &Arc<Host>) -> impl Dial + use<> {
        Dialler(Arc::clone(self))
    }

    /// Makes a client's way to the server.
    pub(crate) fn session(self: &Arc<Host>, name: &str, options: Options) -> Session {
        Session::new(Arc::new(self.dial()), Some(name), options)
    }
}

/// The host as the interface of an association: it counts the calls.
struct Counting(Arc<Host>);

impl Interface for Counting {
    fn answer(&self, opnum: u16, stub: &[u8]) -> Result<Vec<u8>, Fault> {
        *self.0.arrived.lock().unwrap().entry(opnum).or_default() += 1;
        let interface = Arc::clone(&self.0.interface.lock().unwrap());
        interface.answer(opnum, stub)
    }
}

struct Dialler(Arc<Host>);

impl Dial for Dialler {
    fn dial(&self, dialing: &mut Dialing<'_>) -> Result<(Caller, Arc<dyn Control>), Failure> {
        let host = Arc::clone(&self.0);
        if host.is_down.load(Ordering::Relaxed) {
            return Err(Failure::new(Layer::Route, 1722, "the server is down"));
        }
        host.dialled.fetch_add(1, Ordering::Relaxed);
        host.open.fetch_add(1, Ordering::Relaxed);
        let wire = Arc::new(Wire::default());
        host.wires.lock().unwrap().push(Arc::clone(&wire));
        let rules = Rules { is_administrator: true, ..Rules::default() };
        let counting = Arc::new(Counting(Arc::clone(&host)));
        let association = Association::new(counting, Limits::default(), rules).with_provider(Arc::new(Words));
        let pipe = Wired { host, wire: Arc::clone(&wire), association, received: VecDeque::new() };
        (dialing.hold)(wire.clone())?;
        (dialing.tell)(Layer::Service, "the pipe is there".to_owned(), Vec::new());
        Ok((Caller::bind(Box::new(pipe), &Anna, "vpn01", dialing.until)?, wire))
    }
}

/// The client's account.
struct Anna;

impl Initiator for Anna {
    fn initiate(&self, _: Service, _: &str) -> Result<Box<dyn Context>, Error> {
        Ok(Box::new(Spoken::new(b"anna")))
    }
}

/// A pipe to the host.
struct Wired {
    host: Arc<Host>,
    wire: Arc<Wire>,
    association: Association,
    received: VecDeque<Vec<u8>>,
}

fn failed(text: &str) -> Failure {
    Failure::new(Layer::Call, 1726, text)
}

impl Pipe for Wired {
    fn write(&mut self, message: &[u8], _: Instant) -> Result<(), Failure> {
        let is_call = Header::decode(message).unwrap().kind == Kind::Request;
        let mode = if is_call { *self.host.mode.lock().unwrap() } else { Mode::Answer };
        if mode == Mode::Break || !self.wire.is_open() {
            return Err(failed("the connection ended"));
        }
        let output = self.association.receive(message);
        let mut answer = output.fragments;
        if output.closed.is_some() {
            self.wire.end();
        }
        if is_call && !answer.is_empty() {
            self.host.answered.store(answer.iter().map(Vec::len).sum(), Ordering::Relaxed);
            let delay = *self.host.delay.lock().unwrap();
            if !delay.is_zero() {
                self.wire.wait(delay);
            }
        }
        match mode {
            Mode::Hang => answer.clear(),
            Mode::Cut(mut left) if !answer.is_empty() => {
                for pdu in &mut answer {
                    pdu.truncate(left);
                    left -= pdu.len();
                }
                answer.retain(|pdu| !pdu.is_empty());
                self.host.set(Mode::Answer);
                self.wire.end();
            }
            _ => {}
        }
        self.received.extend(answer);
        Ok(())
    }

    fn read(&mut self, most: usize, until: Instant) -> Result<Vec<u8>, Failure> {
        if self.received.is_empty() {
            self.wire.wait(until.saturating_duration_since(Instant::now()));
        }
        let mut message = self.received.pop_front().ok_or_else(|| failed("no answer came"))?;
        if message.len() > most {
            self.received.push_front(message.split_off(most));
        }
        Ok(message)
    }
}

impl Drop for Wired {
    fn drop(&mut self) {
        self.host.open.fetch_sub(1, Ordering::Relaxed);
    }
}
