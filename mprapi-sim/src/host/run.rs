//! One run of the service with its DLLs: the two processes, and the callouts of each task.

use std::collections::BTreeMap;
use std::io;
use std::mem;
use std::net::{IpAddr, Ipv6Addr};
use std::path::Path;
use std::sync::Arc;

use super::exports::{
    ACCEPT_LINK, GET_IP, GET_IPV6, INITIALIZE_EX, LINK_HANGUP, RELEASE_IP, RELEASE_IPV6, TERMINATE,
};
use super::group::Caller;
use super::library::Dll;
use crate::api::connection::view::guid_of;
use crate::api::ledger::{self, Fault, Violation};
use crate::guid::Guid;
use crate::router::admission::{Granted, Guest, Plan};
use crate::router::callout::{Callout, CalloutOutcome, StartFailure};
use crate::router::handle::Handle;
use crate::router::machine::Machine;
use crate::router::refused::Refused;
use crate::scenario::IpProcess;

/// A run of the service, whose DLLs are initialised.
pub(super) struct Run {
    pub(super) machine: Arc<Machine>,
    plan: Arc<Plan>,
    /// The thread of the connection functions, and that of the address functions.
    connection: Caller,
    ip: Caller,
    /// The DLLs of the process of the connection functions.
    dlls: Vec<Arc<Dll>>,
    /// The DLLs of the process of the address functions: the same, or others in their places.
    ip_dlls: Vec<Arc<Dll>>,
    ipv4: Option<usize>,
    ipv6: Option<usize>,
}

/// The libraries that stay loaded from one run to the next, by the places of their DLLs.
#[derive(Default)]
pub(super) struct Kept {
    dlls: Places,
    ip_dlls: Places,
}

/// The libraries of one process.
type Places = BTreeMap<usize, Dll>;

impl Run {
    /// Loads the DLLs and initialises them in their order: first all in the process of the connection functions, then those
    /// that have another one.
    ///
    /// # Errors
    /// The reason why the service does not start. DLLs that were initialised were told to clean up.
    pub(super) fn start(
        machine: &Arc<Machine>,
        plan: &Arc<Plan>,
        kept: &mut Kept,
    ) -> Result<Run, StartFailure> {
        let limit = plan.rules.limit;
        let no_thread = |error: io::Error| plan.no_thread("callouts", &error);
        let mut run = Run {
            machine: Arc::clone(machine),
            plan: Arc::clone(plan),
            connection: Caller::start(machine, "callouts", limit).map_err(no_thread)?,
            ip: Caller::start(machine, "address callouts", limit).map_err(no_thread)?,
            dlls: Vec::new(),
            ip_dlls: Vec::new(),
            ipv4: None,
            ipv6: None,
        };
        match run.load_all(kept) {
            Ok(()) => Ok(run),
            Err(failure) => {
                run.end(kept);
                Err(failure)
            }
        }
    }

    fn load_all(&mut self, kept: &mut Kept) -> Result<(), StartFailure> {
        let plan = Arc::clone(&self.plan);
        for (place, described) in plan.dlls.iter().enumerate() {
            let dll = self.load(&described.path, false, kept.dlls.remove(&place))?;
            let dll = self.initialize(dll).map_err(|failed| self.put_aside(failed, &mut kept.dlls, place))?;
            self.dlls.push(dll);
        }
        for (place, described) in plan.dlls.iter().enumerate() {
            if described.ip_process == IpProcess::Same {
                self.ip_dlls.push(Arc::clone(&self.dlls[place]));
                continue;
            }
            let dll = self.load(&described.path, true, kept.ip_dlls.remove(&place))?;
            let dll = match plan.rules.ip_process_initializes {
                true => {
                    self.initialize(dll).map_err(|failed| self.put_aside(failed, &mut kept.ip_dlls, place))?
                }
                false => Arc::new(dll),
            };
            self.ip_dlls.push(dll);
        }
        self.ipv4 = self.ip_dlls.iter().position(|dll| dll.has_ipv4());
        self.ipv6 = self.ip_dlls.iter().position(|dll| dll.has_ipv6());
        Ok(())
    }

