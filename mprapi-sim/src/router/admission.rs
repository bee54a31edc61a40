//! The desk of a service that has administration DLLs: the clients who wait to be let in, the callouts that are due for
//! them, and the record of those that were made. The DLLs themselves are on the floor above.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar};
use std::time::Duration;

use super::callout::{Callout, StartFailure};
use super::connection::Connection;
use super::handle::Handle;
use super::interface::Interface;
use super::port::Port;
use super::refused::Refused;
use crate::scenario::{AdminDll, AdminDllRules, Server, Session, Windows};

/// The number of callouts that are kept: a DLL that is asked for ever must not fill the memory.
const MOST_CALLOUTS: usize = 1 << 16;

/// The stage of a run of the service with its DLLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// No DLL is at work.
    Idle,
    /// The DLLs are loaded and initialised.
    Loading,
    /// The service runs.
    Open,
    /// The service has stopped; the DLLs are told of the ends, and then to clean up.
    Closing,
}

/// The groups of callouts. Those of one group are made one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// The address functions.
    Ip,
    /// All others.
    Connection,
}

/// A piece of work with callouts in it.
pub(crate) enum Task {
    /// Asks for the addresses of a waiting client.
    Assign(Handle),
    /// Asks whether a waiting client may connect.
    Accept(Handle),
    /// Asks whether a client whose quarantine state has changed may stay.
    Reauthenticate(Handle),
    /// Tells of the end of a connection.
    End(Box<Guest>),
    /// Gives addresses back.
    Release(Box<Guest>),
}

impl Task {
    fn group(&self) -> Group {
        match self {
            Task::Assign(_) | Task::Release(_) => Group::Ip,
            Task::Accept(_) | Task::Reauthenticate(_) | Task::End(_) => Group::Connection,
        }
    }
}

/// The DLLs to load, and the rules for them.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) dlls: Vec<AdminDll>,
    pub(crate) rules: AdminDllRules,
    pub(crate) windows: Windows,
}

impl Plan {
    /// Returns the reason why the service does not start without a thread. It concerns no DLL, so it names the first.
    pub(crate) fn no_thread(&self, work: &str, error: &io::Error) -> StartFailure {
        StartFailure {
            dll: self.dlls.first().map(|dll| dll.path.clone()).unwrap_or_default(),
            reason: format!("no thread can be started for the {work}: {error}"),
        }
    }
}

/// A client as the callouts see it: a copy, for the router goes on meanwhile.
#[derive(Clone)]
pub(crate) struct Guest {
    pub(crate) handle: Handle,
    pub(crate) connection: Connection,
    pub(crate) ports: Vec<(Handle, Port)>,
    pub(crate) server: Ipv4Addr,
    pub(crate) now: Duration,
    pub(crate) granted: Granted,
}

impl Guest {
    /// Returns the interface that the client is.
    pub(crate) fn interface(&self) -> Interface {
        let (domain, user) = (&self.connection.domain, &self.connection.user);
        Interface::of_client(if domain.is_empty() { user.to_string() } else { format!("{domain}\\{user}") })
    }

    /// Returns the name of the port that the client calls on.
    pub(crate) fn port_name(&self) -> String {
        self.ports.first().map_or_else(String::new, |(_, port)| port.tunnel.port_name(port.number))
    }
}

/// The numbers of the DLLs that want the addresses back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Granted {
    pub(crate) ipv4: Option<(usize, Ipv4Addr)>,
    pub(crate) ipv6: Option<(usize, Ipv6Addr)>,
}

impl Granted {
    pub(crate) fn is_nothing(self) -> bool {
        self == Granted::default()
    }
}

/// A client who is not let in yet.
pub(crate) struct Waiting {
    pub(crate) session: Session,
    pub(crate) connection: Connection,
    pub(crate) at: Duration,
    pub(crate) granted: Granted,
    /// `true` if the client has hung up, or the service has stopped.
    pub(crate) is_gone: bool,
    /// The one who waits for the outcome.
    pub(crate) teller: Option<Teller>,
}

