//! The last failure of each server.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use super::address;
use crate::failure::Failure;

/// The last failure of each name, and the number of the place that set it.
static LAST: LazyLock<Mutex<HashMap<String, (u64, Failure)>>> = LazyLock::new(Mutex::default);

/// The number of the last place of this process.
static NUMBER: AtomicU64 = AtomicU64::new(0);

fn last() -> MutexGuard<'static, HashMap<String, (u64, Failure)>> {
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
    last().get(&address::key(server)).map(|(_, failure)| failure.clone())
}

/// The place for the failures of one handle's server.
pub(super) struct Place {
    key: String,
    number: u64,
    /// `true` if this place has set a failure, and not removed it; another handle's may stand there since.
    has_set: AtomicBool,
}

impl Place {
    pub(super) fn new(server: Option<&str>) -> Place {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Place { key: address::key(server), number, has_set: AtomicBool::new(false) }
    }

    pub(super) fn set(&self, failure: Failure) {
        self.has_set.store(true, Ordering::Relaxed);
        last().insert(self.key.clone(), (self.number, failure));
    }

    /// Notes that a call has succeeded.
    pub(super) fn clear(&self) {
        if self.has_set.swap(false, Ordering::Relaxed) {
            let mut last = last();
            if last.get(&self.key).is_some_and(|(number, _)| *number == self.number) {
                last.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Layer;

    #[test]
    fn a_success_removes_no_failure_of_another_handle() {
        let name = Some("two-handles");
        let (one, other) = (Place::new(name), Place::new(name));
        one.set(Failure::new(Layer::Call, 1726, "of one"));
        other.set(Failure::new(Layer::Route, 1722, "of the other"));
        one.clear();
        assert_eq!(failure(name).map(|failure| failure.code), Some(1722));
        other.clear();
        assert_eq!(failure(name), None);
    }
}
