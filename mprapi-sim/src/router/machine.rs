//! A simulated machine: a router's state behind one lock, with its names and the calls that it counted.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::state::State;
use crate::error_code::{
    Code, ERROR_ACCESS_DENIED, ERROR_DDM_NOT_RUNNING, ERROR_PROC_NOT_FOUND, RPC_S_SERVER_UNAVAILABLE,
};
use crate::scenario::failure::{Effect, Garbage};
use crate::scenario::{Server, Service, Windows};

/// A machine.
pub(crate) struct Machine {
    id: u32,
    names: Vec<String>,
    calls: Mutex<HashMap<&'static str, u64>>,
    state: Mutex<State>,
    /// Rung when something changes for the administration DLLs or by them.
    bell: Arc<Condvar>,
}

/// A machine's state, up to date with its clock.
pub(crate) type Locked<'a> = MutexGuard<'a, State>;

/// The needs of a function: the parts of a machine that it uses.
#[derive(Clone, Copy)]
pub(crate) struct Needs {
    /// The service. Without it the function asks the stored configuration or the user accounts.
    pub(crate) service: bool,
    /// The demand-dial manager: its page answers `ERROR_DDM_NOT_RUNNING` for a router without it.
    pub(crate) ddm: bool,
    /// A Windows that knows the `Ex` functions: its page answers `ERROR_PROC_NOT_FOUND` for a server that does not.
    pub(crate) knowledge_of_ex: bool,
}

impl Machine {
    /// Makes a machine as a scenario describes it, which was checked.
    pub(crate) fn new(server: &Server) -> Arc<Machine> {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let bell = Arc::new(Condvar::new());
        Arc::new(Machine {
            id: LAST.fetch_add(1, Ordering::Relaxed),
            names: server.names.clone(),
            calls: Mutex::default(),
            state: Mutex::new(State::new(server, &bell)),
            bell,
        })
    }

    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Notes that a function was called.
    pub(crate) fn count(&self, function: &'static str) {
        *self.calls.lock().unwrap_or_else(PoisonError::into_inner).entry(function).or_default() += 1;
    }

    pub(crate) fn calls(&self, function: &str) -> u64 {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).get(function).copied().unwrap_or(0)
    }

    pub(crate) fn lock(&self) -> Locked<'_> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.settle();
        state
    }

    /// Waits for a change of the administration DLLs' work. The state is unlocked meanwhile, and settled then.
    pub(crate) fn wait<'a>(&self, state: Locked<'a>) -> Locked<'a> {
        let mut state = self.bell.wait(state).unwrap_or_else(PoisonError::into_inner);
        state.settle();
        state
    }

    /// Waits until no callout of an administration DLL is due or under way. One that hangs ends at its limit.
    pub(crate) fn wait_until_quiet(&self) {
        let mut state = self.lock();
        while !state.is_quiet() {
            if state.is_blocked() {
                state = self.wait(state);
            } else {
                state.settle();
            }
        }
    }

    /// Lets a call in. Returns the garbage that it shall hand out, if a failure asks for it.
    ///
    /// # Errors
    /// The answer at the door: the machine cannot be reached, denies access, does not know the function or does not run
    /// what the function needs; or a failure is in force.
    pub(crate) fn admit(&self, function: &'static str, needs: &Needs) -> Result<Option<Garbage>, Code> {
        let latency = self.lock().latency;
        if !latency.is_zero() {
            std::thread::sleep(latency);
        }
        let mut state = self.lock();
        if !state.reachable {
            return Err(RPC_S_SERVER_UNAVAILABLE);
        }
        let garbage = match state.strike(function) {
            Some(Effect::Code(code)) => return Err(code),
            // With the router's state locked, which is the worst place.
            Some(Effect::Garbage(Garbage::Panic)) => panic!("a panic in {function}, as was asked for"),
            Some(Effect::Garbage(garbage)) => Some(garbage),
            None => None,
        };
        if state.denies_access {
            return Err(ERROR_ACCESS_DENIED);
        }
        if needs.knowledge_of_ex && state.windows < Windows::Server2008R2 {
            return Err(ERROR_PROC_NOT_FOUND);
        }
        if needs.ddm && (state.lan_only || state.service != Service::Running) {
            return Err(ERROR_DDM_NOT_RUNNING);
        }
        if needs.service {
            state.answers()?;
        }
        Ok(garbage)
    }

    /// Makes sure that what is on the agenda happens in time with a real clock, even if no one calls.
    pub(crate) fn keep_time(self: &Arc<Machine>) {
        let mut state = self.lock();
        if !state.clock.is_real() || state.agenda.is_empty() || state.has_timer {
            return;
        }
        state.has_timer = true;
        let machine = Arc::downgrade(self);
        std::thread::spawn(move || {
            // Locking settles what is due.
            while let Some(machine) = machine.upgrade() {
                let mut state = machine.lock();
                let Some((due, _)) = state.agenda.keys().next().copied() else {
                    state.has_timer = false;
                    return;
                };
                // What is put on the agenda in the meantime may be due before.
                let wait = due.saturating_sub(state.now()).min(Duration::from_millis(20));
                drop(state);
                drop(machine);
                std::thread::sleep(wait);
            }
        });
    }

    /// Waits until the router's clock has come so far. A stepped clock is moved on: no one else might do it.
    pub(crate) fn wait_until(&self, due: Duration) {
        loop {
            let left = {
                let mut state = self.lock();
                let left = due.saturating_sub(state.now());
                if left.is_zero() {
                    return;
                }
                if !state.clock.is_real() {
                    state.clock.advance(left);
                    state.settle();
                    drop(state);
                    self.wait_until_quiet();
                    return;
                }
                left
            };
            std::thread::sleep(left);
        }
    }
}
