//! A group of callouts: one thread that makes them, one at a time, and a limit for each.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::inside;
use crate::error_code::ERROR_INTERNAL_ERROR;
use crate::router::callout::CalloutOutcome;
use crate::router::machine::Machine;

/// A call to make.
type Job = Box<dyn FnOnce() + Send>;

/// The thread of a group. It ends with the last callout after this is dropped.
pub(super) struct Caller {
    jobs: Sender<Job>,
    is_busy: Arc<AtomicBool>,
    limit: Duration,
    /// The functions of the API that callouts have called.
    called: Arc<Mutex<Vec<&'static str>>>,
}

impl Caller {
    /// Starts the thread.
    pub(super) fn start(machine: &Arc<Machine>, name: &str, limit: Duration) -> std::io::Result<Caller> {
        let (jobs, due) = channel::<Job>();
        let owner = Arc::downgrade(machine);
        thread::Builder::new().name(name.to_owned()).spawn(move || {
            if let Some(owner) = owner.upgrade() {
                inside::enter(&owner);
            }
            due.into_iter().for_each(|job| job());
        })?;
        Ok(Caller { jobs, is_busy: Arc::default(), limit, called: Arc::default() })
    }

    /// Makes a call and waits for its end.
    ///
    /// # Errors
    /// [`CalloutOutcome::Hangs`] if it takes longer than the limit, [`CalloutOutcome::NotCalled`] if one of before still
    /// hangs.
    pub(super) fn call<R: Send + 'static>(
        &self,
        call: impl FnOnce() -> R + Send + 'static,
    ) -> Result<R, CalloutOutcome> {
        if self.is_busy.swap(true, Ordering::AcqRel) {
            return Err(CalloutOutcome::NotCalled);
        }
        let (answer, answered) = channel();
        let (is_busy, called) = (Arc::clone(&self.is_busy), Arc::clone(&self.called));
        let job: Job = Box::new(move || {
            let result = call();
            called.lock().unwrap_or_else(PoisonError::into_inner).append(&mut inside::take_called());
            is_busy.store(false, Ordering::Release);
            // If it comes too late, nobody waits for it.
            let _ = answer.send(result);
        });
        // If the thread is gone, the answer's channel is closed.
        let _ = self.jobs.send(job);
        answered.recv_timeout(self.limit).map_err(|error| match error {
            RecvTimeoutError::Timeout => CalloutOutcome::Hangs,
            RecvTimeoutError::Disconnected => CalloutOutcome::Failed(ERROR_INTERNAL_ERROR),
        })
    }

    /// Returns the functions of the API that the callouts have called since this was asked last.
    pub(super) fn take_called(&self) -> Vec<&'static str> {
        std::mem::take(&mut *self.called.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns `true` if a call hangs.
    pub(super) fn hangs(&self) -> bool {
        self.is_busy.load(Ordering::Acquire)
    }
}
