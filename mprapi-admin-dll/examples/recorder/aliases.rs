//! Numbers in place of names.

use std::collections::HashMap;
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
        if name.is_empty() {
            return 0;
        }
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let next = names.len() + 1;
        match names.get(name) {
            Some(number) => *number,
            None if next > MOST => MOST,
            None => *names.entry(name.to_owned()).or_insert(next),
        }
    }

    /// Returns the number of a connection's GUID, from 1; 0 for one of zeros.
    pub(crate) fn of_guid(&self, guid: Guid) -> usize {
        if guid.is_nil() {
            return 0;
        }
        let mut guids = self.guids.lock().unwrap_or_else(PoisonError::into_inner);
        let next = guids.len() + 1;
        match guids.get(&guid) {
            Some(number) => *number,
            None if next > MOST => MOST,
            None => *guids.entry(guid).or_insert(next),
        }
    }
}