/// The way to one who waits for the outcome of an admission.
pub(crate) type Teller = Sender<Result<(), Refused>>;

/// The desk.
pub(crate) struct Desk {
    pub(crate) plan: Arc<Plan>,
    pub(crate) phase: Phase,
    /// `true` if the service is to run.
    pub(crate) is_wanted: bool,
    /// `true` once the DLLs of some start of the service were ready.
    pub(crate) has_run: bool,
    /// `true` when the machine has left the network, so that nothing follows.
    pub(crate) is_shut: bool,
    /// The sessions of the scenario that are there from the beginning, until the service has started.
    pub(crate) first: Vec<Session>,
    pub(crate) waiting: BTreeMap<Handle, Waiting>,
    /// The addresses that DLLs want back, by connection.
    pub(crate) granted: BTreeMap<Handle, Granted>,
    queues: [VecDeque<Task>; 2],
    is_busy: [bool; 2],
    pub(crate) failure: Option<StartFailure>,
    callouts: VecDeque<Callout>,
    /// The number of callouts that were dropped from the record.
    dropped: u64,
    bell: Arc<Condvar>,
}

impl Desk {
    /// Opens the desk of a server that has DLLs.
    pub(crate) fn of(server: &Server, bell: &Arc<Condvar>) -> Option<Box<Desk>> {
        if server.admin_dlls.is_empty() {
            return None;
        }
        let plan = Plan {
            dlls: server.admin_dlls.clone(),
            rules: server.admin_dll_rules.clone(),
            windows: server.windows,
        };
        Some(Box::new(Desk {
            plan: Arc::new(plan),
            phase: Phase::Idle,
            is_wanted: false,
            has_run: false,
            is_shut: false,
            first: Vec::new(),
            waiting: BTreeMap::new(),
            granted: BTreeMap::new(),
            queues: Default::default(),
            is_busy: [false; 2],
            failure: None,
            callouts: VecDeque::new(),
            dropped: 0,
            bell: Arc::clone(bell),
        }))
    }

    /// Puts a task behind those of its group.
    pub(crate) fn add(&mut self, task: Task) {
        self.queues[task.group() as usize].push_back(task);
        self.ring();
    }

    /// Takes the next task of a group; its work goes on until [`Desk::done`].
    pub(crate) fn next(&mut self, group: Group) -> Option<Task> {
        let task = self.queues[group as usize].pop_front()?;
        self.is_busy[group as usize] = true;
        Some(task)
    }

    /// Notes that the task of a group has ended.
    pub(crate) fn done(&mut self, group: Group) {
        self.is_busy[group as usize] = false;
        self.ring();
    }

    /// Returns `true` if no callout is due or under way and the service neither starts nor stops.
    pub(crate) fn is_quiet(&self) -> bool {
        let is_settled = match self.phase {
            Phase::Idle => !self.is_wanted,
            Phase::Open => true,
            Phase::Loading | Phase::Closing => false,
        };
        is_settled && self.has_no_task()
    }

    /// Returns `true` if nothing is left to do for anyone.
    pub(crate) fn has_no_task(&self) -> bool {
        self.queues.iter().all(VecDeque::is_empty) && self.is_busy == [false; 2] && self.waiting.is_empty()
    }

    /// Wakes those who wait for a change.
    pub(crate) fn ring(&self) {
        self.bell.notify_all();
    }

    /// Keeps the record of a callout.
    pub(crate) fn note(&mut self, callout: Callout) {
        if self.callouts.len() == MOST_CALLOUTS {
            self.callouts.pop_front();
            self.dropped += 1;
        }
        self.callouts.push_back(callout);
    }

    /// Returns the callouts from the number `from` on, counted from 0 since the first, and the number of the next one.
    pub(crate) fn callouts(&self, from: u64) -> (Vec<Callout>, u64) {
        let skipped = usize::try_from(from.saturating_sub(self.dropped)).unwrap_or(usize::MAX);
        let list = self.callouts.iter().skip(skipped).cloned().collect();
        (list, self.dropped + self.callouts.len() as u64)
    }
}
