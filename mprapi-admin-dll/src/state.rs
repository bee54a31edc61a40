//! The states of a DLL in this process, from the service's start to its stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mprapi::{Mpr, callout};

use crate::address::{Ipv4Addresses, Ipv6Addresses};
use crate::code::Code;
use crate::context::Context;
use crate::dll::AdminDll;
use crate::slot::Slot;
use crate::verdict::{FailedStart, Verdict};

/// A DLL as [`export_admin_dll!`](crate::export_admin_dll) describes it.
pub trait Exports: Sized + 'static {
    /// The type that decides.
    type Dll: AdminDll;
    /// The type of the IPv4 addresses.
    type Ipv4: Ipv4Addresses;
    /// The type of the IPv6 interface identifiers.
    type Ipv6: Ipv6Addresses;
    /// `true` if the functions for IPv4 addresses are exported.
    const HAS_IPV4: bool;
    /// `true` if the functions for IPv6 interface identifiers are exported.
    const HAS_IPV6: bool;
    /// The answer if a call panics, gets a record that cannot be read, or comes while nothing runs.
    const ON_PANIC: Verdict;
    /// The answer if the start fails.
    const ON_FAILED_START: FailedStart;
    /// The function that is asked when a tunnel moves.
    const ENDPOINT_CHANGE: mprapi_sys::PMPRADMINACCEPTTUNNELENDPOINTCHANGEEX;
    /// The function that is asked about clients that skip authentication.
    const PRE_AUTHENTICATION: mprapi_sys::PMPRADMINRASVALIDATEPREAUTHENTICATEDCONNECTIONEX;
    /// Gives the API to work that is done later.
    const API: fn() -> mprapi::Result<Mpr>;

    /// Returns the statics.
    fn state() -> &'static State<Self::Dll, Self::Ipv4, Self::Ipv6>;
}

/// All that a DLL has in statics.
pub struct State<D, V4, V6> {
    pub(crate) dll: Slot<D>,
    ipv4: Slot<V4>,
    ipv6: Slot<V6>,
    run: Mutex<Run>,
    /// `true` if the DLL could not start.
    has_failed: AtomicBool,
}

/// A run of the service.
struct Run {
    /// How often the service has initialised the DLL without terminating it.
    uses: u32,
    starts: u64,
    /// The context of this run.
    context: Option<Context>,
}

impl<D, V4, V6> State<D, V4, V6> {
    /// Makes the state of a DLL that was just loaded.
    #[expect(clippy::new_without_default, reason = "it stands in a static")]
    pub const fn new() -> State<D, V4, V6> {
        let run = Run { uses: 0, starts: 0, context: None };
        State {
            dll: Slot::new(),
            ipv4: Slot::new(),
            ipv6: Slot::new(),
            run: Mutex::new(run),
            has_failed: AtomicBool::new(false),
        }
    }

    /// Locks the run: starts and stops come one after the other.
    fn run(&self) -> MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns a share in the state of the DLL, if it runs.
pub(crate) fn dll<E: Exports>() -> Option<Arc<E::Dll>> {
    E::state().dll.get()
}

/// Returns a share in the IPv4 addresses, which are started if the service did not initialise the DLL in this process.
pub(crate) fn ipv4<E: Exports>() -> Option<Arc<E::Ipv4>> {
    let slot = &E::state().ipv4;
    late::<E, _>(slot, <E::Ipv4 as Ipv4Addresses>::start)
}

/// Returns a share in the IPv6 addresses, as [`ipv4`] does.
pub(crate) fn ipv6<E: Exports>() -> Option<Arc<E::Ipv6>> {
    let slot = &E::state().ipv6;
    late::<E, _>(slot, <E::Ipv6 as Ipv6Addresses>::start)
}

fn late<E: Exports, T>(slot: &Slot<T>, start: fn(&Context) -> Result<T, Code>) -> Option<Arc<T>> {
    if slot.is_untouched() {
        let mut run = E::state().run();
        if slot.is_untouched() {
            let context = run.context::<E>();
            // A start that fails leaves the slot as one that is over.
            slot.take();
            let begun = begin(slot, start, &context);
            if begun.is_err() {
                E::state().has_failed.store(true, Ordering::Relaxed);
            }
            begun.ok()?;
        }
    }
    slot.get()
}

impl Run {
    fn context<E: Exports>(&mut self) -> Context {
        let number = self.starts.max(1);
        self.context.get_or_insert_with(|| Context::new(E::API, number)).clone()
    }
}

/// Starts one part of a DLL. A panic is an error.
fn begin<T>(slot: &Slot<T>, start: fn(&Context) -> Result<T, Code>, context: &Context) -> Result<(), Code> {
    let state = callout::run(|| start(context)).unwrap_or(Err(Code::INTERNAL_ERROR))?;
    slot.put(state);
    Ok(())
}

/// Stops one part of a DLL. Returns `false` if it panicked.
fn end<T>(slot: &Slot<T>, stop: fn(&T)) -> bool {
    let Some(state) = slot.take() else { return true };
    let has_stopped = callout::run(|| stop(&state)).is_some();
    callout::run(|| drop(state)).is_some() && has_stopped
}

/// Starts the DLL: the service starts.
///
/// A service that initialises it again without terminating it gets the state that runs, which ends with as many terminations.
pub(crate) fn start<E: Exports>() -> Result<(), Code> {
    let state = E::state();
    let mut run = state.run();
    if run.uses > 0 {
        run.uses += 1;
        return Ok(());
    }
    run.starts += 1;
    // Addresses that a question has started have a context already, which goes on.
    let context = run.context::<E>();
    let begin_all = || {
        begin(&state.dll, <E::Dll as AdminDll>::start, &context)?;
        if E::HAS_IPV4 && state.ipv4.get().is_none() {
            begin(&state.ipv4, <E::Ipv4 as Ipv4Addresses>::start, &context)?;
        }
        if E::HAS_IPV6 && state.ipv6.get().is_none() {
            begin(&state.ipv6, <E::Ipv6 as Ipv6Addresses>::start, &context)?;
        }
        Ok(())
    };
    let begun = begin_all();
    state.has_failed.store(begun.is_err(), Ordering::Relaxed);
    if begun.is_err() {
        end_all::<E>(&mut run);
    }
    match (begun, E::ON_FAILED_START) {
        (Err(code), FailedStart::StopService) => Err(code),
        _ => {
            run.uses = 1;
            Ok(())
        }
    }
}

/// Stops the DLL: the service stops. Returns `false` if something of it panicked.
pub(crate) fn stop<E: Exports>() -> bool {
    let mut run = E::state().run();
    run.uses = run.uses.saturating_sub(1);
    if run.uses > 0 {
        return true;
    }
    E::state().has_failed.store(false, Ordering::Relaxed);
    end_all::<E>(&mut run)
}

fn end_all<E: Exports>(run: &mut Run) -> bool {
    let state = E::state();
    // The last that started is the first that stops.
    let stopped = [
        end(&state.ipv6, <E::Ipv6 as Ipv6Addresses>::stop),
        end(&state.ipv4, <E::Ipv4 as Ipv4Addresses>::stop),
        end(&state.dll, <E::Dll as AdminDll>::stop),
    ];
    if let Some(context) = run.context.take() {
        context.stop();
    }
    stopped == [true; 3]
}

/// Returns `true` if the DLL could not start and accepts everyone instead.
pub(crate) fn accepts_all<E: Exports>() -> bool {
    E::ON_FAILED_START == FailedStart::AcceptAll && E::state().has_failed.load(Ordering::Relaxed)
}
