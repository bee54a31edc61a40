//! State for each connection that is up.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use mprapi::Guid;

/// Values of the connections that are up, by GUID. It can be a field of a DLL's state, which begins anew with each start of the
/// service, or a static, which outlives the service's stop in the same process.
///
/// Each method is one step for all threads: a closure that is given to one must not call another of the same set, since that
/// never returns. A panic in a closure leaves the values as they are, and the other threads go on.
///
/// ```
/// use mprapi::Guid;
/// use mprapi_admin_dll::Sessions;
///
/// static SESSIONS: Sessions<&str> = Sessions::new();
///
/// let (first, second) = (Guid::from_u128(1), Guid::from_u128(2));
/// let is_alone = |others: &[&&str]| !others.contains(&&"anna");
/// assert!(SESSIONS.begin_if(first, "anna", is_alone));
/// assert!(!SESSIONS.begin_if(second, "anna", is_alone));
/// assert_eq!(SESSIONS.end(second), None, "it was refused");
/// assert_eq!(SESSIONS.end(first), Some("anna"));
/// assert!(SESSIONS.begin_if(second, "anna", is_alone));
/// ```
#[derive(Debug)]
pub struct Sessions<V>(Mutex<BTreeMap<Guid, V>>);

impl<V> Default for Sessions<V> {
    fn default() -> Sessions<V> {
        Sessions::new()
    }
}

impl<V> Sessions<V> {
    /// Makes an empty set.
    pub const fn new() -> Sessions<V> {
        Sessions(Mutex::new(BTreeMap::new()))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Guid, V>> {
        // Each change is one call of the map, so it is whole also after a panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a connection. Returns the value that it had before, if it was there.
    pub fn begin(&self, guid: Guid, value: V) -> Option<V> {
        self.lock().insert(guid, value)
    }

    /// Adds a connection if `admit` agrees, which gets the values of all others. Returns `true` if it was added.
    pub fn begin_if(&self, guid: Guid, value: V, admit: impl FnOnce(&[&V]) -> bool) -> bool {
        let mut sessions = self.lock();
        let others: Vec<&V> =
            sessions.iter().filter(|(other, _)| **other != guid).map(|(_, value)| value).collect();
        let is_admitted = admit(&others);
        if is_admitted {
            sessions.insert(guid, value);
        }
        is_admitted
    }

    /// Removes a connection. Returns its value, or `None` if it was refused or is not known.
    pub fn end(&self, guid: Guid) -> Option<V> {
        self.lock().remove(&guid)
    }

    /// Changes the value of a connection. Returns `None` if it is not known.
    pub fn update<T>(&self, guid: Guid, change: impl FnOnce(&mut V) -> T) -> Option<T> {
        self.lock().get_mut(&guid).map(change)
    }

    /// Calls `change` with the value of each connection.
    pub fn for_each(&self, mut change: impl FnMut(Guid, &mut V)) {
        self.lock().iter_mut().for_each(|(guid, value)| change(*guid, value));
    }

    /// Keeps the connections that `keep` agrees to.
    pub fn retain(&self, mut keep: impl FnMut(Guid, &mut V) -> bool) {
        self.lock().retain(|guid, value| keep(*guid, value));
    }

    /// Removes all connections and returns them.
    pub fn drain(&self) -> Vec<(Guid, V)> {
        std::mem::take(&mut *self.lock()).into_iter().collect()
    }

    /// Returns the number of connections.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Returns `true` if there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