    fn load(&self, path: &Path, in_ip_process: bool, kept: Option<Dll>) -> Result<Dll, StartFailure> {
        let fail = |reason| StartFailure { dll: path.to_owned(), reason };
        let dll = match kept {
            Some(dll) => dll,
            None => {
                let (rules, windows) = (&self.plan.rules, self.plan.windows);
                Dll::load(path, in_ip_process, rules, windows).map_err(fail)?
            }
        };
        // With a table the rest is known when it is filled.
        if dll.initializer() != Some(INITIALIZE_EX)
            && let Err(failure) = self.check(&dll)
        {
            dll.unload();
            return Err(failure);
        }
        Ok(dll)
    }

    /// Checks that a DLL has what it must have.
    fn check(&self, dll: &Dll) -> Result<(), StartFailure> {
        let lacks = dll.exports().lacks(self.plan.windows);
        for missing in &lacks {
            let violation = Violation { function: missing.name, value: 0, fault: Fault::MissingExport };
            ledger::record(Some(&self.machine), violation);
        }
        if lacks.is_empty() {
            return Ok(());
        }
        let texts: Vec<&str> = lacks.iter().map(|missing| missing.text.as_str()).collect();
        let lack = match dll.initializer() {
            Some(INITIALIZE_EX) => "the DLL neither exports nor has in its table of callbacks",
            _ => "the DLL does not export",
        };
        Err(StartFailure { dll: dll.path.clone(), reason: format!("{lack} {}", texts.join("; ")) })
    }

    /// Puts the library of a DLL with which the service did not start aside.
    fn put_aside(&self, failed: Failed, places: &mut Places, place: usize) -> StartFailure {
        if let Some(dll) = failed.dll {
            self.keep(*dll, places, place);
        }
        failed.failure
    }

    /// Keeps the library of a DLL for the next run, or unloads it if the rules say so.
    fn keep(&self, dll: Dll, places: &mut Places, place: usize) {
        if self.plan.rules.unloads {
            dll.unload();
        } else {
            places.insert(place, dll.anew());
        }
    }

    /// Initialises a DLL in one of the processes, on the thread of its callouts.
    fn initialize(&self, mut dll: Dll) -> Result<Arc<Dll>, Failed> {
        let (path, in_ip_process) = (dll.path.clone(), dll.in_ip_process);
        let fail = |reason| StartFailure { dll: path.clone(), reason };
        let Some(function) = dll.initializer() else {
            return match self.check(&dll) {
                Ok(()) => Ok(Arc::new(dll)),
                Err(failure) => Err(Failed { failure, dll: Some(Box::new(dll)) }),
            };
        };
        let caller = if in_ip_process { &self.ip } else { &self.connection };
        let answer = caller.call(move || (dll.initialize(), dll));
        let outcome = match &answer {
            Ok((Ok(()), _)) => CalloutOutcome::Done,
            Ok((Err(code), _)) => CalloutOutcome::Failed(*code),
            Err(outcome) => outcome.clone(),
        };
        self.note(caller, &path, function, in_ip_process, None, outcome.clone());
        match answer {
            Ok((Ok(()), dll)) => {
                let checked = self.check(&dll);
                let dll = Arc::new(dll);
                match checked {
                    Ok(()) => Ok(dll),
                    Err(failure) => {
                        self.terminate(&dll);
                        Err(Failed { failure, dll: Arc::into_inner(dll).map(Box::new) })
                    }
                }
            }
            // One that hangs is its thread's.
            answer => {
                let dll = answer.ok().map(|(_, dll)| Box::new(dll));
                Err(Failed { failure: fail(format!("{function} {outcome}")), dll })
            }
        }
    }

    fn terminate(&self, dll: &Arc<Dll>) {
        let caller = if dll.in_ip_process { &self.ip } else { &self.connection };
        let called = Arc::clone(dll);
        let outcome = match caller.call(move || called.terminate()) {
            Ok(Ok(())) => CalloutOutcome::Done,
            Ok(Err(code)) => CalloutOutcome::Failed(code),
            Err(outcome) => outcome,
        };
        self.note(caller, &dll.path, TERMINATE, dll.in_ip_process, None, outcome);
    }

