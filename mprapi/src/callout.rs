//! Calls that the Routing and Remote Access service makes into this process, as it does into an administration DLL.
//!
//! Microsoft's overview of these DLLs warns that a function of the `MprAdmin` family that is called within such a call never
//! returns: the service waits for the DLL, and the DLL for the service. So nothing of this crate calls the API there:
//! each method returns an error of the kind [`ErrorKind::InCallout`](crate::ErrorKind::InCallout). `mprapi-admin-dll` runs
//! each function of a DLL by [`run`], and offers a thread for work that needs the API.
//!
//! A value that gives something back when it is dropped, such as a [`List`](crate::List) or a [`Server`](crate::Server),
//! cannot do that in a callout either: its buffer or handle stays open. [`disconnect`](crate::disconnect()) returns the handle
//! with [`HandleProblem::InCallout`](crate::HandleProblem::InCallout).

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::panicked::discard;

/// The text of an error for a call within a callout.
pub(crate) const REFUSAL: &str = if cfg!(feature = "messages") {
    "a call within a callout of the service would never return; call later, on another thread"
} else {
    "in a callout"
};

/// The mark that there was a callout in this process. There is none in nearly every program, and then no thread is asked if it
/// is in one, which is a call on Windows. (Where no code of a program begins a callout, the compiler leaves out all that is for
/// callouts.)
static EVER: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// How many callouts this thread is in.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Returns `true` if this thread is in a callout.
#[inline]
pub fn is_inside() -> bool {
    // Relaxed: the thread that is in a callout has set it itself.
    (cfg!(not(windows)) || EVER.load(Ordering::Relaxed)) && is_in_one()
}

#[inline]
fn is_in_one() -> bool {
    // A thread that ends is in no callout, whatever its destructors do.
    DEPTH.try_with(|depth| depth.get() > 0).unwrap_or(false)
}

/// Runs a callout. Until it returns, the methods of this crate return an error on this thread instead of calling the API.
///
/// Returns `None` if it panicked. The panic ends here; the program's panic hook has reported it.
///
/// ```
/// # let simulation = mprapi_sim::Server::new("doc-callout").start();
/// # // SAFETY: the simulator keeps the contract of `mprapi.h`.
/// # let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
/// let refused = mprapi::callout::run(|| mpr.connect(Some("doc-callout")).unwrap_err().kind());
/// assert_eq!(refused, Some(mprapi::ErrorKind::InCallout));
/// assert!(mpr.connect(Some("doc-callout")).is_ok());
/// ```
#[inline]
pub fn run<T>(callout: impl FnOnce() -> T) -> Option<T> {
    let _inside = Entered::now();
    // A payload that panics when it is dropped is dropped in here, too.
    catch_unwind(AssertUnwindSafe(callout)).map_err(discard).ok()
}

/// A thread's stay in a callout, which ends on drop.
struct Entered;

impl Entered {
    #[inline]
    fn now() -> Entered {
        EVER.store(true, Ordering::Relaxed);
        let _ = DEPTH.try_with(|depth| depth.set(depth.get() + 1));
        Entered
    }
}

impl Drop for Entered {
    #[inline]
    fn drop(&mut self) {
        let _ = DEPTH.try_with(|depth| depth.set(depth.get() - 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callout_ends_where_it_returns_or_panics_also_within_another() {
        assert!(!is_inside());
        let inner = run(|| {
            assert!(is_inside());
            let inner = run(|| -> u32 { panic!("a callout that panics") });
            assert!(is_inside(), "the outer one goes on");
            inner
        });
        assert_eq!(inner, Some(None));
        assert!(!is_inside());
    }

    #[test]
    fn another_thread_is_not_in_the_callout() {
        let elsewhere = run(|| std::thread::spawn(is_inside).join().expect("it does not panic"));
        assert_eq!(elsewhere, Some(false));
    }

    #[test]
    fn a_panic_whose_payload_panics_when_it_is_dropped_ends_here() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("the payload panics");
            }
        }
        assert_eq!(run(|| -> u32 { std::panic::panic_any(Bomb) }), None);
        assert!(!is_inside());
    }
}
