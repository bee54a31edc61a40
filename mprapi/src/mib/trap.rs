//! Traps: a module of the router tells by an event that something happened, and then what.

use std::fmt;
use std::ptr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{MibModule, Query};
use crate::buffer::{Buffer, Family};
use crate::error::check;
use crate::event::Event;
use crate::{Error, Mpr, Result};

/// A module's promise to signal traps.
///
/// The API cannot take the promise back, so the event behind this value stays open until the process ends. Dropping the
/// value only stops waiting.
#[must_use = "a trap is seen by waiting for it"]
pub struct Traps {
    event: Arc<Event>,
    answer: Vec<u8>,
}

/// The events of all promises: a library may signal them for as long as it is loaded, which is for ever.
static PROMISED: Mutex<Vec<Arc<Event>>> = Mutex::new(Vec::new());

/// The most promises of a process.
const MOST: usize = 128;

impl Mpr {
    /// Asks a module of this machine's router to signal its traps. `input` is in a layout of the module's.
    ///
    /// After [`Traps::wait`] has returned `true`, [`MibServer::trap_info`](crate::MibServer::trap_info) tells what happened.
    /// No module is documented that has traps, and `Mprapi.dll` may lack both functions; they were never tried against a
    /// real server.
    /// The C function is `MprAdminMIBSetTrapInfo`, which alone in its family takes no server.
    ///
    /// # Errors
    /// [`ErrorKind::MissingFunction`](crate::ErrorKind::MissingFunction) if the library lacks the function;
    /// [`ErrorKind::AccessDenied`](crate::ErrorKind::AccessDenied);
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if the transport is not installed;
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) for an empty input;
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) after 128 promises, since none of them ends.
    #[doc(alias = "MprAdminMIBSetTrapInfo")]
    #[inline]
    pub fn watch_traps(&self, module: MibModule, input: &[u8]) -> Result<Traps> {
        const FUNCTION: &str = "MprAdminMIBSetTrapInfo";
        let mut input = Query::new(FUNCTION, input)?;
        let mut promised = PROMISED.lock().unwrap_or_else(PoisonError::into_inner);
        if promised.len() >= MOST {
            return Err(Error::busy(
                FUNCTION,
                "128 modules were asked for traps already, which cannot be taken back",
            ));
        }
        let event = Arc::new(Event::new()?);
        let (transport, protocol) = module.raw();
        let (mut out, mut size) = (ptr::null_mut(), 0);
        // SAFETY: the input is of its size and only read; the event stays open, see `PROMISED`; both take what is written.
        let answer = unsafe {
            self.table.MprAdminMIBSetTrapInfo(
                transport,
                protocol,
                event.handle(),
                input.as_mut_ptr(),
                input.bytes,
                &mut out,
                &mut size,
            )
        };
        check(FUNCTION, answer, || None)?;
        promised.push(Arc::clone(&event));
        drop(promised);
        // SAFETY: a successful call leaves null or a buffer of this family, as long as it says.
        let answer =
            unsafe { Buffer::<u8>::new(&self.table, FUNCTION, Family::MIB, out.cast(), size as usize) }?;
        Ok(Traps { event, answer: answer.records().to_vec() })
    }
}

impl Traps {
    /// Returns the bytes that the module answered when it was asked, in a layout of the module's; often none.
    #[inline]
    pub fn answer(&self) -> &[u8] {
        &self.answer
    }

    /// Waits for a trap (`None`: without a limit). Returns `false` if the time runs out first.
    ///
    /// Several traps that come before the wait are one signal.
    ///
    /// # Errors
    /// [`ErrorKind::Other`](crate::ErrorKind::Other) if the system cannot wait for the event.
    #[inline]
    pub fn wait(&mut self, timeout: Option<Duration>) -> Result<bool> {
        self.event.wait(timeout)
    }
}

impl fmt::Debug for Traps {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Traps").field("answer", &self.answer.len()).finish_non_exhaustive()
    }
}