    /// Tells the DLLs to clean up. Their libraries are kept, or unloaded if the rules say so; one that a callout hangs in is
    /// left as it is, and a later run loads a copy of it.
    pub(super) fn end(mut self, kept: &mut Kept) {
        let dlls = mem::take(&mut self.dlls);
        // The others are those of `dlls`.
        let ip_dlls = mem::take(&mut self.ip_dlls).into_iter().enumerate();
        let ip_dlls: Vec<(usize, Arc<Dll>)> = ip_dlls.filter(|(_, dll)| dll.in_ip_process).collect();
        dlls.iter().for_each(|dll| self.terminate(dll));
        if self.plan.rules.ip_process_initializes {
            ip_dlls.iter().for_each(|(_, dll)| self.terminate(dll));
        }
        let hangs = self.connection.hangs() || self.ip.hangs();
        let keep = |places: &mut Places, (place, dll): (usize, Arc<Dll>)| {
            if let Some(dll) = Arc::into_inner(dll).filter(|_| !hangs) {
                self.keep(dll, places, place);
            }
        };
        // Where this run has not come to, the libraries of the one before stay.
        dlls.into_iter().enumerate().for_each(|dll| keep(&mut kept.dlls, dll));
        ip_dlls.into_iter().for_each(|dll| keep(&mut kept.ip_dlls, dll));
    }

    /// Copies a client who waits, or sends away one who is gone.
    fn waiting_guest(&self, handle: Handle) -> Option<Guest> {
        let mut state = self.machine.lock();
        let guest = state.waiting_guest(handle);
        if guest.is_none() {
            state.send_away(handle, Refused::Gone);
        }
        guest
    }

    /// Asks for the addresses of a waiting client, and sends it on.
    pub(super) fn assign(&self, handle: Handle) {
        let Some(guest) = self.waiting_guest(handle) else { return };
        let outcome = self.assign_ipv4(&guest).and_then(|()| self.assign_ipv6(&guest));
        let mut state = self.machine.lock();
        match outcome {
            Ok(()) => state.send_on(handle),
            Err(reason) => state.send_away(handle, reason),
        }
    }

    fn assign_ipv4(&self, guest: &Guest) -> Result<(), Refused> {
        let Some((place, offered)) = self.ipv4.zip(guest.connection.address) else { return Ok(()) };
        let offered = self.plan.rules.offers_addresses.then_some(offered);
        let dll = &self.ip_dlls[place];
        let (called, told) = (Arc::clone(dll), guest.clone());
        let answer = self.ip.call(move || called.choose_ipv4(&told, offered));
        let outcome = match answer {
            Ok(Ok(chosen)) => match chosen.address {
                Some(address) => {
                    let wants = chosen.wants_release.then_some(place);
                    let assigned = self.machine.lock().assign_ipv4(guest.handle, address, wants);
                    assigned.err().unwrap_or(CalloutOutcome::Address(address.into()))
                }
                None => CalloutOutcome::NoAddress,
            },
            Ok(Err(code)) => CalloutOutcome::Failed(code),
            Err(outcome) => outcome,
        };
        self.note_address(dll, GET_IP, guest, outcome)
    }

    fn assign_ipv6(&self, guest: &Guest) -> Result<(), Refused> {
        let Some((place, own)) = self.ipv6.zip(guest.connection.ipv6) else { return Ok(()) };
        let offered = if self.plan.rules.offers_addresses { own.to_bits() as u64 } else { 0 };
        let dll = &self.ip_dlls[place];
        let (called, told) = (Arc::clone(dll), guest.clone());
        let outcome = match self.ip.call(move || called.choose_ipv6(&told, offered)) {
            Ok(Ok(chosen)) if chosen.address == 0 => CalloutOutcome::NoAddress,
            Ok(Ok(chosen)) => {
                // The prefix is the router's.
                let prefix = own.to_bits() >> 64 << 64;
                let address = Ipv6Addr::from_bits(prefix | u128::from(chosen.address));
                let wants = chosen.wants_release.then_some(place);
                let assigned = self.machine.lock().assign_ipv6(guest.handle, address, wants);
                assigned.err().unwrap_or(CalloutOutcome::Address(address.into()))
            }
            Ok(Err(code)) => CalloutOutcome::Failed(code),
            Err(outcome) => outcome,
        };
        self.note_address(dll, GET_IPV6, guest, outcome)
    }

