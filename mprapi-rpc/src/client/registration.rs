//! Registrations for notifications: a thread each, which looks for changes until it is told to end.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mprapi_sys::{ERROR_INVALID_PARAMETER, ERROR_NOT_ENOUGH_MEMORY, HANDLE, RPC_S_INVALID_BINDING};

use super::event;
use super::wire::Transport;

/// The registrations of one handle.
#[derive(Default)]
pub(super) struct Registrations(Mutex<All>);

#[derive(Default)]
struct All {
    /// The handle is closed: a registration that comes now would be ended by nobody.
    is_over: bool,
    list: Vec<Registration>,
}

struct Registration {
    /// The value of the event's handle, by which the caller ends the registration.
    event: usize,
    end: Arc<End>,
    /// The transport over which the thread looks, if no other calls go over it.
    own: Option<Arc<dyn Transport>>,
}

/// The longest time that the end of a registration waits for its thread. One that is just connecting ends by itself, when that
/// has succeeded or failed.
const PATIENCE: Duration = Duration::from_millis(250);

/// The end of a registration, which its thread waits for, and that of the thread.
#[derive(Default)]
struct End {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default)]
struct State {
    is_over: bool,
    has_thread_ended: bool,
}

impl End {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing is half done in it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, set: impl FnOnce(&mut State)) {
        set(&mut self.state());
        self.changed.notify_all();
    }

    /// Waits for a state, at most for a time. Returns `true` if it has come.
    fn wait(&self, time: Duration, is_there: impl Fn(State) -> bool) -> bool {
        let state = self.state();
        let waited = self.changed.wait_timeout_while(state, time, |state| !is_there(*state));
        is_there(*waited.unwrap_or_else(PoisonError::into_inner).0)
    }
}

/// The work of a registration's thread.
pub(super) struct Watch<L, S> {
    /// The time from one look to the next.
    pub(super) every: Duration,
    /// Looks, and returns `true` if something has changed since the last look.
    pub(super) look: L,
    /// Tells the caller.
    pub(super) signal: S,
}

impl Registrations {
    fn lock(&self) -> MutexGuard<'_, All> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts a thread that looks over a transport, which is closed when the registration ends.
    ///
    /// # Errors
    /// `RPC_S_INVALID_BINDING` if the handle was closed meanwhile, and `ERROR_NOT_ENOUGH_MEMORY` if the system has no thread.
    pub(super) fn start<L, S>(
        &self,
        event: HANDLE,
        own: Option<Arc<dyn Transport>>,
        watch: Watch<L, S>,
    ) -> Result<(), u32>
    where
        L: FnMut() -> bool + Send + 'static,
        S: Fn() + Send + 'static,
    {
        let mut all = self.lock();
        if all.is_over {
            return Err(RPC_S_INVALID_BINDING);
        }
        let Watch { every, mut look, signal } = watch;
        let end = Arc::new(End::default());
        let told = Arc::clone(&end);
        let work = move || {
            event::prepare_thread();
            while !told.wait(every, |state| state.is_over) {
                // An end that came while it looked is the caller's last word.
                if look() && !told.state().is_over {
                    signal();
                }
            }
            drop((look, signal));
            told.set(|state| state.has_thread_ended = true);
        };
        let thread = std::thread::Builder::new().name("mprapi-poll".to_owned()).spawn(work);
        thread.map_err(|_| ERROR_NOT_ENOUGH_MEMORY)?;
        all.list.push(Registration { event: event.addr(), end, own });
        Ok(())
    }

    /// Ends the oldest registration of an event.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER` if there is none.
    pub(super) fn end_one(&self, event: HANDLE) -> Result<(), u32> {
        let mut all = self.lock();
        let found = all.list.iter().position(|registration| registration.event == event.addr());
        let registration = all.list.remove(found.ok_or(ERROR_INVALID_PARAMETER)?);
        drop(all);
        registration.end();
        Ok(())
    }

    /// Ends all of them. No further one is started.
    pub(super) fn end(&self) {
        let all = std::mem::replace(&mut *self.lock(), All { is_over: true, list: Vec::new() });
        all.list.into_iter().for_each(Registration::end);
    }
}

impl Registration {
    /// Ends the thread: at once if it waits, and a look that it makes over a transport of its own fails at once.
    fn end(self) {
        self.end.set(|state| state.is_over = true);
        if let Some(own) = self.own {
            own.close();
        }
        self.end.wait(PATIENCE, |state| state.has_thread_ended);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registration_that_comes_after_the_end_of_its_handle_is_refused_and_starts_no_thread() {
        let all = Registrations::default();
        all.end();
        let alive = Arc::new(());
        let held = Arc::clone(&alive);
        let look = move || Arc::strong_count(&held) == 0;
        let watch = Watch { every: Duration::from_millis(1), look, signal: || {} };
        assert_eq!(all.start(std::ptr::null_mut(), None, watch), Err(RPC_S_INVALID_BINDING));
        assert_eq!(Arc::strong_count(&alive), 1, "nobody looks");
    }
}
