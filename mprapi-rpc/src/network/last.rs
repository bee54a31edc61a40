//! The last failure of each server.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use super::address;
use crate::failure::Failure;

static LAST: LazyLock<Mutex<HashMap<String, Failure>>> = LazyLock::new(Mutex::default);

fn last() -> MutexGuard<'static, HashMap<String, Failure>> {
    // Nothing is half done in it.
    LAST.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the last failure of a server: the layer and the text behind a code that a function of the [table](super::table)
/// has answered. The code tells if it is the one that is meant.
///
/// A name is that by which the server was connected to. A call that succeeds afterwards, over the same handle, removes the
/// failure; a code that the server itself answered is none.
///
/// ```
/// use mprapi_rpc::Layer;
/// use mprapi_rpc::network;
///
/// let mut name: Vec<u16> = "no-such-host.invalid\0".encode_utf16().collect();
/// let mut server = std::ptr::null_mut();
/// // SAFETY: the name ends with a zero, and the place takes what is written.
/// let code = unsafe { network::table().MprAdminServerConnect(name.as_mut_ptr(), &mut server) };
/// assert_eq!(code, Ok(1722));
/// let failure = network::failure(Some("no-such-host.invalid")).expect("the call has failed");
/// assert_eq!((failure.layer, failure.code), (Layer::Name, 1722));
/// println!("{failure}");
/// ```
pub fn failure(server: Option<&str>) -> Option<Failure> {
    last().get(&address::key(server)).cloned()
}

/// The place for the failures of one handle's server.
pub(super) struct Place {
    key: String,
    /// `true` if the last failure is this handle's.
    is_ours: AtomicBool,
}

impl Place {
    pub(super) fn new(server: Option<&str>) -> Place {
        Place { key: address::key(server), is_ours: AtomicBool::new(false) }
    }

    pub(super) fn set(&self, failure: Failure) {
        self.is_ours.store(true, Ordering::Relaxed);
        last().insert(self.key.clone(), failure);
    }

    /// Notes that a call has succeeded.
    pub(super) fn clear(&self) {
        if self.is_ours.swap(false, Ordering::Relaxed) {
            last().remove(&self.key);
        }
    }
}