    /// Records the outcome of an address function. A client without an address is refused.
    fn note_address(
        &self,
        dll: &Dll,
        function: &'static str,
        guest: &Guest,
        outcome: CalloutOutcome,
    ) -> Result<(), Refused> {
        let refused = match outcome {
            CalloutOutcome::Address(_) => Ok(()),
            CalloutOutcome::Hangs | CalloutOutcome::NotCalled => Err(Refused::NoAnswer),
            _ => Err(Refused::NoAddress),
        };
        self.note(&self.ip, &dll.path, function, dll.in_ip_process, Some(guest), outcome);
        refused
    }

    /// Gives the addresses of a client back.
    pub(super) fn release(&self, guest: &Guest) {
        let Granted { ipv4, ipv6 } = guest.granted;
        if let Some((place, address)) = ipv4 {
            self.tell(&self.ip, &self.ip_dlls[place], RELEASE_IP, guest, move |dll, guest| {
                dll.release_ipv4(guest, address);
            });
        }
        if let Some((place, address)) = ipv6 {
            self.tell(&self.ip, &self.ip_dlls[place], RELEASE_IPV6, guest, move |dll, guest| {
                dll.release_ipv6(guest, address);
            });
        }
        self.machine.lock().released(guest);
    }

    /// Asks whether a waiting client may connect, and lets it in or sends it away.
    pub(super) fn accept(&self, handle: Handle) {
        let Some(guest) = self.waiting_guest(handle) else { return };
        let mut asked = Asked::default();
        let outcome =
            self.ask_connection(&guest, &mut asked).and_then(|()| self.ask_link(&guest, &mut asked));
        let refused = match outcome {
            Ok(()) => {
                if self.machine.lock().let_in(handle) {
                    return;
                }
                self.tell_of_end(&guest);
                Refused::Gone
            }
            Err(reason) => {
                self.tell_asked(&guest, &asked);
                reason
            }
        };
        self.machine.lock().send_away(handle, refused);
    }

    /// Asks every DLL about a connection, until one refuses.
    fn ask_connection(&self, guest: &Guest, asked: &mut Asked) -> Result<(), Refused> {
        let mut verdict = Ok(());
        for (place, dll) in self.dlls.iter().enumerate() {
            let Some(family) = dll.family() else { continue };
            let answer = self.ask(dll, family.accept(), guest, move |dll, guest| dll.accepts(family, guest));
            asked.connection.push((place, answer.is_ok()));
            verdict = verdict.and(answer);
            if verdict.is_err() && !self.plan.rules.asks_all {
                break;
            }
        }
        verdict
    }

    /// Asks every DLL about the link of a connection, until one refuses.
    fn ask_link(&self, guest: &Guest, asked: &mut Asked) -> Result<(), Refused> {
        let mut verdict = Ok(());
        for link in &guest.ports {
            for (place, dll) in self.dlls.iter().enumerate() {
                let link = link.clone();
                let ask = move |dll: &Dll, guest: &Guest| dll.accepts_link(&link, guest.now);
                let answer = self.ask(dll, ACCEPT_LINK, guest, ask);
                asked.link.push((place, answer.is_ok()));
                verdict = verdict.and(answer);
                if verdict.is_err() && !self.plan.rules.asks_all {
                    return verdict;
                }
            }
        }
        verdict
    }

    /// Tells the DLLs that were asked about a connection that nothing has come of it, as the rules say.
    fn tell_asked(&self, guest: &Guest, asked: &Asked) {
        let is_told = |(_, accepted): &&(usize, bool)| *accepted || self.plan.rules.reports_refused;
        for (place, _) in asked.link.iter().filter(is_told) {
            self.tell_of_link(&self.dlls[*place], guest);
        }
        for (place, _) in asked.connection.iter().filter(is_told) {
            self.tell_of_connection(&self.dlls[*place], guest);
        }
    }

    /// Tells every DLL that a connection has ended: its links first.
    pub(super) fn tell_of_end(&self, guest: &Guest) {
        self.dlls.iter().for_each(|dll| self.tell_of_link(dll, guest));
        self.dlls.iter().for_each(|dll| self.tell_of_connection(dll, guest));
    }

    fn tell_of_link(&self, dll: &Arc<Dll>, guest: &Guest) {
        for link in guest.ports.clone() {
            self.tell(&self.connection, dll, LINK_HANGUP, guest, move |dll, guest| {
                dll.link_hung_up(&link, guest.now)
            });
        }
    }

