//! Numbers in place of names.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use mprapi_admin_dll::mprapi::{Guid, WideStr, WideString};

/// The numbers of the names that came so far. The same name has the same number as long as the DLL runs.
#[derive(Default)]
pub(crate) struct Aliases {
    names: Mutex<HashMap<WideString, usize>>,
    guids: Mutex<HashMap<Guid, usize>>,
}

/// More names than this are all one: a record is not to fill the memory of the service.
const MOST: usize = 1 << 16;

impl Aliases {
    /// Returns the number of a name, from 1; 0 for an empty one.
    pub(crate) fn of(&self, name: &WideStr) -> usize {
        if name.is_empty() { 0 } else { number(&self.names, name) }
    }

    /// Returns the number of a connection's GUID, from 1; 0 for one of zeros.
    pub(crate) fn of_guid(&self, guid: Guid) -> usize {
        if guid.is_nil() { 0 } else { number(&self.guids, &guid) }
    }
}

/// Returns the number of a name, and gives it the next one if it has none.
fn number<N, K>(numbers: &Mutex<HashMap<K, usize>>, name: &N) -> usize
where
    N: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    K: Eq + Hash + Borrow<N>,
{
    let mut numbers = numbers.lock().unwrap_or_else(PoisonError::into_inner);
    let next = numbers.len() + 1;
    match numbers.get(name) {
        Some(number) => *number,
        None if next > MOST => MOST,
        None => *numbers.entry(name.to_owned()).or_insert(next),
    }
}