    fn tell_of_connection(&self, dll: &Arc<Dll>, guest: &Guest) {
        let Some(family) = dll.family() else { return };
        self.tell(&self.connection, dll, family.hangup(), guest, move |dll, guest| {
            dll.hung_up(family, guest)
        });
    }

    /// Asks every DLL whether a client may stay. One that is refused is disconnected.
    pub(super) fn reauthenticate(&self, handle: Handle) {
        let Some(guest) = self.machine.lock().connected_guest(handle) else { return };
        for dll in &self.dlls {
            let Some(function) = dll.reauthenticator() else { continue };
            if self.ask(dll, function, &guest, move |dll, guest| dll.may_stay(function, guest)).is_err() {
                self.machine.lock().disconnect(handle);
                return;
            }
        }
    }

    /// Asks a DLL about a client.
    fn ask(
        &self,
        dll: &Arc<Dll>,
        function: &'static str,
        guest: &Guest,
        ask: impl FnOnce(&Dll, &Guest) -> bool + Send + 'static,
    ) -> Result<(), Refused> {
        let (called, told) = (Arc::clone(dll), guest.clone());
        let (outcome, verdict) = match self.connection.call(move || ask(&called, &told)) {
            Ok(true) => (CalloutOutcome::Accepted, Ok(())),
            Ok(false) => (CalloutOutcome::Refused, Err(Refused::ByAdminDll)),
            Err(outcome) => (outcome, Err(Refused::NoAnswer)),
        };
        self.note(&self.connection, &dll.path, function, dll.in_ip_process, Some(guest), outcome);
        verdict
    }

    /// Tells a DLL of a client.
    fn tell(
        &self,
        caller: &Caller,
        dll: &Arc<Dll>,
        function: &'static str,
        guest: &Guest,
        tell: impl FnOnce(&Dll, &Guest) + Send + 'static,
    ) {
        let (called, told) = (Arc::clone(dll), guest.clone());
        let outcome = caller.call(move || tell(&called, &told)).err().unwrap_or(CalloutOutcome::Done);
        self.note(caller, &dll.path, function, dll.in_ip_process, Some(guest), outcome);
    }

    /// Records a callout, and a fault of the DLL in the ledger too.
    fn note(
        &self,
        caller: &Caller,
        dll: &Path,
        function: &'static str,
        in_ip_process: bool,
        guest: Option<&Guest>,
        outcome: CalloutOutcome,
    ) {
        let handle = guest.map_or(0, |guest| guest.handle.raw().addr());
        let last_bits = |address: &IpAddr| match address {
            IpAddr::V4(address) => address.to_bits() as usize,
            IpAddr::V6(address) => address.to_bits() as u32 as usize,
        };
        let fault = match &outcome {
            CalloutOutcome::Hangs => Some((handle, Fault::HangingCallout)),
            CalloutOutcome::AddressTaken(address) => Some((last_bits(address), Fault::AddressTaken)),
            CalloutOutcome::AddressUnusable(address) => Some((last_bits(address), Fault::AddressUnusable)),
            _ => None,
        };
        if let Some((value, fault)) = fault {
            ledger::record(Some(&self.machine), Violation { function, value, fault });
        }
        let outcomes = caller.take_called().into_iter().map(CalloutOutcome::CalledBack).chain([outcome]);
        let mut state = self.machine.lock();
        let at = guest.map_or_else(|| state.now(), |guest| guest.now);
        let Some(desk) = &mut state.desk else { return };
        for outcome in outcomes {
            desk.note(Callout {
                at,
                dll: dll.to_owned(),
                function,
                in_ip_process,
                user: guest.map_or_else(String::new, |guest| guest.connection.user.to_string()),
                guid: guest.map_or(0, |guest| Guid::from_raw(&guid_of(&guest.connection)).0),
                outcome,
            });
        }
    }
}

/// A DLL with which the service does not start, and its library if nothing runs in it.
struct Failed {
    failure: StartFailure,
    dll: Option<Box<Dll>>,
}

/// The DLLs that were asked about a client, by their places, and whether each has accepted.
#[derive(Default)]
struct Asked {
    connection: Vec<(usize, bool)>,
    link: Vec<(usize, bool)>,
}
